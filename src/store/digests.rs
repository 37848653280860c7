//! Digests: the claim that makes one be posted once, and what stood in it.

use super::{StoreError, Tx, execute, on};

/// A digest that was claimed.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct DigestRow {
    /// The row's id.
    pub id: i64,
    /// The local date that it is of, `2026-11-23`.
    pub local_date: String,
    /// When it was due, in UTC milliseconds.
    pub planned_at_ms: i64,
    /// When it was claimed, in UTC milliseconds: it tells what stood open then.
    pub claimed_at_ms: i64,
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
    on!(tx, |db| sqlx::query_as(
        "SELECT id, local_date, planned_at_ms, claimed_at_ms FROM digests
         WHERE course_id = $1 AND local_date <= $2 ORDER BY local_date DESC LIMIT 1",
    )
    .bind(course_id)
    .bind(until)
    .fetch_optional(db)
    .await)
}

/// Notes over how many messages a digest goes.
pub async fn set_digest_parts(tx: &mut Tx, id: i64, parts: i64) -> Result<(), StoreError> {
    execute!(tx, "UPDATE digests SET parts = $2 WHERE id = $1", id, parts)?;
    Ok(())
}

/// Notes that a question stands in a digest's part.
pub async fn put_digest_item(
    tx: &mut Tx,
    digest_id: i64,
    question_id: i64,
    part: i64,
) -> Result<(), StoreError> {
    execute!(
        tx,
        "INSERT INTO digest_items (digest_id, question_id, part) VALUES ($1, $2, $3)
         ON CONFLICT (digest_id, question_id) DO NOTHING",
        digest_id,
        question_id,
        part
    )?;
    Ok(())
}
