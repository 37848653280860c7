//! Rate limits: how many requests are left, and until when.

use crate::record::Request;
use crate::world::World;

/// What the rate limit headers say.
#[derive(Debug, Clone)]
pub(super) struct Limit {
    pub limit: u32,
    pub remaining: u32,
    pub reset_after_s: f64,
    pub now_s: f64,
    pub bucket: String,
}

/// Counts a request off its bucket: messages in one channel do not slow another, nor one interaction the next. `Err` when
/// there was nothing left.
pub(super) fn take_from_bucket(
    world: &mut World,
    request: &Request,
    token: &str,
) -> Result<Limit, Limit> {
    let bucket = format!(
        "{} {} {} {}",
        request.method,
        request.route,
        request.major(),
        fingerprint(token)
    );
    let now_ms = world.now_ms();
    let mut limit = Limit {
        limit: 1_000,
        remaining: 999,
        reset_after_s: 1.0,
        now_s: now_ms as f64 / 1_000.0,
        bucket: format!("{:016x}", fingerprint(&bucket)),
    };
    let Some((most, per_ms)) = world.settings.bucket else {
        return Ok(limit);
    };
    let taken = world.buckets.entry(bucket).or_default();
    while taken.front().is_some_and(|at_ms| at_ms + per_ms <= now_ms) {
        taken.pop_front();
    }
    let is_over = taken.len() >= most as usize;
    if !is_over {
        taken.push_back(now_ms);
    }
    let resets_at_ms = taken.front().map_or(now_ms, |at_ms| at_ms + per_ms);
    limit.limit = most;
    limit.remaining = most.saturating_sub(taken.len() as u32);
    limit.reset_after_s = resets_at_ms.saturating_sub(now_ms) as f64 / 1_000.0;
    if is_over { Err(limit) } else { Ok(limit) }
}

/// A short name for a bucket (FNV-1a, 64 bits).
fn fingerprint(text: &str) -> u64 {
    text.bytes().fold(0xCBF2_9CE4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
    })
}
