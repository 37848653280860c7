//! Gathering by hand: `!q`, and the sentences by which commands are answered.

use jiff::SignedDuration;

use super::courses::{Belongs, ServedCourse};
use super::event::{Message, Person, Place};
use super::gather::{self, Found, duration_meant};
use super::life::{self, Cause};
use super::turn::{Purpose, Turn};
use super::{reply, verdict};
use crate::domain::question::{QuestionState, Why};
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
    // What Beadle posted for somebody is a question already.
    if author.is_bot && turn.question_by_message(replied.id).await?.is_none() {
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
    match gather_message(turn, served, &asked, &message.author).await? {
        Gathered::Now(_) | Gathered::Again => Ok(()),
        Gathered::Already => say_once(turn, message, reply::GATHERED_ALREADY).await,
        Gathered::Dismissed => say_once(turn, message, reply::DISMISSED_ALREADY).await,
        Gathered::TakenBack => say_once(turn, message, reply::TAKEN_BACK).await,
    }
}

/// What came of gathering a message by hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gathered {
    /// It is this question now.
    Now(i64),
    /// Who had taken it back has brought it back.
    Again,
    /// It was one before.
    Already,
    /// It was one before, and staff said that it needs no answer.
    Dismissed,
    /// Its asker has taken it back.
    TakenBack,
}

/// Gathers another message than the command's own, for a person who says that it asks something.
pub(crate) async fn gather_message(
    turn: &mut Turn<'_>,
    served: &ServedCourse,
    asked: &Message,
    by: &Person,
) -> Result<Gathered, StoreError> {
    let words = asked.words();
    let found = Found {
        message: asked,
        text: &words,
        reading: reading::read(&words, duration_meant(served, asked)),
        by_hand: Some(by),
        about: None,
    };
    let Some(row) = turn.question_by_message(asked.id).await? else {
        gather::gather(turn, served, found).await?;
        let row = turn.question_by_message(asked.id).await?;
        return Ok(Gathered::Now(row.map_or(0, |row| row.id)));
    };
    let before = life::state_of(&row);
    let id = row.id;
    if row.asks {
        // What is told of it here may be less than its own message says.
        let row = QuestionRow {
            by_hand: true,
            ..row
        };
        questions::rewrite_question(turn.db().await?, &row).await?;
        if before == QuestionState::Withdrawn && verdict::bring_back(turn, row, by).await? {
            return Ok(Gathered::Again);
        }
    } else {
        gather::refresh(turn, served, row, found, true).await?;
    }
    let now = questions::question(turn.db().await?, id).await?;
    let stands = now.is_some_and(|now| life::state_of(&now) != QuestionState::Withdrawn);
    Ok(match (before, stands) {
        (QuestionState::Dismissed, _) => Gathered::Dismissed,
        (QuestionState::Withdrawn, true) => Gathered::Now(id),
        (QuestionState::Withdrawn, false) => Gathered::TakenBack,
        _ => Gathered::Already,
    })
}

/// Takes back that a person gathered a message by hand: nothing had made it a question before.
/// Whether that could be done: not once somebody has dealt with it.
pub(crate) async fn ungather(
    turn: &mut Turn<'_>,
    mut row: QuestionRow,
    person: &Person,
) -> Result<bool, StoreError> {
    let state = life::state_of(&row);
    let is_untouched = state.waits() || state == QuestionState::Merged;
    if !row.by_hand || !row.asks || !is_untouched {
        return Ok(false);
    }
    (row.by_hand, row.asks) = (false, false);
    gather::stop_asking(turn, &row).await?;
    let cause = Cause {
        who: Some((person.id, person.name.clone())),
        why: Why::GatheringTakenBack,
        message: None,
    };
    life::review_words(turn, row.id, cause).await?;
    Ok(true)
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
        about: None,
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
