//! How many messages a second Beadle deals with durably, each committed with its channel's cursor to a
//! SQLite file or to a PostgreSQL of its own: one to a transaction, as in a quiet hour, and 256, as in
//! a flood.
//!
//! One message in five asks something; the rest is talk. Run with `cargo bench --bench handling`.
//! PostgreSQL is passed over with a sentence where its programs are not on this machine.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use beadle::app::App;
use beadle::app::courses::Courses;
use beadle::app::event::{Delivery, Event, Message, Person, Place};
use beadle::cli::courses::source_of;
use beadle::clock::{Clock, ManualClock};
use beadle::config::CourseFile;
use beadle::domain::ids::{ChannelId, MessageId, ServerId, UserId};
use beadle::store::Store;
use criterion::{
    BenchmarkId, Criterion, SamplingMode, Throughput, criterion_group, criterion_main,
};
use jiff::{SignedDuration, Timestamp};
use tokio::runtime::Runtime;

use self::support::postgres::Server;

#[allow(dead_code, reason = "the tests use more of it")]
#[path = "../tests/it/support"]
mod support {
    pub mod postgres;
}

/// How many messages are dealt with one by one between two readings of the watch.
const ONE_BY_ONE: usize = 512;
/// How many in bursts.
const IN_BURSTS: usize = 16 * BATCH;
/// The events that the running bot puts into one transaction at most.
const BATCH: usize = 256;
const SERVER: ServerId = ServerId::new(1_200_000_000_000_000_001);
const CHANNEL: ChannelId = ChannelId::new(1_200_000_000_000_000_101);
const BEADLE: UserId = UserId::new(1_200_000_000_000_000_077);

const TALK: &[&str] = &[
    "thanks, that cleared it up",
    "I watched it twice and the second half is much better",
    "38:20 is where it finally made sense to me",
    "the notes are on the course page, under week five",
];
const THINGS: &[&str] = &[
    "reward model",
    "penalty",
    "ranking",
    "baseline",
    "policy",
    "prompt",
    "sampler",
    "decoder",
    "likelihood",
    "gradient",
    "comparison",
];
const DEEDS: &[&str] = &[
    "depend on",
    "change",
    "replace",
    "limit",
    "improve",
    "ignore",
    "shift",
];

/// What the class says as its `n`th message.
fn words(n: u32) -> String {
    if !n.is_multiple_of(5) {
        return TALK[n as usize % TALK.len()].to_owned();
    }
    let nth = (n / 5) as usize;
    let (thing, deed) = (THINGS[nth % 11], DEEDS[nth / 11 % 7]);
    let other = THINGS[(nth + 1 + nth / 77) % 11];
    let (minutes, seconds) = (10 + n / 5 % 60, n % 60);
    format!("why does the {thing} {deed} the {other} at {minutes}:{seconds:02}?")
}

fn message(n: u32, now: Timestamp) -> Event {
    let first = MessageId::first_at_ms(now.as_millisecond()).get();
    Event::Posted(Box::new(Message {
        id: MessageId::new(first + 1 + u64::from(n)),
        place: Place {
            server: SERVER,
            channel: CHANNEL,
            parent: None,
            in_forum: false,
        },
        author: Person {
            id: UserId::new(1_000 + u64::from(n % 90)),
            name: format!("student {}", n % 90),
            is_bot: false,
            roles: Vec::new(),
            manages_messages: false,
            manages_server: false,
        },
        title: None,
        text: words(n),
        reply_to: None,
        posted_at: now,
        edited_at: None,
        gather: false,
        delivery: Delivery::Live,
    }))
}

/// Beadle on a fresh database, with the channel caught up so that messages move its cursor.
async fn beadle(url: &str, now: Timestamp) -> App {
    let store = Store::open(url).await.expect("a database");
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("config/courses/cs224n.toml");
    let file = CourseFile::load(&file).expect("the sample course is right");
    let source = source_of(file).expect("its tables are right");
    let mut tx = store.begin().await.expect("a transaction");
    let courses = Courses::open(&mut tx, vec![source], now).await;
    let courses = courses.expect("the course is served");
    tx.commit().await.expect("committed");
    let app = App::new(store, Arc::new(ManualClock::at(now)), courses, BEADLE);
    let until = MessageId::first_at_ms(now.as_millisecond());
    let caught_up = Event::CaughtUp {
        channel: CHANNEL,
        until,
        since: until,
        round: 0,
    };
    app.handle(&caught_up).await.expect("caught up");
    app
}

/// How long the messages take, on an empty database.
async fn deal_with(events: &[Event], at_once: usize, now: Timestamp, url: &str) -> Duration {
    let app = beadle(url, now).await;
    let began = Instant::now();
    for batch in events.chunks(at_once) {
        app.handle_all(batch).await.expect("dealt with");
    }
    let took = began.elapsed();
    let cursor = app.cursor(CHANNEL).await.expect("read");
    let first = MessageId::first_at_ms(now.as_millisecond()).get();
    let newest = MessageId::new(first + events.len() as u64);
    assert_eq!(cursor.map(|cursor| cursor.message), Some(newest));
    app.store().close().await;
    took
}

/// Measures on one kind of database. `fresh` makes an empty one that lasts as long as what is returned
/// beside its address.
fn measure<K>(criterion: &mut Criterion, engine: &str, fresh: impl Fn() -> (String, K)) {
    let runtime = Runtime::new().expect("a runtime");
    // Any moment will do, so long as the sample course's lecture has been given.
    let now =
        ManualClock::at(Timestamp::UNIX_EPOCH + SignedDuration::from_hours(24 * 20_000)).now();
    let mut group = criterion.benchmark_group(format!("handling on {engine}"));
    group.sample_size(10);
    // As many databases to a sample as to any other.
    group.sampling_mode(SamplingMode::Flat);
    group.warm_up_time(Duration::from_secs(1));
    for (messages, at_once) in [(ONE_BY_ONE, 1), (IN_BURSTS, BATCH)] {
        let events: Vec<Event> = (0..messages as u32).map(|n| message(n, now)).collect();
        group.throughput(Throughput::Elements(messages as u64));
        let name = BenchmarkId::new("messages to a transaction", at_once);
        group.bench_function(name, |bencher| {
            bencher.iter_custom(|times| {
                (0..times)
                    .map(|_| {
                        let (url, _kept) = fresh();
                        runtime.block_on(deal_with(&events, at_once, now, &url))
                    })
                    .sum()
            });
        });
    }
    group.finish();
}

fn handling(criterion: &mut Criterion) {
    measure(criterion, "SQLite", || {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let url = format!("sqlite://{}", folder.path().join("beadle.db").display());
        (url, folder)
    });
    if let Some(server) = Server::to_measure() {
        measure(criterion, "PostgreSQL", || {
            let database = server.with_tables();
            (database.url.clone(), database)
        });
    }
}

criterion_group!(benches, handling);
criterion_main!(benches);
