//! Words as the search compares them: small letters, no accents, a stem, and how well two fit.

use std::borrow::Cow;

use super::distance::{MAX_BYTES, distance};

/// From so many letters on, one wrong letter is forgiven.
const ONE_TYPO_FROM: usize = 4;
/// From so many letters on, two are.
const TWO_TYPOS_FROM: usize = 8;

/// No ending and no typos make a longer difference than this, in bytes.
const MAX_ENDING_BYTES: usize = 9;

/// Words that hold a sentence together and say nothing of its matter, with what an apostrophe
/// leaves behind.
const FUNCTION_WORDS: &[&str] = &[
    "a", "about", "an", "and", "are", "as", "at", "be", "by", "do", "does", "for", "from", "how",
    "in", "is", "it", "of", "on", "or", "s", "t", "that", "the", "this", "to", "was", "what",
    "when", "where", "which", "why", "with",
];

/// A word in small letters, with the length of its stem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word<'a> {
    text: Cow<'a, str>,
    /// How many bytes of the text are its stem; what differs behind is an ending.
    stem: usize,
    /// Which letters the stem holds.
    letters: Letters,
    /// How many letters may be wrong in what was typed.
    forgiven: usize,
}

/// Which of the letters a to z a text holds, one bit each: tells cheaply that two words cannot fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Letters(u32);

impl Letters {
    /// Any other letter might be one of these with an accent, and counts as all of them.
    pub fn of(text: &str) -> Self {
        Self(text.bytes().fold(0, |bits, byte| match byte | 0x20 {
            letter @ b'a'..=b'z' => bits | 1 << (letter - b'a'),
            0x80.. => u32::MAX,
            _ => bits,
        }))
    }

    fn lacking_in(self, other: Self) -> usize {
        (self.0 & !other.0).count_ones() as usize
    }
}

/// How well a word fits one that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    None,
    TwoTypos,
    OneTypo,
    /// The word begins with what was typed.
    Beginning,
    /// The same stem with another ending.
    Ending,
    Same,
}

impl Fit {
    pub fn score(self) -> u32 {
        match self {
            Self::None => 0,
            Self::TwoTypos => 40,
            Self::OneTypo => 60,
            Self::Beginning => 70,
            Self::Ending => 90,
            Self::Same => 100,
        }
    }
}

/// The words of a query that matter; all of them, if none does.
pub(super) fn of_query(query: &str) -> Vec<Word<'_>> {
    let mut all: Vec<Word<'_>> = Vec::new();
    for word in tokens(query).map(Word::of) {
        if !all.contains(&word) {
            all.push(word);
        }
    }
    let matters = |word: &Word<'_>| !FUNCTION_WORDS.contains(&word.text.as_ref());
    if all.iter().any(matters) {
        all.retain(matters);
    }
    all
}

/// A text's words: runs of letters and digits.
pub(super) fn tokens(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
}

impl<'a> Word<'a> {
    pub fn of(token: &'a str) -> Self {
        let token = &token[..token.floor_char_boundary(MAX_BYTES)];
        let is_plain = token
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
        let text = if is_plain {
            Cow::Borrowed(token)
        } else {
            Cow::Owned(plain(token))
        };
        let stem = stem(&text);
        let letters = Letters::of(&text[..stem]);
        let forgiven = forgiven(&text);
        Self {
            text,
            stem,
            letters,
            forgiven,
        }
    }

    fn stem(&self) -> &str {
        &self.text[..self.stem]
    }

    /// Whether a word with these letters might fit: an edit brings in one letter at most.
    pub fn may_fit(&self, letters: Letters) -> bool {
        self.letters.lacking_in(letters) <= self.forgiven
    }

