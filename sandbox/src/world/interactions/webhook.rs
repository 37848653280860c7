//! What a bot makes of an interaction after its first answer: changes of that answer, and follow-ups.
//!
//! Source: Discord's documentation, "Receiving and Responding to Interactions", "Followup Messages".

use super::Place;
use super::answer::is_ephemeral;
use crate::time::Snowflake;
use crate::world::World;
use crate::world::draft::{Draft, Upload};
use crate::world::refusal::Refusal;
use crate::world::revision::Revision;
use crate::world::state::{Message, message_flag};

/// One of the messages that an interaction's token gives access to.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Sought {
    /// `@original`.
    Original,
    Id(Snowflake),
}

impl World {
    /// The interaction that a token belongs to, once it has been answered and as long as the token is good.
    pub fn interaction_by_token(
        &self,
        application: Snowflake,
        token: &str,
    ) -> Result<Snowflake, Refusal> {
        if !self.bots.contains_key(&application) {
            return Err(Refusal::unknown_webhook());
        }
        let mut known = self.interactions.values();
        let interaction = known
            .find(|known| known.token == token && known.deed.bot == application)
            .filter(|known| known.token_is_good(self.now_ms()))
            .ok_or_else(Refusal::invalid_webhook_token)?;
        if interaction.answer.is_none() {
            return Err(Refusal::unknown_webhook());
        }
        Ok(interaction.id)
    }

    /// A message of an interaction.
    pub fn message_of(&self, id: Snowflake, sought: Sought) -> Result<&Message, Refusal> {
        let place = self.place_of(id, sought)?;
        self.message_at(place).ok_or_else(Refusal::unknown_message)
    }

    /// Changes a message of an interaction.
    pub fn edit_message_of(
        &mut self,
        id: Snowflake,
        sought: Sought,
        revision: Revision,
    ) -> Result<(), Refusal> {
        let place = self.place_of(id, sought)?;
        self.revise_for(id, place, revision)
    }

    /// Deletes a message of an interaction.
    pub fn delete_message_of(&mut self, id: Snowflake, sought: Sought) -> Result<(), Refusal> {
        let place = self.place_of(id, sought)?;
        self.message_of(id, sought)?;
        if self.ephemerals.remove(&place.message).is_none() {
            self.remove_message(place.channel, place.message)?;
        }
        Ok(())
    }

    /// Adds a message to an interaction. Right after an answer that was put off it is that answer, as public or private
    /// as was said then.
    pub fn follow_up(
        &mut self,
        id: Snowflake,
        body: &serde_json::Value,
        uploads: Vec<Upload>,
    ) -> Result<Place, Refusal> {
        let original = self.interaction(id)?.original;
        if let Some(place) = original.filter(|place| self.is_loading(*place)) {
            let mut revision = Revision::parse(body, uploads)?;
            // Nothing is there yet that could be kept.
            revision.kept_attachments = None;
            self.revise_for(id, place, revision)?;
            return Ok(place);
        }
        let draft = Draft::parse(body, uploads)?;
        let place = self.post_for(id, draft, is_ephemeral(body), original)?;
        self.interaction_mut(id)?.followups.push(place);
        Ok(place)
    }

    fn is_loading(&self, place: Place) -> bool {
        let message = self.message_at(place);
        message.is_some_and(|message| message.flags & message_flag::LOADING != 0)
    }

    fn place_of(&self, id: Snowflake, sought: Sought) -> Result<Place, Refusal> {
        let interaction = self.interaction(id)?;
        let place = match sought {
            Sought::Original => interaction.original,
            Sought::Id(id) => interaction
                .original
                .iter()
                .chain(&interaction.followups)
                .copied()
                .find(|place| place.message == id),
        };
        place.ok_or_else(Refusal::unknown_message)
    }
}
