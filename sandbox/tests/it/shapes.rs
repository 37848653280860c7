//! The sandbox's own answers have the shapes that Discord describes. Runs with the feature `openapi` where
//! `DISCORD_OPENAPI` names the description; without either there is nothing to compare with.

use sandbox::{Sandbox, permissions as may};
use serde_json::{Value, json};

use crate::support::Kitchen;

fn description() -> Option<std::path::PathBuf> {
    std::env::var_os("DISCORD_OPENAPI")
        .map(Into::into)
        .filter(|_| cfg!(feature = "openapi"))
}

#[tokio::test]
async fn every_answer_is_as_described() {
    let Some(path) = description() else { return };
    let k = Kitchen::with(Sandbox::builder().openapi(path).check_responses(true)).await;
    let forum = k.server.forum("questions", &["Solved"]);
    forum.allow(&k.bot, may::MANAGE_THREADS);
    let post = k
        .maya
        .posts(&forum, "How much salt?", "For two.", &["Solved"])
        .await;
    let message = k
        .maya
        .says(&k.general, &format!("<@{}> pie", k.bot.id()))
        .await;
    let archived = k.maya.opens_thread(&k.general, "old").await;
    archived.archive();
    k.maya.reacts(&message, "✅").await;
    let (guild, app, id) = (k.server.id(), k.bot.id(), message.id());
    let (general, messages) = (k.general.id(), k.messages());
    let button = json!({"type": 2, "style": 1, "label": "Taste", "custom_id": "t"});
    let rich = json!({
        "content": "a", "nonce": "n", "enforce_nonce": true,
        "embeds": [{"title": "t", "fields": [{"name": "n", "value": "v"}]}],
        "components": [{"type": 1, "components": [button]}],
        "message_reference": {"message_id": id.to_string()},
        "allowed_mentions": {"parse": []},
    });
    let requests = [
        ("GET", "/gateway".to_owned(), Value::Null),
        ("GET", "/gateway/bot".into(), Value::Null),
        ("GET", "/users/@me".into(), Value::Null),
        ("GET", "/users/@me/guilds".into(), Value::Null),
        ("GET", "/oauth2/applications/@me".into(), Value::Null),
        ("GET", format!("/users/{}", k.maya.id()), Value::Null),
        (
            "POST",
            "/users/@me/channels".into(),
            json!({"recipient_id": k.maya.id().to_string()}),
        ),
        (
            "GET",
            format!("/guilds/{guild}?with_counts=true"),
            Value::Null,
        ),
        ("GET", format!("/guilds/{guild}/channels"), Value::Null),
        ("GET", format!("/guilds/{guild}/roles"), Value::Null),
        (
            "GET",
            format!("/guilds/{guild}/members/{}", k.maya.id()),
            Value::Null,
        ),
        (
            "GET",
            format!("/guilds/{guild}/threads/active"),
            Value::Null,
        ),
        (
            "GET",
            format!("/channels/{general}/threads/archived/public?limit=10"),
            Value::Null,
        ),
        ("GET", format!("/channels/{general}"), Value::Null),
        ("GET", format!("/channels/{}", forum.id()), Value::Null),
        (
            "PATCH",
            format!("/channels/{}", post.id()),
            json!({"applied_tags": []}),
        ),
        ("POST", messages.clone(), rich),
        (
            "PATCH",
            format!("/channels/{general}/messages/{{own}}"),
            json!({"content": "b"}),
        ),
        ("GET", format!("{messages}?limit=10"), Value::Null),
        (
            "POST",
            format!("{messages}/{id}/threads"),
            json!({"name": "on pie"}),
        ),
        ("GET", format!("{messages}/{id}"), Value::Null),
        (
            "GET",
            format!("{messages}/{id}/reactions/%E2%9C%85"),
            Value::Null,
        ),
        (
            "PUT",
            format!("{messages}/{id}/reactions/%E2%9C%85/@me"),
            Value::Null,
        ),
        ("POST", format!("/channels/{general}/typing"), Value::Null),
        (
            "POST",
            format!("/channels/{}/threads", forum.id()),
            json!({"name": "n", "message": {"content": "c"}}),
        ),
        (
            "PUT",
            format!("/applications/{app}/commands"),
            json!([{"name": "stir", "description": "Stirs."}]),
        ),
        ("GET", format!("/applications/{app}/commands"), Value::Null),
    ];
    for (method, path, body) in requests {
        let own = k
            .general
            .messages_from(&k.bot)
            .last()
            .map_or(0, |view| view.id);
        let path = path.replace("{own}", &own.to_string());
        let (status, answer) = k.rest.send(method, &path, body).await;
        assert!(status < 300, "{method} {path}: {status} {answer}");
    }
    assert_eq!(k.discord.schema_violations(), [""; 0]);
    assert_eq!(k.discord.response_violations(), [""; 0]);
}

#[tokio::test]
async fn a_request_that_is_not_as_described_is_refused_and_told() {
    let Some(path) = description() else { return };
    let k = Kitchen::with(Sandbox::builder().openapi(path)).await;
    let (status, refused) = k.rest.post(&k.messages(), json!({"content": 7})).await;
    assert_eq!((status, refused["code"].as_u64()), (400, Some(50035)));
    assert!(k.discord.schema_violations()[0].starts_with("POST /channels/{channel_id}/messages"));
}

#[tokio::test]
async fn what_comes_of_an_interaction_is_as_described() {
    let Some(path) = description() else { return };
    let k = Kitchen::with(Sandbox::builder().openapi(path).check_responses(true)).await;
    let mut gateway = k.serving().await;
    k.maya.uses(&k.general, "/menu show").await;
    let heard = k.heard(&mut gateway).await;
    let path = format!("{}?with_response=true", heard.path());
    let body = json!({"type": 4, "data": {"content": "soup"}});
    assert_eq!(k.rest.post(&path, body).await.0, 200);
    let followup = heard.send("POST", "", json!({"content": "pie"})).await.1;
    let followup = format!("/messages/{}", followup["id"].as_str().unwrap());
    let commands = format!("/applications/{}/commands", k.bot.id());
    let first = k.bot.commands()[0]["id"].as_str().unwrap().to_owned();
    for (method, path, body) in [
        ("GET", heard.webhook("/messages/@original"), Value::Null),
        (
            "PATCH",
            heard.webhook("/messages/@original"),
            json!({"content": "stew"}),
        ),
        ("GET", heard.webhook(&followup), Value::Null),
        (
            "PATCH",
            heard.webhook(&followup),
            json!({"content": "cake"}),
        ),
        ("DELETE", heard.webhook(&followup), Value::Null),
        ("GET", k.messages(), Value::Null),
        (
            "GET",
            format!("{commands}?with_localizations=true"),
            Value::Null,
        ),
        ("GET", format!("{commands}/{first}"), Value::Null),
        (
            "PATCH",
            format!("{commands}/{first}"),
            json!({"description": "Asks."}),
        ),
    ] {
        let (status, answer) = k.rest.send(method, &path, body).await;
        assert!(status < 300, "{method} {path}: {status} {answer}");
    }
    assert_eq!(k.discord.schema_violations(), [""; 0]);
    assert_eq!(k.discord.response_violations(), [""; 0]);
}
