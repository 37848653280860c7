//! Do two questions ask the same?
//!
//! *Same* is folded without a person, so it is said only of nearly identical texts: an equality of words
//! brought to one form each. *Similar* is offered to a person, who decides. It looks at what both say and what
//! only one says, each word weighed by how few questions of the course have it (`vocabulary`), endings and
//! synonyms brought to one form (`ideas`); at words that stand in each other's place (`pair`); and at the other
//! questions of the course (`company`).

mod company;
mod comparison;
mod ideas;
mod index;
mod irregular;
mod pair;
mod stem;
mod synonyms;
mod telling;
mod turns;
mod vocabulary;
mod words;

pub use comparison::{Comparison, WordIn};
pub use index::SimilarIndex;
pub(super) use telling::Telling;

use ideas::{Asks, Idea};
use words::{Kind, kind_of};

/// The score from which on two questions are offered as similar.
pub const SIMILAR: f32 = 0.5;

/// How much two questions have in common.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Likeness {
    /// Nearly identical: may be folded into one without a person.
    pub same: bool,
    /// Likely a paraphrase: may be offered as similar.
    pub similar: bool,
    /// From 0, nothing in common, to 1.
    pub score: f32,
}

/// A question prepared for comparison, so that one new question is compared with many cheaply.
#[derive(Debug, Clone, PartialEq)]
pub struct Signature {
    /// Its first words in the order of the text, each in one form for all that mean the same.
    ideas: Vec<Idea>,
    asks: Asks,
    /// All its words in the order of the text, brought to one form each where that leaves the question the same.
    order: Vec<u64>,
    /// Numbers and negations: where they differ, the questions do. Sorted.
    decisive: Vec<u64>,
    /// Has it a word that tells what it is about? `what is 2/3` has none, and signs are not compared.
    about_something: bool,
}

impl Signature {
    /// Prepares a question.
    pub fn of(text: &str) -> Self {
        let (ideas, asks) = ideas::of(text);
        let mut signature = Self {
            ideas,
            asks,
            order: Vec::new(),
            decisive: Vec::new(),
            about_something: false,
        };
        let words = words::of(text);
        for word in &words {
            let kind = kind_of(word);
            signature.about_something |= matches!(kind, Kind::Content | Kind::Common);
            if matches!(kind, Kind::Number | Kind::Negation) {
                let stem = stem::of(words::usual_spelling(word));
                signature.decisive.push(hash(stem.as_bytes()));
            }
        }
        let levelled = words::levelled(&words);
        signature.order = levelled.iter().map(|word| hash(word.as_bytes())).collect();
        signature.decisive.sort_unstable();
        signature
    }

    /// A number that is the same for the questions that ask the same, and for no others but by chance;
    /// `None` for a question that says nothing to compare.
    pub fn same_key(&self) -> Option<u64> {
        let words = self.order.iter().chain(&self.decisive);
        let key = words.fold(hash(&[]), |key, word| {
            (key.rotate_left(5) ^ word).wrapping_mul(0x0100_0000_01b3)
        });
        self.about_something.then_some(key)
    }

    /// Compares two prepared questions as if no other were known; the same both ways round.
    pub fn likeness(&self, other: &Self) -> Likeness {
        comparison::alone(self, other).1.likeness()
    }
}

/// Compares two questions as if no other were known. Where the questions of a course are, a [`SimilarIndex`]
/// tells more.
///
/// ```
/// use beadle::reading::compare;
/// assert!(compare("Why is there a beta?", "why is there a beta").same);
/// assert!(!compare("Is lecture 9 recorded?", "Is lecture 10 recorded?").same);
/// ```
pub fn compare(a: &str, b: &str) -> Likeness {
    Signature::of(a).likeness(&Signature::of(b))
}

/// The runs of three letters of a word, its edges included.
fn trigrams(word: &str) -> impl Iterator<Item = u32> + use<> {
    let letters: Vec<char> = format!(" {word} ").chars().collect();
    (2..letters.len()).map(move |end| {
        letters[end - 2..=end].iter().fold(0, |run: u32, letter| {
            run.wrapping_mul(16_777_619) ^ *letter as u32
        })
    })
}

/// FNV-1a (Fowler, Noll, Vo), 64 bits: the same on every machine and in every version.
pub(super) fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests;
