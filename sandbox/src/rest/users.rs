//! Users, the bot's own affairs, and where the gateway is.

use serde_json::{Value, json};

use super::{Answer, Call};
use crate::world::World;
use crate::world::access::base_permissions;
use crate::world::draft::snowflake;
use crate::world::refusal::Refusal;

pub(super) fn gateway(world: &mut World, _: Call) -> Result<Answer, Refusal> {
    Ok(Answer::Ok(json!({"url": world.gateway_url()})))
}

pub(super) fn gateway_bot(world: &mut World, _: Call) -> Result<Answer, Refusal> {
    Ok(Answer::Ok(world.entrance_shape()))
}

pub(super) fn me(world: &mut World, call: Call) -> Result<Answer, Refusal> {
    Ok(Answer::Ok(world.own_user_shape(call.bot)))
}

pub(super) fn user(world: &mut World, call: Call) -> Result<Answer, Refusal> {
    let id = call.id("user_id")?;
    match world.users.get(&id) {
        Some(user) if !user.is_webhook => Ok(Answer::Ok(world.user_shape(id))),
        _ => Err(Refusal::unknown_user()),
    }
}

pub(super) fn my_guilds(world: &mut World, call: Call) -> Result<Answer, Refusal> {
    let (before, after) = (call.query_id("before")?, call.query_id("after")?);
    let limit = call.limit(1, 200, 200)?;
    let guilds: Vec<Value> = world
        .guilds
        .values()
        .filter(|guild| guild.members.contains_key(&call.bot))
        .filter(|guild| before.is_none_or(|before| guild.id < before))
        .filter(|guild| after.is_none_or(|after| guild.id > after))
        .take(limit)
        .map(|guild| {
            json!({
                "id": guild.id.to_string(),
                "name": guild.name,
                "icon": null, "banner": null,
                "owner": guild.owner == call.bot,
                "permissions": base_permissions(guild, call.bot).to_string(),
                "features": [],
            })
        })
        .collect();
    Ok(Answer::Ok(json!(guilds)))
}

pub(super) fn open_direct(world: &mut World, call: Call) -> Result<Answer, Refusal> {
    let recipient = snowflake(&call.body["recipient_id"]);
    let known = recipient.filter(|id| world.users.get(id).is_some_and(|user| !user.is_webhook));
    let recipient = known.ok_or_else(Refusal::unknown_user)?;
    if recipient == call.bot {
        return Err(Refusal::cannot_message_user());
    }
    let channel = world.direct_channel(call.bot, recipient);
    Ok(Answer::Ok(world.channel_shape(channel, Some(call.bot))))
}
