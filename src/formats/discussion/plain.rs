//! Plain text, as people copy a chat: `Name: text`, `[12:03] Name: text`,
//! `2026-01-05 10:00 Name (staff): text`.
//!
//! If the first line has a name, lines without one go on with the message before. Otherwise each
//! line is a message of somebody unnamed, since a list of comments may hold colons anywhere.
//! Indented lines always go on with the message before. What a chat program announces (who came and
//! went) is left out; a web page is refused.

use std::sync::LazyLock;

use jiff::civil::{Date, DateTime, Time};
use regex::Regex;

use super::super::remarks::Remarks;
use super::super::source::{Line, Source};
use super::{Reading, Role, Said, SaidDraft, UNNAMED_CHANNEL};

/// The day of a discussion that only tells the time of day; any would do.
const SOME_DAY: Date = jiff::civil::date(2026, 1, 5);

/// Words that stand before a colon and are nobody's name.
const LABELS: &[&str] = &[
    "question", "q", "answer", "a", "note", "edit", "update", "ps", "p.s.", "tldr", "tl;dr",
    "topic", "example", "summary", "http", "https",
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
        r"^(?:\[(?P<bracketed>[^\]]{3,40})\]\s*|(?P<bare>\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)?)\s+)?",
        r"(?P<name>@?[^\W\d_][\w.'’-]{0,31}(?: [\w.'’-]{1,31}){0,2})(?:\s*\((?P<role>[^()]{1,30})\))?:(?:\s+(?P<text>.*))?$"
    ))
    .expect("a well-formed pattern")
});

/// What a chat program announces, as such lines begin and go on.
static ANNOUNCED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)^(?:\[[^\]]{3,40}\]\s*|\d\d?:\d\d(?::\d\d)?\s+)?(?:",
        r"(?:-!-|-->|<--|\*{3})\s",
        r"|\*\s+\S+ (?:has )?(?:joined|left|quit|parted)\b",
        r"|-{3,}\s*(?:day changed|log opened|log closed)\b)"
    ))
    .expect("a well-formed pattern")
});

/// How a web page or another file with marks begins, in small letters.
const MARKUP: &[&str] = &["<!doctype", "<html", "<?xml"];

/// A line that begins a message with its author's name.
struct Named<'s> {
    author: &'s str,
    role: Role,
    when: Option<When>,
    text: &'s str,
    /// Has more than a name and a colon, and so cannot be a sentence that happens to hold one.
    is_plain_header: bool,
}

/// A time of day, or a whole moment.
#[derive(Clone, Copy)]
enum When {
    Time(Time),
    Moment(jiff::Timestamp),
}

pub(super) fn read(source: &Source, remarks: &mut Remarks) -> Reading {
    let mut reading = Reading::default();
    if is_markup(source.text()) {
        remarks.tell(
            0,
            "this is a web page or XML, not a chat; export the discussion as text or JSON",
        );
        return reading;
    }
    let lines = || source.lines().filter(|line| !line.text.trim().is_empty());
    let is_transcript = lines()
        .find(|line| !ANNOUNCED.is_match(line.text))
        .is_some_and(|line| named(line.text).is_some());
    let mut clock = Clock::default();
    let mut announced = (0, 0);
    let drafts = &mut reading.drafts;
    for line in lines() {
        if ANNOUNCED.is_match(line.text) {
            let (first, number) = announced;
            announced = (if number == 0 { line.at } else { first }, number + 1);
            continue;
        }
        let indented = line.text.starts_with([' ', '\t']);
        let named = named(line.text).filter(|named| is_transcript || named.is_plain_header);
        match (named, drafts.last_mut()) {
            (Some(named), _) if !indented => {
                let at = named.when.and_then(|when| clock.moment(when));
                drafts.push(draft(line, named.author, named.role, at, named.text));
            }
            (_, Some(before)) if indented || is_transcript => {
                go_on(&mut before.said.text, line.text.trim())
            }
            _ => drafts.push(draft(line, "", Role::Student, None, line.text.trim())),
        }
    }
    if let (at, number @ 1..) = announced {
        let message = format!("announcements of who came and went, {number} in all, were left out");
        reading.notes.tell(at, message);
    }
    reading
}

fn is_markup(text: &str) -> bool {
    let text = text.trim_start();
    MARKUP.iter().any(|mark| {
        text.get(..mark.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(mark))
    })
}

fn go_on(text: &mut String, line: &str) {
    if !text.is_empty() {
        text.push('\n');
    }
    text.push_str(line);
}

fn draft(
    line: Line<'_>,
    author: &str,
    role: Role,
    at: Option<jiff::Timestamp>,
    text: &str,
) -> SaidDraft {
    let said = Said {
        channel: UNNAMED_CHANNEL.to_owned(),
        author: author.to_owned(),
        role,
        text: text.to_owned(),
        at,
        ..Said::default()
    };
    SaidDraft {
        id: None,
        at_byte: line.at,
        said,
    }
}

fn named(line: &str) -> Option<Named<'_>> {
    let found = NAMED.captures(line)?;
    let part = |name| found.name(name).map(|part| part.as_str());
    let author = part("name")?.trim_start_matches('@');
    if LABELS.contains(&author.to_lowercase().as_str()) {
        return None;
    }
    let when = match part("bracketed").or(part("bare")) {
        // Brackets that hold no time open an ordinary sentence.
        Some(text) => Some(when(text)?),
        None => None,
    };
    let role = part("role").map(role);
    let is_plain_header = when.is_some() || role.is_some();
    Some(Named {
        author,
        role: role.unwrap_or_default(),
        when,
        text: part("text").unwrap_or_default(),
        is_plain_header,
    })
}

fn role(text: &str) -> Role {
    let is_staff = text
        .to_lowercase()
        .split([',', '/', ' '])
        .any(|word| STAFF.contains(&word));
    if is_staff { Role::Staff } else { Role::Student }
}

fn when(text: &str) -> Option<When> {
    let text = text.trim();
    if let Some(moment) = super::moment(text) {
        return Some(When::Moment(moment));
    }
    let (hour, rest) = text.split_once(':')?;
    let (minute, second) = rest.split_once(':').unwrap_or((rest, "0"));
    Time::new(
        hour.parse().ok()?,
        minute.parse().ok()?,
        second.parse().ok()?,
        0,
    )
    .ok()
    .map(When::Time)
}

/// Gives times of day their day: that of the message before, or the next if the time went back.
#[derive(Default)]
struct Clock {
    last: Option<DateTime>,
}

impl Clock {
    fn moment(&mut self, when: When) -> Option<jiff::Timestamp> {
        let utc = jiff::tz::TimeZone::UTC;
        let now = match when {
            When::Moment(moment) => utc.to_datetime(moment),
            When::Time(time) => {
                let day = self.last.map_or(SOME_DAY, |last| last.date());
                let goes_back = self.last.is_some_and(|last| time < last.time());
                let day = if goes_back { day.tomorrow().ok()? } else { day };
                day.to_datetime(time)
            }
        };
        self.last = Some(now);
        utc.to_timestamp(now).ok()
    }
}
