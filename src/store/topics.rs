//! Topic tables that were imported, and who changed them.

use super::{StoreError, Tx, execute, insert_rows, on};

/// A topic's row.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct TopicRow {
    /// Where it begins, in seconds.
    pub start_s: i64,
    /// Where it ends, in seconds, if that is told.
    pub end_s: Option<i64>,
    /// What is taught.
    pub title: String,
    /// More about it.
    pub note: Option<String>,
}

/// A lecture's imported topics, in the order of the recording.
pub async fn topics_of_lecture(tx: &mut Tx, lecture_id: i64) -> Result<Vec<TopicRow>, StoreError> {
    on!(tx, |db| sqlx::query_as(
        "SELECT start_s, end_s, title, note FROM topics WHERE lecture_id = $1 ORDER BY start_s"
    )
    .bind(lecture_id)
    .fetch_all(db)
    .await)
}

/// Puts a table in the place of the one before.
pub async fn replace_topics(
    tx: &mut Tx,
    lecture_id: i64,
    rows: &[TopicRow],
) -> Result<(), StoreError> {
    execute!(tx, "DELETE FROM topics WHERE lecture_id = $1", lecture_id)?;
    insert_rows!(
        tx,
        "INSERT INTO topics (lecture_id, start_s, end_s, title, note)",
        rows,
        |values, row| values
            .push_bind(lecture_id)
            .push_bind(row.start_s)
            .push_bind(row.end_s)
            .push_bind(&row.title)
            .push_bind(&row.note)
    )?;
    Ok(())
}

/// A change of a topic table.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct TopicChangeRow {
    /// The row's id.
    pub id: i64,
    /// The lecture.
    pub lecture_id: i64,
    /// Who changed it: a name.
    pub changed_by: String,
    /// When, in UTC milliseconds.
    pub changed_at_ms: i64,
    /// What stood there before, as CSV.
    pub before_csv: String,
    /// What was done: `added`, `edited`, `removed` or `imported`.
    pub what: String,
    /// Who took it back, if anybody did.
    pub undone_by: Option<String>,
    /// When, in UTC milliseconds.
    pub undone_at_ms: Option<i64>,
}

/// Every column of a change, in one place.
macro_rules! select_changes {
    ($($rest:literal),+) => {
        concat!(
            "SELECT id, lecture_id, changed_by, changed_at_ms, before_csv, what, undone_by,
                    undone_at_ms
             FROM topic_changes ",
            $($rest),+
        )
    };
}

/// Keeps who changed a table, when, what was done, and what stood there before; the row's `id` is not
/// looked at.
pub async fn put_topic_change(tx: &mut Tx, row: &TopicChangeRow) -> Result<(), StoreError> {
    execute!(
        tx,
        "INSERT INTO topic_changes (lecture_id, changed_by, changed_at_ms, before_csv, what)
         VALUES ($1, $2, $3, $4, $5)",
        row.lecture_id,
        &row.changed_by,
        row.changed_at_ms,
        &row.before_csv,
        &row.what
    )?;
    Ok(())
}

/// The last changes of a lecture's table, the newest first.
pub async fn last_topic_changes(
    tx: &mut Tx,
    lecture_id: i64,
    limit: i64,
) -> Result<Vec<TopicChangeRow>, StoreError> {
    on!(tx, |db| sqlx::query_as(select_changes!(
        "WHERE lecture_id = $1 ORDER BY id DESC LIMIT $2"
    ))
    .bind(lecture_id)
    .bind(limit)
    .fetch_all(db)
    .await)
}

/// The newest change of a lecture's table that stands, that is, was not taken back.
pub async fn standing_topic_change(
    tx: &mut Tx,
    lecture_id: i64,
) -> Result<Option<TopicChangeRow>, StoreError> {
    on!(tx, |db| sqlx::query_as(select_changes!(
        "WHERE lecture_id = $1 AND undone_at_ms IS NULL ORDER BY id DESC LIMIT 1"
    ))
    .bind(lecture_id)
    .fetch_optional(db)
    .await)
}

/// Remembers who took a change back, and when (UTC milliseconds).
pub async fn mark_topic_change_undone(
    tx: &mut Tx,
    id: i64,
    undone_by: &str,
    now_ms: i64,
) -> Result<(), StoreError> {
    execute!(
        tx,
        "UPDATE topic_changes SET undone_by = $2, undone_at_ms = $3 WHERE id = $1",
        id,
        undone_by,
        now_ms
    )?;
    Ok(())
}

/// Keeps a table that somebody looks at before it is put in place. Returns its number.
pub async fn put_topic_import(
    tx: &mut Tx,
    lecture_id: i64,
    table_csv: &str,
    now_ms: i64,
) -> Result<i64, StoreError> {
    on!(tx, |db| sqlx::query_scalar(
        "INSERT INTO topic_imports (lecture_id, table_csv, shown_at_ms) VALUES ($1, $2, $3)
         RETURNING id"
    )
    .bind(lecture_id)
    .bind(table_csv)
    .bind(now_ms)
    .fetch_one(db)
    .await)
}

/// Takes a table that was looked at: its lecture and its rows as CSV. It is there once.
pub async fn take_topic_import(tx: &mut Tx, id: i64) -> Result<Option<(i64, String)>, StoreError> {
    on!(tx, |db| sqlx::query_as(
        "DELETE FROM topic_imports WHERE id = $1 RETURNING lecture_id, table_csv"
    )
    .bind(id)
    .fetch_optional(db)
    .await)
}

/// Forgets tables that were looked at before a moment (UTC milliseconds) and never put in place.
pub async fn forget_topic_imports(tx: &mut Tx, before_ms: i64) -> Result<(), StoreError> {
    execute!(
        tx,
        "DELETE FROM topic_imports WHERE shown_at_ms < $1",
        before_ms
    )?;
    Ok(())
}
