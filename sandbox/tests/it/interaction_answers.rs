//! What bots answer to interactions, and what people see of it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use sandbox::{Fault, RestFault, Sandbox, permissions as may};
use serde_json::{Value, json};

use crate::support::{Kitchen, error_at, kitchen};

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
    let refused = heard.answer(4, long).await.1;
    assert_eq!(error_at(&refused, "data.content"), "BASE_TYPE_MAX_LENGTH");
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

#[tokio::test]
async fn an_update_that_is_put_off_comes_with_the_next_edit() {
    let k = kitchen().await;
    let mut gateway = k.serving().await;
    let used = k.maya.uses(&k.general, "/menu show").await;
    let heard = k.heard(&mut gateway).await;
    let data = json!({"content": "1", "flags": 64, "components": buttons(&[("More", "more")])});
    heard.answer(4, data).await;
    let page = used.reply().await;
    let turned = k.maya.clicks(&page, "More").await;
    let heard = k.heard(&mut gateway).await;
    assert_eq!(heard.event["message"]["flags"], 64);
    assert_eq!(heard.answer(6, Value::Null).await.0, 204);
    assert!(turned.was_deferred());
    heard
        .send("PATCH", "/messages/@original", json!({"content": "2"}))
        .await;
    let page = turned.update().await;
    assert_eq!((&*page.content, page.is_ephemeral()), ("2", true));
    let more = heard.send("POST", "", json!({"content": "3"})).await.1;
    assert_eq!(more["message_reference"]["message_id"], page.id.to_string());
    assert_eq!(turned.followup().await.content, "3");
}

#[tokio::test]
async fn controls_that_are_absent_switched_off_or_somebody_elses_are_not_used() {
    let k = kitchen().await;
    let mut gateway = k.serving().await;
    let ana = k.server.member("ana", &[]);
    let used = k.maya.uses(&k.general, "/menu show").await;
    let mut rows = buttons(&[("Yes", "y"), ("No", "n")]);
    rows[0]["components"][1]["disabled"] = json!(true);
    let data = json!({"content": "soup?", "flags": 64, "components": rows});
    k.heard(&mut gateway).await.answer(4, data).await;
    let asked = used.reply().await;
    for (person, label, expected) in [
        (&k.maya, "No", "`No` is switched off"),
        (&k.maya, "Perhaps", "there is no `Perhaps`"),
        (&ana, "Yes", "the message is not there"),
    ] {
        let (person, asked) = (person.clone(), asked.clone());
        let clicked = tokio::spawn(async move { person.clicks(&asked, label).await });
        let panic = clicked.await.err().unwrap().into_panic();
        let sentence = panic.downcast_ref::<String>().unwrap();
        assert!(sentence.contains(expected), "{sentence}");
    }
}

#[tokio::test]
async fn what_is_chosen_in_a_select_is_told_by_value_or_by_id() {
    let k = kitchen().await;
    let mut gateway = k.serving().await;
    let options = json!([{"label": "Soup", "value": "s"}, {"label": "Pie", "value": "p"}]);
    let rows = json!([
        {"type": 1, "components": [{"type": 3, "custom_id": "dish", "placeholder": "Dish?",
            "options": options, "max_values": 2}]},
        {"type": 1, "components": [{"type": 8, "custom_id": "place"}]},
        {"type": 1, "components": [{"type": 6, "custom_id": "role"}]},
        {"type": 1, "components": [{"type": 5, "custom_id": "cook"}]},
    ]);
    k.rest
        .post(&k.messages(), json!({"components": rows}))
        .await;
    gateway.event("MESSAGE_CREATE").await;
    let asked = k.general.messages()[0].clone();
    let chef = format!("<@&{}>", k.chef.id());
    let (general, role, maya) = (k.general.id(), k.chef.id(), k.maya.id());
    for (select, chosen, values, resolved) in [
        ("Dish?", &["Soup", "p"][..], json!(["s", "p"]), Value::Null),
        (
            "place",
            &["#general"],
            json!([general.to_string()]),
            json!("channels"),
        ),
        ("role", &[&chef], json!([role.to_string()]), json!("roles")),
        ("cook", &["maya"], json!([maya.to_string()]), json!("users")),
    ] {
        let used = k.maya.selects(&asked, select, chosen).await;
        let heard = k.heard(&mut gateway).await;
        assert_eq!(heard.event["data"]["values"], values);
        if let Some(kind) = resolved.as_str() {
            assert!(heard.event["data"]["resolved"][kind].is_object());
        }
        heard.whispers("noted").await;
        assert_eq!(used.reply().await.reference, Some(asked.id));
    }
}

