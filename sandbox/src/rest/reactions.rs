//! Emoji under messages.

use serde_json::Value;

use super::messages::ids;
use super::{Answer, Call};
use crate::world::World;
use crate::world::refusal::Refusal;

pub(super) fn add(world: &mut World, call: Call) -> Result<Answer, Refusal> {
    let (channel, id) = ids(&call)?;
    world.add_reaction(call.bot, channel, id, call.param("emoji_name"))?;
    Ok(Answer::NoContent)
}

pub(super) fn remove_own(world: &mut World, call: Call) -> Result<Answer, Refusal> {
    let (channel, id) = ids(&call)?;
    world.remove_reaction(call.bot, call.bot, channel, id, call.param("emoji_name"))?;
    Ok(Answer::NoContent)
}

pub(super) fn remove(world: &mut World, call: Call) -> Result<Answer, Refusal> {
    let (channel, id) = ids(&call)?;
    let whose = call.id("user_id")?;
    world.remove_reaction(call.bot, whose, channel, id, call.param("emoji_name"))?;
    Ok(Answer::NoContent)
}

pub(super) fn list(world: &mut World, call: Call) -> Result<Answer, Refusal> {
    let (channel, id) = ids(&call)?;
    let (after, limit) = (
        call.query_id("after")?.unwrap_or(0),
        call.limit(1, 100, 25)?,
    );
    let users = world.reactors(call.bot, channel, id, call.param("emoji_name"))?;
    let page = users.into_iter().filter(|user| *user > after).take(limit);
    Ok(Answer::Ok(
        page.map(|user| world.user_shape(user)).collect::<Value>(),
    ))
}

pub(super) fn clear(world: &mut World, call: Call) -> Result<Answer, Refusal> {
    let (channel, id) = ids(&call)?;
    world.clear_reactions(call.bot, channel, id, None)?;
    Ok(Answer::NoContent)
}

pub(super) fn clear_emoji(world: &mut World, call: Call) -> Result<Answer, Refusal> {
    let (channel, id) = ids(&call)?;
    world.clear_reactions(call.bot, channel, id, Some(call.param("emoji_name")))?;
    Ok(Answer::NoContent)
}
