//! Do two questions ask the same? By their words, brought to their stems and weighed.
//!
//! *Same* is folded without a person, so it is said only of nearly identical texts; *similar* is offered
//! to a person, who decides.

mod index;
mod stem;
mod telling;
mod words;

pub use index::SimilarIndex;
pub(super) use telling::Telling;

use words::{Kind, kind_of};

/// The score from which on two questions are offered as similar.
pub const SIMILAR: f32 = 0.35;

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

/// A word of a question: its stem's hash, for cheap comparison, and what it weighs.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Term {
    stem: u64,
    weight: f32,
}

/// A question prepared for comparison, so that one new question is compared with many cheaply.
#[derive(Debug, Clone, PartialEq)]
pub struct Signature {
    /// Sorted by stem, each once.
    terms: Vec<Term>,
    /// Runs of three letters within the words that matter; sorted, each once.
    trigrams: Vec<u32>,
    /// The words in the order of the text, brought to one form each where that leaves the question the same.
    order: Vec<u64>,
    /// Numbers and negations: where they differ, the questions do. Sorted.
    decisive: Vec<u64>,
    /// Has it a word that tells what it is about? `what is 2/3` has none, and signs are not compared.
    about_something: bool,
}

impl Signature {
    /// Prepares a question.
    pub fn of(text: &str) -> Self {
        let mut signature = Self {
            terms: Vec::new(),
            trigrams: Vec::new(),
            order: Vec::new(),
            decisive: Vec::new(),
            about_something: false,
        };
        let words = words::of(text);
        for word in &words {
            let kind = kind_of(word);
            if kind == Kind::Polite {
                continue;
            }
            let spelling = words::usual_spelling(word);
            let stem = stem::of(spelling);
            let hash = hash(stem.as_bytes());
            signature.terms.push(Term {
                stem: hash,
                weight: kind.weight(&stem),
            });
            signature.about_something |= matches!(kind, Kind::Content | Kind::Common);
            if matches!(kind, Kind::Number | Kind::Negation) {
                signature.decisive.push(hash);
            }
            if matches!(kind, Kind::Content | Kind::Number) {
                signature.trigrams.extend(trigrams(&stem));
            }
        }
        let levelled = words::levelled(&words);
        signature.order = levelled.iter().map(|word| hash(word.as_bytes())).collect();
        signature.terms.sort_by_key(|term| term.stem);
        signature.terms.dedup_by_key(|term| term.stem);
        signature.trigrams.sort_unstable();
        signature.trigrams.dedup();
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

    /// Compares two prepared questions; the same both ways round.
    pub fn likeness(&self, other: &Self) -> Likeness {
        let words = shared_weight(&self.terms, &other.terms);
        let letters = shared_part(&self.trigrams, &other.trigrams);
        let score = WORDS_PART * words + (1.0 - WORDS_PART) * letters;
        let decided = self.decisive == other.decisive;
        let same = decided && self.about_something && self.order == other.order;
        Likeness {
            same,
            similar: same || score >= SIMILAR,
            score: if same { 1.0 } else { score },
        }
    }
}

/// How much of the score whole words make; the rest is made by runs of three letters, which forgive typos.
const WORDS_PART: f32 = 0.65;

/// Compares two questions.
///
/// ```
/// use beadle::reading::compare;
/// assert!(compare("Why is there a beta?", "why is there a beta").same);
/// assert!(!compare("Is lecture 9 recorded?", "Is lecture 10 recorded?").same);
/// ```
pub fn compare(a: &str, b: &str) -> Likeness {
    Signature::of(a).likeness(&Signature::of(b))
}

/// Dice's coefficient over weighed words: twice what is shared, by all there is.
fn shared_weight(a: &[Term], b: &[Term]) -> f32 {
    let weight = |terms: &[Term]| terms.iter().map(|term| term.weight).sum::<f32>();
    let all = weight(a) + weight(b);
    let shared: f32 = a
        .iter()
        .filter(|term| b.binary_search_by_key(&term.stem, |b| b.stem).is_ok())
        .map(|term| term.weight)
        .sum();
    if all > 0.0 { 2.0 * shared / all } else { 0.0 }
}

/// Dice's coefficient over runs of letters.
fn shared_part(a: &[u32], b: &[u32]) -> f32 {
    let shared = a.iter().filter(|run| b.binary_search(run).is_ok()).count();
    let all = a.len() + b.len();
    if all > 0 {
        2.0 * shared as f32 / all as f32
    } else {
        0.0
    }
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
