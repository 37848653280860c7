//! The words that tell what a text is about, of which two messages of one talk may share some.

use super::words::{self, Kind, kind_of};
use super::{hash, stem};

/// A word that tells what a text is about.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Word {
    /// Its stem, hashed.
    stem: u64,
    /// How much it tells.
    weight: f32,
}

/// The telling words of a text: numbers, and what does not stand in every other sentence. Sorted by stem,
/// each once.
#[derive(Debug, Clone, Default, PartialEq)]
pub(in crate::reading) struct Telling(Box<[Word]>);

impl Telling {
    /// Finds them.
    pub fn of(text: &str) -> Self {
        let mut telling = Vec::new();
        for word in words::of(text) {
            let weight: fn(&str) -> f32 = match kind_of(&word) {
                Kind::Number => |_| 1.0,
                // Long words say more than short ones.
                Kind::Content => |stem| 0.7 + 0.06 * stem.len().min(9) as f32,
                _ => continue,
            };
            let stem = stem::of(words::usual_spelling(&word));
            telling.push(Word {
                stem: hash(stem.as_bytes()),
                weight: weight(&stem),
            });
        }
        telling.sort_unstable_by_key(|word| word.stem);
        telling.dedup_by_key(|word| word.stem);
        Self(telling.into())
    }

    /// What the words weigh that both texts use.
    pub fn shared(&self, other: &Self) -> f32 {
        self.shared_words(other).map(|word| word.weight).sum()
    }

    /// The same, of the words that a third text does not use.
    pub fn shared_beyond(&self, other: &Self, third: &Self) -> f32 {
        self.shared_words(other)
            .filter(|word| !third.holds(word.stem))
            .map(|word| word.weight)
            .sum()
    }

    /// Whether a word, in lower case, is one that stands in every other sentence, whatever it is about.
    pub fn is_everyday_word(word: &str) -> bool {
        !matches!(kind_of(word), Kind::Content | Kind::Number)
    }

    fn shared_words<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = &'a Word> {
        self.0.iter().filter(|word| other.holds(word.stem))
    }

    fn holds(&self, stem: u64) -> bool {
        self.0.binary_search_by_key(&stem, |word| word.stem).is_ok()
    }
}
