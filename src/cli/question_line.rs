//! A question as one line of JSON: the shape that `replay --json` and `questions --json` share.

use serde::Serialize;

use crate::app::courses::{ServedCourse, offset_from_db};
use crate::domain::ids::MessageId;
use crate::store::questions::{self, QuestionRow};
use crate::store::{StoreError, Tx, answers};

/// A question, what it is about, and what was linked as its answer.
#[derive(Debug, Clone, Serialize)]
pub struct QuestionLine {
    /// Always `question`.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// The id of its message.
    pub message: String,
    /// The name of its state.
    pub state: String,
    /// The slug of its lecture.
    pub lecture: Option<String>,
    /// Where in the recording, in seconds.
    pub offset: Option<i64>,
    /// The title of the topic there.
    pub topic: Option<String>,
    /// By how many people it was asked.
    pub asked_by: i64,
    /// The id of the message of the question that it was folded into.
    pub merged_into: Option<String>,
    /// What was linked as an answer to this very question: what answers one that was folded into it
    /// stands there.
    pub answers: Vec<AnswerLine>,
}

/// An answer of a [`QuestionLine`].
#[derive(Debug, Clone, Serialize)]
pub struct AnswerLine {
    /// The id of its message.
    pub message: String,
    /// `suggested` or `confirmed`.
    pub state: String,
    /// From 0 to 1.
    pub confidence: f64,
}

/// How ids are shown.
pub trait Names {
    /// A message's.
    fn message(&self, id: MessageId) -> String {
        id.to_string()
    }
}

/// Every question of a course in the order of asking, its row beside it; of one state, or of any.
///
/// # Errors
/// When the database fails.
pub async fn question_lines(
    tx: &mut Tx,
    served: &ServedCourse,
    state: Option<&str>,
    names: &impl Names,
) -> Result<Vec<(QuestionRow, QuestionLine)>, StoreError> {
    let askers: std::collections::HashMap<i64, i64> = questions::askers_of_questions(tx, served.id)
        .await?
        .into_iter()
        .collect();
    let mut lines = Vec::new();
    for row in questions::questions_of_course(tx, served.id, state).await? {
        let mut line = line_of(&row, served, names);
        if row.merged_into.is_none() {
            line.asked_by = askers.get(&row.id).copied().unwrap_or(1);
        }
        line.merged_into = match row.merged_into {
            Some(first) => questions::question(tx, first)
                .await?
                .map(|first| names.message(MessageId::from_db(first.message_id))),
            None => None,
        };
        line.answers = answers_of(tx, &row, names).await?;
        lines.push((row, line));
    }
    Ok(lines)
}

fn line_of(row: &QuestionRow, served: &ServedCourse, names: &impl Names) -> QuestionLine {
    let lecture = row
        .lecture_id
        .and_then(|id| served.lecture(id))
        .map(|served| &served.lecture);
    let topic = lecture.zip(row.offset_s).and_then(|(lecture, offset_s)| {
        let covered = lecture.at(offset_from_db(offset_s));
        covered.topic().map(|covered| covered.topic.title.clone())
    });
    QuestionLine {
        kind: "question",
        message: names.message(MessageId::from_db(row.message_id)),
        state: row.state.clone(),
        lecture: lecture.map(|lecture| lecture.slug.clone()),
        offset: row.offset_s,
        topic,
        asked_by: 1,
        merged_into: None,
        answers: Vec::new(),
    }
}

async fn answers_of(
    tx: &mut Tx,
    row: &QuestionRow,
    names: &impl Names,
) -> Result<Vec<AnswerLine>, StoreError> {
    let mut rows = answers::linked_to(tx, row.id).await?;
    // Confirmed ones first; among those alike, the surest.
    rows.sort_by(|a, b| a.state.cmp(&b.state));
    let line = |row: answers::AnswerRow| AnswerLine {
        message: names.message(MessageId::from_db(row.message_id)),
        state: row.state,
        confidence: row.confidence,
    };
    Ok(rows.into_iter().map(line).collect())
}
