//! Is a message a question, and by which of its clauses?

use std::ops::Range;
use std::sync::LazyLock;

use super::clauses::{Plain, PlainClause, plain};
use super::english::ENGLISH;
use super::lexicon::Lexicon;
use super::neighbours::NEIGHBOURS;
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
#[derive(Debug, Default)]
pub(super) struct Verdict {
    pub question: bool,
    pub score: f32,
    pub rules: Vec<Fired>,
    pub clauses: Vec<Clause>,
    pub words: usize,
}

/// A rule that looks at more than a clause's words.
struct Feature<Holds> {
    name: &'static str,
    weight: f32,
    holds: Holds,
}

type OfClause = fn(&InPlace) -> bool;
type OfMessage = fn(&Whole) -> bool;

/// A clause among its neighbours.
struct InPlace<'a> {
    clause: &'a PlainClause,
    /// The next clause in plain letters; empty after the last.
    next: &'a str,
    /// The rules that fired on its words.
    fired: &'a [Fired],
}

/// A message as a whole.
struct Whole<'a> {
    text: &'a str,
    offsets: &'a [FoundOffset],
    words: usize,
    question_mark: bool,
    /// The rules that fired on its clauses.
    fired: &'a [Fired],
}

const CLAUSE_FEATURES: &[Feature<OfClause>] = &[
    // `The mask is shared?`
    Feature {
        name: "question mark",
        weight: 1.0,
        holds: |it| it.clause.question_mark,
    },
    // `Tu jaldi kar na bhai?`: somebody asks, but in a language that no table knows, and people use the
    // mark for much else. Another script is no such case, since whoever writes it finds its mark on the keyboard.
    Feature {
        name: "another language",
        weight: -0.6,
        holds: |it| {
            let clause = it.clause;
            let unknown = clause.words >= 5 && !clause.function_word && !clause.other_script;
            unknown && !it.fired.iter().any(is_of_a_neighbour)
        },
    },
    // `Why? Because nobody tested it.`, `Does it end? Answer: no.`
    Feature {
        name: "answered at once",
        weight: -3.0,
        holds: |it| {
            it.next.starts_with("answer") || it.clause.words <= 2 && it.next.starts_with("because ")
        },
    },
];

const MESSAGE_FEATURES: &[Feature<OfMessage>] = &[
    // `!help`, `/play why`, `?rank`: spoken to a bot.
    Feature {
        name: "a bot's command",
        weight: -5.0,
        holds: |it| is_command(it.text),
    },
    // `0:00 Intro 4:10 What is a reward? 9:30 …`: a summary that somebody pasted.
    Feature {
        name: "a list of offsets",
        weight: -5.0,
        holds: |it| it.offsets.len() >= 4 && it.words < it.offsets.len() * MOST_WORDS_AN_OFFSET,
    },
    // `I don't understand the step at 52:30`: who names the second wants it explained.
    Feature {
        name: "not understood at an offset",
        weight: 0.5,
        holds: |it| {
            let says_so = |fired: &Fired| DOUBTS.contains(&fired.name);
            !it.offsets.is_empty() && it.fired.iter().any(says_so)
        },
    },
    // A story of which some words look like asking by chance; who asks so much ends with a mark.
    Feature {
        name: "long, and no question mark",
        weight: -0.5,
        holds: |it| it.words >= LONG && !it.question_mark,
    },
];

/// The rules that say that something was not understood.
const DOUBTS: [&str; 2] = ["i do not understand", "not sure whether"];
/// In a list of offsets, so many words stand beside each at most.
const MOST_WORDS_AN_OFFSET: usize = 15;
/// From so many words on, a message is long.
const LONG: usize = 30;

/// Everything that is known of English and its neighbours, made ready once.
struct Tables {
    lexicon: Lexicon,
    clause: RuleSet,
    whole: RuleSet,
}

