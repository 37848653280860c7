//! What bots answer to interactions, and what people see of it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use sandbox::{Sandbox, permissions as may};
use serde_json::{Value, json};

use crate::support::{Kitchen, kitchen};

fn buttons(buttons: &[(&str, &str)]) -> Value {
    let buttons: Vec<Value> = buttons
        .iter()
        .map(|(label, id)| json!({"type": 2, "style": 1, "label": label, "custom_id": id}))
        .collect();
    json!([{"type": 1, "components": buttons}])
}

#[tokio::test]
async fn an_answer_is_a_message_for_everybody_that_names_the_command() {
    let k = kitchen().await;
    let mut gateway = k.serving().await;
    k.general.deny(&k.bot, may::SEND_MESSAGES);
    gateway.event("CHANNEL_UPDATE").await;
    let used = k.maya.uses(&k.general, "/menu show").await;
    let heard = k.heard(&mut gateway).await;
    heard.says("soup").await;
    let reply = used.reply().await;
    assert_eq!(
        (&*reply.content, reply.author_id, reply.kind),
        ("soup", k.bot.id(), 20)
    );
    assert!(!reply.is_ephemeral() && !used.was_deferred());
    assert_eq!(k.general.messages(), std::slice::from_ref(&reply));
    let event = gateway.event("MESSAGE_CREATE").await;
    assert_eq!(event["application_id"], k.bot.id().to_string());
    assert_eq!(event["interaction"]["name"], "menu show");
    let metadata = &event["interaction_metadata"];
    assert_eq!(metadata["id"], heard.event["id"]);
    assert_eq!(metadata["user"]["username"], "maya");
    assert_eq!(event["type"], 20);

    let body = json!({"content": "pie"});
    assert_eq!(
        heard.send("PATCH", "/messages/@original", body).await.0,
        200
    );
    assert_eq!(gateway.event("MESSAGE_UPDATE").await["content"], "pie");
    let edited = used.until(|view| view.content == "pie").await;
    assert!(edited.edited);
    assert_eq!(
        heard
            .send("DELETE", "/messages/@original", Value::Null)
            .await
            .0,
        204
    );
    gateway.event("MESSAGE_DELETE").await;
    used.gone().await;
    assert_eq!(k.general.messages(), []);
}

#[tokio::test]
async fn an_ephemeral_answer_is_seen_by_one_person_and_told_to_nobody() {
    let k = kitchen().await;
    let mut gateway = k.serving().await;
    let ana = k.server.member("ana", &[]);
    let used = k.maya.uses(&k.general, "/menu show").await;
    k.heard(&mut gateway).await.whispers("soup").await;
    let reply = used.reply().await;
    assert!(reply.is_ephemeral() && used.is_ephemeral());
    assert_eq!(k.general.messages(), []);
    let private = k.maya.private_messages(&k.general);
    assert_eq!(private, std::slice::from_ref(&reply));
    assert_eq!(ana.private_messages(&k.general), []);
    let path = format!("{}/{}", k.messages(), reply.id);
    assert_eq!(k.rest.get(&path).await.1["code"], 10008);
    assert_eq!(k.rest.get(&k.messages()).await.1, json!([]));
    ana.says(&k.general, "hello?").await;
    assert_eq!(gateway.event("MESSAGE_CREATE").await["content"], "hello?");
    let transcript = k.discord.transcript();
    assert!(transcript.contains("maya → /menu show"), "{transcript}");
    assert!(
        transcript.contains("Whisk (only to maya): soup"),
        "{transcript}"
    );
}

#[tokio::test]
async fn an_answer_that_is_put_off_is_seen_once_it_is_filled_in() {
    let k = kitchen().await;
    let mut gateway = k.serving().await;
    let used = k.maya.uses(&k.general, "/menu show").await;
    let heard = k.heard(&mut gateway).await;
    assert_eq!(heard.answer(5, Value::Null).await.0, 204);
    assert!(used.was_deferred());
    let loading = gateway.event("MESSAGE_CREATE").await;
    assert_eq!(loading["flags"], 128);
    let empty = json!({"content": ""});
    assert_eq!(
        heard.send("PATCH", "/messages/@original", empty).await.1["code"],
        50006
    );
    let body = json!({"content": "soup"});
    assert_eq!(
        heard.send("PATCH", "/messages/@original", body).await.0,
        200
    );
    assert_eq!(gateway.event("MESSAGE_UPDATE").await["flags"], 0);
    let reply = used.reply().await;
    assert_eq!((&*reply.content, reply.edited), ("soup", false));
}

#[tokio::test]
async fn whether_an_answer_is_ephemeral_is_settled_when_it_is_put_off() {
    let k = kitchen().await;
    let mut gateway = k.serving().await;
    let used = k.maya.uses(&k.general, "/menu show").await;
    let heard = k.heard(&mut gateway).await;
    heard.answer(5, json!({"flags": 64})).await;
    let (status, first) = heard.send("POST", "", json!({"content": "soup"})).await;
    assert_eq!((status, &first["flags"]), (200, &json!(64)));
    assert_eq!(used.reply().await.content, "soup");
    assert!(used.is_ephemeral());
    assert_eq!(used.followups(), []);
    heard.send("POST", "", json!({"content": "and pie"})).await;
    let followup = used.followup().await;
    assert_eq!(
        (&*followup.content, followup.is_ephemeral()),
        ("and pie", false)
    );
    let event = gateway.event("MESSAGE_CREATE").await;
    let metadata = &event["interaction_metadata"];
    assert_eq!(metadata["original_response_message_id"], first["id"]);
    let path = format!("/messages/{}", followup.id);
    let (_, edited) = heard
        .send("PATCH", &path, json!({"content": "and cake"}))
        .await;
    assert_eq!(edited["content"], "and cake");
    assert_eq!(
        heard.send("GET", &path, Value::Null).await.1["content"],
        "and cake"
    );
    assert_eq!(heard.send("DELETE", &path, Value::Null).await.0, 204);
    assert_eq!(heard.send("GET", &path, Value::Null).await.1["code"], 10008);
}

