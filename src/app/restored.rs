//! What a restored database has forgotten: that a digest was posted after the backup was made.
//!
//! The claim is gone with the old database, so the channel itself is asked. Whoever starts after a
//! digest's hour, and finds that it is owed, first looks for it among Beadle's own messages.

use jiff::Timestamp;
use jiff::civil::Date;

use super::courses::ServedCourse;
use super::turn::Turn;
use super::{App, digest};
use crate::domain::digest::beginnings;
use crate::domain::ids::ChannelId;
use crate::domain::schedule::{Due, Occurrence};
use crate::store::{StoreError, Tx, digests};

/// A digest that the database does not know, although its hour has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owed {
    /// The course's slug.
    pub course: String,
    /// Where its digest is posted.
    pub channel: ChannelId,
    /// The local date that it is of.
    pub date: Date,
    /// When it was planned: it cannot have been posted before.
    pub planned: Timestamp,
    beginnings: [String; 2],
}

impl Owed {
    /// Whether a message of Beadle's own that begins like this is that digest.
    pub fn begins(&self, text: &str) -> bool {
        self.beginnings
            .iter()
            .any(|begins| text.starts_with(begins))
    }
}

impl App {
    /// The digests that are owed at this moment.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn owed(&self) -> Result<Vec<Owed>, StoreError> {
        let mut tx = self.store.read().await?;
        let mut owed = Vec::new();
        for served in self.courses().iter() {
            owed.extend(self.owed_by(&mut tx, served).await?);
        }
        Ok(owed)
    }

    async fn owed_by(
        &self,
        tx: &mut Tx,
        served: &ServedCourse,
    ) -> Result<Option<Owed>, StoreError> {
        let Some(settings) = &served.course.digest else {
            return Ok(None);
        };
        let now = self.clock.now();
        let last = digest::last(tx, served, now).await?;
        let owed = match digest::is_due(served, settings, last.as_ref(), now, self.late_limit) {
            Due::Now { due, .. } | Due::Late { due, .. } => due,
            Due::Nothing { .. } | Due::TooLate { .. } => return Ok(None),
        };
        Ok(Some(Owed {
            course: served.course.slug.clone(),
            channel: settings.channel,
            date: owed.date,
            planned: owed.planned,
            beginnings: beginnings(&served.course.name, owed.date),
        }))
    }
}

/// Claims a digest that stands in its channel already.
pub(crate) async fn found(
    turn: &mut Turn<'_>,
    course: &str,
    occurrence: Occurrence,
    posted_at: Timestamp,
) -> Result<(), StoreError> {
    let courses = turn.courses;
    let Some(served) = courses.named(course) else {
        return Ok(());
    };
    let date = occurrence.date.to_string();
    let planned_ms = occurrence.planned.as_millisecond();
    let posted_ms = posted_at.as_millisecond();
    digests::claim_digest(turn.tx, served.id, &date, planned_ms, posted_ms).await?;
    Ok(())
}
