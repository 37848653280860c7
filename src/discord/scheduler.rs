//! Wakes at each course's digest hour. Whether a digest is due, and that it is posted once, is
//! decided in [`crate::app::digest`].

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::watch;

use super::queue::Queue;
use crate::app::App;
use crate::app::event::Event;

/// The longest sleep; then everything is looked at again.
const LONGEST_SLEEP: SignedDuration = SignedDuration::from_hours(1);

/// Sends [`Event::DigestDue`] when a digest may be due, once the first catch-up is done: a digest
/// that was missed has to know what was asked meanwhile.
pub(super) async fn run(app: Arc<App>, queue: Queue, mut caught_up: watch::Receiver<Option<u64>>) {
    if caught_up.wait_for(Option::is_some).await.is_err() {
        return;
    }
    loop {
        let now = app.clock().now();
        for served in app
            .courses()
            .iter()
            .filter(|served| served.course.digest.is_some())
        {
            crate::crash::point!("scheduler-before-due");
            let course = served.course.slug.clone();
            if !queue.put(Event::DigestDue { course }).await {
                return;
            }
        }
        if !queue.drained().await {
            return;
        }
        app.clock().sleep_until(next_look(&app, now)).await;
    }
}

fn next_look(app: &App, now: Timestamp) -> Timestamp {
    let digests = app
        .courses()
        .iter()
        .filter_map(|served| served.course.digest.as_ref());
    let next = digests
        .filter_map(|digest| digest.schedule.next_after(now))
        .map(|next| next.planned);
    let latest = now + LONGEST_SLEEP;
    next.min().map_or(latest, |next| next.min(latest))
}
