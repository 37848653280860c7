//! A course and the application that serves it, without Discord: for what two processes do to one
//! database, and for clocks that jump.

use std::path::Path;
use std::sync::Arc;

use beadle::app::App;
use beadle::app::courses::{CourseSource, Courses};
use beadle::app::effect::{Effect, Entry};
use beadle::app::event::{Delivery, Event, Message, Person, Place};
use beadle::clock::{Clock as _, ManualClock};
use beadle::config::CourseFile;
use beadle::domain::ids::{ChannelId, MessageId, ServerId, UserId};
use beadle::store::{Store, StoreError};
use jiff::Timestamp;

/// What a course is set to, as far as tests differ.
#[derive(Clone, Copy)]
pub struct Bees<'a> {
    pub timezone: &'a str,
    pub at: &'a str,
    pub days: &'a str,
}

/// Every day at 18:00 in Los Angeles.
pub const DAILY: Bees<'static> = Bees {
    timezone: "America/Los_Angeles",
    at: "18:00",
    days: r#""mon", "tue", "wed", "thu", "fri", "sat", "sun""#,
};

impl Bees<'_> {
    /// A process that serves the course, at that moment.
    pub async fn at(self, store: &Store, now: &str) -> Process {
        let clock = ManualClock::at(moment(now));
        let text = format!(
            "[course]\nslug = \"bees\"\nname = \"Bees\"\nserver = \"1\"\ntimezone = \"{}\"\n\
             watch = [\"2\"]\n[digest]\nchannel = \"3\"\nat = \"{}\"\ndays = [{}]\n",
            self.timezone, self.at, self.days
        );
        let file = CourseFile::parse(&text, Path::new("bees.toml")).expect("a right course");
        let source = CourseSource {
            course: file.course,
            lectures: Vec::new(),
            file: String::new(),
        };
        let mut tx = store.begin().await.expect("a transaction");
        let courses = Courses::open(&mut tx, vec![source], clock.now()).await;
        let courses = courses.expect("courses");
        tx.commit().await.expect("a commit");
        let app = App::new(
            store.clone(),
            Arc::new(clock.clone()),
            courses,
            UserId::new(9),
        );
        Process { app, clock }
    }
}

/// One of the processes that serve the course.
pub struct Process {
    pub app: App,
    pub clock: ManualClock,
}

impl Process {
    /// Sets its clock.
    pub fn at(&self, now: &str) {
        self.clock.set(moment(now));
    }

    /// Looks whether a digest is due, and returns what is to be posted: the digest's messages.
    pub async fn looks(&self) -> Vec<Entry> {
        let course = "bees".to_owned();
        let looked = self.app.handle(&Event::DigestDue { course }).await;
        looked.expect("the database works")
    }

    /// Goes to a moment, looks, and returns the keys of what is to be posted.
    pub async fn posts_at(&self, now: &str) -> Vec<String> {
        self.at(now);
        let looked = self.looks().await;
        looked.into_iter().map(|entry| entry.key).collect()
    }

    /// Goes to a moment, looks, and returns the text of the digest's only message.
    pub async fn digest_at(&self, now: &str) -> String {
        self.at(now);
        let looked = self.looks().await;
        let [only] = &looked[..] else {
            panic!("{looked:?}");
        };
        let Effect::Say { message, .. } = &only.effect else {
            panic!("{only:?}");
        };
        message.plain()
    }

    /// Hears a question that is asked now; no two of different numbers are alike.
    pub async fn hears(&self, number: u64) -> Result<Vec<Entry>, StoreError> {
        let posted_at = self.clock.now();
        let first = MessageId::first_at_ms(posted_at.as_millisecond()).get();
        let message = Message {
            id: MessageId::new(first + number),
            place: Place {
                server: ServerId::new(1),
                channel: ChannelId::new(2),
                parent: None,
                in_forum: false,
            },
            author: Person {
                id: UserId::new(100),
                name: "maya".to_owned(),
                is_bot: false,
                roles: Vec::new(),
                manages_messages: false,
                manages_server: false,
            },
            title: None,
            text: format!("why does hive{number} dance{number} before flight{number}?"),
            reply_to: None,
            posted_at,
            edited_at: None,
            gather: false,
            delivery: Delivery::Live,
        };
        self.app.handle(&Event::Posted(Box::new(message))).await
    }
}

/// A moment as RFC 3339 writes it.
pub fn moment(text: &str) -> Timestamp {
    text.parse().expect("a moment")
}
