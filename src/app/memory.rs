//! What is remembered between events, for speed and for order: all of it can be found again in the
//! database or over REST.

use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};
use std::sync::Arc;

use super::event::Message;
use crate::domain::ids::{ChannelId, MessageId};
use crate::reading::{Called, Line, Saying};
use crate::store::questions::QuestionRow;

/// How many messages are kept: enough for whatever may be delivered out of its order, and for the talk
/// around the questions of a busy hour.
const MESSAGES: usize = 4_096;

/// What is remembered between events.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    /// Channels whose history has been read to its end: the live stream moves their cursors.
    pub live: HashSet<ChannelId>,
    /// The newest interruption of the live stream.
    pub round: u64,
    /// The last messages that were read.
    pub window: Window,
    /// Some newest questions of each channel that has needed them. Forgotten whenever a
    /// transaction fails, so that they are never those of a database that is not.
    pub recent: HashMap<ChannelId, Recent>,
    /// What is asked about each lecture of each course that has needed it, as numbers
    /// ([`crate::reading::Signature::same_key`]). Some may be asked no more. Forgotten likewise.
    pub same_keys: HashMap<(i64, Option<i64>), HashSet<i64>>,
}

impl Memory {
    /// Forgets what a failed transaction may have put here. The live channels stay: they are told
    /// by events, not by the database; so do the messages that were read.
    pub fn forget(&mut self) {
        self.recent.clear();
        self.same_keys.clear();
    }
}

/// The newest messages that were read. A question that is delivered after its answers finds them
/// here.
#[derive(Debug)]
pub(crate) struct Window {
    /// How many are kept at most.
    most: usize,
    channels: HashMap<ChannelId, BTreeMap<MessageId, Heard>>,
    /// In the order of delivery; what is not there any more is passed over.
    delivered: VecDeque<(ChannelId, MessageId)>,
}

impl Default for Window {
    fn default() -> Self {
        Self::of(MESSAGES)
    }
}

impl Window {
    /// A window of so many messages.
    pub fn of(most: usize) -> Self {
        Self {
            most,
            channels: HashMap::new(),
            delivered: VecDeque::new(),
        }
    }

    /// Remembers a message and what it says, in the place of an older version of it, and tells what it is
    /// to what was said around it.
    pub fn put(&mut self, message: &Message, said: Saying) -> Put {
        let channel = message.place.channel;
        let here = self.channels.entry(channel).or_default();
        let heard = Heard {
            message: Arc::new(message.clone()),
            called: Called::by(&message.author.name),
            to: message.said_to(),
            said,
        };
        if let Some(before) = here.insert(message.id, heard) {
            return if before.message.text == message.text {
                Put::Known
            } else {
                Put::Changed
            };
        }
        self.delivered.push_back((channel, message.id));
        while self.delivered.len() > self.most {
            if let Some((channel, id)) = self.delivered.pop_front() {
                self.forget(channel, id);
            }
        }
        Put::New
    }

    /// Forgets a message, and returns it as it read last.
    pub fn forget(&mut self, channel: ChannelId, id: MessageId) -> Option<Arc<Message>> {
        let here = self.channels.get_mut(&channel)?;
        let forgotten = here.remove(&id);
        if here.is_empty() {
            self.channels.remove(&channel);
        }
        forgotten.map(|heard| heard.message)
    }

    /// The message of that id, as it read last.
    pub fn get(&self, channel: ChannelId, id: MessageId) -> Option<Arc<Message>> {
        Some(Arc::clone(&self.heard(channel, id)?.message))
    }

    /// The same, prepared.
    pub fn heard(&self, channel: ChannelId, id: MessageId) -> Option<&Heard> {
        self.channels.get(&channel)?.get(&id)
    }

    /// The messages of a channel after one.
    pub fn after(&self, channel: ChannelId, id: MessageId) -> impl Iterator<Item = &Heard> {
        let here = self.channels.get(&channel);
        let from = (std::ops::Bound::Excluded(id), std::ops::Bound::Unbounded);
        here.into_iter()
            .flat_map(move |here| here.range(from).map(|(_, heard)| heard))
    }

