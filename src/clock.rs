//! The only place that asks the time.
//!
//! Everything else is handed a [`Clock`], so that a test or the demo can play a whole day in a second
//! (`clippy.toml` forbids the direct calls).

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::watch;

/// A pause that ends when the clock says so.
pub type Pause<'a> = Pin<Box<dyn Future<Output = ()> + Send + 'a>>;

/// What time it is, and how to wait for a later one.
pub trait Clock: Send + Sync + 'static {
    /// The present moment.
    fn now(&self) -> Timestamp;

    /// Ends once [`Clock::now`] has reached `at`; at once when it already has.
    fn sleep_until(&self, at: Timestamp) -> Pause<'_>;
}

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl SystemClock {
    /// The longest single wait. Short, so that a machine that slept or whose clock was set is
    /// noticed soon.
    const LONGEST_WAIT: Duration = Duration::from_secs(30);
}

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the place that may ask")]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    fn sleep_until(&self, at: Timestamp) -> Pause<'_> {
        Box::pin(async move {
            loop {
                let left = at.duration_since(self.now());
                let Ok(left) = Duration::try_from(left) else {
                    return;
                };
                if left.is_zero() {
                    return;
                }
                tokio::time::sleep(left.min(Self::LONGEST_WAIT)).await;
            }
        })
    }
}

/// A clock that moves only when told to: for the demo, replays and tests.
#[derive(Debug, Clone)]
pub struct ManualClock {
    now: Arc<watch::Sender<Timestamp>>,
}

impl ManualClock {
    /// A clock that stands at `start`.
    pub fn at(start: Timestamp) -> Self {
        Self {
            now: Arc::new(watch::Sender::new(start)),
        }
    }

    /// Moves the clock on.
    pub fn advance(&self, by: jiff::SignedDuration) {
        self.now
            .send_modify(|now| *now = now.saturating_add(by).unwrap_or(Timestamp::MAX));
    }

    /// Sets the clock, forwards or back.
    pub fn set(&self, to: Timestamp) {
        self.now.send_replace(to);
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Timestamp {
        *self.now.borrow()
    }

    fn sleep_until(&self, at: Timestamp) -> Pause<'_> {
        let mut now = self.now.subscribe();
        Box::pin(async move {
            // The sender lives in `self`, so the wait cannot fail while it is borrowed.
            let _ = now.wait_for(|now| *now >= at).await;
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::SignedDuration;

    #[tokio::test]
    async fn a_manual_clock_wakes_who_waits_for_a_moment_it_reaches() {
        let clock = ManualClock::at(Timestamp::UNIX_EPOCH);
        let later = Timestamp::from_second(60).expect("in range");
        let waiter = tokio::spawn({
            let clock = clock.clone();
            async move {
                clock.sleep_until(later).await;
                clock.now()
            }
        });
        clock.advance(SignedDuration::from_secs(61));
        assert!(waiter.await.expect("no panic") >= later);
    }

    #[tokio::test]
    async fn a_moment_that_has_passed_is_not_waited_for() {
        SystemClock.sleep_until(Timestamp::UNIX_EPOCH).await;
        ManualClock::at(Timestamp::UNIX_EPOCH)
            .sleep_until(Timestamp::UNIX_EPOCH)
            .await;
    }
}
