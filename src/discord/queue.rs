//! The bounded queue in front of [`App::handle_all`].
//!
//! The gateway cannot wait, so what does not fit is dropped. From the first drop on nothing more is
//! let in until everything before it has been dealt with; then all cursors are stopped and history
//! is read. A cursor therefore never passes a message that was dropped.

use std::collections::HashSet;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{Notify, mpsc, oneshot};
use tracing::{error, warn};

use crate::app::App;
use crate::app::effect::Entry;
use crate::app::event::Event;
use crate::domain::ids::ChannelId;

/// How many events are dealt with in one transaction at most.
const BATCH: usize = 256;

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
    /// Something was dropped and nothing more is let in for now.
    lossy: AtomicBool,
    /// Counts the interruptions: a catch-up of an earlier round proves nothing.
    round: AtomicU64,
    /// Wakes catch-up.
    gap: Notify,
    /// Channels that came to be or changed, to be read by the next catch-up.
    seen: Mutex<HashSet<ChannelId>>,
}

/// A queue for so many events, and what is to be dealt with.
pub(super) fn queue(capacity: usize) -> (Queue, mpsc::Receiver<Incoming>) {
    let (to, from) = mpsc::channel(capacity.max(1));
    (
        Queue {
            to,
            state: Arc::default(),
        },
        from,
    )
}

impl Queue {
    /// Takes an event of the live stream, or drops it.
    pub fn take(&self, event: Event) {
        if self.state.lossy.load(Ordering::Acquire) {
            return;
        }
        match self.to.try_send(Incoming::Event(event)) {
            Ok(()) | Err(mpsc::error::TrySendError::Closed(_)) => {}
            Err(mpsc::error::TrySendError::Full(_)) => {
                self.state.lossy.store(true, Ordering::Release);
                // Catch-up comes in through the queue, so that the pump looks even if it had just
                // emptied it.
                self.state.gap.notify_one();
                warn!(
                    "the queue is full; what is missed now is read from the channels' history afterwards"
                );
            }
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
        let round = self.state.round.fetch_add(1, Ordering::AcqRel) + 1;
        self.take(Event::Interrupted { round });
        self.state.gap.notify_one();
    }

    /// Tells that a watched channel or thread came to be or changed, and wakes catch-up for it.
    pub fn look_at(&self, channel: ChannelId) {
        self.state
            .seen
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(channel);
        self.state.gap.notify_one();
    }

    /// The channels to look at, which are then forgotten.
    pub fn take_seen(&self) -> HashSet<ChannelId> {
        std::mem::take(
            &mut self
                .state
                .seen
                .lock()
                .unwrap_or_else(PoisonError::into_inner),
        )
    }

    /// Counts the interruptions so far.
    pub fn round(&self) -> u64 {
        self.state.round.load(Ordering::Acquire)
    }

    /// Waits for the next gap that is to be caught up.
    pub async fn gap(&self) {
        self.state.gap.notified().await;
    }

    /// After a drop, once everything before it has been dealt with: lets events in again.
    fn reopen(&self) -> Event {
        let round = self.state.round.fetch_add(1, Ordering::AcqRel) + 1;
        self.state.lossy.store(false, Ordering::Release);
        self.state.gap.notify_one();
        Event::Interrupted { round }
    }
}

/// Deals with what comes through the queue until every way into it is gone. Effects go to `out`.
pub(super) async fn pump(
    app: Arc<App>,
    queue: Queue,
    mut from: mpsc::Receiver<Incoming>,
    out: mpsc::UnboundedSender<Entry>,
    mut stop: tokio::sync::watch::Receiver<bool>,
) {
    let mut batch = Vec::with_capacity(BATCH);
    loop {
        tokio::select! {
            biased;
            taken = from.recv_many(&mut batch, BATCH) => if taken == 0 { return },
            _ = stop.wait_for(|stop| *stop) => {
                // What is in hand is finished; what comes later is found by the next catch-up.
                from.close();
                if from.is_empty() {
                    return;
                }
                continue;
            }
        }
        let (mut events, mut barriers) = (Vec::with_capacity(batch.len()), Vec::new());
        for incoming in batch.drain(..) {
            match incoming {
                Incoming::Event(event) => events.push(event),
                Incoming::Barrier(done) => barriers.push(done),
            }
        }
        if queue.state.lossy.load(Ordering::Acquire) && from.is_empty() {
            events.push(queue.reopen());
        }
        crate::crash::point!("pump-before-transaction");
        deal_with(&app, &events, &out).await;
        crate::crash::point!("pump-effects-handed-on");
        for barrier in barriers {
            // Whoever waited may have gone.
            let _ = barrier.send(());
        }
    }
}

/// Deals with a batch. While the database is out of reach it waits; an event that the database will
/// never take is left out alone, and said.
async fn deal_with(app: &App, events: &[Event], out: &mpsc::UnboundedSender<Entry>) {
    match persist(app, events).await {
        Ok(entries) => send_all(entries, out),
        Err(error) if events.len() == 1 => {
            error!(event.kind = events[0].kind(), error = %error, cause = ?error, "an event could not be dealt with");
        }
        Err(_) => {
            for event in events {
                match persist(app, std::slice::from_ref(event)).await {
                    Ok(entries) => send_all(entries, out),
                    Err(error) => {
                        error!(event.kind = event.kind(), error = %error, cause = ?error, "an event could not be dealt with");
                    }
                }
            }
        }
    }
}

fn send_all(entries: Vec<Entry>, out: &mpsc::UnboundedSender<Entry>) {
    for entry in entries {
        // The outbox ends last; what it cannot take stays in the database for the next start.
        let _ = out.send(entry);
    }
}

async fn persist(app: &App, events: &[Event]) -> Result<Vec<Entry>, crate::store::StoreError> {
    let mut wait = Duration::from_millis(50);
    let mut said = false;
    loop {
        match app.handle_all(events).await {
            Err(error) if error.is_passing() => {
                if !said {
                    warn!(error = %error, cause = ?error, "the database does not answer; waiting for it");
                    said = true;
                }
                tokio::time::sleep(wait).await;
                wait = (wait * 2).min(Duration::from_secs(5));
            }
            handled => {
                if said {
                    warn!("the database answers again");
                }
                return handled;
            }
        }
    }
}
