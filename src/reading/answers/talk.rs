//! The talk around a message: who said what before it and after it, and to whom.

use super::saying::{Called, Saying};

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
    pub called: Called,
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
        let calls = |name| self.said.names.binary_search(&name).is_ok();
        self.said.manner.thanks
            || self.to == Some(earlier.author)
            || earlier.called.0.is_some_and(calls)
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
    /// The names of those who have spoken.
    names: Names,
    /// Whom each line names and is said to.
    spoken_to: Vec<SpokenTo>,
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

/// Whom a line names and is said to.
#[derive(Debug, Clone, Copy)]
struct SpokenTo {
    to: To,
    /// Which of the [`Names`] it holds.
    holds: Mask,
}

/// Some of a talk's names, a bit each. There are no more of them than lines, [`BEFORE`] at most.
type Mask = u64;

const _: () = assert!(BEFORE <= Mask::BITS as usize);

/// The names of those who have spoken.
#[derive(Debug)]
struct Names {
    /// Each with whose it is; sorted by the person, each once.
    all: Vec<(u64, u64)>,
    /// A bit for what each name ends in, so that most words are seen at once to be none.
    endings: u64,
}

impl Names {
    fn of(lines: &[Line]) -> Self {
        let named = lines.iter();
        let mut all: Vec<(u64, u64)> = named
            .filter_map(|line| Some((line.author, line.called.0?)))
            .collect();
        all.sort_unstable();
        all.dedup();
        let endings = all.iter().fold(0, |bits, (_, name)| bits | ending(*name));
        Self { all, endings }
    }

    /// Those that a word is.
    fn that_are(&self, word: u64) -> Mask {
        if self.endings & ending(word) == 0 {
            return 0;
        }
        self.masked(|(_, name)| *name == word)
    }

    /// Those of a person.
    fn of_person(&self, person: u64) -> Mask {
        self.masked(|(who, _)| *who == person)
    }

    fn masked(&self, wanted: impl Fn(&(u64, u64)) -> bool) -> Mask {
        let bits = self.all.iter().zip(0..);
        bits.filter(|(it, _)| wanted(it))
            .fold(0, |mask, (_, bit)| mask | 1 << bit)
    }

    /// The person whose name is the first of some.
    fn first_of(&self, some: Mask) -> Option<u64> {
        let (person, _) = self.all.get(some.trailing_zeros() as usize)?;
        Some(*person)
    }

    fn spoken_to_by(&self, line: &Line) -> SpokenTo {
        let said = line.said;
        let holds = said.names.iter().map(|word| self.that_are(*word));
        let holds = holds.fold(0, |all, some| all | some);
        let others = !self.of_person(line.author);
        let called = |word: Option<u64>| self.first_of(self.that_are(word?) & others);
        let to = if let Some(person) = line.to {
            To::Person(person)
        } else if let Some(person) = called(said.addressed).or_else(|| called(said.first)) {
            To::Person(person)
        } else if said.addressed.is_some() {
            To::Stranger
        } else {
            self.first_of(holds & others).map_or(To::All, To::Person)
        };
        SpokenTo { to, holds }
    }
}

/// A name is a hash, so six bits of it are as good as any others.
const fn ending(name: u64) -> u64 {
    1 << (name % 64)
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
        let names = Names::of(&lines[..=at]);
        let spoken_to = lines.iter().map(|line| names.spoken_to_by(line)).collect();
        Self {
            lines,
            at,
            skipped: from,
            names,
            spoken_to,
        }
    }

    /// Where the `nth` of the lines that it was made of stands in it, if it was not left out.
    pub fn index_of(&self, nth: usize) -> Option<usize> {
        nth.checked_sub(self.skipped)
    }

    /// Whom the `nth` of its lines is said to.
    pub(super) fn to(&self, nth: usize) -> To {
        self.spoken_to[nth].to
    }

    /// Who is looked for when lines are asked whether they name a person.
    pub(super) fn person(&self, id: u64) -> Person {
        Person {
            id,
            names: self.names.of_person(id),
        }
    }

    /// Whether the `nth` of its lines names a person, be it among others.
    pub(super) fn names(&self, nth: usize, person: Person) -> bool {
        self.lines[nth].to == Some(person.id) || self.spoken_to[nth].holds & person.names != 0
    }
}

/// A person whom lines may name.
#[derive(Debug, Clone, Copy)]
pub(super) struct Person {
    id: u64,
    names: Mask,
}
