//! Where this Discord takes the time from.

use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

/// A source of UTC milliseconds since 1970.
#[derive(Clone)]
pub(crate) struct Clock(Arc<dyn Fn() -> u64 + Send + Sync>);

impl Clock {
    pub fn new(now_ms: impl Fn() -> u64 + Send + Sync + 'static) -> Self {
        Self(Arc::new(now_ms))
    }

    /// The machine's own clock.
    #[expect(
        clippy::disallowed_methods,
        reason = "whoever sets no clock means the machine's"
    )]
    pub fn system() -> Self {
        Self::new(|| {
            let since = SystemTime::now().duration_since(UNIX_EPOCH);
            since.map_or(0, |since| since.as_millis() as u64)
        })
    }

    pub fn now_ms(&self) -> u64 {
        (self.0)()
    }
}