#[tokio::test]
async fn a_form_is_filled_in_and_handed_in() {
    let k = kitchen().await;
    let mut gateway = k.serving().await;
    let used = k.maya.uses(&k.general, "/menu show").await;
    let heard = k.heard(&mut gateway).await;
    let input = |id: &str, more: Value| {
        let mut input = json!({"type": 4, "custom_id": id, "style": 1});
        input
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        input
    };
    let name = input(
        "name",
        json!({"label": "Name", "min_length": 3, "max_length": 9}),
    );
    let note = input("note", json!({"value": "as ever"}));
    let form = |title: &str, rows: Value| json!({"custom_id": "recipe", "title": title, "components": rows});
    let rows = json!([
        {"type": 1, "components": [name]},
        {"type": 18, "label": "Note", "component": note},
    ]);
    let unlabelled = json!([{"type": 1, "components": [input("a", json!({}))]}]);
    let six: Vec<Value> = (0..6)
        .map(|n| json!({"type": 1, "components": [input(&n.to_string(), json!({"label": "l"}))]}))
        .collect();
    for bad in [
        form(&"t".repeat(46), rows.clone()),
        form("t", json!([])),
        form("t", json!(six)),
        form("t", unlabelled),
    ] {
        assert_eq!(heard.answer(9, bad).await.1["code"], 50035);
    }
    assert_eq!(heard.answer(9, form("Recipe", rows)).await.0, 204);
    let modal = used.modal().await;
    assert_eq!(
        (&*modal.title, &*modal.fields[1].value),
        ("Recipe", "as ever")
    );
    for (filled, expected) in [
        (("Name", ""), "`Name` is required"),
        (("Name", "ab"), "`Name` takes 3 to 9 characters"),
        (("Size", "2"), "no field `Size`"),
    ] {
        let modal = modal.clone();
        let handed = tokio::spawn(async move { modal.submits(&[filled]).await });
        let panic = handed.await.err().unwrap().into_panic();
        let sentence = panic.downcast_ref::<String>().unwrap();
        assert!(sentence.contains(expected), "{sentence}");
    }
    let handed_in = modal.submits(&[("Name", "soup")]).await;
    let heard = k.heard(&mut gateway).await;
    let components = &heard.event["data"]["components"];
    assert_eq!(components[0]["components"][0]["value"], "soup");
    assert_eq!(components[1]["component"]["value"], "as ever");
    assert_eq!(heard.answer(9, Value::Null).await.1["code"], 50035);
    assert_eq!(
        heard.answer(7, json!({"content": "a"})).await.1["code"],
        50035
    );
    heard.says("kept").await;
    let reply = handed_in.reply().await;
    assert_eq!((&*reply.content, reply.kind), ("kept", 20));
}

#[tokio::test]
async fn files_come_with_an_answer_and_stay_where_an_edit_keeps_them() {
    let k = kitchen().await;
    let mut gateway = k.serving().await;
    let used = k.maya.uses(&k.general, "/menu show").await;
    let heard = k.heard(&mut gateway).await;
    let attachments = json!([{"id": 0, "description": "a pot"}]);
    let body = json!({"type": 4, "data": {"attachments": attachments}});
    let path = format!("{}?with_response=true", heard.path());
    let (status, _) = k
        .rest
        .post_file(&path, body, "pot.png", vec![1, 2, 3])
        .await;
    assert_eq!(status, 200);
    let file = used.reply().await.attachments[0].clone();
    assert_eq!(
        (&*file.name, file.description.as_deref()),
        ("pot.png", Some("a pot"))
    );
    assert_eq!(file.bytes[..], [1, 2, 3]);
    let edit = async |body: Value| heard.send("PATCH", "/messages/@original", body).await.1;
    let kept = edit(json!({"content": "a", "attachments": [{"id": file.id.to_string()}]})).await;
    assert_eq!(kept["attachments"][0]["description"], "a pot");
    assert_eq!(
        edit(json!({"content": "b"})).await["attachments"][0]["filename"],
        "pot.png"
    );
    assert_eq!(
        edit(json!({"attachments": []})).await["attachments"],
        json!([])
    );
}

#[tokio::test]
async fn faults_strike_interactions_as_everything_else() {
    let k = kitchen().await;
    let mut gateway = k.serving().await;
    k.discord.fault(Fault::HoldEvents);
    let used = k.maya.uses(&k.general, "/menu show").await;
    k.discord.mend();
    let heard = k.heard(&mut gateway).await;
    let route = "/interactions/{interaction_id}/{interaction_token}/callback";
    k.discord
        .fault(RestFault::error_after(502).on("POST", route));
    assert_eq!(heard.answer(4, json!({"content": "soup"})).await.0, 502);
    assert_eq!(used.reply().await.content, "soup");
    assert_eq!(
        heard.answer(4, json!({"content": "soup"})).await.1["code"],
        40060
    );
    gateway.event("MESSAGE_CREATE").await;
    k.discord.fault(Fault::DuplicateEvents);
    k.maya.uses(&k.general, "/menu show").await;
    let first = k.heard(&mut gateway).await.event;
    assert_eq!(k.heard(&mut gateway).await.event["id"], first["id"]);
}
