//! Fits the weights by which Beadle tells that a message answers a question, to talks that people have
//! labelled, and shows how far the outcome can be trusted.
//!
//! ```text
//! cargo run --release --example fit_answers -- answers.jsonl > src/reading/answers/weights.rs
//! ```
//!
//! A line of the file is a talk with one of its questions:
//! `{"id": "log-7", "source": "log", "messages": [{"user": "maya", "text": "why?"}, …], "question": 0, "answers": [2]}`.
//! What precedes the last dash of the id names the conversation that it was cut from. The weights go to
//! standard output, as a file of the program; the figures go to standard error. Every figure is of talks
//! from conversations that took no part in the fit behind it.

mod figures;
mod logistic;
mod talks;

use std::process::ExitCode;

use beadle::reading::confidence;

use self::logistic::Model;
use self::talks::{Case, cases};

/// Into how many parts the conversations are dealt; each part is judged by what was fitted to the others.
const PARTS: usize = 10;

fn main() -> ExitCode {
    let Some(file) = std::env::args().nth(1) else {
        eprintln!("which file? usage: fit_answers answers.jsonl");
        return ExitCode::from(2);
    };
    match run(&file) {
        Ok(()) => ExitCode::SUCCESS,
        Err(mistake) => {
            eprintln!("{file}: {mistake}");
            ExitCode::FAILURE
        }
    }
}

fn run(file: &str) -> Result<(), Box<dyn std::error::Error>> {
    let cases = cases(&std::fs::read_to_string(file)?)?;
    let foretold = foretold(&cases);
    eprint!("{}", figures::links(&cases, &foretold));
    eprint!("{}", figures::calibration(&cases, &foretold));
    let all: Vec<&Case> = cases.iter().collect();
    print!("{}", as_source(&Model::fit(&all), &cases));
    Ok(())
}

/// The confidence of each case, by a model that has seen nothing of its conversation.
fn foretold(cases: &[Case]) -> Vec<f64> {
    let mut foretold = vec![0.0; cases.len()];
    for part in 0..PARTS {
        let (own, others): (Vec<_>, Vec<_>) =
            (0..cases.len()).partition(|&nth| cases[nth].conversation % PARTS == part);
        let others: Vec<&Case> = others.into_iter().map(|nth| &cases[nth]).collect();
        let model = Model::fit(&others);
        for nth in own {
            foretold[nth] = confidence_of(model.log_odds(&cases[nth].values));
        }
    }
    foretold
}

/// The confidence that Beadle would show.
fn confidence_of(log_odds: f64) -> f64 {
    f64::from(confidence(log_odds as f32))
}

/// The model as the file of the program that holds it.
fn as_source(model: &Model, cases: &[Case]) -> String {
    let names = cases
        .first()
        .map(|case| &case.names[..])
        .unwrap_or_default();
    let mut text = HEADER.to_owned();
    text += &format!("\npub(super) const BASE: f32 = {:.2};\n", model.base);
    text += "\n/// In log-odds for each 1 of the feature, in the features' order.\n";
    text += "pub(super) const WEIGHTS: &[(&str, f32)] = &[\n";
    for (name, weight) in names.iter().zip(&model.weights) {
        text += &format!("    (\"{name}\", {weight:.2}),\n");
    }
    text + "];\n"
}

const HEADER: &str = "\
//! What each feature of `features.rs` weighs. Written by `examples/fit_answers`; not to be changed by hand.
//!
//! Fitted to talks from two collections, of which nothing but these numbers is here. The messages and their
//! reply structure are from the Ubuntu channels' logs, labelled by Jonathan K. Kummerfeld and others, \u{201c}A
//! Large-Scale Corpus for Conversation Disentanglement\u{201d}, ACL 2019 (Creative Commons Attribution 4.0); the
//! discourse relations are from Jiaqi Li and others, \u{201c}Molweni: A Challenge Multiparty Dialogues-based
//! Machine Reading Comprehension Dataset with Discourse Structure\u{201d}, COLING 2020 (Apache License 2.0).

/// The log-odds before any feature has spoken: most messages answer nothing.";
