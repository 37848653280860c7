//! People, webhooks and other bots, and waiting for what they do.

use std::time::Duration;

use sandbox::Sandbox;
use serde_json::json;

use crate::support::{Kitchen, kitchen};

#[tokio::test]
async fn a_wait_notices_what_happened_before_it() {
    let k = kitchen().await;
    let start = k.general.cursor();
    let question = k.maya.says(&k.general, "salt?").await;
    let body =
        json!({"content": "yes", "message_reference": {"message_id": question.id().to_string()}});
    k.rest.post(&k.messages(), body).await;
    assert_eq!(question.reply().await.content, "yes");
    assert_eq!(
        k.general.message_from_after(&k.bot, start).await.content,
        "yes"
    );
    assert_eq!(
        k.general.wait_for(|view| view.content == "salt?").await.id,
        question.id()
    );
}

#[tokio::test]
async fn waiting_for_the_next_message_counts_from_the_moment_it_was_asked_for() {
    let k = kitchen().await;
    k.maya.says(&k.general, "before").await;
    let next = k.general.next_message_from(&k.maya);
    k.maya.says(&k.general, "after").await;
    assert_eq!(next.await.content, "after");
}

#[tokio::test]
async fn a_wait_that_is_not_fulfilled_shows_what_was_said_instead() {
    let k = Kitchen::with(Sandbox::builder().patience(Duration::from_millis(10))).await;
    let question = k.maya.says(&k.general, "salt?").await;
    let waited = tokio::spawn(async move { question.reply().await }).await;
    let panic = waited.unwrap_err().into_panic();
    let sentence = panic.downcast_ref::<String>().unwrap();
    assert!(sentence.contains("nobody replied"), "{sentence}");
    assert!(sentence.contains("maya: salt?"), "{sentence}");
}

#[tokio::test]
async fn webhooks_and_other_bots_are_marked_as_such() {
    let k = kitchen().await;
    k.server
        .webhook_says(&k.general, "News", "fresh bread")
        .await;
    k.server.other_bot("Timer").says(&k.general, "ding").await;
    let (_, history) = k.rest.get(&k.messages()).await;
    assert_eq!(
        (&history[0]["author"]["bot"], &history[0]["webhook_id"]),
        (&json!(true), &json!(null))
    );
    assert_eq!(history[1]["webhook_id"], history[1]["author"]["id"]);
}

#[tokio::test]
async fn a_message_reads_as_a_person_would_see_it() {
    let k = kitchen().await;
    let embed = json!({"title": "Soup", "url": "https://example.org/soup", "description": "hot"});
    let button = json!({"type": 2, "style": 1, "label": "Taste", "custom_id": "t"});
    let row = json!([{"type": 1, "components": [button]}]);
    k.rest
        .post(
            &k.messages(),
            json!({"content": "Here:", "embeds": [embed], "components": row}),
        )
        .await;
    let seen = k.general.messages()[0].to_string();
    assert_eq!(
        seen,
        "Here:\n| [Soup](https://example.org/soup)\n| hot\n[Taste]"
    );
}

#[tokio::test]
async fn tens_of_thousands_of_messages_are_no_burden() {
    let k = kitchen().await;
    for n in 0..20_000 {
        k.maya.says(&k.general, &n.to_string()).await;
    }
    let last = k.maya.says(&k.general, "last").await;
    let (_, page) = k
        .rest
        .get(&format!("{}?limit=100&before={}", k.messages(), last.id()))
        .await;
    assert_eq!(page.as_array().unwrap().len(), 100);
}
