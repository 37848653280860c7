//! Questions found by others: asked around a message, asking the same, folded into one.
//!
//! A busy channel holds thousands, and a thousand may ask the same; these are the queries that every
//! message or new question needs, so each finds its few rows in an index.

use super::super::{StoreError, Tx, on};
use super::QuestionRow;
use crate::domain::ids::ChannelId;

/// The newest questions of a channel, at most so many, that were asked since a moment (UTC milliseconds)
/// and before a place in the order of asking (UTC milliseconds and message), whatever their state, but
/// for those whose message asks nothing any more; the newest first.
pub async fn questions_before(
    tx: &mut Tx,
    channel: ChannelId,
    since_ms: i64,
    before: (i64, i64),
    limit: i64,
) -> Result<Vec<QuestionRow>, StoreError> {
    on!(tx, |db| sqlx::query_as(select_questions!(
        "WHERE channel_id = $1 AND asked_at_ms >= $2 AND (asked_at_ms, message_id) < ($3, $4)
           AND asks AND NOT gone
         ORDER BY asked_at_ms DESC, message_id DESC LIMIT $5"
    ))
    .bind(channel.to_db())
    .bind(since_ms)
    .bind(before.0)
    .bind(before.1)
    .bind(limit)
    .fetch_all(db)
    .await)
}

/// The same from a place on: the oldest questions, at most so many, the oldest first.
pub async fn questions_from(
    tx: &mut Tx,
    channel: ChannelId,
    from: (i64, i64),
    limit: i64,
) -> Result<Vec<QuestionRow>, StoreError> {
    on!(tx, |db| sqlx::query_as(select_questions!(
        "WHERE channel_id = $1 AND (asked_at_ms, message_id) >= ($2, $3) AND asks AND NOT gone
         ORDER BY asked_at_ms, message_id LIMIT $4"
    ))
    .bind(channel.to_db())
    .bind(from.0)
    .bind(from.1)
    .bind(limit)
    .fetch_all(db)
    .await)
}

/// The questions of a lecture that ask the same, stand for themselves and were asked before a place in
/// the order of asking (UTC milliseconds and message); in that order.
pub async fn same_questions_before(
    tx: &mut Tx,
    course_id: i64,
    lecture_id: Option<i64>,
    same_key: i64,
    before: (i64, i64),
) -> Result<Vec<QuestionRow>, StoreError> {
    on!(tx, |db| sqlx::query_as(select_questions!(
        "WHERE course_id = $1 AND lecture_id IS NOT DISTINCT FROM $2 AND same_key = $3
           AND merged_into IS NULL AND state IN ('open', 'suggested', 'answered')
           AND (asked_at_ms, message_id) < ($4, $5)
         ORDER BY asked_at_ms, message_id"
    ))
    .bind(course_id)
    .bind(lecture_id)
    .bind(same_key)
    .bind(before.0)
    .bind(before.1)
    .fetch_all(db)
    .await)
}

/// The questions of a lecture that ask the same, folded into others or not, and were asked after a
/// place in the order of asking (UTC milliseconds and message); in that order.
pub async fn same_questions_after(
    tx: &mut Tx,
    course_id: i64,
    lecture_id: Option<i64>,
    same_key: i64,
    after: (i64, i64),
) -> Result<Vec<QuestionRow>, StoreError> {
    on!(tx, |db| sqlx::query_as(select_questions!(
        "WHERE course_id = $1 AND lecture_id IS NOT DISTINCT FROM $2 AND same_key = $3
           AND state IN ('open', 'suggested', 'answered', 'merged')
           AND (asked_at_ms, message_id) > ($4, $5)
         ORDER BY asked_at_ms, message_id"
    ))
    .bind(course_id)
    .bind(lecture_id)
    .bind(same_key)
    .bind(after.0)
    .bind(after.1)
    .fetch_all(db)
    .await)
}

/// The questions that were folded into another, in the order of asking.
pub async fn merged_into(tx: &mut Tx, id: i64) -> Result<Vec<QuestionRow>, StoreError> {
    on!(tx, |db| sqlx::query_as(select_questions!(
        "WHERE merged_into = $1 AND state = 'merged' ORDER BY asked_at_ms, message_id"
    ))
    .bind(id)
    .fetch_all(db)
    .await)
}

/// The same, of which each is a forum's post.
pub async fn posts_merged_into(tx: &mut Tx, id: i64) -> Result<Vec<QuestionRow>, StoreError> {
    on!(tx, |db| sqlx::query_as(select_questions!(
        "WHERE merged_into = $1 AND state = 'merged' AND channel_id = message_id
         ORDER BY asked_at_ms, message_id"
    ))
    .bind(id)
    .fetch_all(db)
    .await)
}
