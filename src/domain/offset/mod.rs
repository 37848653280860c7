//! A position in a recording, and how people write one (`product.md`, section 2.1, *lenient*).
//!
//! Here a person plainly means an offset: the whole text must be one. Finding offsets in what people
//! say is [`crate::reading`]'s job, and it must never find what this module would refuse.
//!
//! Must never know: lectures, messages, Discord.

mod error;
mod lenient;
mod script;
mod span;

use std::fmt;
use std::str::FromStr;

pub use error::OffsetError;
pub use lenient::looks_like_an_offset;
pub use script::{is_colon, to_ascii};
pub use span::Span;

/// A position in a recording: whole seconds from its start.
///
/// Printed as `52:14`, `1:11:12`, `0:05`; read by [`FromStr`] from every form that people use for one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Offset(u32);

impl Offset {
    /// The offset so many whole seconds from the start.
    pub const fn from_seconds(seconds: u32) -> Self {
        Self(seconds)
    }

    /// Whole seconds from the recording's start.
    pub const fn seconds(self) -> u32 {
        self.0
    }
}

impl fmt::Display for Offset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (hours, minutes, seconds) = (self.0 / 3600, self.0 / 60 % 60, self.0 % 60);
        if hours > 0 {
            write!(f, "{hours}:{minutes:02}:{seconds:02}")
        } else {
            write!(f, "{minutes}:{seconds:02}")
        }
    }
}

impl FromStr for Offset {
    type Err = OffsetError;

    /// Reads a text that is one offset and nothing else. `MM:SS` is minutes and seconds; only the
    /// leading part may pass 59.
    fn from_str(text: &str) -> Result<Self, OffsetError> {
        lenient::parse(text)
    }
}

#[cfg(test)]
mod tests;
