//! Questions and the changes of their state.

use super::{StoreError, Tx, execute, insert_rows, on};
use crate::domain::ids::{ChannelId, MessageId, ServerId};

/// A question's row.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct QuestionRow {
    /// The row's id.
    pub id: i64,
    /// Its course.
    pub course_id: i64,
    /// The lecture that it is about, where that could be told.
    pub lecture_id: Option<i64>,
    /// The server that holds its message.
    pub server_id: i64,
    /// The channel or thread that holds its message.
    pub channel_id: i64,
    /// Its message.
    pub message_id: i64,
    /// Who asked.
    pub asker_id: i64,
    /// Their name when they asked.
    pub asker_name: String,
    /// The whole message; empty once it was withdrawn.
    pub text: String,
    /// The sentences that ask, a line each.
    pub asking: String,
    /// Where in the recording, in seconds.
    pub offset_s: Option<i64>,
    /// The name of its state.
    pub state: String,
    /// The question that it was folded into.
    pub merged_into: Option<i64>,
    /// Whether a person gathered it.
    pub by_hand: bool,
    /// When it was asked, in UTC milliseconds.
    pub asked_at_ms: i64,
    /// Of which edit the text is, in UTC milliseconds; as asked: `asked_at_ms`.
    pub edited_at_ms: i64,
    /// When it was closed, in UTC milliseconds.
    pub closed_at_ms: Option<i64>,
    /// Whether its message asks something, as it reads now.
    pub asks: bool,
    /// Whether its message was deleted.
    pub gone: bool,
    /// The same for questions that ask the same; `None` where there is nothing to compare.
    pub same_key: Option<i64>,
}

/// Every column of a question, in one place.
macro_rules! select_questions {
    ($($rest:expr),+) => {
        concat!(
            "SELECT id, course_id, lecture_id, server_id, channel_id, message_id, asker_id,
                    asker_name, text, asking, offset_s, state, merged_into, by_hand, asked_at_ms,
                    edited_at_ms, closed_at_ms, asks, gone, same_key
             FROM questions ",
            $($rest),+
        )
    };
}
pub(super) use select_questions;

// Below the macro, which it uses.
pub mod circle;
mod near;

pub use circle::{Circle, LinkedRow};
pub use near::{
    merged_into, posts_merged_into, questions_before, questions_from, same_questions_after,
    same_questions_before,
};

/// Numbers for so many new questions.
pub async fn new_ids(tx: &mut Tx, count: i64) -> Result<Vec<i64>, StoreError> {
    match tx {
        // There is one writer, and it is this transaction.
        Tx::Sqlite(tx) => {
            let last: i64 = sqlx::query_scalar("SELECT COALESCE(MAX(id), 0) FROM questions")
                .fetch_one(&mut **tx)
                .await?;
            Ok((last + 1..=last + count).collect())
        }
        // Here there may be others, and a sequence gives no number twice.
        Tx::Postgres(tx, _) => Ok(sqlx::query_scalar(
            "SELECT nextval(pg_get_serial_sequence('questions', 'id'))
             FROM generate_series(1, $1)",
        )
        .bind(count)
        .fetch_all(&mut **tx)
        .await?),
    }
}

/// Writes new questions under the numbers that they have been given.
///
/// # Errors
/// [`StoreError::Raced`] when the message of one is a question already.
pub async fn put_questions(tx: &mut Tx, rows: &[QuestionRow]) -> Result<(), StoreError> {
    let put = insert_rows!(
        tx,
        "INSERT INTO questions
           (id, course_id, lecture_id, server_id, channel_id, message_id, asker_id, asker_name,
            text, asking, offset_s, state, merged_into, by_hand, asked_at_ms, edited_at_ms,
            closed_at_ms, asks, gone, same_key)",
        rows,
        |values, row| values
            .push_bind(row.id)
            .push_bind(row.course_id)
            .push_bind(row.lecture_id)
            .push_bind(row.server_id)
            .push_bind(row.channel_id)
            .push_bind(row.message_id)
            .push_bind(row.asker_id)
            .push_bind(&row.asker_name)
            .push_bind(&row.text)
            .push_bind(&row.asking)
            .push_bind(row.offset_s)
            .push_bind(&row.state)
            .push_bind(row.merged_into)
            .push_bind(row.by_hand)
            .push_bind(row.asked_at_ms)
            .push_bind(row.edited_at_ms)
            .push_bind(row.closed_at_ms)
            .push_bind(row.asks)
            .push_bind(row.gone)
            .push_bind(row.same_key),
        "ON CONFLICT (message_id) DO NOTHING"
    )?;
    if put == rows.len() as u64 {
        Ok(())
    } else {
        Err(StoreError::Raced)
    }
}

