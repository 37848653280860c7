//! The words of a course's questions, and how much each tells: the fewer questions have it, the more.

use std::collections::HashMap;

use super::hash;
use super::ideas::{Asks, Idea};
use super::words::Kind;
use super::{Signature, trigrams};

/// A word by its number in a vocabulary.
pub(super) type WordId = u32;

/// For how many questions it counts what is usual in English: as long as a course has few questions, how many
/// of them have a word says little.
const USUAL: f32 = 50.0;

/// A word of some questions.
#[derive(Debug, Clone)]
pub(super) struct Word {
    pub kind: Kind,
    /// How many of the questions have it.
    pub questions: u32,
    /// Its runs of three letters, by which a typo is told from another word; sorted, each once. None of
    /// words too short for that, and of those that hold a sentence together.
    pub runs: Box<[u32]>,
    /// The same for the same word in any vocabulary.
    pub hash: u64,
}

impl Word {
    fn of(idea: &Idea) -> Self {
        let is_told_from_typos = matches!(idea.kind, Kind::Content | Kind::Common);
        let mut runs = Vec::new();
        if is_told_from_typos && idea.form.chars().count() >= 4 {
            runs.extend(trigrams(&idea.form));
            runs.sort_unstable();
            runs.dedup();
        }
        Self {
            kind: idea.kind,
            questions: 0,
            runs: runs.into(),
            hash: hash(idea.form.as_bytes()),
        }
    }
}

/// A question as the numbers of its words.
#[derive(Debug, Clone)]
pub(super) struct Spelled {
    /// Its words in their order, without articles.
    pub order: Box<[WordId]>,
    /// All its words, sorted, each once.
    pub words: Box<[WordId]>,
    /// The first and the last word that tells what it is about.
    pub ends: Option<(WordId, WordId)>,
    pub asks: Asks,
    pub same_key: Option<u64>,
    /// Is it one of the questions that the vocabulary counts?
    pub counted: bool,
}

impl Spelled {
    /// Nearly identical: may be folded into one without a person.
    pub fn is_same(&self, other: &Self) -> bool {
        self.same_key.is_some() && self.same_key == other.same_key
    }

    pub fn has(&self, word: WordId) -> bool {
        self.words.binary_search(&word).is_ok()
    }
}

/// The words of some questions.
#[derive(Debug, Clone, Default)]
pub(super) struct Vocabulary {
    numbers: HashMap<Box<str>, WordId>,
    words: Vec<Word>,
    /// How many questions were counted.
    questions: u32,
}

impl Vocabulary {
    /// Counts a question's words, and spells it with their numbers.
    pub fn count(&mut self, question: &Signature) -> Spelled {
        for idea in &question.ideas {
            // More words than numbers do not fit into memory.
            let new = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
            let number = *self.numbers.entry(idea.form.clone()).or_insert(new);
            match self.words.get_mut(number as usize) {
                // Of two kinds under one form, as `use` and `usage` are, the commoner.
                Some(word) if usual_share(idea.kind) > usual_share(word.kind) => {
                    word.kind = idea.kind;
                }
                Some(_) => (),
                None => self.words.push(Word::of(idea)),
            }
        }
        let mut spelled = self.glance(&[]).spell(question);
        spelled.counted = true;
        for &word in &spelled.words {
            self.words[word as usize].questions += 1;
        }
        self.questions += 1;
        spelled
    }

    pub fn number_of(&self, form: &str) -> Option<WordId> {
        self.numbers.get(form).copied()
    }

    /// The vocabulary with the words of questions that are not counted, which it may not have.
    pub fn glance<'v>(&'v self, others: &[&Signature]) -> Glance<'v> {
        let mut new = Vec::new();
        let mut numbers = HashMap::new();
        for idea in others.iter().flat_map(|question| &question.ideas) {
            if !self.numbers.contains_key(&idea.form) && !numbers.contains_key(&idea.form) {
                let number = self.words.len() + new.len();
                numbers.insert(idea.form.clone(), u32::try_from(number).unwrap_or(u32::MAX));
                new.push(Word::of(idea));
            }
        }
        Glance {
            known: self,
            numbers,
            new,
        }
    }
}

/// A vocabulary, and words that are in none of its questions.
#[derive(Debug)]
pub(super) struct Glance<'v> {
    known: &'v Vocabulary,
    numbers: HashMap<Box<str>, WordId>,
    new: Vec<Word>,
}

impl Glance<'_> {
    pub fn word(&self, number: WordId) -> &Word {
        let number = number as usize;
        let known = &self.known.words;
        known
            .get(number)
            .unwrap_or_else(|| &self.new[number - known.len()])
    }

    /// What a word tells: from 0, where every question has it, to about 15. `besides`: how many of the
    /// questions that are being compared are counted, and how many of those have the word; their own use
    /// of a word says nothing about how many use it.
    pub fn weight(&self, number: WordId, having: u32, besides: u32) -> f32 {
        let word = self.word(number);
        let having = word.questions.saturating_sub(having) as f32;
        let all = self.known.questions.saturating_sub(besides) as f32;
        let share = (having + USUAL * usual_share(word.kind)) / (all + USUAL);
        (-share.ln()).max(0.0)
    }

    /// A question whose words are all known here.
    pub fn spell(&self, question: &Signature) -> Spelled {
        let number = |idea: &Idea| {
            let known = self.known.numbers.get(&idea.form);
            known.or_else(|| self.numbers.get(&idea.form)).copied()
        };
        let spelled = |keep: fn(Kind) -> bool| -> Vec<WordId> {
            let ideas = question.ideas.iter().filter(|idea| keep(idea.kind));
            ideas.filter_map(number).collect()
        };
        let order = spelled(|kind| kind != Kind::Article);
        let telling = spelled(tells);
        let mut words = spelled(|_| true);
        words.sort_unstable();
        words.dedup();
        Spelled {
            order: order.into(),
            words: words.into(),
            ends: telling.first().copied().zip(telling.last().copied()),
            asks: question.asks,
            same_key: question.same_key(),
            counted: false,
        }
    }
}

/// Whether words of that kind tell what a question is about.
pub(super) fn tells(kind: Kind) -> bool {
    matches!(kind, Kind::Common | Kind::Content | Kind::Number)
}

/// In how many questions such a word usually stands, from 0 to 1.
fn usual_share(kind: Kind) -> f32 {
    match kind {
        Kind::Article => 0.5,
        Kind::Function => 0.3,
        Kind::Asking => 0.15,
        Kind::Common | Kind::Negation => 0.03,
        Kind::Content | Kind::Number => 0.003,
        Kind::Polite => 1.0,
    }
}
