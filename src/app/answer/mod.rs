//! What answers a question: replies, messages in its thread, messages that read as an answer.
//!
//! What a message is linked to follows from the questions before it. When one of those comes to be
//! known late, or goes, the messages after it are linked anew.

mod unlinked;

pub use super::life::{CHECK_MARK, CROSS};

use super::courses::ServedCourse;
use super::event::Message;
use super::gather::storable;
use super::life::{self, Cause};
use super::turn::Turn;
use crate::domain::ids::{ChannelId, MessageId};
use crate::domain::question::{AnswerState, Why};
use crate::reading::{self, Reading, Saying, spoken_answer};
use crate::store::StoreError;
use crate::store::answers::{self, AnswerRow};
use crate::store::questions::QuestionRow;
pub(crate) use unlinked::weigh_around;

/// A reply, or a message in a question's thread, is suggested from this confidence on: lower than
/// for what nothing links, since its author said which question is meant.
const REPLY_THRESHOLD: f32 = 0.3;

/// By what an answer is linked of which Beadle only guessed, as the database has it.
pub(crate) const BY_READING: &str = By::Reading.name();
/// How sure it is that a message answers of which a person said so.
const BY_HAND: f32 = 0.95;

/// By what a message is linked to the question that it may answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum By {
    Reply,
    Thread,
    Reading,
    Hand,
}

impl By {
    const fn name(self) -> &'static str {
        match self {
            Self::Reply => "reply",
            Self::Thread => "thread",
            Self::Reading => "reading",
            Self::Hand => "hand",
        }
    }
}

/// A link to a question; a confidence of 1 is staff's word, and nothing that Beadle guesses comes near it.
#[derive(Debug, Clone, Copy)]
struct Link {
    question: i64,
    by: By,
    confidence: f32,
}

/// What a message is to the questions before it.
enum Sense {
    /// Nothing: it may ask something itself.
    Nothing,
    /// It speaks to a question, without being suggested as its answer.
    Beside,
    /// It may answer one.
    Answers(Link),
    /// It may answer one, and asks something of its own.
    AnswersAndAsks(Link),
}

/// Links a message to the question that it answers, and to no other. Returns whether it speaks to a
/// question and asks nothing of its own, in which case it is none itself.
pub(crate) async fn link(
    turn: &mut Turn<'_>,
    served: &ServedCourse,
    message: &Message,
    reading: &Reading,
) -> Result<bool, StoreError> {
    let sense = sense(turn, served, message, reading).await?;
    let link = match sense {
        Sense::Answers(link) | Sense::AnswersAndAsks(link) => Some(link),
        Sense::Nothing | Sense::Beside => None,
    };
    relink(turn, message, link).await?;
    Ok(matches!(sense, Sense::Beside | Sense::Answers(_)))
}

async fn sense(
    turn: &mut Turn<'_>,
    served: &ServedCourse,
    message: &Message,
    reading: &Reading,
) -> Result<Sense, StoreError> {
    let spoken_to = [
        (message.reply_to.as_ref().map(|to| to.id), By::Reply),
        (message.starter(), By::Thread),
    ];
    for (to, by) in spoken_to {
        let Some(to) = to else { continue };
        let question = turn.question_by_message(to).await?;
        if let Some(question) = question.filter(|question| question.asks && !question.gone) {
            return Ok(spoken(served, message, reading, &question, by));
        }
    }
    if !reading::in_words(&message.text) {
        return Ok(Sense::Nothing);
    }
    unlinked::sense(turn, served, message).await
}

/// A message whose author said which question is meant.
fn spoken(
    served: &ServedCourse,
    message: &Message,
    reading: &Reading,
    question: &QuestionRow,
    by: By,
) -> Sense {
    let saying = Saying::of(&message.text);
    if !saying.in_words() || question.asker_id == message.author.id.to_db() {
        return Sense::Nothing;
    }
    if served.is_staff(&message.author) && by == By::Reply {
        return if saying.asks_back() {
            Sense::Nothing
        } else {
            Sense::Answers(Link {
                question: question.id,
                by,
                confidence: 1.0,
            })
        };
    }
    // "Which equation do you mean?" answers nothing, and is asked of the asker alone.
    let asks = reading.question && message.text.contains(['?', '？', '؟']);
    if !saying.advises_by_asking() {
        if saying.asks_back() {
            return Sense::Beside;
        }
        if asks {
            return Sense::Nothing;
        }
    }
    let link = match by {
        By::Thread => reading::Link::Thread,
        By::Reply | By::Reading | By::Hand => reading::Link::Reply,
    };
    let asked = Saying::of(&question.text);
    let by_staff = served.is_staff(&message.author);
    let confidence = spoken_answer(&asked, &saying, link, by_staff).confidence;
    if confidence < REPLY_THRESHOLD {
        return Sense::Beside;
    }
    Sense::Answers(Link {
        question: question.id,
        by,
        confidence,
    })
}

