//! Ticking off what is over, many effects in one transaction.
//!
//! A tick is tried again for as long as it takes: an effect whose tick is not durable would be
//! carried out again by the next start. It must never know what an effect does.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{mpsc, oneshot};
use tracing::{info, warn};

use super::super::rest::Backoff;
use crate::app::App;
use crate::domain::ids::MessageId;
use crate::store::StoreError;
use crate::store::outbox::{self, DoneEffect};

/// How many effects are ticked off in one transaction at most.
const BATCH: usize = 256;
/// The first wait after the database failed.
const FIRST_WAIT: Duration = Duration::from_millis(50);
/// The longest wait after the database failed.
const LONGEST_WAIT: Duration = Duration::from_secs(5);

/// An effect that is over.
struct Tick {
    id: i64,
    done_at_ms: i64,
    message: Option<MessageId>,
    failure: Option<String>,
    durable: oneshot::Sender<()>,
}

/// The way to the ticking. Cloning shares it.
#[derive(Clone)]
pub(super) struct Ticks(mpsc::Sender<Tick>);

/// A way to the ticking, and the ticking itself, which ends when every clone of the way is gone.
pub(super) fn ticks(app: Arc<App>) -> (Ticks, impl Future<Output = ()>) {
    let (to, from) = mpsc::channel(BATCH);
    (Ticks(to), tick_off(app, from))
}

impl Ticks {
    /// Ticks an effect off, with the message that it made or with why it will never be done. Ends
    /// when that lasts; never, when the ticking has ended before.
    pub async fn done(
        &self,
        id: i64,
        done_at_ms: i64,
        message: Option<MessageId>,
        failure: Option<String>,
    ) {
        let (durable, lasts) = oneshot::channel();
        let tick = Tick {
            id,
            done_at_ms,
            message,
            // PostgreSQL takes no such character, and Discord's words may hold anything.
            failure: failure.map(|failure| failure.replace('\0', "")),
            durable,
        };
        if self.0.send(tick).await.is_err() || lasts.await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

async fn tick_off(app: Arc<App>, mut from: mpsc::Receiver<Tick>) {
    let mut batch = Vec::with_capacity(BATCH);
    while from.recv_many(&mut batch, BATCH).await > 0 {
        write_at_last(&app, &batch).await;
        for tick in batch.drain(..) {
            // Whoever waited may have gone.
            let _ = tick.durable.send(());
        }
    }
}

async fn write_at_last(app: &App, batch: &[Tick]) {
    let mut backoff = Backoff::new(FIRST_WAIT, LONGEST_WAIT);
    let mut said = false;
    while let Err(error) = write(app, batch).await {
        if !said {
            warn!(error = %error, cause = ?error, "what was sent cannot be ticked off; trying until it can");
            said = true;
        }
        tokio::time::sleep(backoff.after_failure()).await;
    }
    if said {
        info!("what was sent is ticked off again");
    }
}

async fn write(app: &App, batch: &[Tick]) -> Result<(), StoreError> {
    let done: Vec<DoneEffect<'_>> = batch
        .iter()
        .map(|tick| DoneEffect {
            id: tick.id,
            done_at_ms: tick.done_at_ms,
            message: tick.message,
            failure: tick.failure.as_deref(),
        })
        .collect();
    let mut tx = app.store().begin().await?;
    outbox::effects_done(&mut tx, &done).await?;
    crate::crash::point!("outbox-in-ticking");
    tx.commit().await
}
