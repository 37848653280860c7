//! A reading told to a person: clause by clause, which rules fired and what they add up to, and which
//! offsets are in the text, or only look as if they were.

use std::fmt::Write;

use crate::domain::offset::Offset;
use crate::reading::{self, Clause, FoundOffset, Reading, THRESHOLD};

/// What Beadle reads in a text, as lines.
pub(super) fn in_words(text: &str, duration: Option<Offset>) -> String {
    let reading = reading::read(text, duration);
    let mut told = verdict(&reading);
    for (nth, clause) in reading.clauses.iter().enumerate() {
        told += &clause_in_words(&reading, nth, clause, text);
    }
    told += &whole_in_words(&reading);
    for found in &reading.offsets {
        told += &offset_in_words(found);
    }
    for refused in reading::refused(text, duration) {
        let words = text.get(refused.at).unwrap_or_default();
        told += &format!("  no offset: {words} ({})\n", refused.why);
    }
    told
}

fn verdict(reading: &Reading) -> String {
    let score = reading.score;
    if !reading.question {
        return format!("not a question: {score:.1}, and {THRESHOLD:.1} would make one\n");
    }
    let mut told = format!("a question: {score:.1}, and {THRESHOLD:.1} makes one\n");
    if !reading.worth_gathering() {
        told += "  too short to be gathered: who was not there cannot know what it is about\n";
    }
    told
}

fn clause_in_words(reading: &Reading, nth: usize, clause: &Clause, text: &str) -> String {
    let words = text.get(clause.at.clone()).unwrap_or_default();
    let words: Vec<&str> = words.split_whitespace().collect();
    let verdict = if clause.asks { "asks" } else { "says" };
    let mut told = format!("  {verdict} ({:.1}): {}\n", clause.score, words.join(" "));
    told += &rules(reading, Some(nth));
    told
}

/// The rules on the whole message, and how its score comes about where they changed it.
fn whole_in_words(reading: &Reading) -> String {
    let rules = rules(reading, None);
    if rules.is_empty() {
        return rules;
    }
    let clauses = reading.clauses.iter().map(|clause| clause.score);
    let best = clauses.fold(0.0, f32::max);
    format!("  the whole message, whose best clause has {best:.1}:\n{rules}")
}

/// The rules that fired on a clause, or on the whole message, a line each.
fn rules(reading: &Reading, clause: Option<usize>) -> String {
    let fired = reading.rules.iter().filter(|fired| fired.clause == clause);
    fired.fold(String::new(), |mut told, fired| {
        let _ = writeln!(told, "    {:+.1}  {}", fired.weight, fired.name);
        told
    })
}

fn offset_in_words(found: &FoundOffset) -> String {
    match found.end {
        Some(end) => format!("  offset: {} to {end}\n", found.start),
        None => format!("  offset: {}\n", found.start),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> String {
        in_words(text, "1:16:15".parse().ok())
    }

    #[test]
    fn a_question_is_told_by_its_clauses_rules_and_offsets() {
        insta::assert_snapshot!(told("Great lecture! At 52:14,\nwhy is there a beta?"), @r#"
        a question: 4.7, and 1.0 makes one
          says (0.0): Great lecture!
          says (0.0): At 52:14,
          asks (4.7): why is there a beta?
            +1.0  why
            +1.1  what, then a verb
            +0.9  is there any
            +0.7  what, within
            +1.0  question mark
          offset: 52:14
        "#);
    }

    #[test]
    fn what_looks_like_an_offset_is_told_by_the_rule_that_claims_it() {
        let text =
            "It is 3:15 pm here, the screen is 16:9, and 1:20:00 is after the end of 4:03-4:48.";
        insta::assert_snapshot!(told(text), @r#"
        not a question: 0.0, and 1.0 would make one
          says (0.0): It is 3:15 pm here, the screen is 16:9, and 1:20:00 is after the end of 4:03-4:48.
          offset: 4:03 to 4:48
          no offset: 3:15 (clock time)
          no offset: 16:9 (ratio)
          no offset: 1:20:00 (past the recording's end)
        "#);
    }

    #[test]
    fn rules_on_the_whole_message_are_told_apart() {
        insta::assert_snapshot!(told("!help why is nobody here"), @r#"
        not a question: -4.0, and 1.0 would make one
          asks (1.0): help why is nobody here
            +0.7  what, within
            +0.3  explain
          the whole message, whose best clause has 1.0:
            -5.0  a bot's command
        "#);
    }

    #[test]
    fn a_bare_what_is_too_short() {
        insta::assert_snapshot!(told("what?"), @r#"
        a question: 2.0, and 1.0 makes one
          too short to be gathered: who was not there cannot know what it is about
          asks (2.0): what?
            +1.0  only what
            +1.0  question mark
        "#);
    }
}
