//! The bounded queue in front of [`App::handle_all`](crate::app::App::handle_all).
//!
//! The gateway cannot wait, so what does not fit is dropped. From the first drop on nothing more is
//! let in until everything before it has been dealt with; then all cursors are stopped and history
//! is read. A cursor therefore never passes a message that was dropped.

mod pump;
#[cfg(test)]
mod tests;

use std::collections::HashSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::{Notify, mpsc, oneshot};
use tracing::warn;

pub(super) use self::pump::{Hands, pump};
use crate::app::event::Event;
use crate::domain::ids::ChannelId;

/// What goes through the queue.
pub(super) enum Incoming {
    /// Something that happened.
    Event(Event),
    /// Answered when everything before it has been dealt with.
    Barrier(oneshot::Sender<()>),
}

/// The way into the queue. Cloning shares it.
#[derive(Clone)]
pub(super) struct Queue {
    to: mpsc::Sender<Incoming>,
    state: Arc<State>,
}

#[derive(Default)]
struct State {
    door: Mutex<Door>,
    /// Wakes catch-up.
    gap: Notify,
    /// Channels that came to be or changed, to be read by the next catch-up.
    seen: Mutex<HashSet<ChannelId>>,
}

/// Who lets an event in and who begins a round hold this, so that the number of a round and its
/// place among the events agree.
#[derive(Default)]
struct Door {
    /// Something was dropped, and nothing more is let in for now.
    lossy: bool,
    /// Counts the interruptions: a catch-up of an earlier round proves nothing.
    round: u64,
    /// How many shards are between two sessions, so that what happens there goes unheard.
    deaf: u32,
}

/// A queue for so many events, and what is to be dealt with.
pub(super) fn queue(capacity: usize) -> (Queue, mpsc::Receiver<Incoming>) {
    let (to, from) = mpsc::channel(capacity.max(1));
    let state = Arc::default();
    (Queue { to, state }, from)
}

impl Queue {
    /// Takes an event of the live stream, or drops it.
    pub fn take(&self, event: Event) {
        self.let_in(&mut self.door(), event);
    }

    fn let_in(&self, door: &mut Door, event: Event) {
        if door.lossy {
            return;
        }
        if let Err(mpsc::error::TrySendError::Full(_)) = self.to.try_send(Incoming::Event(event)) {
            // The queue holds something, so the pump comes by once more and opens the door again.
            door.lossy = true;
            warn!(
                "the queue is full; what is missed now is read from the channels' history afterwards"
            );
        }
    }

    /// Waits for a place; for what can wait, such as catch-up. `false` when Beadle is stopping.
    pub async fn put(&self, event: Event) -> bool {
        self.to.send(Incoming::Event(event)).await.is_ok()
    }

    /// Waits until everything that was put here before has been dealt with. `false` when Beadle is
    /// stopping.
    pub async fn drained(&self) -> bool {
        let (done, when) = oneshot::channel();
        self.to.send(Incoming::Barrier(done)).await.is_ok() && when.await.is_ok()
    }

    /// Tells that the live stream broke off here, and wakes catch-up.
    pub fn interrupt(&self) {
        self.begin_round(&mut self.door());
        self.state.gap.notify_one();
    }

    /// Tells that the live stream broke off and is about to be heard anew. Until the [`Pause`] is
    /// dropped no history counts: a message between the end of its reading and the first that is
    /// heard would be missed.
    pub fn pause(&self) -> Pause<'_> {
        let mut door = self.door();
        door.deaf += 1;
        self.begin_round(&mut door);
        Pause(self)
    }

    fn begin_round(&self, door: &mut Door) {
        door.round += 1;
        let round = door.round;
        self.let_in(door, Event::Interrupted { round });
    }

    /// Tells that a watched channel or thread came to be or changed, and wakes catch-up for it.
    pub fn look_at(&self, channel: ChannelId) {
        self.seen().insert(channel);
        self.state.gap.notify_one();
    }

    /// The channels to look at, which are then forgotten.
    pub fn take_seen(&self) -> HashSet<ChannelId> {
        std::mem::take(&mut self.seen())
    }

    /// Counts the interruptions so far. `None` during a [`Pause`], in which there is no use in
    /// reading; its end wakes catch-up.
    pub fn round(&self) -> Option<u64> {
        let door = self.door();
        (door.deaf == 0).then_some(door.round)
    }

    /// Waits for the next gap that is to be caught up.
    pub async fn gap(&self) {
        self.state.gap.notified().await;
    }

    /// Once everything before a drop is in hand: lets events in again, behind what is returned.
    fn reopen(&self) -> Option<Event> {
        let mut door = self.door();
        if !door.lossy {
            return None;
        }
        door.lossy = false;
        door.round += 1;
        self.state.gap.notify_one();
        Some(Event::Interrupted { round: door.round })
    }

    fn door(&self) -> MutexGuard<'_, Door> {
        let door = self.state.door.lock();
        door.unwrap_or_else(PoisonError::into_inner)
    }

    fn seen(&self) -> MutexGuard<'_, HashSet<ChannelId>> {
        let seen = self.state.seen.lock();
        seen.unwrap_or_else(PoisonError::into_inner)
    }
}

/// The time between two sessions of a shard; its end begins a round.
pub(super) struct Pause<'a>(&'a Queue);

impl Drop for Pause<'_> {
    fn drop(&mut self) {
        self.0.door().deaf -= 1;
        self.0.interrupt();
    }
}
