//! Pairs of questions: are they the same, are they similar, and why.

use std::collections::HashMap;
use std::fmt::Write;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{from_json, lines, rounded};
use crate::cli::failure::Failure;
use crate::cli::output::Results;
use crate::reading::{Comparison, SIMILAR, Signature, SimilarIndex, WordIn};

#[derive(Deserialize)]
struct Pair {
    #[serde(default)]
    id: Value,
    a: String,
    b: String,
}

#[derive(Serialize)]
struct Compared {
    id: Value,
    same: bool,
    similar: bool,
    score: f64,
}

/// Reads all pairs, and then tells of each how alike it is in the light of all, as if they were the questions
/// of one course.
pub(super) fn explain(mut results: Results) -> Result<(), Failure> {
    let mut texts = Texts::default();
    let mut pairs = Vec::new();
    let passed_over = lines(from_json, |pair: Pair| {
        pairs.push((pair.id, texts.number(pair.a), texts.number(pair.b)));
        Ok(())
    })?;
    let index = SimilarIndex::of(texts.in_order.iter().map(|text| Signature::of(text)));
    for (id, a, b) in pairs {
        let Some(likeness) = index.likeness(a, b) else {
            continue;
        };
        results.json(&Compared {
            id,
            same: likeness.same,
            similar: likeness.similar,
            score: rounded(likeness.score),
        })?;
    }
    results.done()?;
    passed_over.told()
}

/// Texts by their numbers, each once.
#[derive(Default)]
struct Texts {
    in_order: Vec<String>,
    numbers: HashMap<String, usize>,
}

impl Texts {
    fn number(&mut self, text: String) -> usize {
        if let Some(&number) = self.numbers.get(&text) {
            return number;
        }
        let number = self.in_order.len();
        self.in_order.push(text.clone());
        self.numbers.insert(text, number);
        number
    }
}

/// How alike two questions are and why, as lines.
pub(super) fn in_words(a: &str, b: &str) -> String {
    let compared = Comparison::of(&Signature::of(a), &Signature::of(b));
    let likeness = compared.likeness;
    let verdict = match (likeness.same, likeness.similar) {
        (true, _) => "the same question: folded into the first",
        (false, true) => "similar: offered to a person",
        (false, false) => "different questions",
    };
    let (score, from) = (rounded(likeness.score), rounded(SIMILAR));
    let mut told = format!("{verdict} (score {score}, similar from {from} on)\n");
    for (which, words) in [
        ("both", &compared.shared),
        ("only the first", &compared.only_first),
        ("only the second", &compared.only_second),
    ] {
        if !words.is_empty() {
            let words: Vec<String> = words.iter().map(word).collect();
            // Writing into a string does not fail.
            let _ = writeln!(told, "  {which:15}  {}", words.join(", "));
        }
    }
    let _ = writeln!(
        told,
        "  {:4.2}   of what they say is in both",
        compared.overlap
    );
    for (why, factor) in &compared.remarks {
        let _ = writeln!(told, "  ×{factor:.1}   {why}");
    }
    told
}

fn word(it: &WordIn) -> String {
    let other = it.other.iter().map(|other| format!("/{other}"));
    format!("{}{} {:.1}", it.word, other.collect::<String>(), it.weight)
}