    /// The messages of a channel before one, the newest first.
    pub fn before(&self, channel: ChannelId, id: MessageId) -> impl Iterator<Item = &Heard> {
        let here = self.channels.get(&channel);
        here.into_iter()
            .flat_map(move |here| here.range(..id).rev().map(|(_, heard)| heard))
    }
}

/// What a message was to those who remember.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Put {
    /// Not heard before.
    New,
    /// Heard with other words.
    Changed,
    /// Heard as it is.
    Known,
}

/// A message that was read, and prepared for the talk around it.
#[derive(Debug)]
pub(crate) struct Heard {
    /// The message.
    pub message: Arc<Message>,
    called: Called,
    /// Whom it is said to, where that is beyond doubt.
    to: Option<u64>,
    said: Saying,
}

impl Heard {
    /// The message as a line of a talk.
    pub fn line(&self) -> Line<'_> {
        let message = &self.message;
        Line {
            author: message.author.id.get(),
            called: self.called,
            to: self.to,
            said: &self.said,
            at_ms: message.posted_at.as_millisecond(),
        }
    }
}

/// A place in the order of asking: UTC milliseconds, and the message.
pub(crate) type Order = (i64, i64);

/// The questions of a channel from one place in the order of asking to another, whatever their state.
#[derive(Debug)]
pub(crate) struct Recent {
    /// Nothing before this is among them.
    from: Order,
    /// Nothing from here on is among them.
    until: Order,
    questions: BTreeMap<Order, Asked>,
}

impl Recent {
    /// Of how many channels and threads they are kept; then all begin anew.
    pub const CHANNELS: usize = 256;
    /// How many are kept of a channel.
    const KEPT: usize = 256;
    /// After everything that was asked.
    const END: Order = (i64::MAX, i64::MAX);

    /// The questions around a place, of which at most `limit` were read to each side: before it, the
    /// newest first, as far back as `since`, and from it on, the oldest first.
    pub fn around(
        since: Order,
        before: &[QuestionRow],
        after: &[QuestionRow],
        limit: usize,
    ) -> Self {
        let farthest = |side: &[QuestionRow]| side.get(limit - 1).map(order);
        Self {
            from: farthest(before).unwrap_or(since),
            until: farthest(after).map_or(Self::END, behind),
            questions: before
                .iter()
                .chain(after)
                .map(|row| (order(row), Asked::of(row)))
                .collect(),
        }
    }

    /// The questions from one place up to another, in the order of asking.
    pub fn between(
        &self,
        since: Order,
        before: Order,
    ) -> impl DoubleEndedIterator<Item = (&Order, &Asked)> {
        self.questions.range(since..before)
    }

    /// Whether all that were asked between two places are here, or at least the newest `wanted` of
    /// those that others than `author` asked.
    pub fn is_enough(&self, since: Order, before: Order, author: i64, wanted: usize) -> bool {
        let newest = self.questions.range(..before).rev();
        let others = newest.filter(|(_, asked)| asked.asker_id != author);
        before <= self.until && (self.from <= since || others.take(wanted).count() == wanted)
    }

    /// Takes note that a question came, changed or went. The oldest are forgotten when there are many.
    pub fn note(&mut self, row: &QuestionRow) {
        let place = order(row);
        if !row.asks || row.gone {
            self.questions.remove(&place);
        } else if self.from <= place && place < self.until {
            self.questions.insert(place, Asked::of(row));
        }
        while self.questions.len() > Self::KEPT {
            if let Some((oldest, _)) = self.questions.pop_first() {
                self.from = behind(oldest);
            }
        }
    }
}

/// A question's place in the order of asking.
pub(crate) fn order(row: &QuestionRow) -> Order {
    (row.asked_at_ms, row.message_id)
}

/// The next place after one.
fn behind((asked_at_ms, message): Order) -> Order {
    (asked_at_ms, message.saturating_add(1))
}

