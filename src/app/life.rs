//! The only place where a question changes its state.

use super::effect::Effect;
use super::turn::{Purpose, Turn};
use crate::domain::ids::{ChannelId, MessageId, UserId};
use crate::domain::question::{AnswerState, QuestionState, Why};
use crate::store::questions::{self, QuestionRow, TransitionRow};
use crate::store::{StoreError, answers};

/// Why a question's state changes, and by whom.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cause<'a> {
    /// Who did it; `None`: Beadle itself.
    pub who: Option<(UserId, &'a str)>,
    /// Why.
    pub why: Why,
    /// The message by which it was done.
    pub message: Option<MessageId>,
}

impl Cause<'_> {
    /// Beadle's own doing.
    pub fn own(why: Why, message: MessageId) -> Self {
        Self {
            who: None,
            why,
            message: Some(message),
        }
    }
}

/// The state of a row. A name that no version has written counts as withdrawn: nothing follows.
pub(crate) fn state_of(row: &QuestionRow) -> QuestionState {
    row.state.parse().unwrap_or(QuestionState::Withdrawn)
}

/// Puts a question into another state, if its life allows that. Returns whether it did.
pub(crate) async fn change(
    turn: &mut Turn<'_>,
    row: &mut QuestionRow,
    to: QuestionState,
    cause: Cause<'_>,
) -> Result<bool, StoreError> {
    change_into(turn, row, to, None, cause).await
}

/// Folds a question into another.
pub(crate) async fn merge(
    turn: &mut Turn<'_>,
    row: &mut QuestionRow,
    into: &QuestionRow,
) -> Result<bool, StoreError> {
    let cause = Cause::own(Why::SameQuestion, MessageId::from_db(into.message_id));
    change_into(turn, row, QuestionState::Merged, Some(into.id), cause).await
}

async fn change_into(
    turn: &mut Turn<'_>,
    row: &mut QuestionRow,
    to: QuestionState,
    merged_into: Option<i64>,
    cause: Cause<'_>,
) -> Result<bool, StoreError> {
    if !state_of(row).may_become(to) {
        return Ok(false);
    }
    let closed_at_ms = (!to.waits()).then(|| turn.now_ms());
    let transition = transition(turn, row, to, cause);
    questions::change_state(turn.tx, &transition, merged_into, closed_at_ms).await?;
    row.state = to.name().to_owned();
    row.merged_into = merged_into;
    row.closed_at_ms = closed_at_ms;
    Ok(true)
}

/// Keeps that a question came to be.
pub(crate) async fn begin(
    turn: &mut Turn<'_>,
    row: &QuestionRow,
    cause: Cause<'_>,
) -> Result<(), StoreError> {
    let mut transition = transition(turn, row, state_of(row), cause);
    transition.from_state = "none".to_owned();
    questions::put_transition(turn.tx, &transition).await
}

fn transition(
    turn: &Turn<'_>,
    row: &QuestionRow,
    to: QuestionState,
    cause: Cause<'_>,
) -> TransitionRow {
    TransitionRow {
        question_id: row.id,
        from_state: row.state.clone(),
        to_state: to.name().to_owned(),
        who_id: cause.who.map(|(id, _)| id.to_db()),
        who_name: cause.who.map_or("Beadle", |(_, name)| name).to_owned(),
        why: cause.why.name().to_owned(),
        message_id: cause.message.map(MessageId::to_db),
        at_ms: turn.now_ms(),
    }
}

/// Reopens a question: to suggested where something looks like its answer, else to open. Returns
/// whether it did.
pub(crate) async fn reopen(
    turn: &mut Turn<'_>,
    row: &mut QuestionRow,
    cause: Cause<'_>,
) -> Result<bool, StoreError> {
    let answers = answers::answers_of(turn.tx, row.id).await?;
    let suggested = answers
        .iter()
        .any(|answer| answer.state == AnswerState::Suggested.name());
    let to = if suggested {
        QuestionState::Suggested
    } else {
        QuestionState::Open
    };
    if to == QuestionState::Suggested && state_of(row) == QuestionState::Withdrawn {
        // Back the way it came: through open.
        change(turn, row, QuestionState::Open, cause).await?;
    }
    change(turn, row, to, cause).await
}

/// The question that stands for this one: the one it was folded into, else itself.
pub(crate) async fn standing_for(
    turn: &mut Turn<'_>,
    row: QuestionRow,
) -> Result<QuestionRow, StoreError> {
    match row.merged_into {
        Some(id) if state_of(&row) == QuestionState::Merged => {
            Ok(questions::question(turn.tx, id).await?.unwrap_or(row))
        }
        _ => Ok(row),
    }
}

/// Leaves the sign of having been gathered on a question's message, if the course wants one.
pub(crate) async fn sign(
    turn: &mut Turn<'_>,
    row: &QuestionRow,
    emoji: Option<&str>,
) -> Result<(), StoreError> {
    let Some(emoji) = emoji else { return Ok(()) };
    // Older messages get no sign: nobody looks back that far, and a restart would rain reactions.
    let expires_at_ms = row.asked_at_ms + SIGNED_WITHIN_MS;
    if expires_at_ms <= turn.now_ms() {
        return Ok(());
    }
    let message = MessageId::from_db(row.message_id);
    let effect = Effect::React {
        message,
        emoji: emoji.to_owned(),
    };
    let expires_at = jiff::Timestamp::from_millisecond(expires_at_ms).ok();
    let again = questions::transitions_of(turn.tx, row.id).await?.len();
    let purpose = Purpose {
        key: format!("sign:{message}:{again}"),
        cause: Some(message),
        expires_at,
    };
    turn.decide(ChannelId::from_db(row.channel_id), effect, purpose)
        .await?;
    Ok(())
}

/// Takes the sign off a message that is no question any more.
pub(crate) async fn unsign(
    turn: &mut Turn<'_>,
    row: &QuestionRow,
    emoji: Option<&str>,
) -> Result<(), StoreError> {
    let Some(emoji) = emoji else { return Ok(()) };
    let message = MessageId::from_db(row.message_id);
    let again = questions::transitions_of(turn.tx, row.id).await?.len();
    let effect = Effect::Unreact {
        message,
        emoji: emoji.to_owned(),
    };
    let purpose = Purpose {
        key: format!("unsign:{message}:{again}"),
        cause: Some(message),
        expires_at: Some(turn.now + jiff::SignedDuration::from_hours(1)),
    };
    turn.decide(ChannelId::from_db(row.channel_id), effect, purpose)
        .await?;
    Ok(())
}

/// Only messages younger than an hour get the sign.
const SIGNED_WITHIN_MS: i64 = 60 * 60 * 1_000;
