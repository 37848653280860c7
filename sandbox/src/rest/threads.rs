//! Threads and forum posts.

use serde_json::{Value, json};

use super::channels::ids;
use super::{Answer, Call};
use crate::permissions as may;
use crate::time::{Snowflake, parse_iso8601};
use crate::world::World;
use crate::world::draft::Draft;
use crate::world::refusal::Refusal;
use crate::world::shapes::thread_member_shape;
use crate::world::state::kind;
use crate::world::thread_changes::ThreadChange;

pub(super) fn active(world: &mut World, call: Call) -> Result<Answer, Refusal> {
    let guild = super::guilds::own_guild(world, &call)?.id;
    let threads = world.active_threads(guild, call.bot);
    Ok(Answer::Ok(list(world, call.bot, &threads, false)))
}

pub(super) fn archived_public(world: &mut World, call: Call) -> Result<Answer, Refusal> {
    let parent = call.id("channel_id")?;
    world.require(world.channel(parent)?, call.bot, may::READ_MESSAGE_HISTORY)?;
    let limit = call.limit(2, 100, 50)?;
    let before_ms = match call.query("before") {
        None => None,
        Some(text) => Some(parse_iso8601(text).ok_or_else(|| {
            let sentence = format!("Could not parse {text}. Should be ISO8601.");
            Refusal::field("before", "DATE_TIME_TYPE_PARSE", sentence)
        })?),
    };
    let (threads, has_more) = world.archived_threads(parent, before_ms, limit);
    Ok(Answer::Ok(list(world, call.bot, &threads, has_more)))
}

pub(super) fn start_from(world: &mut World, call: Call) -> Result<Answer, Refusal> {
    let (channel, message) = super::messages::ids(&call)?;
    let id = world.start_thread_from(call.bot, channel, message, name(&call))?;
    Ok(Answer::Created(world.channel_shape(id, Some(call.bot))))
}

pub(super) fn start(world: &mut World, mut call: Call) -> Result<Answer, Refusal> {
    let channel = call.id("channel_id")?;
    if world.channel(channel)?.kind != kind::FORUM {
        let is_private = call.body["type"].as_u64() != Some(kind::PUBLIC_THREAD.into());
        let id = world.start_thread(call.bot, channel, name(&call), is_private)?;
        return Ok(Answer::Created(world.channel_shape(id, Some(call.bot))));
    }
    let uploads = std::mem::take(&mut call.uploads);
    let draft = Draft::parse(&call.body["message"], uploads)?;
    let tags = ids(&call.body["applied_tags"]).unwrap_or_default();
    let id = world.start_post(call.bot, channel, name(&call), tags, draft)?;
    let mut shape = world.channel_shape(id, Some(call.bot));
    shape["message"] = world.message_shape(world.message(id, id)?, call.bot);
    Ok(Answer::Created(shape))
}

pub(super) fn change(world: &mut World, call: Call) -> Result<Answer, Refusal> {
    let id = call.id("channel_id")?;
    let change = ThreadChange {
        name: call.body["name"].as_str().map(str::to_owned),
        archived: call.body["archived"].as_bool(),
        locked: call.body["locked"].as_bool(),
        applied_tags: ids(&call.body["applied_tags"]),
    };
    world.change_thread(call.bot, id, change)?;
    Ok(Answer::Ok(world.channel_shape(id, Some(call.bot))))
}

pub(super) fn join(world: &mut World, call: Call) -> Result<Answer, Refusal> {
    world.set_thread_member(call.id("channel_id")?, call.bot, true)?;
    Ok(Answer::NoContent)
}

pub(super) fn leave(world: &mut World, call: Call) -> Result<Answer, Refusal> {
    world.set_thread_member(call.id("channel_id")?, call.bot, false)?;
    Ok(Answer::NoContent)
}

fn name(call: &Call) -> &str {
    call.body["name"].as_str().unwrap_or("")
}

fn list(world: &World, reader: Snowflake, threads: &[Snowflake], has_more: bool) -> Value {
    let members = threads.iter().filter_map(|id| {
        let joined_at_ms = world
            .channels
            .get(id)?
            .thread
            .as_ref()?
            .members
            .get(&reader)?;
        Some(thread_member_shape(*id, reader, *joined_at_ms))
    });
    json!({
        "threads": threads.iter().map(|id| world.channel_shape(*id, None)).collect::<Vec<_>>(),
        "members": members.collect::<Vec<_>>(),
        "has_more": has_more,
    })
}
