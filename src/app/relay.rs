//! `/ask` and `/answer`: what a person says with a command is posted by Beadle, naming them, so that
//! everybody can reply to it, react to it and jump to it.
//!
//! Deciding to post and standing in the channel are two moments. Only at the second is there a message
//! that a question or an answer can be ([`stands`]); until then the outbox holds the words.

use jiff::Timestamp;

use super::courses::{ServedCourse, ServedLecture};
use super::effect::{Effect, Outgoing, Said, SaidAs};
use super::event::{Delivery, Message, Place};
use super::gather::{self, About, Found};
use super::interaction::{Asked, Field, Form, Response, Stopped};
use super::turn::{Purpose, Turn};
use super::verdict::{self, Verdict};
use super::{life, link, listing, lookup, reply};
use crate::domain::ids::{ChannelId, MessageId};
use crate::domain::offset::Span;
use crate::domain::question::QuestionState;
use crate::reading;
use crate::store::StoreError;
use crate::store::questions::{self, QuestionRow};

/// `/ask`: a question that Beadle posts for a person.
pub(crate) async fn ask(turn: &mut Turn<'_>, asked: Asked<'_>) -> Result<Response, Stopped> {
    let Some(served) = turn.courses.watching(asked.place()) else {
        return Ok(Response::privately(reply::NOT_WATCHED));
    };
    if !asked.interaction.lets_beadle_post {
        return Ok(Response::privately(reply::MAY_NOT_POST));
    }
    let text = asked.given.text("question").unwrap_or_default();
    if !reading::in_words(text) {
        return Ok(Response::privately(reply::NO_QUESTION_IN_THAT));
    }
    let lecture = lecture_asked(turn, served, &asked)?;
    let at = match asked.given.text("at").map(str::parse::<Span>) {
        None => None,
        Some(Ok(span)) => Some(span.start),
        Some(Err(error)) => {
            let mistake = lookup::Mistake::Offset(error);
            return Ok(Response::Privately(vec![lookup::mistaken(
                served, &mistake,
            )]));
        }
    };
    let length = lecture.and_then(|lecture| lecture.lecture.duration);
    if let (Some(at), Some(length)) = (at, length)
        && at > length
    {
        return Ok(Response::privately(reply::past_the_end(at, length)));
    }
    let said = Said {
        person: asked.person().clone(),
        place: *asked.place(),
        text: text.to_owned(),
        is: SaidAs::Question {
            lecture: lecture.map(|lecture| lecture.id),
            offset_s: at.map(|at| i64::from(at.seconds())),
        },
    };
    let lecture = lecture.map(|lecture| &lecture.lecture);
    let message = reply::asks(&asked.person().name, text, lecture, at);
    let undo = decide(turn, &asked, None, message, said);
    let told = reply::ASKED_FOR_YOU;
    Ok(Response::Privately(vec![reply::with_undo(told, &undo)]))
}

/// The lecture that a question is about: the one that is named, else the one that is meant there.
fn lecture_asked<'a>(
    turn: &Turn<'_>,
    served: &'a ServedCourse,
    asked: &Asked<'_>,
) -> Result<Option<&'a ServedLecture>, Response> {
    match asked.given.text("lecture") {
        None => Ok(served.lecture_meant(asked.place(), turn.now)),
        Some(name) => match lookup::named(name, &served.lectures) {
            Ok(lecture) => Ok(Some(lecture)),
            Err(mistake) => Err(Response::Privately(vec![lookup::mistaken(
                served, &mistake,
            )])),
        },
    }
}

/// `/answer` and its form: an answer that Beadle posts for a person, as a reply to the question.
pub(crate) async fn answer(turn: &mut Turn<'_>, asked: Asked<'_>) -> Result<Response, Stopped> {
    // The form and the digest's button carry the question in their id, whatever course they stand in.
    let found = match asked.given.text("question") {
        Some(named) => {
            let served = asked.course(turn)?;
            let question = listing::named(turn, served, named).await?;
            question.map(|question| (served, question))
        }
        None => listing::numbered(turn, &asked, asked.about).await?,
    };
    let Some((served, question)) = found else {
        return Ok(Response::privately(reply::NO_SUCH_QUESTION));
    };
    // Where a person may write is known only of the place that they are in.
    let here = [Some(asked.place().channel), asked.place().parent];
    let is_here = here.contains(&Some(ChannelId::from_db(question.channel_id)));
    let is_staff = served.is_staff(asked.person()) || asked.person().manages_server;
    if !is_here && !is_staff {
        let sentence = reply::answer_it_there(question.channel_id.cast_unsigned());
        return Ok(Response::privately(sentence));
    }
    if life::state_of(&question) == QuestionState::Withdrawn {
        return Ok(Response::privately(reply::QUESTION_IS_GONE));
    }
    let Some(text) = asked.given.text("text") else {
        return Ok(Response::Asks(form(&question)));
    };
    if !reading::in_words(text) {
        return Ok(Response::privately(reply::NO_ANSWER_IN_THAT));
    }
    let place = Place {
        channel: ChannelId::from_db(question.channel_id),
        parent: None,
        in_forum: false,
        server: asked.place().server,
    };
    let counts = Verdict::Answered.is_for(turn, served, &question, asked.person());
    let counts = counts.await?;
    let said = Said {
        person: asked.person().clone(),
        place,
        text: text.to_owned(),
        is: SaidAs::Answer {
            question: question.id,
        },
    };
    let message = reply::answers(&asked.person().name, text);
    let to = MessageId::from_db(question.message_id);
    let undo = decide(turn, &asked, Some(to), message, said);
    let jump = link::message(
        served.course.server,
        question.channel_id,
        question.message_id,
    );
    let told = reply::answered_for_you(&question.asking, &jump, counts);
    Ok(Response::Privately(vec![reply::with_undo(&told, &undo)]))
}

