//! What answers a question: replies, messages in its thread, messages that read as an answer, and
//! the reactions by which people say so.

use super::courses::ServedCourse;
use super::event::{Message, Reaction};
use super::gather::storable;
use super::life::{self, Cause};
use super::messages;
use super::turn::Turn;
use crate::domain::ids::{MessageId, UserId};
use crate::domain::question::{AnswerState, QuestionState, Why};
use crate::reading::{self, Candidate, Reading};
use crate::store::answers::{self, AnswerRow};
use crate::store::marks::{self, ReactionRow};
use crate::store::questions::{self, QuestionRow};
use crate::store::{StoreError, questions::TransitionRow};

/// The reaction that says "answered".
pub const CHECK_MARK: &str = "✅";
/// The reaction by which an asker takes a question back.
pub const CROSS: &str = "❌";

/// A reply, or a message in a question's thread, is suggested from this confidence on: lower than
/// for what nothing links, since its author said which question is meant.
const REPLY_THRESHOLD: f32 = 0.3;

/// A message that nothing links is suggested from here on: surer than reading's own
/// [`reading::SUGGEST`], since in a lively channel most messages answer nothing.
const UNLINKED_THRESHOLD: f32 = 0.65;

/// A message that nothing links to a question is held against those of the last hour …
const UNLINKED_WITHIN_MS: i64 = 60 * 60 * 1_000;
/// … and of these against the newest so many.
const UNLINKED_QUESTIONS: i64 = 8;

/// By what a message is linked to the question that it may answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Link {
    Reply,
    Thread,
    Reading,
}

impl Link {
    const fn name(self) -> &'static str {
        match self {
            Self::Reply => "reply",
            Self::Thread => "thread",
            Self::Reading => "reading",
        }
    }
}

/// Links a message to the question that it answers, if it does. Returns whether it does, in which
/// case it is not a question itself.
pub(crate) async fn link(
    turn: &mut Turn<'_>,
    served: &ServedCourse,
    message: &Message,
    reading: &Reading,
) -> Result<bool, StoreError> {
    if let Some(replied) = &message.reply_to
        && let Some(question) = questions::question_by_message(turn.tx, replied.id).await?
    {
        let question = life::standing_for(turn, question).await?;
        return answered_by(turn, served, message, reading, question, Link::Reply).await;
    }
    if message.place.parent.is_some() {
        // A thread that was opened from a message has that message's id.
        let starter = MessageId::new(message.place.channel.get());
        if starter != message.id
            && let Some(question) = questions::question_by_message(turn.tx, starter).await?
        {
            let question = life::standing_for(turn, question).await?;
            return answered_by(turn, served, message, reading, question, Link::Thread).await;
        }
    }
    if reading.question || message.reply_to.is_some() || !reading::in_words(&message.text) {
        return Ok(false);
    }
    unlinked(turn, served, message).await
}

async fn answered_by(
    turn: &mut Turn<'_>,
    served: &ServedCourse,
    message: &Message,
    reading: &Reading,
    question: QuestionRow,
    link: Link,
) -> Result<bool, StoreError> {
    let in_words = reading::in_words(&message.text);
    let counter = reading::is_counter_question(&message.text);
    let by_asker = question.asker_id == message.author.id.to_db();
    if !in_words || by_asker {
        return Ok(false);
    }
    if served.is_staff(&message.author) && link == Link::Reply {
        if counter {
            return Ok(false);
        }
        confirm_staff_reply(turn, message, question).await?;
        return Ok(true);
    }
    // "Which equation do you mean?" answers nothing, and is asked of the asker alone.
    let asks = reading.question && message.text.contains(['?', '？', '؟']);
    if counter || asks {
        return Ok(counter);
    }
    let judged = judge(served, message, &question, link);
    if judged >= REPLY_THRESHOLD {
        suggest(turn, message, question, link, judged).await?;
    }
    Ok(true)
}

/// A message that nothing links: held against the channel's newest waiting questions.
async fn unlinked(
    turn: &mut Turn<'_>,
    served: &ServedCourse,
    message: &Message,
) -> Result<bool, StoreError> {
    let since_ms = message.posted_at.as_millisecond() - UNLINKED_WITHIN_MS;
    let channel = message.place.channel;
    let recent =
        questions::recent_questions(turn.tx, channel, since_ms, message.id, UNLINKED_QUESTIONS)
            .await?;
    let best = recent
        .into_iter()
        .filter(|question| question.asker_id != message.author.id.to_db())
        .map(|question| (judge(served, message, &question, Link::Reading), question))
        .max_by(|(a, _), (b, _)| a.total_cmp(b));
    let Some((confidence, question)) = best else {
        return Ok(false);
    };
    if confidence < UNLINKED_THRESHOLD {
        return Ok(false);
    }
    suggest(turn, message, question, Link::Reading, confidence).await?;
    Ok(true)
}

