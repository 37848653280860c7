//! The only place where a question changes its state.
//!
//! A state is not stepped to, it follows: from whether the message still asks, from what is linked as
//! an answer, from who put which reaction where. Each fact is kept under its own key, so that it does
//! not matter in which order they came to be known, nor how often.

mod facts;

use self::facts::Facts;
use super::fold;
use super::tag;
use super::turn::Turn;
use super::verdict::Verdict;
use crate::domain::ids::{MessageId, UserId};
use crate::domain::question::{AnswerState, QuestionState, Why};
use crate::store::StoreError;
use crate::store::answers;
use crate::store::marks::{self, ReactionRow};
use crate::store::questions::{self, Circle, LinkedRow, QuestionRow, circle};
use crate::store::transitions::TransitionRow;
use crate::store::verdicts::VerdictRow;

/// The reaction that says "answered".
pub const CHECK_MARK: &str = "✅";
/// The reaction by which an asker takes a question back.
pub const CROSS: &str = "❌";

/// Who changed a question's state, why, and by which message.
#[derive(Debug, Clone)]
pub(crate) struct Cause {
    /// Who; `None`: Beadle itself.
    pub who: Option<(UserId, String)>,
    /// Why.
    pub why: Why,
    /// By which message.
    pub message: Option<MessageId>,
}

impl Cause {
    /// Beadle's own doing, because of a message.
    pub fn own(why: Why, message: MessageId) -> Self {
        Self {
            who: None,
            why,
            message: Some(message),
        }
    }

    /// A person's reaction.
    pub fn reaction(reaction: &ReactionRow, why: Why) -> Self {
        Self {
            who: Some((
                UserId::from_db(reaction.person_id),
                reaction.by_name.clone(),
            )),
            why,
            message: Some(MessageId::from_db(reaction.message_id)),
        }
    }

    fn word(verdict: &VerdictRow, why: Why) -> Self {
        Self {
            who: Some((UserId::from_db(verdict.who_id), verdict.who_name.clone())),
            why,
            message: None,
        }
    }

    fn staff_reply(answer: &LinkedRow) -> Self {
        Self {
            who: Some((
                UserId::from_db(answer.author_id),
                answer.author_name.clone(),
            )),
            why: Why::StaffReply,
            message: Some(MessageId::from_db(answer.message_id)),
        }
    }
}

/// The state of a row. A name that no version has written counts as withdrawn: nothing follows.
pub(crate) fn state_of(row: &QuestionRow) -> QuestionState {
    row.state.parse().unwrap_or(QuestionState::Withdrawn)
}

/// Keeps that a question came to be.
pub(crate) fn begin(turn: &mut Turn<'_>, row: &QuestionRow, cause: Cause) {
    let mut transition = transition(turn, row, state_of(row), cause);
    transition.from_state = "none".to_owned();
    turn.keep(transition);
}

/// Puts a question into another state, if its life allows that. Returns whether it did.
pub(crate) async fn change(
    turn: &mut Turn<'_>,
    row: &mut QuestionRow,
    to: QuestionState,
    merged_into: Option<i64>,
    cause: Cause,
) -> Result<bool, StoreError> {
    let moves = to == QuestionState::Merged && row.merged_into != merged_into;
    if !state_of(row).may_become(to) && !moves {
        return Ok(false);
    }
    let closed_at_ms = (!to.waits()).then(|| turn.now_ms());
    questions::change_state(
        turn.db().await?,
        row.id,
        to.name(),
        merged_into,
        closed_at_ms,
    )
    .await?;
    let transition = transition(turn, row, to, cause);
    turn.keep(transition);
    turn.touched.extend(
        [Some(row.id), row.merged_into, merged_into]
            .into_iter()
            .flatten(),
    );
    row.state = to.name().to_owned();
    row.merged_into = merged_into;
    row.closed_at_ms = closed_at_ms;
    tag::follow(turn, row, to).await?;
    Ok(true)
}

fn transition(
    turn: &Turn<'_>,
    row: &QuestionRow,
    to: QuestionState,
    cause: Cause,
) -> TransitionRow {
    let (who_id, who_name) = match cause.who {
        Some((id, name)) => (Some(id.to_db()), name),
        None => (None, "Beadle".to_owned()),
    };
    TransitionRow {
        question_id: row.id,
        from_state: row.state.clone(),
        to_state: to.name().to_owned(),
        who_id,
        who_name,
        why: cause.why.name().to_owned(),
        message_id: cause.message.map(MessageId::to_db),
        at_ms: turn.now_ms(),
    }
}

/// The question that stands for this one: the one it was folded into, else itself.
pub(crate) async fn standing_for(
    turn: &mut Turn<'_>,
    row: QuestionRow,
) -> Result<QuestionRow, StoreError> {
    match row.merged_into {
        Some(id) if state_of(&row) == QuestionState::Merged => {
            Ok(questions::question(turn.db().await?, id)
                .await?
                .unwrap_or(row))
        }
        _ => Ok(row),
    }
}

/// Brings a question's state, and those of the questions folded together with it, to what follows from
/// the facts, after one of its answers or reactions came or went. `cause` is what brought that about.
pub(crate) async fn review(
    turn: &mut Turn<'_>,
    question: i64,
    cause: Cause,
) -> Result<(), StoreError> {
    review_all(turn, question, cause, false).await
}

/// The same, after what the question says has changed: it may stand with others now.
pub(crate) async fn review_words(
    turn: &mut Turn<'_>,
    question: i64,
    cause: Cause,
) -> Result<(), StoreError> {
    review_all(turn, question, cause, true).await
}

