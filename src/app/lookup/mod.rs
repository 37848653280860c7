//! Lookups: `!t 52:14`, and what keeps them from flooding a channel.
//!
//! Every lookup leaves a row, so that editing or deleting the command reaches its answer, and so
//! that the same message delivered twice is answered once.

mod turning;
mod understand;

use jiff::{SignedDuration, Timestamp};

pub(crate) use turning::control;
pub use understand::{Lookup, Mistake, What, named, understand};

use super::courses::{Belongs, ServedCourse, ServedLecture};
use super::effect::{Effect, Outgoing};
use super::event::{Delivery, Message};
use super::interaction::{Asked, Response, Stopped};
use super::turn::{Purpose, Turn};
use super::{link, reply};
use crate::domain::ids::{ChannelId, MessageId, ServerId};
use crate::domain::lecture::{Coverage, Lecture};
use crate::domain::offset::Offset;
use crate::store::lookups::{self, LookupRow};
use crate::store::{StoreError, Tx, answers, questions};

/// A lookup older than this is not answered any more.
const ANSWERED_WITHIN: SignedDuration = SignedDuration::from_mins(2);

/// What students asked about the topic that covers an offset.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Here {
    /// How many questions wait for an answer.
    pub open: i64,
    /// Up to three that have one.
    pub answered: Vec<Answered>,
    /// How many there are, with or without an answer.
    pub asked: i64,
}

/// An answered question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// What it asks.
    pub asking: String,
    /// A link to it.
    pub question: String,
    /// A link to its answer, if a message is linked.
    pub answer: Option<String>,
}

/// What came of a lookup, as its row tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Answered,
    /// Answered, and the answer says something else by now.
    Turned,
    Repeat,
    Warned,
    Silent,
}

impl Outcome {
    const fn name(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::Turned => "turned",
            Self::Repeat => "repeat",
            Self::Warned => "warned",
            Self::Silent => "silent",
        }
    }
}

/// Deals with a message that looks something up.
pub(crate) async fn asked(
    turn: &mut Turn<'_>,
    message: &Message,
    words: &str,
) -> Result<(), StoreError> {
    if is_stale(message, turn.now) || by_message(turn, message.id).await?.is_some() {
        return Ok(());
    }
    let (subject, parts) = answer(turn, message, words).await?;
    let outcome = judge(turn, message, &subject).await?;
    let parts = match outcome {
        Outcome::Answered => parts,
        Outcome::Repeat => {
            point_above(turn, message);
            Vec::new()
        }
        Outcome::Warned => {
            let limits = limits(turn, message);
            let warning = reply::too_many_lookups(limits.per_user, limits.per_user_window_s);
            vec![Outgoing::text(warning)]
        }
        Outcome::Silent | Outcome::Turned => Vec::new(),
    };
    let keys = say(turn, message, &[], parts);
    let row = LookupRow {
        message_id: message.id.to_db(),
        server_id: message.place.server.to_db(),
        channel_id: message.place.channel.to_db(),
        asker_id: message.author.id.to_db(),
        asked_at_ms: message.posted_at.as_millisecond(),
        subject,
        outcome: outcome.name().to_owned(),
        keys: keys.join(" "),
    };
    turn.known.lookups.insert(message.id);
    lookups::put_lookup(turn.tx, &row).await
}

/// The lookup that a message asked for.
pub(crate) async fn by_message(
    turn: &mut Turn<'_>,
    message: MessageId,
) -> Result<Option<LookupRow>, StoreError> {
    if turn.is_unknown(message, |known| &known.lookups) {
        return Ok(None);
    }
    lookups::lookup_by_message(turn.tx, message).await
}

/// Deals with an edit of a message that had looked something up. `words` are what it looks up now;
/// `None`: nothing any more.
pub(crate) async fn edited(
    turn: &mut Turn<'_>,
    message: &Message,
    row: LookupRow,
    words: Option<&str>,
) -> Result<(), StoreError> {
    let Some(words) = words else {
        return taken_back(turn, &row).await;
    };
    let (subject, parts) = answer(turn, message, words).await?;
    let says_so = subject == row.subject && row.outcome != Outcome::Turned.name();
    if says_so || row.outcome == Outcome::Silent.name() {
        return Ok(());
    }
    if row.outcome == Outcome::Repeat.name() {
        let effect = Effect::Unreact {
            message: message.id,
            emoji: reply::STANDS_ABOVE.to_owned(),
        };
        let purpose = purpose(turn, message, format!("unabove:{}", message.id));
        turn.decide(message.place.channel, effect, purpose);
    }
    let before: Vec<&str> = row.keys.split_whitespace().collect();
    for surplus in before.iter().skip(parts.len()) {
        unsay(turn, &row, surplus);
    }
    let keys = say(turn, message, &before, parts);
    let row = LookupRow {
        subject,
        outcome: Outcome::Answered.name().to_owned(),
        keys: keys.join(" "),
        ..row
    };
    lookups::put_lookup(turn.tx, &row).await
}

