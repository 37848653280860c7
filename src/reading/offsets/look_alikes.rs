//! What looks like an offset and is none: one named rule a row.
//!
//! A rule sees the run of digits and colons, what stands before and after it, and nothing else.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::Judged;
use crate::domain::offset::Offset;

/// As much of the text on either side as a rule may look at, in bytes.
const NEARBY_BYTES: usize = 48;

/// A run of digits and colons in a text.
pub(super) struct Candidate<'a> {
    /// Where it stands, in bytes of the text.
    pub at: Range<usize>,
    run: &'a str,
    /// The run with the unit that belongs to it, as in `2:45 hours in`.
    whole: &'a str,
    /// What stands before it on its line, at most [`NEARBY_BYTES`].
    before: &'a str,
    /// What stands after it on its line, at most [`NEARBY_BYTES`].
    after: &'a str,
    /// Its line up to it, whole.
    line_before: &'a str,
    duration: Option<Offset>,
}

impl<'a> Candidate<'a> {
    pub(super) fn new(text: &'a str, at: Range<usize>, duration: Option<Offset>) -> Self {
        let line_before = text[..at.start].rsplit('\n').next().unwrap_or_default();
        let rest = text[at.end..].split('\n').next().unwrap_or_default();
        let before = &line_before
            [line_before.ceil_char_boundary(line_before.len().saturating_sub(NEARBY_BYTES))..];
        let after = &rest[..rest.floor_char_boundary(NEARBY_BYTES)];
        let run = &text[at.clone()];
        let unit = INTO_AFTER
            .as_ref()
            .and_then(|form| form.captures(after))
            .and_then(|unit| unit.get(1));
        let end = at.end + unit.map_or(0, |unit| unit.end());
        Self {
            run,
            whole: &text[at.start..end],
            at: at.start..end,
            before,
            after,
            line_before,
            duration,
        }
    }

    /// The offset it would be, if the lenient reader agrees.
    pub(super) fn offset(&self) -> Option<Offset> {
        self.whole.parse().ok()
    }

    fn fields(&self) -> impl Iterator<Item = &'a str> {
        self.run.split(':')
    }

    fn has_units(&self) -> bool {
        !self.run.contains(':')
    }

    /// May it be hours and minutes of a day?
    fn could_be_clock(&self) -> bool {
        self.fields()
            .next()
            .and_then(|hours| hours.parse::<u32>().ok())
            .is_some_and(|hours| hours <= 24)
    }

    /// The word it stands in, as far as the nearest blanks.
    fn word(&self) -> (&'a str, &'a str) {
        let head = self
            .before
            .rsplit(char::is_whitespace)
            .next()
            .unwrap_or_default();
        let tail = self
            .after
            .split(char::is_whitespace)
            .next()
            .unwrap_or_default();
        (head, tail)
    }
}

/// A kind of thing that looks like an offset.
struct LookAlike {
    /// Shown by `explain`.
    name: &'static str,
    claims: fn(&Candidate) -> bool,
}

/// The rule that claims a candidate. One that carries a range on (`-4:48` after `4:03`) may be glued
/// to what stands before it.
pub(super) fn claimed_by(candidate: &Candidate, follows_an_offset: bool) -> Option<&'static str> {
    LOOK_ALIKES
        .iter()
        .filter(|rule| !(follows_an_offset && rule.name == "glued to what stands before"))
        .find(|rule| (rule.claims)(candidate))
        .map(|rule| rule.name)
}

