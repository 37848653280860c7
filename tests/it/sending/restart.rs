//! What was under way when Beadle ended is neither lost nor said twice, however late the next start.

use beadle::app::effect::{Effect, Outgoing};
use beadle::domain::ids::{ChannelId, ServerId};
use beadle::store::outbox::{self, NewEffect};
use jiff::SignedDuration;
use sandbox::RestFault;

use super::{POSTS, answered, answers, path};
use crate::support::class::Class;

/// Kills the bot while it posts the digest and Discord answers with that; starts it again when
/// Discord has forgotten every nonce. Returns how the posts after the restart were answered.
async fn told_after_a_restart(class: &mut Class, fault: RestFault) -> Vec<Option<u16>> {
    class.discord.fault(fault.on("POST", POSTS).always());
    class.at("2023-02-10T02:00:01Z");
    answered(&class.discord, &class.staff_room, Some(502)).await;
    class.kill().await;
    class.discord.mend();
    class.later(SignedDuration::from_mins(10));
    let before = answers(&class.discord, &class.staff_room).len();
    class.start().await;
    class
        .discord
        .wait_for_request(|request| {
            request.request.method == "GET" && request.request.path == path(&class.staff_room)
        })
        .await;
    // What was decided is sent before it ends.
    class.stop().await;
    answers(&class.discord, &class.staff_room)[before..].to_vec()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_digest_that_was_posted_is_recognised_when_its_nonce_is_forgotten() {
    let mut class = Class::of_cs224n().await;
    let told = told_after_a_restart(&mut class, RestFault::error_after(502)).await;
    assert_eq!(told, [], "it was read back and not posted again");
    assert_eq!(class.staff_room.messages_from(&class.bot).len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_digest_that_was_not_posted_is_posted_after_looking_for_it() {
    let mut class = Class::of_cs224n().await;
    let told = told_after_a_restart(&mut class, RestFault::error_before(502)).await;
    assert_eq!(told, [Some(200)]);
    assert_eq!(class.staff_room.messages_from(&class.bot).len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_nobody_waits_for_any_more_is_not_said() {
    let mut class = Class::of_cs224n().await;
    let fault = RestFault::error_before(502).on("POST", POSTS);
    class.discord.fault(fault.always());
    let command = class.maya.says(&class.lecture, "!t 52:14").await;
    answered(&class.discord, &class.lecture, Some(502)).await;
    class.kill().await;
    class.discord.mend();
    class.later(SignedDuration::from_mins(10));
    class.start().await;
    class.settled().await;
    assert!(command.replies().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn two_messages_that_say_the_same_are_both_posted() {
    let mut class = Class::not_running("").await;
    let store = class.store().await;
    let mut tx = store.begin().await.expect("a transaction");
    let say = Effect::Say {
        reply_to: None,
        message: Outgoing::text("No open questions."),
        lasting: true,
    };
    for key in ["digest:1:2023-02-09:1", "digest:2:2023-02-09:1"] {
        let new = NewEffect {
            key,
            server: ServerId::new(class.server.id()),
            channel: ChannelId::new(class.staff_room.id()),
            cause: None,
            effect: &say.to_json(),
            nonce: key,
            created_at_ms: i64::try_from(class.discord.now_ms()).expect("in range"),
            expires_at_ms: None,
        };
        outbox::put_effects(&mut tx, &[new]).await.expect("written");
    }
    tx.commit().await.expect("committed");
    store.close().await;
    class.later(SignedDuration::from_mins(10));
    class.start().await;
    class.stop().await;
    assert_eq!(class.staff_room.messages_from(&class.bot).len(), 2);
}
