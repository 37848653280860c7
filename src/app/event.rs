//! The one way in: what happened, told without serenity's types.
//!
//! The live bot, catch-up, the demo, replays and tests all make these.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::effect::Said;
use crate::domain::ids::{ChannelId, MessageId, RoleId, ServerId, UserId};
use crate::domain::schedule::Occurrence;

/// Something that happened on a server.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// A message was posted.
    Posted(Box<Message>),
    /// A message was edited; it is told whole, as it reads now.
    Edited(Box<Message>),
    /// Messages were deleted, one or many at once.
    Deleted {
        /// The channel that held them.
        channel: ChannelId,
        /// Which.
        messages: Vec<MessageId>,
    },
    /// A channel or thread was deleted, and with it every message in it.
    ChannelGone {
        /// Which.
        channel: ChannelId,
    },
    /// Somebody put a reaction on a message.
    Reacted(Box<Reaction>),
    /// A reaction was taken away.
    Unreacted {
        /// The message it was on.
        message: MessageId,
        /// Whose it was; `None`: everybody's.
        person: Option<UserId>,
        /// Which; `None`: every one.
        emoji: Option<String>,
    },
    /// The live stream broke off: every cursor stands still until its channel is caught up.
    Interrupted {
        /// Counts the interruptions.
        round: u64,
    },
    /// A page of a channel's history, oldest first.
    History {
        /// The channel that was read.
        place: Place,
        /// What it held after the cursor.
        messages: Vec<Message>,
    },
    /// A channel's history has been read to its end: from now on the live stream moves its cursor.
    CaughtUp {
        /// The channel.
        channel: ChannelId,
        /// Its newest message then, or the id that a message of that moment would have.
        until: MessageId,
        /// Where watching began, if the channel has no cursor yet.
        since: MessageId,
        /// The newest interruption when the reading began. After a later one it proves nothing.
        round: u64,
    },
    /// What Discord, asked over REST, told of a message that is known already.
    Reread(Box<Reread>),
    /// What a person said with a command stands in its channel.
    Relayed {
        /// As this message of Beadle's.
        message: MessageId,
        /// What was said.
        said: Box<Said>,
    },
    /// Whether a forum's post carries the tag that says "solved".
    Tagged {
        /// The post.
        place: Place,
        /// Whether it does.
        solved: bool,
        /// When that was so. What is known of later moments counts for more.
        as_of: Timestamp,
        /// Whether Beadle has just changed it.
        by_beadle: bool,
    },
    /// The moment of a course's digest has come, or passed while Beadle was down.
    DigestDue {
        /// The course's slug.
        course: String,
    },
    /// The moment has come to bring a course's digest up to date.
    DigestStale {
        /// The course's slug.
        course: String,
    },
    /// A digest that the database does not know stands in its channel: the database was restored.
    DigestFound {
        /// The course's slug.
        course: String,
        /// Which digest it is.
        occurrence: Occurrence,
        /// When it was posted.
        posted_at: Timestamp,
    },
}

impl Event {
    /// The messages that an event is about, with those that they reply to and the ones that their
    /// threads were opened from.
    pub fn messages(&self) -> Vec<MessageId> {
        match self {
            Self::Posted(message) | Self::Edited(message) => message.with_linked().collect(),
            Self::History { messages, .. } => {
                messages.iter().flat_map(Message::with_linked).collect()
            }
            Self::Deleted { messages, .. } => messages.clone(),
            Self::Reacted(reaction) => vec![reaction.message],
            Self::Unreacted { message, .. } => vec![*message],
            Self::Reread(reread) => vec![reread.id],
            Self::Relayed { message, .. } => vec![*message],
            // A post has the id of the message that opens it.
            Self::Tagged { place, .. } => vec![MessageId::new(place.channel.get())],
            Self::ChannelGone { .. }
            | Self::Interrupted { .. }
            | Self::CaughtUp { .. }
            | Self::DigestDue { .. }
            | Self::DigestStale { .. }
            | Self::DigestFound { .. } => Vec::new(),
        }
    }

    /// What kind of event it is, for logs.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Posted(_) => "posted",
            Self::Edited(_) => "edited",
            Self::Deleted { .. } => "deleted",
            Self::ChannelGone { .. } => "channel-gone",
            Self::Reacted(_) => "reacted",
            Self::Unreacted { .. } => "unreacted",
            Self::Interrupted { .. } => "interrupted",
            Self::History { .. } => "history",
            Self::CaughtUp { .. } => "caught-up",
            Self::Reread(_) => "reread",
            Self::Relayed { .. } => "relayed",
            Self::Tagged { .. } => "tagged",
            Self::DigestDue { .. } => "digest-due",
            Self::DigestStale { .. } => "digest-stale",
            Self::DigestFound { .. } => "digest-found",
        }
    }
}

