//! Does a message answer a question? A first table of named rules over what is known of the pair.
//!
//! The outcome only ever *suggests*: what a person confirms is decided elsewhere.

use super::likeness::Signature;
use super::phrases::{in_words, is_counter_question, is_thanks};
use super::question::Fired;

/// The confidence from which on a message is suggested as an answer.
pub const SUGGEST: f32 = 0.5;

/// A question, a later message, and what is known of the two.
#[derive(Debug, Clone, Copy, Default)]
pub struct Candidate<'a> {
    /// The question's text.
    pub question: &'a str,
    /// The asker's name, as others would call them.
    pub asker_name: &'a str,
    /// The later message's text.
    pub answer: &'a str,
    /// The name of who wrote it.
    pub author_name: &'a str,
    /// Was it written by staff?
    pub by_staff: bool,
    /// Was it written by who asked?
    pub by_asker: bool,
    /// Is it a reply, in Discord's sense, to the question?
    pub replies_to_question: bool,
    /// Is it a reply to another message?
    pub replies_to_other: bool,
    /// Does it stand in the question's own thread?
    pub in_questions_thread: bool,
    /// Minutes from the question to the message.
    pub minutes_between: f32,
    /// Messages of others between the two.
    pub messages_between: u32,
    /// Did the asker speak between the two?
    pub asker_spoke_between: bool,
    /// Was another question asked between the two?
    pub question_between: bool,
}

/// How surely a message answers a question, and why.
#[derive(Debug, Clone, PartialEq)]
pub struct Answering {
    /// From 0 to 1; from [`SUGGEST`] on it is suggested.
    pub confidence: f32,
    /// The rules that fired, with their weights in log-odds.
    pub rules: Vec<Fired>,
}

/// A rule over the pair.
struct Rule {
    name: &'static str,
    /// In log-odds: 1 makes it about 2.7 times as likely.
    weight: f32,
    holds: fn(&Pair) -> bool,
}

/// A candidate with what every rule would otherwise work out anew.
struct Pair<'a> {
    it: &'a Candidate<'a>,
    common: f32,
    words: usize,
    names_asker: bool,
    names_somebody_first: bool,
    counter_question: bool,
}

/// Before any rule has spoken: most messages answer nothing.
const BASE: f32 = -1.6;

const RULES: &[Rule] = &[
    Rule {
        name: "replies to the question",
        weight: 3.0,
        holds: |pair| pair.it.replies_to_question,
    },
    Rule {
        name: "replies to something else",
        weight: -2.0,
        holds: |pair| pair.it.replies_to_other && !pair.it.replies_to_question,
    },
    Rule {
        name: "in the question's thread",
        weight: 1.8,
        holds: |pair| pair.it.in_questions_thread,
    },
    Rule {
        name: "names the asker",
        weight: 2.6,
        holds: |pair| pair.names_asker,
    },
    Rule {
        name: "speaks to somebody else",
        weight: -1.8,
        holds: |pair| pair.names_somebody_first && !pair.names_asker,
    },
    Rule {
        name: "by staff",
        weight: 1.2,
        holds: |pair| pair.it.by_staff,
    },
    Rule {
        name: "by the asker",
        weight: -4.0,
        holds: |pair| pair.it.by_asker,
    },
    Rule {
        name: "the very next message",
        weight: 0.8,
        holds: |pair| pair.it.messages_between == 0,
    },
    Rule {
        name: "many messages later",
        weight: -0.9,
        holds: |pair| pair.it.messages_between > 5,
    },
    Rule {
        name: "within two minutes",
        weight: 0.4,
        holds: |pair| pair.it.minutes_between <= 2.0,
    },
    Rule {
        name: "hours later",
        weight: -1.2,
        holds: |pair| pair.it.minutes_between > 180.0,
    },
    Rule {
        name: "another question came between",
        weight: -0.7,
        holds: |pair| pair.it.question_between,
    },
    Rule {
        name: "shares words with the question",
        weight: 0.9,
        holds: |pair| pair.common >= 0.15,
    },
    Rule {
        name: "says something",
        weight: 0.4,
        holds: |pair| pair.words >= 6,
    },
    Rule {
        name: "asks back",
        weight: -1.3,
        holds: |pair| pair.counter_question,
    },
    Rule {
        name: "thanks",
        weight: -3.0,
        holds: |pair| is_thanks(pair.it.answer),
    },
    Rule {
        name: "no words",
        weight: -5.0,
        holds: |pair| !in_words(pair.it.answer),
    },
];

