//! FFmpeg's metadata files (*FFmpeg Formats*, "Metadata muxer"): `[CHAPTER]` sections below
//! `;FFMETADATA1`, offsets as counts of a `TIMEBASE`, of which fractions of a second are cut off.
//!
//! A note stands as the chapter's `comment`. Whatever stands outside of chapters is about the whole file
//! or its streams, and is not read. FFmpeg gives every chapter an end.

mod lines;

use std::fmt::Write as _;

use super::draft::{Cell, Draft, Timed, TimedRow};
use super::source::Source;
use super::{About, Definition, ends};
use crate::domain::lecture::TopicTable;
use crate::domain::offset::Offset;
use lines::{Entry, Said};

pub(super) const DEFINITION: Definition = Definition {
    name: "ffmetadata",
    extensions: &["ffmetadata", "ffmeta"],
    likelihood,
    read,
    write,
    has_ends: true,
    needs_ends: true,
    has_notes: true,
};

const SIGNATURE: &str = ";FFMETADATA";

fn likelihood(text: &str) -> u8 {
    let is_signed = text.starts_with(SIGNATURE);
    let has_chapter = || text.lines().any(|line| line.trim_end() == "[CHAPTER]");
    if is_signed || has_chapter() { 100 } else { 0 }
}

/// How many seconds a count stands for, as a fraction.
#[derive(Clone, Copy)]
struct Timebase {
    numerator: u64,
    denominator: u64,
}

/// What counts stand for in a chapter that does not say: nanoseconds.
const NANOSECONDS: Timebase = Timebase {
    numerator: 1,
    denominator: 1_000_000_000,
};

/// A chapter's entries, while they are gathered.
struct Chapter<'s> {
    at: usize,
    timebase: Option<Said<'s>>,
    start: Option<Said<'s>>,
    end: Option<Said<'s>>,
    title: Option<Said<'s>>,
    comment: Option<Said<'s>>,
}

fn read(source: &Source, draft: &mut Draft<'_>) {
    draft.ends_are_required();
    let mut chapter: Option<Chapter<'_>> = None;
    let mut chapters = 0;
    for entry in lines::entries(source.text()) {
        match entry {
            Entry::Section { name, at } => {
                take(draft, chapter.take());
                if name.eq_ignore_ascii_case("CHAPTER") {
                    chapters += 1;
                    chapter = Some(Chapter::at(at));
                }
            }
            Entry::Pair { key, value } => {
                if let Some(slot) = chapter.as_mut().and_then(|chapter| chapter.slot(&key)) {
                    *slot = Some(value);
                }
            }
            Entry::Other { at } => draft.problem(
                at,
                "this line is neither `[CHAPTER]` nor a pair such as `title=…`; put a `\\` before a line break inside a text",
            ),
        }
    }
    take(draft, chapter);
    if chapters == 0 {
        draft.problem(0, "there is no `[CHAPTER]` here; write one for each topic");
    }
}

impl<'s> Chapter<'s> {
    fn at(at: usize) -> Self {
        Self {
            at,
            timebase: None,
            start: None,
            end: None,
            title: None,
            comment: None,
        }
    }

    fn slot(&mut self, key: &str) -> Option<&mut Option<Said<'s>>> {
        match key.to_ascii_lowercase().as_str() {
            "timebase" => Some(&mut self.timebase),
            "start" => Some(&mut self.start),
            "end" => Some(&mut self.end),
            "title" => Some(&mut self.title),
            "comment" => Some(&mut self.comment),
            _ => None,
        }
    }
}

fn take(draft: &mut Draft<'_>, chapter: Option<Chapter<'_>>) {
    let Some(chapter) = chapter else {
        return;
    };
    let timebase = match &chapter.timebase {
        None => Some(NANOSECONDS),
        Some(said) => {
            let timebase = Timebase::of(&said.text);
            if timebase.is_none() {
                draft.problem(said.at, "this is no time base; write it as `1/1000`");
            }
            timebase
        }
    };
    let start = match &chapter.start {
        Some(said) => count(draft, said, timebase),
        None => {
            draft.problem(
                chapter.at,
                "the start is missing; write it as `START=3134000`",
            );
            Timed {
                offset: None,
                at: chapter.at,
            }
        }
    };
    let end = chapter
        .end
        .as_ref()
        .map(|said| count(draft, said, timebase));
    draft.timed_row(TimedRow {
        start,
        end,
        title: chapter.title.as_ref().map_or(
            Cell {
                text: "",
                at: chapter.at,
            },
            cell,
        ),
        note: chapter.comment.as_ref().map(cell),
    });
}

fn cell<'c>(said: &'c Said<'_>) -> Cell<'c> {
    Cell {
        text: &said.text,
        at: said.at,
    }
}

/// The offset that a count stands for. Without a time base there is none, which has been said.
fn count(draft: &mut Draft<'_>, said: &Said<'_>, timebase: Option<Timebase>) -> Timed {
    let count: Option<u64> = said.text.trim().parse().ok();
    let offset = match (timebase, count) {
        (None, Some(_)) => None,
        (Some(timebase), Some(count)) => {
            let offset = timebase.offset(count);
            if offset.is_none() {
                draft.problem(
                    said.at,
                    "this is longer than any recording; look at `TIMEBASE`",
                );
            }
            offset
        }
        (_, None) => {
            draft.problem(
                said.at,
                "this is no whole number of time bases, such as 3134000",
            );
            None
        }
    };
    Timed {
        offset,
        at: said.at,
    }
}

impl Timebase {
    fn of(text: &str) -> Option<Self> {
        let (numerator, denominator) = text.trim().split_once('/')?;
        let part = |text: &str| text.trim().parse().ok().filter(|&part| part > 0);
        Some(Self {
            numerator: part(numerator)?,
            denominator: part(denominator)?,
        })
    }

    fn offset(self, count: u64) -> Option<Offset> {
        let seconds = u128::from(count) * u128::from(self.numerator) / u128::from(self.denominator);
        u32::try_from(seconds).ok().map(Offset::from_seconds)
    }
}

fn write(table: &TopicTable, about: About<'_>) -> String {
    let mut out = format!("{SIGNATURE}1\n");
    if let Some(title) = about.title {
        let _ = writeln!(out, "title={}", lines::escaped(title));
    }
    for (topic, end) in ends::with_ends(table, about.duration) {
        let _ = write!(
            out,
            "\n[CHAPTER]\nTIMEBASE=1/1000\nSTART={}000\nEND={}000\ntitle={}\n",
            topic.start.seconds(),
            end.seconds(),
            lines::escaped(&topic.title)
        );
        if let Some(note) = &topic.note {
            let _ = writeln!(out, "comment={}", lines::escaped(note));
        }
    }
    out
}
