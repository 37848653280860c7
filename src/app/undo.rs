//! The "Undo" under what Beadle says of a deed. Only its doer sees that, so only they press it.
//!
//! What is undone stands in the button's id: `said:CHANNEL:KEY`, `gathered:QUESTION`, `word:QUESTION:WORD`,
//! `marked:QUESTION:MESSAGE:LINKED-BY`.

use super::effect::Outgoing;
use super::interaction::{Asked, Response};
use super::reply;
use super::turn::Turn;
use super::{by_hand, relay, verdict};
use crate::domain::ids::MessageId;
use crate::store::StoreError;
use crate::store::questions::{self, Circle, circle};

/// A sentence about what was just said of a question, with its "Undo".
pub(crate) async fn of_a_word(
    turn: &mut Turn<'_>,
    question: i64,
    told: &str,
) -> Result<Response, StoreError> {
    let last = circle::last_verdict(turn.db().await?, Circle::one(question)).await?;
    let word = last.map_or(0, |last| last.id);
    let undo = format!("undo:word:{question}:{word}");
    Ok(Response::Privately(vec![reply::with_undo(told, &undo)]))
}

/// An "Undo" that was pressed.
pub(crate) async fn control(turn: &mut Turn<'_>, asked: Asked<'_>) -> Result<Response, StoreError> {
    let (what, about) = asked.about.split_once(':').unwrap_or((asked.about, ""));
    let undone = match what {
        "said" => relay::unsay(turn, &asked, about).then_some(reply::UNDONE_SAID),
        "gathered" => gathered(turn, &asked, about).await?,
        "word" => word(turn, &asked, about).await?,
        "marked" => marked(turn, &asked, about).await?,
        _ => None,
    };
    let sentence = undone.unwrap_or(reply::NOT_UNDONE);
    Ok(Response::changes(Outgoing::text(sentence)))
}

async fn gathered(
    turn: &mut Turn<'_>,
    asked: &Asked<'_>,
    about: &str,
) -> Result<Option<&'static str>, StoreError> {
    let id: i64 = about.parse().unwrap_or_default();
    let Some(row) = questions::question(turn.db().await?, id).await? else {
        return Ok(None);
    };
    let is_undone = by_hand::ungather(turn, row, asked.person()).await?;
    Ok(is_undone.then_some(reply::UNDONE))
}

async fn word(
    turn: &mut Turn<'_>,
    asked: &Asked<'_>,
    about: &str,
) -> Result<Option<&'static str>, StoreError> {
    let (question, word) = about.split_once(':').unwrap_or_default();
    let (id, word): (i64, i64) = match (question.parse(), word.parse()) {
        (Ok(id), Ok(word)) => (id, word),
        _ => return Ok(None),
    };
    let Some(row) = questions::question(turn.db().await?, id).await? else {
        return Ok(None);
    };
    let undone = verdict::unsay(turn, row, word, asked.person()).await?;
    Ok(undone.map(|_| reply::UNDONE))
}

async fn marked(
    turn: &mut Turn<'_>,
    asked: &Asked<'_>,
    about: &str,
) -> Result<Option<&'static str>, StoreError> {
    let mut parts = about.split(':');
    let question: Option<i64> = parts.next().and_then(|id| id.parse().ok());
    let message: Option<MessageId> = parts.next().and_then(|id| id.parse().ok());
    let (Some(question), Some(message)) = (question, message) else {
        return Ok(None);
    };
    let linked_by = parts.next().filter(|by| *by != "-");
    let linked = turn.answers_by_message(message).await?;
    let Some(answer) = linked.into_iter().find(|it| it.question_id == question) else {
        return Ok(None);
    };
    let undone = verdict::point_away(turn, answer, linked_by, asked.person()).await?;
    Ok(undone.map(|_| reply::UNDONE))
}
