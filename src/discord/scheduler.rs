//! Wakes at each course's digest hour. Whether a digest is due, and that it is posted once, is
//! decided in [`crate::app::digest`].

use std::collections::HashSet;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::watch;
use tracing::warn;

use super::owed;
use super::reader::{Reader, Stopped};
use crate::app::App;
use crate::app::event::Event;
use crate::domain::ids::ServerId;

/// The longest sleep; then everything is looked at again.
const LONGEST_SLEEP: SignedDuration = SignedDuration::from_hours(1);

/// How long a digest waits at most for a catch-up that is under way.
const PATIENCE: Duration = Duration::from_secs(600);

/// Sends [`Event::DigestDue`] when a digest may be due, once the first catch-up is done: a digest
/// that was missed has to know what was asked meanwhile, and whether it was missed at all. Before a
/// digest, what stands open is asked for once more.
pub(super) async fn run(reader: Reader, mut caught_up: watch::Receiver<Option<u64>>) {
    if caught_up.wait_for(Option::is_some).await.is_err() {
        return;
    }
    if !owed::digests(&reader).await {
        return;
    }
    let app = &reader.app;
    let mut changed = app.courses_changed();
    let mut looked_at = app.clock().now();
    loop {
        let now = app.clock().now();
        for server in servers_due(app, looked_at, now) {
            ask_again(&reader, &mut caught_up, server).await;
        }
        for served in app
            .courses()
            .iter()
            .filter(|served| served.course.digest.is_some())
        {
            crate::crash::point!("scheduler-before-due");
            let course = served.course.slug.clone();
            if !reader.queue.put(Event::DigestDue { course }).await {
                return;
            }
        }
        if !reader.queue.drained().await {
            return;
        }
        looked_at = now;
        // A course may come to be, or its hour be set anew, meanwhile.
        tokio::select! {
            () = app.clock().sleep_until(next_look(app, now)) => {}
            Ok(()) = changed.changed() => {}
        }
    }
}

/// The servers of the courses whose digest hour came since the last look. What was due before the
/// first look has just been caught up with.
fn servers_due(app: &App, since: Timestamp, now: Timestamp) -> HashSet<ServerId> {
    let courses = app.courses();
    courses
        .iter()
        .filter(|served| {
            let digest = served.course.digest.as_ref();
            let next = digest.and_then(|digest| digest.schedule.next_after(since));
            next.is_some_and(|next| next.planned <= now)
        })
        .map(|served| served.course.server)
        .collect()
}

/// Notices edits, deletions and reactions that were missed. A digest that cannot know of them is
/// posted all the same.
async fn ask_again(
    reader: &Reader,
    caught_up: &mut watch::Receiver<Option<u64>>,
    server: ServerId,
) {
    loop {
        let is_up_to_date = |round: &Option<u64>| round.is_some() && *round == reader.queue.round();
        let waited = tokio::time::timeout(PATIENCE, caught_up.wait_for(is_up_to_date)).await;
        let Ok(Ok(round)) = waited.map(|told| told.map(|round| *round)) else {
            warn!(server.id = %server, "the digest does not wait any longer for what is still being read");
            return;
        };
        // A digest names only what waits.
        let closed_since = Timestamp::MAX;
        match reader
            .reread(server, closed_since, round.unwrap_or_default())
            .await
        {
            Err(Stopped::Interrupted) => {}
            Err(Stopped::Rest(error)) => {
                warn!(server.id = %server, error = %error, "what stands open could not be asked for again before the digest");
                return;
            }
            Err(Stopped::Store(error)) => {
                warn!(server.id = %server, error = %error, "what stands open could not be asked for again before the digest");
                return;
            }
            Ok(()) | Err(Stopped::Ending) => return,
        }
    }
}

fn next_look(app: &App, now: Timestamp) -> Timestamp {
    let courses = app.courses();
    let digests = courses
        .iter()
        .filter_map(|served| served.course.digest.as_ref());
    let next = digests
        .filter_map(|digest| digest.schedule.next_after(now))
        .map(|next| next.planned);
    let latest = now + LONGEST_SLEEP;
    next.min().map_or(latest, |next| next.min(latest))
}
