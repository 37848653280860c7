//! Does a message answer a question? By named features, each with a weight in log-odds.
//!
//! Where its author said which question is meant, judgements suffice (`spoken.rs`). Where nobody said so,
//! the talk around it tells (`features.rs`), by weights that were fitted to labelled talks (`weights.rs`).
//! The outcome only ever *suggests*: what a person confirms is decided elsewhere.

mod features;
mod pair;
mod saying;
mod spoken;
mod talk;
mod weights;
mod wording;

pub use saying::{Called, Saying};
pub use spoken::{Link, spoken_answer};
pub use talk::{AFTER_MS, BEFORE, Line, Talk};

use self::features::FEATURES;
use self::pair::Pair;
use self::weights::WEIGHTS;
use super::question::Fired;

/// The confidence from which on a message is suggested as an answer.
pub const SUGGEST: f32 = 0.41;

/// How surely a message answers a question, and why.
#[derive(Debug, Clone, PartialEq)]
pub struct Answering {
    /// From 0 to 1: of those with 0.8, about eight in ten answer. From [`SUGGEST`] on it is suggested.
    pub confidence: f32,
    /// What speaks for and against it, in log-odds.
    pub rules: Vec<Fired>,
}

impl Answering {
    fn from_log_odds(base: f32, rules: impl Iterator<Item = Fired>) -> Self {
        let rules: Vec<_> = rules.collect();
        let log_odds = base + rules.iter().map(|fired| fired.weight).sum::<f32>();
        Self {
            confidence: confidence(log_odds),
            rules,
        }
    }
}

/// From here on a sum of weights promises more than labelled talks bear out: people answer what nobody asked
/// them in so many words, and are not answered when all speaks for it.
const SURE: f32 = 0.8;
/// So much of what it promises beyond holds.
const BORNE_OUT: f32 = 0.4;

/// The confidence that a sum of weights in log-odds comes to, from 0 to 1.
pub fn confidence(log_odds: f32) -> f32 {
    let promised = 1.0 / (1.0 + (-log_odds).exp());
    promised.min(SURE) + (promised - SURE).max(0.0) * BORNE_OUT
}

const fn fired(name: &'static str, weight: f32) -> Fired {
    Fired {
        name,
        weight,
        clause: None,
    }
}

/// Staff answer questions more often than students do; the talks of [`weights`] know no staff.
const BY_STAFF: f32 = 1.0;

impl Talk<'_> {
    /// Judges how surely the talk's message speaks to the `question`th of its lines, which nothing links
    /// to it.
    pub fn answering(&self, question: usize, by_staff: bool) -> Answering {
        let pair = Pair::of(self, question);
        let weighed = FEATURES.iter().zip(WEIGHTS);
        let rules = weighed.filter_map(|(feature, (_, weight))| {
            let value = feature.of(&pair);
            (value != 0.0).then(|| fired(feature.name, weight * value))
        });
        let staff = by_staff.then(|| fired("by staff", BY_STAFF));
        Answering::from_log_odds(weights::BASE, rules.chain(staff))
    }

    /// Whether the talk's message may be suggested as an answer at all: not one without words, nor one that
    /// only asks back, joins in (`same here`) or does not know either (`no idea`); one that only laughs, greets, thanks or says how its author
    /// likes something, or that asks something itself, only if it speaks to the asker.
    pub fn may_answer(&self, question: usize) -> bool {
        let said = self.lines[self.at].said;
        let manner = &said.manner;
        let says_something =
            said.in_words && !said.only_asks_back() && !manner.joins_in && !manner.does_not_know;
        let chats = said.chats() && Pair::of(self, question).shared() == 0.0;
        let is_aside = said.question || chats;
        says_something && (!is_aside || self.speaks_to_asker(question))
    }

    /// Whether the talk's message is said to who asked the `question`th of its lines.
    pub fn speaks_to_asker(&self, question: usize) -> bool {
        Pair::of(self, question).names_asker()
    }

    /// The value of every feature for the talk's message, held against the `question`th of its lines: what
    /// the weights are fitted to.
    pub fn features(&self, question: usize) -> Vec<(&'static str, f32)> {
        let pair = Pair::of(self, question);
        let value = |feature: &features::Feature| (feature.name, feature.of(&pair));
        FEATURES.iter().map(value).collect()
    }
}

#[cfg(test)]
mod tests;
