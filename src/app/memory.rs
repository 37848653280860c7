//! What is remembered between events, for speed and for order: all of it can be found again in the
//! database or over REST.

use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};
use std::sync::{Arc, OnceLock};

use super::event::Message;
use crate::domain::ids::{ChannelId, MessageId};
use crate::reading::{Line, Saying};
use crate::store::questions::QuestionRow;

/// How many messages are kept: enough for whatever may be delivered out of its order, and for the talk
/// around the questions of a busy hour.
const MESSAGES: usize = 32_768;

/// What is remembered between events.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    /// Channels whose history has been read to its end: the live stream moves their cursors.
    pub live: HashSet<ChannelId>,
    /// The newest interruption of the live stream.
    pub round: u64,
    /// The last messages that were read.
    pub window: Window,
    /// The last hours' questions of each channel that has needed them. Forgotten whenever a
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
#[derive(Debug, Default)]
pub(crate) struct Window {
    channels: HashMap<ChannelId, BTreeMap<MessageId, Heard>>,
    /// In the order of delivery; what is not there any more is passed over.
    delivered: VecDeque<(ChannelId, MessageId)>,
}

impl Window {
    /// Remembers a message, in the place of an older version of it, and tells what it is to what was
    /// said around it.
    pub fn put(&mut self, message: &Message) -> Put {
        let channel = message.place.channel;
        let here = self.channels.entry(channel).or_default();
        if let Some(before) = here.insert(message.id, Heard::new(message)) {
            return if before.message.text == message.text {
                Put::Known
            } else {
                Put::Changed
            };
        }
        self.delivered.push_back((channel, message.id));
        while self.delivered.len() > MESSAGES {
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

/// A message that was read, prepared when that is first needed.
#[derive(Debug)]
pub(crate) struct Heard {
    /// The message.
    pub message: Arc<Message>,
    said: OnceLock<Saying>,
}

impl Heard {
    fn new(message: &Message) -> Self {
        Self {
            message: Arc::new(message.clone()),
            said: OnceLock::new(),
        }
    }

    /// The message as a line of a talk.
    pub fn line(&self) -> Line<'_> {
        let message = &self.message;
        Line {
            author: message.author.id.get(),
            name: &message.author.name,
            to: message.said_to(),
            said: self.said.get_or_init(|| Saying::of(&message.words())),
            at_ms: message.posted_at.as_millisecond(),
        }
    }
}

/// The questions of a channel since a moment, whatever their state, in the order of asking.
#[derive(Debug)]
pub(crate) struct Recent {
    /// Nothing older is among them; UTC milliseconds.
    pub since_ms: i64,
    /// Which.
    pub questions: BTreeMap<(i64, i64), Asked>,
}

impl Recent {
    /// Of how many channels and threads they are kept; then all begin anew.
    pub const CHANNELS: usize = 256;
    /// How many are kept of a channel.
    const KEPT: usize = 512;

    /// Forgets the oldest when there are many.
    pub fn cut(&mut self) {
        while self.questions.len() > Self::KEPT {
            if let Some(((asked_at_ms, _), _)) = self.questions.pop_first() {
                self.since_ms = asked_at_ms + 1;
            }
        }
    }
}

/// A question that a message may answer.
#[derive(Debug)]
pub(crate) struct Asked {
    /// Its row.
    pub id: i64,
    /// Who asked.
    pub asker_id: i64,
    /// Their name then.
    pub asker_name: String,
    /// What it says, prepared.
    pub said: Saying,
}

impl Asked {
    /// The question as a line of a talk of which nothing else is remembered.
    pub fn line(&self) -> Line<'_> {
        Line {
            author: self.asker_id.cast_unsigned(),
            name: &self.asker_name,
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
            asker_name: row.asker_name.clone(),
            said: Saying::of(&row.text),
        }
    }
}
