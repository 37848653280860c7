//! The outcome does not depend on the order of delivery, nor on how often something is delivered.

use std::path::Path;
use std::sync::Arc;

use beadle::app::App;
use beadle::app::courses::{CourseSource, Courses};
use beadle::app::event::{Delivery, Event, Message, Person, Place, Reaction, RepliedTo};
use beadle::clock::ManualClock;
use beadle::config::CourseFile;
use beadle::domain::ids::{ChannelId, MessageId, RoleId, ServerId, UserId};
use beadle::store::{Store, answers, questions};
use jiff::Timestamp;
use proptest::collection::vec;
use proptest::prelude::*;

use crate::support::dice::Dice;

const BEGIN_MS: i64 = 1_675_980_000_000;
const STAFF: RoleId = RoleId::new(77);
const PLACE: Place = Place {
    server: ServerId::new(1),
    channel: ChannelId::new(2),
    parent: None,
    in_forum: false,
};

fn moment(number: u64) -> Timestamp {
    Timestamp::from_millisecond(BEGIN_MS + number as i64 * 1_000).expect("a moment")
}

/// The id of the message that is said as the `number`th.
fn id(number: u64) -> MessageId {
    MessageId::new(MessageId::first_at_ms(moment(number).as_millisecond()).get() + 1)
}

/// Students have small numbers; the instructor is 100.
fn person(number: u64) -> Person {
    Person {
        id: UserId::new(1_000 + number),
        name: format!("person{number}"),
        is_bot: false,
        roles: if number == 100 {
            vec![STAFF]
        } else {
            Vec::new()
        },
        manages_messages: false,
        manages_server: false,
    }
}

fn message(number: u64, author: u64, text: &str, reply_to: Option<u64>) -> Message {
    Message {
        id: id(number),
        place: PLACE,
        author: person(author),
        title: None,
        text: text.to_owned(),
        reply_to: reply_to.map(|to| RepliedTo {
            id: id(to),
            said: None,
        }),
        posted_at: moment(number),
        edited_at: None,
        gather: false,
        delivery: Delivery::Live,
    }
}

/// The same order for the same seed.
fn shuffled(mut events: Vec<Event>, seed: u64) -> Vec<Event> {
    let mut chance = Dice::of(seed);
    for last in (1..events.len()).rev() {
        let other = chance.below(last + 1);
        events.swap(last, other);
    }
    events
}

/// An application on an empty database, with a course that watches the channel.
async fn beadle() -> (App, i64) {
    let text = "[course]\nslug = \"c\"\nname = \"C\"\nserver = \"1\"\ntimezone = \"UTC\"\n\
                watch = [\"2\"]\nstaff_roles = [\"77\"]\n";
    let file = CourseFile::parse(text, Path::new("c.toml")).expect("a right course");
    let source = CourseSource {
        course: file.course,
        lectures: Vec::new(),
        file: String::new(),
    };
    let now = moment(600);
    let store = Store::open("sqlite::memory:").await.expect("a database");
    let mut tx = store.begin().await.expect("a transaction");
    let courses = Courses::open(&mut tx, vec![source], now)
        .await
        .expect("courses");
    tx.commit().await.expect("a commit");
    let course = courses.iter().next().expect("one").id;
    let clock = Arc::new(ManualClock::at(now));
    (App::new(store, clock, courses, UserId::new(9)), course)
}

/// A question as people see it: its message, state, words, the question that stands for it, and what
/// is linked to it.
type Seen = (i64, String, String, Option<i64>, Vec<(i64, String)>);

/// What stands after events, in the order of asking. A question that was withdrawn is as if it had
/// never been asked.
async fn outcome(events: &[Event], at_once: usize) -> Vec<Seen> {
    let (app, course) = beadle().await;
    for batch in events.chunks(at_once) {
        app.handle_all(batch).await.expect("the database works");
    }
    let mut tx = app.store().read().await.expect("a transaction");
    let rows = questions::questions_of_course(&mut tx, course, None)
        .await
        .expect("questions");
    let mut seen = Vec::new();
    for row in rows.iter().filter(|row| row.state != "withdrawn") {
        let stands_for = row.merged_into.map(|root| {
            let root = rows.iter().find(|other| other.id == root);
            root.expect("it is there").message_id
        });
        let linked = answers::linked_to(&mut tx, row.id).await.expect("answers");
        let linked = linked.into_iter().map(|it| (it.message_id, it.state));
        let (state, asking) = (row.state.clone(), row.asking.clone());
        seen.push((row.message_id, state, asking, stands_for, linked.collect()));
    }
    seen
}

