//! Messages: what they ask, what they answer, whether they ask the same, and how they are quoted.

#![no_main]

use beadle::domain::quote::{label, plain_quote, quote};
use beadle::reading::{
    Called, Line, Link, Reading, Saying, Signature, THRESHOLD, Talk, compare, read,
};
use beadle::reading::{in_words, is_thanks, spoken_answer};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    // Two messages, where one is held against another.
    let (first, second) = text
        .split_once('\u{1}')
        .unwrap_or((text, "why is there a beta?"));
    is_read_as_documented(first, &read(first, None));
    is_as_like_both_ways(first, second);
    answers_within_bounds(first, second);
    is_quoted_within_limits(first);
    let _ = (in_words(first), is_thanks(first));
});

fn is_read_as_documented(text: &str, reading: &Reading) {
    assert!(reading.score.is_finite());
    assert_eq!(reading.question, reading.score >= THRESHOLD, "{text:?}");
    let mut end = 0;
    for clause in &reading.clauses {
        assert!(
            clause.at.start >= end && clause.at.start <= clause.at.end,
            "{text:?}"
        );
        end = clause.at.end;
        assert!(text.get(clause.at.clone()).is_some(), "a place in {text:?}");
    }
    for fired in &reading.rules {
        assert!(fired.clause.is_none_or(|nth| nth < reading.clauses.len()));
    }
    for asking in reading.asking(text) {
        assert!(text.contains(asking));
    }
}

fn is_as_like_both_ways(a: &str, b: &str) {
    let (there, back) = (compare(a, b), compare(b, a));
    assert_eq!(
        (there.same, there.similar),
        (back.same, back.similar),
        "{a:?} {b:?}"
    );
    assert!((there.score - back.score).abs() < 1e-5, "{a:?} {b:?}");
    assert!(
        (0.0..=1.0).contains(&there.score),
        "{} {a:?} {b:?}",
        there.score
    );
    assert!(!there.same || there.similar, "{a:?} {b:?}");
    let twice = format!("{a} ");
    let (one, other) = (Signature::of(a), Signature::of(&twice));
    assert_eq!(one, other, "a space behind it changes what is asked: {a:?}");
}

fn answers_within_bounds(question: &str, answer: &str) {
    let (asked, said) = (Saying::of(question), Saying::of(answer));
    let line = |name, author, said| Line {
        author,
        called: Called::by(name),
        to: None,
        said,
        at_ms: 0,
    };
    let lines = [line("ada", 1, &asked), line("ben", 2, &said)];
    let unlinked = Talk::around(&lines, 1).answering(0, false);
    let reply = spoken_answer(&asked, &said, Link::Reply, true);
    for confidence in [unlinked.confidence, reply.confidence] {
        assert!(
            (0.0..=1.0).contains(&confidence),
            "{confidence} {question:?} {answer:?}"
        );
    }
}

fn is_quoted_within_limits(text: &str) {
    for max in [0, 1, 3, 20, 280] {
        for quoted in [quote(text, max), plain_quote(text, max), label(text, max)] {
            assert!(quoted.chars().count() <= max, "{quoted:?} of {text:?}");
            assert!(!quoted.contains(['\n', '\r']), "{quoted:?} of {text:?}");
        }
    }
    let quoted = quote(text, 280);
    // Escaped, a bracket is a bracket, of either kind.
    let bare = quoted.replace("\\]", " ").replace("\\<", " ");
    for ping in ["@everyone", "@here", "<@", "<#", "]("] {
        assert!(!bare.contains(ping), "{quoted:?} of {text:?}");
    }
    let marks = quoted
        .chars()
        .filter(|c| matches!(c, '“' | '”' | '"'))
        .count();
    assert_eq!(marks, 2, "{quoted:?} of {text:?}");
}
