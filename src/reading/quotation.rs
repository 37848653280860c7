//! What is said in somebody else's words: a question in quotation marks is not asked here.

use std::ops::Range;

/// More than so many bytes between two marks are no quotation, but two marks that stand far apart.
const LONGEST_BYTES: usize = 200;
/// A message that says less than so many words of its own means what it quotes.
const WORDS_OF_ONES_OWN: usize = 2;

/// Where a text quotes, its marks included, in order: `"…"`, `“…”`, `„…“`, `«…»`, and lines that begin
/// with `> `, as Discord shows quotations. None where nothing but the quotation is said.
pub(super) fn quotations(text: &str) -> Vec<Range<usize>> {
    // Nearly every message quotes nothing, which its bytes tell soonest.
    if !text.bytes().any(|b| matches!(b, b'"' | b'>') || b >= 0x80) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut line_at = 0;
    for line in text.split_inclusive('\n') {
        if line.starts_with("> ") {
            found.push(line_at..line_at + line.len());
        } else {
            in_line(line, line_at, &mut found);
        }
        line_at += line.len();
    }
    found.retain(|quoted| says_enough(text, quoted));
    found
}

fn in_line(line: &str, line_at: usize, found: &mut Vec<Range<usize>>) {
    let mut from = 0;
    while let Some((open, mark)) = line[from..]
        .char_indices()
        .find(|(_, c)| closing(*c).is_some())
    {
        let open = from + open;
        let inside = open + mark.len_utf8();
        from = inside;
        if glued(line[..open].chars().next_back()) {
            continue;
        }
        let close = line[inside..]
            .char_indices()
            .find(|(_, c)| closing(mark).is_some_and(|closing| closing.contains(c)));
        if let Some((length, close)) = close {
            let end = inside + length + close.len_utf8();
            if (1..=LONGEST_BYTES).contains(&length) && !glued(line[end..].chars().next()) {
                found.push(line_at + open..line_at + end);
                from = end;
            }
        }
    }
}

/// The marks that close what a mark opens.
const fn closing(mark: char) -> Option<&'static [char]> {
    match mark {
        '"' => Some(&['"']),
        '“' => Some(&['”']),
        '„' => Some(&['“', '”']),
        '«' => Some(&['»']),
        _ => None,
    }
}

/// `5"` and `"a"b` are no quotations.
fn glued(neighbour: Option<char>) -> bool {
    neighbour.is_some_and(char::is_alphanumeric)
}

fn says_enough(text: &str, quoted: &Range<usize>) -> bool {
    let others = [&text[..quoted.start], &text[quoted.end..]];
    let words = others.into_iter().flat_map(|part| part.split_whitespace());
    words
        .filter(|word| word.contains(char::is_alphanumeric))
        .take(WORDS_OF_ONES_OWN)
        .count()
        == WORDS_OF_ONES_OWN
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let quoted: Vec<_> = quotations(text).into_iter().map(|at| &text[at]).collect();
        assert_eq!(quoted, expected, "in {text:?}");
    }

    #[test]
    fn quotations_are_found_with_their_marks() {
        check(
            "he asked \"is it done?\" and “why?” again",
            &["\"is it done?\"", "“why?”"],
        );
        check(
            "sie fragt „warum?“ und «pourquoi ?» dazu",
            &["„warum?“", "«pourquoi ?»"],
        );
        check("> is it done?\nI think it is", &["> is it done?\n"]);
    }

    #[test]
    fn what_is_said_in_ones_own_words_is_none() {
        check("\"is it done?\"", &[]);
        check("a 5\" pipe or a 7\" pipe", &[]);
        check("so \"open and never closed", &[]);
        check("> is it done?", &[]);
        check("is 3 > 2 here", &[]);
    }
}
