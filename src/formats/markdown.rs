//! Markdown for people: a table whose offsets link into the recording. Only written.

use std::fmt::Write as _;

use super::{About, Definition};
use crate::domain::lecture::TopicTable;

pub(super) const DEFINITION: Definition = Definition {
    name: "markdown",
    extensions: &["md"],
    likelihood: |_| 0,
    read: None,
    write,
    has_ends: true,
    has_notes: true,
};

fn write(table: &TopicTable, about: About<'_>) -> String {
    let mut out = String::new();
    if let Some(title) = about.title {
        let _ = writeln!(out, "# {}\n", escaped(title));
    }
    out.push_str("| Offset | Topic | Note |\n|---:|---|---|\n");
    for topic in table {
        let offset = match topic.end {
            Some(end) => format!("{}–{end}", topic.start),
            None => topic.start.to_string(),
        };
        let offset = match about.recording {
            Some(recording) => format!("[{offset}]({})", link_target(&recording.at(topic.start))),
            None => offset,
        };
        let note = topic.note.as_deref().map(escaped).unwrap_or_default();
        let _ = writeln!(out, "| {offset} | {} | {note} |", escaped(&topic.title));
    }
    out
}

/// Text that Markdown shows as it is: every mark that could begin markup is escaped (CommonMark
/// 0.31, section 2.4), and a line break becomes one inside the cell.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => out.push_str("<br>"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&' | '!' | '$' => {
                out.extend(['\\', c])
            }
            _ => out.push(c),
        }
    }
    out
}

/// A closing bracket or a bar would end the link or the cell.
fn link_target(url: &str) -> String {
    url.replace('(', "%28")
        .replace(')', "%29")
        .replace('|', "%7C")
}
