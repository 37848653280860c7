//! JSON Lines: one object a line, of which only `text` must be there; unknown keys are ignored.

use serde::{Deserialize, Deserializer, de};

use super::super::json;
use super::super::remarks::Remarks;
use super::super::source::{Line, Source};
use super::id::Id;
use super::{Reading, Role, Said, SaidDraft, UNNAMED_CHANNEL, moment};

#[derive(Deserialize)]
struct Message {
    #[serde(default)]
    id: Option<Id>,
    #[serde(default)]
    channel: Option<Id>,
    #[serde(default)]
    author: Option<Id>,
    #[serde(default)]
    author_id: Option<Id>,
    #[serde(default)]
    role: Option<Role>,
    #[serde(default)]
    roles: Option<Vec<Id>>,
    #[serde(default)]
    bot: Option<bool>,
    text: String,
    #[serde(default, deserialize_with = "at")]
    at: Option<jiff::Timestamp>,
    #[serde(default, deserialize_with = "at")]
    edited_at: Option<jiff::Timestamp>,
    #[serde(default)]
    reply_to: Option<Id>,
    #[serde(default)]
    gather: Option<bool>,
}

fn at<'de, D: Deserializer<'de>>(from: D) -> Result<Option<jiff::Timestamp>, D::Error> {
    let Some(text) = Option::<String>::deserialize(from)? else {
        return Ok(None);
    };
    let unreadable = || de::Error::custom("`at` is no moment; write it as `2026-01-05T10:00:00Z`");
    moment(&text).map(Some).ok_or_else(unreadable)
}

pub(super) fn read(source: &Source, remarks: &mut Remarks) -> Reading {
    let mut reading = Reading::default();
    if json::is_listing(source.text()) {
        remarks.tell(
            0,
            "this is what Beadle prints of questions, lookups or a digest, and no discussion; replay the \
             discussion that they are of",
        );
        return reading;
    }
    for line in source.lines().filter(|line| !line.text.trim().is_empty()) {
        match serde_json::from_str::<Message>(line.text) {
            Ok(message) => reading.drafts.push(draft(message, line)),
            Err(error) => say(remarks, line, &error),
        }
    }
    reading
}

fn draft(message: Message, line: Line<'_>) -> SaidDraft {
    let roles = message.roles.into_iter().flatten();
    let said = Said {
        channel: Id::text(message.channel).unwrap_or_else(|| UNNAMED_CHANNEL.to_owned()),
        author: Id::text(message.author).unwrap_or_default(),
        author_id: Id::text(message.author_id),
        role: message.role.unwrap_or_default(),
        roles: roles.map(|Id(role)| role).collect(),
        is_bot: message.bot.unwrap_or_default(),
        text: message.text,
        at: message.at,
        edited_at: message.edited_at,
        reply_to: Id::text(message.reply_to),
        gather: message.gather.unwrap_or_default(),
        ..Said::default()
    };
    SaidDraft {
        id: Id::text(message.id),
        at_byte: line.at,
        said,
    }
}

/// The parser's own words, with the place moved from the line to the input.
fn say(remarks: &mut Remarks, line: Line<'_>, error: &serde_json::Error) {
    let words = error.to_string();
    let words = words.split(" at line ").next().unwrap_or_default();
    let message = match error.classify() {
        serde_json::error::Category::Data => {
            format!("{words}; a message is a line such as {{\"text\": \"…\"}}")
        }
        _ => format!("this line is not JSON: {words}"),
    };
    let column = error.column().saturating_sub(1).min(line.text.len());
    remarks.tell(line.at + column, message);
}
