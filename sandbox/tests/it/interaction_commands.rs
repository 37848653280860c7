//! Commands as people use them, and what a bot hears of it.

use sandbox::{Sandbox, permissions as may};
use serde_json::json;

use crate::support::{Gateway, Kitchen, kitchen};

/// Why somebody cannot do something: the words of the panic.
async fn why<T: Send + 'static>(act: impl Future<Output = T> + Send + 'static) -> String {
    let panic = tokio::spawn(act).await.err().unwrap().into_panic();
    panic.downcast_ref::<String>().unwrap().clone()
}

#[tokio::test]
async fn a_command_comes_with_all_that_discord_tells_of_it() {
    let k = kitchen().await;
    let mut gateway = k.serving().await;
    let line =
        "/order dish:soup of the day size:2 spice:Very cook:@maya place:#general chilled:false";
    k.maya.uses(&k.general, line).await;
    let event = k.heard(&mut gateway).await.event;
    assert_eq!(event["type"], 2);
    assert_eq!(event["application_id"], k.bot.id().to_string());
    assert_eq!(event["guild_id"], k.server.id().to_string());
    assert_eq!(event["channel"]["id"], k.general.id().to_string());
    assert_eq!(event["member"]["user"]["username"], "maya");
    assert!(event["member"]["permissions"].is_string());
    assert!(event["user"].is_null());
    let data = &event["data"];
    assert_eq!(
        data["options"],
        json!([
            {"name": "dish", "type": 3, "value": "soup of the day"},
            {"name": "size", "type": 4, "value": 2},
            {"name": "spice", "type": 3, "value": "hot"},
            {"name": "cook", "type": 6, "value": k.maya.id().to_string()},
            {"name": "place", "type": 7, "value": k.general.id().to_string()},
            {"name": "chilled", "type": 5, "value": false},
        ])
    );
    let maya = k.maya.id().to_string();
    assert_eq!(data["resolved"]["users"][&maya]["username"], "maya");
    assert!(data["resolved"]["members"][&maya]["roles"].is_array());
    let general = k.general.id().to_string();
    assert_eq!(data["resolved"]["channels"][&general]["name"], "general");
}

#[tokio::test]
async fn a_subcommand_is_nested_and_a_file_comes_along_with_its_address() {
    let k = kitchen().await;
    let mut gateway = k.serving().await;
    k.maya
        .uses_with_file(&k.general, "/menu import", "file", "menu.csv", b"soup")
        .await;
    let data = k.heard(&mut gateway).await.event["data"].clone();
    let option = &data["options"][0]["options"][0];
    assert_eq!(data["options"][0]["name"], "import");
    let file = &data["resolved"]["attachments"][option["value"].as_str().unwrap()];
    assert_eq!(file["filename"], "menu.csv");
    let url = file["url"].as_str().unwrap();
    let bytes = reqwest::get(url).await.unwrap().bytes().await.unwrap();
    assert_eq!(&bytes[..], b"soup");
}

#[tokio::test]
async fn what_a_client_would_not_send_is_not_sent() {
    let k = kitchen().await;
    let _gateway = k.serving().await;
    for (line, expected) in [
        ("/pay dish:soup", "no `pay` is offered here"),
        ("/order", "`dish` is required"),
        ("/order dish:", "`dish` is left empty"),
        ("/order dish:soup size:9", "out of the range of `size`"),
        ("/order dish:soup size:two", "`size` is a number"),
        (
            "/order dish:soup spice:mild",
            "none of the choices of `spice`",
        ),
        (
            "/order dish:soup chilled:perhaps",
            "`chilled` is true or false",
        ),
        (
            "/order dish:soup cook:@nobody",
            "`@nobody` in `cook` is no user",
        ),
        (
            "/order dish:soup place:#nowhere",
            "`#nowhere` in `place` is no channel",
        ),
        (
            "/order dish:a soup that is rather long",
            "`dish` has 0 to 20 characters",
        ),
        ("/order course:10", "there is no option at `course:10`"),
        ("/menu", "after `menu` comes one of show, import"),
        ("/menu import", "`file` is required"),
        (
            "/close",
            "`close` is only offered to those with MANAGE_MESSAGES",
        ),
    ] {
        let (maya, general) = (k.maya.clone(), k.general.clone());
        let sentence = why(async move { maya.uses(&general, line).await }).await;
        assert!(sentence.starts_with("maya cannot use"), "{sentence}");
        assert!(sentence.contains(expected), "{sentence}");
    }
}

#[tokio::test]
async fn a_command_is_offered_to_those_who_hold_its_permission() {
    let k = kitchen().await;
    let mut gateway = k.serving().await;
    let ana = k.server.member("ana", &[&k.chef]);
    ana.uses(&k.general, "/close").await;
    let event = k.heard(&mut gateway).await.event;
    assert_eq!(event["data"]["name"], "close");
}