fn judge(served: &ServedCourse, message: &Message, question: &QuestionRow, link: Link) -> f32 {
    let waited_ms = message.posted_at.as_millisecond() - question.asked_at_ms;
    let candidate = Candidate {
        question: &question.text,
        asker_name: &question.asker_name,
        answer: &message.text,
        author_name: &message.author.name,
        by_staff: served.is_staff(&message.author),
        by_asker: question.asker_id == message.author.id.to_db(),
        replies_to_question: link == Link::Reply,
        in_questions_thread: link == Link::Thread,
        minutes_between: waited_ms as f32 / 60_000.0,
        ..Candidate::default()
    };
    reading::answers(&candidate).confidence
}

fn answer_row(
    message: &Message,
    question: &QuestionRow,
    link: Link,
    state: AnswerState,
    confidence: f32,
    now_ms: i64,
) -> AnswerRow {
    AnswerRow {
        id: 0,
        question_id: question.id,
        channel_id: message.place.channel.to_db(),
        message_id: message.id.to_db(),
        author_id: message.author.id.to_db(),
        author_name: storable(&message.author.name),
        text: storable(&message.text),
        state: state.name().to_owned(),
        confidence: f64::from(confidence),
        linked_by: link.name().to_owned(),
        linked_at_ms: now_ms,
    }
}

async fn suggest(
    turn: &mut Turn<'_>,
    message: &Message,
    mut question: QuestionRow,
    link: Link,
    confidence: f32,
) -> Result<(), StoreError> {
    let now_ms = turn.now_ms();
    let row = answer_row(
        message,
        &question,
        link,
        AnswerState::Suggested,
        confidence,
        now_ms,
    );
    if !answers::put_answer(turn.tx, &row).await? {
        return Ok(());
    }
    let cause = Cause::own(Why::LooksAnswered, message.id);
    if life::state_of(&question) == QuestionState::Open {
        life::change(turn, &mut question, QuestionState::Suggested, cause).await?;
    }
    for reaction in marks::reactions_on(turn.tx, message.id).await? {
        apply_reaction(turn, &reaction).await?;
    }
    Ok(())
}

async fn confirm_staff_reply(
    turn: &mut Turn<'_>,
    message: &Message,
    mut question: QuestionRow,
) -> Result<(), StoreError> {
    let now_ms = turn.now_ms();
    let row = answer_row(
        message,
        &question,
        Link::Reply,
        AnswerState::Confirmed,
        1.0,
        now_ms,
    );
    if !answers::put_answer(turn.tx, &row).await? {
        return Ok(());
    }
    let cause = Cause {
        who: Some((message.author.id, &message.author.name)),
        why: Why::StaffReply,
        message: Some(message.id),
    };
    life::change(turn, &mut question, QuestionState::Answered, cause).await?;
    Ok(())
}

/// Deals with a reaction: it is remembered, and counts on questions and answers.
pub(crate) async fn reacted(turn: &mut Turn<'_>, reaction: &Reaction) -> Result<(), StoreError> {
    let means_something = [CHECK_MARK, CROSS].contains(&reaction.emoji.as_str());
    let courses = turn.courses;
    let Some(served) = courses.watching(&reaction.place) else {
        return Ok(());
    };
    if !means_something || reaction.person.is_bot {
        return Ok(());
    }
    let row = ReactionRow {
        message_id: reaction.message.to_db(),
        person_id: reaction.person.id.to_db(),
        emoji: reaction.emoji.clone(),
        by_name: storable(&reaction.person.name),
        by_staff: served.is_staff(&reaction.person),
        at_ms: turn.now_ms(),
    };
    marks::put_reaction(turn.tx, &row).await?;
    apply_reaction(turn, &row).await
}

/// Lets a reaction count, if it is on a question or an answer and its person has a say in it.
pub(crate) async fn apply_reaction(
    turn: &mut Turn<'_>,
    reaction: &ReactionRow,
) -> Result<(), StoreError> {
    let message = MessageId::from_db(reaction.message_id);
    if let Some(question) = questions::question_by_message(turn.tx, message).await? {
        return on_question(turn, reaction, question).await;
    }
    if reaction.emoji != CHECK_MARK {
        return Ok(());
    }
    for answer in answers::answers_by_message(turn.tx, message).await? {
        let Some(mut question) = questions::question(turn.tx, answer.question_id).await? else {
            continue;
        };
        if reaction.by_staff || reaction.person_id == question.asker_id {
            answers::set_answer_state(turn.tx, answer.id, AnswerState::Confirmed.name()).await?;
            life::change(
                turn,
                &mut question,
                QuestionState::Answered,
                by(reaction, Why::CheckMark),
            )
            .await?;
        }
    }
    Ok(())
}

