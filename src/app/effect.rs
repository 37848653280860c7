//! The one way out: what is to be done on Discord, told without serenity's types.
//!
//! An effect is written to the outbox in the transaction that decided it, carried out after, and
//! ticked off. It is stored as JSON, so a field once written stays readable.

use serde::{Deserialize, Serialize};

use crate::domain::ids::{ChannelId, MessageId};

/// Something to do on Discord.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum Effect {
    /// Post a message.
    Say {
        /// The message that it replies to; none: it stands alone.
        reply_to: Option<MessageId>,
        /// What it says.
        message: Outgoing,
        /// Whether its loss or repetition would matter after a crash: beyond the few minutes for
        /// which Discord knows a nonce, Beadle then reads its own messages back before it sends.
        lasting: bool,
    },
    /// Make an earlier message say something else.
    Rewrite {
        /// The key of the effect that posted it.
        key: String,
        /// What it says now.
        message: Outgoing,
    },
    /// Delete an earlier message of Beadle's.
    Unsay {
        /// The key of the effect that posted it.
        key: String,
    },
    /// Put a reaction on a message.
    React {
        /// The message.
        message: MessageId,
        /// The emoji, or `name:id` for a server's own.
        emoji: String,
    },
    /// Take Beadle's own reaction off a message.
    Unreact {
        /// The message.
        message: MessageId,
        /// The emoji, or `name:id` for a server's own.
        emoji: String,
    },
}

/// A message that Beadle posts. It never pings anybody.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Outgoing {
    /// Plain text, at most 2,000 characters.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// A card below the text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub card: Option<Card>,
}

/// A card (Discord's embed): at most 6,000 characters in all.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Card {
    /// At most 256 characters.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// Where the title leads.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Markdown, at most 4,096 characters.
    pub body: String,
    /// At most 2,048 characters.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub footer: String,
}

impl Outgoing {
    /// A message of plain text.
    pub fn text(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            card: None,
        }
    }

    /// A message that is one card.
    pub fn card(card: Card) -> Self {
        Self {
            text: String::new(),
            card: Some(card),
        }
    }
}

/// An effect as the outbox holds it.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The row.
    pub id: i64,
    /// What the effect is for; no two effects have the same.
    pub key: String,
    /// The channel in which it happens. Effects of one channel are carried out in the order of `id`.
    pub channel: ChannelId,
    /// What to do.
    pub effect: Effect,
    /// Under which Discord knows a message that it has taken already; at most 25 characters.
    pub nonce: String,
    /// When it was decided, in UTC milliseconds.
    pub created_at_ms: i64,
    /// After which it is of no use any more, in UTC milliseconds.
    pub expires_at_ms: Option<i64>,
    /// When it was last tried, in UTC milliseconds; `None`: never.
    pub tried_at_ms: Option<i64>,
}

impl Effect {
    /// As the outbox stores it.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// From the outbox. `None` for what no version of Beadle has written.
    pub fn from_json(json: &str) -> Option<Self> {
        serde_json::from_str(json).ok()
    }
}
