//! One offset, or a range of them: `52:14`, `47:09-52:14`.

use std::fmt;
use std::str::FromStr;

use super::{Offset, OffsetError, script};

/// What people write between a range's start and its end. Longer ones first.
const SEPARATORS: [&str; 10] = [
    " until ", " till ", " to ", "...", "..", "…", "–", "—", "−", "-",
];

/// One offset, or a range of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Span {
    /// The offset, or where the range starts.
    pub start: Offset,
    /// Where the range ends, always after [`Span::start`]; none where one offset was meant.
    pub end: Option<Offset>,
}

impl FromStr for Span {
    type Err = OffsetError;

    /// Reads a text that is one offset or one range and nothing else.
    fn from_str(text: &str) -> Result<Self, OffsetError> {
        let first_fault = match text.parse() {
            Ok(start) => return Ok(Self { start, end: None }),
            Err(fault) => fault,
        };
        let ascii = script::to_ascii(text);
        let Some((start, end)) = SEPARATORS
            .iter()
            .find_map(|between| ascii.split_once(between))
        else {
            return Err(first_fault);
        };
        let (start, end) = (start.parse::<Offset>()?, end.parse::<Offset>()?);
        if end <= start {
            return Err(OffsetError::EndNotAfterStart { start, end });
        }
        Ok(Self {
            start,
            end: Some(end),
        })
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.end {
            Some(end) => write!(f, "{}-{end}", self.start),
            None => self.start.fmt(f),
        }
    }
}
