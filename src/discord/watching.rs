//! Notices which channels are watched since the courses changed, and has them read from then on.

use std::collections::HashSet;

use tracing::info;

use super::reader::Reader;
use crate::app::App;
use crate::domain::ids::ChannelId;

/// Has every channel looked at that comes to be watched, until Beadle stops.
pub(super) async fn run(reader: Reader) {
    let app = &reader.app;
    let mut changed = app.courses_changed();
    let mut watched = watched_by(app);
    while changed.changed().await.is_ok() {
        let now = watched_by(app);
        for &channel in now.difference(&watched) {
            info!(channel.id = %channel, "the channel is watched from now on");
            reader.queue.look_at(channel);
        }
        for channel in watched.difference(&now) {
            info!(channel.id = %channel, "the channel is watched no more");
        }
        watched = now;
    }
}

fn watched_by(app: &App) -> HashSet<ChannelId> {
    let courses = app.courses();
    let channels = courses.iter();
    channels
        .flat_map(|served| served.course.read_channels())
        .collect()
}
