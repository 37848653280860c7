//! Does a message answer a question? A first table of named rules over what is known of the pair.
//!
//! The outcome only ever *suggests*: what a person confirms is decided elsewhere.

use super::likeness::Signature;
use super::phrases::{in_words, is_counter_question, is_thanks};
use super::question::Fired;

/// The confidence from which on a message is suggested as an answer.
pub const SUGGEST: f32 = 0.5;

/// A question, a later message, and what is known of the two.
#[derive(Debug, Clone, Copy)]
pub struct Candidate<'a> {
    /// What the question says, prepared.
    pub question: &'a Signature,
    /// The asker's name, as others would call them.
    pub asker_name: &'a str,
    /// What the later message says, prepared.
    pub answer: &'a Saying,
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

impl<'a> Candidate<'a> {
    /// A question and a later message of which nothing else is known.
    pub const fn new(question: &'a Signature, answer: &'a Saying) -> Self {
        Self {
            question,
            asker_name: "",
            answer,
            author_name: "",
            by_staff: false,
            by_asker: false,
            replies_to_question: false,
            replies_to_other: false,
            in_questions_thread: false,
            minutes_between: 0.0,
            messages_between: 0,
            asker_spoke_between: false,
            question_between: false,
        }
    }
}

/// A message that may answer something, prepared once for all the questions that it is held against.
#[derive(Debug, Clone)]
pub struct Saying {
    text: String,
    signature: Signature,
    words: usize,
    in_words: bool,
    thanks: bool,
    counter_question: bool,
    names_somebody_first: bool,
}

impl Saying {
    /// Prepares a message.
    pub fn of(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            signature: Signature::of(text),
            words: text.split_whitespace().count(),
            in_words: in_words(text),
            thanks: is_thanks(text),
            counter_question: is_counter_question(text),
            names_somebody_first: speaks_to_somebody(text),
        }
    }

    /// Whether it says anything in words.
    pub const fn in_words(&self) -> bool {
        self.in_words
    }

    /// Whether it asks the asker back.
    pub const fn asks_back(&self) -> bool {
        self.counter_question
    }
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
    names_asker: bool,
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
        holds: |pair| pair.it.answer.names_somebody_first && !pair.names_asker,
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
        holds: |pair| pair.it.answer.words >= 6,
    },
    Rule {
        name: "asks back",
        weight: -1.3,
        holds: |pair| pair.it.answer.counter_question,
    },
    Rule {
        name: "thanks",
        weight: -3.0,
        holds: |pair| pair.it.answer.thanks,
    },
    Rule {
        name: "no words",
        weight: -5.0,
        holds: |pair| !pair.it.answer.in_words,
    },
];

/// Judges whether a message answers a question.
///
/// ```
/// use beadle::reading::{Candidate, SUGGEST, Saying, Signature, answers};
/// let question = Signature::of("why is there a beta in the objective?");
/// let answer = Saying::of("the beta keeps the policy near the one we started from");
/// let answering = answers(&Candidate {
///     replies_to_question: true,
///     ..Candidate::new(&question, &answer)
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
        Self {
            it,
            common: it.question.likeness(&it.answer.signature).score,
            names_asker: names(&it.answer.text, it.asker_name),
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

    /// Holds `answer` against the question, with what `known` adds of the two.
    fn check(answer: &str, known: impl FnOnce(&mut Candidate), suggested: bool) {
        let (question, answer) = (Signature::of(QUESTION), Saying::of(answer));
        let mut candidate = Candidate::new(&question, &answer);
        known(&mut candidate);
        let answering = answers(&candidate);
        assert_eq!(answering.confidence >= SUGGEST, suggested, "{answering:?}");
        assert!((0.0..=1.0).contains(&answering.confidence));
    }

    #[test]
    fn a_reply_in_words_is_suggested() {
        let answer = "it keeps the policy near the old one";
        check(answer, |it| it.replies_to_question = true, true);
    }

    #[test]
    fn who_names_the_asker_speaks_to_the_asker() {
        let answer = "maya: it keeps the policy near the old one";
        for (asker_name, suggested) in [("Maya", true), ("Tom", false)] {
            let known = |it: &mut Candidate| {
                it.messages_between = 3;
                it.asker_name = asker_name;
            };
            check(answer, known, suggested);
        }
    }

    #[test]
    fn thanks_marks_and_the_askers_own_words_are_no_answers() {
        check("thanks!", |it| it.replies_to_question = true, false);
        check("👍", |it| it.replies_to_question = true, false);
        let own = |it: &mut Candidate| {
            it.replies_to_question = true;
            it.by_asker = true;
        };
        check("I mean the one on the left", own, false);
    }
}
