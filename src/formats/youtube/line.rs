//! One line of a description: its offset, at which end it stands, and the title beside it.

use std::sync::LazyLock;

use regex::Regex;

/// What a line holds. All parts are slices of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Found<'s> {
    /// What stands where a start should; perhaps a broken one.
    pub start: &'s str,
    /// What stands where an end should.
    pub end: Option<&'s str>,
    /// The title, perhaps empty.
    pub title: &'s str,
}

/// Anything that was meant as an offset, right or wrong: digits with colons, or hours, minutes and
/// seconds with at least two of the units.
const TOKEN: &str =
    r"\d+(?:[:∶꞉：]\d*)+\w*|\d+\s?h\s?\d+\s?m(?:in)?(?:\s?\d+\s?s)?|\d+\s?m(?:in)?\s?\d+\s?s";
/// What stands between a range's two offsets.
const DASH: &str = r"\s*(?:-|–|—|~|→|\bto\b|\.\.+)\s*";
/// What closes around an offset, perhaps with a Markdown link's target.
const CLOSE: &str = r"\s*[)\]}>】]?(?:\(https?://[^\s)]*\))?";

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a well-formed pattern")
}

/// `0:00 - 1:10]: Title` or `3. [0:00] Title`, once list marks are off: offset or range.
static LEADING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"^(?:\d{{1,3}}[.)]\s+[(\[{{<【]?\s*)?(?P<start>{TOKEN})(?:{DASH}(?P<end>{TOKEN}))?{CLOSE}"
    ))
});

/// `• Title - (0:00 - 1:10)`.
static TRAILING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?:^|[\s(\[{{<【|,–—-])(?P<start>{TOKEN})(?:{DASH}(?P<end>{TOKEN}))?\s*[)\]}}>】]*[.,;]?\s*$"
    ))
});

/// A clock time, not an offset, if this follows.
static CLOCK: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)^\s*(?:[ap]\.?m\b|o'?clock\b)"));

/// An offset by itself. Control characters part words too: a title has them as spaces.
static SEVERAL: LazyLock<Regex> = LazyLock::new(|| {
    let space = r"[\s\x00-\x1F\x7F-\x9F]";
    pattern(&format!(
        r"(?:^|{space})\d{{1,3}}(?::[0-5]\d){{1,2}}(?:{space}|$)"
    ))
});

/// The line's offset if it stands before the title.
pub(super) fn leading(line: &str) -> Option<Found<'_>> {
    // List marks, emoji and opening brackets. Not `\W` in the pattern: to a regex an emoji's
    // variation selector is part of a word.
    let line = line.trim_start_matches(|c: char| !c.is_alphanumeric());
    let found = LEADING.captures(line)?;
    let (start, rest) = (found.name("start")?.as_str(), &line[found.get(0)?.end()..]);
    if CLOCK.is_match(rest) || rest.starts_with(['/', '@', '%']) {
        return None;
    }
    Some(Found {
        start,
        end: found.name("end").map(|end| end.as_str()),
        title: after_separator(rest),
    })
}

/// The line's offset if it stands after the title.
pub(super) fn trailing(line: &str) -> Option<Found<'_>> {
    let found = TRAILING.captures(line)?;
    let start = found.name("start")?;
    let title = line[..start.start()]
        .trim_end_matches(|c: char| c.is_whitespace() || "([{<【".contains(c) || is_separator(c));
    let title = without_bullet(title);
    if title.is_empty() {
        return None;
    }
    Some(Found {
        start: start.as_str(),
        end: found.name("end").map(|end| end.as_str()),
        title,
    })
}

/// Whether further offsets stand within the title: several topics on one line.
pub(super) fn holds_more_topics(found: Found<'_>) -> bool {
    SEVERAL.find_iter(found.title).count() >= 2
}

fn is_separator(c: char) -> bool {
    matches!(
        c,
        '-' | '–' | '—' | '―' | ':' | '|' | '~' | '•' | '·' | '→' | '='
    )
}

/// Without one run of separators: `: Title`, ` - Title`, ` | Title`. A dash that begins the title's
/// own word, as in `-1 as a label`, stays.
fn after_separator(rest: &str) -> &str {
    let trimmed = rest.trim();
    let after = trimmed.trim_start_matches(is_separator);
    let parted =
        after.is_empty() || after.starts_with(char::is_whitespace) || trimmed.starts_with(':');
    if parted { after.trim_start() } else { trimmed }
}

/// Without a list's mark or number in front.
fn without_bullet(title: &str) -> &str {
    let title = title.trim_start();
    let unmarked =
        title.trim_start_matches(|c: char| !c.is_alphanumeric() && !"\"'“‘«(¿¡$".contains(c));
    let digits = unmarked.bytes().take_while(u8::is_ascii_digit).count();
    match unmarked[digits..].strip_prefix(['.', ')']) {
        Some(rest) if (1..=3).contains(&digits) && rest.starts_with(' ') => rest.trim_start(),
        _ => unmarked,
    }
}
