//! The commands of a message's menu: gather it as a question, mark it as an answer, say that it is no
//! question.

use super::answer;
use super::by_hand::{self, Gathered};
use super::courses::ServedCourse;
use super::event::{Message, Place};
use super::interaction::{Asked, Response, Stopped};
use super::life;
use super::link;
use super::reply;
use super::turn::Turn;
use super::undo;
use super::verdict::{self, Verdict};
use crate::domain::ids::{ChannelId, MessageId};
use crate::domain::question::QuestionState;
use crate::reading;
use crate::store::StoreError;
use crate::store::questions::{self, QuestionRow};

/// How many questions a choice holds; Discord shows no more.
const CHOICES: usize = 25;

/// The course that watches a place, and the message whose menu was used there.
///
/// # Errors
/// A response that says what is missing.
fn watched<'t, 'a>(
    turn: &Turn<'a>,
    asked: &Asked<'t>,
) -> Result<(&'a ServedCourse, &'t Message), Response> {
    let Some(target) = asked.target else {
        return Err(Response::privately(reply::MESSAGE_IS_GONE));
    };
    let Some(served) = turn.courses.watching(&target.place) else {
        return Err(Response::privately(reply::NOT_WATCHED));
    };
    Ok((served, target))
}

/// "Gather question".
pub(crate) async fn gather(turn: &mut Turn<'_>, asked: Asked<'_>) -> Result<Response, Stopped> {
    let (served, target) = watched(turn, &asked)?;
    let is_question = turn.question_by_message(target.id).await?.is_some();
    if target.author.is_bot && !is_question {
        return Ok(Response::privately(reply::BOTS_ASK_NOTHING));
    }
    if !is_question && !reading::in_words(&target.words()) {
        return Ok(Response::privately(reply::NO_QUESTION_IN_THAT));
    }
    let gathered = by_hand::gather_message(turn, served, target, asked.person()).await?;
    let sentence = match gathered {
        Gathered::Now(question) => {
            let undo = format!("undo:gathered:{question}");
            return Ok(Response::Privately(vec![reply::with_undo(
                reply::GATHERED,
                &undo,
            )]));
        }
        Gathered::Again => reply::GATHERED_AGAIN,
        Gathered::Already => reply::GATHERED_ALREADY,
        Gathered::Dismissed => reply::DISMISSED_ALREADY,
        Gathered::TakenBack => reply::TAKEN_BACK,
    };
    Ok(Response::privately(sentence))
}

/// "Not a question".
pub(crate) async fn dismiss(turn: &mut Turn<'_>, asked: Asked<'_>) -> Result<Response, Stopped> {
    let (served, target) = watched(turn, &asked)?;
    let Some(question) = turn.question_by_message(target.id).await? else {
        return Ok(Response::privately(reply::NEVER_GATHERED));
    };
    let person = asked.person();
    let verdict = match verdict::has_staffs_say(served, person) {
        true => Verdict::Dismissed,
        false => Verdict::TakenBack,
    };
    if !verdict.is_for(turn, served, &question, person).await? {
        return Ok(Response::privately(reply::NOT_YOURS_TO_DISMISS));
    }
    let stands = life::standing_for(turn, question.clone()).await?;
    let of = match verdict {
        Verdict::TakenBack => &question,
        _ => &stands,
    };
    let sentence = match life::state_of(of) {
        QuestionState::Withdrawn => Some(reply::WITHDRAWN_ALREADY),
        QuestionState::Dismissed => Some(reply::DISMISSED_ALREADY),
        QuestionState::Answered => Some(reply::ANSWERED_ALREADY),
        QuestionState::Open | QuestionState::Suggested | QuestionState::Merged => None,
    };
    if let Some(sentence) = sentence {
        return Ok(Response::privately(sentence));
    }
    let said = verdict::say(turn, question, verdict, person).await?;
    let told = match verdict {
        Verdict::TakenBack => reply::YOU_TOOK_IT_BACK,
        _ => reply::DISMISSED_NOW,
    };
    Ok(undo::of_a_word(turn, said.id, told).await?)
}

/// "Mark as answer", where the question can be told; else a choice of questions is shown.
pub(crate) async fn mark(turn: &mut Turn<'_>, asked: Asked<'_>) -> Result<Response, Stopped> {
    let (served, target) = watched(turn, &asked)?;
    if let Some(question) = spoken_to(turn, target).await? {
        return Ok(marked(turn, &asked, served, question, target).await?);
    }
    if let Some(question) = standing(turn, target.id).await? {
        return Ok(mark_question(turn, &asked, served, question).await?);
    }
    if let Some(starter) = target.starter()
        && let Some(question) = standing(turn, starter).await?
    {
        return Ok(marked(turn, &asked, served, question, target).await?);
    }
    let choice = choice(turn, served, target, 0).await?;
    Ok(Response::Privately(vec![choice]))
}