/// What the questions of a lecture ask, as numbers; those with nothing to compare left out.
pub async fn same_keys(
    tx: &mut Tx,
    course_id: i64,
    lecture_id: Option<i64>,
) -> Result<Vec<i64>, StoreError> {
    on!(tx, |db| sqlx::query_scalar(
        "SELECT DISTINCT same_key FROM questions
         WHERE course_id = $1 AND lecture_id IS NOT DISTINCT FROM $2 AND same_key IS NOT NULL"
    )
    .bind(course_id)
    .bind(lecture_id)
    .fetch_all(db)
    .await)
}

/// The question of that row.
pub async fn question(tx: &mut Tx, id: i64) -> Result<Option<QuestionRow>, StoreError> {
    on!(tx, |db| sqlx::query_as(select_questions!("WHERE id = $1"))
        .bind(id)
        .fetch_optional(db)
        .await)
}

/// The question that a message asks.
pub async fn question_by_message(
    tx: &mut Tx,
    message: MessageId,
) -> Result<Option<QuestionRow>, StoreError> {
    on!(tx, |db| sqlx::query_as(select_questions!(
        "WHERE message_id = $1"
    ))
    .bind(message.to_db())
    .fetch_optional(db)
    .await)
}

/// A course's questions, in the order of asking; of one state, or of any.
pub async fn questions_of_course(
    tx: &mut Tx,
    course_id: i64,
    state: Option<&str>,
) -> Result<Vec<QuestionRow>, StoreError> {
    on!(tx, |db| sqlx::query_as(select_questions!(
        "WHERE course_id = $1 AND ($2 IS NULL OR state = $2) ORDER BY asked_at_ms, message_id"
    ))
    .bind(course_id)
    .bind(state)
    .fetch_all(db)
    .await)
}

/// A course's questions that wait for an answer, in the order of asking.
pub async fn waiting_questions(
    tx: &mut Tx,
    course_id: i64,
) -> Result<Vec<QuestionRow>, StoreError> {
    on!(tx, |db| sqlx::query_as(select_questions!(
        "WHERE course_id = $1 AND state IN ('open', 'suggested') ORDER BY asked_at_ms, message_id"
    ))
    .bind(course_id)
    .fetch_all(db)
    .await)
}

/// The messages of a server's questions that wait, with those folded into them, or that were closed
/// after a moment (UTC milliseconds), and of the answers linked to them; by channel, then by message.
pub async fn messages_to_reread(
    tx: &mut Tx,
    server: ServerId,
    closed_since_ms: i64,
) -> Result<Vec<(ChannelId, MessageId)>, StoreError> {
    let rows: Vec<(i64, i64)> = on!(tx, |db| sqlx::query_as(
        "WITH reread AS (
           SELECT id, channel_id, message_id FROM questions
           WHERE server_id = $1 AND NOT gone
             AND (state IN ('open', 'suggested') OR closed_at_ms > $2
                  OR merged_into IN (SELECT id FROM questions
                                     WHERE server_id = $1 AND state IN ('open', 'suggested'))))
         SELECT channel_id, message_id FROM reread
         UNION
         SELECT a.channel_id, a.message_id FROM answers a JOIN reread r ON r.id = a.question_id
         ORDER BY 1, 2"
    )
    .bind(server.to_db())
    .bind(closed_since_ms)
    .fetch_all(db)
    .await)?;
    Ok(rows
        .into_iter()
        .map(|(channel, message)| (ChannelId::from_db(channel), MessageId::from_db(message)))
        .collect())
}

/// The messages of a channel or thread that are questions, or answers to any.
pub async fn messages_in(tx: &mut Tx, channel: ChannelId) -> Result<Vec<MessageId>, StoreError> {
    let ids: Vec<i64> = on!(tx, |db| sqlx::query_scalar(
        "SELECT message_id FROM questions WHERE channel_id = $1 AND NOT gone
         UNION SELECT message_id FROM answers WHERE channel_id = $1 ORDER BY 1"
    )
    .bind(channel.to_db())
    .fetch_all(db)
    .await)?;
    Ok(ids.into_iter().map(MessageId::from_db).collect())
}

/// How many questions were asked about a lecture, without those that were taken back.
pub async fn count_of_lecture(tx: &mut Tx, lecture_id: i64) -> Result<i64, StoreError> {
    on!(tx, |db| sqlx::query_scalar(
        "SELECT COUNT(*) FROM questions WHERE lecture_id = $1 AND state <> 'withdrawn'"
    )
    .bind(lecture_id)
    .fetch_one(db)
    .await)
}

