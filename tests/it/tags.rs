//! A forum post's tag: what Beadle does with it is told by Discord at any later moment, and is nobody's
//! word; what people do with it is, whenever it comes to be known.

use std::path::Path;
use std::sync::Arc;

use beadle::app::App;
use beadle::app::courses::Courses;
use beadle::app::effect::{Effect, Entry};
use beadle::app::event::{Delivery, Event, Message, Person, Place, Reaction};
use beadle::cli::courses::source_of;
use beadle::clock::{Clock as _, ManualClock};
use beadle::config::CourseFile;
use beadle::domain::ids::{ChannelId, MessageId, RoleId, ServerId, UserId};
use beadle::store::{Store, questions};
use jiff::{SignedDuration, Timestamp};

const POST: Place = Place {
    server: ServerId::new(1),
    channel: ChannelId::new(1_073_000_000_000_000_000),
    parent: Some(ChannelId::new(3)),
    in_forum: true,
};
const ID: MessageId = MessageId::new(POST.channel.get());

struct Forum {
    app: App,
    clock: ManualClock,
}

fn person(id: u64, roles: &[u64]) -> Person {
    Person {
        id: UserId::new(id),
        name: format!("person{id}"),
        is_bot: false,
        roles: roles.iter().map(|role| RoleId::new(*role)).collect(),
        manages_messages: false,
        manages_server: false,
    }
}

impl Forum {
    /// A forum with one post, whose question is open.
    async fn with_a_post() -> Self {
        let course = "[course]\nslug = \"c\"\nname = \"C\"\nserver = \"1\"\ntimezone = \"UTC\"\n\
                      staff_roles = [\"77\"]\nwatch = [\"3\"]\n";
        let file = CourseFile::parse(course, Path::new("course.toml")).expect("a course");
        let source = source_of(file).expect("a right course");
        let store = Store::open("sqlite::memory:").await.expect("a database");
        let began = Timestamp::from_millisecond(ID.created_at_ms()).expect("a moment");
        let clock = ManualClock::at(began);
        let mut tx = store.begin().await.expect("a transaction");
        let courses = Courses::open(&mut tx, vec![source], began)
            .await
            .expect("courses");
        tx.commit().await.expect("it commits");
        let app = App::new(store, Arc::new(clock.clone()), courses, UserId::new(9));
        let forum = Self { app, clock };
        let post = Message {
            id: ID,
            place: POST,
            author: person(5, &[]),
            title: Some("Why is beta there?".to_owned()),
            text: "I do not get it.".to_owned(),
            reply_to: None,
            posted_at: began,
            edited_at: None,
            gather: false,
            delivery: Delivery::Live,
        };
        forum.happens(Event::Posted(Box::new(post))).await;
        forum
    }

    async fn happens(&self, event: Event) -> Vec<Entry> {
        self.app.handle(&event).await.expect("it is dealt with")
    }

    /// Staff mark the post as answered, or take that back. Returns what Beadle wants of the tag then.
    async fn marked(&self, answered: bool) -> bool {
        self.later(1);
        let event = if answered {
            Event::Reacted(Box::new(Reaction {
                place: POST,
                message: ID,
                person: person(6, &[77]),
                emoji: "✅".to_owned(),
            }))
        } else {
            Event::Unreacted {
                message: ID,
                person: Some(UserId::new(6)),
                emoji: Some("✅".to_owned()),
            }
        };
        let wanted = self
            .happens(event)
            .await
            .into_iter()
            .find_map(|entry| match entry.effect {
                Effect::Tag { solved, .. } => Some(solved),
                _ => None,
            });
        wanted.expect("the tag is to follow")
    }

    async fn tagged(&self, solved: bool, by_beadle: bool, as_of: Timestamp) {
        let event = Event::Tagged {
            place: POST,
            solved,
            as_of,
            by_beadle,
        };
        let decided = self.happens(event).await;
        let tags = decided
            .iter()
            .any(|it| matches!(it.effect, Effect::Tag { .. }));
        assert!(
            !tags,
            "what is seen of a tag makes no other tag: {decided:?}"
        );
    }

    async fn seen(&self, solved: bool) {
        self.tagged(solved, false, self.clock.now()).await;
    }

    async fn done(&self, solved: bool) {
        self.tagged(solved, true, self.clock.now()).await;
    }

    fn later(&self, seconds: i64) {
        self.clock.advance(SignedDuration::from_secs(seconds));
    }

    async fn state(&self) -> String {
        let mut tx = self.app.store().read().await.expect("a transaction");
        let question = questions::question_by_message(&mut tx, ID)
            .await
            .expect("it works");
        question.expect("a question").state
    }
}

#[tokio::test]
async fn beadles_own_tag_is_nobodys_word_however_often_and_late_it_is_told() {
    let forum = Forum::with_a_post().await;
    assert!(forum.marked(true).await);
    forum.seen(false).await;
    forum.seen(true).await;
    forum.done(true).await;
    forum.seen(true).await;
    assert_eq!(forum.state().await, "answered");
    assert!(!forum.marked(false).await);
    forum.seen(true).await;
    forum.done(false).await;
    // What was told of the first change comes after the second is done.
    forum.seen(true).await;
    forum.seen(false).await;
    assert_eq!(forum.state().await, "open");
}

#[tokio::test]
async fn what_was_seen_earlier_does_not_overrule_what_is_known_of_later() {
    let forum = Forum::with_a_post().await;
    let asked_at = forum.clock.now();
    forum.later(60);
    forum.seen(true).await;
    assert_eq!(forum.state().await, "answered");
    forum.tagged(false, false, asked_at).await;
    assert_eq!(
        forum.state().await,
        "answered",
        "history that was asked for before"
    );
    forum.seen(true).await;
    forum.later(60);
    forum.seen(false).await;
    assert_eq!(forum.state().await, "open");
}

#[tokio::test]
async fn a_person_overrules_beadle_and_is_not_overruled_by_it() {
    let forum = Forum::with_a_post().await;
    assert!(forum.marked(true).await);
    forum.done(true).await;
    forum.later(60);
    forum.seen(false).await;
    assert_eq!(forum.state().await, "open");
    forum.later(60);
    forum.seen(true).await;
    assert_eq!(forum.state().await, "answered");
}

#[tokio::test]
async fn what_a_person_did_right_after_beadle_counts_when_it_is_seen_once_more() {
    let forum = Forum::with_a_post().await;
    forum.marked(true).await;
    forum.done(true).await;
    forum.seen(false).await;
    assert_eq!(forum.state().await, "answered", "it may be an echo");
    forum.later(60);
    forum.seen(false).await;
    assert_eq!(forum.state().await, "open");
}

#[tokio::test]
async fn where_beadle_may_not_tag_a_person_who_does_agrees_with_it() {
    let forum = Forum::with_a_post().await;
    forum.marked(true).await;
    forum.later(60);
    forum.seen(false).await;
    assert_eq!(forum.state().await, "answered", "it was never there");
    forum.seen(true).await;
    forum.later(60);
    forum.seen(false).await;
    assert_eq!(forum.state().await, "open");
}
