//! A message as it stood at one moment, for tests to look at.

use std::fmt;

use serde_json::Value;

use super::InChannel;
use crate::time::{Snowflake, made_at_ms};
use crate::world::state::{Attachment, Mentions, Message, message_flag};

/// What a message was when it was looked at. It does not change any more.
#[derive(Debug, Clone, PartialEq)]
pub struct MessageView {
    /// Its id.
    pub id: Snowflake,
    /// Where it is.
    pub channel_id: Snowflake,
    /// Who wrote it.
    pub author_id: Snowflake,
    /// Its text.
    pub content: String,
    /// Its embeds as they are shown: none when they are suppressed.
    pub embeds: Vec<Value>,
    /// Its buttons and selects.
    pub components: Vec<Value>,
    /// Its files.
    pub attachments: Vec<Attachment>,
    /// The message it answers, by id.
    pub reference: Option<Snowflake>,
    /// The emoji under it, in the order they came.
    pub reactions: Vec<ReactionView>,
    /// Whether it is pinned.
    pub pinned: bool,
    /// Whether it was changed.
    pub edited: bool,
    /// The nonce its sender gave it.
    pub nonce: Option<Value>,
    /// Its flags, by Discord's bits.
    pub flags: u64,
    /// Its kind, by Discord's number: 0 ordinary, 19 a reply, 20 and 23 answers to commands, others are notices.
    pub kind: u8,
    pings: Mentions,
}

/// An emoji under a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReactionView {
    /// The emoji itself.
    pub emoji: String,
    /// Who put it there, in order.
    pub users: Vec<Snowflake>,
}

impl MessageView {
    pub(crate) fn of(message: &Message) -> Self {
        let reactions = message.reactions.iter().map(|reaction| ReactionView {
            emoji: reaction.emoji.clone(),
            users: reaction.users.clone(),
        });
        Self {
            id: message.id,
            channel_id: message.channel,
            author_id: message.author,
            content: message.content.clone(),
            embeds: message.shown_embeds().to_vec(),
            components: message.components.clone(),
            attachments: message.attachments.clone(),
            reference: message.reference.and_then(|reference| reference.message),
            reactions: reactions.collect(),
            pinned: message.pinned,
            edited: message.edited_at_ms.is_some(),
            nonce: message.nonce.clone(),
            flags: message.flags,
            kind: message.kind,
            pings: message.pings.clone(),
        }
    }

    /// Whom it notified when it was sent.
    #[must_use]
    pub fn pings(&self) -> &Mentions {
        &self.pings
    }

    /// Whether only one person sees it.
    #[must_use]
    pub fn is_ephemeral(&self) -> bool {
        self.flags & message_flag::EPHEMERAL != 0
    }

    /// When it was sent, in Unix milliseconds.
    #[must_use]
    pub fn sent_at_ms(&self) -> u64 {
        made_at_ms(self.id)
    }

    /// Who put this emoji under it.
    #[must_use]
    pub fn reactors(&self, emoji: &str) -> &[Snowflake] {
        let reaction = self
            .reactions
            .iter()
            .find(|reaction| reaction.emoji == emoji);
        reaction.map_or(&[], |reaction| &reaction.users)
    }
}

impl InChannel for MessageView {
    fn channel_id(&self) -> Snowflake {
        self.channel_id
    }

    fn message_id(&self) -> Snowflake {
        self.id
    }
}

/// Everything that a reader sees of it, from top to bottom: text, embeds, files, controls, reactions.
impl fmt::Display for MessageView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut lines: Vec<String> = Vec::new();
        if !self.content.is_empty() {
            lines.push(self.content.clone());
        }
        self.embeds
            .iter()
            .for_each(|embed| lines.extend(embed_lines(embed)));
        self.components
            .iter()
            .for_each(|component| lines.extend(component_lines(component)));
        for attachment in &self.attachments {
            let description = attachment.description.as_deref().unwrap_or("");
            lines.push(format!("({}: {description})", attachment.name));
        }
        if !self.reactions.is_empty() {
            let count =
                |reaction: &ReactionView| format!("{} {}", reaction.emoji, reaction.users.len());
            lines.push(
                self.reactions
                    .iter()
                    .map(count)
                    .collect::<Vec<_>>()
                    .join("  "),
            );
        }
        f.write_str(&lines.join("\n"))
    }
}

fn embed_lines(embed: &Value) -> Vec<String> {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let title = match (text(&embed["title"]), text(&embed["url"])) {
        (Some(title), Some(url)) => Some(format!("[{title}]({url})")),
        (title, url) => title.or(url),
    };
    let mut lines: Vec<String> = Vec::new();
    lines.extend(text(&embed["author"]["name"]));
    lines.extend(title);
    lines.extend(text(&embed["description"]));
    for field in embed["fields"].as_array().into_iter().flatten() {
        lines.extend(text(&field["name"]));
        lines.extend(text(&field["value"]));
    }
    lines.extend(text(&embed["footer"]["text"]));
    lines
        .iter()
        .flat_map(|line| line.lines())
        .map(|line| format!("| {line}"))
        .collect()
}

fn component_lines(component: &Value) -> Vec<String> {
    let inner = component["components"].as_array().into_iter().flatten();
    let labels: Vec<String> = inner.flat_map(component_lines).collect();
    let own = ["label", "placeholder", "content"]
        .iter()
        .find_map(|key| component[*key].as_str());
    match own {
        Some(own) => vec![format!("[{own}]")],
        None if labels.is_empty() => labels,
        None => vec![labels.join(" ")],
    }
}
