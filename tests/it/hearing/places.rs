//! Servers, channels and threads that go and come back.

use super::{asked, until_they_stand};
use crate::support::class::Class;

const VIEW_CHANNEL: u64 = 1 << 10;
const READ_MESSAGE_HISTORY: u64 = 1 << 16;
/// View Channel, Send Messages, Read Message History.
const SPEAKING: u64 = VIEW_CHANNEL | 1 << 11 | READ_MESSAGE_HISTORY;
const ROLLOUT: &str = "what is a rollout?";
const BANDIT: &str = "what is a bandit?";

#[tokio::test(flavor = "multi_thread")]
async fn what_was_said_in_a_channel_while_it_was_hidden_is_read_when_it_is_shown_again() {
    let class = Class::of_cs224n().await;
    class.lecture.deny(&class.bot, VIEW_CHANNEL);
    let hidden = class.maya.says(&class.lecture, ROLLOUT).await;
    class.lecture.allow(&class.bot, VIEW_CHANNEL);
    asked(&class, &class.ken, &class.lecture, BANDIT).await;
    hidden.reaction_from(&class.bot, "📌").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_channel_that_may_not_be_read_stops_neither_the_others_nor_the_digest() {
    let mut class = Class::of_cs224n().await;
    class.kill().await;
    class.maya.says(&class.lecture, ROLLOUT).await;
    class.lecture.deny(&class.bot, READ_MESSAGE_HISTORY);
    class.ken.posts(&class.forum, "Bandits", BANDIT, &[]).await;
    class.start().await;
    let digest = class.digest().await.to_string();
    assert!(digest.contains("bandit"), "{digest}");
    class.lecture.allow(&class.bot, READ_MESSAGE_HISTORY);
    until_they_stand(&class, &[("rollout", "open"), ("bandit", "open")]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_history_that_may_not_be_read_is_not_taken_for_an_empty_one() {
    let mut class = Class::of_cs224n().await;
    asked(&class, &class.maya, &class.lecture, ROLLOUT).await;
    class.kill().await;
    class.lecture.deny(&class.bot, READ_MESSAGE_HISTORY);
    class.start().await;
    let digest = class.digest().await.to_string();
    assert!(digest.contains("rollout"), "{digest}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_threw_it_out_is_read_when_it_is_invited_again() {
    let class = Class::of_cs224n().await;
    asked(&class, &class.maya, &class.lecture, ROLLOUT).await;
    class.server.kick(&class.bot);
    let missed = class.ken.says(&class.lecture, BANDIT).await;
    class
        .server
        .invite(&class.bot, beadle::discord::invite::PERMISSIONS);
    missed.reaction_from(&class.bot, "📌").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_that_lets_it_read_again_makes_it_read_what_it_missed() {
    let mut class = Class::not_running("").await;
    let everyone = class.server.everyone();
    let student = class.server.role("student", SPEAKING);
    class.maya.gains(&student);
    // Beadle, invited with less, reads by what everybody may do.
    class.server.kick(&class.bot);
    let less = beadle::discord::invite::PERMISSIONS & !(VIEW_CHANNEL | READ_MESSAGE_HISTORY);
    class.server.invite(&class.bot, less);
    class.start().await;
    asked(&class, &class.maya, &class.lecture, BANDIT).await;
    everyone.set_permissions(0);
    let hidden = class.maya.says(&class.lecture, ROLLOUT).await;
    everyone.set_permissions(SPEAKING);
    hidden.reaction_from(&class.bot, "📌").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn threads_that_were_archived_while_it_was_down_are_read() {
    let mut class = Class::of_cs224n().await;
    let thread = class.maya.opens_thread(&class.lecture, "aside").await;
    asked(&class, &class.maya, &thread, ROLLOUT).await;
    class.kill().await;
    class.ken.says(&thread, BANDIT).await;
    thread.archive();
    let newer = class.ken.opens_thread(&class.lecture, "another").await;
    class.ken.says(&newer, "what is a value head?").await;
    newer.archive();
    class.start().await;
    let wanted = [
        ("rollout", "open"),
        ("bandit", "open"),
        ("value head", "open"),
    ];
    until_they_stand(&class, &wanted).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thread_that_comes_back_goes_on_as_before() {
    let mut class = Class::of_cs224n().await;
    let thread = class.maya.opens_thread(&class.lecture, "aside").await;
    asked(&class, &class.maya, &thread, ROLLOUT).await;
    thread.archive();
    class.kill().await;
    class.start().await;
    thread.unarchive();
    asked(&class, &class.ken, &thread, BANDIT).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_watched_channel_that_is_deleted_stops_nothing() {
    let mut class = Class::of_cs224n().await;
    class.lecture.delete();
    class
        .ken
        .posts(&class.forum, "Rollouts", ROLLOUT, &[])
        .await;
    class.kill().await;
    class.ken.posts(&class.forum, "Bandits", BANDIT, &[]).await;
    class.start().await;
    let digest = class.digest().await.to_string();
    assert!(
        digest.contains("rollout") && digest.contains("bandit"),
        "{digest}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_post_or_thread_takes_its_questions_out_of_the_digest() {
    let mut class = Class::of_cs224n().await;
    let thread = class.maya.opens_thread(&class.lecture, "aside").await;
    asked(&class, &class.maya, &thread, ROLLOUT).await;
    let other = class.maya.opens_thread(&class.lecture, "another").await;
    asked(&class, &class.ken, &other, BANDIT).await;
    thread.delete();
    until_they_stand(&class, &[("", "withdrawn"), (BANDIT, "open")]).await;
    class.kill().await;
    other.delete();
    class.start().await;
    until_they_stand(&class, &[("", "withdrawn"), ("", "withdrawn")]).await;
}
