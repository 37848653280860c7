//! Topic tables that were imported, and who changed them.

use super::{StoreError, Tx, execute, on};

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
    for row in rows {
        execute!(
            tx,
            "INSERT INTO topics (lecture_id, start_s, end_s, title, note)
             VALUES ($1, $2, $3, $4, $5)",
            lecture_id,
            row.start_s,
            row.end_s,
            &row.title,
            &row.note
        )?;
    }
    Ok(())
}

/// Keeps who changed a table, when (UTC milliseconds), and what was there before, as CSV.
pub async fn put_topic_change(
    tx: &mut Tx,
    lecture_id: i64,
    changed_by: &str,
    now_ms: i64,
    before_csv: &str,
) -> Result<(), StoreError> {
    execute!(
        tx,
        "INSERT INTO topic_changes (lecture_id, changed_by, changed_at_ms, before_csv)
         VALUES ($1, $2, $3, $4)",
        lecture_id,
        changed_by,
        now_ms,
        before_csv
    )?;
    Ok(())
}
