//! What a person means by the words behind `!t`: which lecture, and what of it.

use crate::app::courses::ServedLecture;
use crate::domain::offset::{Offset, OffsetError, Span, looks_like_an_offset};
use crate::domain::search;

/// What is looked up, and in which lecture.
#[derive(Debug, Clone)]
pub struct Lookup<'a> {
    /// The lecture.
    pub lecture: &'a ServedLecture,
    /// What of it.
    pub what: What,
}

/// What of a lecture is looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// The whole topic table.
    Table,
    /// What is taught at an offset.
    At(Offset),
    /// What is taught between two offsets.
    Range(Offset, Offset),
    /// The topics that match words.
    Words(String),
}

/// Why a lookup cannot be answered; each becomes one sentence of [`crate::app::reply`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mistake {
    /// Something was meant as an offset and is none.
    Offset(OffsetError),
    /// No lecture is called so.
    NoSuchLecture(String),
    /// A number by itself, and no lecture is called so: perhaps it was to be a minute.
    BareNumber(String),
    /// It cannot be told which lecture is meant.
    WhichLecture,
}

impl Lookup<'_> {
    /// The lookup in one form however it was typed, by which repeats are known.
    pub fn subject(&self) -> String {
        let id = self.lecture.id;
        match &self.what {
            What::Table => format!("{id}:table"),
            What::At(offset) => format!("{id}:at:{}", offset.seconds()),
            What::Range(from, to) => format!("{id}:range:{}-{}", from.seconds(), to.seconds()),
            What::Words(words) => format!("{id}:words:{}", words.to_lowercase()),
        }
    }
}

/// Understands what stands behind `!t`. `meant` is the lecture that is meant where none is named.
///
/// In this order: nothing; an offset or a range; one of these with a lecture before or after it;
/// what plainly was to be an offset and is none; a lecture's slug, alone or with words; words.
///
/// # Errors
/// A [`Mistake`] that says what is wrong.
pub fn understand<'a>(
    words: &str,
    lectures: &'a [ServedLecture],
    meant: Option<&'a ServedLecture>,
) -> Result<Lookup<'a>, Mistake> {
    let words = without_courtesy(words, lectures);
    let in_meant = |what| {
        meant
            .map(|lecture| Lookup { lecture, what })
            .ok_or(Mistake::WhichLecture)
    };
    if words.is_empty() {
        return in_meant(What::Table);
    }
    if let Ok(span) = words.parse::<Span>() {
        return in_meant(span.into());
    }
    if let Some(found) = offset_beside_a_lecture(words, lectures) {
        return found;
    }
    if let Some(lecture) = by_slug(words, lectures) {
        return Ok(Lookup {
            lecture,
            what: What::Table,
        });
    }
    refuse_a_broken_offset(words)?;
    if words.chars().all(|c| c.is_ascii_digit()) {
        return Err(Mistake::BareNumber(words.to_owned()));
    }
    if let Some((lecture, rest)) = slug_beside_words(words, lectures) {
        return Ok(Lookup {
            lecture,
            what: What::Words(rest),
        });
    }
    by_words(words, lectures, meant)
}

/// What is said to be polite, and looks nothing up.
const COURTESY: [&str; 8] = [
    "please", "pls", "plz", "thanks", "thx", "hi", "hey", "hello",
];

/// The words without what is polite at their ends, unless nothing else is there or a lecture is called so.
fn without_courtesy<'w>(words: &'w str, lectures: &[ServedLecture]) -> &'w str {
    let is_polite = |word: &str| {
        if by_slug(word, lectures).is_some() {
            return false;
        }
        let word = word.trim_matches(|c: char| c.is_ascii_punctuation());
        COURTESY
            .iter()
            .any(|known| word.eq_ignore_ascii_case(known))
    };
    let mut rest = words.trim();
    loop {
        let first = rest.split_once(char::is_whitespace);
        let last = rest.rsplit_once(char::is_whitespace);
        rest = match (first, last) {
            (Some((word, after)), _) if is_polite(word) => after.trim(),
            (_, Some((before, word))) if is_polite(word) => before.trim(),
            _ => return rest,
        };
    }
}

impl From<Span> for What {
    fn from(span: Span) -> Self {
        match span.end {
            Some(end) => Self::Range(span.start, end),
            None => Self::At(span.start),
        }
    }
}

