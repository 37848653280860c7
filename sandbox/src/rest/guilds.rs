//! Servers, their roles and members.

use serde_json::{Value, json};

use super::{Answer, Call};
use crate::time::Snowflake;
use crate::world::World;
use crate::world::refusal::Refusal;
use crate::world::shapes::role_shape;
use crate::world::state::Guild;

/// The server of a call; those who are not in it get the same answer as for one that does not exist.
pub(super) fn own_guild<'a>(world: &'a World, call: &Call) -> Result<&'a Guild, Refusal> {
    let id = call.id("guild_id")?;
    let guild = world.guilds.get(&id).ok_or_else(Refusal::unknown_guild)?;
    if !guild.members.contains_key(&call.bot) {
        return Err(Refusal::unknown_guild());
    }
    Ok(guild)
}

pub(super) fn guild(world: &mut World, call: Call) -> Result<Answer, Refusal> {
    let with_counts = call.query("with_counts") == Some("true");
    Ok(Answer::Ok(
        world.guild_shape(own_guild(world, &call)?, with_counts),
    ))
}

pub(super) fn channels(world: &mut World, call: Call) -> Result<Answer, Refusal> {
    let guild = own_guild(world, &call)?.id;
    let channels: Vec<Value> = world
        .channels_of(guild)
        .into_iter()
        .map(|id| world.channel_shape(id, None))
        .collect();
    Ok(Answer::Ok(json!(channels)))
}

pub(super) fn roles(world: &mut World, call: Call) -> Result<Answer, Refusal> {
    Ok(Answer::Ok(
        own_guild(world, &call)?
            .roles
            .values()
            .map(role_shape)
            .collect(),
    ))
}

pub(super) fn member(world: &mut World, call: Call) -> Result<Answer, Refusal> {
    let guild = own_guild(world, &call)?.id;
    let user: Snowflake = call.id("user_id")?;
    if !world.users.contains_key(&user) {
        return Err(Refusal::unknown_user());
    }
    let member = world
        .member_shape(guild, user)
        .ok_or_else(Refusal::unknown_member)?;
    Ok(Answer::Ok(member))
}