#[tokio::test]
async fn who_may_not_use_commands_in_a_channel_does_not() {
    let k = kitchen().await;
    let _gateway = k.serving().await;
    k.general
        .deny(&k.server.everyone(), may::USE_APPLICATION_COMMANDS);
    let sentence = why(async move { k.maya.uses(&k.general, "/menu show").await }).await;
    assert!(sentence.contains("50013"), "{sentence}");
}

#[tokio::test]
async fn interactions_reach_a_bot_whatever_its_intents_on_the_shard_of_the_server() {
    let k = kitchen().await;
    k.serving().await;
    let of = 2;
    let here = (k.server.id() >> 22) % of;
    let mut gateway = Gateway::open(&k.discord, &k.bot).await;
    gateway.identify(0, json!([here, of])).await;
    gateway.event("READY").await;
    let mut elsewhere = Gateway::open(&k.discord, &k.bot).await;
    elsewhere.identify(0, json!([1 - here, of])).await;
    elsewhere.event("READY").await;
    k.maya.uses(&k.general, "/menu show").await;
    assert_eq!(k.heard(&mut gateway).await.event["data"]["name"], "menu");
    k.discord.fault(sandbox::Fault::Reconnect);
    assert_eq!(elsewhere.next().await.unwrap()["op"], 7);
}

#[tokio::test]
async fn the_text_of_a_menus_target_is_told_without_the_intent_for_content() {
    let k = kitchen().await;
    k.serving().await;
    let _ = k.bot.clone().without_message_content();
    let mut gateway = Gateway::identified(&k.discord, &k.bot, 1).await;
    gateway.event("READY").await;
    gateway.event("GUILD_CREATE").await;
    let said = k.maya.says(&k.general, "boil it").await;
    k.maya.uses_on(&said, "Save recipe").await;
    let data = k.heard(&mut gateway).await.event["data"].clone();
    let id = said.id().to_string();
    assert_eq!((&data["type"], &data["target_id"]), (&json!(3), &json!(id)));
    assert_eq!(data["resolved"]["messages"][&id]["content"], "boil it");
    k.maya.uses_on_user(&k.general, &k.maya, "Praise").await;
    let data = k.heard(&mut gateway).await.event["data"].clone();
    assert_eq!(data["target_id"], k.maya.id().to_string());
}

#[tokio::test]
async fn what_is_suggested_is_shown_while_it_is_typed() {
    let k = kitchen().await;
    let mut gateway = k.serving().await;
    let (maya, general) = (k.maya.clone(), k.general.clone());
    let typing =
        tokio::spawn(async move { maya.types(&general, "/order size:2 dish:so", "dish").await });
    let heard = k.heard(&mut gateway).await;
    assert_eq!(heard.event["type"], 4);
    let focused = &heard.event["data"]["options"][1];
    assert_eq!(
        *focused,
        json!({"name": "dish", "type": 3, "value": "so", "focused": true})
    );

    let many: Vec<_> = (0..26)
        .map(|n| json!({"name": "a", "value": n.to_string()}))
        .collect();
    for choices in [
        json!(many),
        json!([{"name": "n".repeat(101), "value": "a"}]),
        json!([{"name": "a", "value": "v".repeat(101)}]),
        json!([{"name": "a", "value": 7}]),
        json!([{"name": "", "value": "a"}]),
    ] {
        assert_eq!(
            heard.answer(8, json!({"choices": choices})).await.0,
            400,
            "{choices}"
        );
    }
    assert_eq!(heard.answer(4, json!({"content": "soup"})).await.0, 400);
    let choices = json!([{"name": "Soup", "value": "soup"}]);
    assert_eq!(heard.answer(8, json!({"choices": choices})).await.0, 204);
    let shown = typing.await.unwrap();
    assert_eq!((&*shown[0].name, &shown[0].value), ("Soup", &json!("soup")));
    let (maya, general) = (k.maya.clone(), k.general.clone());
    let sentence = why(async move { maya.types(&general, "/order size:2", "size").await }).await;
    assert!(sentence.contains("`size` suggests nothing"), "{sentence}");
}

#[tokio::test]
async fn a_command_for_servers_only_is_not_offered_in_a_direct_conversation() {
    let k = Kitchen::with(Sandbox::builder()).await;
    let path = format!("/applications/{}/commands", k.bot.id());
    let commands = json!([
        {"name": "here", "description": "d", "contexts": [0]},
        {"name": "anywhere", "description": "d"},
    ]);
    k.rest.send("PUT", &path, commands).await;
    let mut gateway = k.gateway().await;
    let direct = k.maya.direct(&k.bot);
    k.maya.uses(&direct, "/anywhere").await;
    let event = k.heard(&mut gateway).await.event;
    assert_eq!(
        (&event["context"], &event["user"]["username"]),
        (&json!(1), &json!("maya"))
    );
    let sentence = why(async move { k.maya.uses(&direct, "/here").await }).await;
    assert!(
        sentence.contains("not offered in this kind of place"),
        "{sentence}"
    );
}
