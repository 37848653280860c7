//! Wakes at each course's digest hour. Whether a digest is due, and that it is posted once, is
//! decided in [`crate::app::digest`].

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::watch;

use super::queue::Queue;
use super::read_back;
use super::rest::Rest;
use crate::app::App;
use crate::app::event::Event;

/// The longest sleep; then everything is looked at again.
const LONGEST_SLEEP: SignedDuration = SignedDuration::from_hours(1);

/// Sends [`Event::DigestDue`] when a digest may be due, once the first catch-up is done: a digest
/// that was missed has to know what was asked meanwhile, and whether it was missed at all.
pub(super) async fn run(
    app: Arc<App>,
    rest: Rest,
    queue: Queue,
    mut caught_up: watch::Receiver<Option<u64>>,
) {
    if caught_up.wait_for(Option::is_some).await.is_err() {
        return;
    }
    if !read_back::digests(&app, &rest, &queue).await {
        return;
    }
    loop {
        let now = app.clock().now();
        for served in app
            .courses()
            .iter()
            .filter(|served| served.course.digest.is_some())
        {
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
