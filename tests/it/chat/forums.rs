//! Forums: a post's tag follows its question, and what people do with the tag is their word.

use jiff::SignedDuration;
use sandbox::{Thread, permissions as may};

use crate::support::class::Class;

const TITLE: &str = "Why is there a beta in front of the KL term?";
const TEXT: &str = "I do not get it at 52:30.";

/// A class whose bot may tag posts.
async fn with_tags() -> Class {
    let class = Class::of_cs224n().await;
    class.forum.allow(&class.bot, may::MANAGE_THREADS);
    class
}

/// Maya's post, gathered.
async fn post(class: &Class, tags: &[&str]) -> Thread {
    let post = class.maya.posts(&class.forum, TITLE, TEXT, tags).await;
    post.message(post.id())
        .reaction_from(&class.bot, "📌")
        .await;
    post
}

#[tokio::test(flavor = "multi_thread")]
async fn answering_a_post_sets_its_tag_and_reopening_it_takes_the_tag_off() {
    let class = with_tags().await;
    let post = post(&class, &[]).await;
    let question = post.message(post.id());
    class.ta.reacts(&question, "✅").await;
    post.wait_for_tags(&["Solved"]).await;
    assert_eq!(class.state().await, "answered");
    class.ta.unreacts(&question, "✅").await;
    post.wait_for_tags(&[]).await;
    assert_eq!(
        class.state().await,
        "open",
        "Beadle's own doing is nobody's word"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_owners_tag_answers_the_question_and_taking_it_off_reopens_it() {
    let class = with_tags().await;
    let post = post(&class, &[]).await;
    class.maya.tags(&post, &["Solved"]).await;
    assert_eq!(class.state().await, "answered");
    class.maya.tags(&post, &[]).await;
    assert_eq!(class.state().await, "open");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_tag_that_beadle_set_is_taken_off_by_a_person() {
    let class = with_tags().await;
    let post = post(&class, &[]).await;
    class.ta.reacts(&post.message(post.id()), "✅").await;
    post.wait_for_tags(&["Solved"]).await;
    assert_eq!(class.state().await, "answered");
    class.later(SignedDuration::from_mins(1));
    class.maya.tags(&post, &[]).await;
    assert_eq!(class.state().await, "open");
    assert!(post.applied_tags().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn tags_that_people_changed_while_beadle_was_away_count_and_its_own_do_not() {
    let mut class = with_tags().await;
    let own = post(&class, &[]).await;
    class.ta.reacts(&own.message(own.id()), "✅").await;
    own.wait_for_tags(&["Solved"]).await;
    class.settled().await;
    class.kill().await;
    class.start().await;
    assert_eq!(class.state().await, "answered");
    class.stop().await;
    class.later(SignedDuration::from_mins(1));
    class.maya.tags(&own, &[]).await;
    class.start().await;
    assert_eq!(class.state().await, "open");
    class.stop().await;
    class.maya.tags(&own, &["Solved"]).await;
    class.start().await;
    assert_eq!(class.state().await, "answered");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_post_that_is_opened_with_the_tag_is_answered() {
    let class = with_tags().await;
    post(&class, &["Solved"]).await;
    assert_eq!(class.state().await, "answered");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_permission_the_question_is_answered_all_the_same() {
    let class = Class::of_cs224n().await;
    let post = post(&class, &[]).await;
    class.ta.reacts(&post.message(post.id()), "✅").await;
    assert_eq!(class.state().await, "answered");
    assert!(post.applied_tags().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_to_a_post_is_marked_in_it() {
    let class = with_tags().await;
    let post = post(&class, &[]).await;
    let answer = class.ken.says(&post, "it weighs the penalty").await;
    let told = class
        .maya
        .uses_on(&answer, "Mark as answer")
        .await
        .reply()
        .await;
    assert!(told.content.contains("Marked: it answers"), "{told}");
    post.wait_for_tags(&["Solved"]).await;
    class.maya.clicks(&told, "Undo").await.update().await;
    post.wait_for_tags(&[]).await;
}
