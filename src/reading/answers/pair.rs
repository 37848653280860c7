//! What is known of a question and a later message: everything that a feature may look at.

use super::talk::{Line, Talk, To};

/// A question, a later message, and what was said between and after.
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
    pub asker: Vec<&'a Line<'a>>,
    /// What the answer's author said between.
    pub author: Vec<&'a Line<'a>>,
    /// What anybody else said between.
    pub others: Vec<&'a Line<'a>>,
    /// The message right before the answer, unless that is the question.
    pub last: Option<&'a Line<'a>>,
    /// What the asker said soon after the answer.
    pub after: Vec<&'a Line<'a>>,
    /// The answer's author had spoken before the question was asked.
    pub was_there: bool,
    /// How many messages were right before the answer, if nobody but the two has been speaking lately.
    pub of_the_two: usize,
    talk: &'a Talk<'a>,
}

/// How many messages before the answer tell who has been speaking lately.
const LATELY: usize = 8;

impl<'a> Pair<'a> {
    /// The talk's message, held against the `nth` of the lines before it.
    pub fn of(talk: &'a Talk<'a>, nth: usize) -> Self {
        let (question, answer) = (&talk.lines[nth], &talk.lines[talk.at]);
        let is_theirs = |line: &&Line| [question.author, answer.author].contains(&line.author);
        let since = &talk.lines[nth + 1..talk.at];
        let said_by = |lines: &'a [Line<'a>], who: u64| {
            lines.iter().filter(|line| line.author == who).collect()
        };
        let lately = &talk.lines[talk.at.saturating_sub(LATELY)..talk.at];
        Self {
            question,
            answer,
            between: since.len(),
            to: talk.to(answer),
            question_to: talk.to(question),
            asker: said_by(since, question.author),
            author: said_by(since, answer.author),
            others: since.iter().filter(|line| !is_theirs(line)).collect(),
            last: since.last(),
            after: said_by(&talk.lines[talk.at + 1..], question.author),
            was_there: talk.lines[..nth]
                .iter()
                .any(|line| line.author == answer.author),
            of_the_two: if lately.iter().all(|line| is_theirs(&line)) {
                lately.len()
            } else {
                0
            },
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

    /// Whether the asker spoke to the author between.
    pub fn asker_spoke_to_author(&self) -> bool {
        let author = self.answer.author;
        self.asker.iter().any(|line| self.talk.names(line, author))
    }

    /// Whether the last that the asker said between was said to somebody else.
    pub fn asker_turned_away(&self) -> bool {
        let last = self.asker.last().map(|line| self.talk.to(line));
        last.is_some_and(|to| to != To::All && to != To::Person(self.answer.author))
    }

    /// Whether the author had spoken to the asker between.
    pub fn author_named_asker(&self) -> bool {
        self.author.iter().any(|line| self.names_the_asker(line))
    }

    /// Whether the author goes on with what they said right before.
    pub fn goes_on(&self) -> bool {
        self.last
            .is_some_and(|line| line.author == self.answer.author)
    }

    /// Whether the author goes on with what they said to the asker right before.
    pub fn goes_on_to_asker(&self) -> bool {
        self.goes_on()
            && !self.names_somebody_else()
            && self.last.is_some_and(|line| self.names_the_asker(line))
    }

    /// Whether others spoke to the author between.
    pub fn author_was_spoken_to(&self) -> bool {
        let author = self.answer.author;
        self.others.iter().any(|line| self.talk.names(line, author))
    }

    /// Whether somebody else asked something right before.
    pub fn follows_another_question(&self) -> bool {
        self.last.is_some_and(|line| {
            line.said.asks && ![self.question.author, self.answer.author].contains(&line.author)
        })
    }

    /// What the words weigh that both use.
    pub fn shared(&self) -> f32 {
        self.question
            .said
            .signature
            .shared(&self.answer.said.signature)
    }

    /// What the words weigh that the answer shares with what the asker said later, and not with the
    /// question.
    pub fn shared_with_later(&self) -> f32 {
        let shared = self.asker.iter().map(|line| {
            let later = &line.said.signature;
            later.shared_beyond(&self.answer.said.signature, &self.question.said.signature)
        });
        shared.fold(0.0, f32::max)
    }

    /// Whether the asker, soon after, thanks the author or nobody in particular.
    pub fn asker_thanks(&self) -> bool {
        self.after.iter().any(|line| {
            let to = self.talk.to(line);
            line.said.manner.thanks && (to == To::All || to == To::Person(self.answer.author))
        })
    }

    /// Whether the asker, soon after, speaks to the author.
    pub fn asker_responds(&self) -> bool {
        let author = self.answer.author;
        self.after.iter().any(|line| self.talk.names(line, author))
    }

    fn names_the_asker(&self, line: &Line) -> bool {
        self.talk.names(line, self.question.author)
    }
}
