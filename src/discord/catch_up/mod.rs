//! Reads the history after the cursors: at every start, and whenever the live stream broke off.
//!
//! While a channel is being read its cursor is moved by history alone, page by page, oldest first;
//! when its end is reached, the live stream takes over. What cannot be read is put off alone, and
//! tried again; everything else goes on.

mod channel;
mod late;
mod pass;
mod threads;

use std::collections::HashSet;

use tokio::sync::watch;
use tracing::warn;

use self::late::Late;
use self::pass::Pass;
use super::reader::{Reader, Stopped};
use super::rest::RestError;
use super::troubles::{Troubles, Unit};

/// How far back is read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bounds {
    /// Nothing older than this many days.
    pub max_days: u32,
    /// Not more than this many messages of a channel, the newest.
    pub max_messages: u32,
}

/// Reads what was missed.
pub(super) struct CatchUp {
    reader: Reader,
    bounds: Bounds,
    /// Told the rounds that have been caught up.
    done: watch::Sender<Option<u64>>,
    /// Told when the token is refused.
    dead: watch::Sender<bool>,
    late: Late,
    /// What failed and has been said.
    troubles: Troubles,
}

impl CatchUp {
    /// A catch-up that has not read anything yet. `done` is told the rounds that have been caught
    /// up, but for what cannot be read, of which `troubles` are told; `dead`, when Discord refuses the
    /// token.
    pub fn new(
        reader: Reader,
        bounds: Bounds,
        done: watch::Sender<Option<u64>>,
        dead: watch::Sender<bool>,
        troubles: Troubles,
    ) -> Self {
        Self {
            reader,
            bounds,
            done,
            dead,
            late: Late::default(),
            troubles,
        }
    }

    /// Catches up after every gap, until Beadle stops.
    pub async fn run(mut self) {
        loop {
            let again = tokio::select! {
                () = self.reader.queue.gap() => false,
                () = self.late.due() => true,
            };
            match self.catch_up(again).await {
                Ok(()) | Err(Stopped::Interrupted) => {}
                Err(Stopped::Ending) => return,
                Err(Stopped::Rest(RestError::Unauthorized)) => {
                    self.dead.send_replace(true);
                    return;
                }
                Err(Stopped::Rest(error)) => self.put_everything_off(&error),
                Err(Stopped::Store(error)) => self.put_everything_off(&error),
            }
        }
    }

    fn put_everything_off(&mut self, why: &dyn std::error::Error) {
        warn!(error = %why, "catching up is put off");
        self.late.put_off([Unit::Everything]);
    }

    /// Reads until the newest round is caught up; with `again`, also what was put off.
    async fn catch_up(&mut self, again: bool) -> Result<(), Stopped> {
        loop {
            // What came in before the gap moves the cursors first.
            self.reader.drained().await?;
            let Some(round) = self.reader.queue.round() else {
                return Ok(());
            };
            let wanted = self.wanted(round, again);
            let mut pass = Pass::new(&self.reader, self.bounds, round, &self.troubles);
            match pass.read(&wanted).await {
                Err(Stopped::Interrupted) => continue,
                Err(other) => {
                    self.late.put_off(wanted);
                    return Err(other);
                }
                Ok(()) => {}
            }
            let (is_answered, failed) = pass.end().await?;
            if self.reader.queue.round() != Some(round) {
                continue;
            }
            if is_answered || !wanted.contains(&Unit::Everything) {
                self.done.send_replace(Some(round));
                self.late.put_off(failed);
            } else {
                self.late.put_off([Unit::Everything]);
            }
            return Ok(());
        }
    }

    /// Everything after an interruption; otherwise what came to be meanwhile.
    fn wanted(&mut self, round: u64, again: bool) -> HashSet<Unit> {
        let seen = self.reader.queue.take_seen();
        let is_known = *self.done.borrow() == Some(round);
        let late = if again || !is_known {
            self.late.take()
        } else {
            HashSet::new()
        };
        if !is_known || late.contains(&Unit::Everything) {
            return [Unit::Everything].into();
        }
        late.into_iter()
            .chain(seen.into_iter().map(Unit::Channel))
            .collect()
    }
}
