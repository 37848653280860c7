//! What a lost answer leaves in doubt.
//!
//! When the way to the database breaks while a transaction is being committed, nobody can tell
//! whether it lasts. The events are dealt with again, which changes nothing if it does; but then
//! their effects stand in the outbox already, are not decided again, and would wait there for the
//! next start. So they are kept here until the outbox itself has told.

use std::collections::HashSet;

use super::effect::Entry;
use super::entry_of;
use crate::store::{StoreError, Tx, outbox};

/// The effects of transactions of which nobody knows whether they last.
#[derive(Debug, Default)]
pub(crate) struct Doubt(Vec<Entry>);

impl Doubt {
    /// The effects that last after all, and have not been carried out.
    pub async fn resolve(&self, tx: &mut Tx) -> Result<Vec<Entry>, StoreError> {
        if self.0.is_empty() {
            return Ok(Vec::new());
        }
        // The row alone may be another's: SQLite gives the number of a row that was undone again.
        let ours: HashSet<_> = self.0.iter().map(|e| (e.id, &e.key)).collect();
        let waiting = outbox::waiting_effects(tx).await?;
        Ok(waiting
            .into_iter()
            .filter_map(entry_of)
            .filter(|entry| ours.contains(&(entry.id, &entry.key)))
            .collect())
    }

    /// Keeps the effects of a transaction whose end nobody knows.
    pub fn add(&mut self, entries: Vec<Entry>) {
        self.0.extend(entries);
    }

    /// Forgets everything: what lasts is in somebody's hands.
    pub fn clear(&mut self) {
        self.0.clear();
    }
}
