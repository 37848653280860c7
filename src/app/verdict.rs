//! What people say of a question with a command, a menu or a control: that it is answered, that it
//! needs no answer, that it is open again; which message answers it; that it can wait.
//!
//! Here it is only written down, as one more fact. What follows from it is [`super::life`]'s to say.

use jiff::Timestamp;

use super::answer;
use super::courses::ServedCourse;
use super::event::{Message, Person};
use super::gather::storable;
use super::life::{self, Cause};
use super::turn::Turn;
use crate::domain::question::{QuestionState, Why};
use crate::store::StoreError;
use crate::store::questions::{self, QuestionRow};
use crate::store::verdicts::{self, AnswerMarkRow, VerdictRow};

/// The last word on a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// It is answered.
    Answered,
    /// It needs no answer.
    Dismissed,
    /// It is open again, whatever was said before.
    Reopened,
}

impl Verdict {
    /// The word's name in the database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::Dismissed => "dismissed",
            Self::Reopened => "reopened",
        }
    }

    const fn why(self) -> Why {
        match self {
            Self::Answered => Why::MarkedAnswered,
            Self::Dismissed => Why::MarkedDismissed,
            Self::Reopened => Why::Reopened,
        }
    }

    /// Whether a person may say that of a question: that it is answered and that it is not, staff and
    /// whoever asked it; that it needs no answer, staff.
    pub async fn is_for(
        self,
        turn: &mut Turn<'_>,
        served: &ServedCourse,
        question: &QuestionRow,
        person: &Person,
    ) -> Result<bool, StoreError> {
        if served.is_staff(person) || person.manages_server {
            return Ok(true);
        }
        Ok(self != Self::Dismissed && asked(turn, question, person).await?)
    }
}

/// Whether a person asked a question, or one that was folded into it.
pub(crate) async fn asked(
    turn: &mut Turn<'_>,
    question: &QuestionRow,
    person: &Person,
) -> Result<bool, StoreError> {
    let me = person.id.to_db();
    if question.asker_id == me {
        return Ok(true);
    }
    let folded = questions::merged_into(turn.db().await?, question.id).await?;
    Ok(folded.iter().any(|row| row.asker_id == me))
}

/// Says something of a question, or of the one that stands for it. Whether the person may is for the
/// caller to ask ([`Verdict::is_for`]). Returns the question as it stands then.
pub(crate) async fn say(
    turn: &mut Turn<'_>,
    question: QuestionRow,
    verdict: Verdict,
    person: &Person,
) -> Result<QuestionRow, StoreError> {
    let row = life::standing_for(turn, question).await?;
    let word = VerdictRow {
        question_id: row.id,
        verdict: verdict.name().to_owned(),
        who_id: person.id.to_db(),
        who_name: storable(&person.name),
        at_ms: turn.now_ms(),
    };
    verdicts::put_verdict(turn.db().await?, &word).await?;
    if verdict == Verdict::Reopened {
        verdicts::unsnooze(turn.db().await?, row.id).await?;
        turn.touched.insert(row.id);
    }
    reviewed(turn, row, person, verdict.why()).await
}

/// Points at a message as the answer to a question. From staff or an asker that answers it, from
/// anybody else it is a suggestion. Returns the question as it stands then.
pub(crate) async fn point_at(
    turn: &mut Turn<'_>,
    served: &ServedCourse,
    question: QuestionRow,
    message: &Message,
    person: &Person,
) -> Result<QuestionRow, StoreError> {
    let row = life::standing_for(turn, question).await?;
    if let Some(answer) = answer::link_by_hand(turn, message, row.id).await? {
        let mark = AnswerMarkRow {
            answer_id: answer.id,
            who_id: person.id.to_db(),
            who_name: storable(&person.name),
            by_staff: served.is_staff(person) || person.manages_server,
            at_ms: turn.now_ms(),
        };
        verdicts::put_answer_mark(turn.db().await?, &mark).await?;
    }
    reviewed(turn, row, person, Why::AnswerMarked).await
}

/// Leaves a question out of the digest until a moment.
pub(crate) async fn snooze(
    turn: &mut Turn<'_>,
    question: QuestionRow,
    until: Timestamp,
    person: &Person,
) -> Result<QuestionRow, StoreError> {
    let row = life::standing_for(turn, question).await?;
    let (until_ms, who) = (until.as_millisecond(), person.id.to_db());
    let name = storable(&person.name);
    verdicts::snooze(turn.db().await?, row.id, until_ms, who, &name).await?;
    turn.touched.insert(row.id);
    Ok(row)
}

async fn reviewed(
    turn: &mut Turn<'_>,
    row: QuestionRow,
    person: &Person,
    why: Why,
) -> Result<QuestionRow, StoreError> {
    let cause = Cause {
        who: Some((person.id, person.name.clone())),
        why,
        message: None,
    };
    life::review(turn, row.id, cause).await?;
    let now = questions::question(turn.db().await?, row.id).await?;
    Ok(now.unwrap_or(row))
}

/// Whether somebody took the question back, or its message is gone: nothing can be said of it then.
pub(crate) fn is_withdrawn(question: &QuestionRow) -> bool {
    life::state_of(question) == QuestionState::Withdrawn
}
