//! Servers, channels, threads and the bot's own affairs over REST.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use sandbox::{Sandbox, permissions as may};
use serde_json::{Value, json};

use crate::support::{Kitchen, kitchen};

#[tokio::test]
async fn a_bot_learns_who_it_is_and_whether_it_may_read_messages() {
    let k = kitchen().await;
    assert_eq!(
        k.rest.get("/users/@me").await.1["id"],
        k.bot.id().to_string()
    );
    let flags = async || {
        k.rest.get("/applications/@me").await.1["flags"]
            .as_u64()
            .unwrap()
    };
    assert_ne!(flags().await & (1 << 19), 0);
    let _ = k.bot.clone().without_message_content();
    assert_eq!(flags().await & (1 << 19), 0);
}

#[tokio::test]
async fn without_the_grant_history_has_no_text_but_for_what_names_the_bot() {
    let k = kitchen().await;
    let _ = k.bot.clone().without_message_content();
    k.maya.says(&k.general, "secret").await;
    k.maya
        .says(&k.general, &format!("<@{}> hi", k.bot.id()))
        .await;
    let (_, history) = k.rest.get(&k.messages()).await;
    assert_eq!(history[1]["content"], "");
    assert!(history[0]["content"].as_str().unwrap().ends_with("hi"));
}

#[tokio::test]
async fn a_server_lists_its_channels_roles_and_members() {
    let k = kitchen().await;
    let path = format!("/guilds/{}", k.server.id());
    let (_, guild) = k.rest.get(&format!("{path}?with_counts=true")).await;
    assert_eq!(
        (&guild["name"], &guild["approximate_member_count"]),
        (&json!("Kitchen"), &json!(3))
    );
    assert_eq!(
        k.rest.get(&format!("{path}/channels")).await.1[0]["name"],
        "general"
    );
    assert_eq!(
        k.rest.get(&format!("{path}/roles")).await.1[0]["name"],
        "@everyone"
    );
    let (_, member) = k.rest.get(&format!("{path}/members/{}", k.maya.id())).await;
    assert_eq!(member["user"]["username"], "maya");
    assert_eq!(
        k.rest.get("/users/@me/guilds").await.1[0]["id"],
        k.server.id().to_string()
    );
}

#[tokio::test]
async fn a_direct_message_finds_its_reader() {
    let k = kitchen().await;
    let body = json!({"recipient_id": k.maya.id().to_string()});
    let (_, channel) = k.rest.post("/users/@me/channels", body).await;
    let path = format!("/channels/{}/messages", channel["id"].as_str().unwrap());
    k.rest.post(&path, json!({"content": "psst"})).await;
    assert_eq!(k.maya.direct(&k.bot).messages()[0].content, "psst");
}

#[tokio::test]
async fn threads_are_listed_while_they_are_active_and_paged_when_they_are_archived() {
    let now_ms = Arc::new(AtomicU64::new(1_700_000_000_000));
    let clock = Arc::clone(&now_ms);
    let k = Kitchen::with(Sandbox::builder().clock(move || clock.load(Ordering::SeqCst))).await;
    let mut names = Vec::new();
    for n in 0..3 {
        let thread = k
            .maya
            .opens_thread(&k.general, &format!("thread {n}"))
            .await;
        now_ms.fetch_add(1_000, Ordering::SeqCst);
        thread.archive();
        names.push(thread);
    }
    k.maya.opens_thread(&k.general, "open").await;
    let (_, active) = k
        .rest
        .get(&format!("/guilds/{}/threads/active", k.server.id()))
        .await;
    assert_eq!(active["threads"].as_array().unwrap().len(), 1);

    let path = format!(
        "/channels/{}/threads/archived/public?limit=2",
        k.general.id()
    );
    let (_, page) = k.rest.get(&path).await;
    assert_eq!(
        (&page["threads"][0]["name"], &page["has_more"]),
        (&json!("thread 2"), &json!(true))
    );
    let before = page["threads"][1]["thread_metadata"]["archive_timestamp"]
        .as_str()
        .unwrap();
    let (_, page) = k.rest.get(&format!("{path}&before={before}")).await;
    assert_eq!(
        (&page["threads"][0]["name"], &page["has_more"]),
        (&json!("thread 0"), &json!(false))
    );
}

