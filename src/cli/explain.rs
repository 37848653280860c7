//! `beadle explain`: what Beadle reads in a text, and by which rules.

mod in_words;
mod pairs;

use std::io::BufRead;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::explain_answers;
use super::failure::Failure;
use super::output::Results;
use crate::domain::offset::Offset;
use crate::reading;
use in_words::in_words;

/// `beadle explain`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  beadle explain \"why is beta there\"
  beadle explain --duration 1:16:15 \"1:20:00 is past the end\"
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
    /// Compare two questions: is it the same one? With --jsonl, all pairs are read first and taken for the
    /// questions of one course, so that a pair's score depends on the other pairs
    #[arg(long)]
    pairs: bool,
    /// How long the recording is: no offset lies past its end
    #[arg(long, value_name = "OFFSET", conflicts_with = "pairs")]
    duration: Option<Offset>,
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

#[derive(Serialize)]
struct Explained {
    id: Value,
    question: bool,
    score: f64,
    rules: Vec<&'static str>,
    offsets: Vec<u32>,
}

/// Explains texts, or pairs of them.
pub fn explain(arguments: &Arguments) -> Result<(), Failure> {
    let mut results = Results::new();
    let duration = arguments.duration;
    if arguments.answers {
        explain_answers::explain(&mut results)?;
        return results.done();
    }
    match (arguments.jsonl, arguments.pairs) {
        (true, false) => each_line(results, from_json, |results, text| {
            results.json(&explained(text, duration))
        }),
        (true, true) => pairs::explain(results),
        (false, true) => {
            let [a, b] = &arguments.texts[..] else {
                let sentence = "give --pairs two texts, each in quotes, or --jsonl and pairs on standard input";
                return Err(Failure::CommandLine(sentence.to_owned()));
            };
            results.text(&pairs::in_words(a, b))?;
            results.done()
        }
        (false, false) if arguments.texts.is_empty() => each_line(
            results,
            |line| Ok(line.text.to_owned()),
            |results, text| results.line(&in_words(&text, duration)),
        ),
        (false, false) => {
            results.text(&in_words(&arguments.texts.join(" "), duration))?;
            results.done()
        }
    }
}

/// A line of standard input and its number, from 1.
struct Line<'t> {
    number: usize,
    text: &'t str,
}

/// Reads standard input line by line. A line that cannot be read is told on standard error and
/// passed over; the exit code then says that there was one.
fn each_line<T>(
    mut results: Results,
    read: impl Fn(Line<'_>) -> Result<T, Failure>,
    mut then: impl FnMut(&mut Results, T) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let passed_over = lines(read, |line| then(&mut results, line))?;
    results.done()?;
    passed_over.told()
}

/// Whether there was a line that could not be read, with the exit code for the last of them.
struct PassedOver(Option<u8>);

impl PassedOver {
    /// The end of a run.
    fn told(self) -> Result<(), Failure> {
        self.0.map_or(Ok(()), |code| Err(Failure::Told(code)))
    }
}

/// Reads standard input line by line, without results.
fn lines<T>(
    read: impl Fn(Line<'_>) -> Result<T, Failure>,
    mut then: impl FnMut(T) -> Result<(), Failure>,
) -> Result<PassedOver, Failure> {
    let mut passed_over = None;
    for (line, number) in std::io::stdin().lock().split(b'\n').zip(1..) {
        let bytes = line.map_err(|error| Failure::input(format!("standard input: {error}")))?;
        let text = String::from_utf8_lossy(&bytes);
        let text = text.trim_end_matches('\r').trim_start_matches('\u{FEFF}');
        if text.trim().is_empty() {
            continue;
        }
        match read(Line { number, text }) {
            Ok(read) => then(read)?,
            Err(failure) => {
                failure.tell();
                passed_over = Some(failure.exit_code());
            }
        }
    }
    Ok(PassedOver(passed_over))
}

fn from_json<T: DeserializeOwned>(line: Line<'_>) -> Result<T, Failure> {
    serde_json::from_str(line.text).map_err(|error| {
        let words = error.to_string();
        let words = words.split(" at line ").next().unwrap_or_default();
        let (number, column) = (line.number, error.column().max(1));
        Failure::input(format!("standard input:{number}:{column}: {words}"))
    })
}

fn explained(text: Text, duration: Option<Offset>) -> Explained {
    let reading = reading::read(&text.text, duration);
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

/// To three digits: what more there is, is noise of the sum.
fn rounded(score: f32) -> f64 {
    (f64::from(score) * 1_000.0).round() / 1_000.0
}
