//! The outcome does not depend on the order of delivery, nor on how often something is delivered.

use std::path::Path;
use std::sync::Arc;

use beadle::app::App;
use beadle::app::courses::{CourseSource, Courses};
use beadle::app::event::{Delivery, Event, Message, Person, Place};
use beadle::clock::ManualClock;
use beadle::config::CourseFile;
use beadle::domain::ids::{ChannelId, MessageId, ServerId, UserId};
use beadle::store::{Store, questions};
use jiff::Timestamp;

use crate::support::dice::Dice;

const MESSAGES: u64 = 500;
const BEGIN_MS: i64 = 1_675_980_000_000;

fn message(number: u64) -> Event {
    // Every fifth asks; no two ask the same.
    let text = match number % 5 {
        0 => format!("why does step {number} of proof{number} need lemma{number} to hold?"),
        1 => "great lecture, thank you".to_owned(),
        2 => format!("{}:{:02}", number % 60, number % 60),
        3 => "lol".to_owned(),
        _ => "I watched that part twice".to_owned(),
    };
    let posted_at =
        Timestamp::from_millisecond(BEGIN_MS + number as i64 * 1_000).expect("a moment");
    let id = MessageId::new(MessageId::first_at_ms(posted_at.as_millisecond()).get() + 1);
    let person = UserId::new(1_000 + number % 17);
    Event::Posted(Box::new(Message {
        id,
        place: Place {
            server: ServerId::new(1),
            channel: ChannelId::new(2),
            parent: None,
            in_forum: false,
        },
        author: Person {
            id: person,
            name: format!("student {person}"),
            is_bot: false,
            roles: Vec::new(),
            manages_messages: false,
        },
        title: None,
        text,
        reply_to: None,
        posted_at,
        edited_at: None,
        gather: false,
        delivery: Delivery::Live,
    }))
}

/// The same order for the same seed.
fn shuffled(mut events: Vec<Event>, seed: u64) -> Vec<Event> {
    let mut dice = Dice::of(seed);
    for last in (1..events.len()).rev() {
        events.swap(last, dice.below(last + 1));
    }
    events
}

/// What is gathered from events, in the order of asking.
async fn gathered(events: &[Event]) -> Vec<(i64, String)> {
    let text = "[course]\nslug = \"c\"\nname = \"C\"\nserver = \"1\"\ntimezone = \"UTC\"\nwatch = [\"2\"]\n";
    let file = CourseFile::parse(text, Path::new("c.toml")).expect("a right course");
    let source = CourseSource {
        course: file.course,
        lectures: Vec::new(),
    };
    let now = Timestamp::from_millisecond(BEGIN_MS + 600_000).expect("a moment");
    let store = Store::open("sqlite::memory:").await.expect("a database");
    let mut tx = store.begin().await.expect("a transaction");
    let courses = Courses::open(&mut tx, vec![source], now)
        .await
        .expect("courses");
    tx.commit().await.expect("a commit");
    let id = courses.iter().next().expect("one").id;
    let clock = Arc::new(ManualClock::at(now));
    let app = App::new(store, clock, courses, UserId::new(9));
    for batch in events.chunks(64) {
        app.handle_all(batch).await.expect("the database works");
    }
    let mut tx = app.store().read().await.expect("a transaction");
    let rows = questions::questions_of_course(&mut tx, id, None)
        .await
        .expect("questions");
    rows.into_iter()
        .map(|row| (row.message_id, row.asking))
        .collect()
}

#[tokio::test]
async fn five_hundred_messages_in_any_order_and_twice_give_the_same_hundred_questions_once() {
    let events: Vec<Event> = (0..MESSAGES).map(message).collect();
    let told = gathered(&events).await;
    assert_eq!(told.len(), 100);
    for seed in [1, 2] {
        assert_eq!(
            gathered(&shuffled(events.clone(), seed)).await,
            told,
            "shuffled with {seed}"
        );
    }
    let twice: Vec<Event> = events.iter().chain(&events).cloned().collect();
    assert_eq!(
        gathered(&shuffled(twice, 3)).await,
        told,
        "twice and shuffled"
    );
}
