//! An input's text and its lines: from bytes to characters, from a place to line and column.

use super::Problem;

/// The largest input, in bytes; a full table of the longest rows stays below.
const MAX_BYTES: usize = 16 * 1024 * 1024;

/// A text that knows where its lines begin.
pub(super) struct Source {
    text: String,
    /// The byte at which each line begins; never empty.
    line_starts: Vec<usize>,
}

/// One line, without its break.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'s> {
    /// The byte at which it begins.
    pub at: usize,
    /// Its text.
    pub text: &'s str,
}

impl Source {
    /// The text of an input: UTF-8, or UTF-16 with a byte order mark, as spreadsheets save it.
    pub fn decode(bytes: &[u8]) -> Result<Self, Problem> {
        if bytes.len() > MAX_BYTES {
            return Err(at_the_top(
                "the input is larger than 16 MiB; a topic table never is",
            ));
        }
        match bytes {
            [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
            [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
            [0xEF, 0xBB, 0xBF, rest @ ..] => utf8(rest),
            _ => utf8(bytes),
        }
    }

    /// A text already at hand. A large one is not copied without need.
    pub fn of(text: impl Into<String>) -> Self {
        let mut text = text.into();
        if text.starts_with('\u{FEFF}') {
            text.drain(..'\u{FEFF}'.len_utf8());
        }
        // A control character parts words, whatever else was meant by it.
        let parts_words = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r');
        if text.contains(parts_words) {
            text = text.replace(parts_words, " ");
        }
        let bytes = text.as_bytes();
        let ends_line = |at: usize| match bytes[at] {
            b'\n' => true,
            b'\r' => bytes.get(at + 1) != Some(&b'\n'),
            _ => false,
        };
        let after_breaks = (0..bytes.len())
            .filter(|&at| ends_line(at))
            .map(|at| at + 1);
        let line_starts = std::iter::once(0).chain(after_breaks).collect();
        Self { text, line_starts }
    }

    /// The whole text, without a byte order mark.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The lines in their order.
    pub fn lines(&self) -> impl Iterator<Item = Line<'_>> {
        let ends = self.line_starts[1..]
            .iter()
            .copied()
            .chain([self.text.len()]);
        self.line_starts
            .iter()
            .copied()
            .zip(ends)
            .map(|(at, end)| Line {
                at,
                text: self.text[at..end].trim_end_matches(['\r', '\n']),
            })
    }

    /// The byte at which a part of the text stands.
    pub fn byte_of(&self, part: &str) -> usize {
        (part.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize)
    }

    /// The line, from 1, in which a byte stands.
    pub fn line(&self, at: usize) -> u32 {
        to_u32(self.line_index(at) + 1)
    }

    /// Something to say about that place.
    pub fn problem(&self, at: usize, message: impl Into<String>) -> Problem {
        let mut problems = self.problems(vec![(at, message.into())]);
        problems.remove(0)
    }

    /// What is to be said about places, given as bytes, in the order of the text. Columns are
    /// counted from one place to the next, since a file may be a single line of megabytes.
    pub fn problems(&self, mut said: Vec<(usize, String)>) -> Vec<Problem> {
        said.sort_by_key(|(at, _)| *at);
        let (mut line, mut reached, mut column) = (usize::MAX, 0, 1);
        let place = |(at, message): (usize, String)| {
            let at = self.text.floor_char_boundary(at);
            let found = self.line_index(at);
            if found != line {
                (line, reached, column) = (found, self.line_starts[found], 1);
            }
            column += self.text[reached..at].chars().count();
            reached = at;
            Problem {
                line: to_u32(line + 1),
                column: to_u32(column),
                message,
            }
        };
        said.into_iter().map(place).collect()
    }

    fn line_index(&self, at: usize) -> usize {
        self.line_starts
            .partition_point(|&start| start <= at)
            .saturating_sub(1)
    }
}

fn to_u32(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn at_the_top(message: &str) -> Problem {
    Problem {
        line: 1,
        column: 1,
        message: message.to_owned(),
    }
}

fn utf8(bytes: &[u8]) -> Result<Source, Problem> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(Source::of(text)),
        Err(error) => {
            let good = String::from_utf8_lossy(&bytes[..error.valid_up_to()]);
            Err(Source::of(good.as_ref()).problem(
                good.len(),
                "this character is not UTF-8; save the file once more as UTF-8 (spreadsheets call it “CSV UTF-8”)",
            ))
        }
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<Source, Problem> {
    let broken =
        || at_the_top("the file begins like UTF-16 but is not; save it once more as UTF-8");
    if !bytes.len().is_multiple_of(2) {
        return Err(broken());
    }
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    let text: Result<String, _> = char::decode_utf16(units).collect();
    text.map(Source::of).map_err(|_| broken())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn places_count_lines_and_characters_from_one() {
        let source = Source::of("é1\r\nab\rc\n\nd");
        let places: Vec<_> = source
            .text()
            .char_indices()
            .map(|(at, c)| {
                let problem = source.problem(at, "");
                (c, (problem.line, problem.column))
            })
            .collect();
        let place_of = |c| {
            places
                .iter()
                .find(|place| place.0 == c)
                .map(|place| place.1)
        };
        assert_eq!(place_of('1'), Some((1, 2)));
        assert_eq!(place_of('b'), Some((2, 2)));
        assert_eq!(place_of('c'), Some((3, 1)));
        assert_eq!(place_of('d'), Some((5, 1)));
        let lines: Vec<_> = source.lines().map(|line| line.text).collect();
        assert_eq!(lines, ["é1", "ab", "c", "", "d"]);
    }

    #[test]
    fn a_spreadsheets_utf_16_is_understood() {
        let bytes: Vec<u8> = "\u{FEFF}5:00 Ünit"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(
            Source::decode(&bytes).ok().map(|source| source.text),
            Some("5:00 Ünit".to_owned())
        );
    }

    #[test]
    fn what_is_not_utf_8_is_named_with_its_place() {
        let problem = Source::decode(b"5:00 Intro\n6:00 Caf\xE9")
            .err()
            .map(|problem| problem.to_string());
        insta::assert_snapshot!(problem.unwrap_or_default(), @"2:9: this character is not UTF-8; save the file once more as UTF-8 (spreadsheets call it “CSV UTF-8”)");
    }

    proptest! {
        #[test]
        fn no_bytes_panic(bytes: Vec<u8>) {
            if let Ok(source) = Source::decode(&bytes) {
                let everywhere = (0..=source.text().len() + 1).map(|at| (at, String::new()));
                let together = source.problems(everywhere.clone().collect());
                let apart: Vec<Problem> = everywhere.map(|(at, message)| source.problem(at, message)).collect();
                prop_assert_eq!(together, apart);
            }
        }
    }
}