async fn on_question(
    turn: &mut Turn<'_>,
    reaction: &ReactionRow,
    mut question: QuestionRow,
) -> Result<(), StoreError> {
    let by_asker = reaction.person_id == question.asker_id;
    if reaction.emoji == CROSS {
        if by_asker && life::state_of(&question).waits() {
            let why = by(reaction, Why::AskersCross);
            life::change(turn, &mut question, QuestionState::Withdrawn, why).await?;
            messages::promote_next(turn, &question).await?;
        }
        return Ok(());
    }
    if by_asker || reaction.by_staff {
        let mut question = life::standing_for(turn, question).await?;
        let why = by(reaction, Why::CheckMark);
        life::change(turn, &mut question, QuestionState::Answered, why).await?;
    }
    Ok(())
}

fn by(reaction: &ReactionRow, why: Why) -> Cause<'_> {
    Cause {
        who: Some((UserId::from_db(reaction.person_id), &reaction.by_name)),
        why,
        message: Some(MessageId::from_db(reaction.message_id)),
    }
}

/// Deals with reactions that were taken away: what rested on them alone is undone.
pub(crate) async fn unreacted(
    turn: &mut Turn<'_>,
    message: MessageId,
    person: Option<UserId>,
    emoji: Option<&str>,
) -> Result<(), StoreError> {
    for reaction in marks::take_reactions(turn.tx, message, person, emoji).await? {
        if let Some(question) = questions::question_by_message(turn.tx, message).await? {
            let question = match reaction.emoji.as_str() {
                CHECK_MARK => life::standing_for(turn, question).await?,
                _ => question,
            };
            undo(turn, question, &reaction).await?;
            continue;
        }
        for answer in answers::answers_by_message(turn.tx, message).await? {
            if reaction.emoji == CHECK_MARK {
                undo_confirmation(turn, &answer, &reaction).await?;
            }
        }
    }
    // Another's reaction may still stand.
    for reaction in marks::reactions_on(turn.tx, message).await? {
        apply_reaction(turn, &reaction).await?;
    }
    Ok(())
}

/// Reopens a question if the taken reaction is what closed it.
async fn undo(
    turn: &mut Turn<'_>,
    mut question: QuestionRow,
    reaction: &ReactionRow,
) -> Result<(), StoreError> {
    let (closed_by, reopens) = match reaction.emoji.as_str() {
        CHECK_MARK => (Why::CheckMark, Why::CheckMarkTaken),
        _ => (Why::AskersCross, Why::AskersCrossTaken),
    };
    let last = questions::transitions_of(turn.tx, question.id).await?.pop();
    if last.is_some_and(|last| was_done_by(&last, reaction, closed_by)) {
        life::reopen(turn, &mut question, by(reaction, reopens)).await?;
    }
    Ok(())
}

fn was_done_by(transition: &TransitionRow, reaction: &ReactionRow, why: Why) -> bool {
    transition.why == why.name()
        && transition.who_id == Some(reaction.person_id)
        && transition.message_id == Some(reaction.message_id)
}

async fn undo_confirmation(
    turn: &mut Turn<'_>,
    answer: &AnswerRow,
    reaction: &ReactionRow,
) -> Result<(), StoreError> {
    let Some(question) = questions::question(turn.tx, answer.question_id).await? else {
        return Ok(());
    };
    let had_a_say = reaction.by_staff || reaction.person_id == question.asker_id;
    let by_staff_reply = answer.confidence >= 1.0;
    if had_a_say && !by_staff_reply {
        answers::set_answer_state(turn.tx, answer.id, AnswerState::Suggested.name()).await?;
        undo(turn, question, reaction).await?;
    }
    Ok(())
}

/// Deals with the deletion of a message that answered something.
pub(crate) async fn deleted(turn: &mut Turn<'_>, message: MessageId) -> Result<(), StoreError> {
    for answer in answers::answers_by_message(turn.tx, message).await? {
        answers::forget_answer(turn.tx, answer.id).await?;
        let Some(mut question) = questions::question(turn.tx, answer.question_id).await? else {
            continue;
        };
        let left = answers::answers_of(turn.tx, question.id).await?;
        let cause = Cause::own(Why::AnswerDeleted, message);
        match life::state_of(&question) {
            QuestionState::Suggested if left.is_empty() => {
                life::change(turn, &mut question, QuestionState::Open, cause).await?;
            }
            QuestionState::Answered => {
                let last = questions::transitions_of(turn.tx, question.id).await?.pop();
                let rested_on_it =
                    last.is_some_and(|last| last.message_id == Some(message.to_db()));
                let confirmed = left
                    .iter()
                    .any(|left| left.state == AnswerState::Confirmed.name());
                if rested_on_it && !confirmed {
                    life::reopen(turn, &mut question, cause).await?;
                }
            }
            _ => {}
        }
    }
    Ok(())
}
