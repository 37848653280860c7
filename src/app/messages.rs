//! What becomes of a message: posted, edited, deleted. Which use case it is for is decided here.

use jiff::SignedDuration;

use super::command::{self, Command};
use super::courses::{Belongs, ServedCourse};
use super::event::{Message, Reaction, Reread};
use super::gather::{self, Found};
use super::life::{self, Cause};
use super::turn::Turn;
use super::{answer, lookup, reply};
use crate::domain::ids::{ChannelId, MessageId, UserId};
use crate::domain::question::{AnswerState, QuestionState, Why};
use crate::reading;
use crate::store::cursors::{self, Cursor};
use crate::store::questions::{self, QuestionRow};
use crate::store::{StoreError, answers, lookups, marks};

/// For how long edits and deletions are remembered of messages that were never gathered. A message
/// is not delivered later than that after its own deletion.
const MARKED_FOR: SignedDuration = SignedDuration::from_hours(24);

/// Deals with a message and moves its channel's cursor past it.
pub(crate) async fn posted(turn: &mut Turn<'_>, message: &Message) -> Result<(), StoreError> {
    consider(turn, message).await?;
    let courses = turn.courses;
    let channel = message.place.channel;
    if courses.watching(&message.place).is_some() && turn.memory.live.contains(&channel) {
        let to = Cursor {
            message: message.id,
            since: message.id,
        };
        cursors::advance_cursor(turn.tx, channel, to).await?;
    }
    Ok(())
}

/// Decides what a message is and hands it on; the cursor is not moved.
pub(crate) async fn consider(turn: &mut Turn<'_>, message: &Message) -> Result<(), StoreError> {
    if message.author.is_bot {
        return Ok(());
    }
    if let Some(command) = command_of(turn, message) {
        return match command {
            _ if is_outdated(turn, message).await? => Ok(()),
            Command::Lookup(words) => lookup::asked(turn, message, words).await,
            Command::Gather(words) => gather::by_hand(turn, message, words).await,
            Command::Help => {
                let prefix = gather::prefix_of(turn, message).unwrap_or("!");
                gather::say_once(turn, message, &reply::help(prefix)).await
            }
        };
    }
    let courses = turn.courses;
    let Some(served) = courses.watching(&message.place) else {
        return Ok(());
    };
    if command::is_for_a_bot(&message.text) {
        return Ok(());
    }
    read(turn, served, message).await
}

/// Reads a message that is no command: does it answer, does it ask?
async fn read(
    turn: &mut Turn<'_>,
    served: &ServedCourse,
    message: &Message,
) -> Result<(), StoreError> {
    let words = message.words();
    if message.gather {
        return gather::gather_words(turn, served, message, &words).await;
    }
    let reading = reading::read(&words, gather::duration_meant(served, message));
    let is_post = message.place.in_forum && message.place.channel.get() == message.id.get();
    if !is_post && answer::link(turn, served, message, &reading).await? {
        return Ok(());
    }
    // A post in a watched forum is a question by itself.
    let asks = reading.worth_gathering() || (is_post && reading::in_words(&words));
    if asks && !served.is_staff(&message.author) && !is_outdated(turn, message).await? {
        let found = Found {
            message,
            text: &words,
            reading,
            by_hand: None,
        };
        gather::gather(turn, served, found).await?;
    }
    Ok(())
}

/// The command that a message is, by the prefix of the course that it belongs to.
fn command_of<'m>(turn: &Turn<'_>, message: &'m Message) -> Option<Command<'m>> {
    match turn.courses.of_command(&message.place) {
        Belongs::To(served) => Command::of(&message.text, &served.course.prefix, turn.me),
        Belongs::ToSeveral => turn
            .courses
            .on(message.place.server)
            .find_map(|served| Command::of(&message.text, &served.course.prefix, turn.me)),
        // Where there is no course, other bots own the prefixes: only a mention is for Beadle.
        Belongs::ToNone => Command::of(&message.text, "\0", turn.me),
    }
}