/// A question that a message may answer.
#[derive(Debug)]
pub(crate) struct Asked {
    /// Its row.
    pub id: i64,
    /// Who asked.
    pub asker_id: i64,
    /// Their name then.
    called: Called,
    /// What it says, prepared.
    pub said: Saying,
}

impl Asked {
    /// The question as a line of a talk of which nothing else is remembered.
    pub fn line(&self) -> Line<'_> {
        Line {
            author: self.asker_id.cast_unsigned(),
            called: self.called,
            to: None,
            said: &self.said,
            at_ms: 0,
        }
    }

    /// A question, prepared.
    pub fn of(row: &QuestionRow) -> Self {
        Self {
            id: row.id,
            asker_id: row.asker_id,
            called: Called::by(&row.asker_name),
            said: Saying::of(&row.text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A question that somebody asked at a moment.
    fn asked(asked_at_ms: i64, asker_id: i64) -> QuestionRow {
        QuestionRow {
            id: asked_at_ms,
            course_id: 1,
            lecture_id: None,
            server_id: 7,
            channel_id: 8,
            message_id: asked_at_ms,
            asker_id,
            asker_name: "maya".to_owned(),
            text: "why is there a beta?".to_owned(),
            asking: "why is there a beta?".to_owned(),
            offset_s: None,
            state: "open".to_owned(),
            merged_into: None,
            by_hand: false,
            asked_at_ms,
            edited_at_ms: asked_at_ms,
            closed_at_ms: None,
            asks: true,
            gone: false,
            same_key: None,
        }
    }

    fn at(ms: i64) -> Order {
        (ms, ms)
    }

    /// The questions from 10 to 40 as they are read around 30, two to each side.
    fn around_30() -> Recent {
        let rows: Vec<_> = [10, 20, 30, 40].map(|ms| asked(ms, ms)).into();
        let older = [rows[1].clone(), rows[0].clone()];
        Recent::around(at(0), &older, &rows[2..], 2)
    }

    #[test]
    fn what_was_not_read_is_not_taken_for_nothing() {
        let recent = around_30();
        assert!(recent.is_enough(at(10), at(30), 0, 8), "all since 10");
        assert!(!recent.is_enough(at(5), at(30), 0, 8), "some may be older");
        assert!(recent.is_enough(at(5), at(30), 0, 2), "two are here");
        assert!(
            !recent.is_enough(at(5), at(30), 20, 2),
            "one of them their own"
        );
        assert!(!recent.is_enough(at(10), at(50), 0, 2), "some may be newer");
    }

    #[test]
    fn fewer_than_were_asked_for_are_all_there_are() {
        let recent = Recent::around(at(5), &[asked(10, 1)], &[], 2);
        assert!(recent.is_enough(at(5), at(10), 0, 8));
        assert!(recent.is_enough(at(5), at(i64::MAX - 1), 0, 8));
    }

    #[test]
    fn a_question_that_comes_between_is_there_and_one_that_goes_is_not() {
        let mut recent = around_30();
        recent.note(&asked(25, 1));
        recent.note(&asked(50, 1));
        recent.note(&QuestionRow {
            gone: true,
            ..asked(20, 20)
        });
        let kept: Vec<_> = recent
            .between(at(0), at(99))
            .map(|(place, _)| place.0)
            .collect();
        assert_eq!(
            kept,
            [10, 25, 30, 40],
            "what lies beyond 40 is not known whole"
        );
    }

    #[test]
    fn of_many_the_newest_are_kept() {
        let mut recent = Recent::around(at(0), &[], &[], 2);
        for ms in 1..=Recent::KEPT as i64 + 3 {
            recent.note(&asked(ms, ms));
        }
        assert_eq!(recent.between(at(0), at(9_999)).count(), Recent::KEPT);
        assert!(!recent.is_enough(at(3), at(9_999), 0, usize::MAX));
        assert!(recent.is_enough(at(4), at(9_999), 0, usize::MAX));
    }
}
