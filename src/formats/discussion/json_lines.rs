//! JSON Lines: one object a line, of which only `text` must be there; unknown keys are ignored.

use serde::{Deserialize, Deserializer, de};

use super::super::Problem;
use super::super::source::{Line, Source};
use super::{Role, Said, SaidDraft, UNNAMED_CHANNEL, moment};

#[derive(Deserialize)]
struct Message {
    #[serde(default)]
    id: Option<Id>,
    #[serde(default)]
    channel: Option<Id>,
    #[serde(default)]
    author: Option<Id>,
    #[serde(default)]
    role: Option<Role>,
    text: String,
    #[serde(default, deserialize_with = "at")]
    at: Option<jiff::Timestamp>,
    #[serde(default)]
    reply_to: Option<Id>,
    #[serde(default)]
    gather: Option<bool>,
}

/// An id or a name, as text or as a number.
struct Id(String);

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Either;
        impl de::Visitor<'_> for Either {
            type Value = Id;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a text or a whole number")
            }

            fn visit_u64<E>(self, id: u64) -> Result<Id, E> {
                Ok(Id(id.to_string()))
            }

            fn visit_i64<E>(self, id: i64) -> Result<Id, E> {
                Ok(Id(id.to_string()))
            }

            fn visit_str<E>(self, id: &str) -> Result<Id, E> {
                Ok(Id(id.to_owned()))
            }
        }
        from.deserialize_any(Either)
    }
}

fn at<'de, D: Deserializer<'de>>(from: D) -> Result<Option<jiff::Timestamp>, D::Error> {
    let Some(text) = Option::<String>::deserialize(from)? else {
        return Ok(None);
    };
    let unreadable = || de::Error::custom("`at` is no moment; write it as `2026-01-05T10:00:00Z`");
    moment(&text).map(Some).ok_or_else(unreadable)
}

pub(super) fn read(source: &Source) -> Result<Vec<SaidDraft>, Vec<Problem>> {
    let mut drafts = Vec::new();
    let mut problems = Vec::new();
    for line in source.lines().filter(|line| !line.text.trim().is_empty()) {
        match serde_json::from_str::<Message>(line.text) {
            Ok(message) => drafts.push(draft(message, line)),
            Err(error) => problems.push(problem(source, line, &error)),
        }
    }
    if problems.is_empty() {
        Ok(drafts)
    } else {
        Err(problems)
    }
}

fn draft(message: Message, line: Line<'_>) -> SaidDraft {
    let text_of = |id: Option<Id>| id.map(|Id(text)| text).filter(|text| !text.is_empty());
    let said = Said {
        id: String::new(),
        channel: text_of(message.channel).unwrap_or_else(|| UNNAMED_CHANNEL.to_owned()),
        author: text_of(message.author).unwrap_or_default(),
        role: message.role.unwrap_or_default(),
        text: message.text,
        at: message.at,
        reply_to: text_of(message.reply_to),
        gather: message.gather.unwrap_or_default(),
        line: 0,
    };
    SaidDraft {
        id: text_of(message.id),
        at_byte: line.at,
        said,
    }
}

/// The parser's own words, with the place moved from the line to the input.
fn problem(source: &Source, line: Line<'_>, error: &serde_json::Error) -> Problem {
    let words = error.to_string();
    let words = words.split(" at line ").next().unwrap_or_default();
    let message = match error.classify() {
        serde_json::error::Category::Data => {
            format!("{words}; a message is a line such as {{\"text\": \"…\"}}")
        }
        _ => format!("this line is not JSON: {words}"),
    };
    let column = error.column().saturating_sub(1).min(line.text.len());
    source.problem(line.at + line.text.floor_char_boundary(column), message)
}