#[tokio::test]
async fn an_interaction_is_answered_once_by_those_who_hold_its_token() {
    let k = kitchen().await;
    let mut gateway = k.serving().await;
    k.maya.uses(&k.general, "/menu show").await;
    let heard = k.heard(&mut gateway).await;
    let early = heard
        .send("PATCH", "/messages/@original", json!({"content": "a"}))
        .await;
    assert_eq!(early.1["code"], 10015);
    let guessed = heard.path().replace("sandbox.", "sandbax.");
    let body = json!({"type": 4, "data": {"content": "a"}});
    assert_eq!(k.rest.post(&guessed, body).await.1["code"], 10062);
    for kind in [1, 6, 7, 8, 10] {
        let (status, refused) = heard.answer(kind, json!({"content": "a"})).await;
        assert_eq!((status, &refused["code"]), (400, &json!(50035)), "{kind}");
    }
    assert_eq!(
        heard.answer(4, json!({"content": ""})).await.1["code"],
        50006
    );
    let long = json!({"content": "a".repeat(2_001)});
    assert_eq!(heard.answer(4, long).await.1["code"], 50035);
    heard.says("soup").await;
    let (status, refused) = heard.answer(4, json!({"content": "b"})).await;
    assert_eq!((status, &refused["code"]), (400, &json!(40060)));
}

#[tokio::test]
async fn a_bot_has_three_seconds_to_answer_and_fifteen_minutes_to_follow_up() {
    let now_ms = Arc::new(AtomicU64::new(1_700_000_000_000));
    let clock = Arc::clone(&now_ms);
    let k = Kitchen::with(Sandbox::builder().clock(move || clock.load(Ordering::SeqCst))).await;
    let mut gateway = k.serving().await;
    let used = k.maya.uses(&k.general, "/menu show").await;
    let heard = k.heard(&mut gateway).await;
    now_ms.fetch_add(3_000, Ordering::SeqCst);
    assert_eq!(used.failed().await, "The application did not respond");
    assert_eq!(
        heard.answer(4, json!({"content": "late"})).await.1["code"],
        10062
    );
    assert_eq!(k.general.messages(), []);

    let used = k.maya.uses(&k.general, "/menu show").await;
    let heard = k.heard(&mut gateway).await;
    now_ms.fetch_add(2_999, Ordering::SeqCst);
    heard.answer(5, Value::Null).await;
    now_ms.fetch_add(14 * 60 * 1_000, Ordering::SeqCst);
    heard
        .send("PATCH", "/messages/@original", json!({"content": "soup"}))
        .await;
    assert_eq!(used.reply().await.content, "soup");
    now_ms.fetch_add(60 * 1_000, Ordering::SeqCst);
    let (status, refused) = heard.send("POST", "", json!({"content": "pie"})).await;
    assert_eq!((status, &refused["code"]), (401, &json!(50027)));
}

#[tokio::test]
async fn the_answer_is_told_to_those_who_ask_for_it() {
    let k = kitchen().await;
    let mut gateway = k.serving().await;
    k.maya.uses(&k.general, "/menu show").await;
    let heard = k.heard(&mut gateway).await;
    let path = format!("{}?with_response=true", heard.path());
    let body = json!({"type": 4, "data": {"content": "soup", "flags": 64}});
    let (status, told) = k.rest.post(&path, body).await;
    assert_eq!(status, 200);
    assert_eq!(told["interaction"]["response_message_ephemeral"], true);
    assert_eq!(told["resource"]["message"]["content"], "soup");
}

#[tokio::test]
async fn an_answer_pings_nobody_it_is_not_allowed_to() {
    let k = kitchen().await;
    let mut gateway = k.serving().await;
    let used = k.maya.uses(&k.general, "/menu show").await;
    let text = format!("<@{}> soup", k.maya.id());
    let data = json!({"content": text, "allowed_mentions": {"parse": []}});
    k.heard(&mut gateway).await.answer(4, data).await;
    assert!(used.reply().await.pings().is_empty());
    let used = k.maya.uses(&k.general, "/menu show").await;
    gateway.event("MESSAGE_CREATE").await;
    k.heard(&mut gateway).await.says(&text).await;
    assert_eq!(used.reply().await.pings().users, [k.maya.id()]);
}

#[tokio::test]
async fn a_click_changes_the_message_it_was_made_on() {
    let k = kitchen().await;
    let mut gateway = k.serving().await;
    let body = json!({"content": "soup?", "components": buttons(&[("Yes", "y"), ("No", "n")])});
    k.rest.post(&k.messages(), body).await;
    gateway.event("MESSAGE_CREATE").await;
    let asked = k.general.messages()[0].clone();
    let used = k.maya.clicks(&asked, "Yes").await;
    let heard = k.heard(&mut gateway).await;
    assert_eq!(heard.event["type"], 3);
    assert_eq!(heard.event["data"]["custom_id"], "y");
    assert_eq!(heard.event["message"]["id"], asked.id.to_string());
    let data = json!({"content": "soup!", "components": []});
    assert_eq!(heard.answer(7, data).await.0, 204);
    assert_eq!(gateway.event("MESSAGE_UPDATE").await["content"], "soup!");
    let updated = used.update().await;
    assert_eq!((&*updated.content, updated.id), ("soup!", asked.id));
    assert!(updated.components.is_empty());
}