#[tokio::test]
async fn five_hundred_messages_in_any_order_and_twice_give_the_same_hundred_questions_once() {
    let said = |number: u64| {
        // Every fifth asks; no two ask the same.
        let text = match number % 5 {
            0 => format!("why does step {number} of proof{number} need lemma{number} to hold?"),
            1 => "great lecture, thank you".to_owned(),
            2 => format!("{}:{:02}", number % 60, number % 60),
            3 => "lol".to_owned(),
            _ => "I watched that part twice".to_owned(),
        };
        Event::Posted(Box::new(message(number, number % 17, &text, None)))
    };
    let events: Vec<Event> = (0..500).map(said).collect();
    let told = outcome(&events, 64).await;
    assert_eq!(told.len(), 100);
    for seed in [1, 2] {
        let other = outcome(&shuffled(events.clone(), seed), 64).await;
        assert_eq!(other, told, "shuffled with {seed}");
    }
    let twice: Vec<Event> = events.iter().chain(&events).cloned().collect();
    assert_eq!(
        outcome(&shuffled(twice, 3), 64).await,
        told,
        "twice and shuffled"
    );
}

/// What people do in a channel; messages are named by how many came before.
#[derive(Debug, Clone)]
enum Deed {
    Ask {
        who: u64,
        what: usize,
    },
    Talk {
        who: u64,
        what: usize,
    },
    Reply {
        who: u64,
        to: usize,
        what: usize,
    },
    Edit {
        of: usize,
        what: usize,
    },
    Delete {
        of: usize,
    },
    React {
        who: u64,
        on: usize,
        cross: bool,
        taken: bool,
    },
}

const ASKED: &[&str] = &[
    "why is there a beta in the objective at 52:14?",
    "Why is there a beta in the objective",
    "how large is the reward model compared to the policy?",
    "what does the sigma at 12:30 stand for?",
    "where are the slides of this lecture?",
];
const SAID: &[&str] = &[
    "great lecture, thank you!",
    "the beta weighs the penalty that keeps the policy near the old one in the objective",
    "person1: the reward model may be far smaller than the policy, six billion in the paper",
    "which equation do you mean?",
    "person0: have you tried the slides?",
    "thanks person1, that makes sense",
    "they are on the course page, under week five, with the notes",
    "lol",
];

fn deed() -> impl Strategy<Value = Deed> {
    let who = || prop_oneof![4 => 0..4_u64, 1 => Just(100)];
    let which = || 0..24_usize;
    prop_oneof![
        4 => (who(), 0..ASKED.len()).prop_map(|(who, what)| Deed::Ask { who, what }),
        3 => (who(), 0..SAID.len()).prop_map(|(who, what)| Deed::Talk { who, what }),
        4 => (who(), which(), 0..SAID.len()).prop_map(|(who, to, what)| Deed::Reply { who, to, what }),
        2 => (which(), 0..SAID.len() + ASKED.len()).prop_map(|(of, what)| Deed::Edit { of, what }),
        1 => which().prop_map(|of| Deed::Delete { of }),
        3 => (who(), which(), any::<bool>(), prop::bool::weighted(0.3))
            .prop_map(|(who, on, cross, taken)| Deed::React { who, on, cross, taken }),
    ]
}

