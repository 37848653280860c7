//! What is to be said about an input, gathered by place. Bounded, since a file of megabytes may be wrong
//! in every word.

use super::Problem;
use super::source::Source;

/// The most that are listed; whoever has more mends those first.
const MOST_LISTED: usize = 1_000;

/// Things to say, each with the byte that it is about.
#[derive(Default)]
pub(super) struct Remarks {
    said: Vec<(usize, String)>,
    /// How many more there would be.
    more: usize,
}

impl Remarks {
    /// Says something about the byte's place.
    pub fn tell(&mut self, at: usize, message: impl Into<String>) {
        if self.said.len() < MOST_LISTED {
            self.said.push((at, message.into()));
        } else {
            self.more += 1;
        }
    }

    /// Whether there is nothing to say.
    pub fn is_empty(&self) -> bool {
        self.said.is_empty()
    }

    /// All of it by line and column, in the order of the input, nothing twice.
    pub fn placed(mut self, source: &Source) -> Vec<Problem> {
        self.said.sort();
        self.said.dedup();
        if let Some((last, _)) = self.said.last().filter(|_| self.more > 0) {
            let more = format!("{} more like these are not listed", self.more);
            self.said.push((*last, more));
        }
        source.problems(self.said)
    }
}
