//! What there is on this Discord: users, bots, servers, channels, messages. Plain data; the rules are beside it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::interactions::Provenance;
use crate::time::Snowflake;

/// A kind of channel, by Discord's number.
pub(crate) mod kind {
    pub const TEXT: u8 = 0;
    pub const DIRECT: u8 = 1;
    pub const ANNOUNCEMENT: u8 = 5;
    pub const PUBLIC_THREAD: u8 = 11;
    pub const PRIVATE_THREAD: u8 = 12;
    pub const FORUM: u8 = 15;
}

/// A kind of message, by Discord's number.
pub(crate) mod message_kind {
    pub const DEFAULT: u8 = 0;
    pub const THREAD_CREATED: u8 = 18;
    pub const REPLY: u8 = 19;
    pub const SLASH_COMMAND: u8 = 20;
    pub const THREAD_STARTER: u8 = 21;
    pub const MENU_COMMAND: u8 = 23;
}

/// Bits of a message's flags.
pub(crate) mod message_flag {
    pub const SUPPRESS_EMBEDS: u64 = 1 << 2;
    pub const HAS_THREAD: u64 = 1 << 5;
    /// Only one person sees it.
    pub const EPHEMERAL: u64 = 1 << 6;
    /// The answer to an interaction that was put off, and is not there yet.
    pub const LOADING: u64 = 1 << 7;
    pub const SUPPRESS_NOTIFICATIONS: u64 = 1 << 12;
    pub const COMPONENTS_V2: u64 = 1 << 15;
}

#[derive(Debug, Clone)]
pub(crate) struct User {
    pub id: Snowflake,
    pub name: String,
    pub is_bot: bool,
    /// A webhook's stand-in: writes messages, is no member of anything.
    pub is_webhook: bool,
}

#[derive(Debug, Clone)]
pub(crate) struct Bot {
    pub id: Snowflake,
    pub token: String,
    pub token_revoked: bool,
    /// Privileged intents switched on in the developer portal.
    pub granted_intents: u64,
    /// Commands by scope: `None` for everywhere, else a server's own.
    pub commands: BTreeMap<Option<Snowflake>, Vec<Value>>,
    /// How many requests wrote commands.
    pub registrations: usize,
}

#[derive(Debug, Clone)]
pub(crate) struct Guild {
    pub id: Snowflake,
    pub name: String,
    pub owner: Snowflake,
    pub roles: BTreeMap<Snowflake, RoleState>,
    pub members: BTreeMap<Snowflake, MemberState>,
}

#[derive(Debug, Clone)]
pub(crate) struct RoleState {
    pub id: Snowflake,
    pub name: String,
    pub permissions: u64,
    pub position: u32,
    pub mentionable: bool,
    /// The bot this role came with, if it came with one.
    pub managed_by: Option<Snowflake>,
}

#[derive(Debug, Clone, Default)]
pub(crate) struct MemberState {
    pub nick: Option<String>,
    pub roles: BTreeSet<Snowflake>,
    pub joined_at_ms: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OverwriteKind {
    Role,
    Member,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Overwrite {
    pub kind: OverwriteKind,
    pub allow: u64,
    pub deny: u64,
}

#[derive(Debug, Clone)]
pub(crate) struct Channel {
    pub id: Snowflake,
    pub kind: u8,
    pub guild: Option<Snowflake>,
    pub parent: Option<Snowflake>,
    pub name: String,
    pub topic: Option<String>,
    pub position: u32,
    pub overwrites: BTreeMap<Snowflake, Overwrite>,
    /// A forum's tags, in order.
    pub tags: Vec<Tag>,
    /// The two people of a direct conversation.
    pub recipients: Vec<Snowflake>,
    pub thread: Option<ThreadState>,
    pub messages: BTreeMap<Snowflake, Message>,
    pub last_message: Option<Snowflake>,
}

/// A tag that a forum offers for its posts.
#[derive(Debug, Clone)]
pub(crate) struct Tag {
    pub id: Snowflake,
    pub name: String,
    /// Whether only those who manage threads may set it.
    pub is_moderated: bool,
}

#[derive(Debug, Clone)]
pub(crate) struct ThreadState {
    pub owner: Snowflake,
    pub archived: bool,
    pub locked: bool,
    /// When `archived` last changed.
    pub archive_changed_at_ms: u64,
    pub auto_archive_minutes: u64,
    pub members: BTreeMap<Snowflake, u64>,
    pub applied_tags: Vec<Snowflake>,
    /// Messages ever sent here, past the one that started it.
    pub total_sent: u64,
}

impl Channel {
    pub fn is_thread(&self) -> bool {
        self.thread.is_some()
    }

    /// Whether messages can be written straight into it.
    pub fn takes_messages(&self) -> bool {
        self.kind != kind::FORUM
    }
}

#[derive(Debug, Clone)]
pub(crate) struct Message {
    pub id: Snowflake,
    pub channel: Snowflake,
    pub guild: Option<Snowflake>,
    pub author: Snowflake,
    pub kind: u8,
    pub content: String,
    pub embeds: Vec<Value>,
    pub components: Vec<Value>,
    pub attachments: Vec<Attachment>,
    pub mentions: Mentions,
    /// Who was notified when it was sent; an edit notifies nobody.
    pub pings: Mentions,
    pub reference: Option<Reference>,
    pub reactions: Vec<Reaction>,
    pub pinned: bool,
    pub tts: bool,
    pub flags: u64,
    pub nonce: Option<Value>,
    pub edited_at_ms: Option<u64>,
    /// The thread that hangs from it.
    pub thread: Option<Snowflake>,
    /// The interaction that it answers, if it answers one.
    pub provenance: Option<Provenance>,
}

impl Message {
    /// Embeds as they are shown: none when they are suppressed.
    pub fn shown_embeds(&self) -> &[Value] {
        if self.flags & message_flag::SUPPRESS_EMBEDS == 0 {
            &self.embeds
        } else {
            &[]
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Reference {
    pub channel: Snowflake,
    pub message: Option<Snowflake>,
}

#[derive(Debug, Clone)]
pub(crate) struct Reaction {
    /// A Unicode emoji, or `name:id` for a server's own.
    pub emoji: String,
    /// Who put it there, in order.
    pub users: Vec<Snowflake>,
}

/// A file under a message.
#[derive(Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Its id.
    pub id: Snowflake,
    /// Its name.
    pub name: String,
    /// The alternative text, if any was given.
    pub description: Option<String>,
    /// What it holds.
    pub bytes: std::sync::Arc<[u8]>,
    /// Its media type, as the sender named it.
    pub content_type: Option<String>,
}

impl Attachment {
    /// How long it is, in bytes.
    #[must_use]
    pub fn size(&self) -> usize {
        self.bytes.len()
    }
}

impl std::fmt::Debug for Attachment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Attachment")
            .field("name", &self.name)
            .field("size", &self.size())
            .field("description", &self.description)
            .finish_non_exhaustive()
    }
}

/// Whom a message mentions, so that they are notified.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mentions {
    /// Users, in order of appearance; the author of the message replied to comes last.
    pub users: Vec<Snowflake>,
    /// Roles, in order of appearance.
    pub roles: Vec<Snowflake>,
    /// `@everyone` or `@here`.
    pub everyone: bool,
}

impl Mentions {
    /// Whether nobody is mentioned.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.users.is_empty() && self.roles.is_empty() && !self.everyone
    }
}
