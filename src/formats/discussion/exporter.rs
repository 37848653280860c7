//! DiscordChatExporter's JSON: a channel of Discord's with its messages.
//!
//! Authors keep their ids and roles, so that a course file tells who is staff. A message has its newest
//! text, and says when that was written. What Discord itself announces (pins, joins) is left out.
//! Reactions have no moment there and are not read.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::super::json_value::Value;
use super::super::remarks::Remarks;
use super::super::source::Source;
use super::id::Id;
use super::{Reading, Said, SaidDraft, UNNAMED_CHANNEL, moment};

#[derive(Deserialize)]
#[serde(expecting = "an object, {…}")]
struct Export<'s> {
    #[serde(default)]
    channel: Option<Channel>,
    #[serde(borrow)]
    messages: Vec<&'s RawValue>,
}

#[derive(Deserialize)]
struct Channel {
    #[serde(default)]
    id: Option<Id>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", expecting = "a message, {…}")]
struct Message {
    id: Id,
    #[serde(default, rename = "type")]
    kind: Option<Id>,
    timestamp: String,
    #[serde(default)]
    timestamp_edited: Option<String>,
    #[serde(default)]
    content: Option<String>,
    author: Author,
    #[serde(default)]
    reference: Option<Reference>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Author {
    #[serde(default)]
    id: Option<Id>,
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    nickname: Option<String>,
    #[serde(default)]
    is_bot: Option<bool>,
    #[serde(default)]
    roles: Option<Vec<RoleOf>>,
}

#[derive(Deserialize)]
struct RoleOf {
    id: Id,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Reference {
    #[serde(default)]
    message_id: Option<Id>,
    #[serde(default)]
    channel_id: Option<Id>,
}

/// The kinds of messages that somebody wrote, by the exporter's name or, where it has none, by Discord's
/// number: plain ones, replies, and what a bot answers to a command. All others are announcements.
const WRITTEN: &[&str] = &["Default", "Reply", "0", "19", "20", "23"];

pub(super) fn read(source: &Source, remarks: &mut Remarks) -> Reading {
    let mut reading = Reading::default();
    let export: Export<'_> = match Value::whole(source).read() {
        Ok(export) => export,
        Err(error) => {
            let message = if error.is_broken {
                format!("this is not JSON: {}; was the export cut off?", error.words)
            } else {
                format!(
                    "this is no export of DiscordChatExporter's: {}",
                    error.words
                )
            };
            remarks.tell(error.at, message);
            return reading;
        }
    };
    let channel = Id::text(export.channel.and_then(|channel| channel.id));
    let channel = channel.unwrap_or_else(|| UNNAMED_CHANNEL.to_owned());
    let mut announced: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for raw in export.messages {
        let value = Value::of(source, raw);
        let message: Message = match value.read() {
            Ok(message) => message,
            Err(error) => {
                remarks.tell(
                    error.at,
                    format!("this message cannot be read: {}", error.words),
                );
                continue;
            }
        };
        match &message.kind {
            Some(Id(kind)) if !WRITTEN.contains(&kind.as_str()) => {
                announced.entry(kind.clone()).or_insert((value.at, 0)).1 += 1;
            }
            _ => match draft(message, &channel, value.at) {
                Ok(draft) => reading.drafts.push(draft),
                Err(message) => remarks.tell(value.at, message),
            },
        }
    }
    for (kind, (at, number)) in announced {
        reading.notes.tell(
            at,
            format!("announcements of kind `{kind}`, {number} in all, were left out"),
        );
    }
    reading
}

fn draft(message: Message, channel: &str, at_byte: usize) -> Result<SaidDraft, String> {
    let at = moment(&message.timestamp)
        .ok_or("`timestamp` is no moment; it looks like `2026-01-05T10:00:00Z`")?;
    let author = message.author;
    let is_here = |other: &Id| other.0 == channel;
    // What is pinned or forwarded from elsewhere refers to that, and replies to nothing here.
    let reply_to = message
        .reference
        .filter(|to| to.channel_id.as_ref().is_none_or(is_here))
        .and_then(|to| Id::text(to.message_id));
    let name = author.nickname.or(author.name).unwrap_or_default();
    let said = Said {
        channel: channel.to_owned(),
        author: name,
        author_id: Id::text(author.id),
        is_bot: author.is_bot.unwrap_or_default(),
        roles: author
            .roles
            .into_iter()
            .flatten()
            .map(|role| role.id.0)
            .collect(),
        text: message.content.unwrap_or_default(),
        at: Some(at),
        edited_at: message.timestamp_edited.as_deref().and_then(moment),
        reply_to,
        ..Said::default()
    };
    Ok(SaidDraft {
        id: Id::text(Some(message.id)),
        at_byte,
        said,
    })
}
