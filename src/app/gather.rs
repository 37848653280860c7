//! Gathering: a message becomes a question, by reading or by hand.

use jiff::SignedDuration;

use super::courses::ServedCourse;
use super::effect::Effect;
use super::event::{Message, Person};
use super::life::{self, Cause};
use super::turn::{Purpose, Turn};
use super::{answer, fold, link, reply, tag};
use crate::domain::ids::{ChannelId, MessageId, ServerId, UserId};
use crate::domain::offset::Offset;
use crate::domain::question::{QuestionState, Why};
use crate::reading::{self, Reading, Signature};
use crate::store::questions::{self, QuestionRow};
use crate::store::{StoreError, answers};

/// What is gathered.
pub(crate) struct Found<'a> {
    /// The message that asks.
    pub message: &'a Message,
    /// What it says.
    pub text: &'a str,
    /// What that means.
    pub reading: Reading,
    /// Who gathered it; `None`: it read as a question.
    pub by_hand: Option<&'a Person>,
    /// What it is about, where that was said apart from the words.
    pub about: Option<About>,
}

/// What a question is about, as its asker said it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct About {
    /// The lecture's row; none: the one that is meant where it is asked.
    pub lecture: Option<i64>,
    /// Where in the recording, in seconds; none: where the words point.
    pub offset_s: Option<i64>,
}

/// Makes a message a question: under its lecture and offset, folded into the same question if that
/// stands already, with what was reacted to it before.
pub(crate) async fn gather(
    turn: &mut Turn<'_>,
    served: &ServedCourse,
    found: Found<'_>,
) -> Result<(), StoreError> {
    let Found {
        message, by_hand, ..
    } = found;
    let named = found.about.and_then(|about| served.lecture(about.lecture?));
    let lecture = named.or_else(|| served.lecture_meant(&message.place, message.posted_at));
    let mut row = QuestionRow {
        id: 0,
        course_id: served.id,
        lecture_id: lecture.map(|lecture| lecture.id),
        server_id: message.place.server.to_db(),
        channel_id: message.place.channel.to_db(),
        message_id: message.id.to_db(),
        asker_id: message.author.id.to_db(),
        asker_name: storable(&message.author.name),
        text: String::new(),
        asking: String::new(),
        offset_s: None,
        state: QuestionState::Open.name().to_owned(),
        merged_into: None,
        by_hand: by_hand.is_some(),
        asked_at_ms: message.posted_at.as_millisecond(),
        edited_at_ms: message.version_ms(),
        closed_at_ms: None,
        asks: true,
        gone: false,
        same_key: None,
    };
    put_words(&mut row, served, message, found.text, &found.reading);
    if let Some(offset_s) = found.about.and_then(|about| about.offset_s) {
        row.offset_s = Some(offset_s);
    }
    let is_new_thing = !turn.may_be_asked(&row).await?;
    turn.put_question(&mut row).await?;
    let cause = match by_hand {
        Some(person) => Cause {
            who: Some((person.id, person.name.clone())),
            why: Why::GatheredByHand,
            message: Some(message.id),
        },
        None => Cause::own(Why::Gathered, message.id),
    };
    life::begin(turn, &row, cause.clone());
    let emoji = served.course.gathered_reaction.as_deref();
    sign(turn, &row, emoji, row.edited_at_ms);
    answer::weigh_after(turn, &row);
    match turn.is_unknown(message.id, |known| &known.reactions) {
        true if is_new_thing => return tag::of_new(turn, &row).await,
        true => fold::place_new(turn, row.clone(), &cause).await?,
        false => life::review_words(turn, row.id, cause).await?,
    }
    tag::of_new(turn, &row).await?;
    tell_the_answer(turn, served, row.id).await
}

/// Writes what a message says into its question's row.
fn put_words(
    row: &mut QuestionRow,
    served: &ServedCourse,
    message: &Message,
    text: &str,
    reading: &Reading,
) {
    let asking = asking(reading, text);
    let offset = offset_of(message, reading, duration_meant(served, message));
    row.same_key = signature_of(&asking).same_key().map(u64::cast_signed);
    row.text = storable(text);
    row.asking = storable(&asking);
    row.offset_s = offset.map(|offset| i64::from(offset.seconds()));
}

