//! Messages: history, sending, changing, deleting.

use serde_json::{Value, json};

use super::{Answer, Call};
use crate::permissions as may;
use crate::time::Snowflake;
use crate::world::World;
use crate::world::draft::Draft;
use crate::world::history::Page;
use crate::world::refusal::Refusal;
use crate::world::revision::Revision;

pub(super) fn list(world: &mut World, call: Call) -> Result<Answer, Refusal> {
    let page = Page {
        before: call.query_id("before")?,
        after: call.query_id("after")?,
        around: call.query_id("around")?,
        limit: call.limit(1, 100, 50)?,
    };
    let given = [page.before, page.after, page.around]
        .iter()
        .flatten()
        .count();
    if given > 1 {
        let sentence = "Only one of around, before, and after may be passed.";
        return Err(Refusal::field("before", "MUTUALLY_EXCLUSIVE", sentence));
    }
    let found = world.history(call.bot, call.id("channel_id")?, page)?;
    let shapes: Vec<Value> = found
        .into_iter()
        .map(|message| world.message_shape(message, call.bot))
        .collect();
    Ok(Answer::Ok(json!(shapes)))
}

pub(super) fn message(world: &mut World, call: Call) -> Result<Answer, Refusal> {
    let (channel, id) = ids(&call)?;
    world.require(world.channel(channel)?, call.bot, may::READ_MESSAGE_HISTORY)?;
    let message = world.message(channel, id)?;
    Ok(Answer::Ok(world.message_shape(message, call.bot)))
}

pub(super) fn create(world: &mut World, call: Call) -> Result<Answer, Refusal> {
    let channel = call.id("channel_id")?;
    let draft = Draft::parse(&call.body, call.uploads)?;
    let id = world.send_message(call.bot, channel, draft)?;
    let message = world.message(channel, id)?;
    let mut shape = world.message_shape(message, call.bot);
    if let Some(nonce) = &message.nonce {
        shape["nonce"] = nonce.clone();
    }
    Ok(Answer::Ok(shape))
}

pub(super) fn edit(world: &mut World, call: Call) -> Result<Answer, Refusal> {
    let (channel, id) = ids(&call)?;
    let revision = Revision::parse(&call.body, call.uploads)?;
    world.edit_message(call.bot, channel, id, revision)?;
    Ok(Answer::Ok(
        world.message_shape(world.message(channel, id)?, call.bot),
    ))
}

pub(super) fn delete(world: &mut World, call: Call) -> Result<Answer, Refusal> {
    let (channel, id) = ids(&call)?;
    world.delete_message(call.bot, channel, id)?;
    Ok(Answer::NoContent)
}

pub(super) fn bulk_delete(world: &mut World, call: Call) -> Result<Answer, Refusal> {
    let ids = super::channels::ids(&call.body["messages"]).unwrap_or_default();
    world.bulk_delete(call.bot, call.id("channel_id")?, &ids)?;
    Ok(Answer::NoContent)
}

/// The channel and the message of a call.
pub(super) fn ids(call: &Call) -> Result<(Snowflake, Snowflake), Refusal> {
    Ok((call.id("channel_id")?, call.id("message_id")?))
}
