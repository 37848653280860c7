//! Messages that nothing links to a question: what was said around them tells whether they answer one.

use std::iter;

use crate::app::courses::ServedCourse;
use crate::app::event::Message;
use crate::app::memory::{Asked, Heard};
use crate::app::turn::Turn;
use crate::domain::ids::MessageId;
use crate::reading::{self, Line, SUGGEST, Talk};
use crate::store::StoreError;

use super::{By, Link, Sense};

/// A message is held against the questions of the last hour …
pub(super) const WITHIN_MS: i64 = 60 * 60 * 1_000;
/// … and of these against the newest so many.
const QUESTIONS: usize = 8;

/// What a message is to the channel's newest questions before it, whatever became of them.
pub(super) async fn sense(
    turn: &mut Turn<'_>,
    served: &ServedCourse,
    message: &Message,
) -> Result<Sense, StoreError> {
    let posted_ms = message.posted_at.as_millisecond();
    let until = (posted_ms, message.id.to_db());
    let author = message.author.id.to_db();
    let channel = message.place.channel;
    // Read before what is remembered, so that both can be looked at together below.
    turn.recent(
        channel,
        (posted_ms - WITHIN_MS, i64::MIN),
        until,
        author,
        QUESTIONS,
    )
    .await?;
    let questions = questions_before(turn, message, |asked| asked.asker_id != author);
    if questions.is_empty() {
        return Ok(Sense::Nothing);
    }
    let by_staff = served.is_staff(&message.author);
    Ok(best(turn, message, &questions, by_staff))
}

/// The newest questions of the channel that were asked in the hour before a message.
fn questions_before<'t>(
    turn: &'t Turn<'_>,
    message: &Message,
    wanted: impl Fn(&Asked) -> bool,
) -> Vec<(MessageId, &'t Asked)> {
    let posted_ms = message.posted_at.as_millisecond();
    let since = (posted_ms - WITHIN_MS, i64::MIN);
    let until = (posted_ms, message.id.to_db());
    let Some(recent) = turn.memory.recent.get(&message.place.channel) else {
        return Vec::new();
    };
    let newest_first = recent.between(since, until).rev();
    newest_first
        .map(|((_, id), asked)| (MessageId::from_db(*id), asked))
        .filter(|(_, asked)| wanted(asked))
        .take(QUESTIONS)
        .collect()
}

/// The question that the message speaks to most surely, and what it is to that.
fn best(
    turn: &Turn<'_>,
    message: &Message,
    questions: &[(MessageId, &Asked)],
    by_staff: bool,
) -> Sense {
    let Some((lines, at)) = lines_around(turn, message, questions) else {
        return Sense::Nothing;
    };
    let channel = message.place.channel;
    let (ids, lines): (Vec<_>, Vec<_>) = lines.into_iter().unzip();
    let talk = Talk::around(&lines, at);
    let candidates = questions.iter().filter_map(|(id, asked)| {
        let nth = talk.index_of(ids.binary_search(id).ok()?)?;
        // Where it is not known what was said between, only who names the asker can be meant.
        let mut before = turn.memory.window.before(channel, *id);
        let heard = turn.memory.window.heard(channel, *id);
        let is_remembered = heard.is_some() || before.next().is_some();
        let judged = is_remembered || talk.speaks_to_asker(nth);
        judged.then(|| (asked.id, nth, talk.answering(nth, by_staff).confidence))
    });
    let best = candidates.max_by(|(_, _, a), (_, _, b)| a.total_cmp(b));
    match best {
        Some((question, nth, confidence)) if confidence >= SUGGEST => {
            let link = Link {
                question,
                by: By::Reading,
                confidence,
            };
            match (talk.may_answer(nth), talk.speaks_to_asker(nth)) {
                (true, _) if lines[at].said.asks_anew() => Sense::AnswersAndAsks(link),
                (true, _) => Sense::Answers(link),
                // "Which equation do you mean?" answers nothing, and is asked of the asker alone.
                (false, true) => Sense::Beside,
                (false, false) => Sense::Nothing,
            }
        }
        _ => Sense::Nothing,
    }
}

