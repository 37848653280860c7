//! What is wrong with a mistyped offset, in sentences for the student who typed it.

use super::Offset;

/// As many characters of what was typed as a sentence quotes.
const QUOTED_CHARS: usize = 40;

/// Why a text is no offset, or no range of offsets. Shown to students as it is; holds nothing internal.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OffsetError {
    /// Not an offset in any form that people write.
    #[error("`{0}` is not a time in a recording; try `52:14` or `1:02:03`.")]
    Malformed(String),
    /// A minute has no 60th second.
    #[error("`{text}` has {seconds} seconds, and a minute ends at 59; try `52:14`.")]
    SecondsPast59 {
        /// What was typed, shortened.
        text: String,
        /// The seconds in it.
        seconds: u32,
    },
    /// An hour has no 60th minute. Minutes may pass 59 only where no hours stand before them.
    #[error(
        "`{text}` has {minutes} minutes after the hours, and an hour ends at 59; try `1:02:03`."
    )]
    MinutesPast59 {
        /// What was typed, shortened.
        text: String,
        /// The minutes in it.
        minutes: u32,
    },
    /// No recording lasts that long.
    #[error("`{0}` is longer than any recording; try `52:14` or `1:02:03`.")]
    TooLong(String),
    /// A range that ends at or before its start.
    #[error("The range ends at {end}, which is not after its start, {start}; try `47:09-52:14`.")]
    EndNotAfterStart {
        /// Where the range starts.
        start: Offset,
        /// Where it was said to end.
        end: Offset,
    },
}

impl OffsetError {
    pub(super) fn malformed(text: &str) -> Self {
        Self::Malformed(quoted(text))
    }
}

/// What was typed, safe between backticks: shortened, without backticks, on one line.
pub(super) fn quoted(text: &str) -> String {
    let mut chars = text.trim().chars().filter(|c| !c.is_control() && *c != '`');
    let mut quoted: String = chars.by_ref().take(QUOTED_CHARS).collect();
    if chars.next().is_some() {
        quoted.push('…');
    }
    quoted
}