/// Where a message stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The server.
    pub server: ServerId,
    /// The channel or thread that holds the message.
    pub channel: ChannelId,
    /// The channel or forum that a thread belongs to.
    pub parent: Option<ChannelId>,
    /// Whether that parent is a forum, whose threads are posts.
    pub in_forum: bool,
}

/// Who wrote or reacted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Their id.
    pub id: UserId,
    /// The name that others see.
    pub name: String,
    /// Bots and webhooks are not people; nothing of theirs is gathered.
    pub is_bot: bool,
    /// Their roles on the server.
    pub roles: Vec<RoleId>,
    /// Whether they hold the Manage Messages permission there.
    pub manages_messages: bool,
    /// Whether they hold the Manage Server permission, or are administrators.
    pub manages_server: bool,
}

/// How a message reached Beadle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delivery {
    /// As it was posted.
    Live,
    /// Read from a channel's history afterwards.
    History,
}

/// A message as it reads now.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    /// Its id.
    pub id: MessageId,
    /// Where it stands.
    pub place: Place,
    /// Who wrote it.
    pub author: Person,
    /// The title of the forum post that it opens; `None` for every other message.
    pub title: Option<String>,
    /// Its text.
    pub text: String,
    /// The message that it replies to.
    pub reply_to: Option<RepliedTo>,
    /// When it was posted.
    pub posted_at: Timestamp,
    /// When it was last edited.
    pub edited_at: Option<Timestamp>,
    /// Gathered by hand where it was said; only replays know this.
    pub gather: bool,
    /// How it got here.
    pub delivery: Delivery,
}

impl Message {
    /// Everything it says: a forum post's title, then its text.
    pub fn words(&self) -> std::borrow::Cow<'_, str> {
        match &self.title {
            Some(title) if !title.trim().is_empty() => format!("{title}\n{}", self.text).into(),
            _ => self.text.as_str().into(),
        }
    }

    /// The message from which its thread was opened; `None` outside of threads. Such a thread has that
    /// message's id.
    pub fn starter(&self) -> Option<MessageId> {
        let thread = self.place.parent.map(|_| self.place.channel)?;
        Some(MessageId::new(thread.get())).filter(|starter| *starter != self.id)
    }

    /// The message, the one that it replies to, and the one that its thread was opened from.
    pub fn with_linked(&self) -> impl Iterator<Item = MessageId> + use<> {
        let replied = self.reply_to.as_ref().map(|replied| replied.id);
        [Some(self.id), replied, self.starter()]
            .into_iter()
            .flatten()
    }

    /// Whom it is said to beyond doubt, as a number: the author of what it replies to, else whom it
    /// mentions first. Where a reply's author is not known, the id of what it replies to stands for them.
    pub fn said_to(&self) -> Option<u64> {
        let replied = self.reply_to.as_ref().map(|to| match &to.said {
            Some((author, _)) => author.id.get(),
            None => to.id.get(),
        });
        replied.or_else(|| mentioned(&self.text))
    }

    /// Of which edit the text is, in UTC milliseconds; as posted: the moment of posting.
    pub fn version_ms(&self) -> i64 {
        self.edited_at.unwrap_or(self.posted_at).as_millisecond()
    }
}

/// The id in the first `<@id>` or, from old clients, `<@!id>` of a text.
fn mentioned(text: &str) -> Option<u64> {
    text.split("<@").skip(1).find_map(|rest| {
        let (id, _) = rest.trim_start_matches('!').split_once('>')?;
        id.parse().ok()
    })
}

/// The message that another replies to, as far as it is known.
#[derive(Debug, Clone, PartialEq)]
pub struct RepliedTo {
    /// Its id.
    pub id: MessageId,
    /// Who wrote it and what, where Discord still had it. Roles are not told.
    pub said: Option<(Person, String)>,
}

/// A reaction on a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reaction {
    /// Where the message stands.
    pub place: Place,
    /// The message.
    pub message: MessageId,
    /// Who reacted.
    pub person: Person,
    /// The emoji itself, or `name:id` for a server's own.
    pub emoji: String,
}

/// A known message as Discord tells it when it is asked: what was missed of its edits, its deletion
/// and its reactions is in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Reread {
    /// Where the message stands, or stood.
    pub place: Place,
    /// Which.
    pub id: MessageId,
    /// As it reads now; `None`: it is gone.
    pub message: Option<Message>,
    /// Every ✅ and ❌ that is on it.
    pub reactions: Vec<Reaction>,
    /// When Discord was asked. What the live stream told of later moments counts for more.
    pub as_of: Timestamp,
}

#[cfg(test)]
mod tests {
    use super::mentioned;

    #[test]
    fn the_first_mention_of_a_person_is_found_wherever_it_stands() {
        assert_eq!(mentioned("try it, <@!42>, or ask <@43>"), Some(42));
        assert_eq!(mentioned("<@&7> and <@43>"), Some(43));
        assert_eq!(mentioned("<@42 is no mention, nor is @maya"), None);
    }
}
