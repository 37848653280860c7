//! What could not be read, and when it is tried again.

use std::collections::HashSet;
use std::time::Duration;

use tokio::time::Instant;

use crate::discord::troubles::Unit;

/// The first wait; it doubles each time that something is still left.
const FIRST_WAIT: Duration = Duration::from_secs(1);
/// The longest wait.
const LONGEST_WAIT: Duration = Duration::from_secs(600);

/// What is put off.
#[derive(Default)]
pub(super) struct Late {
    units: HashSet<Unit>,
    wait: Duration,
    at: Option<Instant>,
}

impl Late {
    /// Waits until what was put off is to be tried again; for ever while that is nothing.
    pub async fn due(&self) {
        match self.at {
            Some(at) => tokio::time::sleep_until(at).await,
            None => std::future::pending().await,
        }
    }

    /// What was put off, to be tried now.
    pub fn take(&mut self) -> HashSet<Unit> {
        self.at = None;
        std::mem::take(&mut self.units)
    }

    /// Puts off what failed, which may be nothing.
    pub fn put_off(&mut self, failed: impl IntoIterator<Item = Unit>) {
        self.units.extend(failed);
        if self.units.is_empty() {
            *self = Self::default();
        } else if self.at.is_none() {
            self.wait = (self.wait * 2).clamp(FIRST_WAIT, LONGEST_WAIT);
            self.at = Some(Instant::now() + self.wait);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::ChannelId;

    #[test]
    fn what_keeps_failing_is_tried_ever_more_rarely_until_it_succeeds() {
        let unit = Unit::Channel(ChannelId::new(1));
        let mut late = Late::default();
        for seconds in [1, 2, 4] {
            late.put_off([unit]);
            assert_eq!(late.wait, Duration::from_secs(seconds));
            assert_eq!(late.take(), HashSet::from([unit]));
        }
        late.put_off([]);
        assert!(late.at.is_none());
        late.put_off([unit]);
        assert_eq!(late.wait, FIRST_WAIT);
    }

    #[test]
    fn another_failure_meanwhile_does_not_put_off_the_next_try() {
        let mut late = Late::default();
        late.put_off([Unit::Channel(ChannelId::new(1))]);
        let at = late.at;
        late.put_off([Unit::Channel(ChannelId::new(2))]);
        assert_eq!(late.at, at);
        assert_eq!(late.take().len(), 2);
    }
}
