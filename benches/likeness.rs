//! What a digest does with the questions that wait in a course: an index of all, and for each those like it. And
//! how long it takes to find the questions that a new one resembles among 100,000.
//!
//! Run with `cargo bench --bench likeness`.

use std::hint::black_box;

use beadle::reading::{Signature, SimilarIndex};
use criterion::{Criterion, criterion_group, criterion_main};

const QUESTIONS: usize = 100_000;

const OPENINGS: &[&str] = &[
    "why is there",
    "how do we choose",
    "what happens to",
    "can somebody explain",
    "is it allowed to drop",
    "what is the meaning of",
    "when do we need",
    "does anyone know",
];

const THINGS: &[&str] = &[
    "the penalty",
    "the reward model",
    "the baseline",
    "the learning rate",
    "the value head",
    "the reference policy",
    "the clipping",
    "the label",
    "the prompt",
    "the batch",
    "the seed",
    "the second term",
    "the margin",
    "the temperature",
    "the tokenizer",
    "the mask",
    "the loss",
];

const PLACES: &[&str] = &[
    "in the objective",
    "in the notebook",
    "on slide",
    "in the proof",
    "in section",
    "for exercise",
    "in the derivation",
    "at the start of the example",
    "in the ablation of table",
    "in the quiz",
];

/// The `number`th of questions that all say something else: many words stand in thousands of them, the
/// last one in a few.
fn question(number: usize) -> String {
    let of = |list: &[&'static str], by: usize| list[(number / by) % list.len()];
    let (opening, thing, place) = (of(OPENINGS, 1), of(THINGS, 8), of(PLACES, 136));
    let other = of(THINGS, 1_360);
    format!(
        "{opening} {thing} {place} and not {other}, as in topic{}?",
        number / 40
    )
}

fn likeness(criterion: &mut Criterion) {
    let index = SimilarIndex::of((0..QUESTIONS).map(|number| Signature::of(&question(number))));
    let new = [
        "why is there a penalty in the objective, as in topic1200?",
        "how do we choose the learning rate and the seed in the notebook",
        "what does the dean think of parking at the harbour",
    ];
    let mut group = criterion.benchmark_group("a new question against 100,000");
    group.sample_size(50);
    for text in new {
        group.bench_function(text, |bencher| {
            bencher.iter(|| {
                let signature = Signature::of(black_box(text));
                black_box(index.similar(&signature, 3))
            });
        });
    }
    group.finish();
}

fn waiting(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("waiting questions");
    group.sample_size(10);
    for count in [100, 1_000, 10_000] {
        // Of the whole course, not of its beginning alone.
        let numbers = (0..count).map(|number| number * (QUESTIONS / count));
        let signatures: Vec<Signature> = numbers
            .map(|number| Signature::of(&question(number)))
            .collect();
        group.bench_function(format!("an index of {count}"), |bencher| {
            bencher.iter(|| SimilarIndex::of(black_box(&signatures)));
        });
        let index = SimilarIndex::of(&signatures);
        group.bench_function(format!("one of {count}"), |bencher| {
            bencher.iter(|| index.similar_to(black_box(count / 2), 3, |_| true));
        });
    }
    group.finish();
}

criterion_group!(benches, likeness, waiting);
criterion_main!(benches);
