//! Offsets in what people say (`product.md`, section 2.1, *strict*).
//!
//! Every run of digits and colons is taken as a candidate and held against the rules of
//! [`look_alikes`]; what none of them claims is an offset. Whatever is found here, the lenient reader
//! of [`crate::domain::offset`] accepts too, since it has the last word.

mod look_alikes;
pub(super) mod quiet;

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::domain::offset::{Offset, is_colon, to_ascii};
use look_alikes::{Candidate, JOINED, claimed_by, spread_to_neighbours};

/// One offset in a text, or one range of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundOffset {
    /// The offset, or where the range starts.
    pub start: Offset,
    /// Where the range ends, always after [`FoundOffset::start`].
    pub end: Option<Offset>,
    /// Where it stands, in bytes of the text.
    pub at: Range<usize>,
}

/// Something that looks like an offset and is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// Where it stands, in bytes of the text.
    pub at: Range<usize>,
    /// The rule that told it: `clock time`, `ratio`, `address`, …
    pub why: &'static str,
}

/// The offsets that a person names in a text, in order. With the recording's duration, none past its end.
///
/// ```
/// use beadle::reading::offsets;
/// let found = offsets("(start: 25:29). It is 3:15 pm here, on a 16:9 screen", None);
/// assert_eq!(found.len(), 1);
/// assert_eq!(found[0].start.seconds(), 1529);
/// ```
pub fn offsets(text: &str, duration: Option<Offset>) -> Vec<FoundOffset> {
    with_original_places(
        text,
        |ascii| ranges(ascii, judge(ascii, duration)),
        |found| &mut found.at,
    )
}

/// What looks like an offset and is none, each with the rule that told it.
pub fn refused(text: &str, duration: Option<Offset>) -> Vec<Refused> {
    let refusals = |ascii: &str| {
        judge(ascii, duration)
            .into_iter()
            .filter_map(|(at, verdict)| verdict.err().map(|why| Refused { at, why }))
            .collect()
    };
    with_original_places(text, refusals, |refused| &mut refused.at)
}

/// A candidate's place, and the offset it is or the rule by which it is none.
type Judged = (Range<usize>, Result<Offset, &'static str>);

static CANDIDATE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let colons = r"(?-u:[0-9]+(?::[0-9]+)+)";
    let units = r"(?-u:[0-9]{1,2}h[0-9]{1,2}m(?:[0-9]{1,2}s)?|[0-9]{1,3}m[0-9]{1,2}s)";
    Regex::new(&format!("{colons}|{units}")).ok()
});

fn judge(text: &str, duration: Option<Offset>) -> Vec<Judged> {
    let Some(form) = CANDIDATE.as_ref() else {
        return Vec::new();
    };
    if !text.bytes().any(|b| b.is_ascii_digit()) {
        return Vec::new();
    }
    let mut quiet = None;
    let mut judged: Vec<Judged> = Vec::new();
    for found in form.find_iter(text) {
        let quiet = quiet.get_or_insert_with(|| quiet::places(text));
        let candidate = Candidate::new(text, found.range(), duration);
        let verdict = match quiet.iter().find(|place| place.at.contains(&found.start())) {
            Some(place) => Err(place.why),
            None => verdict(&candidate, text, judged.last()),
        };
        judged.push((candidate.at, verdict));
    }
    spread_to_neighbours(text, &mut judged);
    judged
}

fn verdict(
    candidate: &Candidate,
    text: &str,
    before: Option<&Judged>,
) -> Result<Offset, &'static str> {
    let follows_an_offset = before.is_some_and(|(at, verdict)| {
        verdict.is_ok()
            && JOINED
                .as_ref()
                .is_some_and(|joined| joined.is_match(&text[at.end..candidate.at.start]))
    });
    match claimed_by(candidate, follows_an_offset) {
        Some(rule) => Err(rule),
        None => candidate.offset().ok_or("no such time"),
    }
}

/// Folds `4:03-4:48` into one offset with an end.
fn ranges(text: &str, judged: Vec<Judged>) -> Vec<FoundOffset> {
    let mut found: Vec<FoundOffset> = Vec::new();
    for (at, verdict) in judged {
        let Ok(offset) = verdict else { continue };
        if let Some(last) = found.last_mut()
            && last.end.is_none()
            && offset > last.start
            && JOINED
                .as_ref()
                .is_some_and(|joined| joined.is_match(&text[last.at.end..at.start]))
        {
            last.end = Some(offset);
            last.at.end = at.end;
        } else {
            found.push(FoundOffset {
                start: offset,
                end: None,
                at,
            });
        }
    }
    found
}

/// Reads the text with other scripts' digits and colons brought to ASCII, and moves the places found
/// back to where they stand in the text itself. Nearly always there is nothing to bring over.
fn with_original_places<T>(
    text: &str,
    read: impl Fn(&str) -> Vec<T>,
    place: impl Fn(&mut T) -> &mut Range<usize>,
) -> Vec<T> {
    if text.is_ascii() || !text.chars().any(to_bring_over) || !text.chars().any(char::is_numeric) {
        return read(text);
    }
    let mut ascii = String::with_capacity(text.len());
    let mut origin = Vec::with_capacity(text.len() + 1);
    for (at, c) in text.char_indices() {
        ascii.push_str(&to_ascii(c.encode_utf8(&mut [0; 4])));
        origin.resize(ascii.len(), at);
    }
    origin.push(text.len());
    let mut found = read(&ascii);
    for item in &mut found {
        let at = place(item);
        *at = origin[at.start]..origin[at.end];
    }
    found
}

/// Is it another script's colon or digit, or something that nobody sees?
fn to_bring_over(c: char) -> bool {
    // Letters and pictures are most of what is met here, and are told soonest.
    let plainly_not = c.is_ascii()
        || matches!(c, '\u{C0}'..='\u{24F}' | '\u{388}'..='\u{52F}' | '\u{3041}'..='\u{9FFF}');
    !plainly_not && (is_colon(c) || is_digit(c))
}

/// Would [`to_ascii`] make a digit of it, or nothing at all?
fn is_digit(c: char) -> bool {
    to_ascii(c.encode_utf8(&mut [0; 4]))
        .bytes()
        .all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests;