/// Whether a later edit or the deletion of a message came before it.
async fn is_outdated(turn: &mut Turn<'_>, message: &Message) -> Result<bool, StoreError> {
    let mark = marks::mark(turn.tx, message.id).await?;
    let newer_edit = mark
        .edited_at_ms
        .is_some_and(|edited_ms| edited_ms > message.version_ms());
    Ok(mark.deleted || newer_edit)
}

/// Deals with an edit, which may make a message a question or stop it from being one.
pub(crate) async fn edited(turn: &mut Turn<'_>, message: &Message) -> Result<(), StoreError> {
    if message.author.is_bot {
        return Ok(());
    }
    let command = command_of(turn, message);
    if let Some(row) = lookups::lookup_by_message(turn.tx, message.id).await? {
        let words = match command {
            Some(Command::Lookup(words)) => Some(words),
            _ => None,
        };
        lookup::edited(turn, message, row, words).await?;
        if words.is_some() {
            return Ok(());
        }
    }
    let courses = turn.courses;
    let Some(served) = courses.watching(&message.place) else {
        return edited_into_a_command(turn, message).await;
    };
    for answer in answers::answers_by_message(turn.tx, message.id).await? {
        answers::rewrite_answer(turn.tx, answer.id, &gather::storable(&message.text)).await?;
    }
    match questions::question_by_message(turn.tx, message.id).await? {
        Some(row) => reread(turn, served, message, row, command).await,
        None => {
            edited_into_a_command(turn, message).await?;
            if command.is_none() {
                consider(turn, message).await?;
            }
            let is_young = turn.now.duration_since(message.posted_at) < MARKED_FOR;
            if is_young {
                marks::mark_edited(turn.tx, message.id, message.version_ms(), turn.now_ms())
                    .await?;
            }
            Ok(())
        }
    }
}

/// `t 52:14` mended to `!t 52:14` is answered like a new command, while it is fresh.
async fn edited_into_a_command(turn: &mut Turn<'_>, message: &Message) -> Result<(), StoreError> {
    const FRESH: SignedDuration = SignedDuration::from_mins(2);
    let is_fresh = turn.now.duration_since(message.posted_at) <= FRESH;
    if is_fresh && command_of(turn, message).is_some() {
        consider(turn, message).await?;
    }
    Ok(())
}

/// Puts the new words of a question in the place of the old ones.
async fn reread(
    turn: &mut Turn<'_>,
    served: &ServedCourse,
    message: &Message,
    mut row: QuestionRow,
    command: Option<Command<'_>>,
) -> Result<(), StoreError> {
    if message.version_ms() <= row.edited_at_ms {
        return Ok(());
    }
    let whole = message.words();
    let words = match command {
        Some(Command::Gather(words)) if !words.is_empty() => words,
        _ => &*whole,
    };
    let reading = reading::read(words, gather::duration_meant(served, message));
    let asks = reading.worth_gathering() || row.by_hand || message.place.in_forum;
    let state = life::state_of(&row);
    let emoji = served.course.gathered_reaction.as_deref();
    if !asks && state.waits() {
        let cause = Cause::own(Why::EditedAway, message.id);
        life::change(turn, &mut row, QuestionState::Withdrawn, cause).await?;
        questions::rewrite_question(turn.tx, row.id, "", "", None, message.version_ms()).await?;
        promote_next(turn, &row).await?;
        return life::unsign(turn, &row, emoji).await;
    }
    if !asks && state == QuestionState::Withdrawn {
        return Ok(());
    }
    let offset = gather::offset_of(message, &reading, gather::duration_meant(served, message));
    questions::rewrite_question(
        turn.tx,
        row.id,
        &gather::storable(words),
        &gather::storable(&gather::asking(&reading, words)),
        offset.map(|offset| i64::from(offset.seconds())),
        message.version_ms(),
    )
    .await?;
    if state == QuestionState::Withdrawn && was_edited_away(turn, &row).await? {
        let cause = Cause::own(Why::EditedBack, message.id);
        life::reopen(turn, &mut row, cause).await?;
        life::sign(turn, &row, emoji).await?;
    }
    turn.memory.asked.remove(&(row.course_id, row.lecture_id));
    Ok(())
}

