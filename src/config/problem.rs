//! What is wrong with a setting or a course file, and where.

use std::fmt;
use std::ops::Range;

/// One thing that is wrong, as a compiler would tell it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where.
    pub place: Place,
    /// What, and what to do about it.
    pub message: String,
}

/// Where something is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// At a line and a column of a file, both from 1, columns in characters.
    Line {
        /// The file as it was named.
        file: String,
        /// From 1.
        line: usize,
        /// From 1, in characters.
        column: usize,
    },
    /// In an environment variable of that name.
    Variable(String),
    /// With a file or folder as a whole.
    Path(String),
}

impl Problem {
    /// A problem at the start of a byte range of a file's text.
    pub(super) fn at(
        file: &str,
        text: &str,
        span: &Range<usize>,
        message: impl Into<String>,
    ) -> Self {
        let before = text.get(..span.start).unwrap_or(text);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let line = before.matches('\n').count() + 1;
        let column = before[line_start..].chars().count() + 1;
        Self {
            place: Place::Line {
                file: file.to_owned(),
                line,
                column,
            },
            message: message.into(),
        }
    }

    /// A problem with an environment variable.
    pub(super) fn variable(name: &str, message: impl Into<String>) -> Self {
        Self {
            place: Place::Variable(name.to_owned()),
            message: message.into(),
        }
    }

    /// A problem with a whole file or folder.
    pub(super) fn path(path: &std::path::Path, message: impl Into<String>) -> Self {
        Self {
            place: Place::Path(path.display().to_string()),
            message: message.into(),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.place {
            Place::Line { file, line, column } => write!(f, "{file}:{line}:{column}: ")?,
            Place::Variable(name) => write!(f, "{name}: ")?,
            Place::Path(path) => write!(f, "{path}: ")?,
        }
        f.write_str(&self.message)
    }
}
