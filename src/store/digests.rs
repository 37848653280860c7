//! Digests: the claim that makes one be posted once, what stood in it, and when it is to be brought
//! up to date.

use super::{StoreError, Tx, execute, on};
use crate::domain::ids::MessageId;

/// A digest that was claimed.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct DigestRow {
    /// The row's id.
    pub id: i64,
    /// Its course.
    pub course_id: i64,
    /// The local date that it is of, `2026-11-23`.
    pub local_date: String,
    /// When it was due, in UTC milliseconds.
    pub planned_at_ms: i64,
    /// When it was claimed, in UTC milliseconds: it tells what stood open then.
    pub claimed_at_ms: i64,
    /// Where it was posted; `None` where this is not known.
    pub channel_id: Option<i64>,
    /// Over how many messages it goes; 0: none was posted.
    pub parts: i64,
    /// How many questions were open then.
    pub open_count: i64,
    /// Of those, how many were asked since the digest before.
    pub new_count: i64,
    /// How many had been answered since the digest before.
    pub answered_count: i64,
    /// How many were put off then.
    pub snoozed_count: i64,
    /// How many digests before it did not come at all.
    pub missed_count: i64,
    /// Whether it came later than planned.
    pub is_late: bool,
    /// Whether it was the course's first.
    pub is_first: bool,
    /// When it is to be brought up to date, in UTC milliseconds; `None`: nothing has changed.
    pub redraw_at_ms: Option<i64>,
}

/// Every column of a digest, in one place.
macro_rules! select_digests {
    ($($rest:literal),+) => {
        concat!(
            "SELECT id, course_id, local_date, planned_at_ms, claimed_at_ms, channel_id, parts,
                    open_count, new_count, answered_count, snoozed_count, missed_count, is_late,
                    is_first, redraw_at_ms
             FROM digests ",
            $($rest),+
        )
    };
}

/// Claims a course's digest of a local date; `None` when somebody has claimed it already.
pub async fn claim_digest(
    tx: &mut Tx,
    course_id: i64,
    local_date: &str,
    planned_at_ms: i64,
    now_ms: i64,
) -> Result<Option<i64>, StoreError> {
    on!(tx, |db| sqlx::query_scalar(
        "INSERT INTO digests (course_id, local_date, planned_at_ms, claimed_at_ms, parts)
         VALUES ($1, $2, $3, $4, 0)
         ON CONFLICT (course_id, local_date) DO NOTHING RETURNING id",
    )
    .bind(course_id)
    .bind(local_date)
    .bind(planned_at_ms)
    .bind(now_ms)
    .fetch_optional(db)
    .await)
}

/// A course's newest digest among those of local dates up to `until` (`2026-11-25`).
pub async fn last_digest(
    tx: &mut Tx,
    course_id: i64,
    until: &str,
) -> Result<Option<DigestRow>, StoreError> {
    on!(tx, |db| sqlx::query_as(select_digests!(
        "WHERE course_id = $1 AND local_date <= $2 ORDER BY local_date DESC LIMIT 1"
    ))
    .bind(course_id)
    .bind(until)
    .fetch_optional(db)
    .await)
}

/// Notes what a digest says on top, where it stands and over how many messages it goes. The claim
/// stays as it is.
pub async fn write_digest(tx: &mut Tx, row: &DigestRow) -> Result<(), StoreError> {
    execute!(
        tx,
        "UPDATE digests
         SET channel_id = $2, parts = $3, open_count = $4, new_count = $5, answered_count = $6,
             snoozed_count = $7, missed_count = $8, is_late = $9, is_first = $10
         WHERE id = $1",
        row.id,
        row.channel_id,
        row.parts,
        row.open_count,
        row.new_count,
        row.answered_count,
        row.snoozed_count,
        row.missed_count,
        row.is_late,
        row.is_first
    )?;
    Ok(())
}

/// A question in a digest.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct DigestItemRow {
    /// The digest.
    pub digest_id: i64,
    /// The question.
    pub question_id: i64,
    /// In which message it stands, counted from 1.
    pub part: i64,
    /// Which of that message's items it is, counted from 0.
    pub position: i64,
}

/// Notes that a question stands in a digest.
pub async fn put_digest_item(tx: &mut Tx, row: &DigestItemRow) -> Result<(), StoreError> {
    execute!(
        tx,
        "INSERT INTO digest_items (digest_id, question_id, part, position) VALUES ($1, $2, $3, $4)
         ON CONFLICT (digest_id, question_id) DO NOTHING",
        row.digest_id,
        row.question_id,
        row.part,
        row.position
    )?;
    Ok(())
}

/// The questions in a digest, in the order of its text.
pub async fn digest_items(tx: &mut Tx, digest_id: i64) -> Result<Vec<DigestItemRow>, StoreError> {
    on!(tx, |db| sqlx::query_as(
        "SELECT digest_id, question_id, part, position FROM digest_items
         WHERE digest_id = $1 ORDER BY part, position"
    )
    .bind(digest_id)
    .fetch_all(db)
    .await)
}

/// A message of a digest.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct DigestPartRow {
    /// The digest.
    pub digest_id: i64,
    /// Which of its messages, counted from 1.
    pub part: i64,
    /// The key of the effect that posted it.
    pub key: String,
    /// A hash of what it says.
    pub said: i64,
    /// How often it was edited.
    pub edits: i64,
    /// Whether somebody deleted it.
    pub gone: bool,
}