/// An offset or range at one end of the words, and at the other what names a lecture. The longest
/// offset counts: in `1h 2m 10` it is `1h 2m`.
fn offset_beside_a_lecture<'a>(
    words: &str,
    lectures: &'a [ServedLecture],
) -> Option<Result<Lookup<'a>, Mistake>> {
    let tokens: Vec<&str> = words.split_whitespace().collect();
    let mut unknown = None;
    for length in (1..tokens.len()).rev() {
        let (head, behind) = tokens.split_at(length);
        let (before, tail) = tokens.split_at(tokens.len() - length);
        for (span, name) in [(head, behind), (tail, before)] {
            let Ok(span) = span.join(" ").parse::<Span>() else {
                continue;
            };
            let name = name.join(" ");
            match named(&name, lectures) {
                Ok(lecture) => {
                    return Some(Ok(Lookup {
                        lecture,
                        what: span.into(),
                    }));
                }
                Err(_) => unknown = unknown.or(Some(name)),
            }
        }
    }
    // `52:14 52:75`: the second is no lecture but a broken offset, and is told as one.
    let name = unknown?;
    Some(Err(match name.parse::<Span>() {
        Err(error) if looks_like_an_offset(&name) => Mistake::Offset(error),
        _ => Mistake::NoSuchLecture(name),
    }))
}

fn refuse_a_broken_offset(words: &str) -> Result<(), Mistake> {
    let first = words.split_whitespace().next();
    let last = words.split_whitespace().next_back();
    let candidates = [Some(words), first, last];
    match candidates
        .into_iter()
        .flatten()
        .find(|candidate| looks_like_an_offset(candidate))
    {
        Some(broken) => match broken.parse::<Span>() {
            Err(error) => Err(Mistake::Offset(error)),
            Ok(_) => Ok(()),
        },
        None => Ok(()),
    }
}

fn slug_beside_words<'a>(
    words: &str,
    lectures: &'a [ServedLecture],
) -> Option<(&'a ServedLecture, String)> {
    let (first, rest) = words.split_once(char::is_whitespace)?;
    if let Some(lecture) = by_slug(first, lectures) {
        return Some((lecture, rest.trim().to_owned()));
    }
    let (rest, last) = words.rsplit_once(char::is_whitespace)?;
    Some((by_slug(last, lectures)?, rest.trim().to_owned()))
}

/// Words: topics of the lecture that is meant, else the lecture whose title they match.
fn by_words<'a>(
    words: &str,
    lectures: &'a [ServedLecture],
    meant: Option<&'a ServedLecture>,
) -> Result<Lookup<'a>, Mistake> {
    let topics = |lecture: &'a ServedLecture| {
        let lookup = Lookup {
            lecture,
            what: What::Words(words.to_owned()),
        };
        (!lecture.lecture.topics.search(words).is_empty()).then_some(lookup)
    };
    if let Some(lookup) = meant.and_then(topics) {
        return Ok(lookup);
    }
    if let Some(lecture) = by_title(words, lectures) {
        return Ok(Lookup {
            lecture,
            what: What::Table,
        });
    }
    match meant {
        Some(lecture) => Ok(Lookup {
            lecture,
            what: What::Words(words.to_owned()),
        }),
        None => lectures
            .iter()
            .find_map(topics)
            .ok_or(Mistake::WhichLecture),
    }
}

/// The lecture of that slug, else the one whose title these words match best.
///
/// # Errors
/// [`Mistake::NoSuchLecture`].
pub fn named<'a>(name: &str, lectures: &'a [ServedLecture]) -> Result<&'a ServedLecture, Mistake> {
    let found = by_slug(name, lectures).or_else(|| by_title(name, lectures));
    found.ok_or_else(|| Mistake::NoSuchLecture(name.to_owned()))
}

fn by_slug<'a>(name: &str, lectures: &'a [ServedLecture]) -> Option<&'a ServedLecture> {
    lectures
        .iter()
        .find(|served| served.lecture.slug.eq_ignore_ascii_case(name))
}

fn by_title<'a>(name: &str, lectures: &'a [ServedLecture]) -> Option<&'a ServedLecture> {
    let best = search::rank(name, lectures, |served| {
        [(served.lecture.title.as_str(), 1)]
    });
    best.first().map(|&index| &lectures[index])
}
