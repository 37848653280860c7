//! Carries out what was decided, and ticks it off.
//!
//! One message of a channel at a time and one reaction, in the order of deciding; channels side by
//! side ([`lanes`]). A new effect goes straight into a request ([`carry`]): the database has it
//! already. When it is over it is ticked off with others in one transaction ([`ticks`]), and only then
//! does its row go on. What was not ticked off when Beadle ended is carried out by the next start, under the same
//! nonce or after reading back ([`read_back`]). Nothing here decides what is sent.

mod carry;
mod lanes;
mod read_back;
mod refusals;
mod tag;
mod ticks;

use std::collections::HashMap;
use std::sync::Arc;

use serenity::model::id::ChannelId as DiscordChannel;
use tokio::sync::{mpsc, watch};
use tokio::task::{Id, JoinSet};
use tracing::error;

use self::carry::Carrier;
use self::lanes::{Errand, Lanes, Row};
use super::queue::Queue;
use super::rest::Rest;
use crate::app::App;
use crate::app::effect::Entry;
use crate::domain::ids::ChannelId;

/// Carries out effects.
pub(super) struct Outbox {
    app: Arc<App>,
    rest: Rest,
    /// Where what came of an effect is told, if that matters.
    queue: Queue,
    /// Told when the token is refused: nothing can be sent any more.
    dead: watch::Sender<bool>,
}

impl Outbox {
    /// An outbox. `dead` is set when Discord refuses the token.
    pub fn new(app: Arc<App>, rest: Rest, queue: Queue, dead: watch::Sender<bool>) -> Self {
        Self {
            app,
            rest,
            queue,
            dead,
        }
    }

    /// Carries out what comes, until no more can come and all is done, `stop` is told, or the token
    /// is refused.
    pub async fn run(self, from: mpsc::UnboundedReceiver<Entry>, mut stop: watch::Receiver<bool>) {
        let mut dead = self.dead.subscribe();
        let (ticks, ticking) = ticks::ticks(self.app.clone());
        let carrier = Arc::new(Carrier::new(
            self.app, self.rest, self.queue, ticks, self.dead,
        ));
        let carrying = dispatch(from, move |errand| carrier.clone().carry(errand));
        tokio::select! {
            _ = async { tokio::join!(carrying, ticking) } => {}
            _ = stop.wait_for(|stop| *stop) => {}
            _ = dead.wait_for(|dead| *dead) => {}
        }
    }
}

/// Has effects carried out by `carry`, each row's one after the other, until no more can come and all
/// is over.
async fn dispatch<F>(mut from: mpsc::UnboundedReceiver<Entry>, carry: impl Fn(Errand) -> F)
where
    F: Future<Output = ()> + Send + 'static,
{
    let mut lanes = Lanes::default();
    let mut running = JoinSet::new();
    let mut rows: HashMap<Id, Row> = HashMap::new();
    let mut more = true;
    loop {
        let next = tokio::select! {
            entry = from.recv(), if more => {
                more = entry.is_some();
                entry.and_then(|entry| lanes.take(entry))
            }
            Some(ended) = running.join_next_with_id() => {
                let id = ended.as_ref().map_or_else(|error| error.id(), |(id, ())| *id);
                let row = rows.remove(&id);
                if ended.is_err() {
                    // What panicked has printed why. The effect is not ticked off.
                    error!(channel.id = ?row.map(Row::channel), "an effect broke off; the next start tries it again");
                }
                row.and_then(|row| lanes.after(row))
            }
            else => return,
        };
        if let Some(errand) = next {
            let row = Row::of(&errand.entry);
            rows.insert(running.spawn(carry(errand)).id(), row);
        }
    }
}

/// A channel as serenity's routes take it.
fn channel_id(channel: ChannelId) -> DiscordChannel {
    DiscordChannel::new(channel.get())
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;
    use crate::app::effect::Effect;

    /// An effect of a channel.
    pub(super) fn entry(id: i64, channel: u64) -> Entry {
        Entry {
            id,
            key: format!("test:{id}"),
            channel: ChannelId::new(channel),
            effect: Effect::Unsay { key: String::new() },
            nonce: String::new(),
            created_at_ms: 0,
            expires_at_ms: None,
        }
    }

    /// Hands effects in and returns what was carried out to its end, by id.
    async fn carried(entries: Vec<Entry>, panics_at: i64) -> Vec<i64> {
        let (out, from) = mpsc::unbounded_channel();
        for entry in entries {
            out.send(entry).expect("it listens");
        }
        drop(out);
        let carried = Arc::new(Mutex::new(Vec::new()));
        let list = carried.clone();
        let carry = move |errand: Errand| {
            let carried = carried.clone();
            async move {
                assert_ne!(errand.entry.id, panics_at, "this panic belongs to the test");
                carried.lock().expect("no panic").push(errand.entry.id);
            }
        };
        dispatch(from, carry).await;
        let list = list.lock().expect("no panic");
        list.clone()
    }

    #[tokio::test]
    async fn an_effect_that_breaks_off_does_not_hold_up_its_channel() {
        let entries = (1..=4).map(|id| entry(id, 7)).collect();
        assert_eq!(carried(entries, 2).await, [1, 3, 4]);
    }

    #[tokio::test]
    async fn what_is_handed_in_again_while_it_waits_is_carried_out_once() {
        let entries = [1, 2, 3, 1, 2, 3].map(|id| entry(id, 7)).to_vec();
        assert_eq!(carried(entries, 0).await, [1, 2, 3]);
    }
}
