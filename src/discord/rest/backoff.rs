//! How long to leave alone what has just failed.

use std::hash::{BuildHasher, RandomState};
use std::time::Duration;

/// Waits that double with every failure, each shortened by chance, so that those who failed together
/// do not come back together.
#[derive(Debug, Clone)]
pub(in crate::discord) struct Backoff {
    next: Duration,
    longest: Duration,
}

impl Backoff {
    /// The first wait is `first` at most, none is more than `longest`.
    pub fn new(first: Duration, longest: Duration) -> Self {
        Self {
            next: first.min(longest),
            longest,
        }
    }

    /// How long to wait after another failure: at least half of what it would be without chance.
    pub fn after_failure(&mut self) -> Duration {
        let whole = self.next;
        self.next = whole.saturating_mul(2).min(self.longest);
        whole.mul_f64(0.5 + chance() / 2.0)
    }
}

/// A number from 0 up to 1. The standard library's hashers are seeded at random, which is chance
/// enough to scatter requests.
fn chance() -> f64 {
    let bits = RandomState::new().hash_one(());
    f64::from((bits >> 32) as u32) / f64::from(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_the_longest_and_keep_half_of_themselves() {
        let mut backoff = Backoff::new(Duration::from_secs(1), Duration::from_secs(3));
        for whole in [1, 2, 3, 3] {
            let (whole, wait) = (Duration::from_secs(whole), backoff.after_failure());
            assert!(wait >= whole / 2 && wait <= whole, "{wait:?} of {whole:?}");
        }
    }
}
