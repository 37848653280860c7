//! A raw client: what goes over the wire, with nothing in between.

mod commands;
mod gateway;
mod kitchen;
mod rest;

pub use gateway::Gateway;
pub use kitchen::{Kitchen, kitchen};
pub use rest::{Rest, error_at};

/// Servers, messages, reactions, direct messages and the text of messages.
pub const INTENTS: u64 = 1 | 1 << 9 | 1 << 10 | 1 << 12 | 1 << 15;
