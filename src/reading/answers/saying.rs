//! A message, prepared once for every question that it is held against.

use super::super::likeness::{Telling, hash};
use super::super::phrases::{asks_more_than_it_says, in_words, is_thanks};
use super::super::{Reading, read};
use super::wording::{ENGLISH, Wording};

/// What a message says, as far as telling who answers whom needs it.
#[derive(Debug, Clone, PartialEq)]
pub struct Saying {
    pub(super) telling: Telling,
    /// Its words as names; sorted, each once.
    pub(super) names: Box<[u64]>,
    /// The name before a colon or a comma, or after an `@`, at its start.
    pub(super) addressed: Option<u64>,
    /// Its first word, which may be a name.
    pub(super) first: Option<u64>,
    pub(super) words: usize,
    pub(super) in_words: bool,
    pub(super) only_thanks: bool,
    pub(super) counter_question: bool,
    /// Reads as a question, whatever else it says.
    pub(super) question: bool,
    /// The same, or it has a question mark at least.
    pub(super) asks: bool,
    pub(super) manner: Manner,
}

/// What its wording shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Manner {
    pub thanks: bool,
    pub greets: bool,
    pub advises: bool,
    pub advises_by_asking: bool,
    pub agrees_or_denies: bool,
    /// Says in few words that somebody has the same question.
    pub joins_in: bool,
    /// Says in few words that its author does not know either.
    pub does_not_know: bool,
    /// Says how somebody likes something.
    pub feels: bool,
    pub links: bool,
}

impl Saying {
    /// Prepares a message.
    pub fn of(text: &str) -> Self {
        Self::from_reading(text, &read(text, None))
    }

    /// Prepares a message that was read.
    pub fn from_reading(text: &str, reading: &Reading) -> Self {
        let plain = text.replace(['\'', '’'], "").to_lowercase();
        let words: Vec<&str> = plain.split_whitespace().map(trimmed).collect();
        let mut names: Vec<u64> = plain
            .split(|c: char| !(c.is_alphanumeric() || c == '_' || c == '-'))
            .filter_map(name_of)
            .collect();
        names.sort_unstable();
        names.dedup();
        let addressed = addressed(&plain);
        let asks = reading.question || text.contains(['?', '？', '؟']);
        Self {
            telling: Telling::of(text),
            names: names.into(),
            addressed,
            first: plain.split_whitespace().next().and_then(name_of),
            words: words.len(),
            in_words: in_words(text),
            only_thanks: is_thanks(text),
            counter_question: asks_more_than_it_says(text, reading),
            question: reading.question,
            asks,
            manner: Manner {
                links: plain.contains("://") || plain.contains("www."),
                ..Manner::of(&words, addressed.is_some(), asks)
            },
        }
    }

    /// Whether it says anything in words.
    pub const fn in_words(&self) -> bool {
        self.in_words
    }

    /// Whether it asks the asker back and does nothing else.
    pub const fn asks_back(&self) -> bool {
        self.counter_question
    }

    /// Whether it is advice in the form of a question, as `have you tried …?` is: more than asking back, and
    /// nothing that anybody else has to answer.
    pub const fn advises_by_asking(&self) -> bool {
        self.manner.advises_by_asking
    }

    /// Whether it asks back and does not even advise by it.
    pub(super) const fn only_asks_back(&self) -> bool {
        self.counter_question && !self.manner.advises_by_asking
    }

    /// Whether it asks something of its own, whatever else it says.
    pub const fn asks_anew(&self) -> bool {
        self.question && !self.advises_by_asking()
    }

    /// Whether it laughs, greets, thanks or says how its author likes something, in few words.
    pub(super) const fn chats(&self) -> bool {
        let Manner {
            feels,
            greets,
            thanks,
            ..
        } = self.manner;
        (feels || greets || thanks) && self.words <= MOST_WORDS_CHATTING
    }
}

/// `same question here, I have wondered since Monday`; what is longer says more than that.
const MOST_WORDS_JOINING: usize = 8;

/// `no idea, ask in the lab`; what is longer says more than that.
const MOST_WORDS_NOT_KNOWING: usize = 6;

/// `best course on this platform, period`; what is longer says more than that.
const MOST_WORDS_CHATTING: usize = 12;

impl Manner {
    fn of(words: &[&str], is_addressed: bool, asks: bool) -> Self {
        let is = |list: &[&str], word: &str| list.contains(&word);
        let after_name = words.get(usize::from(is_addressed)..).unwrap_or_default();
        let after_name = match after_name {
            // `maya , try …`
            ["", rest @ ..] => rest,
            all => all,
        };
        let leads = after_name
            .iter()
            .take_while(|word| is(ENGLISH.leads, word))
            .count();
        let begins = &after_name[leads..];
        let first = begins.first().copied().unwrap_or_default();
        let second = begins.get(1).copied().unwrap_or_default();
        Self {
            thanks: words.iter().any(|word| is(ENGLISH.thanks, word))
                || Wording::holds(ENGLISH.relief, words),
            greets: after_name
                .first()
                .is_some_and(|word| is(ENGLISH.greetings, word)),
            advises: is(ENGLISH.advice, first)
                || first == "you" && is(ENGLISH.advice_to_you, second),
            advises_by_asking: asks && Wording::holds(ENGLISH.advice_asked, words),
            agrees_or_denies: is(ENGLISH.verdicts, first),
            joins_in: words.len() <= MOST_WORDS_JOINING && Wording::holds(ENGLISH.joining, words),
            does_not_know: words.len() <= MOST_WORDS_NOT_KNOWING
                && (words.iter().any(|word| is(ENGLISH.not_knowing, word))
                    || Wording::holds(ENGLISH.no_idea, words)),
            feels: words.iter().any(|word| is(ENGLISH.feeling, word)),
            links: false,
        }
    }
}

fn trimmed(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

/// A person's name, as others would call them: prepared once for every message that may hold it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Called(pub(super) Option<u64>);

impl Called {
    /// By its first word, whatever its case and the marks around it. Names of fewer than three characters,
    /// and those that are words of every sentence, are never seen in a text.
    pub fn by(name: &str) -> Self {
        Self(name_of(name))
    }
}

/// A name as it is compared: its first word, hashed.
fn name_of(name: &str) -> Option<u64> {
    let first = name.split_whitespace().next().unwrap_or_default();
    let bare = trimmed(first).to_lowercase();
    let says_something = bare.chars().nth(2).is_some() && !Telling::is_everyday_word(&bare);
    says_something.then(|| hash(bare.as_bytes()))
}

/// `maya: try …`, `@maya try …`, `maya , try …`, `<maya> try …`. Expects lower case.
fn addressed(text: &str) -> Option<u64> {
    let mut words = text.split_whitespace();
    let first = words.next()?;
    // Discord's own marks name nobody that could be read here.
    if first.starts_with("<@") || first.starts_with("<#") || first.starts_with("<:") {
        return None;
    }
    let by_its_form = first.starts_with('@')
        || first.ends_with([':', ',', '>'])
        || matches!(words.next(), Some("," | ":"));
    let name = trimmed(first);
    let is_link = name.contains('/') || name.contains('.');
    let is_no_name = ENGLISH.no_names.contains(&name) || is_link;
    (by_its_form && !is_no_name)
        .then(|| name_of(name))
        .flatten()
}