/// The same, after a message that nobody has confirmed was linked to it as an answer: a question that
/// looks answered already, or is, stays as it is.
pub(crate) async fn suggested(
    turn: &mut Turn<'_>,
    question: i64,
    answer: MessageId,
) -> Result<(), StoreError> {
    let mut standing = turn.question(question).await?;
    if let Some(root) = standing.as_ref().and_then(|row| row.merged_into) {
        standing = turn.question(root).await?;
    }
    match standing.as_ref().map(state_of) {
        Some(QuestionState::Suggested | QuestionState::Answered) => Ok(()),
        _ => review(turn, question, Cause::own(Why::LooksAnswered, answer)).await,
    }
}

async fn review_all(
    turn: &mut Turn<'_>,
    question: i64,
    cause: Cause,
    other_words: bool,
) -> Result<(), StoreError> {
    let Some(mut row) = questions::question(turn.db().await?, question).await? else {
        return Ok(());
    };
    turn.touched
        .extend([Some(row.id), row.merged_into].into_iter().flatten());
    let withdrawn = why_withdrawn(turn, &row, &cause).await?;
    let is_withdrawn = state_of(&row) == QuestionState::Withdrawn;
    match withdrawn {
        Some(_) if is_withdrawn => Ok(()),
        Some(why) => {
            let root = row.merged_into;
            change(turn, &mut row, QuestionState::Withdrawn, None, why).await?;
            fold::left(turn, &row, root, &cause).await
        }
        None if is_withdrawn => {
            change(turn, &mut row, QuestionState::Open, None, cause.clone()).await?;
            fold::place(turn, row.id, &cause).await
        }
        None if other_words => fold::place(turn, row.id, &cause).await,
        None => settle(turn, row.merged_into.unwrap_or(row.id), &cause).await,
    }
}

/// Why a question is withdrawn, if it is: its message is gone, or asks nothing any more, or its asker
/// took it back before anybody had answered. `cause` is what brought the question up.
async fn why_withdrawn(
    turn: &mut Turn<'_>,
    row: &QuestionRow,
    cause: &Cause,
) -> Result<Option<Cause>, StoreError> {
    let message = MessageId::from_db(row.message_id);
    if row.gone {
        return Ok(Some(Cause::own(Why::MessageDeleted, message)));
    }
    if !row.asks {
        let is_the_cause = cause.why == Why::GatheringTakenBack;
        let why = is_the_cause.then(|| cause.clone());
        return Ok(why.or_else(|| Some(Cause::own(Why::EditedAway, message))));
    }
    let Some(taken_back) = taken_back(turn, row).await? else {
        return Ok(None);
    };
    let facts = Facts::of_one(turn, row).await?;
    let is_answered = facts.confirmed().is_some();
    Ok((!is_answered).then_some(taken_back))
}

/// The asker's `❌` on their own message, or their word.
async fn taken_back(turn: &mut Turn<'_>, row: &QuestionRow) -> Result<Option<Cause>, StoreError> {
    let message = MessageId::from_db(row.message_id);
    if !turn.is_unknown(message, |known| &known.reactions) {
        let reactions = marks::reactions_on(turn.tx, &[message]).await?;
        let crossed = reactions
            .iter()
            .find(|it| it.emoji == CROSS && it.person_id == row.asker_id);
        if let Some(crossed) = crossed {
            return Ok(Some(Cause::reaction(crossed, Why::AskersCross)));
        }
    }
    let last = circle::last_verdict(turn.tx, Circle::one(row.id)).await?;
    let last = last.filter(|last| last.verdict == Verdict::TakenBack.name());
    Ok(last.map(|last| Cause::word(&last, Why::TakenBack)))
}

/// Brings the state of a question that stands for itself, and of its answers, to what follows from the
/// facts.
pub(crate) async fn settle(
    turn: &mut Turn<'_>,
    root: i64,
    cause: &Cause,
) -> Result<(), StoreError> {
    let Some(mut row) = questions::question(turn.db().await?, root).await? else {
        return Ok(());
    };
    let state = state_of(&row);
    if [QuestionState::Merged, QuestionState::Withdrawn].contains(&state) {
        return Ok(());
    }
    let facts = Facts::of_all(turn, &row).await?;
    for answer in &facts.answers {
        let to = if facts.who_confirmed(answer).is_some() {
            AnswerState::Confirmed
        } else if facts.is_over(answer) {
            AnswerState::Refused
        } else {
            AnswerState::Suggested
        };
        if answer.state != to.name() {
            answers::set_answer_state(turn.db().await?, answer.id, to.name()).await?;
        }
    }
    let mut standing = facts.answers.iter().filter(|it| !facts.is_over(it));
    let (to, forward) = match (facts.dismissed(), facts.confirmed(), standing.next()) {
        (Some(dismissed), ..) => (QuestionState::Dismissed, Some(dismissed)),
        (None, Some(confirmed), _) => (QuestionState::Answered, Some(confirmed)),
        (None, None, Some(answer)) => {
            let message = MessageId::from_db(answer.message_id);
            let cause = Cause::own(Why::LooksAnswered, message);
            (QuestionState::Suggested, Some(cause))
        }
        (None, None, None) => (QuestionState::Open, None),
    };
    let reopens = !state.waits() && to.waits();
    let cause = forward
        .filter(|_| !reopens)
        .unwrap_or_else(|| cause.clone());
    if state != to && !state.waits() && !to.waits() {
        // What is closed is not closed another way without being opened in between.
        change(turn, &mut row, QuestionState::Open, None, cause.clone()).await?;
    }
    if change(turn, &mut row, to, None, cause).await? && facts.has_folded {
        for folded in &questions::posts_merged_into(turn.db().await?, row.id).await? {
            tag::follow(turn, folded, to).await?;
        }
    }
    Ok(())
}
