//! What can be wrong with a row of a topic table, and the sentence for it.

use std::fmt;

use super::super::offset::Offset;
use super::Topic;

/// The longest title, in characters; as many as an embed's field name can hold with its offset.
pub const MAX_TITLE_CHARS: usize = 200;
/// The longest note, in characters; an embed's field value holds 1,024.
pub const MAX_NOTE_CHARS: usize = 1_000;
/// The most topics of one lecture: one every second for nearly three hours.
pub const MAX_TOPICS: usize = 10_000;

/// What is wrong with a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableError {
    /// The row at fault, counted from 0 in the order given.
    pub row: usize,
    /// What is wrong with it.
    pub mistake: Mistake,
}

/// The ways in which a row can be wrong. Shown to staff as they are, after the row's place.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Mistake {
    /// Nothing is left of the title once spaces are taken off.
    #[error("the title is empty; say in a few words what is taught from {0} on")]
    EmptyTitle(Offset),
    /// Longer than [`MAX_TITLE_CHARS`].
    #[error(
        "the title has {0} characters; keep it to {MAX_TITLE_CHARS} and put the rest in the note"
    )]
    LongTitle(usize),
    /// Longer than [`MAX_NOTE_CHARS`].
    #[error("the note has {0} characters; keep it to {MAX_NOTE_CHARS}")]
    LongNote(usize),
    /// The end is not after the start.
    #[error("the topic ends at {end}, which is not after its start at {start}")]
    EndNotAfterStart {
        /// The row's start.
        start: Offset,
        /// The row's end.
        end: Offset,
    },
    /// The row begins or ends after the recording does.
    #[error("{offset} is past the recording's end at {duration}")]
    PastDuration {
        /// The offset in question.
        offset: Offset,
        /// The recording's length.
        duration: Offset,
        /// Whether it is the row's end, not its start.
        is_end: bool,
    },
    /// Another row starts at the same offset and says something else.
    #[error("two different topics start at {start}; keep one, or move one")]
    SameStart {
        /// Where both start.
        start: Offset,
        /// The earlier row, counted from 0 in the order given.
        first_row: usize,
    },
    /// More rows than [`MAX_TOPICS`].
    #[error("there are {0} rows; a table holds at most {MAX_TOPICS}")]
    TooMany(usize),
}

impl fmt::Display for TableError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "row {}: {}", self.row + 1, self.mistake)?;
        match self.mistake {
            Mistake::SameStart { first_row, .. } => {
                write!(f, " (the other is row {})", first_row + 1)
            }
            _ => Ok(()),
        }
    }
}

impl std::error::Error for TableError {}

/// What is wrong with a row taken by itself.
pub(super) fn mistakes_of(topic: &Topic, duration: Option<Offset>) -> Vec<Mistake> {
    let mut mistakes = Vec::new();
    let title_chars = topic.title.chars().count();
    let note_chars = topic.note.as_deref().map_or(0, |note| note.chars().count());
    if title_chars == 0 {
        mistakes.push(Mistake::EmptyTitle(topic.start));
    } else if title_chars > MAX_TITLE_CHARS {
        mistakes.push(Mistake::LongTitle(title_chars));
    }
    if note_chars > MAX_NOTE_CHARS {
        mistakes.push(Mistake::LongNote(note_chars));
    }
    if let Some(end) = topic.end.filter(|&end| end <= topic.start) {
        mistakes.push(Mistake::EndNotAfterStart {
            start: topic.start,
            end,
        });
    }
    let Some(duration) = duration else {
        return mistakes;
    };
    let offsets = [(Some(topic.start), false), (topic.end, true)];
    mistakes.extend(offsets.into_iter().filter_map(|(offset, is_end)| {
        let offset = offset.filter(|&offset| offset > duration)?;
        Some(Mistake::PastDuration {
            offset,
            duration,
            is_end,
        })
    }));
    mistakes
}
