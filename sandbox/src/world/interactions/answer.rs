//! A bot's first answer to an interaction: in time, once, and of a kind that fits.
//!
//! Source: Discord's documentation, "Responding to an Interaction".

use serde_json::{Value, json};

use super::origin::mark_as_reply;
use super::{Ephemeral, FirstAnswer, Interaction, Place, kind, modal, values};
use crate::permissions as may;
use crate::time::Snowflake;
use crate::world::World;
use crate::world::draft::{Draft, Upload};
use crate::world::refusal::Refusal;
use crate::world::revision::Revision;
use crate::world::state::{Mentions, Message, message_flag};

const MESSAGE: u64 = 4;
const DEFERRED_MESSAGE: u64 = 5;
const DEFERRED_UPDATE: u64 = 6;
const UPDATE: u64 = 7;
const CHOICES: u64 = 8;
const MODAL: u64 = 9;

impl World {
    /// Takes the first answer to an interaction.
    pub fn answer_interaction(
        &mut self,
        id: Snowflake,
        token: &str,
        body: &Value,
        uploads: Vec<Upload>,
    ) -> Result<(), Refusal> {
        let now_ms = self.now_ms();
        let known = self.interactions.get(&id);
        let interaction = known
            .filter(|interaction| interaction.token == token && !interaction.has_failed(now_ms))
            .ok_or_else(Refusal::unknown_interaction)?;
        if interaction.answer.is_some() {
            return Err(Refusal::already_acknowledged());
        }
        let callback = body["type"].as_u64().unwrap_or(0);
        check_kind(interaction, callback)?;
        let data = &body["data"];
        let in_data = |refusal: Refusal| refusal.within("data");
        let answer = match callback {
            MESSAGE => {
                let draft = Draft::parse(data, uploads).map_err(in_data)?;
                self.answer_with_message(id, draft, is_ephemeral(data))?
            }
            DEFERRED_MESSAGE => self.put_message_off(id, is_ephemeral(data))?,
            DEFERRED_UPDATE => self.put_update_off(id)?,
            UPDATE => {
                let revision = Revision::parse(data, uploads).map_err(in_data)?;
                self.answer_with_update(id, revision)?
            }
            CHOICES => FirstAnswer::Choices(
                values::check_suggestions(&interaction.deed.data, data).map_err(in_data)?,
            ),
            _ => FirstAnswer::Modal(modal::parse(data).map_err(in_data)?),
        };
        self.interaction_mut(id)?.answer = Some(answer);
        Ok(())
    }

    /// What Discord tells of an answer where it is asked to.
    pub fn answer_shape(&self, id: Snowflake) -> Value {
        let Some(interaction) = self.interactions.get(&id) else {
            return Value::Null;
        };
        let mut shape =
            json!({"interaction": {"id": id.to_string(), "type": interaction.deed.kind}});
        let message = interaction
            .original
            .and_then(|place| self.message_at(place));
        let (Some(message), Some(answer)) = (message, &interaction.answer) else {
            return shape;
        };
        let about = &mut shape["interaction"];
        about["response_message_id"] = json!(message.id.to_string());
        about["response_message_loading"] = json!(message.flags & message_flag::LOADING != 0);
        about["response_message_ephemeral"] = json!(message.flags & message_flag::EPHEMERAL != 0);
        let callback = match answer {
            FirstAnswer::Message => MESSAGE,
            FirstAnswer::Update => UPDATE,
            _ => return shape,
        };
        let message = self.message_shape(message, interaction.deed.bot);
        shape["resource"] = json!({"type": callback, "message": message});
        shape
    }

    fn answer_with_message(
        &mut self,
        id: Snowflake,
        draft: Draft,
        is_ephemeral: bool,
    ) -> Result<FirstAnswer, Refusal> {
        let place = self.post_for(id, draft, is_ephemeral, None)?;
        self.interaction_mut(id)?.original = Some(place);
        Ok(FirstAnswer::Message)
    }

    fn put_message_off(
        &mut self,
        id: Snowflake,
        is_ephemeral: bool,
    ) -> Result<FirstAnswer, Refusal> {
        let draft = Draft {
            flags: message_flag::LOADING,
            ..Draft::default()
        };
        let place = self.post_for(id, draft, is_ephemeral, None)?;
        self.interaction_mut(id)?.original = Some(place);
        Ok(FirstAnswer::DeferredMessage)
    }

    fn put_update_off(&mut self, id: Snowflake) -> Result<FirstAnswer, Refusal> {
        let interaction = self.interaction_mut(id)?;
        interaction.original = interaction.deed.message;
        Ok(FirstAnswer::DeferredUpdate)
    }

    fn answer_with_update(
        &mut self,
        id: Snowflake,
        revision: Revision,
    ) -> Result<FirstAnswer, Refusal> {
        let place = self.interaction(id)?.deed.message;
        let place = place.ok_or_else(Refusal::unknown_message)?;
        self.revise_for(id, place, revision)?;
        self.interaction_mut(id)?.original = Some(place);
        Ok(FirstAnswer::Update)
    }

