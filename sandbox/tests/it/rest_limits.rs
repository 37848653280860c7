//! What is too long, too many or not a form at all is refused as Discord refuses it.

use serde_json::{Value, json};

use crate::support::{error_at, kitchen};

async fn refusal_of(body: Value) -> Value {
    let k = kitchen().await;
    let (status, refused) = k.rest.post(&k.messages(), body).await;
    assert_eq!(status, 400, "{refused}");
    assert!(k.general.messages().is_empty());
    assert_eq!(k.discord.refusals().len(), 1);
    refused
}

#[tokio::test]
async fn a_text_over_2000_characters_is_refused() {
    let refused = refusal_of(json!({"content": "a".repeat(2_001)})).await;
    assert_eq!(refused["code"], 50035);
    assert_eq!(error_at(&refused, "content"), "BASE_TYPE_MAX_LENGTH");
}

#[tokio::test]
async fn a_message_with_nothing_in_it_is_refused() {
    assert_eq!(refusal_of(json!({"content": ""})).await["code"], 50006);
}

#[tokio::test]
async fn embeds_over_6000_characters_together_are_refused() {
    let embed = json!({"description": "d".repeat(3_001)});
    let refused = refusal_of(json!({"embeds": [embed, embed]})).await;
    assert_eq!(error_at(&refused, "embeds"), "MAX_EMBED_SIZE_EXCEEDED");
}

#[tokio::test]
async fn a_contradiction_about_mentions_is_refused() {
    let allowed = json!({"parse": ["users"], "users": ["1"]});
    let refused = refusal_of(json!({"content": "a", "allowed_mentions": allowed})).await;
    assert_eq!(
        error_at(&refused, "allowed_mentions"),
        "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE"
    );
}

#[tokio::test]
async fn an_id_that_is_no_snowflake_is_refused() {
    let k = kitchen().await;
    let (status, refused) = k.rest.get("/channels/general").await;
    assert_eq!((status, refused["code"].as_u64()), (400, Some(50035)));
    assert_eq!(error_at(&refused, "channel_id"), "NUMBER_TYPE_COERCE");
}

#[tokio::test]
async fn a_wrong_or_revoked_token_is_answered_with_401() {
    let k = kitchen().await;
    assert_eq!(k.rest.get("/users/@me").await.0, 200);
    k.bot.revoke_token();
    let (status, refused) = k.rest.get("/users/@me").await;
    assert_eq!(
        (status, refused),
        (401, json!({"message": "401: Unauthorized", "code": 0}))
    );
    let stranger = k.rest.with_token("Bot nonsense");
    assert_eq!(stranger.get("/users/@me").await.0, 401);
}

#[tokio::test]
async fn what_does_not_exist_has_its_own_code() {
    let k = kitchen().await;
    let message = format!("{}/1", k.messages());
    let member = format!("/guilds/{}/members/1", k.server.id());
    let cases = [
        ("/channels/1", 10003),
        ("/guilds/1", 10004),
        (&*message, 10008),
        (&*member, 10013),
    ];
    for (path, code) in cases {
        let (status, refused) = k.rest.get(path).await;
        assert_eq!(
            (status, refused["code"].as_u64()),
            (404, Some(code)),
            "{path}"
        );
    }
    assert_eq!(k.rest.get("/nowhere").await.0, 404);
}

#[tokio::test]
async fn a_slash_command_is_named_in_lower_case_and_without_blanks() {
    let k = kitchen().await;
    let path = format!("/applications/{}/commands", k.bot.application_id());
    let command = |name: &str| json!([{"name": name, "description": "Stirs."}]);
    assert_eq!(k.rest.send("PUT", &path, command("stir")).await.0, 200);
    assert_eq!(k.bot.commands()[0]["name"], "stir");
    let (status, refused) = k.rest.send("PUT", &path, command("Stir it")).await;
    assert_eq!(
        (status, error_at(&refused, "0.name").as_str()),
        (400, "APPLICATION_COMMAND_INVALID_NAME")
    );
}

#[tokio::test]
async fn commands_keep_their_ids_and_change_their_version_only_with_their_form() {
    let k = kitchen().await;
    let path = format!("/applications/{}/commands", k.bot.id());
    let stir = json!({"name": "stir", "description": "Stirs.", "default_member_permissions": "8",
        "name_localizations": {"de": "umrühren"}});
    let (_, first) = k.rest.send("PUT", &path, json!([stir])).await;
    let (_, again) = k.rest.send("PUT", &path, json!([stir])).await;
    assert_eq!(first, again);
    assert_eq!(first[0]["default_member_permissions"], "8");
    let one = format!("{path}/{}", first[0]["id"].as_str().unwrap());
    let (_, changed) = k
        .rest
        .send("PATCH", &one, json!({"description": "Mixes."}))
        .await;
    assert_eq!(
        (&changed["id"], &changed["name"]),
        (&first[0]["id"], &json!("stir"))
    );
    assert_ne!(changed["version"], first[0]["version"]);
    assert_eq!(k.rest.get(&one).await.1["description"], "Mixes.");
    assert_eq!(k.bot.registrations(), 3);
    let plain = k.rest.get(&path).await.1;
    assert!(plain[0].get("name_localizations").is_none());
    let full = k
        .rest
        .get(&format!("{path}?with_localizations=true"))
        .await
        .1;
    assert_eq!(full[0]["name_localizations"]["de"], "umrühren");
    assert_eq!(k.bot.registrations(), 3);
    assert_eq!(k.rest.post(&path, stir.clone()).await.0, 200);
    let twice = json!([stir, stir]);
    assert_eq!(k.rest.send("PUT", &path, twice).await.1["code"], 50035);
}
