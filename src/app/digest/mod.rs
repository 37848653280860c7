//! The digest: when it is due, what stands in it, and that it is posted once a local date.

pub(crate) mod commands;
mod compose;
mod message;
pub(crate) mod panel;
pub(crate) mod redraw;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan as _};

pub use self::compose::compose;
pub use self::message::message_of;
use super::courses::ServedCourse;
use super::effect::{Effect, Outgoing};
use super::turn::{Purpose, Turn};
use crate::domain::course::{DigestSettings, WhenEmpty};
use crate::domain::digest::timeline::timeline;
use crate::domain::digest::{self, DigestInput, Late};
use crate::domain::schedule::{Due, Occurrence};
use crate::store::digests::{self, DigestItemRow, DigestPartRow, DigestRow};
use crate::store::{StoreError, Tx};

/// After how long a digest that could not be sent is of no use any more.
const SENT_WITHIN: SignedDuration = SignedDuration::from_hours(12);
/// A digest of a date further ahead than this was claimed by a clock that went wrong, and counts only
/// once its date has come. Less is left to time zones, which differ by up to 26 hours, and to clocks
/// that are set back.
const DAYS_AHEAD: i64 = 2;

/// Deals with the moment of a course's digest: claims it and decides its messages, unless it was
/// claimed before or is not due.
pub(crate) async fn due(turn: &mut Turn<'_>, course: &str) -> Result<(), StoreError> {
    let courses = turn.courses;
    let Some(served) = courses.named(course) else {
        return Ok(());
    };
    let Some(settings) = &served.course.digest else {
        return Ok(());
    };
    let now = turn.now;
    let last = last(turn.db().await?, served, now).await?;
    let (due, planned, missed) = match is_due(served, settings, last.as_ref(), now, turn.late_limit)
    {
        Due::Now { due, missed } => (due, None, missed),
        Due::Late { due, missed } => (due, Some(due.planned), missed),
        Due::Nothing { .. } | Due::TooLate { .. } => return Ok(()),
    };
    let late = Late { planned, missed };
    let silent = settings.when_empty == WhenEmpty::Nothing;
    let post = Post {
        served,
        settings,
        of: due,
        late,
        silent,
    };
    post.claim(turn, last).await?;
    Ok(())
}

/// The course's last digest as of a moment.
///
/// # Errors
/// When the database fails.
pub async fn last(
    tx: &mut Tx,
    served: &ServedCourse,
    now: Timestamp,
) -> Result<Option<DigestRow>, StoreError> {
    let until = served.today(now).saturating_add(DAYS_AHEAD.days());
    digests::last_digest(tx, served.id, &until.to_string()).await
}

/// What is to be done about the course's digest at a moment.
pub(crate) fn is_due(
    served: &ServedCourse,
    settings: &DigestSettings,
    last: Option<&DigestRow>,
    now: Timestamp,
    late_limit: SignedDuration,
) -> Due {
    let last_date: Option<Date> = last.and_then(|last| last.local_date.parse().ok());
    let schedule = &settings.schedule;
    schedule.due(now, last_date, served.since, late_limit)
}

/// A digest that is to be posted.
struct Post<'a> {
    served: &'a ServedCourse,
    settings: &'a DigestSettings,
    of: Occurrence,
    late: Late,
    /// Whether nothing is said where no question is open.
    silent: bool,
}

impl Post<'_> {
    /// Claims the digest and decides its messages; `last` is the one before. `false`: it was claimed
    /// before.
    async fn claim(
        &self,
        turn: &mut Turn<'_>,
        last: Option<DigestRow>,
    ) -> Result<bool, StoreError> {
        if let Some(last) = last.as_ref().filter(|last| last.redraw_at_ms.is_some()) {
            // From now on it stays as it is.
            redraw::redraw(turn, self.served, last).await?;
        }
        let (course, now) = (self.served.id, turn.now);
        let date = self.of.date.to_string();
        let planned_ms = self.of.planned.as_millisecond();
        let db = turn.db().await?;
        let claim =
            digests::claim_digest(db, course, &date, planned_ms, now.as_millisecond()).await?;
        let Some(id) = claim else {
            return Ok(false);
        };
        crate::crash::point!("digest-after-claim");
        let since_ms = last.map(|last| last.claimed_at_ms);
        let input = compose(db, self.served, self.of.date, now, self.late, since_ms).await?;
        if !input.items.is_empty() || !self.silent {
            self.decide(turn, id, &input).await?;
        }
        Ok(true)
    }

    async fn decide(
        &self,
        turn: &mut Turn<'_>,
        id: i64,
        input: &DigestInput,
    ) -> Result<(), StoreError> {
        let channel = self.settings.channel;
        let parts = digest::parts(input);
        let row = DigestRow {
            id,
            course_id: self.served.id,
            local_date: self.of.date.to_string(),
            planned_at_ms: self.of.planned.as_millisecond(),
            claimed_at_ms: turn.now_ms(),
            channel_id: Some(channel.to_db()),
            parts: parts.len() as i64,
            open_count: input.counts.open.into(),
            new_count: input.counts.new.into(),
            answered_count: input.counts.answered.into(),
            snoozed_count: input.counts.snoozed.into(),
            missed_count: input.late.missed.into(),
            is_late: input.late.planned.is_some(),
            is_first: input.is_first,
            redraw_at_ms: None,
        };
        digests::write_digest(turn.db().await?, &row).await?;
        let mut picture = timeline(input).map(message::picture_of);
        for (part, number) in parts.into_iter().zip(1..) {
            let key = format!("digest:{}:{}:{number}", self.served.id, row.local_date);
            for (question, position) in part.questions.iter().zip(0..) {
                let item = DigestItemRow {
                    digest_id: id,
                    question_id: *question,
                    part: number,
                    position,
                };
                digests::put_digest_item(turn.db().await?, &item).await?;
            }
            let message = message_of(part);
            let part = DigestPartRow {
                digest_id: id,
                part: number,
                key: key.clone(),
                said: redraw::hash(&message),
                edits: 0,
                gone: false,
            };
            digests::put_digest_part(turn.db().await?, &part).await?;
            let effect = Effect::Say {
                reply_to: None,
                message: Outgoing {
                    file: picture.take(),
                    ..message
                },
                lasting: true,
            };
            let purpose = Purpose {
                key,
                server: self.served.course.server,
                cause: None,
                expires_at: Some(turn.now + SENT_WITHIN),
            };
            turn.decide(channel, effect, purpose);
            crate::crash::point!("digest-part-decided");
        }
        Ok(())
    }
}
