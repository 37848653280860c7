//! How far a long replay has come, on standard error.

use std::io::{self, IsTerminal, Write};

/// After how many messages a terminal's line is written anew.
const ON_A_TERMINAL: usize = 1_000;
/// After how many messages a line is written where it stays, as in a log.
const IN_A_LOG: usize = 100_000;

/// Counts messages.
pub(super) struct Progress {
    total: usize,
    done: usize,
    on_terminal: bool,
}

impl Progress {
    /// Of so many messages, none yet.
    pub fn of(total: usize) -> Self {
        Self {
            total,
            done: 0,
            on_terminal: io::stderr().is_terminal(),
        }
    }

    /// One more has been played.
    pub fn step(&mut self) {
        self.done += 1;
        if let Some(line) = line(self.done, self.total, self.on_terminal) {
            tell(&line);
        }
    }

    /// Leaves a terminal's line as if nothing had stood there.
    pub fn end(&self) {
        if self.on_terminal && self.done >= ON_A_TERMINAL {
            tell("\r\u{1b}[K");
        }
    }
}

/// What is said after so many messages, if anything.
fn line(done: usize, total: usize, on_terminal: bool) -> Option<String> {
    let percent = done * 100 / total.max(1);
    let words = format!("{done} of {total} messages ({percent} %)");
    match on_terminal {
        true if done.is_multiple_of(ON_A_TERMINAL) => Some(format!("\r\u{1b}[K{words}")),
        false if done.is_multiple_of(IN_A_LOG) => Some(format!("beadle: {words}\n")),
        _ => None,
    }
}

fn tell(text: &str) {
    // Whoever cannot be told of it does not miss it.
    let _ = io::stderr().write_all(text.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_is_told_seldom_and_a_terminal_on_one_line() {
        assert_eq!(line(1_000, 4_000, false), None);
        assert_eq!(
            line(100_000, 400_000, false).as_deref(),
            Some("beadle: 100000 of 400000 messages (25 %)\n")
        );
        assert_eq!(
            line(1_000, 4_000, true).as_deref(),
            Some("\r\u{1b}[K1000 of 4000 messages (25 %)")
        );
        assert_eq!(line(1_001, 4_000, true), None);
    }
}
