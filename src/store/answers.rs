//! Answers: messages that are linked to questions, suggested or confirmed.

use super::{StoreError, Tx, execute, on};
use crate::domain::ids::MessageId;

/// An answer's row.
#[derive(Debug, Clone, PartialEq, sqlx::FromRow)]
pub struct AnswerRow {
    /// The row's id.
    pub id: i64,
    /// The question that it answers.
    pub question_id: i64,
    /// The channel or thread that holds its message.
    pub channel_id: i64,
    /// Its message.
    pub message_id: i64,
    /// Who wrote it.
    pub author_id: i64,
    /// Their name then.
    pub author_name: String,
    /// What it says.
    pub text: String,
    /// `suggested` or `confirmed`.
    pub state: String,
    /// How sure Beadle was, from 0 to 1; 1 for what a person confirmed outright.
    pub confidence: f64,
    /// By what it was linked: `reply`, `thread` or `reading`.
    pub linked_by: String,
    /// When, in UTC milliseconds.
    pub linked_at_ms: i64,
}

/// Every column of an answer, in one place.
macro_rules! select_answers {
    ($($rest:literal),+) => {
        concat!(
            "SELECT id, question_id, channel_id, message_id, author_id, author_name, text, state,
                    confidence, linked_by, linked_at_ms
             FROM answers ",
            $($rest),+
        )
    };
}

/// Links an answer to its question; the row's `id` is not looked at. Returns whether it is new.
pub async fn put_answer(tx: &mut Tx, row: &AnswerRow) -> Result<bool, StoreError> {
    let id: Option<i64> = on!(tx, |db| sqlx::query_scalar(
        "INSERT INTO answers
           (question_id, channel_id, message_id, author_id, author_name, text, state, confidence,
            linked_by, linked_at_ms)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
         ON CONFLICT (question_id, message_id) DO NOTHING RETURNING id",
    )
    .bind(row.question_id)
    .bind(row.channel_id)
    .bind(row.message_id)
    .bind(row.author_id)
    .bind(&row.author_name)
    .bind(&row.text)
    .bind(&row.state)
    .bind(row.confidence)
    .bind(&row.linked_by)
    .bind(row.linked_at_ms)
    .fetch_optional(db)
    .await)?;
    Ok(id.is_some())
}

/// What a message answers; usually one question.
pub async fn answers_by_message(
    tx: &mut Tx,
    message: MessageId,
) -> Result<Vec<AnswerRow>, StoreError> {
    on!(tx, |db| sqlx::query_as(select_answers!(
        "WHERE message_id = $1 ORDER BY id"
    ))
    .bind(message.to_db())
    .fetch_all(db)
    .await)
}

/// A question's answers: confirmed ones first, then by confidence, then as they came.
pub async fn answers_of(tx: &mut Tx, question_id: i64) -> Result<Vec<AnswerRow>, StoreError> {
    on!(tx, |db| sqlx::query_as(select_answers!(
        "WHERE question_id = $1 ORDER BY state, confidence DESC, message_id"
    ))
    .bind(question_id)
    .fetch_all(db)
    .await)
}

/// Makes an answer confirmed, or a suggestion again.
pub async fn set_answer_state(tx: &mut Tx, id: i64, state: &str) -> Result<(), StoreError> {
    execute!(tx, "UPDATE answers SET state = $2 WHERE id = $1", id, state)?;
    Ok(())
}

/// Puts an edited text in the place of the one before.
pub async fn rewrite_answer(tx: &mut Tx, id: i64, text: &str) -> Result<(), StoreError> {
    execute!(tx, "UPDATE answers SET text = $2 WHERE id = $1", id, text)?;
    Ok(())
}

/// Unlinks an answer and erases its text.
pub async fn forget_answer(tx: &mut Tx, id: i64) -> Result<(), StoreError> {
    execute!(tx, "DELETE FROM answers WHERE id = $1", id)?;
    Ok(())
}

/// Links the answers of one question to another; what is linked there already stays.
pub async fn move_answers(tx: &mut Tx, from: i64, to: i64) -> Result<(), StoreError> {
    execute!(
        tx,
        "UPDATE answers SET question_id = $2
         WHERE question_id = $1
           AND NOT EXISTS (SELECT 1 FROM answers other
                           WHERE other.question_id = $2
                             AND other.message_id = answers.message_id)",
        from,
        to
    )?;
    Ok(())
}
