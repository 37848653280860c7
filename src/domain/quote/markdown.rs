//! Escapes what Discord reads as layout, and cuts to a length that counts the escapes.

use unicode_segmentation::UnicodeSegmentation;

/// One visible character may be built of many (joined emoji, stacked syllables); more than this is a prank.
const GRAPHEME_MAX_CHARS: usize = 16;

/// How a text is to be fitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fit {
    /// As it is, for a terminal.
    Plain,
    /// With escapes, to stand within a line.
    Escaped,
    /// With escapes, also of what has a meaning only at the start of a line.
    EscapedAtLineStart,
}

/// The text in at most `max_chars` characters, escapes included, cut between visible characters and then ended by `…`.
pub(super) fn fit(text: &str, max_chars: usize, how: Fit) -> String {
    let mut out = String::new();
    let mut length = 0;
    // The length of the longest beginning that leaves room for `…`.
    let mut roomy = 0;
    for (at, grapheme) in text.grapheme_indices(true) {
        let escaped = escape(grapheme, how, at == 0 || is_list_number(&text[..at]));
        length += escaped.chars().count();
        if length > max_chars {
            out.truncate(roomy);
            out.truncate(out.trim_end().len());
            return if max_chars == 0 { out } else { out + "…" };
        }
        out.push_str(&escaped);
        if length < max_chars {
            roomy = out.len();
        }
    }
    out
}

/// Whether all that stands before is a short number, so that a `.` or `)` now would make a numbered list.
fn is_list_number(before: &str) -> bool {
    before.len() <= 9 && before.bytes().all(|b| b.is_ascii_digit())
}

fn escape(grapheme: &str, how: Fit, line_start: bool) -> String {
    let mut escaped = String::with_capacity(grapheme.len() + 1);
    for c in grapheme.chars().take(GRAPHEME_MAX_CHARS) {
        let special = match how {
            Fit::Plain => false,
            Fit::Escaped => is_special(c),
            Fit::EscapedAtLineStart => {
                is_special(c) || (line_start && matches!(c, '-' | '+' | '.' | ')'))
            }
        };
        if special {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// What begins or ends emphasis, code, spoilers, links, mentions, quotations or headings anywhere in a line.
pub(super) fn is_special(c: char) -> bool {
    matches!(
        c,
        '\\' | '*' | '_' | '~' | '`' | '|' | '<' | '>' | '[' | ']' | '#'
    )
}
