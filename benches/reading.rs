//! How many messages a second are read: whether each asks something, and which offsets it names.
//!
//! Run with `cargo bench --bench reading`.

use std::hint::black_box;

use beadle::domain::offset::Offset;
use beadle::reading::read;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

/// What a class says, without an emoji.
const PLAIN: &[&str] = &[
    "why is the score shifted at 49:27, would the ranking not stay the same?",
    "thanks, that cleared it up",
    "38:20 is where it finally made sense to me",
    "can somebody explain how the comparisons become one number",
    "I liked the part about labelling most, it felt honest about the cost.",
    "see you all on Thursday",
    "so the penalty keeps the tuned model near the old one and the reward pulls it away",
    "does the reward model see the prompt as well or just the two answers",
];

/// The same with emoji, which are many bytes each and on no ASCII path.
const WITH_EMOJI: &[&str] = &[
    "why is the score shifted at 49:27, would the ranking not stay the same? 🤔",
    "thanks 🙏 that cleared it up",
    "38:20 is where it finally made sense to me 🎉🎉",
    "can somebody explain how the comparisons become one number 😅",
    "I liked the part about labelling most ❤️ it felt honest about the cost.",
    "see you all on Thursday 👋🏽",
    "so the penalty keeps the tuned model near the old one 🧲 and the reward pulls it away 🚀",
    "does the reward model see the prompt as well or just the two answers 👀",
];

/// What a class says in languages of other scripts, and of Latin letters with accents.
const OTHER_SCRIPTS: &[&str] = &[
    "почему оценка сдвинута на 49:27, разве порядок не останется тем же?",
    "ευχαριστώ, τώρα το κατάλαβα",
    "38:20 这里我终于听懂了",
    "誰か、比較がどうやって一つの数になるのか説明してくれますか",
    "me gustó más la parte sobre las etiquetas, qué honesta sobre el coste.",
    "आप सब से गुरुवार को मिलते हैं",
    "die Strafe hält das neue Modell also nah am alten, und die Belohnung zieht es weg",
    "هل يرى نموذج المكافأة السؤال أيضًا أم الإجابتين فقط؟",
];

fn reading(criterion: &mut Criterion) {
    let duration = Some(Offset::from_seconds(4_575));
    let mut group = criterion.benchmark_group("reading");
    group.sample_size(20);
    for (name, messages) in [
        ("plain", PLAIN),
        ("with emoji", WITH_EMOJI),
        ("other scripts", OTHER_SCRIPTS),
    ] {
        group.throughput(Throughput::Elements(messages.len() as u64));
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                for message in messages {
                    black_box(read(black_box(message), duration));
                }
            });
        });
    }
    group.finish();
}

criterion_group!(benches, reading);
criterion_main!(benches);
