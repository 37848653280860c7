//! What is remembered between events, for speed only: all of it can be found again in the database
//! or over REST.

use std::collections::{HashMap, HashSet};

use super::doubt::Doubt;
use crate::domain::ids::ChannelId;
use crate::reading::Signature;

/// Forgotten whenever a transaction fails, so that it never holds what the database does not.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    /// Channels whose history has been read to its end: the live stream moves their cursors.
    pub live: HashSet<ChannelId>,
    /// The newest interruption of the live stream.
    pub round: u64,
    /// What the questions of a lecture ask, by course and lecture, once it has been needed.
    pub asked: HashMap<(i64, Option<i64>), Vec<Asked>>,
    /// Effects of which nobody knows whether they were written.
    pub doubt: Doubt,
}

/// A question that a new one may repeat.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    /// Its row.
    pub question_id: i64,
    /// What it asks, prepared for comparison.
    pub signature: Signature,
}

impl Memory {
    /// Forgets what a failed transaction may have put here. The live channels stay: they are told
    /// by events, not by the database; so do doubts, which the outbox alone resolves.
    pub fn forget(&mut self) {
        self.asked.clear();
    }
}