/// The form of a long answer.
fn form(question: &QuestionRow) -> Form {
    const MOST_CHARS: u16 = 2_000;
    Form {
        id: format!("answer:{}", question.id),
        title: reply::ANSWER_FORM.to_owned(),
        fields: vec![
            Field::line("text", reply::YOUR_ANSWER, MOST_CHARS)
                .long()
                .hint(reply::asking_hint(&question.asking)),
        ],
    }
}

/// Decides that Beadle posts what was said. Returns the id of the control that takes it back.
fn decide(
    turn: &mut Turn<'_>,
    asked: &Asked<'_>,
    reply_to: Option<MessageId>,
    message: Outgoing,
    said: Said,
) -> String {
    let key = format!("relay:{}", asked.interaction.id);
    let channel = said.place.channel;
    let effect = Effect::Relay {
        reply_to,
        message,
        said: Box::new(said),
    };
    let purpose = Purpose {
        key: key.clone(),
        server: asked.place().server,
        cause: None,
        expires_at: None,
    };
    turn.decide(channel, effect, purpose);
    format!("undo:said:{channel}:{key}")
}

/// Deals with what was said once it stands in its channel: it becomes the question or the answer that
/// it is. To be told twice changes nothing.
pub(crate) async fn stands(
    turn: &mut Turn<'_>,
    id: MessageId,
    said: &Said,
) -> Result<(), StoreError> {
    if turn.mark(id).await?.deleted {
        return Ok(());
    }
    let posted_at = Timestamp::from_millisecond(id.created_at_ms()).unwrap_or(turn.now);
    let message = Message {
        id,
        place: said.place,
        author: said.person.clone(),
        title: None,
        text: said.text.clone(),
        reply_to: None,
        posted_at,
        edited_at: None,
        gather: true,
        delivery: Delivery::Live,
    };
    match said.is {
        SaidAs::Question { lecture, offset_s } => {
            let about = About { lecture, offset_s };
            asks(turn, &message, about).await
        }
        SaidAs::Answer { question } => answers(turn, &message, question).await,
    }
}

async fn asks(turn: &mut Turn<'_>, message: &Message, about: About) -> Result<(), StoreError> {
    let courses = turn.courses;
    let Some(served) = courses.watching(&message.place) else {
        return Ok(());
    };
    if turn.question_by_message(message.id).await?.is_some() {
        return Ok(());
    }
    let lecture = about.lecture.and_then(|id| served.lecture(id));
    let duration = lecture.and_then(|lecture| lecture.lecture.duration);
    let found = Found {
        message,
        text: &message.text,
        reading: reading::read(&message.text, duration),
        by_hand: Some(&message.author),
        about: Some(about),
    };
    gather::gather(turn, served, found).await
}

async fn answers(turn: &mut Turn<'_>, message: &Message, question: i64) -> Result<(), StoreError> {
    let Some(question) = questions::question(turn.db().await?, question).await? else {
        return Ok(());
    };
    let courses = turn.courses;
    let served = courses.iter().find(|it| it.id == question.course_id);
    let Some(served) = served else {
        return Ok(());
    };
    verdict::point_at(turn, served, question, message, &message.author).await?;
    Ok(())
}

/// Takes back what Beadle posted for a person: the message goes, and with it the question or answer.
/// Whether the id of the control says which that is.
pub(crate) fn unsay(turn: &mut Turn<'_>, asked: &Asked<'_>, about: &str) -> bool {
    let Some((channel, key)) = about.split_once(':') else {
        return false;
    };
    let Ok(channel) = channel.parse::<ChannelId>() else {
        return false;
    };
    let purpose = Purpose {
        key: format!("un{key}"),
        server: asked.place().server,
        cause: None,
        expires_at: None,
    };
    let key = key.to_owned();
    turn.decide(channel, Effect::Unsay { key }, purpose);
    true
}
