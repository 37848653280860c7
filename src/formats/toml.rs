//! TOML: `[[topic]]` tables with `start`, `end`, `title` and `note`.
//!
//! Read from the parser's spanned tree, not through serde, so that every mistake is found in one
//! pass and each is named by its place.

use std::fmt::Write as _;

use ::toml::Spanned;
use ::toml::de::{DeTable, DeValue};

use super::draft::{Cell, Draft, Row};
use super::source::Source;
use super::{About, Definition};
use crate::domain::lecture::TopicTable;
use crate::domain::offset::Offset;

pub(super) const DEFINITION: Definition = Definition {
    name: "toml",
    extensions: &["toml"],
    likelihood,
    read,
    write,
    has_ends: true,
    needs_ends: false,
    has_notes: true,
};

const KEYS: &str = "`start`, `end`, `title` and `note`";

fn likelihood(text: &str) -> u8 {
    let opens = |line: &str| {
        let line: String = line
            .split('#')
            .next()
            .unwrap_or_default()
            .split_whitespace()
            .collect();
        matches!(line.as_str(), "[[topic]]" | "[[topics]]")
            || line.starts_with("topic=[")
            || line.starts_with("topics=[")
    };
    if text.lines().any(opens) { 100 } else { 0 }
}

fn read(source: &Source, draft: &mut Draft<'_>) {
    let (root, errors) = DeTable::parse_recoverable(source.text());
    // What the parser made of a broken text would only give mistakes that nobody made.
    if !errors.is_empty() {
        errors.iter().for_each(|error| syntax_error(draft, error));
        return;
    }
    for (key, value) in root.get_ref() {
        match (key.get_ref().as_ref(), value.get_ref()) {
            ("topic" | "topics", DeValue::Array(topics)) => {
                topics
                    .iter()
                    .for_each(|topic| read_topic(source, draft, topic));
            }
            ("topic" | "topics", _) => {
                draft.problem(
                    key.span().start,
                    "begin each topic with `[[topic]]`, in double brackets",
                );
            }
            (name, _) => {
                let message = format!(
                    "`{}` is not known here; a topic table holds only `[[topic]]`",
                    one_line(name)
                );
                draft.problem(key.span().start, message);
            }
        }
    }
}

fn syntax_error(draft: &mut Draft<'_>, error: &::toml::de::Error) {
    let at = error.span().map_or(0, |span| span.start);
    let words = one_line(error.message());
    draft.problem(
        at,
        format!("this is not TOML: {words}; write offsets and texts in double quotes"),
    );
}

fn read_topic(source: &Source, draft: &mut Draft<'_>, topic: &Spanned<DeValue<'_>>) {
    let at = topic.span().start;
    let DeValue::Table(topic) = topic.get_ref() else {
        draft.problem(at, format!("a topic is a table of {KEYS}"));
        return;
    };
    let (mut start, mut end, mut title, mut note) = (None, None, None, None);
    for (key, value) in topic {
        let slot = match key.get_ref().as_ref() {
            "start" => &mut start,
            "end" => &mut end,
            "title" => &mut title,
            "note" => &mut note,
            other => {
                let message = format!("a topic has no `{}`; its keys are {KEYS}", one_line(other));
                draft.problem(key.span().start, message);
                continue;
            }
        };
        let is_offset = matches!(key.get_ref().as_ref(), "start" | "end");
        let read = if is_offset {
            offset_text(source, draft, value)
        } else {
            text(draft, value)
        };
        // A value of the wrong kind has been named; as an empty text it would be named again.
        *slot = Some(read.map(|text| (text, value.span().start)));
    }
    let unreadable = [&start, &end, &title, &note]
        .iter()
        .any(|slot| matches!(slot, Some(None)));
    if unreadable {
        return;
    }
    let (start, end, title, note) = (
        start.flatten(),
        end.flatten(),
        title.flatten(),
        note.flatten(),
    );
    draft.row(Row {
        start: cell(start.as_ref()).unwrap_or(Cell { text: "", at }),
        end: cell(end.as_ref()),
        title: cell(title.as_ref()).unwrap_or(Cell { text: "", at }),
        note: cell(note.as_ref()),
    });
}

fn cell(found: Option<&(String, usize)>) -> Option<Cell<'_>> {
    found.map(|(text, at)| Cell { text, at: *at })
}

fn text(draft: &mut Draft<'_>, value: &Spanned<DeValue<'_>>) -> Option<String> {
    if let DeValue::String(text) = value.get_ref() {
        return Some(text.clone().into_owned());
    }
    draft.problem(
        value.span().start,
        "this is no text; put it in double quotes",
    );
    None
}

/// An offset is a text such as `"52:14"`; whole seconds and TOML's local times are as plain.
fn offset_text(
    source: &Source,
    draft: &mut Draft<'_>,
    value: &Spanned<DeValue<'_>>,
) -> Option<String> {
    let parsed = match value.get_ref() {
        DeValue::String(text) => Some(text.clone().into_owned()),
        DeValue::Integer(seconds) => u32::from_str_radix(seconds.as_str(), seconds.radix())
            .ok()
            .map(|seconds| Offset::from_seconds(seconds).to_string()),
        // As written, not as parsed: `00:52` is minutes and seconds here, hours and minutes to TOML.
        DeValue::Datetime(time) if time.date.is_none() && time.offset.is_none() => {
            source.text().get(value.span()).map(str::to_owned)
        }
        _ => None,
    };
    if parsed.is_none() {
        draft.problem(
            value.span().start,
            "this is no offset; write it as \"52:14\" or \"1:02:03\"",
        );
    }
    parsed
}

fn one_line(message: &str) -> String {
    message.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn write(table: &TopicTable, _: About<'_>) -> String {
    let quoted = |text: &str| ::toml::Value::String(text.to_owned()).to_string();
    let mut out = String::new();
    for topic in table {
        let separator = if out.is_empty() { "" } else { "\n" };
        let _ = writeln!(out, "{separator}[[topic]]\nstart = \"{}\"", topic.start);
        if let Some(end) = topic.end {
            let _ = writeln!(out, "end = \"{end}\"");
        }
        let _ = writeln!(out, "title = {}", quoted(&topic.title));
        if let Some(note) = &topic.note {
            let _ = writeln!(out, "note = {}", quoted(note));
        }
    }
    out
}
