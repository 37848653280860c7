//! The named places at which a test may end the process, as a power cut would.
//!
//! Whatever has to survive the process's death is claimed to survive it *anywhere*; the tests under
//! `tests/it/crash` hold that claim against every place named here. A place is one line in the code
//! that it stands in, `crate::crash::point!("outbox-before-request");`, and the environment says
//! which of them ends the process, and at which passing:
//!
//! ```text
//! FAILPOINTS="outbox-before-request=return"           the first time it is passed
//! FAILPOINTS="outbox-before-request=3*off->return"    the fourth time
//! ```
//!
//! Only builds for tests and benches hold any of this: the crate `fail` has its `failpoints` feature
//! from the dev-dependencies alone, and without it a place is no code at all. This module must never
//! know what happens at a place, and nothing may depend on one.

/// Every place, in the order in which a message meets them. A test holds this list against the code.
pub const POINTS: &[&str] = &[
    // The pump and the transaction in which a batch of events is dealt with.
    "pump-before-transaction",
    "app-in-transaction",
    "app-before-commit",
    "app-after-commit",
    "pump-effects-handed-on",
    // The outbox.
    "outbox-before-request",
    "outbox-before-tick",
    "outbox-before-tick-of-digest",
    "outbox-in-ticking",
    "outbox-after-tick",
    // Catch-up.
    "catch-up-page-read",
    "catch-up-page-queued",
    "catch-up-before-caught-up",
    // The digest.
    "scheduler-before-due",
    "digest-after-claim",
    "digest-part-decided",
];

/// Ends the process when `FAILPOINTS` asks for it here; nothing in a release.
macro_rules! point {
    ($name:literal) => {
        ::fail::fail_point!($name, |_| $crate::crash::end_at($name))
    };
}
pub(crate) use point;

/// Reads `FAILPOINTS`, in builds that have any use for it. Called once, at the start.
pub fn arm() {
    if fail::has_failpoints() {
        // Dropped, the scenario would disarm every place again.
        std::mem::forget(fail::FailScenario::setup());
    }
}

/// Ends the process where it stands: no destructor runs, nothing is flushed, nobody is told
/// goodbye. Says the place on standard error, for whoever wonders.
#[doc(hidden)]
pub fn end_at(name: &str) -> ! {
    eprintln!("crash point {name}");
    std::process::abort()
}
