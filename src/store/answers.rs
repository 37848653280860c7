//! Answers: messages that are linked to questions, suggested or confirmed.

use super::{StoreError, Tx, execute, insert_rows, on};
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
    /// `suggested`, `confirmed` or `refused`.
    pub state: String,
    /// How sure Beadle was, from 0 to 1; 1 for what a person confirmed outright.
    pub confidence: f64,
    /// By what it was linked: `reply`, `thread`, `reading` or `hand`.
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

/// Links answers to their questions; the rows' `id` is not looked at. Returns how many are new.
pub async fn put_answers(tx: &mut Tx, rows: &[AnswerRow]) -> Result<u64, StoreError> {
    insert_rows!(
        tx,
        "INSERT INTO answers
           (question_id, channel_id, message_id, author_id, author_name, text, state, confidence,
            linked_by, linked_at_ms)",
        rows,
        |values, row| values
            .push_bind(row.question_id)
            .push_bind(row.channel_id)
            .push_bind(row.message_id)
            .push_bind(row.author_id)
            .push_bind(&row.author_name)
            .push_bind(&row.text)
            .push_bind(&row.state)
            .push_bind(row.confidence)
            .push_bind(&row.linked_by)
            .push_bind(row.linked_at_ms),
        "ON CONFLICT (question_id, message_id) DO NOTHING"
    )
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

/// A question's answers, those of the questions folded into it included, but for those that a person
/// has refused: confirmed ones first, then
/// by confidence, then as they came.
pub async fn answers_of(tx: &mut Tx, question_id: i64) -> Result<Vec<AnswerRow>, StoreError> {
    on!(tx, |db| sqlx::query_as(select_answers!(
        "WHERE state <> 'refused' AND (question_id = $1
            OR question_id IN (SELECT id FROM questions WHERE merged_into = $1))
         ORDER BY state, confidence DESC, message_id"
    ))
    .bind(question_id)
    .fetch_all(db)
    .await)
}

/// What is linked to a question itself as an answer, also what was refused: the surest first, then as they
/// came.
pub async fn linked_to(tx: &mut Tx, question_id: i64) -> Result<Vec<AnswerRow>, StoreError> {
    on!(tx, |db| sqlx::query_as(select_answers!(
        "WHERE question_id = $1 ORDER BY confidence DESC, message_id, id"
    ))
    .bind(question_id)
    .fetch_all(db)
    .await)
}

/// Makes an answer confirmed, refused, or a suggestion again.
pub async fn set_answer_state(tx: &mut Tx, id: i64, state: &str) -> Result<(), StoreError> {
    execute!(tx, "UPDATE answers SET state = $2 WHERE id = $1", id, state)?;
    Ok(())
}

/// Writes what an answer says, how sure Beadle is and by what it was linked.
pub async fn rewrite_answer(tx: &mut Tx, row: &AnswerRow) -> Result<(), StoreError> {
    execute!(
        tx,
        "UPDATE answers SET text = $2, confidence = $3, linked_by = $4 WHERE id = $1",
        row.id,
        &row.text,
        row.confidence,
        &row.linked_by
    )?;
    Ok(())
}

/// Unlinks an answer and erases its text.
pub async fn forget_answer(tx: &mut Tx, id: i64) -> Result<(), StoreError> {
    execute!(tx, "DELETE FROM answers WHERE id = $1", id)?;
    Ok(())
}
