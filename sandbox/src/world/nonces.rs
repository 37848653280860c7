//! Nonces: how a sender makes sure that the same message is not sent twice.

use super::World;
use super::draft::Draft;
use super::state::Message;
use crate::time::Snowflake;

impl World {
    pub(super) fn message_with_nonce(
        &self,
        author: Snowflake,
        channel: Snowflake,
        draft: &Draft,
    ) -> Option<Snowflake> {
        let nonce = draft.nonce.as_ref().filter(|_| draft.enforce_nonce)?;
        let (id, at_ms) = self.nonces.get(&(channel, author, nonce.to_string()))?;
        let is_fresh = self.now_ms().saturating_sub(*at_ms) < self.settings.nonce_window_ms;
        let is_there = self.message(channel, *id).is_ok();
        (is_fresh && is_there).then_some(*id)
    }

    pub(super) fn remember_nonce(&mut self, message: &Message) {
        let Some(nonce) = &message.nonce else { return };
        let key = (message.channel, message.author, nonce.to_string());
        let now_ms = self.now_ms();
        self.nonces.insert(key, (message.id, now_ms));
    }
}
