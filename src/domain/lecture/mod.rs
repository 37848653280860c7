//! A lecture and its curated topic table.
//!
//! The table answers "what is taught at this second?" and never guesses: an offset that no topic
//! covers is told apart by the reason. Knows nothing of files, Discord or the database.

mod coverage;
mod difference;
mod mistake;
mod table;

pub use coverage::{Coverage, Covered};
pub use difference::Difference;
pub use mistake::{MAX_NOTE_CHARS, MAX_TITLE_CHARS, MAX_TOPICS, Mistake, TableError};
pub use table::{Built, Folded, TopicTable};

use super::offset::Offset;
use super::recording::Recording;

/// One row of a curated topic table.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Topic {
    /// Where it begins.
    pub start: Offset,
    /// Where it ends, if the curator said so; the topic does not hold this second itself.
    pub end: Option<Offset>,
    /// One line, 1 to [`MAX_TITLE_CHARS`] characters.
    pub title: String,
    /// What a student may want to know besides, up to [`MAX_NOTE_CHARS`] characters.
    pub note: Option<String>,
}

/// A recorded lecture of a course.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lecture {
    /// Short name within the course, such as `10`.
    pub slug: String,
    /// Its title, in one line.
    pub title: String,
    /// Where the recording is watched.
    pub video: Option<Recording>,
    /// How long the recording is.
    pub duration: Option<Offset>,
    /// The day it was held; the latest is the course's default.
    pub date: Option<jiff::civil::Date>,
    /// What is taught when.
    pub topics: TopicTable,
}

impl Lecture {
    /// What is taught at the offset, judged with the recording's duration.
    pub fn at(&self, offset: Offset) -> Coverage<'_> {
        self.topics.at(offset, self.duration)
    }

    /// The topics taught between two offsets, judged with the recording's duration.
    pub fn within(&self, start: Offset, end: Offset) -> Vec<Covered<'_>> {
        self.topics.within(start, end, self.duration)
    }

    /// A link to the recording at that very second, if there is a recording.
    pub fn link_at(&self, offset: Offset) -> Option<String> {
        self.video.as_ref().map(|video| video.at(offset))
    }
}
