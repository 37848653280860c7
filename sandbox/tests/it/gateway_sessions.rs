//! Coming to the gateway, staying, leaving and coming back.

use sandbox::Sandbox;
use serde_json::json;

use crate::support::{Gateway, INTENTS, Kitchen, kitchen};

#[tokio::test]
async fn the_greeting_is_hello_then_ready_then_the_servers() {
    let k = kitchen().await;
    let mut gateway = Gateway::identified(&k.discord, &k.bot, INTENTS).await;
    assert_eq!(gateway.hello["d"]["heartbeat_interval"], 41_250);
    let ready = gateway.event("READY").await;
    assert_eq!(
        ready["guilds"][0],
        json!({"id": k.server.id().to_string(), "unavailable": true})
    );
    let guild = gateway.event("GUILD_CREATE").await;
    assert_eq!(guild["channels"][0]["name"], "general");
    assert_eq!(guild["members"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_heartbeat_is_acknowledged() {
    let k = kitchen().await;
    let mut gateway = k.gateway().await;
    gateway.send(json!({"op": 1, "d": null})).await;
    assert_eq!(gateway.next().await.unwrap()["op"], 11);
}

#[tokio::test]
async fn who_identifies_wrongly_is_told_by_the_close_code() {
    let k = kitchen().await;
    let case = async |intents: u64, shard: serde_json::Value| {
        let mut gateway = Gateway::open(&k.discord, &k.bot).await;
        gateway.identify(intents, shard).await;
        gateway.ending().await
    };
    assert_eq!(case(1 << 40, json!([0, 1])).await, Some(4013));
    assert_eq!(case(1, json!([2, 2])).await, Some(4010));
    let _ = k.bot.clone().without_message_content();
    assert_eq!(case(INTENTS, json!([0, 1])).await, Some(4014));
    k.bot.revoke_token();
    assert_eq!(case(1, json!([0, 1])).await, Some(4004));
}

#[tokio::test]
async fn who_talks_before_identifying_is_closed_with_4003_and_twice_with_4005() {
    let k = kitchen().await;
    let mut gateway = Gateway::open(&k.discord, &k.bot).await;
    gateway.send(json!({"op": 3, "d": {}})).await;
    assert_eq!(gateway.ending().await, Some(4003));
    let mut gateway = k.gateway().await;
    gateway.identify(1, json!([0, 1])).await;
    assert_eq!(gateway.ending().await, Some(4005));
}

#[tokio::test]
async fn a_resumed_session_hears_what_it_missed_and_nothing_twice() {
    let k = kitchen().await;
    let mut gateway = k.gateway().await;
    k.maya.says(&k.general, "one").await;
    assert_eq!(gateway.texts(1).await, ["one"]);
    k.discord.fault(sandbox::Fault::DropConnections);
    assert_eq!(gateway.ending().await, None);
    k.maya.says(&k.general, "two").await;
    k.maya.says(&k.general, "three").await;
    let mut gateway = gateway.resumed(&k.discord, &k.bot).await;
    assert_eq!(gateway.texts(2).await, ["two", "three"]);
    gateway.event("RESUMED").await;
}

#[tokio::test]
async fn what_was_written_but_never_read_is_replayed_as_well() {
    let k = kitchen().await;
    let mut gateway = k.gateway().await;
    k.maya.says(&k.general, "one").await;
    k.maya.says(&k.general, "two").await;
    assert_eq!(gateway.texts(2).await, ["one", "two"]);
    gateway.seq -= 1;
    let mut gateway = gateway.resumed(&k.discord, &k.bot).await;
    assert_eq!(gateway.texts(1).await, ["two"]);
}

#[tokio::test]
async fn who_missed_more_than_is_kept_must_identify_anew() {
    let k = Kitchen::with(Sandbox::builder().replayed_events(2)).await;
    let mut gateway = k.gateway().await;
    k.discord.fault(sandbox::Fault::DropConnections);
    gateway.ending().await;
    k.discord.wait_disconnected(&k.bot).await;
    for n in 0..5 {
        k.maya.says(&k.general, &n.to_string()).await;
    }
    let mut gateway = gateway.resumed(&k.discord, &k.bot).await;
    assert_eq!(gateway.next().await.unwrap(), json!({"op": 9, "d": false}));
}

#[tokio::test]
async fn a_shard_hears_of_its_own_servers_only() {
    let k = kitchen().await;
    let home = (k.server.id() >> 22) % 2;
    for shard in 0..2 {
        let mut gateway = Gateway::open(&k.discord, &k.bot).await;
        gateway.identify(INTENTS, json!([shard, 2])).await;
        let guilds = gateway.event("READY").await["guilds"]
            .as_array()
            .unwrap()
            .len();
        assert_eq!(guilds, usize::from(shard == home));
    }
}

#[tokio::test]
async fn everything_ends_with_the_last_handle_on_the_sandbox() {
    let k = kitchen().await;
    let mut gateway = k.gateway().await;
    let clone = k.discord.clone();
    drop(k.discord);
    assert_eq!(k.rest.get("/users/@me").await.0, 200);
    drop(clone);
    assert_eq!(gateway.ending().await, None);
    // The port is closed as soon as the server's task has run; until then requests may still get through.
    while k
        .rest
        .try_send("GET", "/users/@me", json!(null))
        .await
        .is_ok()
    {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn the_recommended_shards_and_the_sessions_left_are_told_and_counted() {
    let k = kitchen().await;
    k.discord.recommend_shards(3);
    k.discord.limit_sessions(1, 60_000);
    let told = k.rest.get("/gateway/bot").await.1;
    assert_eq!(told["shards"], 3);
    assert_eq!(told["session_start_limit"]["remaining"], 1);
    k.gateway().await;
    let told = k.rest.get("/gateway/bot").await.1;
    assert_eq!(told["session_start_limit"]["remaining"], 0);
}

#[tokio::test]
async fn who_starts_one_session_too_many_loses_the_token() {
    let k = kitchen().await;
    k.discord.limit_sessions(0, 60_000);
    let mut gateway = Gateway::identified(&k.discord, &k.bot, INTENTS).await;
    assert_eq!(gateway.ending().await, Some(4004));
    assert_eq!(k.rest.get("/users/@me").await.0, 401);
}
