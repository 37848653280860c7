//! What is known of a question and a later message: everything that a feature may look at.

use super::talk::{Line, Talk, To};

/// A question, a later message of somebody else's, and what was said between and after.
pub(super) struct Pair<'a> {
    pub question: &'a Line<'a>,
    pub answer: &'a Line<'a>,
    /// How many messages stand between.
    pub between: usize,
    /// Whom the answer is said to.
    pub to: To,
    /// Whom the question is said to.
    pub question_to: To,
    /// What the asker said between.
    pub asker: By,
    /// What the answer's author said between.
    pub author: By,
    /// Whether others spoke to the author between.
    pub author_was_spoken_to: bool,
    /// The message right before the answer, unless that is the question.
    pub last: Option<&'a Line<'a>>,
    /// What the asker said soon after the answer.
    pub after: After,
    /// The answer's author had spoken before the question was asked.
    pub was_there: bool,
    /// How many messages were right before the answer, if nobody but the two has been speaking lately.
    pub of_the_two: usize,
    /// Where the question stands in the talk.
    nth: usize,
    talk: &'a Talk<'a>,
}

/// What one of the two said between the question and the answer.
#[derive(Default)]
pub(super) struct By {
    /// Anything.
    pub spoke: bool,
    /// To the other of the two, be it among others.
    pub named_other: bool,
    /// Something that asks.
    pub asked: bool,
    /// Whom the last of it was said to.
    last_to: Option<To>,
    /// Whether the last of it was said to the other of the two, be it among others.
    last_named_other: bool,
}

/// What the asker said soon after the answer.
#[derive(Default)]
pub(super) struct After {
    /// Thanks to the answer's author, or to nobody in particular.
    pub thanks: bool,
    /// Something to the answer's author.
    pub responds: bool,
}

/// How many messages before the answer tell who has been speaking lately.
const LATELY: usize = 8;

impl<'a> Pair<'a> {
    /// The talk's message, held against the `nth` of the lines before it.
    pub fn of(talk: &'a Talk<'a>, nth: usize) -> Self {
        let at = talk.at;
        let (question, answer) = (&talk.lines[nth], &talk.lines[at]);
        let is_theirs = |line: &Line| [question.author, answer.author].contains(&line.author);
        let (asker, author) = (talk.person(question.author), talk.person(answer.author));
        let (mut by_asker, mut by_author) = (By::default(), By::default());
        let mut author_was_spoken_to = false;
        for between in nth + 1..at {
            let line = &talk.lines[between];
            let (by, other) = if line.author == question.author {
                (&mut by_asker, author)
            } else if line.author == answer.author {
                (&mut by_author, asker)
            } else {
                author_was_spoken_to |= talk.names(between, author);
                continue;
            };
            let names = talk.names(between, other);
            by.spoke = true;
            by.named_other |= names;
            by.asked |= line.said.asks;
            by.last_to = Some(talk.to(between));
            by.last_named_other = names;
        }
        let mut after = After::default();
        for later in at + 1..talk.lines.len() {
            let line = &talk.lines[later];
            if line.author == question.author {
                let to = talk.to(later);
                let to_author = to == To::All || to == To::Person(answer.author);
                after.thanks |= line.said.manner.thanks && to_author;
                after.responds |= talk.names(later, author);
            }
        }
        let lately = &talk.lines[at.saturating_sub(LATELY)..at];
        Self {
            question,
            answer,
            between: at - nth - 1,
            to: talk.to(at),
            question_to: talk.to(nth),
            asker: by_asker,
            author: by_author,
            author_was_spoken_to,
            last: talk.lines[nth + 1..at].last(),
            after,
            was_there: talk.lines[..nth]
                .iter()
                .any(|line| line.author == answer.author),
            of_the_two: if lately.iter().all(is_theirs) {
                lately.len()
            } else {
                0
            },
            nth,
            talk,
        }
    }

    pub fn names_asker(&self) -> bool {
        self.to == To::Person(self.question.author)
    }

    pub fn names_somebody_else(&self) -> bool {
        self.to != To::All && !self.names_asker()
    }

    pub fn question_names_author(&self) -> bool {
        self.question_to == To::Person(self.answer.author)
    }

    /// Whether the last that the asker said between was said to somebody else.
    pub fn asker_turned_away(&self) -> bool {
        let to_author = To::Person(self.answer.author);
        self.asker
            .last_to
            .is_some_and(|to| to != To::All && to != to_author)
    }

    /// Whether the author goes on with what they said right before.
    pub fn goes_on(&self) -> bool {
        self.last
            .is_some_and(|line| line.author == self.answer.author)
    }

    /// Whether the author goes on with what they said to the asker right before.
    pub fn goes_on_to_asker(&self) -> bool {
        self.goes_on() && !self.names_somebody_else() && self.author.last_named_other
    }

    /// Whether somebody else asked something right before.
    pub fn follows_another_question(&self) -> bool {
        self.last.is_some_and(|line| {
            line.said.asks && ![self.question.author, self.answer.author].contains(&line.author)
        })
    }

    /// What the words weigh that both use.
    pub fn shared(&self) -> f32 {
        self.question.said.telling.shared(&self.answer.said.telling)
    }

    /// What the words weigh that the answer shares with what the asker said later, and not with the
    /// question.
    pub fn shared_with_later(&self) -> f32 {
        if !self.asker.spoke {
            return 0.0;
        }
        let between = &self.talk.lines[self.nth + 1..self.talk.at];
        let by_asker = between
            .iter()
            .filter(|line| line.author == self.question.author);
        let shared = by_asker.map(|line| {
            let later = &line.said.telling;
            later.shared_beyond(&self.answer.said.telling, &self.question.said.telling)
        });
        shared.fold(0.0, f32::max)
    }
}
