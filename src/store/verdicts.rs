//! What people said of questions with commands, menus and controls: the last word on each, which
//! messages they pointed at as answers, and what they put off.

use std::collections::HashMap;

use super::{StoreError, Tx, execute, on};

/// A person's word on a question; the last one counts.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct VerdictRow {
    /// The row's id.
    pub id: i64,
    /// The question.
    pub question_id: i64,
    /// `answered`, `dismissed`, `reopened` or `taken-back`.
    pub verdict: String,
    /// Who said it.
    pub who_id: i64,
    /// Their name then.
    pub who_name: String,
    /// When, in UTC milliseconds.
    pub at_ms: i64,
}

/// Writes a word on a question, the last one from now on; the row's `id` is not looked at.
pub async fn put_verdict(tx: &mut Tx, row: &VerdictRow) -> Result<(), StoreError> {
    execute!(
        tx,
        "INSERT INTO verdicts (question_id, verdict, who_id, who_name, at_ms)
         VALUES ($1, $2, $3, $4, $5)",
        row.question_id,
        &row.verdict,
        row.who_id,
        &row.who_name,
        row.at_ms
    )?;
    Ok(())
}

/// Forgets a word: the one before it is the last again.
pub async fn forget_verdict(tx: &mut Tx, id: i64) -> Result<(), StoreError> {
    execute!(tx, "DELETE FROM verdicts WHERE id = $1", id)?;
    Ok(())
}

/// That a person pointed at a message as an answer.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct AnswerMarkRow {
    /// The answer.
    pub answer_id: i64,
    /// Who pointed at it.
    pub who_id: i64,
    /// Their name then.
    pub who_name: String,
    /// Whether they are staff.
    pub by_staff: bool,
    /// When, in UTC milliseconds.
    pub at_ms: i64,
}

/// Remembers that a person pointed at an answer; again, as of now.
pub async fn put_answer_mark(tx: &mut Tx, row: &AnswerMarkRow) -> Result<(), StoreError> {
    execute!(
        tx,
        "INSERT INTO answer_marks (answer_id, who_id, who_name, by_staff, at_ms)
         VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (answer_id, who_id) DO UPDATE
         SET who_name = excluded.who_name, by_staff = excluded.by_staff, at_ms = excluded.at_ms",
        row.answer_id,
        row.who_id,
        &row.who_name,
        row.by_staff,
        row.at_ms
    )?;
    Ok(())
}

/// Forgets that a person pointed at an answer.
pub async fn forget_answer_mark(
    tx: &mut Tx,
    answer_id: i64,
    who_id: i64,
) -> Result<(), StoreError> {
    execute!(
        tx,
        "DELETE FROM answer_marks WHERE answer_id = $1 AND who_id = $2",
        answer_id,
        who_id
    )?;
    Ok(())
}

/// Leaves a question out of the digest until a moment (UTC milliseconds).
pub async fn snooze(
    tx: &mut Tx,
    question_id: i64,
    until_ms: i64,
    who_id: i64,
    who_name: &str,
) -> Result<(), StoreError> {
    execute!(
        tx,
        "INSERT INTO snoozes (question_id, until_ms, who_id, who_name) VALUES ($1, $2, $3, $4)
         ON CONFLICT (question_id) DO UPDATE
         SET until_ms = excluded.until_ms, who_id = excluded.who_id, who_name = excluded.who_name",
        question_id,
        until_ms,
        who_id,
        who_name
    )?;
    Ok(())
}

/// Takes back that a question is left out.
pub async fn unsnooze(tx: &mut Tx, question_id: i64) -> Result<(), StoreError> {
    execute!(
        tx,
        "DELETE FROM snoozes WHERE question_id = $1",
        question_id
    )?;
    Ok(())
}

/// That a question is left out of the digest.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct SnoozeRow {
    /// The question.
    pub question_id: i64,
    /// Until when, in UTC milliseconds.
    pub until_ms: i64,
    /// By whom.
    pub who_id: i64,
    /// Their name then.
    pub who_name: String,
}

/// The questions of a course that are left out at a moment (UTC milliseconds), by their rows.
pub async fn snoozed(
    tx: &mut Tx,
    course_id: i64,
    now_ms: i64,
) -> Result<HashMap<i64, SnoozeRow>, StoreError> {
    let rows: Vec<SnoozeRow> = on!(tx, |db| sqlx::query_as(
        "SELECT s.question_id, s.until_ms, s.who_id, s.who_name
         FROM snoozes s JOIN questions q ON q.id = s.question_id
         WHERE q.course_id = $1 AND s.until_ms > $2"
    )
    .bind(course_id)
    .bind(now_ms)
    .fetch_all(db)
    .await)?;
    let by_question = rows.into_iter().map(|row| (row.question_id, row));
    Ok(by_question.collect())
}
