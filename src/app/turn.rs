//! One turn of the handling of an event: the transaction it writes to, what is known around it, and
//! the effects that it decides.

use jiff::Timestamp;

use super::courses::Courses;
use super::effect::{Effect, Entry, Outgoing};
use super::memory::Memory;
use crate::domain::ids::{ChannelId, MessageId, UserId};
use crate::store::{StoreError, Tx, outbox};

/// Everything that a use case needs to deal with one event.
pub(crate) struct Turn<'a> {
    /// The transaction of the batch that the event is in.
    pub tx: &'a mut Tx,
    /// The present moment.
    pub now: Timestamp,
    /// Every course that is served.
    pub courses: &'a Courses,
    /// Beadle's own id.
    pub me: UserId,
    /// How late a missed digest may still be posted.
    pub late_limit: jiff::SignedDuration,
    /// What is remembered between events.
    pub memory: &'a mut Memory,
    /// What was decided so far.
    pub entries: &'a mut Vec<Entry>,
}

/// What an effect is for, and how long it is of use.
#[derive(Debug, Clone)]
pub(crate) struct Purpose {
    /// Unique; the same purpose is served once.
    pub key: String,
    /// The message that brought it about.
    pub cause: Option<MessageId>,
    /// After which it is of no use.
    pub expires_at: Option<Timestamp>,
}

impl Turn<'_> {
    /// The present moment in UTC milliseconds.
    pub fn now_ms(&self) -> i64 {
        self.now.as_millisecond()
    }

    /// Decides an effect. An effect whose key stands already is not decided again; returns whether
    /// it is new.
    pub async fn decide(
        &mut self,
        channel: ChannelId,
        effect: Effect,
        purpose: Purpose,
    ) -> Result<bool, StoreError> {
        let nonce = nonce_of(&purpose.key);
        let json = effect.to_json();
        let new = outbox::NewEffect {
            key: &purpose.key,
            channel,
            cause: purpose.cause,
            effect: &json,
            nonce: &nonce,
            created_at_ms: self.now_ms(),
            expires_at_ms: purpose.expires_at.map(Timestamp::as_millisecond),
        };
        let (created_at_ms, expires_at_ms) = (new.created_at_ms, new.expires_at_ms);
        let Some(id) = outbox::put_effect(self.tx, &new).await? else {
            return Ok(false);
        };
        self.entries.push(Entry {
            id,
            key: purpose.key,
            channel,
            effect,
            nonce,
            created_at_ms,
            expires_at_ms,
        });
        Ok(true)
    }

    /// Decides a reply to a message, of no use after `expires_at`. It lasts, since that may be later
    /// than Discord knows a nonce.
    pub async fn reply(
        &mut self,
        channel: ChannelId,
        to: MessageId,
        key: String,
        message: Outgoing,
        expires_at: Timestamp,
    ) -> Result<bool, StoreError> {
        let effect = Effect::Say {
            reply_to: Some(to),
            message,
            lasting: true,
        };
        let purpose = Purpose {
            key,
            cause: Some(to),
            expires_at: Some(expires_at),
        };
        self.decide(channel, effect, purpose).await
    }
}

/// The nonce under which Discord knows an effect, always the same for the same key: 64-bit FNV-1a
/// (Fowler, Noll, Vo), in hexadecimal.
fn nonce_of(key: &str) -> String {
    let hash = key.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{hash:016x}")
}

#[cfg(test)]
mod tests {
    use super::nonce_of;

    #[test]
    fn a_nonce_fits_discords_limit_and_tells_keys_apart() {
        assert!(nonce_of("digest:1:2026-11-23:1").len() <= 25);
        assert_ne!(nonce_of("lookup:1:0"), nonce_of("lookup:1:1"));
        assert_eq!(nonce_of(""), "cbf29ce484222325");
    }
}