/// In this order, so that the plainest reason is given.
const LOOK_ALIKES: &[LookAlike] = &[
    // `00:1b:44:11`, `1:2:3:4`
    LookAlike {
        name: "address",
        claims: |it| it.fields().count() > 3 || is_address(it),
    },
    // `16:9`, `4:3`, `1:1:1`: an offset's seconds have two digits.
    LookAlike {
        name: "ratio",
        claims: |it| it.fields().skip(1).any(|field| field.len() == 1),
    },
    // `host:8080`, `12:345`
    LookAlike {
        name: "not two digits",
        claims: |it| it.fields().skip(1).any(|field| field.len() > 2),
    },
    // `v2:01`, `fe80::12:30`, `10.0.0.1:53`, `+05:30`
    LookAlike {
        name: "glued to what stands before",
        claims: |it| glued_before(it),
    },
    // `2:01b`, `12:30:ff`, `20:32:47.199`, `3:15pm`
    LookAlike {
        name: "clock time",
        claims: |it| it.could_be_clock() && matches(&CLOCK_AFTER, it.after),
    },
    LookAlike {
        name: "glued to what stands after",
        claims: |it| glued_after(it),
    },
    // `videos/12:30`, `notes.example/at?x=12:30`
    LookAlike {
        name: "path",
        claims: |it| it.word().0.contains(['/', '\\']) || matches(&PATH_AFTER, it.after),
    },
    // `room 12:30`, `tomorrow at 10:30`, `office hours 14:00`
    LookAlike {
        name: "clock time",
        claims: |it| it.could_be_clock() && matches(&CLOCK_BEFORE, it.before),
    },
    // `2023-02-09 10:30`, `Feb 9, 10:30`
    LookAlike {
        name: "date",
        claims: |it| it.could_be_clock() && matches(&DATE_BEFORE, it.before),
    },
    // `2:45 hours long`; but `2:45 hours in` is a place in the recording.
    LookAlike {
        name: "length of time",
        claims: |it| lasts(it),
    },
    // `a ratio of 80:20`, `a 16:10 display`
    LookAlike {
        name: "ratio",
        claims: |it| matches(&RATIO_BEFORE, it.before) || matches(&RATIO_AFTER, it.after),
    },
    // `they won 21:15`, `the score was 12:10`
    LookAlike {
        name: "score",
        claims: |it| matches(&SCORE_BEFORE, it.before) || matches(&SCORE_AFTER, it.after),
    },
    // `Romans 8:28`
    LookAlike {
        name: "Bible verse",
        claims: |it| it.fields().count() == 2 && matches(&BIBLE_BEFORE, it.before),
    },
    // `root 14 0.0 0.1 2214 916 tty1 S 22:14 0:00 sleep`
    LookAlike {
        name: "terminal output",
        claims: |it| numbers_in_a_row(it.line_before) >= 4,
    },
    // `it took 12m30s`: without a word that points into the recording, it is how long something lasts.
    LookAlike {
        name: "length of time",
        claims: |it| it.has_units() && !matches(&POINTER_BEFORE, it.before),
    },
    // `1:20:00` in a recording of `1:16:15`
    LookAlike {
        name: "past the recording's end",
        claims: |it| {
            it.offset()
                .zip(it.duration)
                .is_some_and(|(offset, duration)| offset > duration)
        },
    },
];

/// A rule's pattern, compiled at its first use.
type Pattern = LazyLock<Option<Regex>>;

fn matches(pattern: &Pattern, text: &str) -> bool {
    pattern
        .as_ref()
        .is_some_and(|pattern| pattern.is_match(text))
}

macro_rules! pattern {
    ($($part:expr),+ $(,)?) => { LazyLock::new(|| Regex::new(concat!($($part),+)).ok()) };
}

