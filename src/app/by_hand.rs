//! Gathering by hand: `!q`, and the sentences by which commands are answered.

use jiff::SignedDuration;

use super::courses::{Belongs, ServedCourse};
use super::event::{Message, Place};
use super::gather::{self, Found, duration_meant};
use super::turn::{Purpose, Turn};
use super::{life, reply};
use crate::domain::question::QuestionState;
use crate::reading;
use crate::store::StoreError;
use crate::store::questions::{self, QuestionRow};

/// Deals with `!q`: the words behind it are the question, else the message it replies to.
pub(crate) async fn gather(
    turn: &mut Turn<'_>,
    message: &Message,
    words: &str,
) -> Result<(), StoreError> {
    let courses = turn.courses;
    let Some(served) = courses.watching(&message.place) else {
        return say_once(turn, message, reply::NOT_WATCHED).await;
    };
    if !words.is_empty() {
        if !reading::in_words(words) {
            let sentence = reply::nothing_to_gather(&served.course.prefix);
            return say_once(turn, message, &sentence).await;
        }
        return gather_words(turn, served, message, words).await;
    }
    let Some(replied) = &message.reply_to else {
        let sentence = reply::nothing_to_gather(&served.course.prefix);
        return say_once(turn, message, &sentence).await;
    };
    let Some((author, text)) = &replied.said else {
        return say_once(turn, message, reply::CANNOT_READ_THAT).await;
    };
    if text.is_empty() && !turn.hears_words {
        return say_once(turn, message, reply::CANNOT_READ_THAT).await;
    }
    if author.is_bot {
        return say_once(turn, message, reply::BOTS_ASK_NOTHING).await;
    }
    if !reading::in_words(text) {
        let sentence = reply::nothing_to_gather(&served.course.prefix);
        return say_once(turn, message, &sentence).await;
    }
    let asked = Message {
        id: replied.id,
        author: author.clone(),
        title: None,
        text: text.clone(),
        reply_to: None,
        posted_at: jiff::Timestamp::from_millisecond(replied.id.created_at_ms())
            .unwrap_or(message.posted_at),
        edited_at: None,
        gather: true,
        ..message.clone()
    };
    let duration = duration_meant(served, &asked);
    let reading = reading::read(text, duration);
    let found = Found {
        message: &asked,
        text,
        reading,
        by_hand: Some(&message.author),
    };
    let Some(row) = turn.question_by_message(asked.id).await? else {
        return gather::gather(turn, served, found).await;
    };
    let stood = life::state_of(&row) != QuestionState::Withdrawn;
    let id = row.id;
    if row.asks {
        // Its own message says more of it than what the reply shows.
        let row = QuestionRow {
            by_hand: true,
            ..row
        };
        questions::rewrite_question(turn.db().await?, &row).await?;
    } else {
        gather::refresh(turn, served, row, found, true).await?;
    }
    let now = questions::question(turn.db().await?, id).await?;
    let stands = now.is_some_and(|now| life::state_of(&now) != QuestionState::Withdrawn);
    match (stood, stands) {
        (true, _) => say_once(turn, message, reply::GATHERED_ALREADY).await,
        (false, true) => Ok(()),
        (false, false) => say_once(turn, message, reply::TAKEN_BACK).await,
    }
}

/// Gathers words of a message, whatever they read as.
async fn gather_words(
    turn: &mut Turn<'_>,
    served: &ServedCourse,
    message: &Message,
    words: &str,
) -> Result<(), StoreError> {
    let reading = reading::read(words, duration_meant(served, message));
    let found = Found {
        message,
        text: words,
        reading,
        by_hand: Some(&message.author),
    };
    match turn.question_by_message(message.id).await? {
        None => gather::gather(turn, served, found).await,
        Some(row) => gather::refresh(turn, served, row, found, true).await,
    }
}

/// Answers a command with a sentence, unless the command is old by now.
pub(crate) async fn say_once(
    turn: &mut Turn<'_>,
    message: &Message,
    sentence: &str,
) -> Result<(), StoreError> {
    let expires_at = turn.heard_at(message) + SignedDuration::from_mins(2);
    if expires_at <= turn.now {
        return Ok(());
    }
    let purpose = Purpose {
        key: format!("said:{}", message.id),
        server: message.place.server,
        cause: Some(message.id),
        expires_at: Some(expires_at),
    };
    turn.reply(
        message.place.channel,
        message.id,
        sentence.to_owned(),
        purpose,
    );
    Ok(())
}

/// The prefix of the course that commands in a place belong to, if it has one course.
pub(crate) fn prefix_in<'a>(turn: &Turn<'a>, place: &Place) -> Option<&'a str> {
    match turn.courses.of_command(place) {
        Belongs::To(served) => Some(&served.course.prefix),
        Belongs::ToSeveral | Belongs::ToNone => None,
    }
}