    /// How well `found` fits this word, which was asked for.
    pub fn fit(&self, found: &Word<'_>) -> Fit {
        if self.text == found.text {
            return Fit::Same;
        }
        if self.stem() == found.stem() {
            return Fit::Ending;
        }
        // `norm` is to find `normalising`, but `re` not everything that begins so.
        if self.stem >= 3 && found.text.starts_with(self.stem()) {
            return Fit::Beginning;
        }
        match self.typos(found) {
            Some(0 | 1) => Fit::OneTypo,
            Some(_) => Fit::TwoTypos,
            None => Fit::None,
        }
    }

    /// How many letters are wrong, if few enough for the word's length.
    fn typos(&self, found: &Word<'_>) -> Option<usize> {
        let allowed = self.forgiven;
        let far = self.text.len().abs_diff(found.text.len()) > MAX_ENDING_BYTES;
        if allowed == 0 || far {
            return None;
        }
        let whole = distance(&self.text, &found.text, allowed);
        // A typo and another ending at once: `gradeint` for `gradients`.
        let stems = || distance(self.stem(), found.stem(), allowed);
        whole.or_else(|| {
            if self.stem >= ONE_TYPO_FROM {
                stems()
            } else {
                None
            }
        })
    }
}

/// How many letters of a word may be wrong. Numbers have no typos: 10 and 11 are two lectures.
fn forgiven(word: &str) -> usize {
    if word.bytes().any(|byte| byte.is_ascii_digit()) {
        return 0;
    }
    match word.chars().count() {
        TWO_TYPOS_FROM.. => 2,
        ONE_TYPO_FROM.. => 1,
        _ => 0,
    }
}

/// Small letters without the accents of Western Europe, so that a keyboard without them will do.
fn plain(token: &str) -> String {
    let fold = |c: char| match c {
        'à'..='å' => 'a',
        'ç' => 'c',
        'è'..='ë' => 'e',
        'ì'..='ï' => 'i',
        'ñ' => 'n',
        'ò'..='ö' | 'ø' => 'o',
        'ù'..='ü' => 'u',
        'ý' | 'ÿ' => 'y',
        other => other,
    };
    token
        .chars()
        .flat_map(char::to_lowercase)
        .map(fold)
        .collect()
}

/// Endings taken off, longest first, with the letters that must remain. A light hand on purpose:
/// after the plural step of Porter's stemmer (M. F. Porter, "An algorithm for suffix stripping",
/// 1980), it takes verbs' and nouns' commonest endings, and the two spellings -ise and -ize as one.
const ENDINGS: &[(&str, usize)] = &[
    ("isations", 3),
    ("izations", 3),
    ("isation", 3),
    ("ization", 3),
    ("ising", 3),
    ("izing", 3),
    ("ations", 3),
    ("ation", 3),
    ("ised", 3),
    ("ized", 3),
    ("ises", 3),
    ("izes", 3),
    ("ings", 3),
    ("ise", 3),
    ("ize", 3),
    ("ions", 4),
    ("ies", 3),
    ("ing", 3),
    ("ion", 4),
    ("ed", 3),
    ("es", 3),
    ("er", 4),
    ("ers", 4),
    ("ly", 4),
    ("s", 3),
    ("e", 3),
    ("y", 3),
];

/// The length of a word's stem, in bytes.
fn stem(word: &str) -> usize {
    let kept = |ending: &str, least: usize| {
        word.strip_suffix(ending)
            .map(str::len)
            .filter(|&rest| rest >= least && !(ending == "s" && word.ends_with("ss")))
    };
    let rest = ENDINGS
        .iter()
        .find_map(|&(ending, least)| kept(ending, least))
        .unwrap_or(word.len());
    // `planning` and `plan` meet once the doubled letter is single.
    let bytes = word.as_bytes();
    let doubled = rest >= 4
        && rest < word.len()
        && bytes[rest - 1] == bytes[rest - 2]
        && !matches!(bytes[rest - 1], b'l' | b's' | b'z');
    if doubled && bytes[rest - 1].is_ascii_lowercase() {
        rest - 1
    } else {
        rest
    }
}
