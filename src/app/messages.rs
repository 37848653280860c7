//! What becomes of a message: posted, edited, deleted. Which use case it is for is decided here.

use std::collections::HashSet;

use jiff::SignedDuration;

use super::command::{self, Typed};
use super::courses::{Belongs, ServedCourse};
use super::event::Message;
use super::gather::{self, Found};
use super::memory::Put;
use super::turn::Turn;
use super::{answer, by_hand, digest, lookup, reply};
use crate::domain::ids::{ChannelId, MessageId};
use crate::reading::{self, Reading, Saying};
use crate::store::cursors::Cursor;
use crate::store::{StoreError, marks, questions};

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
        turn.advance(channel, to);
    }
    Ok(())
}

/// Decides what a message is and hands it on; the cursor is not moved.
pub(crate) async fn consider(turn: &mut Turn<'_>, message: &Message) -> Result<(), StoreError> {
    if message.author.is_bot {
        return Ok(());
    }
    if turn.is_hidden(message) {
        // A post in a forum has a title at least. What is known of it already says more.
        let is_new = turn.question_by_message(message.id).await?.is_none();
        if message.title.is_none() || !is_new {
            return Ok(());
        }
    }
    if let Some(command) = command_of(turn, message) {
        return match command {
            _ if is_outdated(turn, message).await? => Ok(()),
            Typed::Lookup(words) => lookup::asked(turn, message, words).await,
            Typed::Gather(words) => by_hand::gather(turn, message, words).await,
            Typed::Help => {
                let prefix = by_hand::prefix_in(turn, &message.place).unwrap_or("!");
                by_hand::say_once(turn, message, &reply::help(prefix)).await
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

/// Reads a message that is no command, unless a newer version of it has been read.
async fn read(
    turn: &mut Turn<'_>,
    served: &ServedCourse,
    message: &Message,
) -> Result<(), StoreError> {
    if is_outdated(turn, message).await? {
        return Ok(());
    }
    let words = message.words();
    let reading = reading::read(&words, gather::duration_meant(served, message));
    let said = Saying::from_reading(&words, &reading);
    match turn.memory.window.put(message, said) {
        Put::Known => (),
        put => answer::weigh_around(turn, message, put == Put::New).await?,
    }
    weigh(turn, served, message, reading).await
}

/// Finds what a message is, given every question before it that is known: an answer, a question, or
/// talk.
async fn weigh(
    turn: &mut Turn<'_>,
    served: &ServedCourse,
    message: &Message,
    reading: Reading,
) -> Result<(), StoreError> {
    let words = message.words();
    let is_post = message.place.in_forum && message.place.channel.get() == message.id.get();
    let speaks_to_a_question = !is_post && answer::link(turn, served, message, &reading).await?;
    let row = turn.question_by_message(message.id).await?;
    let by_hand = message.gather || row.as_ref().is_some_and(|row| row.by_hand);
    // A post in a watched forum is a question by itself.
    let reads_as_one = reading.worth_gathering() || (is_post && reading::in_words(&words));
    let asks =
        by_hand || (reads_as_one && !speaks_to_a_question && !served.is_staff(&message.author));
    let found = Found {
        message,
        text: &words,
        reading,
        by_hand: message.gather.then_some(&message.author),
        about: None,
    };
    match row {
        Some(row) => gather::refresh(turn, served, row, found, asks).await,
        None if asks => gather::gather(turn, served, found).await,
        None => Ok(()),
    }
}

/// Weighs again the messages before which a question came or went, in their order.
pub(crate) async fn weigh_again(turn: &mut Turn<'_>) -> Result<(), StoreError> {
    let courses = turn.courses;
    look_up_again(turn).await?;
    while let Some((id, channel)) = turn.again.pop_first() {
        let Some(message) = turn.memory.window.get(channel, id) else {
            continue;
        };
        if let Some(served) = courses.watching(&message.place) {
            let reading = reading::read(&message.words(), gather::duration_meant(served, &message));
            weigh(turn, served, &message, reading).await?;
        }
    }
    Ok(())
}

/// Looks up at once what is known of the messages to be weighed again, of which there may be thousands.
async fn look_up_again(turn: &mut Turn<'_>) -> Result<(), StoreError> {
    let window = &turn.memory.window;
    let again = turn.again.iter();
    let messages = again.filter_map(|(id, channel)| window.get(*channel, *id));
    let wanted = messages.flat_map(|message| message.with_linked().collect::<Vec<_>>());
    let unknown: HashSet<MessageId> = wanted
        .filter(|id| !turn.known.looked_up.contains(id))
        .collect();
    if unknown.is_empty() {
        return Ok(());
    }
    turn.look_up(unknown).await
}

/// The command that a message is, by the prefix of the course that it belongs to.
fn command_of<'m>(turn: &Turn<'_>, message: &'m Message) -> Option<Typed<'m>> {
    match turn.courses.of_command(&message.place) {
        Belongs::To(served) => Typed::of(&message.text, &served.course.prefix, turn.me),
        Belongs::ToSeveral => turn
            .courses
            .on(message.place.server)
            .find_map(|served| Typed::of(&message.text, &served.course.prefix, turn.me)),
        // Where there is no course, other bots own the prefixes: only a mention is for Beadle.
        Belongs::ToNone => Typed::of(&message.text, "\0", turn.me),
    }
}

/// Whether a later edit or the deletion of a message came before it.
async fn is_outdated(turn: &mut Turn<'_>, message: &Message) -> Result<bool, StoreError> {
    let mark = turn.mark(message.id).await?;
    let newer_edit = mark
        .edited_at_ms
        .is_some_and(|edited_ms| edited_ms > message.version_ms());
    Ok(mark.deleted || newer_edit)
}

/// Deals with an edit, which may make a message a question or stop it from being one.
pub(crate) async fn edited(turn: &mut Turn<'_>, message: &Message) -> Result<(), StoreError> {
    if message.author.is_bot || turn.is_hidden(message) {
        return Ok(());
    }
    if is_outdated(turn, message).await? {
        return Ok(());
    }
    let command = command_of(turn, message);
    if let Some(row) = lookup::by_message(turn, message.id).await? {
        let words = match command {
            Some(Typed::Lookup(words)) => Some(words),
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
    let is_young = turn.now.duration_since(message.posted_at) < MARKED_FOR;
    if is_young && message.edited_at.is_some() {
        marks::mark_edited(turn.tx, message.id, message.version_ms(), turn.now_ms()).await?;
        turn.known.marks.insert(message.id);
    }
    match (command, turn.question_by_message(message.id).await?) {
        (None, None) if command::is_for_a_bot(&message.text) => Ok(()),
        (None, _) => read(turn, served, message).await,
        (Some(_), None) => edited_into_a_command(turn, message).await,
        (Some(Typed::Gather(words)), Some(row)) if !words.is_empty() => {
            let reading = reading::read(words, gather::duration_meant(served, message));
            let found = Found {
                message,
                text: words,
                reading,
                by_hand: Some(&message.author),
                about: None,
            };
            gather::refresh(turn, served, row, found, true).await
        }
        (Some(_), Some(_)) => read(turn, served, message).await,
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

/// Deals with deletions, one or many: what stood in the messages is erased at once.
pub(crate) async fn deleted(
    turn: &mut Turn<'_>,
    channel: ChannelId,
    messages: &[MessageId],
) -> Result<(), StoreError> {
    digest::redraw::deleted(turn, channel, messages).await?;
    for &message in messages {
        if let Some(said) = turn.memory.window.forget(channel, message) {
            answer::weigh_around(turn, &said, false).await?;
        }
        if let Some(row) = lookup::by_message(turn, message).await? {
            lookup::taken_back(turn, &row).await?;
        }
        let was_linked = answer::deleted(turn, message).await?;
        gather::deleted(turn, message).await?;
        let age_ms = turn.now_ms() - message.created_at_ms();
        if was_linked || age_ms < MARKED_FOR.as_millis() as i64 {
            marks::mark_deleted(turn.tx, message, turn.now_ms()).await?;
            turn.known.marks.insert(message);
        }
    }
    Ok(())
}

/// Deals with the deletion of a channel or thread, and with it of every message in it.
pub(crate) async fn channel_gone(
    turn: &mut Turn<'_>,
    channel: ChannelId,
) -> Result<(), StoreError> {
    let messages = questions::messages_in(turn.db().await?, channel).await?;
    deleted(turn, channel, &messages).await
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
        turn.advance(channel, to);
    }
    Ok(())
}
