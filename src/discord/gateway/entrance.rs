//! Where the gateway is, which shards Beadle opens there, and whether Discord lets it in just now.

use jiff::SignedDuration;
use serde::Deserialize;
use serenity::http::Route;
use tracing::warn;

use crate::clock::Clock;
use crate::config::{ShardRange, Shards};
use crate::discord::rest::{Call, Rest, RestError};

/// The shortest wait for Discord to let Beadle in again.
const SHORTEST_WAIT: SignedDuration = SignedDuration::from_secs(5);

/// The way in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::discord) struct Entrance {
    /// The gateway's address, such as `wss://gateway.discord.gg`.
    pub url: String,
    /// The shards to open.
    pub shards: ShardRange,
}

/// What `GET /gateway/bot` answers (Discord's reference, "Get Gateway Bot").
#[derive(Deserialize)]
struct Answer {
    url: String,
    shards: u32,
    session_start_limit: Limit,
}

/// How many sessions may still be started. Who starts more has the token reset.
#[derive(Deserialize)]
struct Limit {
    total: u32,
    remaining: u32,
    /// Milliseconds until `remaining` is `total` again.
    reset_after: i64,
}

/// Finds the way in, and waits until Discord lets as many sessions be started as there are shards.
///
/// # Errors
/// When Discord refuses the token or does not answer.
pub(in crate::discord) async fn entrance(
    rest: &Rest,
    wanted: Shards,
    clock: &dyn Clock,
) -> Result<Entrance, RestError> {
    loop {
        let answer: Answer = rest.fetch(Call::get(Route::GatewayBot)).await?;
        let shards = match wanted {
            Shards::Recommended => ShardRange::all_of(answer.shards),
            Shards::Range(range) => range,
        };
        let limit = answer.session_start_limit;
        if limit.remaining >= shards.count().min(limit.total) {
            return Ok(Entrance {
                url: answer.url,
                shards,
            });
        }
        let wait = SignedDuration::from_millis(limit.reset_after).max(SHORTEST_WAIT);
        let until = clock.now() + wait;
        warn!(
            sessions.remaining = limit.remaining, shards = shards.count(), %until,
            "Discord lets Beadle connect so often a day only; waiting, since more would cost the token"
        );
        clock.sleep_until(until).await;
    }
}
