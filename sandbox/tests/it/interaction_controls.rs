//! Buttons, selects and forms, as people use them and as bots follow.

use serde_json::{Value, json};

use crate::support::kitchen;

fn buttons(buttons: &[(&str, &str)]) -> Value {
    let buttons: Vec<Value> = buttons
        .iter()
        .map(|(label, id)| json!({"type": 2, "style": 1, "label": label, "custom_id": id}))
        .collect();
    json!([{"type": 1, "components": buttons}])
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
