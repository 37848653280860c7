//! A position in a recording.

use std::fmt;

/// A position in a recording: whole seconds from its start.
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

/// Shown to students as it is; holds nothing internal.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OffsetError {
    /// Not an offset in any form that people write.
    #[error("`{0}` is not a time in a recording; try `52:14` or `1:02:03`")]
    Malformed(String),
}

impl std::str::FromStr for Offset {
    type Err = OffsetError;

    fn from_str(text: &str) -> Result<Self, OffsetError> {
        let malformed = || OffsetError::Malformed(text.to_owned());
        let mut total = 0u32;
        for part in text.trim().split(':') {
            let part: u32 = part.parse().map_err(|_| malformed())?;
            total = total.checked_mul(60).and_then(|t| t.checked_add(part)).ok_or_else(malformed)?;
        }
        Ok(Self(total))
    }
}
