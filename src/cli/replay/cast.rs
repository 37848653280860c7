//! Who and what takes part in a replay: the discussion's own ids and names, and the Discord ids
//! that stand for them while it is played.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};

use crate::app::event::{Delivery, Message, Person, Place, RepliedTo};
use crate::domain::ids::{ChannelId, MessageId, RoleId, ServerId, UserId};
use crate::formats::discussion::{Role, Said};

/// When a discussion begins that does not say: 2026-01-05T10:00:00Z, in Unix seconds.
const BEGINNING_S: i64 = 1_767_607_200;
/// How far apart messages are of which that is not known.
const APART: SignedDuration = SignedDuration::from_mins(1);
/// Made-up ids of channels and people count on from here, above every id of Discord's today, so
/// that the channels of a course's file keep their own.
const FIRST_MADE_UP: u64 = 4_000_000_000_000_000_000;

/// The ids of a discussion, there and back.
#[derive(Debug, Default)]
pub(super) struct Cast {
    channels: HashMap<String, ChannelId>,
    channel_order: Vec<ChannelId>,
    messages: HashMap<String, MessageId>,
    names: HashMap<MessageId, String>,
    /// Indices into the discussion, in the order of time, with the moment of each.
    order: Vec<(usize, Timestamp)>,
}

impl Cast {
    /// Gives everything in a discussion an id of Discord's kind. Messages get theirs in the order
    /// of time, and in the order of the file where that is the same.
    pub fn of(said: &[Said]) -> Self {
        let mut cast = Self {
            order: in_time(said),
            ..Self::default()
        };
        let mut last = MessageId::new(0);
        for (index, at) in cast.order.clone() {
            let said = &said[index];
            let first_then = MessageId::first_at_ms(at.as_millisecond()).get();
            last = MessageId::new(first_then.max(last.get() + 1));
            cast.messages.insert(said.id.clone(), last);
            cast.names.insert(last, said.id.clone());
            cast.add_channel(&said.channel);
        }
        cast
    }

    fn add_channel(&mut self, name: &str) {
        if self.channels.contains_key(name) {
            return;
        }
        let made_up = ChannelId::new(FIRST_MADE_UP + self.channels.len() as u64);
        let id = snowflake(name).map_or(made_up, ChannelId::new);
        self.channels.insert(name.to_owned(), id);
        self.channel_order.push(id);
    }

    /// Every channel, in the order in which somebody first spoke there.
    pub fn channels(&self) -> impl Iterator<Item = ChannelId> {
        self.channel_order.iter().copied()
    }

    /// When the first message was said.
    pub fn begin(&self) -> Timestamp {
        self.order.first().map_or_else(beginning, |(_, at)| *at)
    }

    /// When the last message was said.
    pub fn end(&self) -> Timestamp {
        self.order.last().map_or_else(beginning, |(_, at)| *at)
    }

    /// The discussion's own id of a message.
    pub fn message_name(&self, id: MessageId) -> String {
        self.names
            .get(&id)
            .cloned()
            .unwrap_or_else(|| id.to_string())
    }

    /// The messages as Discord would have brought them, in the order of time. Who is staff holds
    /// `staff_role`, or, where the course names none, may manage messages; the roles that somebody had
    /// on Discord are theirs here too.
    pub fn scenes(
        &self,
        mut said: Vec<Said>,
        server: ServerId,
        staff_role: Option<RoleId>,
    ) -> Vec<Message> {
        let mut people = People {
            staff_role,
            known: HashMap::new(),
            next: FIRST_MADE_UP,
        };
        let mut scenes: Vec<Message> = Vec::with_capacity(said.len());
        let mut played: HashMap<MessageId, usize> = HashMap::new();
        for &(index, posted_at) in &self.order {
            let said = &mut said[index];
            let id = self.messages[&said.id];
            let reply_to = said.reply_to.as_deref().map(|name| {
                let id = self
                    .messages
                    .get(name)
                    .copied()
                    .unwrap_or(MessageId::new(1));
                let before = played.get(&id).map(|&index| &scenes[index]);
                RepliedTo {
                    id,
                    said: before.map(|m| (m.author.clone(), m.text.clone())),
                }
            });
            let channel = self.channels[&said.channel];
            played.insert(id, scenes.len());
            scenes.push(Message {
                id,
                place: Place {
                    server,
                    channel,
                    parent: None,
                    in_forum: false,
                },
                author: people.person(said),
                title: None,
                text: std::mem::take(&mut said.text),
                reply_to,
                posted_at,
                edited_at: said.edited_at,
                gather: said.gather,
                delivery: Delivery::Live,
            });
        }
        scenes
    }
}

/// The people of a discussion, by their ids, or by name where they have none.
struct People {
    staff_role: Option<RoleId>,
    known: HashMap<String, UserId>,
    next: u64,
}

impl People {
    fn person(&mut self, said: &Said) -> Person {
        let is_staff = said.role == Role::Staff;
        let on_discord = said.roles.iter().filter_map(|role| snowflake(role));
        let staff_role = self.staff_role.filter(|_| is_staff);
        Person {
            id: self.id_of(said.author_id.as_ref().unwrap_or(&said.author)),
            name: said.author.clone(),
            is_bot: said.is_bot,
            roles: on_discord.map(RoleId::new).chain(staff_role).collect(),
            manages_messages: is_staff,
            manages_server: false,
        }
    }

    /// Somebody unnamed is somebody new each time.
    fn id_of(&mut self, name: &str) -> UserId {
        if let Some(id) = snowflake(name) {
            return UserId::new(id);
        }
        if let Some(&id) = self.known.get(name) {
            return id;
        }
        self.next += 1;
        let id = UserId::new(self.next);
        if !name.is_empty() {
            self.known.insert(name.to_owned(), id);
        }
        id
    }
}

/// Every message with its moment, in the order of time. One without a moment was said a minute
/// after the one before it in the file.
fn in_time(said: &[Said]) -> Vec<(usize, Timestamp)> {
    let mut last: Option<Timestamp> = None;
    let mut order: Vec<(usize, Timestamp)> = Vec::with_capacity(said.len());
    for (index, said) in said.iter().enumerate() {
        let next = last.map_or_else(beginning, |last| last.saturating_add(APART).unwrap_or(last));
        let at = said.at.unwrap_or(next);
        last = Some(at);
        order.push((index, at));
    }
    order.sort_by_key(|(_, at)| *at);
    order
}

fn beginning() -> Timestamp {
    Timestamp::from_second(BEGINNING_S).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// An id of Discord's own, which are of 17 digits or more.
fn snowflake(name: &str) -> Option<u64> {
    (name.len() >= 17)
        .then(|| name.parse().ok())
        .flatten()
        .filter(|id| *id < FIRST_MADE_UP)
}
