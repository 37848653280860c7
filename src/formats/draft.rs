//! A topic table in the making: the rows that a format finds, each with its places, and all that
//! is wrong with them. Formats hand over raw text; what a row must be is judged here and in the
//! domain, so that every format says the same of the same mistake.

use super::remarks::Remarks;
use super::source::Source;
use super::{Problem, ends};
use crate::domain::lecture::{Mistake, TableError, Topic, TopicTable};
use crate::domain::offset::Offset;

/// How much of a text that is not an offset is repeated to its author, in characters.
const QUOTED_CHARS: usize = 40;

/// A piece of the input, with the byte at which it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cell<'a> {
    pub text: &'a str,
    pub at: usize,
}

/// A row as a format found it. An empty end or note means none.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row<'a> {
    pub start: Cell<'a>,
    pub end: Option<Cell<'a>>,
    pub title: Cell<'a>,
    pub note: Option<Cell<'a>>,
}

/// An offset that a format reads by rules of its own, with the byte at which it stands; `None` if
/// what stands there is none, which the format has said.
#[derive(Debug, Clone, Copy)]
pub(super) struct Timed {
    pub offset: Option<Offset>,
    pub at: usize,
}

/// A [`Row`] whose offsets have been read. An empty note means none.
#[derive(Debug, Clone, Copy)]
pub(super) struct TimedRow<'a> {
    pub start: Timed,
    pub end: Option<Timed>,
    pub title: Cell<'a>,
    pub note: Option<Cell<'a>>,
}

/// Where the parts of a row stand, as bytes of the input.
struct Places {
    start: usize,
    end: usize,
    title: usize,
    note: usize,
}

/// Rows and remarks collected by a format.
pub(super) struct Draft<'s> {
    source: &'s Source,
    rows: Vec<Topic>,
    places: Vec<Places>,
    problems: Remarks,
    notes: Remarks,
    ends_are_required: bool,
    duration: Option<Offset>,
}

impl<'s> Draft<'s> {
    pub fn of(source: &'s Source) -> Self {
        Self {
            source,
            rows: Vec::new(),
            places: Vec::new(),
            problems: Remarks::default(),
            notes: Remarks::default(),
            ends_are_required: false,
            duration: None,
        }
    }

    /// A mistake: nothing of the input will be taken.
    pub fn problem(&mut self, at: usize, message: impl Into<String>) {
        self.problems.tell(at, message);
    }

    /// Something that the curator may want to know, and no mistake.
    pub fn note(&mut self, at: usize, message: impl Into<String>) {
        self.notes.tell(at, message);
    }

    /// The format gives every row an end, so that an end which [says nothing](super::ends) is none.
    pub fn ends_are_required(&mut self) {
        self.ends_are_required = true;
    }

    /// The input itself says how long the recording is. Whoever knows better overrules it.
    pub fn lasts(&mut self, duration: Offset) {
        self.duration = Some(duration);
    }

    /// How long the input says that the recording is.
    pub fn duration(&self) -> Option<Offset> {
        self.duration
    }

    /// Takes a row; what cannot be read in it becomes a mistake.
    pub fn row(&mut self, row: Row<'_>) {
        let end = row.end.filter(|end| !end.text.trim().is_empty());
        let start = self.offset(
            row.start,
            "the start is missing; write it as `52:14` or `1:02:03`",
        );
        let end = end.map(|end| Timed {
            offset: self.offset(end, ""),
            at: end.at,
        });
        self.timed_row(TimedRow {
            start: Timed {
                offset: start,
                at: row.start.at,
            },
            end,
            title: row.title,
            note: row.note,
        });
    }

    /// Takes a row whose offsets have been read.
    pub fn timed_row(&mut self, row: TimedRow<'_>) {
        let places = Places {
            start: row.start.at,
            end: row.end.map_or(row.start.at, |end| end.at),
            title: row.title.at,
            note: row.note.map_or(row.title.at, |note| note.at),
        };
        let Some(start) = row.start.offset else {
            if row.title.text.trim().is_empty() {
                self.problem(
                    places.title,
                    "the title is empty; say in a few words what is taught",
                );
            }
            return;
        };
        self.places.push(places);
        let note = row.note.map(|note| note.text.to_owned());
        self.rows.push(Topic {
            start,
            end: row.end.and_then(|end| end.offset),
            title: row.title.text.to_owned(),
            note,
        });
    }

    fn offset(&mut self, cell: Cell<'_>, if_empty: &str) -> Option<Offset> {
        let text = cell.text.trim();
        if text.is_empty() {
            self.problem(cell.at, if_empty);
            return None;
        }
        match text.parse::<Offset>() {
            Ok(offset) => Some(offset),
            Err(_) if text.chars().nth(QUOTED_CHARS).is_some() => {
                self.problem(
                    cell.at,
                    "this is not a time in a recording; try `52:14` or `1:02:03`",
                );
                None
            }
            Err(error) => {
                // Said to students as a sentence, here after a place as compilers do.
                self.problem(cell.at, error.to_string().trim_end_matches('.'));
                None
            }
        }
    }

    /// The table and the notes, or every mistake, by place.
    pub fn finish(
        mut self,
        duration: Option<Offset>,
    ) -> Result<(TopicTable, Vec<Problem>), Vec<Problem>> {
        let mut rows = std::mem::take(&mut self.rows);
        if self.ends_are_required {
            ends::drop_implied(&mut rows, [duration, self.duration]);
        }
        match TopicTable::build(rows, duration.or(self.duration)) {
            Err(errors) => errors.iter().for_each(|error| self.mistake(error)),
            Ok(built) if self.problems.is_empty() => {
                for folded in &built.folded {
                    let first_line = self.line_of(folded.same_as);
                    let at = self.places[folded.row].start;
                    self.note(
                        at,
                        format!("the same row stands on line {first_line}; one of them is kept"),
                    );
                }
                return Ok((built.table, self.notes.placed(self.source)));
            }
            Ok(_) => {}
        }
        Err(self.problems.placed(self.source))
    }

    fn line_of(&self, row: usize) -> u32 {
        self.source.line(self.places[row].start)
    }

    fn mistake(&mut self, error: &TableError) {
        let Some(places) = self.places.get(error.row) else {
            return;
        };
        let (at, message) = match &error.mistake {
            mistake @ (Mistake::EmptyTitle(_) | Mistake::LongTitle(_)) => {
                (places.title, mistake.to_string())
            }
            mistake @ Mistake::LongNote(_) => (places.note, mistake.to_string()),
            mistake @ (Mistake::EndNotAfterStart { .. }
            | Mistake::PastDuration { is_end: true, .. }) => (places.end, mistake.to_string()),
            Mistake::SameStart { start, first_row } => {
                let other = self.line_of(*first_row);
                (
                    places.start,
                    format!(
                        "two different topics start at {start}, here and on line {other}; keep one, or move one"
                    ),
                )
            }
            mistake @ (Mistake::PastDuration { is_end: false, .. } | Mistake::TooMany(_)) => {
                (places.start, mistake.to_string())
            }
        };
        self.problem(at, message);
    }
}