/// Deals with the deletion of a message that had looked something up: its answer goes with it.
pub(crate) async fn taken_back(turn: &mut Turn<'_>, row: &LookupRow) -> Result<(), StoreError> {
    for key in row.keys.split_whitespace() {
        unsay(turn, row, key);
    }
    let message = MessageId::from_db(row.message_id);
    lookups::forget_lookup(turn.tx, message).await
}

fn is_stale(message: &Message, now: Timestamp) -> bool {
    message.delivery == Delivery::History && now.duration_since(message.posted_at) > ANSWERED_WITHIN
}

fn limits(turn: &Turn<'_>, message: &Message) -> crate::domain::course::LookupSettings {
    match turn.courses.of_command(&message.place) {
        Belongs::To(served) => served.course.lookup,
        Belongs::ToSeveral | Belongs::ToNone => Default::default(),
    }
}

/// What to make of a lookup, by the rates of the channel and of the person.
async fn judge(
    turn: &mut Turn<'_>,
    message: &Message,
    subject: &str,
) -> Result<Outcome, StoreError> {
    let limits = limits(turn, message);
    let asked_at_ms = message.posted_at.as_millisecond();
    if limits.per_user > 0 && limits.per_user_window_s > 0 {
        let since_ms = asked_at_ms - i64::from(limits.per_user_window_s) * 1_000;
        let outcomes = lookups::outcomes_since(turn.tx, message.author.id, since_ms).await?;
        let counted = [Outcome::Answered, Outcome::Turned, Outcome::Repeat].map(Outcome::name);
        let served = outcomes
            .iter()
            .filter(|name| counted.contains(&name.as_str()));
        if served.count() >= limits.per_user as usize {
            let warned = outcomes.iter().any(|name| name == Outcome::Warned.name());
            return Ok(if warned {
                Outcome::Silent
            } else {
                Outcome::Warned
            });
        }
    }
    if limits.repeat_s > 0 {
        let since_ms = asked_at_ms - i64::from(limits.repeat_s) * 1_000;
        let channel = message.place.channel;
        if lookups::answered_since(turn.tx, channel, subject, since_ms, message.id).await? {
            return Ok(Outcome::Repeat);
        }
    }
    Ok(Outcome::Answered)
}

/// What the answer is, and in one form what was asked.
async fn answer(
    turn: &mut Turn<'_>,
    message: &Message,
    words: &str,
) -> Result<(String, Vec<Outgoing>), StoreError> {
    let asked = format!("?{}", words.trim().to_lowercase());
    let served = match turn.courses.of_command(&message.place) {
        Belongs::To(served) => served,
        Belongs::ToNone => return Ok((asked, vec![Outgoing::text(reply::NO_COURSE)])),
        Belongs::ToSeveral => {
            let channels = turn.courses.channels_on(message.place.server);
            return Ok((asked, vec![Outgoing::text(reply::which_course(&channels))]));
        }
    };
    let meant = served.lecture_meant(&message.place, message.posted_at);
    Ok(match understand(words, &served.lectures, meant) {
        Ok(lookup) => {
            let here = asked_here(turn.db().await?, served, &lookup).await?;
            let parts = turning::parts(&lookup, &here, message.author.id);
            (lookup.subject(), parts)
        }
        Err(mistake) => (asked, vec![mistaken(served, &mistake)]),
    })
}

/// `/t`: the same lookup as `!t`. A mistake is for whoever made it.
pub(crate) async fn command(turn: &mut Turn<'_>, asked: Asked<'_>) -> Result<Response, Stopped> {
    let what = asked.given.text("at").unwrap_or_default();
    look_up(turn, &asked, what, Response::Openly).await
}

/// `/topics`: a lecture's whole table.
pub(crate) async fn topics(turn: &mut Turn<'_>, asked: Asked<'_>) -> Result<Response, Stopped> {
    look_up(turn, &asked, "", Response::Privately).await
}

async fn look_up(
    turn: &mut Turn<'_>,
    asked: &Asked<'_>,
    what: &str,
    said: fn(Vec<Outgoing>) -> Response,
) -> Result<Response, Stopped> {
    let served = asked.course(turn)?;
    let meant = match asked.given.text("lecture") {
        None => Ok(served.lecture_meant(asked.place(), turn.now)),
        Some(name) => named(name, &served.lectures).map(Some),
    };
    Ok(
        match meant.and_then(|meant| understand(what, &served.lectures, meant)) {
            Ok(lookup) => {
                let here = asked_here(turn.db().await?, served, &lookup).await?;
                said(turning::parts(&lookup, &here, asked.person().id))
            }
            Err(mistake) => Response::Privately(vec![mistaken(served, &mistake)]),
        },
    )
}

