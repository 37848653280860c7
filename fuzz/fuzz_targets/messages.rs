//! Messages: what they ask, what they answer, whether they ask the same, and how they are quoted.

#![no_main]

use beadle::domain::quote::{label, plain_quote, quote};
use beadle::reading::{Candidate, Reading, Saying, Signature, THRESHOLD, answers, compare, read};
use beadle::reading::{in_words, is_counter_question, is_thanks};
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
    let _ = (
        in_words(first),
        is_counter_question(first),
        is_thanks(first),
    );
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
    let (question_asked, said) = (Signature::of(question), Saying::of(answer));
    let candidate = Candidate {
        asker_name: "ada",
        author_name: "ben",
        replies_to_question: true,
        ..Candidate::new(&question_asked, &said)
    };
    let confidence = answers(&candidate).confidence;
    assert!(
        (0.0..=1.0).contains(&confidence),
        "{confidence} {question:?} {answer:?}"
    );
}

fn is_quoted_within_limits(text: &str) {
    for max in [0, 1, 3, 20, 280] {
        for quoted in [quote(text, max), plain_quote(text, max), label(text, max)] {
            assert!(quoted.chars().count() <= max, "{quoted:?} of {text:?}");
            assert!(!quoted.contains(['\n', '\r']), "{quoted:?} of {text:?}");
        }
    }
    let quoted = quote(text, 280);
    // Escaped, a bracket is a bracket.
    let bare = quoted.replace("\\]", "");
    for ping in ["@everyone", "@here", "<@", "<#", "]("] {
        assert!(!bare.contains(ping), "{quoted:?} of {text:?}");
    }
    let marks = quoted
        .chars()
        .filter(|c| matches!(c, '“' | '”' | '"'))
        .count();
    assert_eq!(marks, 2, "{quoted:?} of {text:?}");
}
