//! Whether the gateway's thread still moves: it counts, and somebody on another thread looks.
//!
//! The last resort, for whatever hangs there without a word.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::time::interval;

/// How often the thread counts, and how often it is looked at.
const PULSE: Duration = Duration::from_secs(1);
/// After so many pulses too few the thread hangs. More than Discord's interval of heartbeats (41 s),
/// with which serenity comes out of a spin of its own; the next spin in a row is then too many.
const MOST_MISSED: u32 = 60;

/// Counts for ever.
pub(super) async fn beat(pulse: &AtomicU64) {
    let mut beats = interval(PULSE);
    loop {
        beats.tick().await;
        pulse.fetch_add(1, Ordering::Relaxed);
    }
}

/// Ends when nobody has counted for too long.
pub(super) async fn stands_still(pulse: &AtomicU64) {
    let mut looks = interval(PULSE);
    let mut patience = Patience::default();
    while patience.lasts(pulse.load(Ordering::Relaxed)) {
        looks.tick().await;
    }
}

/// Counts looks, not time: after a process was suspended, its thread has stood still for no longer
/// than whoever watches it.
#[derive(Default)]
struct Patience {
    last: u64,
    missed: u32,
}

impl Patience {
    /// Whether to look again, with the pulse being this now. A pulse that came makes up for one that
    /// was missed.
    fn lasts(&mut self, pulse: u64) -> bool {
        self.missed = match pulse == self.last {
            true => self.missed + 1,
            false => self.missed.saturating_sub(1),
        };
        self.last = pulse;
        self.missed < MOST_MISSED
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether patience lasts while the thread moves for so many looks, then stands still for so
    /// many, so many times.
    fn lasts(moving: u64, still: u64, times: u64) -> bool {
        let mut patience = Patience::default();
        let mut pulse = 0;
        (0..times * (moving + still)).all(|look| {
            pulse += u64::from(look % (moving + still) < moving);
            patience.lasts(pulse)
        })
    }

    #[test]
    fn a_thread_that_moves_is_left_alone() {
        assert!(lasts(1, 0, 100_000));
        assert!(lasts(1, 1, 100_000), "looked at between two pulses");
    }

    #[test]
    fn one_spin_until_the_next_heartbeat_is_forgiven_and_the_second_is_not() {
        assert!(lasts(5, 42, 1));
        assert!(!lasts(5, 42, 2));
        assert!(lasts(60, 42, 1_000), "long after each other");
    }

    #[test]
    fn a_thread_that_stands_still_for_good_hangs() {
        assert!(!lasts(1, 60, 1));
    }
}