/// A line with its message.
type Told<'t> = (MessageId, Line<'t>);

/// What was said around a message, in order, with the questions that were asked before any of it is
/// remembered; and where the message stands in it.
fn lines_around<'t>(
    turn: &'t Turn<'_>,
    message: &Message,
    questions: &[(MessageId, &'t Asked)],
) -> Option<(Vec<Told<'t>>, usize)> {
    let channel = message.place.channel;
    let window = &turn.memory.window;
    let own = window.heard(channel, message.id)?;
    let told = |heard: &'t Heard| (heard.message.id, heard.line());
    let before = window.before(channel, message.id).take(reading::BEFORE - 1);
    let mut lines: Vec<Told> = before.map(told).collect();
    lines.reverse();
    for (id, asked) in questions {
        if window.heard(channel, *id).is_none() {
            let place = lines.partition_point(|(other, _)| other < id);
            lines.insert(place, (*id, asked.line()));
        }
    }
    let at = lines.len();
    lines.push(told(own));
    let until_ms = own.line().at_ms + reading::AFTER_MS;
    let by_an_asker = |line: &Line| {
        let asks = |(_, asked): &(MessageId, &Asked)| asked.line().author == line.author;
        questions.iter().any(asks)
    };
    let after = window
        .after(channel, message.id)
        .take_while(|heard| heard.message.posted_at.as_millisecond() <= until_ms)
        .map(told)
        .filter(|(_, line)| by_an_asker(line));
    lines.extend(after);
    Some((lines, at))
}

/// Has the messages weighed again to which it matters that a message came, changed or went: those after it,
/// and those before it that its author may have thanked for. `is_new`: it has said nothing else before.
pub(crate) async fn weigh_around(
    turn: &mut Turn<'_>,
    message: &Message,
    is_new: bool,
) -> Result<(), StoreError> {
    let (channel, id) = (message.place.channel, message.id);
    let posted_ms = message.posted_at.as_millisecond();
    let until_ms = posted_ms + WITHIN_MS;
    let after = turn.memory.window.after(channel, id);
    let after: Vec<_> = after
        .take(reading::BEFORE)
        .take_while(|heard| heard.message.posted_at.as_millisecond() <= until_ms)
        .map(|heard| heard.message.id)
        .collect();
    let until = (posted_ms, id.to_db());
    turn.recent(
        channel,
        (posted_ms - WITHIN_MS, i64::MIN),
        until,
        0,
        QUESTIONS,
    )
    .await?;
    let author = message.author.id.to_db();
    let own = questions_before(turn, message, |asked| asked.asker_id == author);
    let own: Vec<_> = own.into_iter().map(|(question, _)| question).collect();
    let before = answered_by(turn, message, &own, is_new);
    let again: Vec<_> = after.into_iter().chain(before).collect();
    turn.again.extend(again.into_iter().map(|id| (id, channel)));
    Ok(())
}

/// The messages after some questions of one asker, the newest question first, that the asker, by a later
/// message, may have responded to.
fn answered_by(
    turn: &Turn<'_>,
    message: &Message,
    questions: &[MessageId],
    is_new: bool,
) -> Vec<MessageId> {
    let channel = message.place.channel;
    let window = &turn.memory.window;
    let response = window.heard(channel, message.id).filter(|_| is_new);
    let response = response.map(Heard::line);
    let from_ms = message.posted_at.as_millisecond() - reading::AFTER_MS;
    // What comes after a newer question comes after that one too.
    let until = iter::once(message.id).chain(questions.iter().copied());
    let between = questions.iter().zip(until).flat_map(|(question, until)| {
        let after = window.after(channel, *question).take(reading::BEFORE);
        after.take_while(move |heard| heard.message.id < until)
    });
    between
        .filter(|heard| heard.message.author.id != message.author.id)
        .filter(|heard| heard.message.posted_at.as_millisecond() >= from_ms)
        .filter(|heard| response.is_none_or(|it| it.may_respond_to(&heard.line())))
        .map(|heard| heard.message.id)
        .collect()
}
