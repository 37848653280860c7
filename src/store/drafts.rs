//! Set-ups of courses that somebody has begun.

use super::{StoreError, Tx, execute, on};
use crate::domain::ids::{ServerId, UserId};

/// A set-up that was begun.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct DraftRow {
    /// The row's id.
    pub id: i64,
    /// The server.
    pub server_id: i64,
    /// Who began it.
    pub who_id: i64,
    /// The course that it changes; `None`: it makes one.
    pub course_id: Option<i64>,
    /// What the course will be set to, as JSON.
    pub settings: String,
}

/// Begins a set-up; returns its id. What the same person had begun on the server before is over.
pub async fn begin_draft(
    tx: &mut Tx,
    server: ServerId,
    who: UserId,
    course_id: Option<i64>,
    settings: &str,
    now_ms: i64,
) -> Result<i64, StoreError> {
    let before = "DELETE FROM course_drafts WHERE server_id = $1 AND who_id = $2";
    execute!(tx, before, server.to_db(), who.to_db())?;
    on!(tx, |db| sqlx::query_scalar(
        "INSERT INTO course_drafts (server_id, who_id, course_id, settings, changed_at_ms)
         VALUES ($1, $2, $3, $4, $5) RETURNING id"
    )
    .bind(server.to_db())
    .bind(who.to_db())
    .bind(course_id)
    .bind(settings)
    .bind(now_ms)
    .fetch_one(db)
    .await)
}

/// A set-up that is under way.
pub async fn draft(tx: &mut Tx, id: i64) -> Result<Option<DraftRow>, StoreError> {
    on!(tx, |db| sqlx::query_as(
        "SELECT id, server_id, who_id, course_id, settings FROM course_drafts WHERE id = $1"
    )
    .bind(id)
    .fetch_optional(db)
    .await)
}

/// Keeps how far a set-up has come.
pub async fn put_draft(
    tx: &mut Tx,
    id: i64,
    settings: &str,
    now_ms: i64,
) -> Result<(), StoreError> {
    let sql = "UPDATE course_drafts SET settings = $2, changed_at_ms = $3 WHERE id = $1";
    execute!(tx, sql, id, settings, now_ms)?;
    Ok(())
}

/// Ends a set-up.
pub async fn end_draft(tx: &mut Tx, id: i64) -> Result<(), StoreError> {
    execute!(tx, "DELETE FROM course_drafts WHERE id = $1", id)?;
    Ok(())
}

/// Forgets set-ups that nobody went on with since a moment (UTC milliseconds).
pub async fn forget_drafts(tx: &mut Tx, before_ms: i64) -> Result<(), StoreError> {
    let sql = "DELETE FROM course_drafts WHERE changed_at_ms < $1";
    execute!(tx, sql, before_ms)?;
    Ok(())
}
