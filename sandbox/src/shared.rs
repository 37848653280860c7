//! The world behind its one lock, and a way to wait for it to change.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::watch;

use crate::world::World;

/// How often those look again who wait for time to pass.
const TICK: Duration = Duration::from_millis(20);

/// The world, shared by the servers and by everyone who holds a handle.
pub(crate) struct Shared {
    world: Mutex<World>,
    /// Counts changes; its value means nothing, only that it moves.
    changes: watch::Sender<u64>,
    stop: watch::Sender<bool>,
    /// How long a wait lasts before it gives up.
    pub patience: Duration,
    pub schema: Option<Arc<crate::schema::Schema>>,
    pub check_responses: bool,
}

impl Shared {
    pub fn new(
        world: World,
        patience: Duration,
        schema: Option<Arc<crate::schema::Schema>>,
        check_responses: bool,
    ) -> Self {
        Self {
            world: Mutex::new(world),
            changes: watch::Sender::new(0),
            stop: watch::Sender::new(false),
            patience,
            schema,
            check_responses,
        }
    }

    /// Looks at the world.
    pub fn read<T>(&self, look: impl FnOnce(&World) -> T) -> T {
        look(&self.world.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Changes the world, and wakes everybody who waits for a change.
    pub fn write<T>(&self, change: impl FnOnce(&mut World) -> T) -> T {
        let outcome = change(&mut self.world.lock().unwrap_or_else(PoisonError::into_inner));
        self.changes
            .send_modify(|count| *count = count.wrapping_add(1));
        outcome
    }

    /// Changes the world in a way that nobody waits for.
    pub fn write_quietly<T>(&self, change: impl FnOnce(&mut World) -> T) -> T {
        change(&mut self.world.lock().unwrap_or_else(PoisonError::into_inner))
    }

    pub fn changes(&self) -> watch::Receiver<u64> {
        self.changes.subscribe()
    }

    pub fn stopping(&self) -> watch::Receiver<bool> {
        self.stop.subscribe()
    }

    pub fn stop(&self) {
        self.stop.send_replace(true);
    }

    /// As [`Shared::wait`], for what may also come about by nothing but the passing of time, of which nobody tells.
    pub async fn wait_by_the_clock<T>(
        &self,
        mut find: impl FnMut(&World) -> Option<T>,
    ) -> Option<T> {
        let mut changes = self.changes();
        let found = async {
            loop {
                changes.mark_unchanged();
                if let Some(found) = self.read(&mut find) {
                    return found;
                }
                let _ = tokio::time::timeout(TICK, changes.changed()).await;
            }
        };
        tokio::time::timeout(self.patience, found).await.ok()
    }

    /// Waits until `find` finds something; `None` when the sandbox's patience ends first.
    pub async fn wait<T>(&self, mut find: impl FnMut(&World) -> Option<T>) -> Option<T> {
        let mut changes = self.changes();
        let found = async {
            loop {
                changes.mark_unchanged();
                if let Some(found) = self.read(&mut find) {
                    return found;
                }
                if changes.changed().await.is_err() {
                    std::future::pending::<()>().await;
                }
            }
        };
        tokio::time::timeout(self.patience, found).await.ok()
    }
}
