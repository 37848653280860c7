//! Messages over REST.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use sandbox::Sandbox;
use serde_json::{Value, json};

use crate::support::{Kitchen, error_at, kitchen};

fn texts(history: &Value) -> Vec<&str> {
    history
        .as_array()
        .unwrap()
        .iter()
        .map(|message| message["content"].as_str().unwrap())
        .collect()
}

#[tokio::test]
async fn a_message_is_there_for_everybody_once_it_is_sent() {
    let k = kitchen().await;
    let (status, sent) = k
        .rest
        .post(&k.messages(), json!({"content": " soup  "}))
        .await;
    assert_eq!((status, &sent["content"]), (200, &json!("soup")));
    assert_eq!(k.general.messages()[0].content, "soup");
    let path = format!("{}/{}", k.messages(), sent["id"].as_str().unwrap());
    assert_eq!(k.rest.get(&path).await.1["author"]["username"], "Whisk");
}

#[tokio::test]
async fn history_is_paged_by_id_newest_first() {
    let k = kitchen().await;
    let mut ids = Vec::new();
    for n in 0..5 {
        ids.push(k.maya.says(&k.general, &n.to_string()).await.id());
    }
    let page = async |query: &str| k.rest.get(&format!("{}?{query}", k.messages())).await.1;
    assert_eq!(texts(&page("limit=2").await), ["4", "3"]);
    assert_eq!(
        texts(&page(&format!("&limit=2&before={}", ids[3])).await),
        ["2", "1"]
    );
    assert_eq!(
        texts(&page(&format!("limit=2&after={}", ids[0])).await),
        ["2", "1"]
    );
    assert_eq!(
        texts(&page(&format!("limit=3&around={}", ids[2])).await),
        ["3", "2", "1"]
    );
    assert_eq!(page("limit=101").await["code"], 50035);
    assert_eq!(page("limit=0").await["code"], 50035);
}

#[tokio::test]
async fn the_same_nonce_enforced_gives_the_message_already_there() {
    let now_ms = Arc::new(AtomicU64::new(1_700_000_000_000));
    let clock = Arc::clone(&now_ms);
    let settings = Sandbox::builder().clock(move || clock.load(Ordering::SeqCst));
    let k = Kitchen::with(settings).await;
    let send = async || {
        let body = json!({"content": "once", "nonce": "n1", "enforce_nonce": true});
        k.rest.post(&k.messages(), body).await.1
    };
    let first = send().await;
    assert_eq!(first["nonce"], "n1");
    assert_eq!(send().await["id"], first["id"]);
    assert_eq!(k.general.messages().len(), 1);

    now_ms.fetch_add(5 * 60 * 1_000, Ordering::SeqCst);
    assert_ne!(send().await["id"], first["id"]);
    let (_, history) = k.rest.get(&k.messages()).await;
    assert!(history[0]["nonce"].is_null());
}

#[tokio::test]
async fn a_nonce_that_is_not_enforced_forbids_nothing() {
    let k = kitchen().await;
    for _ in 0..2 {
        k.rest
            .post(&k.messages(), json!({"content": "twice", "nonce": "n1"}))
            .await;
    }
    assert_eq!(k.general.messages().len(), 2);
}

#[tokio::test]
async fn a_reply_needs_a_message_that_is_there_unless_it_says_otherwise() {
    let k = kitchen().await;
    let reference = |must: bool| json!({"message_id": "4", "fail_if_not_exists": must});
    let body = json!({"content": "hm", "message_reference": reference(true)});
    let (status, refused) = k.rest.post(&k.messages(), body).await;
    assert_eq!((status, refused["code"].as_u64()), (400, Some(50035)));
    assert_eq!(
        error_at(&refused, "message_reference"),
        "REPLIES_UNKNOWN_MESSAGE"
    );

    let body = json!({"content": "hm", "message_reference": reference(false)});
    let (status, sent) = k.rest.post(&k.messages(), body).await;
    assert_eq!((status, &sent["type"]), (200, &json!(0)));
}

#[tokio::test]
async fn a_file_comes_along_with_its_description_and_can_be_fetched() {
    let k = kitchen().await;
    let body = json!({"attachments": [{"id": 0, "description": "a pot"}]});
    let (status, sent) = k
        .rest
        .post_file(&k.messages(), body, "pot.png", vec![1, 2, 3])
        .await;
    assert_eq!(status, 200);
    assert_eq!(sent["attachments"][0]["description"], "a pot");
    let url = sent["attachments"][0]["url"].as_str().unwrap();
    assert_eq!(
        reqwest::get(url).await.unwrap().bytes().await.unwrap()[..],
        [1, 2, 3]
    );
    let view = &k.general.messages()[0];
    assert_eq!(
        (
            view.attachments[0].name.as_str(),
            view.attachments[0].size()
        ),
        ("pot.png", 3)
    );
}

