//! A digest edits itself while questions in it are closed, reopened or put off, until the next one
//! comes.
//!
//! What changes a question marks its digest as stale in the same transaction, with the moment at which
//! it is to be brought up to date; so changes that come together are one edit, and none is lost with
//! the process. What it says then follows from the database as it is then. A message that says the
//! same is not edited, and one that somebody has deleted never again.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};

use super::SENT_WITHIN;
use super::compose::compose_again;
use super::message::message_of;
use crate::app::App;
use crate::app::courses::ServedCourse;
use crate::app::effect::{Effect, Outgoing};
use crate::app::turn::{Purpose, Turn, fnv};
use crate::domain::digest::parts_as_before;
use crate::domain::ids::{ChannelId, MessageId};
use crate::store::digests::{self, DigestItemRow, DigestPartRow, DigestRow, Moment};
use crate::store::{StoreError, Tx};

/// How long after a change the digest says so: what a person does in one go is one edit.
const SOON: SignedDuration = SignedDuration::from_secs(3);
/// How long after an edit the next one comes at the earliest.
const GAP: SignedDuration = SignedDuration::from_secs(60);

impl App {
    /// The courses served here whose digest is to be brought up to date, and when; the first to come
    /// first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn stale_digests(&self) -> Result<Vec<(Timestamp, String)>, StoreError> {
        let mut tx = self.store.read().await?;
        let rows = digests::stale_digests(&mut tx).await?;
        let courses = self.courses();
        let stale = rows.into_iter().filter_map(|row| {
            let served = courses.iter().find(|served| served.id == row.course_id)?;
            let at = Timestamp::from_millisecond(row.redraw_at_ms?).ok()?;
            Some((at, served.course.slug.clone()))
        });
        Ok(stale.collect())
    }

    /// Waits until a digest has become stale since this was last asked.
    pub async fn digest_gone_stale(&self) {
        self.gone_stale.notified().await;
    }

    /// Tells that a message of Beadle's own, the one that the effect of that key posted, is gone.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn is_gone(&self, key: &str) -> Result<(), StoreError> {
        let mut tx = self.store.begin().await?;
        digests::digest_part_gone(&mut tx, key).await?;
        tx.commit().await
    }
}

/// Marks as stale the digests in which questions stand: for those that were touched the newest, for
/// those that were erased every one. Returns whether there are any.
pub(crate) async fn mark(
    tx: &mut Tx,
    touched: BTreeSet<i64>,
    erased: BTreeSet<i64>,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let moment = Moment {
        soon_ms: (now + SOON).as_millisecond(),
        gap_ms: GAP.as_millis() as i64,
    };
    let (touched, erased) = (Vec::from_iter(touched), Vec::from_iter(erased));
    let newest = digests::newest_stale(tx, &touched, moment).await?;
    let all = digests::all_stale(tx, &erased, moment).await?;
    Ok(newest + all > 0)
}

/// Brings a course's digests up to date, if their moment has come.
pub(crate) async fn due(turn: &mut Turn<'_>, course: &str) -> Result<(), StoreError> {
    let courses = turn.courses;
    let Some(served) = courses.named(course) else {
        return Ok(());
    };
    let now_ms = turn.now_ms();
    let stale = digests::stale_digests(turn.db().await?).await?;
    for digest in stale {
        let is_due = digest.redraw_at_ms.is_some_and(|at_ms| at_ms <= now_ms);
        if digest.course_id == served.id && is_due {
            redraw(turn, served, &digest).await?;
        }
    }
    Ok(())
}

/// Brings a digest up to date if it is stale: edits those of its messages that say something else now.
pub(super) async fn redraw(
    turn: &mut Turn<'_>,
    served: &ServedCourse,
    digest: &DigestRow,
) -> Result<(), StoreError> {
    if !digests::take_redraw(turn.db().await?, digest.id).await? {
        return Ok(());
    }
    let Some(channel) = digest.channel_id.map(ChannelId::from_db) else {
        return Ok(());
    };
    let parts = digests::digest_parts(turn.db().await?, digest.id).await?;
    if parts.iter().all(|part| part.gone) {
        return Ok(());
    }
    let items = digests::digest_items(turn.db().await?, digest.id).await?;
    let input = compose_again(turn.all().await?, served, digest).await?;
    let drawn = parts_as_before(&input, &layout(&items, parts.len()));
    let mut edited = false;
    for (part, drawn) in parts.into_iter().zip(drawn) {
        let message = message_of(drawn);
        let said = hash(&message);
        if part.gone || part.said == said {
            continue;
        }
        let part = DigestPartRow {
            said,
            edits: part.edits + 1,
            ..part
        };
        digests::put_digest_part(turn.db().await?, &part).await?;
        let purpose = Purpose {
            key: format!("redraw:{}:{}:{}", digest.id, part.part, part.edits),
            server: served.course.server,
            cause: None,
            expires_at: Some(turn.now + SENT_WITHIN),
        };
        let effect = Effect::Rewrite {
            key: part.key,
            message,
        };
        turn.decide(channel, effect, purpose);
        edited = true;
    }
    if edited {
        let now_ms = turn.now_ms();
        digests::digest_redrawn(turn.db().await?, digest.id, now_ms).await?;
    }
    Ok(())
}

/// Notes that messages of a channel were deleted, in case they are a digest's.
pub(crate) async fn deleted(
    turn: &mut Turn<'_>,
    channel: ChannelId,
    messages: &[MessageId],
) -> Result<(), StoreError> {
    let mut digests = turn
        .courses
        .iter()
        .filter_map(|served| served.course.digest.as_ref());
    if digests.any(|digest| digest.channel == channel) {
        digests::digest_messages_gone(turn.tx, messages).await?;
    }
    Ok(())
}

/// The questions of each message, in the order of the text.
fn layout(items: &[DigestItemRow], parts: usize) -> Vec<Vec<i64>> {
    (1..=parts as i64)
        .map(|part| {
            let here = items.iter().filter(|item| item.part == part);
            here.map(|item| item.question_id).collect()
        })
        .collect()
}

/// By which a message is told from one that says something else.
pub(super) fn hash(message: &Outgoing) -> i64 {
    let json = serde_json::to_string(message).unwrap_or_default();
    fnv(&json).cast_signed()
}