#[tokio::test]
async fn writing_brings_an_archived_thread_back_and_reacting_does_not() {
    let k = kitchen().await;
    let message = k.maya.says(&k.general, "pie").await;
    let thread = k.maya.starts_thread(&message, "on pie").await;
    let inside = k.maya.says(&thread, "crust first").await;
    thread.archive();
    let path = format!("/channels/{}/messages", thread.id());
    let reaction = format!("{path}/{}/reactions/%E2%9C%85/@me", inside.id());
    assert_eq!(
        k.rest.send("PUT", &reaction, Value::Null).await.1["code"],
        50083
    );
    assert_eq!(k.rest.post(&path, json!({"content": "a"})).await.0, 200);
    assert!(!thread.is_archived());
    thread.lock();
    assert_eq!(
        k.rest.post(&path, json!({"content": "a"})).await.1["code"],
        160005
    );
}

#[tokio::test]
async fn a_post_is_tagged_by_those_who_may() {
    let k = kitchen().await;
    let forum = k.server.forum("questions", &["Solved"]);
    let post = k
        .maya
        .posts(&forum, "How much salt?", "For two.", &[])
        .await;
    let path = format!("/channels/{}", post.id());
    let body = json!({"applied_tags": [forum.tag_id("Solved").unwrap().to_string()]});
    assert_eq!(k.rest.send("PATCH", &path, body.clone()).await.0, 403);
    forum.allow(&k.bot, may::MANAGE_THREADS);
    assert_eq!(k.rest.send("PATCH", &path, body).await.0, 200);
    assert_eq!(post.applied_tags(), ["Solved"]);
    assert_eq!(post.messages()[0].id, post.id());
}

#[tokio::test]
async fn only_one_thread_hangs_from_a_message() {
    let k = kitchen().await;
    let message = k.maya.says(&k.general, "pie").await;
    let path = format!("{}/{}/threads", k.messages(), message.id());
    let (status, thread) = k.rest.post(&path, json!({"name": "on pie"})).await;
    assert_eq!(
        (status, &thread["id"]),
        (201, &json!(message.id().to_string()))
    );
    assert_eq!(
        k.rest.post(&path, json!({"name": "again"})).await.1["code"],
        160004
    );
}

#[tokio::test]
async fn a_moderated_tag_is_left_to_those_who_manage_threads() {
    let k = kitchen().await;
    let forum = k
        .server
        .forum("questions", &["Solved", "Hot", "Cold", "Old", "New", "Odd"]);
    forum.moderate_tag("Solved");
    let post = k
        .maya
        .posts(&forum, "How much salt?", "For two.", &["Hot"])
        .await;
    let mut gateway = k.gateway().await;
    k.maya.tags(&post, &["Cold"]).await;
    assert_eq!(post.applied_tags(), ["Cold"]);
    assert!(gateway.event("THREAD_UPDATE").await["applied_tags"].is_array());
    let (maya, own) = (k.maya.clone(), post.clone());
    assert!(
        tokio::spawn(async move { maya.tags(&own, &["Solved"]).await })
            .await
            .is_err()
    );
    k.server.owner().tags(&post, &["Solved"]).await;
    k.maya.tags(&post, &["Solved", "Hot"]).await;
    assert_eq!(post.applied_tags(), ["Solved", "Hot"]);
    let six = ["Solved", "Hot", "Cold", "Old", "New", "Odd"];
    let owner = k.server.owner();
    assert!(
        tokio::spawn(async move { owner.tags(&post, &six).await })
            .await
            .is_err()
    );
}
