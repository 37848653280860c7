//! Is a message a question, and by which of its clauses?

use std::ops::Range;
use std::sync::LazyLock;

use super::clauses::{PlainClause, plain};
use super::english::ENGLISH;
use super::offsets::FoundOffset;
use super::rules::RuleSet;

/// The score from which on a message is a question.
pub const THRESHOLD: f32 = 1.0;

/// A rule that fired, and where.
#[derive(Debug, Clone, PartialEq)]
pub struct Fired {
    /// The rule's name in its table.
    pub name: &'static str,
    /// What it added to the score; below 0, it speaks against.
    pub weight: f32,
    /// The clause on which it fired, counted from 0; none where it looks at the whole message.
    pub clause: Option<usize>,
}

/// A clause of a message: about a sentence.
#[derive(Debug, Clone, PartialEq)]
pub struct Clause {
    /// Where it stands, in bytes of the text.
    pub at: Range<usize>,
    /// The sum of the weights of the rules that fired on it.
    pub score: f32,
    /// Does it ask?
    pub asks: bool,
}

/// What the rules make of a message, offsets aside.
pub(super) struct Verdict {
    pub question: bool,
    pub score: f32,
    pub rules: Vec<Fired>,
    pub clauses: Vec<Clause>,
    pub words: usize,
}

/// A rule that looks at more than words: in a clause, or in a whole message with its offsets.
struct Feature<Holds> {
    name: &'static str,
    weight: f32,
    holds: Holds,
}

type OfClause = fn(&PlainClause) -> bool;
type OfMessage = fn(&str, &[FoundOffset]) -> bool;

const CLAUSE_FEATURES: &[Feature<OfClause>] = &[
    // `The mask is shared?`
    Feature {
        name: "question mark",
        weight: 1.0,
        holds: |clause| clause.question_mark,
    },
    // `¿por qué?`: rules for other languages are other tables, and there is none yet.
    Feature {
        name: "another language",
        weight: -0.6,
        holds: |clause| clause.words >= 5 && !clause.function_word,
    },
];

const MESSAGE_FEATURES: &[Feature<OfMessage>] = &[
    // `!help`, `/play why`, `?rank`: spoken to a bot.
    Feature {
        name: "a bot's command",
        weight: -5.0,
        holds: |text, _| is_command(text),
    },
    // `0:00 Intro 4:10 What is a reward? 9:30 …`: a summary that somebody pasted.
    Feature {
        name: "a list of offsets",
        weight: -2.0,
        holds: |_, offsets| offsets.len() >= 4,
    },
];

/// Holds the rules against a message.
pub(super) fn verdict(text: &str, offsets: &[FoundOffset]) -> Verdict {
    static RULES: LazyLock<Option<RuleSet>> = LazyLock::new(|| RuleSet::compile(&ENGLISH).ok());
    let plain = plain(text, &ENGLISH);
    let mut rules = Vec::new();
    let mut clauses = Vec::with_capacity(plain.clauses.len());
    for (nth, clause) in plain.clauses.iter().enumerate() {
        let before = rules.len();
        if let Some(table) = RULES.as_ref() {
            let fired = table.fired(&plain.text[clause.plain.clone()]);
            rules.extend(fired.map(|rule| Fired {
                name: rule.name,
                weight: rule.weight,
                clause: Some(nth),
            }));
        }
        rules.extend(fired(CLAUSE_FEATURES, Some(nth), |holds| holds(clause)));
        let score = rules[before..].iter().map(|fired| fired.weight).sum();
        clauses.push(Clause {
            at: clause.at.clone(),
            score,
            asks: score >= THRESHOLD,
        });
    }
    let whole: Vec<_> = fired(MESSAGE_FEATURES, None, |holds| holds(text, offsets)).collect();
    let best = clauses
        .iter()
        .map(|clause| clause.score)
        .fold(0.0, f32::max);
    let score = best + whole.iter().map(|fired| fired.weight).sum::<f32>();
    rules.extend(whole);
    let words = plain.clauses.iter().map(|clause| clause.words).sum();
    Verdict {
        question: score >= THRESHOLD,
        score,
        rules,
        clauses,
        words,
    }
}

fn fired<Holds>(
    table: &'static [Feature<Holds>],
    clause: Option<usize>,
    here: impl Fn(&Holds) -> bool,
) -> impl Iterator<Item = Fired> {
    let holding = table.iter().filter(move |feature| here(&feature.holds));
    holding.map(move |feature| Fired {
        name: feature.name,
        weight: feature.weight,
        clause,
    })
}

/// A mark that bots listen to, and a word glued to it.
fn is_command(text: &str) -> bool {
    let mut chars = text.trim_start().chars();
    chars
        .next()
        .is_some_and(|c| matches!(c, '!' | '/' | '?' | '$' | '.' | '-'))
        && chars.next().is_some_and(|c| c.is_ascii_alphabetic())
}
