//! What cannot be read, and since when: told by whoever reads, asked by whoever says how a course is.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;

use crate::domain::ids::{ChannelId, ServerId};

/// What is read, succeeds or fails for itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Unit {
    /// Every server.
    Everything,
    /// A server.
    Server(ServerId),
    /// A channel with its threads, or a thread.
    Channel(ChannelId),
}

impl std::fmt::Display for Unit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Everything => f.write_str("everything"),
            Self::Server(id) => write!(f, "server {id}"),
            Self::Channel(id) => write!(f, "channel {id}"),
        }
    }
}

/// What cannot be read. Cloning shares it.
#[derive(Clone, Default)]
pub(super) struct Troubles(Arc<Mutex<HashMap<Unit, (Timestamp, String)>>>);

impl Troubles {
    fn known(&self) -> MutexGuard<'_, HashMap<Unit, (Timestamp, String)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Something could not be read. Whether that is news.
    pub fn begin(&self, unit: Unit, now: Timestamp, why: String) -> bool {
        let mut known = self.known();
        let is_news = !known.contains_key(&unit);
        let since = known.get(&unit).map_or(now, |(since, _)| *since);
        known.insert(unit, (since, why));
        is_news
    }

    /// It was read. Whether it could not be before.
    pub fn end(&self, unit: Unit) -> bool {
        self.known().remove(&unit).is_some()
    }

    /// Since when a channel cannot be read, by itself or with its server, and why.
    pub fn of(&self, server: ServerId, channel: ChannelId) -> Option<(Timestamp, String)> {
        let known = self.known();
        let units = [
            Unit::Channel(channel),
            Unit::Server(server),
            Unit::Everything,
        ];
        units.iter().find_map(|unit| known.get(unit).cloned())
    }
}
