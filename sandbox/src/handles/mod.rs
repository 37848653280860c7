//! What tests hold in their hands: bots, servers, channels, people, messages. Each is an id and a way to the world;
//! the rules are in the world, not here.

pub(crate) mod bot;
pub(crate) mod channel;
pub(crate) mod message;
pub(crate) mod modal;
pub(crate) mod person;
pub(crate) mod role;
pub(crate) mod server;
mod transcript;
pub(crate) mod used;
pub(crate) mod view;

use crate::time::Snowflake;

/// Somebody who can write: a [`crate::Bot`] or a [`crate::Person`].
pub trait Account {
    /// The user's id.
    fn account_id(&self) -> Snowflake;
}

/// A message, whether held as a [`crate::Message`] or seen as a [`crate::MessageView`].
pub trait InChannel {
    /// The channel it is in.
    fn channel_id(&self) -> Snowflake;
    /// Its id.
    fn message_id(&self) -> Snowflake;
}

/// What a channel can have its own permissions for: a [`crate::Role`], a [`crate::Person`] or a [`crate::Bot`].
pub trait Overwritable {
    /// Its id.
    fn target_id(&self) -> Snowflake;
    /// Whether it is a role; else it is a member.
    fn is_role(&self) -> bool;
}
