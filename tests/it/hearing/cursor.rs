//! A cursor never passes a message that nobody has dealt with.

use std::path::Path;
use std::sync::Arc;

use beadle::app::App;
use beadle::app::courses::{CourseSource, Courses};
use beadle::app::event::{Delivery, Event, Message, Person, Place};
use beadle::clock::{Clock as _, ManualClock};
use beadle::config::CourseFile;
use beadle::domain::ids::{ChannelId, MessageId, ServerId, UserId};
use beadle::store::Store;

use crate::support::class::BEGIN;

const CHANNEL: ChannelId = ChannelId::new(2);

async fn app() -> App {
    let text = "[course]\nslug = \"c\"\nname = \"C\"\nserver = \"1\"\ntimezone = \"UTC\"\nwatch = [\"2\"]\n";
    let file = CourseFile::parse(text, Path::new("c.toml")).expect("a right course");
    let source = CourseSource {
        course: file.course,
        lectures: Vec::new(),
        file: String::new(),
    };
    let clock = ManualClock::at(BEGIN.parse().expect("a moment"));
    let store = Store::open("sqlite::memory:").await.expect("a database");
    let mut tx = store.begin().await.expect("a transaction");
    let courses = Courses::open(&mut tx, vec![source], clock.now()).await;
    tx.commit().await.expect("a commit");
    let courses = courses.expect("courses");
    App::new(store, Arc::new(clock), courses, UserId::new(9))
}

fn place() -> Place {
    Place {
        server: ServerId::new(1),
        channel: CHANNEL,
        parent: None,
        in_forum: false,
    }
}

fn message(id: u64, delivery: Delivery) -> Message {
    Message {
        id: MessageId::new(id),
        place: place(),
        author: Person {
            id: UserId::new(3),
            name: "ines".to_owned(),
            is_bot: false,
            roles: Vec::new(),
            manages_messages: false,
            manages_server: false,
        },
        title: None,
        text: "lol".to_owned(),
        reply_to: None,
        posted_at: BEGIN.parse().expect("a moment"),
        edited_at: None,
        gather: false,
        delivery,
    }
}

fn heard(id: u64) -> Event {
    Event::Posted(Box::new(message(id, Delivery::Live)))
}

fn read(id: u64) -> Event {
    let (place, messages) = (place(), vec![message(id, Delivery::History)]);
    Event::History { place, messages }
}

fn caught_up(until: u64, round: u64) -> Event {
    let (until, since) = (MessageId::new(until), MessageId::new(1));
    Event::CaughtUp {
        channel: CHANNEL,
        until,
        since,
        round,
    }
}

/// Where the channel's cursor stands after an event.
async fn after(app: &App, event: Event) -> Option<u64> {
    app.handle(&event).await.expect("the database works");
    let cursor = app.cursor(CHANNEL).await.expect("the database works");
    cursor.map(|cursor| cursor.message.get())
}

#[tokio::test]
async fn what_is_heard_before_the_history_is_read_leaves_the_cursor_where_it_is() {
    let app = app().await;
    assert_eq!(after(&app, Event::Interrupted { round: 1 }).await, None);
    assert_eq!(after(&app, heard(30)).await, None);
    assert_eq!(after(&app, read(10)).await, Some(10));
    assert_eq!(after(&app, heard(40)).await, Some(10));
    assert_eq!(after(&app, caught_up(20, 1)).await, Some(20));
    assert_eq!(after(&app, heard(50)).await, Some(50));
}

#[tokio::test]
async fn an_end_that_was_read_before_the_stream_broke_off_again_proves_nothing() {
    let app = app().await;
    after(&app, Event::Interrupted { round: 1 }).await;
    after(&app, Event::Interrupted { round: 2 }).await;
    assert_eq!(after(&app, caught_up(20, 1)).await, Some(20));
    assert!(!app.is_live(CHANNEL).await);
    assert_eq!(after(&app, heard(50)).await, Some(20));
    assert_eq!(after(&app, caught_up(30, 2)).await, Some(30));
    assert!(app.is_live(CHANNEL).await);
}