    /// Posts a message that answers an interaction, in the open or before one person's eyes. `after`: the first answer
    /// that it comes after, if it does.
    pub(super) fn post_for(
        &mut self,
        id: Snowflake,
        mut draft: Draft,
        is_ephemeral: bool,
        after: Option<Place>,
    ) -> Result<Place, Refusal> {
        let (bot, viewer, channel_id) = {
            let deed = &self.interaction(id)?.deed;
            (deed.bot, deed.user, deed.channel)
        };
        if is_ephemeral {
            draft.flags |= message_flag::EPHEMERAL;
        }
        // An answer needs no permission; who is notified follows the bot's own.
        let held = self.permissions_in(self.channel(channel_id)?, bot);
        let message_id = self.next_id();
        draft.nonce = None;
        let mut message = self.compose(message_id, bot, channel_id, held, None, draft)?;
        let interaction = self.interaction(id)?;
        message.provenance =
            Some(self.provenance(interaction, after.map(|original| original.message)));
        match after {
            Some(_) => mark_as_reply(&mut message, after),
            None => self.mark_as_answer(&mut message, interaction),
        }
        if is_ephemeral {
            message.pings = Mentions::default();
            self.ephemerals
                .insert(message_id, Ephemeral { viewer, message });
        } else {
            self.unarchive_to_write(channel_id, may::EVERYTHING)?;
            self.post(message)?;
        }
        Ok(Place {
            channel: channel_id,
            message: message_id,
        })
    }

    /// Changes a message through an interaction. The first change of an answer that was put off makes it whole, and is
    /// not shown as an edit.
    pub(super) fn revise_for(
        &mut self,
        id: Snowflake,
        place: Place,
        revision: Revision,
    ) -> Result<(), Refusal> {
        let bot = self.interaction(id)?.deed.bot;
        let held = self.permissions_in(self.channel(place.channel)?, bot) | may::EMBED_LINKS;
        let message = self
            .message_at(place)
            .ok_or_else(Refusal::unknown_message)?;
        let mut changed = message.clone();
        let was_loading = changed.flags & message_flag::LOADING != 0;
        self.revise(&mut changed, held, revision)?;
        changed.flags &= !message_flag::LOADING;
        if was_loading {
            changed.pings = pings_of(&changed);
        } else {
            changed.edited_at_ms = Some(self.now_ms());
        }
        self.put_back(place, changed);
        let interaction = self.interaction_mut(id)?;
        interaction.has_updated |= interaction.deed.message == Some(place);
        Ok(())
    }

    fn put_back(&mut self, place: Place, changed: Message) {
        if let Some(ephemeral) = self.ephemerals.get_mut(&place.message) {
            ephemeral.message = changed;
        } else if let Ok(message) = self.message_mut(place.channel, place.message) {
            *message = changed;
            self.tell_message("MESSAGE_UPDATE", place.channel, place.message);
        }
    }

    pub(super) fn interaction(&self, id: Snowflake) -> Result<&Interaction, Refusal> {
        let known = self.interactions.get(&id);
        known.ok_or_else(Refusal::unknown_interaction)
    }

    pub(super) fn interaction_mut(&mut self, id: Snowflake) -> Result<&mut Interaction, Refusal> {
        let known = self.interactions.get_mut(&id);
        known.ok_or_else(Refusal::unknown_interaction)
    }
}

/// Whom a deferred answer notifies once it is there.
fn pings_of(message: &Message) -> Mentions {
    if message.flags & message_flag::EPHEMERAL == 0 {
        message.mentions.clone()
    } else {
        Mentions::default()
    }
}

pub(super) fn is_ephemeral(data: &Value) -> bool {
    data["flags"].as_u64().unwrap_or(0) & message_flag::EPHEMERAL != 0
}

/// Refuses an answer of a kind that this interaction does not take.
fn check_kind(interaction: &Interaction, callback: u64) -> Result<(), Refusal> {
    let from_component = interaction.deed.message.is_some();
    let allowed: &[u64] = match interaction.deed.kind {
        kind::AUTOCOMPLETE => &[CHOICES],
        kind::COMPONENT => &[MESSAGE, DEFERRED_MESSAGE, DEFERRED_UPDATE, UPDATE, MODAL],
        kind::MODAL if from_component => &[MESSAGE, DEFERRED_MESSAGE, DEFERRED_UPDATE, UPDATE],
        kind::MODAL => &[MESSAGE, DEFERRED_MESSAGE],
        _ => &[MESSAGE, DEFERRED_MESSAGE, MODAL],
    };
    if allowed.contains(&callback) {
        return Ok(());
    }
    let listed: Vec<String> = allowed.iter().map(u64::to_string).collect();
    let sentence = format!("Value must be one of {{{}}}.", listed.join(", "));
    Err(Refusal::field("type", "BASE_TYPE_CHOICES", sentence))
}
