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

    /// A text already at hand.
    pub fn of(text: &str) -> Self {
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        // A control character parts words, whatever else was meant by it.
        let text = text.replace(
            |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r'),
            " ",
        );
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

    /// Line and column, both from 1, columns in characters, of a byte's place.
    pub fn place(&self, at: usize) -> (u32, u32) {
        let at = at.min(self.text.len());
        let line = self
            .line_starts
            .partition_point(|&start| start <= at)
            .max(1);
        let start = self.line_starts[line - 1];
        let column = 1 + self.text[start..]
            .char_indices()
            .take_while(|(i, _)| start + i < at)
            .count();
        (to_u32(line), to_u32(column))
    }

    /// Something to say about that place.
    pub fn problem(&self, at: usize, message: impl Into<String>) -> Problem {
        let (line, column) = self.place(at);
        Problem {
            line,
            column,
            message: message.into(),
        }
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
            Err(Source::of(&good).problem(
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
    text.map(|text| Source::of(&text)).map_err(|_| broken())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_lines_and_characters_from_one() {
        let source = Source::of("é1\r\nab\rc\n\nd");
        let places: Vec<_> = source
            .text()
            .char_indices()
            .map(|(at, c)| (c, source.place(at)))
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

    proptest::proptest! {
        #[test]
        fn no_bytes_panic(bytes: Vec<u8>) {
            if let Ok(source) = Source::decode(&bytes) {
                (0..=source.text().len() + 1).for_each(|at| { source.place(at); });
            }
        }
    }
}