/// The events of a discussion, as they happened. Events in one group keep their order among
/// themselves: Discord's stream tells of a reaction before it tells that it was taken away.
fn happened(deeds: &[Deed]) -> Vec<Vec<Event>> {
    let mut said: Vec<Message> = Vec::new();
    let mut events = Vec::new();
    for (number, deed) in (0_u64..).zip(deeds) {
        let nth = |of: usize| (!said.is_empty()).then(|| of % said.len());
        match *deed {
            Deed::Ask { who, what } => said.push(message(number, who, ASKED[what], None)),
            Deed::Talk { who, what } => said.push(message(number, who, SAID[what], None)),
            Deed::Reply { who, to, what } => {
                let to = nth(to).map(|to| said[to].clone());
                let mut reply = message(number, who, SAID[what], None);
                reply.reply_to = to.map(|to| RepliedTo {
                    id: to.id,
                    said: Some((to.author, to.text)),
                });
                said.push(reply);
            }
            Deed::Edit { of, what } => {
                let Some(of) = nth(of) else { continue };
                let text = ASKED.iter().chain(SAID).nth(what).expect("within");
                said[of].text = (*text).to_owned();
                said[of].edited_at = Some(moment(number));
                events.push(vec![Event::Edited(Box::new(said[of].clone()))]);
                continue;
            }
            Deed::Delete { of } => {
                let Some(of) = nth(of) else { continue };
                events.push(vec![Event::Deleted {
                    channel: PLACE.channel,
                    messages: vec![said[of].id],
                }]);
                continue;
            }
            Deed::React {
                who,
                on,
                cross,
                taken,
            } => {
                let Some(on) = nth(on) else { continue };
                events.push(reactions(said[on].id, who, cross, taken));
                continue;
            }
        }
        let posted = said.last().expect("just said").clone();
        events.push(vec![Event::Posted(Box::new(posted))]);
    }
    events
}

fn reactions(message: MessageId, who: u64, cross: bool, taken: bool) -> Vec<Event> {
    let emoji = if cross { "❌" } else { "✅" }.to_owned();
    let put = Event::Reacted(Box::new(Reaction {
        place: PLACE,
        message,
        person: person(who),
        emoji: emoji.clone(),
    }));
    let took = Event::Unreacted {
        message,
        person: Some(person(who).id),
        emoji: Some(emoji),
    };
    if taken { vec![put, took] } else { vec![put] }
}

/// Whose reaction with what an event is about.
fn reaction_of(event: &Event) -> Option<(MessageId, UserId, String)> {
    match event {
        Event::Reacted(it) => Some((it.message, it.person.id, it.emoji.clone())),
        Event::Unreacted {
            message,
            person: Some(person),
            emoji: Some(emoji),
        } => Some((*message, *person, emoji.clone())),
        _ => None,
    }
}

/// Another delivery of the same: any order, some of it twice; only the events of one reaction keep
/// theirs.
fn delivered(groups: &[Vec<Event>], seed: u64) -> Vec<Event> {
    let told: Vec<Event> = groups.iter().flatten().cloned().collect();
    let mut chance = Dice::of(seed);
    let mut order = told.clone();
    for event in &told {
        if reaction_of(event).is_none() && chance.below(3) == 0 {
            order.push(event.clone());
        }
    }
    let mut order = shuffled(order, seed ^ 0x5bd1_e995);
    let mut kept: std::collections::HashMap<_, std::collections::VecDeque<Event>> =
        std::collections::HashMap::new();
    for event in &told {
        if let Some(of) = reaction_of(event) {
            kept.entry(of).or_default().push_back(event.clone());
        }
    }
    for event in &mut order {
        if let Some(next) = reaction_of(event).and_then(|of| kept.get_mut(&of)?.pop_front()) {
            *event = next;
        }
    }
    order
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn whatever_the_order_of_delivery_the_same_stands(
        deeds in vec(deed(), 1..24),
        seed in any::<u64>(),
        at_once in 1..12_usize,
    ) {
        let groups = happened(&deeds);
        let in_order: Vec<Event> = groups.iter().flatten().cloned().collect();
        let other = delivered(&groups, seed);
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime");
        let (told, again) = runtime.block_on(async {
            (outcome(&in_order, 5).await, outcome(&other, at_once).await)
        });
        prop_assert_eq!(again, told, "delivered as {:#?}", other);
    }
}
