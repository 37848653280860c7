//! Wakes when a digest is to be brought up to date. What it says then, and whether that is anything
//! new, is decided in [`crate::app::digest`].

use std::sync::Arc;

use jiff::SignedDuration;
use tracing::warn;

use super::queue::Queue;
use crate::app::App;
use crate::app::event::Event;

/// How long to wait before a database that failed is asked again.
const AGAIN: SignedDuration = SignedDuration::from_secs(5);

/// Sends [`Event::DigestStale`] at the moments that were set for it, those set before the start
/// included.
pub(super) async fn run(app: Arc<App>, queue: Queue) {
    loop {
        let now = app.clock().now();
        let next = match app.stale_digests().await {
            Ok(stale) => {
                let due = stale.iter().filter(|(at, _)| *at <= now);
                for (_, course) in due.clone() {
                    let course = course.clone();
                    if !queue.put(Event::DigestStale { course }).await {
                        return;
                    }
                }
                if due.count() > 0 {
                    if !queue.drained().await {
                        return;
                    }
                    // What could not be done now stands there still.
                    Some(now + AGAIN)
                } else {
                    stale.first().map(|(at, _)| *at)
                }
            }
            Err(error) => {
                warn!(error = %error, "which digests have changed is not known yet");
                Some(now + AGAIN)
            }
        };
        let moment = async {
            match next {
                Some(at) => app.clock().sleep_until(at).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            () = moment => {}
            () = app.digest_gone_stale() => {}
        }
    }
}
