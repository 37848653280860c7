//! A video's description: lines with an offset before or after a title, among prose.
//!
//! Which end the offsets stand at is told by the majority of lines. Lines without one are prose and
//! are left out with a note; a line in the midst of the topics that has its offset at the other end
//! is a mistake, since leaving it out could lose a topic. Right above and below them, that is mostly prose
//! (`Recorded at 10:30`), unless several such lines [go on with the list](beside).

mod beside;
mod line;

use std::fmt::Write as _;

use super::draft::{Cell, Draft, Row};
use super::source::{Line, Source};
use super::{About, Definition};
use crate::domain::lecture::TopicTable;
use line::Found;

pub(super) const DEFINITION: Definition = Definition {
    name: "youtube",
    extensions: &["txt", "description"],
    likelihood,
    read,
    write,
    has_ends: false,
    needs_ends: false,
    has_notes: false,
};

/// At which end of the line the offsets stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Before,
    After,
}

fn likelihood(text: &str) -> u8 {
    let found = text
        .lines()
        .any(|line| line::leading(line).is_some() || line::trailing(line).is_some());
    if found { 50 } else { 0 }
}

fn find<'s>(line: Line<'s>, side: Side) -> Option<Found<'s>> {
    match side {
        Side::Before => line::leading(line.text),
        Side::After => line::trailing(line.text),
    }
}

fn read(source: &Source, draft: &mut Draft<'_>) {
    let lines: Vec<Line<'_>> = source.lines().collect();
    if is_digest(source.text()) {
        draft.problem(
            0,
            "this is a digest of Beadle's, and no topic table; `beadle topics export` writes those",
        );
        return;
    }
    let is_topic = |side: Side| move |line: &&Line<'_>| find(**line, side).is_some();
    let before = lines.iter().filter(is_topic(Side::Before)).count();
    let after = lines.iter().filter(is_topic(Side::After)).count();
    let side = if before >= after {
        Side::Before
    } else {
        Side::After
    };
    let topic_lines = || (0..lines.len()).filter(|&index| find(lines[index], side).is_some());
    let (Some(first), Some(last)) = (topic_lines().next(), topic_lines().next_back()) else {
        draft.problem(
            0,
            "no topic was found; write each on a line of its own, as `52:14 Its title`",
        );
        return;
    };
    let (first, last) = beside::list_with_what_goes_on(&lines, first, last, side);
    let mut prose = Prose::of(side);
    let mut index = 0;
    while let Some(&line) = lines.get(index) {
        let next = lines.get(index + 1).copied();
        index += 1;
        match find(line, side) {
            Some(found) => {
                prose.end(draft);
                index += usize::from(read_topic(draft, line, found, next, side));
            }
            None if (first..=last).contains(&(index - 1)) && find(line, side.other()).is_some() => {
                let end = side.name();
                draft.problem(
                    line.at,
                    format!(
                        "this line has its offset where the others have none; move it to the {end}"
                    ),
                );
            }
            None => prose.line(line),
        }
    }
    prose.end(draft);
}

/// Whether a text is what `beadle digest` prints: its questions begin with offsets too.
fn is_digest(text: &str) -> bool {
    let mut lines = text.trim_start().lines();
    let names_day = lines
        .next()
        .is_some_and(|line| line.contains(": open questions, "));
    names_day && lines.next().is_some_and(|line| line.contains(" open"))
}

/// Takes a topic line; whether the line after it was its title, as in a copied list of chapters.
fn read_topic<'s>(
    draft: &mut Draft<'_>,
    line: Line<'s>,
    found: Found<'s>,
    next: Option<Line<'s>>,
    side: Side,
) -> bool {
    let place =
        |text: &str| line.at + (text.as_ptr() as usize).saturating_sub(line.text.as_ptr() as usize);
    let here = |text: &'s str| Cell {
        text,
        at: place(text),
    };
    let title_below = next.filter(|next| {
        let plain = find(*next, Side::Before).is_none() && find(*next, Side::After).is_none();
        found.title.is_empty() && side == Side::Before && plain && !next.text.trim().is_empty()
    });
    let title = match title_below {
        Some(next) => Cell {
            text: next.text.trim(),
            at: next.at,
        },
        None => here(found.title),
    };
    if line::holds_more_topics(found) {
        draft.problem(
            title.at,
            "this line holds several offsets; put each topic on a line of its own",
        );
    }
    draft.row(Row {
        start: here(found.start),
        end: found.end.map(here),
        title,
        note: None,
    });
    title_below.is_some()
}

impl Side {
    fn other(self) -> Self {
        match self {
            Self::Before => Self::After,
            Self::After => Self::Before,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Before => "beginning",
            Self::After => "end",
        }
    }
}

/// A run of lines without an offset, for one note.
struct Prose {
    side: Side,
    first: Option<usize>,
    lines: usize,
    /// Whether one of them has an offset at the other end.
    has_other: bool,
}

impl Prose {
    fn of(side: Side) -> Self {
        Self {
            side,
            first: None,
            lines: 0,
            has_other: false,
        }
    }

    fn line(&mut self, line: Line<'_>) {
        if !line.text.trim().is_empty() {
            self.first.get_or_insert(line.at);
            self.lines += 1;
            self.has_other |= find(line, self.side.other()).is_some();
        }
    }

    fn end(&mut self, draft: &mut Draft<'_>) {
        if let Some(at) = self.first {
            let end = self.side.name();
            let message = match (self.lines, self.has_other) {
                (1, false) => "this line has no offset and was left out".to_owned(),
                (1, true) => format!("this line has no offset at its {end} and was left out"),
                (lines, false) => format!("{lines} lines without an offset were left out"),
                (lines, true) => {
                    format!("{lines} lines without an offset at their {end} were left out")
                }
            };
            draft.note(at, message);
        }
        *self = Self::of(self.side);
    }
}

/// What may stand between an offset and its title, the plainest first.
const SEPARATORS: [&str; 3] = [" ", " - ", " | "];

fn write(table: &TopicTable, _: About<'_>) -> String {
    let mut out = String::new();
    for topic in table {
        // A title that begins like a separator or an offset would be read otherwise.
        let start = topic.start.to_string();
        let reads_back = |separator: &&str| {
            let line = format!("{start}{separator}{}", topic.title);
            line::leading(&line)
                .is_some_and(|it| (it.start, it.end, it.title) == (&*start, None, &*topic.title))
        };
        let separator = SEPARATORS.iter().find(|it| reads_back(it)).unwrap_or(&" ");
        let _ = writeln!(out, "{start}{separator}{}", topic.title);
    }
    out
}

#[cfg(test)]
mod tests;
