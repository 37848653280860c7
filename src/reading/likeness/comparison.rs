//! What speaks for and against two questions being one: for a verdict, and for people who want to know why.

use super::ideas::Idea;
use super::pair::{Pair, Remark, Weighed};
use super::vocabulary::{Vocabulary, WordId};
use super::{Likeness, Signature};

/// What it counts to have all company in common, where to say all the same counts 1.
const COMPANY: f32 = 1.5;
/// The sum from which on two questions are offered as similar.
const EVEN: f32 = 0.32;

/// Two questions held against each other.
#[derive(Debug)]
pub(super) struct Compared {
    pub pair: Pair,
    pub same: bool,
    /// How much of their company they have in common, from 0 to 1.
    pub in_common: f32,
    /// How often what they ask is asked: a factor, 1 where that is as usual.
    pub popularity: f32,
}

impl Compared {
    pub fn likeness(&self) -> Likeness {
        let alike = self.pair.overlap + COMPANY * self.in_common;
        let sum = alike * self.popularity * self.pair.factor();
        let score = if self.same { 1.0 } else { sum / (sum + EVEN) };
        Likeness {
            same: self.same,
            similar: score >= super::SIMILAR,
            score,
        }
    }
}

/// Two questions held against each other as if no other were known, and the words that are numbered there:
/// neither has company, and nothing is known of how often it is asked.
pub(super) fn alone(first: &Signature, second: &Signature) -> (Vocabulary, Compared) {
    let mut words = Vocabulary::default();
    let (first, second) = (words.count(first), words.count(second));
    let compared = Compared {
        pair: Pair::of(&words.glance(&[]), &first, &second),
        same: first.is_same(&second),
        in_common: 0.0,
        popularity: 1.0,
    };
    (words, compared)
}

/// A word of a comparison: as the first question has it, and as the second, where that is another.
#[derive(Debug, Clone, PartialEq)]
pub struct WordIn {
    pub word: String,
    pub other: Option<String>,
    /// How much it tells, from 0: about 1 for `is`, 6 for a word that is rare in English, up to 15 for one that
    /// few of many questions have.
    pub weight: f32,
}

/// Two questions held against each other, for a person.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    pub likeness: Likeness,
    /// The words that both have, synonyms and typos among them; the most telling first, as in the others.
    pub shared: Vec<WordIn>,
    pub only_first: Vec<WordIn>,
    pub only_second: Vec<WordIn>,
    /// How much of all they say both say, from 0 to 1.
    pub overlap: f32,
    /// What makes them more or less alike than that, and by which factor.
    pub remarks: Vec<(&'static str, f32)>,
}

impl Comparison {
    /// Compares two questions as if no other were known.
    pub fn of(first: &Signature, second: &Signature) -> Self {
        let (vocabulary, compared) = alone(first, second);
        let named = |of: &Signature, word: WordId| -> Option<String> {
            let has = |idea: &&Idea| vocabulary.number_of(&idea.form) == Some(word);
            Some(of.ideas.iter().find(has)?.word.to_string())
        };
        let both = |first_word, second_word, weight| -> Option<WordIn> {
            let word = named(first, first_word)?;
            let other = named(second, second_word).filter(|other| *other != word);
            Some(WordIn {
                word,
                other,
                weight,
            })
        };
        let only = |of: &Signature, words: &[Weighed]| -> Vec<WordIn> {
            let words = words.iter().filter_map(|&(word, weight)| {
                let (word, other) = (named(of, word)?, None);
                Some(WordIn {
                    word,
                    other,
                    weight,
                })
            });
            most_telling_first(words)
        };
        let pair = &compared.pair;
        let shared = pair
            .shared
            .iter()
            .map(|&(word, weight)| (word, word, weight));
        let shared = shared.chain(pair.look_alike.iter().copied());
        let remarks = pair.remarks.iter();
        Self {
            likeness: compared.likeness(),
            shared: most_telling_first(shared.filter_map(|(a, b, weight)| both(a, b, weight))),
            only_first: only(first, &pair.only_first),
            only_second: only(second, &pair.only_second),
            overlap: pair.overlap,
            remarks: remarks
                .map(|&(remark, factor)| (in_words(remark), factor))
                .collect(),
        }
    }
}

fn most_telling_first(words: impl Iterator<Item = WordIn>) -> Vec<WordIn> {
    let mut words: Vec<WordIn> = words.collect();
    words.sort_by(|a, b| {
        b.weight
            .total_cmp(&a.weight)
            .then_with(|| a.word.cmp(&b.word))
    });
    words
}

fn in_words(remark: Remark) -> &'static str {
    match remark {
        Remark::OtherInSameFrame => "the rest agrees, but a telling word stands in another's place",
        Remark::RareForRare => "a rare word stands in the place of a rare word",
        Remark::OtherNumbers => "each has a number that the other has not",
        Remark::WhetherOrWhat => "one asks whether, the other what or why",
        Remark::BothWhatIs => "both ask what something is, as many questions do",
        Remark::SameFirst => "the first telling word is the same",
        Remark::SameLast => "the last telling word is the same",
    }
}
