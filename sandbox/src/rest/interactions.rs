//! What bots answer to interactions. Whoever has an interaction's token may ask; a bot's own is not needed.

use serde_json::Value;

use super::{Answer, Call};
use crate::time::Snowflake;
use crate::world::World;
use crate::world::interactions::{Place, Sought};
use crate::world::refusal::Refusal;
use crate::world::revision::Revision;

pub(super) fn answer(world: &mut World, mut call: Call) -> Result<Answer, Refusal> {
    let id = call.id("interaction_id")?;
    let uploads = std::mem::take(&mut call.uploads);
    world.answer_interaction(id, call.param("interaction_token"), &call.body, uploads)?;
    if call.query("with_response") == Some("true") {
        return Ok(Answer::Ok(world.answer_shape(id)));
    }
    Ok(Answer::NoContent)
}

pub(super) fn follow_up(world: &mut World, mut call: Call) -> Result<Answer, Refusal> {
    let id = interaction(world, &call)?;
    let uploads = std::mem::take(&mut call.uploads);
    let Place { message, .. } = world.follow_up(id, &call.body, uploads)?;
    shape(world, &call, id, Sought::Id(message))
}

pub(super) fn message(world: &mut World, call: Call) -> Result<Answer, Refusal> {
    let id = interaction(world, &call)?;
    shape(world, &call, id, sought(&call)?)
}

pub(super) fn edit(world: &mut World, mut call: Call) -> Result<Answer, Refusal> {
    let id = interaction(world, &call)?;
    let sought = sought(&call)?;
    let uploads = std::mem::take(&mut call.uploads);
    world.edit_message_of(id, sought, Revision::parse(&call.body, uploads)?)?;
    shape(world, &call, id, sought)
}

pub(super) fn delete(world: &mut World, call: Call) -> Result<Answer, Refusal> {
    let id = interaction(world, &call)?;
    world.delete_message_of(id, sought(&call)?)?;
    Ok(Answer::NoContent)
}

fn interaction(world: &World, call: &Call) -> Result<Snowflake, Refusal> {
    world.interaction_by_token(call.id("webhook_id")?, call.param("webhook_token"))
}

/// The route of `@original` has no message's id in it.
fn sought(call: &Call) -> Result<Sought, Refusal> {
    if call.param("message_id").is_empty() {
        Ok(Sought::Original)
    } else {
        call.id("message_id").map(Sought::Id)
    }
}

fn shape(world: &World, call: &Call, id: Snowflake, sought: Sought) -> Result<Answer, Refusal> {
    let message = world.message_of(id, sought)?;
    let shape: Value = world.message_shape(message, call.id("webhook_id")?);
    Ok(Answer::Ok(shape))
}
