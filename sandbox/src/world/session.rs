//! What the gateway remembers of its clients: sessions, which outlive connections, and connections, which carry one session each.

use std::collections::VecDeque;
use std::sync::Arc;

use serde_json::Value;

use crate::time::Snowflake;

/// One event as it goes over the wire, but for its number.
#[derive(Debug, Clone)]
pub(crate) struct Dispatch {
    pub name: &'static str,
    pub payload: Arc<str>,
}

/// An identified client. Its events are numbered from 1 and kept for a resume.
#[derive(Debug)]
pub(crate) struct Session {
    pub number: u64,
    pub bot: Snowflake,
    pub intents: u64,
    /// Which shard of how many.
    pub shard: (u64, u64),
    /// The number of the last event.
    pub seq: u64,
    /// The number of the last event written to the current connection.
    pub written: u64,
    /// The number of the event that ended the greeting: READY, or the last GUILD_CREATE after it.
    pub greeted: u64,
    /// The latest events, oldest first; the last one has the number `seq`.
    kept: VecDeque<Dispatch>,
    /// Events that a fault holds back.
    pub held: Vec<Dispatch>,
    pub connection: Option<u64>,
}

impl Session {
    pub fn new(number: u64, bot: Snowflake, intents: u64, shard: (u64, u64)) -> Self {
        Self {
            number,
            bot,
            intents,
            shard,
            seq: 0,
            written: 0,
            greeted: 0,
            kept: VecDeque::new(),
            held: Vec::new(),
            connection: None,
        }
    }

    /// The id that clients know it by.
    pub fn id(&self) -> String {
        format!("{:032x}", self.number)
    }

    /// Queues an event; of those already written, at most `keep` stay.
    pub fn enqueue(&mut self, dispatch: Dispatch, keep: usize) {
        self.seq += 1;
        self.kept.push_back(dispatch);
        let waiting = if self.connection.is_some() {
            (self.seq - self.written) as usize
        } else {
            0
        };
        while self.kept.len() > keep.max(waiting) {
            self.kept.pop_front();
        }
    }

    /// Whether every event after `seq` is still there.
    pub fn can_resume_from(&self, seq: u64) -> bool {
        seq <= self.seq && self.seq - seq <= self.kept.len() as u64
    }

    /// The next event to write, with its number.
    pub fn next_to_write(&self) -> Option<(u64, Dispatch)> {
        if self.written >= self.seq {
            return None;
        }
        let seq = self.written + 1;
        let from_end = (self.seq - seq) as usize;
        let index = self.kept.len().checked_sub(from_end + 1)?;
        let dispatch = self.kept.get(index)?.clone();
        Some((seq, dispatch))
    }

    /// Whether this session's shard is the one for a server (or, for `None`, for direct conversations).
    ///
    /// Source: Discord's documentation, "Gateway", "Sharding Formula".
    pub fn covers(&self, guild: Option<Snowflake>) -> bool {
        let (shard, of) = self.shard;
        guild.map_or(0, |guild| (guild >> 22) % of.max(1)) == shard
    }
}

/// An open WebSocket.
#[derive(Debug, Default)]
pub(crate) struct Connection {
    pub session: Option<u64>,
    /// What a fault makes this connection do next.
    pub orders: VecDeque<Order>,
}

/// Something a connection does on the sandbox's own account.
#[derive(Debug, Clone)]
pub(crate) enum Order {
    Send(Value),
    Close(u16),
    /// Ends the connection without a word.
    Drop,
}
