//! The changes of questions' states: who did what, when and why.

use super::{StoreError, Tx, insert_rows, on};

/// A change of a question's state.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct TransitionRow {
    /// The question.
    pub question_id: i64,
    /// The state it left.
    pub from_state: String,
    /// The state it entered.
    pub to_state: String,
    /// Who did it; `None`: Beadle itself.
    pub who_id: Option<i64>,
    /// Their name then.
    pub who_name: String,
    /// The reason's name.
    pub why: String,
    /// The message by which it was done: an answer, or what a reaction was put on.
    pub message_id: Option<i64>,
    /// When, in UTC milliseconds.
    pub at_ms: i64,
}

/// Keeps changes of state, in their order.
pub async fn put_transitions(tx: &mut Tx, changes: &[TransitionRow]) -> Result<(), StoreError> {
    insert_rows!(
        tx,
        "INSERT INTO transitions
           (question_id, from_state, to_state, who_id, who_name, why, message_id, at_ms)",
        changes,
        |values, change| values
            .push_bind(change.question_id)
            .push_bind(&change.from_state)
            .push_bind(&change.to_state)
            .push_bind(change.who_id)
            .push_bind(&change.who_name)
            .push_bind(&change.why)
            .push_bind(change.message_id)
            .push_bind(change.at_ms)
    )?;
    Ok(())
}

/// A question's changes of state, oldest first.
pub async fn transitions_of(
    tx: &mut Tx,
    question_id: i64,
) -> Result<Vec<TransitionRow>, StoreError> {
    on!(tx, |db| sqlx::query_as(
        "SELECT question_id, from_state, to_state, who_id, who_name, why, message_id, at_ms
         FROM transitions WHERE question_id = $1 ORDER BY id"
    )
    .bind(question_id)
    .fetch_all(db)
    .await)
}
