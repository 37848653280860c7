//! Labelled talks, read from JSON Lines and brought to the values of Beadle's features.

use std::collections::HashMap;

use beadle::reading::{Called, Line, Saying, Talk};
use serde::Deserialize;

#[derive(Deserialize)]
struct Labelled {
    id: String,
    source: String,
    messages: Vec<Message>,
    question: usize,
    answers: Vec<usize>,
}

#[derive(Deserialize)]
struct Message {
    user: String,
    text: String,
}

/// A question and one later message.
pub struct Case {
    /// From which collection it is.
    pub source: String,
    /// Which of the labelled questions it is about, counted from 0.
    pub question: usize,
    /// Which of the conversations it was cut from, counted from 0.
    pub conversation: usize,
    /// The features' names.
    pub names: Vec<&'static str>,
    /// Their values.
    pub values: Vec<f64>,
    /// What people said: does the message answer the question?
    pub answers: bool,
    /// Whether Beadle may suggest it at all: not what only asks back.
    pub may_be_suggested: bool,
}

/// How far apart the messages are taken to be, since not every collection says: a minute, in milliseconds.
const APART_MS: i64 = 60_000;

/// Every question with every later message of somebody else's, as far as they stand close enough together.
pub fn cases(text: &str) -> Result<Vec<Case>, serde_json::Error> {
    let mut conversations: HashMap<String, usize> = HashMap::new();
    let mut cases = Vec::new();
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    for (nth, line) in lines.enumerate() {
        let labelled: Labelled = serde_json::from_str(line)?;
        let conversation = labelled
            .id
            .rsplit_once('-')
            .map_or(&*labelled.id, |(it, _)| it);
        let next = conversations.len();
        let conversation = *conversations.entry(conversation.to_owned()).or_insert(next);
        cases.extend(cases_of(&labelled, nth, conversation));
    }
    Ok(cases)
}

fn cases_of(labelled: &Labelled, question: usize, conversation: usize) -> Vec<Case> {
    let messages = &labelled.messages;
    let sayings: Vec<Saying> = messages.iter().map(|it| Saying::of(&it.text)).collect();
    let mut people: HashMap<&str, u64> = HashMap::new();
    let mut lines = Vec::with_capacity(messages.len());
    for (message, (said, at)) in messages.iter().zip(sayings.iter().zip(0..)) {
        let next = people.len() as u64;
        lines.push(Line {
            author: *people.entry(&message.user).or_insert(next),
            called: Called::by(&message.user),
            to: None,
            said,
            at_ms: at * APART_MS,
        });
    }
    let later = labelled.question + 1..lines.len();
    let by_others = later.filter(|&at| lines[at].author != lines[labelled.question].author);
    let close = by_others.filter_map(|at| {
        let talk = Talk::around(&lines, at);
        let nth = talk.index_of(labelled.question)?;
        let (names, values) = talk.features(nth).into_iter().unzip::<_, f32, _, Vec<_>>();
        Some(Case {
            source: labelled.source.clone(),
            question,
            conversation,
            names,
            values: values.into_iter().map(f64::from).collect(),
            answers: labelled.answers.contains(&at),
            may_be_suggested: talk.may_answer(nth),
        })
    });
    close.collect()
}
