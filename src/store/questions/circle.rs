//! What a question's state follows from: what was said of it and of those folded into it.
//!
//! Thousands may be folded into one, so that what is asked for here is only what decides, and none of
//! what they say.

use super::super::marks::ReactionRow;
use super::super::verdicts::{AnswerMarkRow, VerdictRow};
use super::super::{StoreError, Tx, on};

/// A question, by itself or together with those that were folded into it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Circle {
    id: i64,
    /// Into which question others were folded that count too; `None`: no others count.
    folded_into: Option<i64>,
}

impl Circle {
    /// The question by itself.
    pub const fn one(id: i64) -> Self {
        Self {
            id,
            folded_into: None,
        }
    }

    /// The question with those folded into it.
    pub const fn whole(id: i64) -> Self {
        Self {
            id,
            folded_into: Some(id),
        }
    }
}

/// The ids of a circle's questions: `$1` is its question, `$2` into which question the others were folded.
macro_rules! circle {
    () => {
        "(SELECT CAST($1 AS BIGINT)
          UNION ALL SELECT id FROM questions WHERE merged_into = $2 AND state = 'merged')"
    };
}

/// Who asked, and how many questions of the circle each of them.
pub async fn askers(tx: &mut Tx, circle: Circle) -> Result<Vec<(i64, i64)>, StoreError> {
    on!(tx, |db| sqlx::query_as(concat!(
        "SELECT asker_id, COUNT(*) FROM questions WHERE id IN ",
        circle!(),
        " GROUP BY asker_id"
    ))
    .bind(circle.id)
    .bind(circle.folded_into)
    .fetch_all(db)
    .await)
}

/// What decides of an answer.
#[derive(Debug, Clone, PartialEq, sqlx::FromRow)]
pub struct LinkedRow {
    /// The answer's id.
    pub id: i64,
    /// Its message.
    pub message_id: i64,
    /// Who wrote it.
    pub author_id: i64,
    /// Their name then.
    pub author_name: String,
    /// `suggested`, `confirmed` or `refused`.
    pub state: String,
    /// How sure Beadle was, from 0 to 1; 1 for what a person confirmed outright.
    pub confidence: f64,
}

/// What is linked to the circle as an answer: the surest first, then as they came.
pub async fn linked(tx: &mut Tx, circle: Circle) -> Result<Vec<LinkedRow>, StoreError> {
    on!(tx, |db| sqlx::query_as(concat!(
        "SELECT id, message_id, author_id, author_name, state, confidence
         FROM answers WHERE question_id IN ",
        circle!(),
        " ORDER BY confidence DESC, message_id, id"
    ))
    .bind(circle.id)
    .bind(circle.folded_into)
    .fetch_all(db)
    .await)
}

/// The first reaction with an emoji that its asker or staff put on a question of the circle, and that
/// stands since after a moment (UTC milliseconds).
pub async fn askers_reaction(
    tx: &mut Tx,
    circle: Circle,
    emoji: &str,
    after_ms: i64,
) -> Result<Option<ReactionRow>, StoreError> {
    on!(tx, |db| sqlx::query_as(concat!(
        "SELECT r.message_id, r.person_id, r.emoji, r.by_name, r.by_staff, r.at_ms, r.since_ms
         FROM questions q JOIN reactions r ON r.message_id = q.message_id
         WHERE NOT r.taken AND r.emoji = $3 AND r.since_ms > $4
           AND (r.by_staff OR r.person_id = q.asker_id) AND q.id IN ",
        circle!(),
        " ORDER BY r.at_ms, r.message_id, r.person_id LIMIT 1"
    ))
    .bind(circle.id)
    .bind(circle.folded_into)
    .bind(emoji)
    .bind(after_ms)
    .fetch_optional(db)
    .await)
}

/// Whether a person has a reaction with an emoji on any answer, or has pointed at one.
pub async fn has_judged(tx: &mut Tx, person_id: i64, emoji: &str) -> Result<bool, StoreError> {
    let count: i64 = on!(tx, |db| sqlx::query_scalar(
        "SELECT (SELECT COUNT(*) FROM reactions r JOIN answers a ON a.message_id = r.message_id
                 WHERE r.person_id = $1 AND r.emoji = $2 AND NOT r.taken)
              + (SELECT COUNT(*) FROM answer_marks WHERE who_id = $1)"
    )
    .bind(person_id)
    .bind(emoji)
    .fetch_one(db)
    .await)?;
    Ok(count > 0)
}

/// The reactions with an emoji on the circle's answers that stand since after a moment (UTC milliseconds),
/// first come first.
pub async fn reactions_on_answers(
    tx: &mut Tx,
    circle: Circle,
    emoji: &str,
    after_ms: i64,
) -> Result<Vec<ReactionRow>, StoreError> {
    on!(tx, |db| sqlx::query_as(concat!(
        "SELECT message_id, person_id, emoji, by_name, by_staff, at_ms, since_ms FROM reactions
         WHERE NOT taken AND emoji = $3 AND since_ms > $4
           AND message_id IN (SELECT message_id FROM answers WHERE question_id IN ",
        circle!(),
        ") ORDER BY at_ms, message_id, person_id"
    ))
    .bind(circle.id)
    .bind(circle.folded_into)
    .bind(emoji)
    .bind(after_ms)
    .fetch_all(db)
    .await)
}

/// Who has pointed at any of the circle's answers, first come first.
pub async fn answer_marks(tx: &mut Tx, circle: Circle) -> Result<Vec<AnswerMarkRow>, StoreError> {
    on!(tx, |db| sqlx::query_as(concat!(
        "SELECT m.answer_id, m.who_id, m.who_name, m.by_staff, m.at_ms
         FROM answer_marks m JOIN answers a ON a.id = m.answer_id WHERE a.question_id IN ",
        circle!(),
        " ORDER BY m.at_ms, m.answer_id, m.who_id"
    ))
    .bind(circle.id)
    .bind(circle.folded_into)
    .fetch_all(db)
    .await)
}

/// The newest word on any question of the circle.
pub async fn last_verdict(tx: &mut Tx, circle: Circle) -> Result<Option<VerdictRow>, StoreError> {
    on!(tx, |db| sqlx::query_as(concat!(
        "SELECT id, question_id, verdict, who_id, who_name, at_ms
         FROM verdicts WHERE question_id IN ",
        circle!(),
        " ORDER BY at_ms DESC, id DESC LIMIT 1"
    ))
    .bind(circle.id)
    .bind(circle.folded_into)
    .fetch_optional(db)
    .await)
}

/// When any question of the circle was last reopened, in UTC milliseconds.
pub async fn last_reopening(tx: &mut Tx, circle: Circle) -> Result<Option<i64>, StoreError> {
    on!(tx, |db| sqlx::query_scalar(concat!(
        "SELECT MAX(at_ms) FROM verdicts WHERE verdict = 'reopened' AND question_id IN ",
        circle!()
    ))
    .bind(circle.id)
    .bind(circle.folded_into)
    .fetch_one(db)
    .await)
}