/// Makes a message's link the only one that it has.
async fn relink(
    turn: &mut Turn<'_>,
    message: &Message,
    link: Option<Link>,
) -> Result<(), StoreError> {
    let mut is_linked = false;
    for mut row in turn.answers_by_message(message.id).await? {
        match link {
            Some(link) if link.question == row.question_id => {
                is_linked = true;
                let before = row.clone();
                row.text = storable(&message.text);
                row.confidence = f64::from(link.confidence);
                if row.linked_by != By::Hand.name() {
                    row.linked_by = link.by.name().to_owned();
                }
                if row != before {
                    answers::rewrite_answer(turn.db().await?, &row).await?;
                    linked(turn, message, link.question).await?;
                }
            }
            // What a person has pointed at is not Beadle's to take back; what it says may have changed.
            _ if row.linked_by == By::Hand.name() => {
                let text = storable(&message.text);
                if row.text != text {
                    row.text = text;
                    answers::rewrite_answer(turn.db().await?, &row).await?;
                }
            }
            _ => {
                answers::forget_answer(turn.db().await?, row.id).await?;
                let cause = Cause::own(Why::AnswerDeleted, message.id);
                life::review(turn, row.question_id, cause).await?;
            }
        }
    }
    match link {
        Some(link) if !is_linked => {
            let row = answer_row(message, link, turn.now_ms());
            turn.put_answer(row);
            let is_marked = !turn.is_unknown(message.id, |known| &known.reactions);
            if link.confidence < 1.0 && !is_marked {
                life::suggested(turn, link.question, message.id).await
            } else {
                linked(turn, message, link.question).await
            }
        }
        _ => Ok(()),
    }
}

async fn linked(turn: &mut Turn<'_>, message: &Message, question: i64) -> Result<(), StoreError> {
    let cause = Cause::own(Why::LooksAnswered, message.id);
    life::review(turn, question, cause).await
}

fn answer_row(message: &Message, link: Link, now_ms: i64) -> AnswerRow {
    AnswerRow {
        id: 0,
        question_id: link.question,
        channel_id: message.place.channel.to_db(),
        message_id: message.id.to_db(),
        author_id: message.author.id.to_db(),
        author_name: storable(&message.author.name),
        text: storable(&message.text),
        state: AnswerState::Suggested.name().to_owned(),
        confidence: f64::from(link.confidence),
        linked_by: link.by.name().to_owned(),
        linked_at_ms: now_ms,
    }
}

/// Links a message to the question that a person says it answers. Returns the answer's row.
pub(crate) async fn link_by_hand(
    turn: &mut Turn<'_>,
    message: &Message,
    question: i64,
) -> Result<Option<AnswerRow>, StoreError> {
    let link = Link {
        question,
        by: By::Hand,
        confidence: BY_HAND,
    };
    let row = answer_row(message, link, turn.now_ms());
    answers::put_answers(turn.db().await?, &[row]).await?;
    turn.known.answers.insert(message.id);
    let linked = answers::answers_by_message(turn.db().await?, message.id).await?;
    let Some(mut row) = linked.into_iter().find(|row| row.question_id == question) else {
        return Ok(None);
    };
    row.linked_by = By::Hand.name().to_owned();
    answers::rewrite_answer(turn.db().await?, &row).await?;
    Ok(Some(row))
}

/// Has every message weighed again that a question's coming, change or going may matter to.
pub(crate) fn weigh_after(turn: &mut Turn<'_>, question: &QuestionRow) {
    let asked = MessageId::from_db(question.message_id);
    let channel = ChannelId::from_db(question.channel_id);
    let until_ms = question.asked_at_ms + unlinked::WITHIN_MS;
    let here = turn
        .memory
        .window
        .after(channel, asked)
        .map(|heard| &heard.message)
        .filter(|message| match &message.reply_to {
            Some(to) => to.id == asked,
            None => message.posted_at.as_millisecond() <= until_ms,
        });
    let thread = ChannelId::new(asked.get());
    let in_thread = turn.memory.window.after(thread, asked);
    let in_thread = in_thread.map(|heard| &heard.message);
    let later: Vec<_> = here
        .chain(in_thread)
        .map(|message| (message.id, message.place.channel))
        .collect();
    turn.again.extend(later);
}

/// Deals with the deletion of a message. Returns whether it had answered something.
pub(crate) async fn deleted(turn: &mut Turn<'_>, message: MessageId) -> Result<bool, StoreError> {
    let answers = turn.answers_by_message(message).await?;
    for answer in &answers {
        answers::forget_answer(turn.db().await?, answer.id).await?;
        let cause = Cause::own(Why::AnswerDeleted, message);
        life::review(turn, answer.question_id, cause).await?;
    }
    Ok(!answers.is_empty())
}
