//! What Discord refuses is said once a channel and cause, not once an effect.

use std::collections::HashSet;
use std::mem::{Discriminant, discriminant};
use std::sync::{Mutex, PoisonError};

use crate::app::effect::{Effect, Entry};

/// Discord's code for a message that is gone: no matter of permissions that might be given back.
pub(super) const UNKNOWN_MESSAGE: i64 = 10_008;
/// Discord's code for a channel that is gone.
pub(super) const UNKNOWN_CHANNEL: i64 = 10_003;

/// Discord's code for a reaction that is no emoji, or a server's own that Beadle may not use.
pub(super) const UNKNOWN_EMOJI: i64 = 10_014;

/// The refusals that have been said.
#[derive(Debug, Default)]
pub(super) struct Refusals(Mutex<HashSet<Refusal>>);

/// Where, what, and Discord's code for why not.
type Refusal = (u64, Discriminant<Effect>, i64);

impl Refusals {
    /// Whether this refusal is news.
    pub fn is_news(&self, entry: &Entry, code: i64) -> bool {
        let (channel, what) = place_of(entry);
        let mut said = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        said.insert((channel, what, code))
    }

    /// Such an effect was done: what stood in its way is over, and would be news again.
    pub fn are_over(&self, entry: &Entry) {
        let (channel, what) = place_of(entry);
        let mut said = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        said.retain(|refusal| {
            (refusal.0, refusal.1) != (channel, what) || refusal.2 == UNKNOWN_MESSAGE
        });
    }
}

/// A channel; for tags, of which every post is a channel of its own, the server.
fn place_of(entry: &Entry) -> (u64, Discriminant<Effect>) {
    let place = match &entry.effect {
        Effect::Tag { server, .. } => server.get(),
        _ => entry.channel.get(),
    };
    (place, discriminant(&entry.effect))
}

#[cfg(test)]
mod tests {
    use super::super::tests::entry;
    use super::*;

    const MISSING_PERMISSIONS: i64 = 50_013;

    #[test]
    fn a_refusal_is_news_once_a_channel_and_cause_until_such_an_effect_is_done() {
        let refusals = Refusals::default();
        assert!(refusals.is_news(&entry(1, 7), MISSING_PERMISSIONS));
        assert!(!refusals.is_news(&entry(2, 7), MISSING_PERMISSIONS));
        assert!(
            refusals.is_news(&entry(3, 8), MISSING_PERMISSIONS),
            "another channel"
        );
        assert!(
            refusals.is_news(&entry(4, 7), UNKNOWN_MESSAGE),
            "another cause"
        );
        refusals.are_over(&entry(5, 7));
        assert!(
            refusals.is_news(&entry(6, 7), MISSING_PERMISSIONS),
            "it was given back"
        );
        assert!(!refusals.is_news(&entry(7, 7), UNKNOWN_MESSAGE));
    }
}
