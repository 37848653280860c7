//! Which of a course's questions a person asks to see, a page at a time.

use super::questions::{QuestionRow, select_questions};
use super::{StoreError, Tx, on};

/// Which questions of a course are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Filter<'a> {
    /// The course.
    pub course_id: i64,
    /// The names of their states, each between commas: `,open,suggested,`.
    pub states: &'a str,
    /// Their lecture; `None`: any, and none.
    pub lecture_id: Option<i64>,
    /// From where up to, not including, where in the recording, in seconds.
    pub within: Option<(i64, i64)>,
    /// Who asked them, or one that was folded into them.
    pub asker_id: Option<i64>,
    /// Left out of the digest at that moment (UTC milliseconds); `None`: whether or not.
    pub snoozed_at_ms: Option<i64>,
    /// In the order of asking, or against it.
    pub oldest_first: bool,
}

/// What a filter lets through. Its order does not depend on which questions a page begins with.
macro_rules! where_listed {
    ($($rest:literal),*) => {
        concat!(
            "WHERE course_id = $1 AND $2 LIKE '%,' || state || ',%'
               AND ($3 IS NULL OR lecture_id = $3)
               AND ($4 IS NULL OR (offset_s >= $4 AND offset_s < $5))
               AND ($6 IS NULL OR asker_id = $6
                    OR EXISTS (SELECT 1 FROM questions AS folded
                               WHERE folded.merged_into = questions.id AND folded.asker_id = $6))
               AND ($7 IS NULL OR EXISTS (SELECT 1 FROM snoozes
                                          WHERE question_id = questions.id AND until_ms > $7))",
            $($rest),*
        )
    };
}

/// Questions that a filter lets through: so many, after so many.
pub async fn listed(
    tx: &mut Tx,
    filter: &Filter<'_>,
    after: i64,
    limit: i64,
) -> Result<Vec<QuestionRow>, StoreError> {
    let sign = if filter.oldest_first { 1_i64 } else { -1 };
    on!(tx, |db| sqlx::query_as(select_questions!(where_listed!(
        " ORDER BY asked_at_ms * $8, message_id * $8 LIMIT $9 OFFSET $10"
    )))
    .bind(filter.course_id)
    .bind(filter.states)
    .bind(filter.lecture_id)
    .bind(filter.within.map(|(from, _)| from))
    .bind(filter.within.map(|(_, to)| to))
    .bind(filter.asker_id)
    .bind(filter.snoozed_at_ms)
    .bind(sign)
    .bind(limit)
    .bind(after)
    .fetch_all(db)
    .await)
}

/// How many questions a filter lets through.
pub async fn count_listed(tx: &mut Tx, filter: &Filter<'_>) -> Result<i64, StoreError> {
    on!(tx, |db| sqlx::query_scalar(concat!(
        "SELECT COUNT(*) FROM questions ",
        where_listed!()
    ))
    .bind(filter.course_id)
    .bind(filter.states)
    .bind(filter.lecture_id)
    .bind(filter.within.map(|(from, _)| from))
    .bind(filter.within.map(|(_, to)| to))
    .bind(filter.asker_id)
    .bind(filter.snoozed_at_ms)
    .fetch_one(db)
    .await)
}
