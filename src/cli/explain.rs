//! `beadle explain`: what Beadle reads in a text, and by which rules.

use std::io::BufRead;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::explain_answers;
use super::failure::Failure;
use super::output::Results;
use crate::domain::offset::Offset;
use crate::reading::{self, Reading, THRESHOLD};

/// `beadle explain`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  beadle explain \"why is beta there\"
  beadle explain --pairs \"why is beta there\" \"what is beta for\"
  beadle explain --jsonl < messages.jsonl          {\"id\", \"text\"} lines
  beadle explain --pairs --jsonl < pairs.jsonl     {\"id\", \"a\", \"b\"} lines
  beadle explain --answers < chat.txt              `Name: text` lines, or what `replay` reads")]
pub struct Arguments {
    /// The text; with --pairs, two texts. Without any, each line of standard input is one
    #[arg(value_name = "TEXT", conflicts_with = "jsonl")]
    texts: Vec<String>,
    /// Read JSON objects from standard input, one a line, and write one for each
    #[arg(long)]
    jsonl: bool,
    /// Compare two questions: is it the same one?
    #[arg(long)]
    pairs: bool,
    /// Read a talk from standard input, and tell of each message which question it may answer
    #[arg(long, conflicts_with_all = ["texts", "jsonl", "pairs"])]
    answers: bool,
}

#[derive(Deserialize)]
struct Text {
    #[serde(default)]
    id: Value,
    text: String,
}

#[derive(Deserialize)]
struct Pair {
    #[serde(default)]
    id: Value,
    a: String,
    b: String,
}

#[derive(Serialize)]
struct Explained {
    id: Value,
    question: bool,
    score: f64,
    rules: Vec<&'static str>,
    offsets: Vec<u32>,
}

#[derive(Serialize)]
struct Compared {
    id: Value,
    same: bool,
    similar: bool,
    score: f64,
}

/// Explains texts, or pairs of them.
pub fn explain(arguments: &Arguments) -> Result<(), Failure> {
    let mut results = Results::new();
    if arguments.answers {
        explain_answers::explain(&mut results)?;
        return results.done();
    }
    match (arguments.jsonl, arguments.pairs) {
        (true, false) => each_line(|line| results.json(&explained(from_json(line)?)))?,
        (true, true) => each_line(|line| results.json(&compared(&from_json(line)?)))?,
        (false, true) => match &arguments.texts[..] {
            [a, b] => results.line(&likeness_in_words(a, b))?,
            _ => {
                let sentence = "give --pairs two texts, each in quotes, or --jsonl and pairs on standard input";
                return Err(Failure::CommandLine(sentence.to_owned()));
            }
        },
        (false, false) if arguments.texts.is_empty() => {
            each_line(|line| results.text(&in_words(line.text)))?;
        }
        (false, false) => results.text(&in_words(&arguments.texts.join(" ")))?,
    }
    results.done()
}

/// A line of standard input and its number, from 1.
struct Line<'t> {
    number: usize,
    text: &'t str,
}

fn each_line(mut then: impl FnMut(Line<'_>) -> Result<(), Failure>) -> Result<(), Failure> {
    for (line, number) in std::io::stdin().lock().split(b'\n').zip(1..) {
        let bytes = line.map_err(|error| Failure::input(format!("standard input: {error}")))?;
        let text = String::from_utf8_lossy(&bytes);
        let text = text.trim_end_matches('\r').trim_start_matches('\u{FEFF}');
        if !text.trim().is_empty() {
            then(Line { number, text })?;
        }
    }
    Ok(())
}

fn from_json<'de, T: Deserialize<'de>>(line: Line<'de>) -> Result<T, Failure> {
    serde_json::from_str(line.text).map_err(|error| {
        let words = error.to_string();
        let words = words.split(" at line ").next().unwrap_or_default();
        let (number, column) = (line.number, error.column().max(1));
        Failure::input(format!("standard input:{number}:{column}: {words}"))
    })
}

fn explained(text: Text) -> Explained {
    let reading = reading::read(&text.text, None);
    Explained {
        id: text.id,
        question: reading.question,
        score: rounded(reading.score),
        rules: reading.rules.iter().map(|fired| fired.name).collect(),
        offsets: reading
            .offsets
            .iter()
            .map(|found| found.start.seconds())
            .collect(),
    }
}

fn compared(pair: &Pair) -> Compared {
    let likeness = reading::compare(&pair.a, &pair.b);
    Compared {
        id: pair.id.clone(),
        same: likeness.same,
        similar: likeness.similar,
        score: rounded(likeness.score),
    }
}

/// To three digits: what more there is, is noise of the sum.
fn rounded(score: f32) -> f64 {
    (f64::from(score) * 1_000.0).round() / 1_000.0
}

/// A reading for people: the verdict, then one rule a line.
fn in_words(text: &str) -> String {
    let reading = reading::read(text, None);
    let verdict = if reading.question {
        "a question"
    } else {
        "not a question"
    };
    let score = rounded(reading.score);
    let mut lines = vec![format!(
        "{verdict} (score {score}, from {THRESHOLD} on it is one)"
    )];
    lines.extend(
        reading
            .rules
            .iter()
            .map(|fired| format!("  {:+.1}  {}", fired.weight, fired.name)),
    );
    lines.extend(asking_in_words(&reading, text));
    lines.extend(
        reading
            .offsets
            .iter()
            .map(|found| offset_in_words(found.start, found.end)),
    );
    let refused = reading::refused(text, None);
    lines.extend(refused.iter().map(|refused| {
        let words = text.get(refused.at.clone()).unwrap_or_default();
        format!("  no offset: {words} ({})", refused.why)
    }));
    lines.join("\n") + "\n"
}

fn asking_in_words(reading: &Reading, text: &str) -> Vec<String> {
    let asking = reading.asking(text);
    asking
        .iter()
        .map(|sentence| format!("  asks: {sentence}"))
        .collect()
}

fn offset_in_words(start: Offset, end: Option<Offset>) -> String {
    match end {
        Some(end) => format!("  offset: {start} to {end}"),
        None => format!("  offset: {start}"),
    }
}

fn likeness_in_words(a: &str, b: &str) -> String {
    let likeness = reading::compare(a, b);
    let verdict = match (likeness.same, likeness.similar) {
        (true, _) => "the same question: folded into the first",
        (false, true) => "similar: offered to a person",
        (false, false) => "different questions",
    };
    format!("{verdict} (score {})", rounded(likeness.score))
}
