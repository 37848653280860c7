//! The talk around a message: who said what before it and after it, and to whom.

use super::saying::{Saying, name_of};

/// How many messages before a message tell whether it answers one of them, itself included.
pub const BEFORE: usize = 48;

/// For how long after a message, in milliseconds, what the asker says tells whether it answered.
pub const AFTER_MS: i64 = 10 * 60 * 1_000;

/// One message of a talk.
#[derive(Debug, Clone, Copy)]
pub struct Line<'a> {
    /// Who wrote it: any number that is always the same for the same person.
    pub author: u64,
    /// What others call them.
    pub name: &'a str,
    /// Whom it is said to, where that is beyond doubt: by a reply, by a mention.
    pub to: Option<u64>,
    /// What it says.
    pub said: &'a Saying,
    /// When, in UTC milliseconds.
    pub at_ms: i64,
}

impl Line<'_> {
    /// Whether it may show that an earlier message helped its author: by thanks, by speaking to who
    /// wrote that.
    pub fn may_respond_to(&self, earlier: &Line) -> bool {
        let calls = |name| self.said.names(name);
        self.said.manner.thanks
            || self.to == Some(earlier.author)
            || name_of(earlier.name).is_some_and(calls)
    }
}

/// A message with what was said around it in its channel.
#[derive(Debug)]
pub struct Talk<'a> {
    /// In the order of saying.
    pub(super) lines: Vec<Line<'a>>,
    /// Which of them is the message.
    pub(super) at: usize,
    /// How many were left out before.
    skipped: usize,
    /// The names of those who have spoken, as [`name_of`] gives them, and whose they are.
    names: Vec<(u64, u64)>,
}

/// Whom a message is said to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum To {
    /// Everybody, or nobody can tell.
    All,
    /// Somebody who has spoken.
    Person(u64),
    /// Somebody else.
    Stranger,
}

impl<'a> Talk<'a> {
    /// The talk around the `at`th of these lines, which are in the order of saying. What is too long
    /// before it or after it to matter is left out.
    ///
    /// # Panics
    /// If there is no such line.
    pub fn around(lines: &[Line<'a>], at: usize) -> Self {
        let from = (at + 1).saturating_sub(BEFORE);
        let until_ms = lines[at].at_ms + AFTER_MS;
        let after = lines[at + 1..]
            .iter()
            .take_while(|line| line.at_ms <= until_ms)
            .count();
        let lines = lines[from..=at + after].to_vec();
        let at = at - from;
        let mut people: Vec<(u64, &str)> = lines[..=at]
            .iter()
            .map(|line| (line.author, line.name))
            .collect();
        people.sort_unstable();
        people.dedup();
        let names = people
            .into_iter()
            .filter_map(|(who, name)| Some((name_of(name)?, who)))
            .collect();
        Self {
            lines,
            at,
            skipped: from,
            names,
        }
    }

    /// Where the `nth` of the lines that it was made of stands in it, if it was not left out.
    pub fn index_of(&self, nth: usize) -> Option<usize> {
        nth.checked_sub(self.skipped)
    }

    /// Whom a line is said to.
    pub(super) fn to(&self, line: &Line) -> To {
        if let Some(person) = line.to {
            return To::Person(person);
        }
        let others = || self.names.iter().filter(|(_, who)| *who != line.author);
        let called = |name: Option<u64>| others().find(|(it, _)| Some(*it) == name);
        if let Some((_, who)) = called(line.said.addressed).or_else(|| called(line.said.first)) {
            return To::Person(*who);
        }
        if line.said.addressed.is_some() {
            return To::Stranger;
        }
        others()
            .find(|(name, _)| line.said.names(*name))
            .map_or(To::All, |(_, who)| To::Person(*who))
    }

    /// Whether a line names a person, be it among others.
    pub(super) fn names(&self, line: &Line, person: u64) -> bool {
        let mut called = self.names.iter().filter(|(_, who)| *who == person);
        line.to == Some(person) || called.any(|(name, _)| line.said.names(*name))
    }
}
