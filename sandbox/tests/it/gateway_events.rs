//! Which events come, and to whom.

use sandbox::permissions as may;
use serde_json::json;

use crate::support::{Gateway, INTENTS, kitchen};

#[tokio::test]
async fn a_message_comes_with_its_author_and_their_roles() {
    let k = kitchen().await;
    let ana = k.server.member("ana", &[&k.chef]);
    let mut gateway = k.gateway().await;
    ana.says(&k.general, "soup").await;
    let event = gateway.event("MESSAGE_CREATE").await;
    assert_eq!(event["author"]["username"], "ana");
    assert_eq!(event["member"]["roles"], json!([k.chef.id().to_string()]));
    assert_eq!(event["guild_id"], k.server.id().to_string());
}

#[tokio::test]
async fn a_bot_hears_its_own_message_with_the_nonce_it_gave() {
    let k = kitchen().await;
    let mut gateway = k.gateway().await;
    k.rest
        .post(&k.messages(), json!({"content": "soup", "nonce": "n"}))
        .await;
    assert_eq!(gateway.event("MESSAGE_CREATE").await["nonce"], "n");
}

#[tokio::test]
async fn edits_and_deletions_are_told() {
    let k = kitchen().await;
    let one = k.maya.says(&k.general, "one").await;
    let two = k.maya.says(&k.general, "two").await;
    let three = k.maya.says(&k.general, "three").await;
    let mut gateway = k.gateway().await;
    one.edit("uno").await;
    assert_eq!(gateway.event("MESSAGE_UPDATE").await["content"], "uno");
    k.maya.deletes(&one).await;
    assert_eq!(
        gateway.event("MESSAGE_DELETE").await["id"],
        one.id().to_string()
    );
    k.server.bulk_delete(&[&two, &three]).await;
    let ids = gateway.event("MESSAGE_DELETE_BULK").await["ids"].clone();
    assert_eq!(ids, json!([two.id().to_string(), three.id().to_string()]));
}

#[tokio::test]
async fn reactions_come_with_the_member_who_put_them() {
    let k = kitchen().await;
    let message = k.maya.says(&k.general, "pie").await;
    let mut gateway = k.gateway().await;
    k.maya.reacts(&message, "✅").await;
    let event = gateway.event("MESSAGE_REACTION_ADD").await;
    assert_eq!(
        (
            &event["emoji"]["name"],
            &event["member"]["user"]["username"]
        ),
        (&json!("✅"), &json!("maya"))
    );
    k.maya.unreacts(&message, "✅").await;
    assert_eq!(
        gateway.event("MESSAGE_REACTION_REMOVE").await["user_id"],
        k.maya.id().to_string()
    );
    k.server.owner().clears_reactions(&message, None).await;
    gateway.event("MESSAGE_REACTION_REMOVE_ALL").await;
    k.server
        .owner()
        .clears_reactions(&message, Some("✅"))
        .await;
    gateway.event("MESSAGE_REACTION_REMOVE_EMOJI").await;
}

#[tokio::test]
async fn what_a_bot_cannot_see_it_does_not_hear() {
    let k = kitchen().await;
    let hidden = k.server.text_channel("hidden");
    hidden.deny(&k.bot, may::VIEW_CHANNEL);
    let mut gateway = k.gateway().await;
    k.maya.says(&hidden, "secret").await;
    k.maya.says(&k.general, "open").await;
    assert_eq!(gateway.texts(1).await, ["open"]);
}

#[tokio::test]
async fn without_the_intent_for_content_only_what_names_the_bot_has_text() {
    let k = kitchen().await;
    let mut gateway = Gateway::identified(&k.discord, &k.bot, INTENTS & !(1 << 15)).await;
    gateway.event("READY").await;
    gateway.event("GUILD_CREATE").await;
    let naming = format!("<@{}> soup?", k.bot.id());
    k.maya.says(&k.general, "soup").await;
    k.maya.says(&k.general, &naming).await;
    k.rest.post(&k.messages(), json!({"content": "mine"})).await;
    k.maya.tells(&k.bot, "psst").await;
    assert_eq!(gateway.texts(4).await, ["", &naming, "mine", "psst"]);
}

#[tokio::test]
async fn without_the_intent_for_messages_none_come() {
    let k = kitchen().await;
    let mut gateway = Gateway::identified(&k.discord, &k.bot, 1).await;
    gateway.event("READY").await;
    gateway.event("GUILD_CREATE").await;
    k.maya.says(&k.general, "soup").await;
    let _ = k.server.text_channel("next");
    gateway.event("CHANNEL_CREATE").await;
}

#[tokio::test]
async fn channels_threads_and_roles_are_told_of() {
    let k = kitchen().await;
    let message = k.maya.says(&k.general, "pie").await;
    let mut gateway = k.gateway().await;
    let thread = k.maya.starts_thread(&message, "on pie").await;
    assert_eq!(gateway.event("THREAD_CREATE").await["newly_created"], true);
    gateway.event("MESSAGE_UPDATE").await;
    gateway.event("MESSAGE_CREATE").await;
    thread.archive();
    assert_eq!(
        gateway.event("THREAD_UPDATE").await["thread_metadata"]["archived"],
        true
    );
    thread.delete();
    assert_eq!(
        gateway.event("THREAD_DELETE").await["parent_id"],
        k.general.id().to_string()
    );
    let role = k.server.role("baker", 0);
    gateway.event("GUILD_ROLE_CREATE").await;
    role.set_permissions(8);
    gateway.event("GUILD_ROLE_UPDATE").await;
    role.delete();
    gateway.event("GUILD_ROLE_DELETE").await;
    k.general.rename("kitchen");
    assert_eq!(gateway.event("CHANNEL_UPDATE").await["name"], "kitchen");
    k.general.delete();
    gateway.event("CHANNEL_DELETE").await;
}

#[tokio::test]
async fn who_comes_to_see_a_channel_hears_of_its_threads() {
    let k = kitchen().await;
    k.maya.opens_thread(&k.general, "on pie").await;
    k.general.deny(&k.bot, may::VIEW_CHANNEL);
    let mut gateway = k.gateway().await;
    k.general.allow(&k.bot, may::VIEW_CHANNEL);
    gateway.event("CHANNEL_UPDATE").await;
    assert_eq!(
        gateway.event("THREAD_LIST_SYNC").await["threads"][0]["name"],
        "on pie"
    );
}

#[tokio::test]
async fn coming_to_a_server_and_leaving_it_are_told_to_the_bot() {
    let k = kitchen().await;
    let mut gateway = k.gateway().await;
    let cellar = k.discord.server("Cellar");
    cellar.invite(&k.bot, 0);
    assert_eq!(gateway.event("GUILD_CREATE").await["name"], "Cellar");
    cellar.kick(&k.bot);
    assert_eq!(
        gateway.event("GUILD_DELETE").await["id"],
        cellar.id().to_string()
    );
}
