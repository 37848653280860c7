//! A line that begins with who says it: `Name: text`, `[14:05] Name: text`, `2026-01-05 10:00 Name
//! (staff): text`, `09/02/2023, 14:05 - Name: text`.

use std::sync::LazyLock;

use regex::Regex;

use super::Role;
use super::moments::{DateOrder, When, when};

/// Words that stand before a colon and are nobody's name.
const LABELS: &[&str] = &[
    "question",
    "q",
    "answer",
    "a",
    "note",
    "edit",
    "update",
    "ps",
    "p.s.",
    "tldr",
    "tl;dr",
    "topic",
    "example",
    "summary",
    "http",
    "https",
    "title",
    "date",
    "subject",
    "from",
    "to",
    "cc",
    "abstract",
    "warning",
    "error",
    "tip",
    "hint",
    "todo",
    "source",
    "link",
    "lecture",
    "chapter",
    "section",
    "part",
    "step",
    "version",
    "description",
];

/// What is added to a name in brackets by those who teach.
const STAFF: &[&str] = &[
    "staff",
    "instructor",
    "teacher",
    "professor",
    "prof",
    "lecturer",
    "ta",
    "tutor",
    "assistant",
    "mod",
    "moderator",
    "admin",
];

/// When, who, in which role, what.
static NAMED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^(?:\[(?P<bracketed>[^\]]{3,40})\]\s*|(?P<bare>\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)?)\s+",
        r"|(?P<dashed>\d\d?[/.]\d\d?[/.]\d{2,4},?\s+\d\d?:\d\d(?::\d\d)?(?:\s?[aApP]\.?[mM]\.?)?)\s+-\s+)?",
        r"(?P<name>(?:~\s?)?@?[^\W\d_][\w.'’-]{0,31}(?: [\w.'’-]{1,31}){0,2}|\+\d[\d ()-]{5,24}\d)",
        r"(?:\s*\((?P<role>[^()]{1,30})\))?:(?:\s+(?P<text>.*))?$"
    ))
    .expect("a well-formed pattern")
});

/// A line that begins a message with its author's name.
pub(super) struct Named<'s> {
    /// Who.
    pub author: &'s str,
    /// In which role.
    pub role: Role,
    /// When.
    pub when: Option<When>,
    /// What.
    pub text: &'s str,
    /// Has more than a name and a colon, and so cannot be a sentence that happens to hold one.
    pub is_plain_header: bool,
}

/// Who says what, if the line begins with that.
pub(super) fn named(line: &str, order: DateOrder) -> Option<Named<'_>> {
    let line = line.trim_start_matches(['\u{200E}', '\u{200F}']);
    let found = NAMED.captures(line)?;
    let part = |name| found.name(name).map(|part| part.as_str());
    let author = part("name")?.trim_start_matches(['@', '~', ' ']);
    if LABELS.contains(&author.to_lowercase().as_str()) {
        return None;
    }
    let when = match time_in(&found) {
        // Brackets that hold no time open an ordinary sentence.
        Some(text) => Some(when(text, order)?),
        // A number is somebody's only where a chat program says so.
        None if author.starts_with('+') => return None,
        None => None,
    };
    let role = part("role").map(role).unwrap_or_default();
    Some(Named {
        author,
        role,
        when,
        text: part("text").unwrap_or_default(),
        is_plain_header: when.is_some() || role == Role::Staff,
    })
}

fn time_in<'s>(found: &regex::Captures<'s>) -> Option<&'s str> {
    let parts = ["bracketed", "bare", "dashed"];
    let part = parts.into_iter().find_map(|name| found.name(name));
    part.map(|part| part.as_str())
}

/// What stands before the name, where a moment may stand.
pub(super) fn time_before(line: &str) -> Option<&str> {
    time_in(&NAMED.captures(line.trim_start_matches(['\u{200E}', '\u{200F}']))?)
}

/// The role that a mark beside a name tells.
pub(super) fn role(text: &str) -> Role {
    let is_staff = text
        .to_lowercase()
        .split([',', '/', ' '])
        .any(|word| STAFF.contains(&word));
    if is_staff { Role::Staff } else { Role::Student }
}
