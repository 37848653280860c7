//! Titles each followed by `(start: 25:29)`, one a line or all on one line, as curators keep them
//! in chat and mail. An end may stand beside it: `(start: 25:29, end: 38:20)`.

use std::fmt::Write as _;
use std::sync::LazyLock;

use regex::Regex;

use super::draft::{Cell, Draft, Row};
use super::source::Source;
use super::{About, Definition};
use crate::domain::lecture::TopicTable;

pub(super) const DEFINITION: Definition = Definition {
    name: "start-lines",
    extensions: &[],
    likelihood,
    read,
    write,
    has_ends: true,
    needs_ends: false,
    has_notes: false,
};

/// `(start: …)`, perhaps with an end.
static MARKER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)[(\[]\s*start\s*[:=]\s*([^()\[\]\r\n]*?)\s*(?:[,;]\s*end\s*[:=]\s*([^()\[\]\r\n]*?)\s*)?[)\]]")
        .expect("a well-formed pattern")
});

fn likelihood(text: &str) -> u8 {
    if MARKER.is_match(text) { 90 } else { 0 }
}

fn read(source: &Source, draft: &mut Draft<'_>) {
    let text = source.text();
    let mut after_last = 0;
    for found in MARKER.captures_iter(text) {
        let (Some(whole), Some(start)) = (found.get(0), found.get(1)) else {
            continue;
        };
        let title = title_before(source, draft, after_last, whole.start());
        draft.row(Row {
            start: Cell {
                text: start.as_str(),
                at: start.start(),
            },
            end: found.get(2).map(|end| Cell {
                text: end.as_str(),
                at: end.start(),
            }),
            title,
            note: None,
        });
        after_last = whole.end();
    }
    if after_last == 0 {
        draft.problem(
            0,
            "no topic was found; write each as `Its title (start: 25:29)`",
        );
    } else {
        left_out(
            draft,
            Cell {
                text: &text[after_last..],
                at: after_last,
            },
        );
    }
}

/// The title between one marker and the next: the last line of what stands there.
fn title_before<'s>(source: &'s Source, draft: &mut Draft<'_>, from: usize, to: usize) -> Cell<'s> {
    let between = source.text()[from..to].trim_end();
    let line = between.rfind(['\n', '\r']).map_or(0, |at| at + 1);
    if line > 0 {
        left_out(
            draft,
            Cell {
                text: &between[..line],
                at: from,
            },
        );
    }
    let title = without_bullet(without_separator(&between[line..]));
    let title_at = from + between.len() - title.len();
    // An empty title is best shown at the marker that lacks one.
    Cell {
        text: title,
        at: if title.is_empty() { to } else { title_at },
    }
}

/// Without the full stop, comma or semicolon that parts a topic from the one before on its line.
fn without_separator(text: &str) -> &str {
    text.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ',' | ';' | '|'))
}

/// Without a list's mark: `- `, `• `, `3. ` or `3) `.
fn without_bullet(text: &str) -> &str {
    let unmarked = text.trim_start_matches(['-', '*', '•', '–', '—', '+']);
    if unmarked.len() < text.len() && unmarked.starts_with(char::is_whitespace) {
        return unmarked.trim_start();
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let after = text[digits..]
        .strip_prefix(['.', ')'])
        .filter(|rest| rest.starts_with(char::is_whitespace));
    match after {
        Some(rest) if (1..=3).contains(&digits) => rest.trim_start(),
        _ => text,
    }
}

fn left_out(draft: &mut Draft<'_>, text: Cell<'_>) {
    let skipped = text.text.len() - without_separator(text.text).len();
    if skipped < text.text.len() {
        draft.note(
            text.at + skipped,
            "this text has no `(start: …)` and was left out",
        );
    }
}

fn write(table: &TopicTable, _: About<'_>) -> String {
    let mut out = String::new();
    for topic in table {
        // A title that begins like a list's mark would lose that, were it not for another before it.
        let is_plain = without_bullet(without_separator(&topic.title)) == topic.title;
        let mark = if is_plain { "" } else { "- " };
        let _ = match topic.end {
            Some(end) => writeln!(
                out,
                "{mark}{} (start: {}, end: {end})",
                topic.title, topic.start
            ),
            None => writeln!(out, "{mark}{} (start: {})", topic.title, topic.start),
        };
    }
    out
}
