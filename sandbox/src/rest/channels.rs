//! Channels themselves. What is said in them is in `messages`, what hangs from them in `threads`.

use serde_json::{Value, json};

use super::{Answer, Call};
use crate::intents;
use crate::permissions as may;
use crate::world::World;
use crate::world::access::permission_to_write;
use crate::world::draft::snowflake;
use crate::world::refusal::Refusal;

pub(super) fn channel(world: &mut World, call: Call) -> Result<Answer, Refusal> {
    let id = call.id("channel_id")?;
    world.require(world.channel(id)?, call.bot, 0)?;
    Ok(Answer::Ok(world.channel_shape(id, Some(call.bot))))
}

/// Renames a channel or changes its topic; of a thread, see `threads`.
pub(super) fn change(world: &mut World, call: Call) -> Result<Answer, Refusal> {
    let id = call.id("channel_id")?;
    if world.channel(id)?.is_thread() {
        return super::threads::change(world, call);
    }
    world.require(world.channel(id)?, call.bot, may::MANAGE_CHANNELS)?;
    let text = |key: &str| call.body[key].as_str().map(str::to_owned);
    let (name, topic) = (text("name"), text("topic"));
    world.change_channel(id, |channel| {
        channel.name = name.unwrap_or(std::mem::take(&mut channel.name));
        channel.topic = topic.or(channel.topic.take());
    });
    Ok(Answer::Ok(world.channel_shape(id, Some(call.bot))))
}

pub(super) fn delete(world: &mut World, call: Call) -> Result<Answer, Refusal> {
    let id = call.id("channel_id")?;
    let channel = world.channel(id)?;
    let is_thread = channel.is_thread();
    let needed = if is_thread {
        may::MANAGE_THREADS
    } else {
        may::MANAGE_CHANNELS
    };
    world.require(channel, call.bot, needed)?;
    let shape = world.channel_shape(id, Some(call.bot));
    if is_thread {
        world.remove_thread(id)?;
    } else {
        world.remove_channel(id);
    }
    Ok(Answer::Ok(shape))
}

pub(super) fn typing(world: &mut World, call: Call) -> Result<Answer, Refusal> {
    let id = call.id("channel_id")?;
    let channel = world.channel(id)?;
    world.require(channel, call.bot, permission_to_write(channel))?;
    let guild = channel.guild;
    let mut event = json!({
        "channel_id": id.to_string(),
        "user_id": call.bot.to_string(),
        "timestamp": world.now_ms() / 1_000,
    });
    if let Some(guild) = guild {
        event["guild_id"] = json!(guild.to_string());
        event["member"] = world.member_shape(guild, call.bot).unwrap_or(Value::Null);
    }
    let typing = (
        intents::GUILD_MESSAGE_TYPING,
        intents::DIRECT_MESSAGE_TYPING,
    );
    world.tell_channel("TYPING_START", id, typing, &event);
    Ok(Answer::NoContent)
}

/// The ids in a list of the body.
pub(super) fn ids(value: &Value) -> Option<Vec<u64>> {
    Some(value.as_array()?.iter().filter_map(snowflake).collect())
}