impl Tables {
    fn compile() -> Result<Self, regex::Error> {
        let of_clauses = ENGLISH.rules.iter().chain(NEIGHBOURS);
        Ok(Self {
            lexicon: Lexicon::of(&ENGLISH),
            clause: RuleSet::compile(of_clauses, ENGLISH.classes)?,
            whole: RuleSet::compile(ENGLISH.whole.iter(), ENGLISH.classes)?,
        })
    }
}

/// Holds the rules against a message.
pub(super) fn verdict(text: &str, offsets: &[FoundOffset]) -> Verdict {
    static TABLES: LazyLock<Option<Tables>> = LazyLock::new(|| Tables::compile().ok());
    let Some(tables) = TABLES.as_ref() else {
        return Verdict::default();
    };
    let plain = plain(text, &tables.lexicon);
    let mut verdict = Verdict {
        clauses: Vec::with_capacity(plain.clauses.len()),
        words: plain.clauses.iter().map(|clause| clause.words).sum(),
        ..Verdict::default()
    };
    for nth in 0..plain.clauses.len() {
        verdict.judge_clause(tables, &plain, nth);
    }
    verdict.judge_whole(tables, &plain, text, offsets);
    verdict
}

impl Verdict {
    fn judge_clause(&mut self, tables: &Tables, plain: &Plain, nth: usize) {
        let clause = &plain.clauses[nth];
        let before = self.rules.len();
        let fired = |name, weight| Fired {
            name,
            weight,
            clause: Some(nth),
        };
        let by_words = tables.clause.fired(plain.of(nth), clause.question_mark);
        self.rules
            .extend(by_words.map(|rule| fired(rule.name, rule.weight)));
        let it = InPlace {
            clause,
            next: plain.of(nth + 1),
            fired: &self.rules[before..],
        };
        let features: Vec<_> = holding(CLAUSE_FEATURES, |holds| holds(&it)).collect();
        self.rules
            .extend(features.iter().map(|&(name, weight)| fired(name, weight)));
        let fired = self.rules[before..].iter();
        let score = fired.fold(0.0, |sum, fired| sum + fired.weight);
        self.clauses.push(Clause {
            at: clause.at.clone(),
            score,
            asks: score >= THRESHOLD,
        });
    }

    fn judge_whole(&mut self, tables: &Tables, plain: &Plain, text: &str, offsets: &[FoundOffset]) {
        let question_mark = plain.clauses.iter().any(|clause| clause.question_mark);
        let best = self.clauses.iter().map(|clause| clause.score);
        self.score = best.fold(0.0, f32::max);
        // They all speak against asking, and most messages do not ask.
        let asks = self.score >= THRESHOLD;
        let by_words = asks.then(|| tables.whole.fired(&plain.text, question_mark));
        let it = Whole {
            text,
            offsets,
            words: self.words,
            question_mark,
            fired: &self.rules,
        };
        let features: Vec<_> = holding(MESSAGE_FEATURES, |holds| holds(&it)).collect();
        for (name, weight) in by_words
            .into_iter()
            .flatten()
            .map(|rule| (rule.name, rule.weight))
            .chain(features)
        {
            self.score += weight;
            self.rules.push(Fired {
                name,
                weight,
                clause: None,
            });
        }
        self.question = self.score >= THRESHOLD;
    }
}

fn holding<Holds>(
    table: &'static [Feature<Holds>],
    here: impl Fn(&Holds) -> bool,
) -> impl Iterator<Item = (&'static str, f32)> {
    let holding = table.iter().filter(move |feature| here(&feature.holds));
    holding.map(|feature| (feature.name, feature.weight))
}

/// Is it a rule of a language that has no table of its own?
fn is_of_a_neighbour(fired: &Fired) -> bool {
    NEIGHBOURS.iter().any(|rule| rule.name == fired.name)
}

/// A mark that bots listen to, and a word glued to it.
fn is_command(text: &str) -> bool {
    let mut chars = text.trim_start().chars();
    chars
        .next()
        .is_some_and(|c| matches!(c, '!' | '/' | '?' | '$' | '.' | '-'))
        && chars.next().is_some_and(|c| c.is_ascii_lowercase())
}
