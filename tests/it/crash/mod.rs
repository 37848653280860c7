//! Nothing lost, nothing twice, whenever the process dies: a real `beadle run` serves a class that
//! talks, is ended, and is started again, over and over; in the end every question is there exactly
//! once in its right state, every digest was posted exactly once, and no lookup got two replies.
//!
//! - `every_place`: it ends at each place of [`beadle::crash::POINTS`], at several passings.
//! - `any_moment`: it is killed (SIGKILL) after so many things that were seen, or after a random
//!   time. Here a delay is no wait but the very thing that is tried.
//!
//! Two variables change what is tried:
//!
//! ```text
//! BEADLE_KILLS=200 cargo test --test it crash::any_moment     so many random moments; 10 by default
//! BEADLE_SEED=4711 cargo test --test it crash::any_moment     the same chances as a run that printed this
//! ```

mod any_moment;
mod class;
mod courses;
mod every_place;
mod verdict;

use std::time::{Duration, Instant};

use class::Class;
use tokio::time::{sleep, timeout};

use crate::support::machine::Process;

/// When the process is to end.
#[derive(Debug, Clone)]
enum Death {
    /// Where `FAILPOINTS` says; if it does not come by there, after some talk. A place that it is
    /// sure to pass is waited for.
    Place { failpoints: String, is_sure: bool },
    /// After so many lookups that were answered.
    Heard(usize),
    /// After so long.
    After(Duration),
}

/// For how many answered lookups a place is waited for.
const ENOUGH_TALK: usize = 12;
/// For how long everything may take to be settled in the end.
const PATIENCE: Duration = Duration::from_secs(60);

/// Starts the bot, has the class talk with it until it dies as it should, and goes on talking.
/// Returns whether it ended by itself, at a place.
async fn live_and_die(class: &mut Class, death: &Death) -> bool {
    let course = class.starts;
    class.wants_digest(course).await;
    class.starts += 1;
    let process = class.machine.start(match death {
        Death::Place { failpoints, .. } => failpoints,
        Death::Heard(_) | Death::After(_) => "",
    });
    match death {
        Death::Place { is_sure, .. } => {
            talk(class, &process, ENOUGH_TALK).await;
            if *is_sure {
                // Whether it came by is told by how it ended.
                let _ = timeout(PATIENCE, process.ended()).await;
            }
        }
        Death::Heard(number) => talk(class, &process, *number).await,
        Death::After(delay) => {
            let kill = async {
                sleep(*delay).await;
                process.kill().await
            };
            tokio::join!(talk(class, &process, usize::MAX), kill);
        }
    }
    let status = process.kill().await;
    for _ in 0..2 {
        class.talks().await;
    }
    was_aborted(status)
}

/// Talks until so many lookups were answered, or the process is dead.
async fn talk(class: &mut Class, process: &Process, lookups: usize) {
    for _ in 0..lookups {
        let lookup = class.talks().await;
        tokio::select! {
            _ = lookup.reply() => (),
            _ = process.ended() => return,
        }
    }
}

/// Starts it a last time and waits until everything is as it has to be; then nothing more comes.
async fn is_settled(class: &mut Class) {
    class.starts += 1;
    let process = class.machine.start("");
    class.talks().await.reply().await;
    let began = Instant::now();
    let mut faults = class.faults().await;
    while !faults.is_empty() && began.elapsed() < PATIENCE {
        faults = class.faults().await;
    }
    no_fault(class, &faults);
    let status = process.stop().await;
    assert!(status.success(), "{status}\n{}", class.machine.log());
    no_fault(class, &class.faults().await);
}

fn no_fault(class: &Class, faults: &[String]) {
    assert!(
        faults.is_empty(),
        "{}\n\n{} faults\n\n{}",
        faults.join("\n"),
        faults.len(),
        class.machine.log()
    );
}

#[cfg(unix)]
fn was_aborted(status: std::process::ExitStatus) -> bool {
    use std::os::unix::process::ExitStatusExt;
    const SIGABRT: i32 = 6;
    status.signal() == Some(SIGABRT)
}
