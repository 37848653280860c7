//! Who may do what.

use sandbox::permissions as may;
use serde_json::{Value, json};

use crate::support::{Kitchen, kitchen};

async fn try_to_send(k: &Kitchen, body: Value) -> (u16, Option<u64>) {
    let (status, answer) = k.rest.post(&k.messages(), body).await;
    (status, answer["code"].as_u64())
}

#[tokio::test]
async fn a_channel_that_a_bot_cannot_see_is_closed_to_it() {
    let k = kitchen().await;
    k.general.deny(&k.server.everyone(), may::VIEW_CHANNEL);
    assert_eq!(
        try_to_send(&k, json!({"content": "a"})).await,
        (403, Some(50001))
    );
    k.general.allow(&k.bot, may::VIEW_CHANNEL);
    assert_eq!(try_to_send(&k, json!({"content": "a"})).await.0, 200);
}

#[tokio::test]
async fn writing_and_attaching_need_their_own_permissions() {
    let k = kitchen().await;
    k.general.deny(&k.bot, may::ATTACH_FILES);
    let (status, refused) = k
        .rest
        .post_file(&k.messages(), json!({}), "a.txt", vec![1])
        .await;
    assert_eq!((status, refused["code"].as_u64()), (403, Some(50013)));
    k.general.deny(&k.bot, may::SEND_MESSAGES);
    assert_eq!(
        try_to_send(&k, json!({"content": "a"})).await,
        (403, Some(50013))
    );
}

#[tokio::test]
async fn embeds_are_dropped_without_a_word_where_links_are_not_allowed() {
    let k = kitchen().await;
    k.general.deny(&k.bot, may::EMBED_LINKS);
    let (status, sent) = k
        .rest
        .post(
            &k.messages(),
            json!({"content": "a", "embeds": [{"title": "b"}]}),
        )
        .await;
    assert_eq!((status, &sent["embeds"]), (200, &json!([])));
}

#[tokio::test]
async fn without_the_permission_to_read_history_there_is_none_and_nothing_to_reply_to() {
    let k = kitchen().await;
    let message = k.maya.says(&k.general, "salt?").await;
    k.general.deny(&k.bot, may::READ_MESSAGE_HISTORY);
    assert_eq!(k.rest.get(&k.messages()).await, (200, json!([])));
    let reply =
        json!({"content": "a", "message_reference": {"message_id": message.id().to_string()}});
    assert_eq!(try_to_send(&k, reply).await, (403, Some(160002)));
}

#[tokio::test]
async fn only_a_new_emoji_needs_the_permission_to_add_one() {
    let k = kitchen().await;
    let message = k.maya.says(&k.general, "pie").await;
    k.maya.reacts(&message, "✅").await;
    k.general.deny(&k.bot, may::ADD_REACTIONS);
    let react = async |emoji: &str| {
        let path = format!("{}/{}/reactions/{emoji}/@me", k.messages(), message.id());
        k.rest.send("PUT", &path, Value::Null).await.0
    };
    assert_eq!(react("✅").await, 204);
    assert_eq!(react("❌").await, 403);
}

#[tokio::test]
async fn a_members_overwrite_wins_over_a_roles_and_a_roles_over_everybodys() {
    let k = kitchen().await;
    let cook = k.server.member("cook", &[&k.chef]);
    k.general.deny(&k.server.everyone(), may::SEND_MESSAGES);
    k.general.allow(&k.chef, may::SEND_MESSAGES);
    cook.says(&k.general, "may I?").await;
    k.general.deny(&cook, may::SEND_MESSAGES);
    let refused = tokio::spawn({
        let general = k.general.clone();
        async move { cook.says(&general, "and now?").await }
    });
    assert!(refused.await.is_err());
}

#[tokio::test]
async fn administrators_and_owners_pass_every_overwrite() {
    let k = kitchen().await;
    let boss = k.server.role("boss", may::ADMINISTRATOR);
    let ines = k.server.member("ines", &[&boss]);
    k.general.deny(&k.server.everyone(), may::VIEW_CHANNEL);
    k.general.deny(&boss, may::VIEW_CHANNEL);
    ines.says(&k.general, "in").await;
    k.server.owner().says(&k.general, "me too").await;
}

#[tokio::test]
async fn a_thread_takes_its_permissions_from_its_parent() {
    let k = kitchen().await;
    let message = k.maya.says(&k.general, "pie").await;
    let thread = k.maya.starts_thread(&message, "on pie").await;
    let path = format!("/channels/{}/messages", thread.id());
    k.general.deny(&k.bot, may::SEND_MESSAGES);
    assert_eq!(k.rest.post(&path, json!({"content": "a"})).await.0, 200);
    k.general.deny(&k.bot, may::SEND_MESSAGES_IN_THREADS);
    assert_eq!(k.rest.post(&path, json!({"content": "a"})).await.0, 403);
}

#[tokio::test]
async fn another_ones_message_is_deleted_by_moderators_only() {
    let k = kitchen().await;
    let message = k.maya.says(&k.general, "pie").await;
    let path = format!("{}/{}", k.messages(), message.id());
    assert_eq!(k.rest.send("DELETE", &path, Value::Null).await.0, 403);
    k.general.allow(&k.bot, may::MANAGE_MESSAGES);
    assert_eq!(k.rest.send("DELETE", &path, Value::Null).await.0, 204);
    message.gone().await;
}

#[tokio::test]
async fn who_is_thrown_out_finds_the_server_gone() {
    let k = kitchen().await;
    k.server.kick(&k.bot);
    assert_eq!(
        k.rest.get(&format!("/guilds/{}", k.server.id())).await.0,
        404
    );
    assert_eq!(k.rest.get(&k.messages()).await.0, 403);
}
