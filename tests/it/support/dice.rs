//! Chance that can be had again: the same seed gives the same throws.

use std::hash::{BuildHasher, Hasher, RandomState};

/// A linear congruential generator with Knuth's MMIX constants.
pub struct Dice(u64);

impl Dice {
    /// Dice that throw the same for the same seed.
    pub fn of(seed: u64) -> Self {
        Self(seed)
    }

    /// A seed that nobody chose.
    pub fn fresh_seed() -> u64 {
        RandomState::new().build_hasher().finish() % 1_000_000
    }

    /// A number from 0 to below `limit`; 0 for 0.
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit.max(1)
    }
}