/// Brings a question to what its message says now, and to whether that asks anything.
pub(crate) async fn refresh(
    turn: &mut Turn<'_>,
    served: &ServedCourse,
    row: QuestionRow,
    found: Found<'_>,
    asks: bool,
) -> Result<(), StoreError> {
    let Found {
        message,
        text,
        reading,
        by_hand,
        about: _,
    } = found;
    if row.gone || message.version_ms() < row.edited_at_ms {
        return Ok(());
    }
    let mut now = QuestionRow {
        asks,
        by_hand: row.by_hand || by_hand.is_some(),
        edited_at_ms: message.version_ms(),
        ..row.clone()
    };
    if asks {
        put_words(&mut now, served, message, text, &reading);
    } else {
        erase(&mut now);
        turn.erased.insert(now.id);
    }
    if now == row {
        return Ok(());
    }
    questions::rewrite_question(turn.db().await?, &now).await?;
    turn.note(&now);
    answer::weigh_after(turn, &now);
    let emoji = served.course.gathered_reaction.as_deref();
    let why = match (row.asks, asks) {
        (false, true) => {
            // By hand it may come and go without an edit.
            let since_ms = match by_hand {
                Some(_) => turn.now_ms(),
                None => now.edited_at_ms,
            };
            sign(turn, &now, emoji, since_ms);
            Why::EditedBack
        }
        (true, false) => {
            unsign(turn, &now, emoji, now.edited_at_ms);
            Why::EditedAway
        }
        _ => Why::Gathered,
    };
    life::review_words(turn, now.id, Cause::own(why, message.id)).await
}

/// Writes that a question's message, which its row says already, asks nothing any more.
pub(crate) async fn stop_asking(turn: &mut Turn<'_>, row: &QuestionRow) -> Result<(), StoreError> {
    let mut row = row.clone();
    erase(&mut row);
    turn.erased.insert(row.id);
    questions::rewrite_question(turn.db().await?, &row).await?;
    turn.note(&row);
    answer::weigh_after(turn, &row);
    let courses = turn.courses;
    let served = courses.iter().find(|served| served.id == row.course_id);
    let emoji = served.and_then(|served| served.course.gathered_reaction.as_deref());
    let now_ms = turn.now_ms();
    unsign(turn, &row, emoji, now_ms);
    Ok(())
}

/// Erases what a question says.
pub(crate) fn erase(row: &mut QuestionRow) {
    row.text.clear();
    row.asking.clear();
    row.same_key = None;
}

/// Deals with the deletion of a question's message: what stood in it is erased at once.
pub(crate) async fn deleted(turn: &mut Turn<'_>, message: MessageId) -> Result<(), StoreError> {
    let Some(mut row) = turn.question_by_message(message).await? else {
        return Ok(());
    };
    if row.gone {
        return Ok(());
    }
    row.gone = true;
    erase(&mut row);
    turn.erased.insert(row.id);
    questions::rewrite_question(turn.db().await?, &row).await?;
    turn.note(&row);
    answer::weigh_after(turn, &row);
    let cause = Cause::own(Why::MessageDeleted, message);
    life::review_words(turn, row.id, cause).await
}

/// Only messages younger than an hour get the sign: nobody looks back further, and a restart would
/// rain reactions.
const SIGNED_WITHIN_MS: i64 = 60 * 60 * 1_000;

/// Leaves the sign of having been gathered on a question's message, if the course wants one. `since_ms`:
/// since when it asks what it does.
fn sign(turn: &mut Turn<'_>, row: &QuestionRow, emoji: Option<&str>, since_ms: i64) {
    let Some(emoji) = emoji else { return };
    let expires_at_ms = row.asked_at_ms + SIGNED_WITHIN_MS;
    if expires_at_ms <= turn.now_ms() {
        return;
    }
    let message = MessageId::from_db(row.message_id);
    let effect = Effect::React {
        message,
        emoji: emoji.to_owned(),
    };
    let purpose = Purpose {
        key: format!("sign:{message}:{since_ms}"),
        server: ServerId::from_db(row.server_id),
        cause: Some(message),
        expires_at: jiff::Timestamp::from_millisecond(expires_at_ms).ok(),
    };
    turn.decide(ChannelId::from_db(row.channel_id), effect, purpose);
}

