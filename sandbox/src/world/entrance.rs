//! What `GET /gateway/bot` tells, and what is held against those who identify.
//!
//! Source: Discord's documentation, "Get Gateway Bot" and "Session Start Limit Object".

use serde_json::{Value, json};

use super::World;
use crate::time::Snowflake;

const DAY_MS: u64 = 86_400_000;

/// How the gateway lets bots in.
#[derive(Debug)]
pub(crate) struct Entrance {
    /// How many shards are recommended.
    pub shards: u32,
    /// Sessions that may be started in a day.
    pub total: u32,
    /// Sessions that may still be started.
    pub remaining: u32,
    /// When `remaining` is `total` again, by the sandbox's clock; `None`: a day after it is asked for.
    pub resets_at_ms: Option<u64>,
}

impl Default for Entrance {
    fn default() -> Self {
        Self {
            shards: 1,
            total: 1_000,
            remaining: 1_000,
            resets_at_ms: None,
        }
    }
}

impl World {
    /// The answer to `GET /gateway/bot`.
    pub fn entrance_shape(&mut self) -> Value {
        self.reset_sessions_when_due();
        let now = self.now_ms();
        let entrance = &self.entrance;
        json!({
            "url": self.gateway_url(),
            "shards": entrance.shards,
            "session_start_limit": {
                "total": entrance.total,
                "remaining": entrance.remaining,
                "reset_after": entrance.resets_at_ms.map_or(DAY_MS, |at| at.saturating_sub(now)),
                "max_concurrency": 1,
            },
        })
    }

    /// Counts a session that a bot starts. Who starts one too many has the token reset.
    pub fn count_session(&mut self, bot: Snowflake) -> bool {
        self.reset_sessions_when_due();
        match self.entrance.remaining.checked_sub(1) {
            Some(left) => {
                self.entrance.remaining = left;
                true
            }
            None => {
                if let Some(bot) = self.bots.get_mut(&bot) {
                    bot.token_revoked = true;
                }
                false
            }
        }
    }

    fn reset_sessions_when_due(&mut self) {
        let now = self.now_ms();
        if self.entrance.resets_at_ms.is_some_and(|at| at <= now) {
            self.entrance.remaining = self.entrance.total;
            self.entrance.resets_at_ms = None;
        }
    }
}