/// The sentence for a mistake in a course's lookups.
pub fn mistaken(served: &ServedCourse, mistake: &Mistake) -> Outgoing {
    let lectures = served.lectures.iter().map(|served| &served.lecture);
    reply::lookup_mistake(mistake, lectures, &served.course.prefix)
}

/// What was asked about the topic that covers the offset of a lookup.
///
/// # Errors
/// When the database fails.
pub async fn asked_here(
    tx: &mut Tx,
    served: &ServedCourse,
    lookup: &Lookup<'_>,
) -> Result<Here, StoreError> {
    const SHOWN: i64 = 3;
    let Some((start_s, end_s)) = span_of(&lookup.lecture.lecture, &lookup.what) else {
        return Ok(Here::default());
    };
    let lecture: &ServedLecture = lookup.lecture;
    let mut here = Here {
        open: questions::count_waiting_within(tx, lecture.id, start_s, end_s).await?,
        answered: Vec::new(),
        asked: questions::count_asked_within(tx, lecture.id, start_s, end_s).await?,
    };
    for row in questions::answered_within(tx, lecture.id, start_s, end_s, SHOWN).await? {
        let answer = answers::answers_of(tx, row.id).await?.into_iter().next();
        here.answered.push(Answered {
            asking: row.asking,
            question: link::message(served.course.server, row.channel_id, row.message_id),
            answer: answer.map(|answer| {
                link::message(served.course.server, answer.channel_id, answer.message_id)
            }),
        });
    }
    Ok(here)
}

/// From where to where, in seconds, the topic reaches that covers the offset of a lookup.
fn span_of(lecture: &Lecture, what: &What) -> Option<(i64, i64)> {
    match what {
        What::At(offset) => span_at(lecture, *offset),
        What::Table | What::Range(..) | What::Words(_) => None,
    }
}

/// From where to where, in seconds, the topic reaches that covers an offset.
pub(crate) fn span_at(lecture: &Lecture, offset: Offset) -> Option<(i64, i64)> {
    let Coverage::Topic(covered) = lecture.at(offset) else {
        return None;
    };
    let end = covered.end.map_or(i64::MAX, |end| i64::from(end.seconds()));
    Some((i64::from(covered.start.seconds()), end))
}

fn purpose(turn: &Turn<'_>, message: &Message, key: String) -> Purpose {
    Purpose {
        key,
        server: message.place.server,
        cause: Some(message.id),
        expires_at: Some(turn.heard_at(message) + ANSWERED_WITHIN),
    }
}

/// Says the parts of an answer, in the place of those that were said before under the given keys.
/// Returns the keys under which they stand now.
fn say(
    turn: &mut Turn<'_>,
    message: &Message,
    before: &[&str],
    parts: Vec<Outgoing>,
) -> Vec<String> {
    let channel = message.place.channel;
    let version_ms = message.version_ms();
    let mut keys = Vec::with_capacity(parts.len());
    for (part, outgoing) in parts.into_iter().enumerate() {
        let (key, effect, stands_under) = match before.get(part) {
            Some(&said) => {
                let effect = Effect::Rewrite {
                    key: said.to_owned(),
                    message: outgoing,
                };
                (format!("re{said}:{version_ms}"), effect, said.to_owned())
            }
            None => {
                // The edit's moment is in the key: what was unsaid may be said again.
                let key = format!("lookup:{}:{part}:{version_ms}", message.id);
                let effect = Effect::Say {
                    // Only the first part is a reply: the others stand below it.
                    reply_to: (part == 0).then_some(message.id),
                    message: outgoing,
                    lasting: false,
                };
                (key.clone(), effect, key)
            }
        };
        let purpose = purpose(turn, message, key);
        turn.decide(channel, effect, purpose);
        keys.push(stands_under);
    }
    keys
}

fn unsay(turn: &mut Turn<'_>, row: &LookupRow, key: &str) {
    let purpose = Purpose {
        key: format!("un{key}"),
        server: ServerId::from_db(row.server_id),
        cause: Some(MessageId::from_db(row.message_id)),
        expires_at: None,
    };
    let key = key.to_owned();
    let channel = ChannelId::from_db(row.channel_id);
    turn.decide(channel, Effect::Unsay { key }, purpose);
}

fn point_above(turn: &mut Turn<'_>, message: &Message) {
    let effect = Effect::React {
        message: message.id,
        emoji: reply::STANDS_ABOVE.to_owned(),
    };
    let purpose = purpose(turn, message, format!("above:{}", message.id));
    turn.decide(message.place.channel, effect, purpose);
}