/// Takes the sign off a message that is no question any more; `since_ms`: since when.
fn unsign(turn: &mut Turn<'_>, row: &QuestionRow, emoji: Option<&str>, since_ms: i64) {
    let Some(emoji) = emoji else { return };
    let message = MessageId::from_db(row.message_id);
    let effect = Effect::Unreact {
        message,
        emoji: emoji.to_owned(),
    };
    let purpose = Purpose {
        key: format!("unsign:{message}:{since_ms}"),
        server: ServerId::from_db(row.server_id),
        cause: Some(message),
        expires_at: Some(turn.now + SignedDuration::from_hours(1)),
    };
    turn.decide(ChannelId::from_db(row.channel_id), effect, purpose);
}

/// The sentences that ask, a line each; where reading found none, the whole text.
pub(crate) fn asking(reading: &Reading, text: &str) -> String {
    let sentences = reading.asking(text);
    if sentences.is_empty() {
        text.to_owned()
    } else {
        sentences.join("\n")
    }
}

/// A text as databases take it: PostgreSQL refuses the character NUL.
pub(crate) fn storable(text: &str) -> String {
    text.replace('\0', "")
}

/// The offset that a message points at: the first of its own, else of the message that it replies
/// to.
pub(crate) fn offset_of(
    message: &Message,
    reading: &Reading,
    duration: Option<Offset>,
) -> Option<Offset> {
    let own = reading.offsets.first().map(|found| found.start);
    own.or_else(|| {
        let (_, text) = message.reply_to.as_ref()?.said.as_ref()?;
        reading::offsets(text, duration)
            .first()
            .map(|found| found.start)
    })
}

/// What a question asks, for comparison. Offsets are left out, with the word before them: where two
/// questions point is compared apart.
pub(crate) fn signature_of(asking: &str) -> Signature {
    let mut words = String::with_capacity(asking.len());
    let mut from = 0;
    for found in reading::offsets(asking, None) {
        let before = asking.get(from..found.at.start).unwrap_or_default();
        let bare = before.trim_end_matches([' ', '@', '(', '[', ',']);
        let last = bare.rfind(' ').map_or(0, |space| space + 1);
        let points = ["at", "around", "near", "from", "by"]
            .iter()
            .any(|word| bare[last..].eq_ignore_ascii_case(word));
        words.push_str(if points { &bare[..last] } else { bare });
        words.push(' ');
        from = found.at.end;
    }
    words.push_str(asking.get(from..).unwrap_or_default());
    Signature::of(&words)
}

/// Tells an asker, once, where the answer to their question stands already, if it was folded into an
/// answered one.
async fn tell_the_answer(
    turn: &mut Turn<'_>,
    served: &ServedCourse,
    question: i64,
) -> Result<(), StoreError> {
    let Some(row) = questions::question(turn.db().await?, question).await? else {
        return Ok(());
    };
    let asked_at = jiff::Timestamp::from_millisecond(row.asked_at_ms).unwrap_or(turn.now);
    let expires_at = asked_at + SignedDuration::from_hours(1);
    if row.merged_into.is_none() || expires_at <= turn.now {
        return Ok(());
    }
    let twin = life::standing_for(turn, row.clone()).await?;
    if row.asker_id == twin.asker_id || life::state_of(&twin) != QuestionState::Answered {
        return Ok(());
    }
    let server = served.course.server;
    let answers = answers::answers_of(turn.db().await?, twin.id).await?;
    // It had to stand before: what is told follows from what was said, not from when it was heard.
    let stood_before = answers.iter().find(|it| it.message_id < row.message_id);
    if stood_before.is_none() && !answers.is_empty() {
        return Ok(());
    }
    let answer = stood_before.map(|it| link::message(server, it.channel_id, it.message_id));
    let question = link::message(server, twin.channel_id, twin.message_id);
    let key = format!("already:{}:{}", twin.id, UserId::from_db(row.asker_id));
    let text = reply::answered_already(&question, answer.as_deref());
    let channel = ChannelId::from_db(row.channel_id);
    let to = MessageId::from_db(row.message_id);
    let purpose = Purpose {
        key,
        server,
        cause: Some(to),
        expires_at: Some(expires_at),
    };
    turn.reply(channel, to, text, purpose);
    Ok(())
}

/// The length of the recording that is meant where a message stands.
pub(crate) fn duration_meant(served: &ServedCourse, message: &Message) -> Option<Offset> {
    served
        .lecture_meant(&message.place, message.posted_at)
        .and_then(|lecture| lecture.lecture.duration)
}