#[tokio::test]
async fn an_edit_keeps_the_files_that_it_names_or_all_where_it_names_none() {
    let k = kitchen().await;
    let body = json!({"attachments": [{"id": 0, "description": "a pot"}]});
    let (_, sent) = k
        .rest
        .post_file(&k.messages(), body, "pot.png", vec![1, 2, 3])
        .await;
    let path = format!("{}/{}", k.messages(), sent["id"].as_str().unwrap());
    let edit = async |body: Value| k.rest.send("PATCH", &path, body).await.1["attachments"].clone();
    let files = edit(json!({"content": "a"})).await;
    assert_eq!(files, sent["attachments"]);
    let named = json!([{"id": files[0]["id"]}]);
    assert_eq!(edit(json!({"attachments": named})).await, files);
    assert_eq!(edit(json!({"attachments": []})).await, json!([]));
}

#[tokio::test]
async fn a_bot_edits_its_own_message_and_nobody_elses() {
    let k = kitchen().await;
    let (_, own) = k
        .rest
        .post(&k.messages(), json!({"content": "sooup"}))
        .await;
    let path = format!("{}/{}", k.messages(), own["id"].as_str().unwrap());
    let (_, edited) = k
        .rest
        .send("PATCH", &path, json!({"content": "soup"}))
        .await;
    assert_eq!(edited["content"], "soup");
    assert!(edited["edited_timestamp"].is_string());

    let hers = k.maya.says(&k.general, "salad").await;
    let path = format!("{}/{}", k.messages(), hers.id());
    let (status, refused) = k
        .rest
        .send("PATCH", &path, json!({"content": "soup"}))
        .await;
    assert_eq!((status, refused["code"].as_u64()), (403, Some(50005)));
    assert!(!hers.view().unwrap().edited);
}

#[tokio::test]
async fn suppressed_embeds_are_not_shown() {
    let k = kitchen().await;
    let body = json!({"content": "a", "embeds": [{"title": "b"}], "flags": 4});
    let (_, sent) = k.rest.post(&k.messages(), body).await;
    assert_eq!(sent["embeds"], json!([]));
}

#[tokio::test]
async fn nobody_is_pinged_when_nothing_is_allowed_and_everybody_when_nothing_is_said() {
    let k = kitchen().await;
    let text = format!("<@{}> <@&{}> @everyone", k.maya.id(), k.chef.id());
    k.rest
        .post(
            &k.messages(),
            json!({"content": text, "allowed_mentions": {"parse": []}}),
        )
        .await;
    k.rest.post(&k.messages(), json!({"content": text})).await;
    let said = k.general.messages();
    assert!(said[0].pings().is_empty());
    assert_eq!(said[1].pings().users, [k.maya.id()]);
    assert_eq!(said[1].pings().roles, [k.chef.id()]);
    assert!(said[1].pings().everyone);
}

#[tokio::test]
async fn a_reply_pings_whom_it_answers_unless_that_is_switched_off() {
    let k = kitchen().await;
    let question = k.maya.says(&k.general, "salt?").await;
    let reference = json!({"message_id": question.id().to_string()});
    let loud = json!({"content": "yes", "message_reference": reference});
    k.rest.post(&k.messages(), loud).await;
    let quiet =
        json!({"content": "no", "message_reference": reference, "allowed_mentions": {"parse": []}});
    k.rest.post(&k.messages(), quiet).await;
    let replies = question.replies();
    assert_eq!(replies[0].pings().users, [k.maya.id()]);
    assert!(replies[1].pings().is_empty());
}

#[tokio::test]
async fn reactions_are_put_listed_and_taken_away() {
    let k = kitchen().await;
    let message = k.maya.says(&k.general, "pie").await;
    let path = format!("{}/{}/reactions/%F0%9F%93%8C", k.messages(), message.id());
    assert_eq!(
        k.rest
            .send("PUT", &format!("{path}/@me"), Value::Null)
            .await
            .0,
        204
    );
    message.reaction_from(&k.bot, "📌").await;
    k.maya.reacts(&message, "📌").await;
    assert_eq!(k.rest.get(&path).await.1.as_array().unwrap().len(), 2);
    assert_eq!(
        k.rest
            .send("DELETE", &format!("{path}/@me"), Value::Null)
            .await
            .0,
        204
    );
    message.no_reaction_from(&k.bot, "📌").await;
    assert_eq!(message.reactions()[0].users, [k.maya.id()]);

    let word = format!("{}/{}/reactions/pin/@me", k.messages(), message.id());
    let (status, refused) = k.rest.send("PUT", &word, Value::Null).await;
    assert_eq!((status, refused["code"].as_u64()), (400, Some(10014)));
}

#[tokio::test]
async fn a_21st_emoji_does_not_fit_under_a_message() {
    let k = kitchen().await;
    let message = k.maya.says(&k.general, "pie").await;
    let emoji = |n: u32| char::from_u32(0x1F600 + n).unwrap().to_string();
    for n in 0..20 {
        k.maya.reacts(&message, &emoji(n)).await;
    }
    let path = format!(
        "{}/{}/reactions/{}/@me",
        k.messages(),
        message.id(),
        emoji(20)
    );
    let (_, refused) = k.rest.send("PUT", &path, Value::Null).await;
    assert_eq!(refused["code"], 30010);
}
