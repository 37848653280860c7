//! A message whose author said which question is meant: by a reply to it, or in its thread. Only what the
//! message itself says can still speak against its being an answer.

use super::{Answering, Saying, fired};

/// How a message is linked to a question by its author.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Link {
    /// It is a reply to the question.
    Reply,
    /// It stands in the question's thread.
    Thread,
}

/// A message that its author linked to a question, and what is known of the two.
struct Spoken<'a> {
    question: &'a Saying,
    answer: &'a Saying,
    link: Link,
    by_staff: bool,
}

struct Rule {
    name: &'static str,
    /// In log-odds: 1 makes it about 2.7 times as likely.
    weight: f32,
    holds: fn(&Spoken) -> bool,
}

/// Before any rule has spoken.
const BASE: f32 = -0.4;

/// Judgements: no labelled talk at hand has replies.
const RULES: &[Rule] = &[
    Rule {
        name: "replies to the question",
        weight: 3.0,
        holds: |it| it.link == Link::Reply,
    },
    Rule {
        name: "in the question's thread",
        weight: 1.8,
        holds: |it| it.link == Link::Thread,
    },
    Rule {
        name: "by staff",
        weight: 1.2,
        holds: |it| it.by_staff,
    },
    Rule {
        name: "shares words with the question",
        weight: 0.9,
        holds: |it| it.question.telling.shared(&it.answer.telling) > 0.0,
    },
    Rule {
        name: "says something",
        weight: 0.4,
        holds: |it| it.answer.words >= 6,
    },
    Rule {
        name: "asks back",
        weight: -1.3,
        holds: |it| it.answer.only_asks_back(),
    },
    Rule {
        name: "thanks",
        weight: -4.0,
        holds: |it| it.answer.only_thanks,
    },
    Rule {
        name: "no words",
        weight: -5.0,
        holds: |it| !it.answer.in_words,
    },
];

/// Judges whether a message that its author linked to a question answers it.
///
/// ```
/// use beadle::reading::{Link, SUGGEST, Saying, spoken_answer};
/// let question = Saying::of("why is there a beta in the objective?");
/// let answer = Saying::of("the beta keeps the policy near the one we started from");
/// assert!(spoken_answer(&question, &answer, Link::Reply, false).confidence >= SUGGEST);
/// ```
pub fn spoken_answer(question: &Saying, answer: &Saying, link: Link, by_staff: bool) -> Answering {
    let spoken = Spoken {
        question,
        answer,
        link,
        by_staff,
    };
    let rules = RULES.iter().filter(|rule| (rule.holds)(&spoken));
    Answering::from_log_odds(BASE, rules.map(|rule| fired(rule.name, rule.weight)))
}