/// How many waiting questions of a lecture have their offset from `start_s` up to, not including,
/// `end_s`.
pub async fn count_waiting_within(
    tx: &mut Tx,
    lecture_id: i64,
    start_s: i64,
    end_s: i64,
) -> Result<i64, StoreError> {
    on!(tx, |db| sqlx::query_scalar(
        "SELECT COUNT(*) FROM questions
         WHERE lecture_id = $1 AND state IN ('open', 'suggested')
           AND offset_s >= $2 AND offset_s < $3"
    )
    .bind(lecture_id)
    .bind(start_s)
    .bind(end_s)
    .fetch_one(db)
    .await)
}

/// How many questions of that span wait or are answered.
pub async fn count_asked_within(
    tx: &mut Tx,
    lecture_id: i64,
    start_s: i64,
    end_s: i64,
) -> Result<i64, StoreError> {
    on!(tx, |db| sqlx::query_scalar(
        "SELECT COUNT(*) FROM questions
         WHERE lecture_id = $1 AND state IN ('open', 'suggested', 'answered')
           AND offset_s >= $2 AND offset_s < $3"
    )
    .bind(lecture_id)
    .bind(start_s)
    .bind(end_s)
    .fetch_one(db)
    .await)
}

/// Answered questions of that span, the last answered first.
pub async fn answered_within(
    tx: &mut Tx,
    lecture_id: i64,
    start_s: i64,
    end_s: i64,
    limit: i64,
) -> Result<Vec<QuestionRow>, StoreError> {
    on!(tx, |db| sqlx::query_as(select_questions!(
        "WHERE lecture_id = $1 AND state = 'answered' AND offset_s >= $2 AND offset_s < $3
         ORDER BY closed_at_ms DESC, id DESC LIMIT $4"
    ))
    .bind(lecture_id)
    .bind(start_s)
    .bind(end_s)
    .bind(limit)
    .fetch_all(db)
    .await)
}

/// By how many people each question of a course was asked, those folded into it included.
pub async fn askers_of_questions(
    tx: &mut Tx,
    course_id: i64,
) -> Result<Vec<(i64, i64)>, StoreError> {
    on!(tx, |db| sqlx::query_as(
        "SELECT COALESCE(merged_into, id) AS asked, COUNT(DISTINCT asker_id) FROM questions
         WHERE course_id = $1 AND state IN ('open', 'suggested', 'answered', 'merged')
         GROUP BY COALESCE(merged_into, id)"
    )
    .bind(course_id)
    .fetch_all(db)
    .await)
}

/// Writes what a question says and the facts that its state follows from: its text, what it asks, its
/// offset, of which edit that is, whether it asks, whether it is gone, who gathered it.
pub async fn rewrite_question(tx: &mut Tx, row: &QuestionRow) -> Result<(), StoreError> {
    execute!(
        tx,
        "UPDATE questions
         SET text = $2, asking = $3, offset_s = $4, edited_at_ms = $5, asks = $6, gone = $7,
             by_hand = $8, same_key = $9, asker_name = $10
         WHERE id = $1",
        row.id,
        &row.text,
        &row.asking,
        row.offset_s,
        row.edited_at_ms,
        row.asks,
        row.gone,
        row.by_hand,
        row.same_key,
        &row.asker_name
    )?;
    Ok(())
}

/// Puts a question into another state. `closed_at_ms` is set with a state that closes it, and emptied
/// by one that reopens it.
pub async fn change_state(
    tx: &mut Tx,
    id: i64,
    state: &str,
    merged_into: Option<i64>,
    closed_at_ms: Option<i64>,
) -> Result<(), StoreError> {
    execute!(
        tx,
        "UPDATE questions SET state = $2, merged_into = $3, closed_at_ms = $4 WHERE id = $1",
        id,
        state,
        merged_into,
        closed_at_ms
    )?;
    Ok(())
}

/// How many of a course's questions stand answered since a moment (UTC milliseconds).
pub async fn count_answered_since(
    tx: &mut Tx,
    course_id: i64,
    since_ms: i64,
) -> Result<i64, StoreError> {
    on!(tx, |db| sqlx::query_scalar(
        "SELECT COUNT(*) FROM questions
         WHERE course_id = $1 AND closed_at_ms > $2 AND state = 'answered'"
    )
    .bind(course_id)
    .bind(since_ms)
    .fetch_one(db)
    .await)
}
