//! The process is killed whenever chance says so.

use std::time::Duration;

use super::class::Class;
use super::{Death, is_settled, live_and_die};
use crate::support::databases::TestDatabase;
use crate::support::dice::Dice;

/// How often one class's bot is killed; the next kills happen to a new class.
const KILLS_OF_A_CLASS: usize = 10;
/// The start, the first catch-up and a digest lie within this time on a slow machine.
const LONGEST_LIFE_MS: usize = 1_500;

/// A number from the environment.
fn number_of(variable: &str, otherwise: u64) -> u64 {
    match std::env::var(variable) {
        Ok(text) => text
            .parse()
            .unwrap_or_else(|_| panic!("{variable} is a number")),
        Err(_) => otherwise,
    }
}

async fn die_at_any_moment(database: impl Fn() -> Option<TestDatabase>, kills: usize) {
    let seed = number_of("BEADLE_SEED", Dice::fresh_seed());
    println!("{kills} kills with BEADLE_SEED={seed}");
    let mut dice = Dice::of(seed);
    let mut left = kills;
    while left > 0 {
        let Some(database) = database() else { return };
        let now = left.min(KILLS_OF_A_CLASS);
        left -= now;
        let mut class = Class::new(now, &database, dice.below(1_000_000) as u64).await;
        for _ in 0..now {
            let death = match dice.below(3) {
                0 => Death::Heard(dice.below(12)),
                _ => {
                    let delay_ms = dice.below(LONGEST_LIFE_MS) as u64;
                    Death::After(Duration::from_millis(delay_ms))
                }
            };
            live_and_die(&mut class, &death).await;
        }
        is_settled(&mut class).await;
    }
}

fn kills() -> usize {
    number_of("BEADLE_KILLS", 10) as usize
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn at_any_moment() {
    die_at_any_moment(|| Some(TestDatabase::sqlite()), kills()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn at_any_moment_on_postgres() {
    die_at_any_moment(TestDatabase::postgres, kills() / 2).await;
}
