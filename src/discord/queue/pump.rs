//! Takes what waits in the queue to the application, in groups: one transaction for what has
//! gathered, and no waiting for more, so that a lone message is not held back.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::sync::{mpsc, watch};
use tracing::{error, warn};

use super::{Incoming, Queue};
use crate::app::App;
use crate::app::effect::Entry;
use crate::app::event::Event;
use crate::store::StoreError;

/// How many events are dealt with in one transaction at most.
const BATCH: usize = 256;
/// The first wait for a database that does not answer; it doubles each time.
const FIRST_WAIT: Duration = Duration::from_millis(50);
/// The longest wait for it.
const LONGEST_WAIT: Duration = Duration::from_secs(5);

/// Deals with what comes through the queue until every way into it is gone.
pub(in crate::discord) async fn pump(
    hands: Arc<Hands>,
    queue: Queue,
    mut from: mpsc::Receiver<Incoming>,
    mut stop: watch::Receiver<bool>,
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
        if from.is_empty() {
            events.extend(queue.reopen());
        }
        crate::crash::point!("pump-before-transaction");
        hands.deal_with(&events).await;
        crate::crash::point!("pump-effects-handed-on");
        for barrier in barriers {
            // Whoever waited may have gone.
            let _ = barrier.send(());
        }
    }
}

/// What deals with events and interactions, and hands on what comes of them.
pub(in crate::discord) struct Hands {
    pub app: Arc<App>,
    pub(super) out: mpsc::UnboundedSender<Entry>,
    /// The database failed since what waits there was last read.
    pub(super) in_doubt: AtomicBool,
}

impl Hands {
    /// Hands of an application; effects go to `out`.
    pub fn new(app: Arc<App>, out: mpsc::UnboundedSender<Entry>) -> Self {
        Self {
            app,
            out,
            in_doubt: AtomicBool::new(false),
        }
    }

    /// Deals with a batch. While the database is out of reach it waits; an event that the database
    /// will never take is left out alone, and said.
    async fn deal_with(&self, events: &[Event]) {
        if events.is_empty() || self.persist(events).await.is_ok() {
            return;
        }
        for event in events {
            if let Err(error) = self.persist(std::slice::from_ref(event)).await {
                error!(event.kind = event.kind(), error = %error, cause = ?error, "an event could not be dealt with");
            }
        }
    }

    async fn persist(&self, events: &[Event]) -> Result<(), StoreError> {
        let handled = self.once_there(|| self.app.handle_all(events)).await;
        self.hand_on(handled?).await;
        Ok(())
    }

    /// Asks the database, and again for as long as it is out of reach.
    pub async fn once_there<T, F>(&self, ask: impl Fn() -> F) -> Result<T, StoreError>
    where
        F: Future<Output = Result<T, StoreError>>,
    {
        let mut wait = FIRST_WAIT;
        let mut waited = false;
        loop {
            match ask().await {
                Err(error) if error.is_passing() => {
                    self.in_doubt.store(true, Ordering::Relaxed);
                    if !waited {
                        warn!(error = %error, cause = ?error, "the database does not answer; waiting for it");
                        waited = true;
                    }
                    tokio::time::sleep(wait).await;
                    wait = (wait * 2).min(LONGEST_WAIT);
                }
                answer => {
                    if waited {
                        warn!("the database answers again");
                    }
                    return answer;
                }
            }
        }
    }

    /// Hands effects to the outbox. A commit whose answer was lost may have been made: then its
    /// effects stand in the database and were decided for nobody, so after a failure everything
    /// that waits there is handed on. The outbox takes each once.
    pub async fn hand_on(&self, decided: Vec<Entry>) {
        let mut entries = decided;
        if self.in_doubt.load(Ordering::Relaxed) {
            match self.once_there(|| self.app.waiting()).await {
                Ok(waiting) => {
                    entries = waiting;
                    self.in_doubt.store(false, Ordering::Relaxed);
                }
                Err(error) => {
                    error!(error = %error, cause = ?error, "what waits to be sent cannot be read")
                }
            }
        }
        for entry in entries {
            // The outbox ends last; what it cannot take stays in the database for the next start.
            let _ = self.out.send(entry);
        }
    }
}
