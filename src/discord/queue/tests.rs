use std::path::Path;
use std::sync::atomic::Ordering;

use jiff::Timestamp;

use super::pump::Hands;
use super::*;
use crate::app::App;
use crate::app::courses::{CourseSource, Courses};
use crate::app::event::{Delivery, Message, Person, Place};
use crate::clock::{Clock as _, ManualClock};
use crate::config::CourseFile;
use crate::domain::ids::{MessageId, ServerId, UserId};
use crate::store::Store;

fn deletion(number: u64) -> Event {
    Event::Deleted {
        channel: ChannelId::new(1),
        messages: vec![MessageId::new(number)],
    }
}

fn held(from: &mut mpsc::Receiver<Incoming>) -> Vec<Event> {
    let mut held = Vec::new();
    while let Ok(incoming) = from.try_recv() {
        if let Incoming::Event(event) = incoming {
            held.push(event);
        }
    }
    held
}

#[test]
fn what_does_not_fit_is_dropped_and_so_is_everything_after_it_until_a_new_round() {
    let (queue, mut from) = queue(2);
    (1..=4).for_each(|number| queue.take(deletion(number)));
    assert_eq!(held(&mut from), [deletion(1), deletion(2)]);
    queue.take(deletion(5));
    assert!(held(&mut from).is_empty(), "a hole in the stream shows");
    assert_eq!(queue.reopen(), Some(Event::Interrupted { round: 1 }));
    queue.take(deletion(6));
    assert_eq!(held(&mut from), [deletion(6)]);
    assert_eq!(queue.reopen(), None);
}

#[test]
fn while_a_shard_is_deaf_there_is_no_round_to_read_for() {
    let (queue, mut from) = queue(8);
    assert_eq!(queue.round(), Some(0));
    let pause = queue.pause();
    queue.take(deletion(1));
    queue.interrupt();
    assert_eq!(queue.round(), None);
    drop(pause);
    assert_eq!(queue.round(), Some(3));
    let rounds = [1, 2, 3].map(|round| Event::Interrupted { round });
    let [first, second, third] = rounds;
    assert_eq!(held(&mut from), [first, deletion(1), second, third]);
}

/// An application that serves one course, on a database in memory.
async fn app() -> Arc<App> {
    let course = "[course]\nslug = \"c\"\nname = \"C\"\nserver = \"1\"\ntimezone = \"UTC\"\n\
                  watch = [\"2\"]\n[[lecture]]\nslug = \"1\"\ntitle = \"One\"\n";
    let file = CourseFile::parse(course, Path::new("c.toml")).expect("a right course");
    let source = CourseSource {
        course: file.course,
        lectures: Vec::new(),
        file: String::new(),
    };
    let clock = ManualClock::at(Timestamp::from_second(1_675_980_000).expect("a moment"));
    let store = Store::open("sqlite::memory:").await.expect("a database");
    let mut tx = store.begin().await.expect("a transaction");
    let courses = Courses::open(&mut tx, vec![source], clock.now())
        .await
        .expect("courses");
    tx.commit().await.expect("a commit");
    Arc::new(App::new(store, Arc::new(clock), courses, UserId::new(9)))
}

/// A command that Beadle answers.
fn command(app: &App) -> Event {
    let posted_at = app.clock().now();
    Event::Posted(Box::new(Message {
        id: MessageId::first_at_ms(posted_at.as_millisecond()),
        place: Place {
            server: ServerId::new(1),
            channel: ChannelId::new(2),
            parent: None,
            in_forum: false,
        },
        author: Person {
            id: UserId::new(3),
            name: "ines".to_owned(),
            is_bot: false,
            roles: Vec::new(),
            manages_messages: false,
            manages_server: false,
        },
        title: None,
        text: "!beadle".to_owned(),
        reply_to: None,
        posted_at,
        edited_at: None,
        gather: false,
        delivery: Delivery::Live,
    }))
}

#[tokio::test]
async fn what_a_lost_commit_decided_is_handed_on_once_the_database_answers_again() {
    let app = app().await;
    let decided = app
        .handle(&command(&app))
        .await
        .expect("the database works");
    assert_eq!(decided.len(), 1);
    let (out, mut effects) = mpsc::unbounded_channel();
    let hands = Hands::new(app, out);
    hands.in_doubt.store(true, Ordering::Relaxed);
    // The commit was made and its answer lost: decided again, the same command decides nothing.
    hands.hand_on(Vec::new()).await;
    let handed_on = effects.try_recv().expect("an effect");
    assert_eq!(handed_on.id, decided[0].id);
}