/// Notes a message of a digest, or what it says by now.
pub async fn put_digest_part(tx: &mut Tx, row: &DigestPartRow) -> Result<(), StoreError> {
    execute!(
        tx,
        "INSERT INTO digest_parts (digest_id, part, key, said, edits, gone)
         VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (digest_id, part) DO UPDATE SET said = excluded.said, edits = excluded.edits",
        row.digest_id,
        row.part,
        &row.key,
        row.said,
        row.edits,
        row.gone
    )?;
    Ok(())
}

/// The messages of a digest, in their order.
pub async fn digest_parts(tx: &mut Tx, digest_id: i64) -> Result<Vec<DigestPartRow>, StoreError> {
    on!(tx, |db| sqlx::query_as(
        "SELECT digest_id, part, key, said, edits, gone FROM digest_parts
         WHERE digest_id = $1 ORDER BY part"
    )
    .bind(digest_id)
    .fetch_all(db)
    .await)
}

/// Notes that the message that the effect of that key posted is gone.
pub async fn digest_part_gone(tx: &mut Tx, key: &str) -> Result<(), StoreError> {
    let sql = "UPDATE digest_parts SET gone = TRUE WHERE key = $1";
    execute!(tx, sql, key)?;
    Ok(())
}

/// Notes that messages are gone, if they are a digest's.
pub async fn digest_messages_gone(tx: &mut Tx, messages: &[MessageId]) -> Result<(), StoreError> {
    for messages in messages.chunks(Tx::ROWS_A_STATEMENT) {
        on!(&mut *tx, |db| {
            let mut sql = sqlx::QueryBuilder::new(
                "UPDATE digest_parts SET gone = TRUE
                 WHERE key IN (SELECT key FROM outbox WHERE message_id IN (",
            );
            let mut ids = sql.separated(", ");
            for message in messages {
                ids.push_bind(message.to_db());
            }
            sql.push("))");
            sql.build().persistent(false).execute(db).await.map(drop)
        })?;
    }
    Ok(())
}

/// When a digest is to be brought up to date, in UTC milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// At this moment …
    pub soon_ms: i64,
    /// … but not earlier than this after its last edit.
    pub gap_ms: i64,
}

/// Notes that something about questions has changed: the digests in which they stand, as long as
/// none came after, are to be brought up to date. One that is to be already stays as it is. Returns
/// how many digests are meant.
pub async fn newest_stale(
    tx: &mut Tx,
    questions: &[i64],
    moment: Moment,
) -> Result<u64, StoreError> {
    let newest = " AND NOT EXISTS (SELECT 1 FROM digests n
                                    WHERE n.course_id = digests.course_id AND n.id > digests.id)";
    stale(tx, questions, moment, newest).await
}

/// The same for every digest in which they stand.
pub async fn all_stale(tx: &mut Tx, questions: &[i64], moment: Moment) -> Result<u64, StoreError> {
    stale(tx, questions, moment, "").await
}

async fn stale(
    tx: &mut Tx,
    questions: &[i64],
    moment: Moment,
    which: &'static str,
) -> Result<u64, StoreError> {
    let Moment { soon_ms, gap_ms } = moment;
    let mut meant = 0;
    for questions in questions.chunks(Tx::ROWS_A_STATEMENT) {
        meant += on!(&mut *tx, |db| {
            // It is written even where it stands, so that whoever brings the digest up to date at
            // this moment waits for what has changed.
            let mut sql = sqlx::QueryBuilder::new(
                "UPDATE digests SET redraw_at_ms = COALESCE(redraw_at_ms, CASE WHEN redrawn_at_ms + ",
            );
            sql.push_bind(gap_ms).push(" > ").push_bind(soon_ms);
            sql.push(" THEN redrawn_at_ms + ").push_bind(gap_ms);
            sql.push(" ELSE ").push_bind(soon_ms);
            sql.push(" END) WHERE parts > 0 AND channel_id IS NOT NULL")
                .push(which);
            sql.push(" AND id IN (SELECT digest_id FROM digest_items WHERE question_id IN (");
            let mut ids = sql.separated(", ");
            for id in questions {
                ids.push_bind(*id);
            }
            sql.push("))");
            let marking = sql.build().persistent(false).execute(db).await;
            marking.map(|done| done.rows_affected())
        })?;
    }
    Ok(meant)
}

/// The digests that are to be brought up to date, the first to come first.
pub async fn stale_digests(tx: &mut Tx) -> Result<Vec<DigestRow>, StoreError> {
    on!(tx, |db| sqlx::query_as(select_digests!(
        "WHERE redraw_at_ms IS NOT NULL ORDER BY redraw_at_ms, id"
    ))
    .fetch_all(db)
    .await)
}

/// Takes it upon oneself to bring a digest up to date. `false`: somebody else did.
pub async fn take_redraw(tx: &mut Tx, id: i64) -> Result<bool, StoreError> {
    let sql = "UPDATE digests SET redraw_at_ms = NULL WHERE id = $1 AND redraw_at_ms IS NOT NULL";
    Ok(execute!(tx, sql, id)? == 1)
}

/// Notes when a digest was last edited, in UTC milliseconds.
pub async fn digest_redrawn(tx: &mut Tx, id: i64, now_ms: i64) -> Result<(), StoreError> {
    let sql = "UPDATE digests SET redrawn_at_ms = $2 WHERE id = $1";
    execute!(tx, sql, id, now_ms)?;
    Ok(())
}
