//! What a message means: offsets in it, is it a question, does it answer, is it the same.
//!
//! Named rules with reviewed weights, in tables that a person can read: `english.rs` for questions,
//! `offsets/look_alikes.rs` for what looks like an offset. Every decision comes with the rules that fired.
//! `docs/reading.md` tells how they play together and what they get wrong.
//!
//! Must never know: Discord, the database, the time, who wrote a message (but for what
//! a [`Line`] says of them). No IO, no network, no model.

mod answers;
mod clauses;
mod english;
mod letters;
mod lexicon;
mod likeness;
mod neighbours;
mod offsets;
mod phrases;
mod question;
mod quotation;
mod rules;
mod topic;

pub use answers::{
    AFTER_MS, Answering, BEFORE, Called, Line, Link, SUGGEST, Saying, Talk, confidence,
    spoken_answer,
};
pub use likeness::{Comparison, Likeness, SIMILAR, Signature, SimilarIndex, WordIn, compare};
pub use offsets::{FoundOffset, Refused, offsets, refused};
pub use phrases::{in_words, is_thanks};
pub use question::{Clause, Fired, THRESHOLD};
pub use topic::{PROBABLE, ProbableTopic, probable_topic};

use crate::domain::offset::Offset;

/// A question of fewer words stands on its own too badly to be brought to anybody: `what?`, `why`.
const WORDS_WORTH_GATHERING: usize = 3;

/// What a message says, and why it is taken to say so.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// Does it ask something?
    pub question: bool,
    /// From [`THRESHOLD`] on it does.
    pub score: f32,
    /// The rules that fired, clause by clause, then those that look at the whole message.
    pub rules: Vec<Fired>,
    /// Its clauses in order.
    pub clauses: Vec<Clause>,
    /// The offsets that it names, in order.
    pub offsets: Vec<FoundOffset>,
    words: usize,
}

impl Reading {
    /// The asking sentences of the text that was read, in order.
    pub fn asking<'t>(&self, text: &'t str) -> Vec<&'t str> {
        let asking = self.clauses.iter().filter(|clause| clause.asks);
        asking
            .filter_map(|clause| text.get(clause.at.clone()))
            .map(str::trim)
            .collect()
    }

    /// Is it a question that instructors can do something with? A bare `??`, `what?` or `why` is
    /// none: it asks, but only somebody who was there knows what.
    pub fn worth_gathering(&self) -> bool {
        self.question && self.words >= WORDS_WORTH_GATHERING
    }
}

/// Reads a message. With the recording's duration, no offset lies past its end.
///
/// ```
/// use beadle::reading::read;
/// let text = "Great lecture! At 52:14, why is there a beta";
/// let reading = read(text, None);
/// assert!(reading.question);
/// assert_eq!(reading.asking(text), ["At 52:14, why is there a beta"]);
/// assert_eq!(reading.offsets[0].start.to_string(), "52:14");
/// ```
pub fn read(text: &str, duration: Option<Offset>) -> Reading {
    let offsets = offsets(text, duration);
    let verdict = question::verdict(text, &offsets);
    Reading {
        question: verdict.question,
        score: verdict.score,
        rules: verdict.rules,
        clauses: verdict.clauses,
        offsets,
        words: verdict.words,
    }
}

#[cfg(test)]
mod tests;
