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
use crate::domain::ids::MessageId;
use crate::domain::question::{AnswerState, QuestionState, Why};
use crate::store::StoreError;
use crate::store::answers::{self, AnswerRow};
use crate::store::marks;
use crate::store::questions::{self, Circle, QuestionRow, circle};
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
    /// Its asker takes it back, as with `❌`.
    TakenBack,
}

impl Verdict {
    /// The word's name in the database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::Dismissed => "dismissed",
            Self::Reopened => "reopened",
            Self::TakenBack => "taken-back",
        }
    }

    const fn why(self) -> Why {
        match self {
            Self::Answered => Why::MarkedAnswered,
            Self::Dismissed => Why::MarkedDismissed,
            Self::Reopened => Why::Reopened,
            Self::TakenBack => Why::TakenBack,
        }
    }

    /// Whether a person may say that of a question: that it is answered and that it is not, staff and
    /// whoever asked it; that it needs no answer, staff; that it is taken back, who asked it.
    pub async fn is_for(
        self,
        turn: &mut Turn<'_>,
        served: &ServedCourse,
        question: &QuestionRow,
        person: &Person,
    ) -> Result<bool, StoreError> {
        if self == Self::TakenBack {
            return Ok(question.asker_id == person.id.to_db());
        }
        if has_staffs_say(served, person) {
            return Ok(true);
        }
        Ok(self != Self::Dismissed && asked(turn, question, person).await?)
    }
}

/// Whether a person's word on a question is as good as staff's.
pub(crate) fn has_staffs_say(served: &ServedCourse, person: &Person) -> bool {
    served.is_staff(person) || person.manages_server
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
    let askers = circle::askers(turn.db().await?, Circle::whole(question.id)).await?;
    Ok(askers.iter().any(|(asker, _)| *asker == me))
}

/// Says something of a question, or of the one that stands for it; takes back itself alone. Whether the person may is for the
/// caller to ask ([`Verdict::is_for`]). Returns the question as it stands then.
pub(crate) async fn say(
    turn: &mut Turn<'_>,
    question: QuestionRow,
    verdict: Verdict,
    person: &Person,
) -> Result<QuestionRow, StoreError> {
    let row = match verdict {
        Verdict::TakenBack => question,
        _ => life::standing_for(turn, question).await?,
    };
    let word = VerdictRow {
        id: 0,
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
            by_staff: has_staffs_say(served, person),
            at_ms: turn.now_ms(),
        };
        verdicts::put_answer_mark(turn.db().await?, &mark).await?;
    }
    reviewed(turn, row, person, Why::AnswerMarked).await
}

/// Takes a person's word on a question back, if it is the last one; the one before counts again.
/// Returns the question as it stands then, or `None` where somebody has said something else since.
pub(crate) async fn unsay(
    turn: &mut Turn<'_>,
    question: QuestionRow,
    word: i64,
    person: &Person,
) -> Result<Option<QuestionRow>, StoreError> {
    let last = circle::last_verdict(turn.db().await?, Circle::one(question.id)).await?;
    let its_theirs = |last: &VerdictRow| last.id == word && last.who_id == person.id.to_db();
    if !last.as_ref().is_some_and(its_theirs) {
        return Ok(None);
    }
    verdicts::forget_verdict(turn.db().await?, word).await?;
    let now = reviewed(turn, question, person, Why::WordTakenBack).await?;
    Ok(Some(now))
}

/// Brings a question back that a person had taken back by a command. Whether there was such a word.
pub(crate) async fn bring_back(
    turn: &mut Turn<'_>,
    question: QuestionRow,
    person: &Person,
) -> Result<bool, StoreError> {
    let last = circle::last_verdict(turn.db().await?, Circle::one(question.id)).await?;
    let word = last.filter(|last| last.verdict == Verdict::TakenBack.name());
    match word {
        Some(word) => Ok(unsay(turn, question, word.id, person).await?.is_some()),
        None => Ok(false),
    }
}

/// Takes back that a person pointed at an answer; `linked_by` is by what it was linked before, none
/// if it was not. Returns the question as it stands then.
pub(crate) async fn point_away(
    turn: &mut Turn<'_>,
    mut answer: AnswerRow,
    linked_by: Option<&str>,
    person: &Person,
) -> Result<Option<QuestionRow>, StoreError> {
    verdicts::forget_answer_mark(turn.db().await?, answer.id, person.id.to_db()).await?;
    // What others have said of it stays, and with it the link.
    let pointed = circle::answer_marks(turn.db().await?, Circle::one(answer.question_id)).await?;
    let is_marked = pointed.iter().any(|mark| mark.answer_id == answer.id)
        || answer.state == AnswerState::Confirmed.name() && has_check_mark(turn, &answer).await?;
    match linked_by {
        _ if is_marked => {}
        Some(linked_by) => {
            answer.linked_by = linked_by.to_owned();
            answers::rewrite_answer(turn.db().await?, &answer).await?;
        }
        None => answers::forget_answer(turn.db().await?, answer.id).await?,
    }
    let Some(row) = questions::question(turn.db().await?, answer.question_id).await? else {
        return Ok(None);
    };
    Ok(Some(reviewed(turn, row, person, Why::WordTakenBack).await?))
}

async fn has_check_mark(turn: &mut Turn<'_>, answer: &AnswerRow) -> Result<bool, StoreError> {
    let message = MessageId::from_db(answer.message_id);
    let reactions = marks::reactions_on(turn.db().await?, &[message]).await?;
    Ok(reactions.iter().any(|it| it.emoji == life::CHECK_MARK))
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
