//! Precision and recall, counted and told.

use std::collections::BTreeSet;

/// What was said rightly, wrongly, and not at all.
#[derive(Debug, Default)]
pub struct Score {
    right: usize,
    wrong: Vec<String>,
    missed: Vec<String>,
}

impl Score {
    /// Counts one thing that is so or not, and was said to be so or not.
    pub fn count(&mut self, is_so: bool, said: bool, what: impl FnOnce() -> String) {
        match (is_so, said) {
            (true, true) => self.right += 1,
            (false, true) => self.wrong.push(what()),
            (true, false) => self.missed.push(what()),
            (false, false) => (),
        }
    }

    /// Counts what was said against what was meant.
    pub fn compare<T: Ord>(
        &mut self,
        meant: &BTreeSet<T>,
        said: &BTreeSet<T>,
        what: impl Fn(&T) -> String,
    ) {
        for it in meant.union(said) {
            self.count(meant.contains(it), said.contains(it), || what(it));
        }
    }

    fn precision(&self) -> f64 {
        share(self.right, self.wrong.len())
    }

    fn recall(&self) -> f64 {
        share(self.right, self.missed.len())
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of some hundreds")]
fn share(right: usize, others: usize) -> f64 {
    right as f64 / (right + others).max(1) as f64
}

/// Prints the figures with every mistake, and holds them against bounds.
pub fn check(name: &str, score: &Score, precision: f64, recall: f64) {
    let (p, r) = (score.precision(), score.recall());
    let told = format!(
        "{name}: precision {p:.3}, recall {r:.3} of {}",
        score.right + score.missed.len()
    );
    println!(
        "{told}\n  wrong: {:#?}\n  missed: {:#?}",
        score.wrong, score.missed
    );
    assert!(
        p >= precision && r >= recall,
        "{told}; at least {precision} and {recall} were reached before"
    );
}
