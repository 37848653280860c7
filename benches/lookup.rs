//! How long a lookup takes in a small topic table and in the largest: at an offset, and by words.
//!
//! Run with `cargo bench --bench lookup`.

use std::hint::black_box;

use beadle::domain::lecture::{Topic, TopicTable};
use beadle::domain::offset::Offset;
use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};

/// Seconds between two topics.
const APART_S: u32 = 30;

/// Titles are made of these, so that words match some topics and not others.
const WORDS: &[&str] = &[
    "gradient",
    "attention",
    "reward",
    "comparison",
    "sampling",
    "penalty",
    "decoder",
    "embedding",
    "alignment",
    "tokens",
    "baseline",
];

fn table(topics: u32) -> TopicTable {
    let rows = (0..topics).map(|n| {
        let word = |step: u32| WORDS[(n / step) as usize % WORDS.len()];
        Topic {
            start: Offset::from_seconds(n * APART_S),
            end: None,
            title: format!("{} and {} ({n})", word(1), word(11)),
            note: n
                .is_multiple_of(3)
                .then(|| format!("About the {}", word(121))),
        }
    });
    TopicTable::new(rows.collect()).unwrap_or_default()
}

fn lookup(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("lookup");
    group.sample_size(20);
    for topics in [10, 10_000] {
        let table = table(topics);
        assert_eq!(table.len(), topics as usize, "no topic was refused");
        let middle = Offset::from_seconds(topics * APART_S / 2 + 7);
        let end = Some(Offset::from_seconds(topics * APART_S));
        group.bench_function(BenchmarkId::new("at an offset", topics), |bencher| {
            bencher.iter(|| black_box(table.at(black_box(middle), end)));
        });
        group.bench_function(BenchmarkId::new("by words", topics), |bencher| {
            bencher.iter(|| black_box(table.search(black_box("reward penalties"))));
        });
        group.bench_function(BenchmarkId::new("by a typo", topics), |bencher| {
            bencher.iter(|| black_box(table.search(black_box("atention"))));
        });
    }
    group.finish();
}

criterion_group!(benches, lookup);
criterion_main!(benches);