/// The question that a message is linked to already, or replies to.
async fn spoken_to(
    turn: &mut Turn<'_>,
    target: &Message,
) -> Result<Option<QuestionRow>, StoreError> {
    let linked = turn.answers_by_message(target.id).await?;
    // What Beadle only guessed is the person's to say.
    let said = linked.iter().find(|it| it.linked_by != answer::BY_READING);
    if let Some(answer) = said {
        let question = questions::question(turn.db().await?, answer.question_id).await?;
        if question
            .as_ref()
            .is_some_and(|row| life::state_of(row) != QuestionState::Withdrawn)
        {
            return Ok(question);
        }
    }
    match &target.reply_to {
        Some(to) => standing(turn, to.id).await,
        None => Ok(None),
    }
}

/// The question that a message asks, if it still does.
async fn standing(
    turn: &mut Turn<'_>,
    message: MessageId,
) -> Result<Option<QuestionRow>, StoreError> {
    let question = turn.question_by_message(message).await?;
    Ok(question.filter(|row| life::state_of(row) != QuestionState::Withdrawn))
}

/// The message is itself the question: it is marked as answered, as by `✅`.
async fn mark_question(
    turn: &mut Turn<'_>,
    asked: &Asked<'_>,
    served: &ServedCourse,
    question: QuestionRow,
) -> Result<Response, StoreError> {
    let person = asked.person();
    if !Verdict::Answered
        .is_for(turn, served, &question, person)
        .await?
    {
        return Ok(Response::privately(reply::THAT_IS_THE_QUESTION));
    }
    let stands = life::standing_for(turn, question).await?;
    if life::state_of(&stands) == QuestionState::Answered {
        return Ok(Response::privately(reply::ANSWERED_ALREADY));
    }
    let said = verdict::say(turn, stands, Verdict::Answered, person).await?;
    undo::of_a_word(turn, said.id, reply::ANSWERED_NOW).await
}

/// Marks a message as the answer to a question.
async fn marked(
    turn: &mut Turn<'_>,
    asked: &Asked<'_>,
    served: &ServedCourse,
    question: QuestionRow,
    target: &Message,
) -> Result<Response, StoreError> {
    let person = asked.person();
    let counts = Verdict::Answered
        .is_for(turn, served, &question, person)
        .await?;
    let stands = life::standing_for(turn, question).await?;
    let linked = turn.answers_by_message(target.id).await?;
    let before = linked.into_iter().find(|it| it.question_id == stands.id);
    let before = before.map_or("-".to_owned(), |it| it.linked_by);
    let now = verdict::point_at(turn, served, stands, target, person).await?;
    let jump = link::message(served.course.server, now.channel_id, now.message_id);
    let told = reply::marked(&now.asking, &jump, counts);
    let undo = format!("undo:marked:{}:{}:{before}", now.id, target.id);
    Ok(Response::Privately(vec![reply::with_undo(&told, &undo)]))
}

/// The choice of a question, or a button that turns its page: `message=ID`, then the page.
pub(crate) async fn control(turn: &mut Turn<'_>, asked: Asked<'_>) -> Result<Response, Stopped> {
    let (served, target) = watched(turn, &asked)?;
    let Some(chosen) = asked.chosen.first() else {
        let page = asked.about.rsplit(':').next();
        let page = page.and_then(|page| page.parse().ok()).unwrap_or(0);
        let choice = choice(turn, served, target, page).await?;
        return Ok(Response::changes(choice));
    };
    let id: i64 = chosen.parse().unwrap_or_default();
    let question = questions::question(turn.db().await?, id).await?;
    let question = question.filter(|row| row.course_id == served.id);
    let Some(question) = question.filter(|row| !verdict::is_withdrawn(row)) else {
        return Ok(Response::privately(reply::QUESTION_IS_GONE));
    };
    match marked(turn, &asked, served, question, target).await? {
        Response::Privately(mut parts) => Ok(Response::changes(parts.swap_remove(0))),
        other => Ok(other),
    }
}

/// The questions that a message may answer: those that wait in its channel, else in the course; the
/// newest first.
async fn choice(
    turn: &mut Turn<'_>,
    served: &ServedCourse,
    target: &Message,
    page: usize,
) -> Result<super::effect::Outgoing, StoreError> {
    let mut waiting = questions::waiting_questions(turn.db().await?, served.id).await?;
    let is_here = |row: &QuestionRow| is_in(&target.place, ChannelId::from_db(row.channel_id));
    if waiting.iter().any(is_here) {
        waiting.retain(is_here);
    }
    waiting.retain(|row| row.message_id != target.id.to_db());
    waiting.reverse();
    let pages = waiting.len().div_ceil(CHOICES);
    let page = page.min(pages.saturating_sub(1));
    let shown = waiting.iter().skip(page * CHOICES).take(CHOICES);
    let shown: Vec<(i64, String)> = shown
        .map(|row| (row.id, reply::question_in_a_list(row.offset_s, &row.asking)))
        .collect();
    Ok(reply::which_question(&shown, target.id, page, pages))
}

fn is_in(place: &Place, channel: ChannelId) -> bool {
    channel == place.channel || Some(channel) == place.parent
}
