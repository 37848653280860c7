//! What Beadle reads in a class's talk, held against labels that a person gave.
//!
//! `discussion.jsonl` is a discussion of seven courses, invented for this purpose, in the format that
//! `beadle replay` reads. Its labels stand beside the messages: `asks` says that a message is a question,
//! `answers` and `repeats` name the message that it answers or asks again, `offsets` are in seconds. The
//! figures are printed (`cargo test --test it reading:: -- --nocapture`); the bounds lie a little below them.

mod score;

use std::collections::BTreeSet;

use beadle::reading::{compare, read};
use serde::Deserialize;
use serde_json::Value;

use crate::cli::program;
use score::{Score, check};

const DISCUSSION: &str = include_str!("discussion.jsonl");

/// A message with its labels.
#[derive(Deserialize)]
struct Labelled {
    id: String,
    channel: String,
    text: String,
    #[serde(default)]
    asks: bool,
    answers: Option<String>,
    repeats: Option<String>,
    #[serde(default)]
    offsets: Vec<u32>,
}

fn discussion() -> Vec<Labelled> {
    DISCUSSION
        .lines()
        .map(|line| serde_json::from_str(line).expect("a message"))
        .collect()
}

/// What `beadle replay --json` makes of the discussion: its questions.
fn replayed() -> Vec<Value> {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("discussion.jsonl");
    std::fs::write(&file, DISCUSSION).expect("written");
    let ran = program(&folder, &["replay", "--json", "discussion.jsonl"]).output();
    let out = String::from_utf8(ran.expect("it runs").stdout).expect("text");
    let lines = out
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
    lines.filter(|line| line["type"] == "question").collect()
}

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

#[test]
fn the_labels_speak_of_messages_that_are_there() {
    let said = discussion();
    assert!(said.len() >= 200);
    let channels: BTreeSet<_> = said.iter().map(|it| &it.channel).collect();
    assert!(channels.len() >= 5);
    for it in &said {
        for other in it.answers.iter().chain(&it.repeats) {
            let named = said.iter().find(|said| said.id == *other);
            assert!(named.is_some_and(|named| named.asks), "{}: {other}", it.id);
        }
        assert!(it.repeats.is_none() || it.asks, "{}", it.id);
    }
}

#[test]
fn most_questions_of_a_discussion_are_told_from_the_rest() {
    let mut score = Score::default();
    for it in discussion() {
        let asks = read(&it.text, None).question;
        score.count(it.asks, asks, || format!("{}: {}", it.id, it.text));
    }
    check("questions", &score, 0.95, 0.95);
}

#[test]
fn the_offsets_of_a_discussion_are_those_that_a_person_sees() {
    let mut score = Score::default();
    for it in discussion() {
        let read = read(&it.text, None).offsets;
        let read: BTreeSet<_> = read.iter().map(|found| found.start.seconds()).collect();
        let meant: BTreeSet<_> = it.offsets.into_iter().collect();
        score.compare(&meant, &read, |offset| format!("{}: {offset}", it.id));
    }
    check("offsets", &score, 1.0, 1.0);
}

#[test]
fn answers_are_linked_to_their_questions() {
    let meant: BTreeSet<_> = discussion()
        .into_iter()
        .filter_map(|it| Some((it.answers?, it.id)))
        .collect();
    let mut linked = BTreeSet::new();
    for question in replayed() {
        for answer in question["answers"].as_array().expect("a list") {
            linked.insert((text(&question["message"]), text(&answer["message"])));
        }
    }
    let mut score = Score::default();
    score.compare(&meant, &linked, |(question, answer)| {
        format!("{answer} to {question}")
    });
    check("answers", &score, 0.5, 0.3);
}

#[test]
fn questions_asked_again_are_folded_or_offered() {
    let said = discussion();
    let meant: BTreeSet<_> = said
        .iter()
        .filter_map(|it| Some((it.repeats.clone()?, it.id.clone())))
        .collect();
    let folded: BTreeSet<_> = replayed()
        .iter()
        .filter(|question| question["merged_into"].is_string())
        .map(|question| (text(&question["merged_into"]), text(&question["message"])))
        .collect();
    let mut score = Score::default();
    score.compare(&meant, &folded, |(first, again)| {
        format!("{again} is {first}")
    });
    check("folded", &score, 1.0, 0.1);

    let questions: Vec<_> = said.iter().filter(|it| it.asks).collect();
    let mut offered = BTreeSet::new();
    for (nth, again) in questions.iter().enumerate() {
        let before = questions[..nth]
            .iter()
            .filter(|it| it.channel == again.channel);
        for first in before.filter(|it| compare(&it.text, &again.text).similar) {
            offered.insert((first.id.clone(), again.id.clone()));
        }
    }
    let mut score = Score::default();
    score.compare(&meant, &offered, |(first, again)| {
        format!("{again} is {first}")
    });
    check("similar", &score, 0.5, 0.5);
}
