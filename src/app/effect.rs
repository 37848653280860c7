//! The one way out: what is to be done on Discord, told without serenity's types.
//!
//! An effect is written to the outbox in the transaction that decided it, carried out after, and
//! ticked off. It is stored as JSON, so a field once written stays readable.

use serde::{Deserialize, Serialize};

use super::event::{Person, Place};
use super::interaction::Controls;
use crate::domain::digest::timeline::Timeline;
use crate::domain::ids::{ChannelId, MessageId, ServerId};

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
        /// Whether it is of use for longer than the few minutes for which Discord knows a nonce:
        /// beyond them, Beadle reads its own messages back before it sends. What does not last has
        /// to expire before.
        lasting: bool,
    },
    /// Post what a person said with a command. Once it stands the application is told as which message
    /// ([`Event::Relayed`](super::event::Event::Relayed)); only then is the effect over.
    Relay {
        /// The message that it replies to; none: it stands alone.
        reply_to: Option<MessageId>,
        /// How Beadle says it.
        message: Outgoing,
        /// What the person said.
        said: Box<Said>,
    },
    /// Put the tag that says "solved" on a forum's post, or take it off, if the forum has such a tag.
    /// Once it is done the application is told ([`Event::Tagged`](super::event::Event::Tagged)).
    Tag {
        /// The server.
        server: ServerId,
        /// The post.
        post: ChannelId,
        /// Whether it is solved.
        solved: bool,
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

/// What a person said with a command.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// Who.
    pub person: Person,
    /// Where it is posted.
    pub place: Place,
    /// Their words.
    pub text: String,
    /// What the words are.
    pub is: SaidAs,
}

/// What a person's words are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SaidAs {
    /// A question.
    Question {
        /// The row of the lecture that it is about, if that was said.
        #[serde(default)]
        lecture: Option<i64>,
        /// Where in the recording, in seconds, if that was said.
        #[serde(default)]
        offset_s: Option<i64>,
    },
    /// The answer to a question.
    Answer {
        /// The question's row.
        question: i64,
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
    /// A file with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<Attachment>,
    /// At most five rows of controls below.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub controls: Vec<Controls>,
}

/// A file that goes with a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// Its name.
    pub name: String,
    /// What it is, for whoever cannot see it; at most 1,024 characters.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// What is in it.
    pub content: Content,
}

/// What is in a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Content {
    /// Text.
    Text(String),
    /// A picture of a lecture with its questions; it is drawn when it is sent.
    Timeline(Box<Timeline>),
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
            ..Self::default()
        }
    }

    /// A message that is one card.
    pub fn card(card: Card) -> Self {
        Self {
            card: Some(card),
            ..Self::default()
        }
    }

    /// The same with controls below.
    #[must_use]
    pub fn with(self, controls: Vec<Controls>) -> Self {
        Self { controls, ..self }
    }

    /// The same with a file.
    #[must_use]
    pub fn attaching(self, file: Attachment) -> Self {
        Self {
            file: Some(file),
            ..self
        }
    }

    /// What it says, for a terminal: without markdown, links spelled out.
    pub fn plain(&self) -> String {
        let card = self.card.as_ref();
        let title = card.map(|card| match &card.url {
            Some(url) if !card.title.is_empty() => format!("{} ({url})", card.title),
            _ => card.title.clone(),
        });
        let body = card.map(|card| without_markdown(&card.body));
        let footer = card.map(|card| card.footer.clone());
        let parts = [Some(without_markdown(&self.text)), title, body, footer];
        let said = parts.into_iter().flatten().filter(|part| !part.is_empty());
        said.collect::<Vec<_>>().join("\n")
    }
}

/// A text without the marks of Discord's markdown that Beadle uses: `**bold**`, `[text](<link>)`,
/// and the backslash before a mark that is meant as it stands.
fn without_markdown(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let after = &rest[first.len_utf8()..];
        let escaped = after
            .chars()
            .next()
            .filter(|next| next.is_ascii_punctuation());
        if let ('\\', Some(mark)) = (first, escaped) {
            plain.push(mark);
            rest = &after[mark.len_utf8()..];
        } else if let Some(bold) = rest.strip_prefix("**") {
            rest = bold;
        } else if let Some((words, link, behind)) = link_at(rest) {
            plain += &format!("{} ({link})", without_markdown(words));
            rest = behind;
        } else {
            plain.push(first);
            rest = after;
        }
    }
    plain
}

/// The words and the address of the link with which a text begins, and what stands behind it.
fn link_at(text: &str) -> Option<(&str, &str, &str)> {
    let (words, behind) = text.strip_prefix('[')?.split_once("](")?;
    let (link, behind) = behind.split_once(')')?;
    let is_one_link = !words.contains(['\n', '[']) && !link.contains(char::is_whitespace);
    is_one_link.then(|| {
        (
            words,
            link.trim_start_matches('<').trim_end_matches('>'),
            behind,
        )
    })
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
    /// When it was decided, in UTC milliseconds. From then on it may have been tried.
    pub created_at_ms: i64,
    /// After which it is of no use any more, in UTC milliseconds.
    pub expires_at_ms: Option<i64>,
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