async fn was_edited_away(turn: &mut Turn<'_>, row: &QuestionRow) -> Result<bool, StoreError> {
    let last = questions::transitions_of(turn.tx, row.id).await?.pop();
    Ok(last.is_some_and(|last| last.why == Why::EditedAway.name()))
}

/// Deals with deletions, one or many: what stood in the messages is erased at once.
pub(crate) async fn deleted(turn: &mut Turn<'_>, messages: &[MessageId]) -> Result<(), StoreError> {
    for &message in messages {
        if let Some(row) = lookups::lookup_by_message(turn.tx, message).await? {
            lookup::taken_back(turn, &row).await?;
        }
        answer::deleted(turn, message).await?;
        if let Some(mut row) = questions::question_by_message(turn.tx, message).await? {
            questions::forget_question_text(turn.tx, row.id).await?;
            let cause = Cause::own(Why::MessageDeleted, message);
            life::change(turn, &mut row, QuestionState::Withdrawn, cause).await?;
            promote_next(turn, &row).await?;
        }
        let posted_ms = message.created_at_ms();
        if turn.now_ms() - posted_ms < MARKED_FOR.as_millis() as i64 {
            marks::mark_deleted(turn.tx, message, turn.now_ms()).await?;
        }
    }
    Ok(())
}

/// Where a question is gone that others were folded into, the next of them stands for the rest.
pub(crate) async fn promote_next(
    turn: &mut Turn<'_>,
    gone: &QuestionRow,
) -> Result<(), StoreError> {
    let mut folded = questions::merged_into(turn.tx, gone.id).await?;
    if folded.is_empty() {
        return Ok(());
    }
    let mut next = folded.remove(0);
    let cause = Cause::own(Why::MessageDeleted, MessageId::from_db(gone.message_id));
    questions::fold_all_into(turn.tx, gone.id, next.id).await?;
    answers::move_answers(turn.tx, gone.id, next.id).await?;
    life::reopen(turn, &mut next, cause).await?;
    let answered = answers::answers_of(turn.tx, next.id)
        .await?
        .iter()
        .any(|answer| answer.state == AnswerState::Confirmed.name());
    if answered {
        life::change(turn, &mut next, QuestionState::Answered, cause).await?;
    }
    Ok(())
}

/// Deals with what Discord told of a known message when it was asked.
pub(crate) async fn reread_known(turn: &mut Turn<'_>, reread: &Reread) -> Result<(), StoreError> {
    match &reread.message {
        Some(message) => edited(turn, message).await?,
        None => return deleted(turn, &[reread.id]).await,
    }
    let standing = marks::reactions_on(turn.tx, reread.id).await?;
    for gone in standing.iter().filter(|row| {
        let is_there =
            |on: &Reaction| on.person.id.to_db() == row.person_id && on.emoji == row.emoji;
        row.at_ms < reread.as_of.as_millisecond() && !reread.reactions.iter().any(is_there)
    }) {
        let person = UserId::from_db(gone.person_id);
        answer::unreacted(turn, reread.id, Some(person), Some(&gone.emoji)).await?;
    }
    for reaction in &reread.reactions {
        answer::reacted(turn, reaction).await?;
    }
    Ok(())
}

/// Deals with a page of history, oldest first, in one transaction with the channel's cursor.
pub(crate) async fn history(
    turn: &mut Turn<'_>,
    channel: ChannelId,
    messages: &[Message],
) -> Result<(), StoreError> {
    for message in messages {
        consider(turn, message).await?;
    }
    if let Some(last) = messages.iter().map(|message| message.id).max() {
        let to = Cursor {
            message: last,
            since: messages[0].id,
        };
        cursors::advance_cursor(turn.tx, channel, to).await?;
    }
    Ok(())
}
