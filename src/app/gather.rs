//! Gathering: a message becomes a question, by reading or by hand.

use jiff::SignedDuration;

use super::courses::{Belongs, ServedCourse};
use super::effect::Outgoing;
use super::event::{Message, Person};
use super::life::{self, Cause};
use super::memory::Asked;
use super::turn::Turn;
use super::{answer, link, reply};
use crate::domain::ids::{ChannelId, MessageId, UserId};
use crate::domain::offset::Offset;
use crate::domain::question::{QuestionState, Why};
use crate::reading::{self, Reading, Signature};
use crate::store::questions::{self, QuestionRow};
use crate::store::{StoreError, answers, marks};

/// Two questions that point at the recording further apart than this, in seconds, are not the same,
/// however alike their words: "what does this mean?" asks something else at every offset.
const SAME_PLACE_S: u32 = 120;

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
}

/// Makes a message a question: under its lecture and offset, folded into the same question if that
/// stands already, with what was reacted to it before. Returns its row, or `None` when it is one
/// already.
pub(crate) async fn gather(
    turn: &mut Turn<'_>,
    served: &ServedCourse,
    found: Found<'_>,
) -> Result<Option<QuestionRow>, StoreError> {
    let Found {
        message,
        text,
        reading,
        by_hand,
    } = found;
    let lecture = served.lecture_meant(&message.place, message.posted_at);
    let offset = offset_of(message, &reading, lecture.and_then(|l| l.lecture.duration));
    let mut row = QuestionRow {
        id: 0,
        course_id: served.id,
        lecture_id: lecture.map(|lecture| lecture.id),
        server_id: message.place.server.to_db(),
        channel_id: message.place.channel.to_db(),
        message_id: message.id.to_db(),
        asker_id: message.author.id.to_db(),
        asker_name: storable(&message.author.name),
        text: storable(text),
        asking: storable(&asking(&reading, text)),
        offset_s: offset.map(|offset| i64::from(offset.seconds())),
        state: QuestionState::Open.name().to_owned(),
        merged_into: None,
        by_hand: by_hand.is_some(),
        asked_at_ms: message.posted_at.as_millisecond(),
        edited_at_ms: message.version_ms(),
        closed_at_ms: None,
    };
    let Some(id) = questions::put_question(turn.tx, &row).await? else {
        return Ok(None);
    };
    row.id = id;
    let cause = match by_hand {
        Some(person) => Cause {
            who: Some((person.id, &person.name)),
            why: Why::GatheredByHand,
            message: Some(message.id),
        },
        None => Cause::own(Why::Gathered, message.id),
    };
    life::begin(turn, &row, cause).await?;
    life::sign(turn, &row, served.course.gathered_reaction.as_deref()).await?;
    fold(turn, served, &mut row).await?;
    for reaction in marks::reactions_on(turn.tx, message.id).await? {
        answer::apply_reaction(turn, &reaction).await?;
    }
    Ok(Some(row))
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

/// Folds a new question together with the same one, if that stands already. The one asked first
/// stands for both, unless the other is answered.
async fn fold(
    turn: &mut Turn<'_>,
    served: &ServedCourse,
    row: &mut QuestionRow,
) -> Result<(), StoreError> {
    let signature = signature_of(&row.asking);
    let twin = find_same(turn, row, &signature).await?;
    let asked = Asked {
        question_id: row.id,
        signature,
    };
    turn.memory
        .asked
        .entry((row.course_id, row.lecture_id))
        .or_default()
        .push(asked);
    let Some(mut twin) = twin else { return Ok(()) };

    let asked_before = |a: &QuestionRow, b: &QuestionRow| {
        (a.asked_at_ms, a.message_id) < (b.asked_at_ms, b.message_id)
    };
    let is_answered = life::state_of(&twin) == QuestionState::Answered;
    if is_answered || asked_before(&twin, row) {
        life::merge(turn, row, &twin).await?;
        if is_answered {
            tell_the_answer(turn, served, row, &twin).await?;
        }
        return Ok(());
    }
    // Read later, asked earlier: the new one takes over what was folded into the other.
    life::merge(turn, &mut twin, row).await?;
    questions::fold_all_into(turn.tx, twin.id, row.id).await?;
    answers::move_answers(turn.tx, twin.id, row.id).await?;
    if !answers::answers_of(turn.tx, row.id).await?.is_empty() {
        let message = MessageId::from_db(twin.message_id);
        let cause = Cause::own(Why::LooksAnswered, message);
        life::change(turn, row, QuestionState::Suggested, cause).await?;
    }
    Ok(())
}

/// The question that asks the same as a new one, most alike first.
async fn find_same(
    turn: &mut Turn<'_>,
    row: &QuestionRow,
    signature: &Signature,
) -> Result<Option<QuestionRow>, StoreError> {
    let key = (row.course_id, row.lecture_id);
    if !turn.memory.asked.contains_key(&key) {
        let known = questions::comparable_questions(turn.tx, key.0, key.1).await?;
        let known = known
            .iter()
            .filter(|known| known.id != row.id)
            .map(|known| Asked {
                question_id: known.id,
                signature: signature_of(&known.asking),
            });
        turn.memory.asked.insert(key, known.collect());
    }
    let mut alike: Vec<(f32, i64)> = turn.memory.asked[&key]
        .iter()
        .filter(|asked| asked.question_id != row.id)
        .filter_map(|asked| {
            let likeness = signature.likeness(&asked.signature);
            likeness.same.then_some((likeness.score, asked.question_id))
        })
        .collect();
    alike.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    for (_, id) in alike {
        let Some(other) = questions::question(turn.tx, id).await? else {
            continue;
        };
        let other = life::standing_for(turn, other).await?;
        let state = life::state_of(&other);
        let stands = state.waits() || state == QuestionState::Answered;
        if stands && other.id != row.id && same_place(&other, row) {
            return Ok(Some(other));
        }
    }
    Ok(None)
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

fn same_place(a: &QuestionRow, b: &QuestionRow) -> bool {
    match (a.offset_s, b.offset_s) {
        (Some(a), Some(b)) => a.abs_diff(b) <= u64::from(SAME_PLACE_S),
        _ => true,
    }
}

/// Tells an asker, once, where the answer to their question stands already.
async fn tell_the_answer(
    turn: &mut Turn<'_>,
    served: &ServedCourse,
    row: &QuestionRow,
    twin: &QuestionRow,
) -> Result<(), StoreError> {
    if row.asker_id == twin.asker_id {
        return Ok(());
    }
    let server = served.course.server;
    let answer = answers::answers_of(turn.tx, twin.id)
        .await?
        .into_iter()
        .next();
    let answer = answer.map(|a| link::message(server, a.channel_id, a.message_id));
    let question = link::message(server, twin.channel_id, twin.message_id);
    let key = format!("already:{}:{}", twin.id, UserId::from_db(row.asker_id));
    let asked_at = jiff::Timestamp::from_millisecond(row.asked_at_ms).unwrap_or(turn.now);
    let expires_at = asked_at + SignedDuration::from_hours(1);
    if expires_at <= turn.now {
        return Ok(());
    }
    let text = reply::answered_already(&question, answer.as_deref());
    let channel = ChannelId::from_db(row.channel_id);
    let to = MessageId::from_db(row.message_id);
    turn.reply(channel, to, key, Outgoing::text(text), expires_at)
        .await?;
    Ok(())
}

/// Deals with `!q`: the words behind it are the question, else the message it replies to.
pub(crate) async fn by_hand(
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
    match gather(turn, served, found).await? {
        Some(_) => Ok(()),
        None => say_once(turn, message, reply::GATHERED_ALREADY).await,
    }
}

/// Gathers words of a message, whatever they read as.
pub(crate) async fn gather_words(
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
    gather(turn, served, found).await?;
    Ok(())
}

/// The length of the recording that is meant where a message stands.
pub(crate) fn duration_meant(served: &ServedCourse, message: &Message) -> Option<Offset> {
    served
        .lecture_meant(&message.place, message.posted_at)
        .and_then(|lecture| lecture.lecture.duration)
}

/// Answers a command with a sentence, unless the command is old by now.
pub(crate) async fn say_once(
    turn: &mut Turn<'_>,
    message: &Message,
    sentence: &str,
) -> Result<(), StoreError> {
    let expires_at = message.posted_at + SignedDuration::from_mins(2);
    if expires_at <= turn.now {
        return Ok(());
    }
    let key = format!("said:{}", message.id);
    turn.reply(
        message.place.channel,
        message.id,
        key,
        Outgoing::text(sentence),
        expires_at,
    )
    .await?;
    Ok(())
}

/// The course that a person's command belongs to and its prefix, if the place has one course.
pub(crate) fn prefix_of<'a>(turn: &Turn<'a>, message: &Message) -> Option<&'a str> {
    match turn.courses.of_command(&message.place) {
        Belongs::To(served) => Some(&served.course.prefix),
        Belongs::ToSeveral | Belongs::ToNone => None,
    }
}
