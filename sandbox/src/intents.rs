//! Gateway intents: which groups of events a bot asks for when it identifies.
//!
//! Source: Discord's documentation, "Gateway", "List of Intents".

/// Servers, roles, channels and threads.
pub const GUILDS: u64 = 1;
/// Members joining, changing and leaving; privileged.
pub const GUILD_MEMBERS: u64 = 1 << 1;
/// Presences; privileged. The sandbox has none.
pub const GUILD_PRESENCES: u64 = 1 << 8;
/// Messages in servers.
pub const GUILD_MESSAGES: u64 = 1 << 9;
/// Reactions in servers.
pub const GUILD_MESSAGE_REACTIONS: u64 = 1 << 10;
/// Who is typing in servers.
pub const GUILD_MESSAGE_TYPING: u64 = 1 << 11;
/// Messages in direct conversations.
pub const DIRECT_MESSAGES: u64 = 1 << 12;
/// Reactions in direct conversations.
pub const DIRECT_MESSAGE_REACTIONS: u64 = 1 << 13;
/// Who is typing in direct conversations.
pub const DIRECT_MESSAGE_TYPING: u64 = 1 << 14;
/// The text of messages; privileged.
pub const MESSAGE_CONTENT: u64 = 1 << 15;

/// Every bit that Discord has given a meaning; any other closes the connection with 4013.
pub const DEFINED: u64 = 0x1_FFFF | 1 << 20 | 1 << 21 | 1 << 24 | 1 << 25;