static CLOCK_AFTER: Pattern = pattern!(
    r"(?i)^\s*(?:[ap]\.?\s?m\b|o.?clock|h\b|uhr\b|(?:on\s+|this\s+)?(?:today|tomorrow|tonight|yesterday|morning|afternoon|evening)\b",
    r"|in the (?:morning|afternoon|evening)|at night|in (?:the )?(?:hall|room|library|lab|canteen|cafeteria)\b|on (?:mon|tues|wednes|thurs|fri|satur|sun)day",
    r"|(?:utc|gmt|e[sd]t|p[sd]t|c[es]t|cest|ist|bst|local time)\b|sharp\b)",
);
static CLOCK_BEFORE: Pattern = pattern!(
    r"(?i)\b(?:room|rm|hall|today|tomorrow|tonight|yesterday|o.?clock|deadline|due|office hours?|meet(?:ing)?|see you|be (?:there|here|back)",
    r"|alarm|flight|train|bus|leaves?|arrives?|departs?|breakfast|lunch|dinner",
    r"|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?s?|(?:woke|wake|wakes|got|get) up",
    r"|(?:class|exam|quiz|midterm|lab|seminar|party|shop|store|library)\s+(?:is|was|starts|begins|ends|opens|closes))",
    r"[,:]?(?:\s+(?:is|are|was|starts?|begins?|ends?|on|at|by|from|around|about|until|till|before|after))*[\s@]*$",
);
static DATE_BEFORE: Pattern = pattern!(
    r"(?i)(?:\b[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|\b[0-9]{1,2}\.[0-9]{1,2}\.|\b[0-9]{1,2}[/.][0-9]{1,2}[/.][0-9]{2,4}",
    r"|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?\s+[0-9]{1,2}(?:st|nd|rd|th)?(?:,?\s+[0-9]{4})?",
    r"|\b[0-9]{1,2}(?:st|nd|rd|th)?\s+(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?(?:,?\s+[0-9]{4})?)",
    r",?\s+(?:at\s+|@\s*)?$",
);
static LENGTH_AFTER: Pattern = pattern!(r"^\s*(?:[Hh]ours?|hrs?)\b");
static INTO_AFTER: Pattern = pattern!(r"(?i)^(\s*(?:hours?|hrs?))\s+(?:in|into|mark)\b");
static RATIO_BEFORE: Pattern = pattern!(
    r"(?i)\b(?:ratios?|odds|scale|aspect|split|proportions?|diluted)(?:\s+(?:of|is|was|are|at|to|by))*[\s=:]*$"
);
static RATIO_AFTER: Pattern = pattern!(
    r"(?i)^\s*(?:ratio|odds|split|aspect|scale|mix|dilution|display|monitor|screen|rule)\b"
);
static SCORE_BEFORE: Pattern = pattern!(
    r"(?i)\b(?:won|wins?|beat\s+\w+|scored?|scores|drew)(?:\s+(?:was|is|by|with|it|of))*[\s:]*$"
);
static SCORE_AFTER: Pattern = pattern!(r"(?i)^\s*(?:win|victory|defeat|loss|lead|at half.?time)\b");
static BIBLE_BEFORE: Pattern = pattern!(
    r"\b(?:Gen(?:esis)?|Exod(?:us)?|Leviticus|Deut(?:eronomy)?|Joshua|Samuel|Kings|Chronicles|Ezra|Nehemiah|Esther|Psalms?|Prov(?:erbs)?",
    r"|Eccl(?:esiastes)?|Isaiah|Jeremiah|Ezekiel|Daniel|Hosea|Joel|Amos|Jonah|Micah|Zechariah|Malachi|Matt(?:hew)?|Luke|John|Acts|Rom(?:ans)?",
    r"|Cor(?:inthians)?|Gal(?:atians)?|Eph(?:esians)?|Phil(?:ippians)?|Col(?:ossians)?|Thess(?:alonians)?|Timothy|Titus|Hebrews|James|Peter|Jude",
    r"|Revelations?|[Vv]erse|[Gg]ospel of \w+|Surah?|Quran)\.?\s+$",
);
static POINTER_BEFORE: Pattern =
    pattern!(r"(?i)(?:^|[(\[@~]|\b(?:at|from|around|until|till|since|min|minute|to|t=))\s*$");
static PATH_AFTER: Pattern = pattern!(r"^[/\\][A-Za-z_.]");

/// `1:08:56Summary`, `57:03with`: a list pasted without its line breaks, or a forgotten blank, not a unit.
static LOST_BLANK_AFTER: Pattern =
    pattern!(r"^(?:[A-Z][a-z]{2,}|(?:and|how|that|the|this|what|when|where|why|with|you)\b)");

