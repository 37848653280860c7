//! Markdown for people: a table whose offsets link into the recording. A table with these columns is
//! read again; what stands around it is left out.

use std::fmt::Write as _;

use super::draft::{Cell, Draft, Row};
use super::source::{Line, Source};
use super::{About, Definition};
use crate::domain::lecture::TopicTable;

pub(super) const DEFINITION: Definition = Definition {
    name: "markdown",
    extensions: &["md"],
    likelihood,
    read,
    write,
    has_ends: true,
    needs_ends: false,
    has_notes: true,
};

/// Where the parts of a topic stand in a row.
struct Columns {
    offset: usize,
    title: usize,
    note: Option<usize>,
    number: usize,
}

impl Columns {
    /// The columns of a line, if it is the head of a topic table.
    fn of(line: &str) -> Option<Self> {
        let names = cells(line)?;
        let names: Vec<String> = names
            .iter()
            .map(|name| plain(name).to_lowercase())
            .collect();
        let place = |known: &[&str]| names.iter().position(|name| known.contains(&name.as_str()));
        Some(Self {
            offset: place(&["offset", "start", "time"])?,
            title: place(&["topic", "title"])?,
            note: place(&["note", "notes"]),
            number: names.len(),
        })
    }
}

fn likelihood(text: &str) -> u8 {
    let mut lines = text.lines();
    let is_head = |line: &str| line.trim_start().starts_with('|') && Columns::of(line).is_some();
    let begins = lines.any(is_head) && lines.next().is_some_and(is_ruler);
    if begins { 100 } else { 0 }
}

/// The line below a table's head: `|---:|---|`.
fn is_ruler(line: &str) -> bool {
    let is_rule = |cell: &&str| cell.contains('-') && cell.chars().all(|c| matches!(c, '-' | ':'));
    cells(line).is_some_and(|cells| cells.iter().all(is_rule))
}

fn read(source: &Source, draft: &mut Draft<'_>) {
    let mut lines = source.lines().peekable();
    let mut columns: Option<Columns> = None;
    let mut is_within = false;
    while let Some(line) = lines.next() {
        let begins = lines.peek().is_some_and(|next| is_ruler(next.text));
        match (Columns::of(line.text).filter(|_| begins), &columns) {
            (Some(found), None) => {
                lines.next();
                columns = Some(found);
                is_within = true;
            }
            (Some(_), Some(_)) => {
                draft.problem(line.at, "a second table begins here; keep one lecture's");
                return;
            }
            (None, Some(columns)) if is_within && cells(line.text).is_some() => {
                read_row(source, draft, line, columns);
            }
            _ => {
                is_within = false;
                let text = line.text.trim();
                if !text.is_empty() && !text.starts_with('#') {
                    draft.note(line.at, "this line is in no topic table and was left out");
                }
            }
        }
    }
    if columns.is_none() {
        draft.problem(
            0,
            "there is no table with the columns `Offset` and `Topic`; begin it with `| Offset | Topic | Note |`",
        );
    }
}

fn read_row(source: &Source, draft: &mut Draft<'_>, line: Line<'_>, columns: &Columns) {
    let found = cells(line.text).unwrap_or_default();
    if found.len() > columns.number {
        let (cells, number) = (found.len(), columns.number);
        let message = format!(
            "this row has {cells} cells, the table {number} columns; write a `|` within a text as `\\|`"
        );
        draft.problem(line.at, message);
        return;
    }
    let at = |place: usize| {
        found
            .get(place)
            .map_or(line.at, |cell| source.byte_of(cell))
    };
    let text = |place: usize| found.get(place).copied().unwrap_or_default();
    let offsets = without_link(text(columns.offset));
    let (start, end) = match offsets.split_once('–') {
        Some((start, end)) => (start, Some(end)),
        None => (offsets, None),
    };
    let (title, note) = (
        plain(text(columns.title)),
        columns.note.map(|it| (plain(text(it)), at(it))),
    );
    let here = |text| Cell {
        text,
        at: at(columns.offset),
    };
    draft.row(Row {
        start: here(start),
        end: end.map(here),
        title: Cell {
            text: &title,
            at: at(columns.title),
        },
        note: note.as_ref().map(|(text, at)| Cell { text, at: *at }),
    });
}

/// The cells of a line that is a table's row, still escaped.
fn cells(line: &str) -> Option<Vec<&str>> {
    let row = line.trim().strip_prefix('|')?;
    let mut cells = Vec::new();
    let (mut begin, mut is_escaped) = (0, false);
    for (at, c) in row.char_indices() {
        if c == '|' && !is_escaped {
            cells.push(row[begin..at].trim());
            begin = at + 1;
        }
        is_escaped = c == '\\' && !is_escaped;
    }
    // The bar at the end may be missing.
    if !row[begin..].trim().is_empty() {
        cells.push(row[begin..].trim());
    }
    Some(cells)
}

/// The words of `[words](address)`.
fn without_link(text: &str) -> &str {
    let link = text
        .strip_prefix('[')
        .and_then(|rest| rest.split_once("]("));
    link.map_or(text, |(words, _)| words)
}

/// What [`escaped`] made of a text, as it was.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        let escaped = after
            .chars()
            .next()
            .filter(|next| c == '\\' && next.is_ascii_punctuation());
        rest = match (escaped, rest.strip_prefix("<br>")) {
            (Some(next), _) => {
                out.push(next);
                &after[next.len_utf8()..]
            }
            (None, Some(below)) => {
                out.push('\n');
                below
            }
            (None, None) => {
                out.push(c);
                after
            }
        };
    }
    out
}

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