/// Judges whether a message answers a question.
///
/// ```
/// use beadle::reading::{Candidate, SUGGEST, answers};
/// let answering = answers(&Candidate {
///     question: "why is there a beta in the objective?",
///     answer: "the beta keeps the policy near the one we started from",
///     replies_to_question: true,
///     ..Candidate::default()
/// });
/// assert!(answering.confidence >= SUGGEST);
/// ```
pub fn answers(candidate: &Candidate) -> Answering {
    let pair = Pair::new(candidate);
    let rules: Vec<_> = RULES
        .iter()
        .filter(|rule| (rule.holds)(&pair))
        .map(|rule| Fired {
            name: rule.name,
            weight: rule.weight,
            clause: None,
        })
        .collect();
    let log_odds = BASE + rules.iter().map(|fired| fired.weight).sum::<f32>();
    Answering {
        confidence: 1.0 / (1.0 + (-log_odds).exp()),
        rules,
    }
}

impl<'a> Pair<'a> {
    fn new(it: &'a Candidate<'a>) -> Self {
        let question = Signature::of(it.question);
        Self {
            it,
            common: question.likeness(&Signature::of(it.answer)).score,
            words: it.answer.split_whitespace().count(),
            names_asker: names(it.answer, it.asker_name),
            names_somebody_first: speaks_to_somebody(it.answer),
            counter_question: is_counter_question(it.answer),
        }
    }
}

/// Is the name among the words of the text, whole and whatever its case?
fn names(text: &str, name: &str) -> bool {
    let edge = |c: char| !c.is_alphanumeric() && c != '_' && c != '-';
    name.chars().count() >= 3 && text.split(edge).any(|word| word.eq_ignore_ascii_case(name))
}

/// `maya: try …`, `@maya try …`, `maya , try …`
fn speaks_to_somebody(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let first = words.next().unwrap_or_default();
    first.starts_with('@')
        || first.len() > 3 && first.ends_with([':', ','])
        || first.len() > 2 && matches!(words.next(), Some("," | ":"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const QUESTION: &str = "why is there a beta in the objective?";

    fn check(candidate: Candidate, suggested: bool) {
        let answering = answers(&candidate);
        assert_eq!(answering.confidence >= SUGGEST, suggested, "{answering:?}");
    }

    #[test]
    fn a_reply_in_words_is_suggested() {
        let answer = "it keeps the policy near the old one";
        check(
            Candidate {
                question: QUESTION,
                answer,
                replies_to_question: true,
                ..Candidate::default()
            },
            true,
        );
    }

    #[test]
    fn who_names_the_asker_speaks_to_the_asker() {
        let answer = "maya: it keeps the policy near the old one";
        let candidate = Candidate {
            question: QUESTION,
            asker_name: "Maya",
            answer,
            messages_between: 3,
            ..Candidate::default()
        };
        check(candidate, true);
        check(
            Candidate {
                asker_name: "Tom",
                ..candidate
            },
            false,
        );
    }

    #[test]
    fn thanks_marks_and_the_askers_own_words_are_no_answers() {
        let reply = Candidate {
            question: QUESTION,
            replies_to_question: true,
            ..Candidate::default()
        };
        check(
            Candidate {
                answer: "thanks!",
                ..reply
            },
            false,
        );
        check(
            Candidate {
                answer: "👍",
                ..reply
            },
            false,
        );
        check(
            Candidate {
                answer: "I mean the one on the left",
                by_asker: true,
                ..reply
            },
            false,
        );
    }

    #[test]
    fn confidence_stays_between_none_and_all() {
        let answering = answers(&Candidate::default());
        assert!((0.0..=1.0).contains(&answering.confidence));
    }
}