/// What joins two offsets into a range.
pub(super) static JOINED: Pattern = pattern!(r"^\s*(?:-|–|—|−|\.{2,3}|…|(?i:to|until|till))\s*$");

/// What joins two clock times or two verses, so that one of them tells the other.
static IN_ONE_BREATH: Pattern = pattern!(
    r"(?i)^\s*(?:[ap]\.?\s?m\b\.?)?[\s.]*(?:-|–|—|−|/|&|,|;|\+|,?\s*(?:or|to|till|until|and|from)\b)\s*(?:from|at|to)?\s*$"
);

/// The rules whose things come several at once.
const SOCIABLE: [&str; 2] = ["clock time", "Bible verse"];

/// `9:00 am till 13:00 and 17:00 till 21:00`: what is joined to a clock time is one.
pub(super) fn spread_to_neighbours(text: &str, judged: &mut [Judged]) {
    let joined = |judged: &[Judged], left: usize| {
        matches(
            &IN_ONE_BREATH,
            &text[judged[left].0.end..judged[left + 1].0.start],
        )
    };
    let sociable = |why: &&str| SOCIABLE.contains(why);
    for right in 1..judged.len() {
        if let Some(why) = judged[right - 1].1.err().filter(sociable)
            && judged[right].1.is_ok()
            && joined(judged, right - 1)
        {
            judged[right].1 = Err(why);
        }
    }
    for left in (0..judged.len().saturating_sub(1)).rev() {
        if let Some(why) = judged[left + 1].1.err().filter(sociable)
            && judged[left].1.is_ok()
            && joined(judged, left)
        {
            judged[left].1 = Err(why);
        }
    }
}

/// Hexadecimal groups between four colons or more: a MAC or an IPv6 address.
fn is_address(it: &Candidate) -> bool {
    let (head, tail) = it.word();
    let colons = || {
        head.chars()
            .chain(it.run.chars())
            .chain(tail.chars())
            .filter(|c| *c == ':')
            .count()
    };
    let hexadecimal = |part: &str| part.chars().all(|c| c == ':' || c.is_ascii_hexdigit());
    hexadecimal(head)
        && hexadecimal(tail)
        && (colons() > 3 || head.ends_with("::") || tail.starts_with("::"))
}

fn lasts(it: &Candidate) -> bool {
    it.run == it.whole && it.fields().count() == 2 && matches(&LENGTH_AFTER, it.after)
}

fn glued_before(it: &Candidate) -> bool {
    let mut back = it.before.chars().rev();
    match back.next() {
        None => false,
        Some(c) if c.is_alphanumeric() || matches!(c, '_' | ':' | '+' | '%' | '$' | '€' | '£') => {
            true
        }
        // `10.0.0.1:53`, `2-12:30`, `1/2:30`; but `…:03-4:48` is a range and never gets here.
        Some('.' | ',' | '-' | '/') => back.next().is_some_and(|c| c.is_ascii_digit()),
        Some(_) => false,
    }
}

fn glued_after(it: &Candidate) -> bool {
    let mut ahead = it.after.chars();
    if matches(&LOST_BLANK_AFTER, it.after) {
        return false;
    }
    match ahead.next() {
        None => false,
        Some(c) if c.is_alphanumeric() || matches!(c, '_' | '%') => true,
        Some('.' | ',' | ':') => ahead.next().is_some_and(|c| c.is_ascii_digit()),
        // `12:30::1`, `00:1a` with letters: the run ended at a hexadecimal digit.
        _ => it.after.starts_with("::"),
    }
}

/// The longest row of bare numbers in a line, as programs print them in columns.
fn numbers_in_a_row(line: &str) -> usize {
    let is_number = |word: &str| {
        word.bytes().all(|b| b.is_ascii_digit() || b == b'.')
            && word.ends_with(|c: char| c.is_ascii_digit())
    };
    let (mut longest, mut row) = (0, 0);
    for word in line.split_ascii_whitespace() {
        row = if is_number(word) { row + 1 } else { 0 };
        longest = longest.max(row);
    }
    longest
}
