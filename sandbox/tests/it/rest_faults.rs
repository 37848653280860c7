//! What goes wrong with requests on demand.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use sandbox::{RestFault, Sandbox};
use serde_json::{Value, json};

use crate::support::{Kitchen, kitchen};

const SEND: &str = "/channels/{channel_id}/messages";

#[tokio::test]
async fn a_rate_limit_names_the_time_to_wait_and_ends_when_it_was_ordered_to() {
    let k = kitchen().await;
    k.discord
        .fault(RestFault::rate_limit(1.5).on("POST", SEND).times(2));
    for _ in 0..2 {
        let response = k
            .rest
            .try_send("POST", &k.messages(), json!({"content": "a"}))
            .await
            .unwrap();
        assert_eq!(response.status(), 429);
        assert_eq!(response.headers()["retry-after"], "2");
        assert_eq!(response.headers()["x-ratelimit-reset-after"], "1.500");
        assert_eq!(response.json::<Value>().await.unwrap()["retry_after"], 1.5);
    }
    assert_eq!(
        k.rest.post(&k.messages(), json!({"content": "a"})).await.0,
        200
    );
    assert_eq!(k.general.messages().len(), 1);
}

#[tokio::test]
async fn a_global_rate_limit_says_so_and_a_bare_one_says_nothing() {
    let k = kitchen().await;
    k.discord.fault(RestFault::global_rate_limit(0.5));
    let response = k
        .rest
        .try_send("GET", "/users/@me", Value::Null)
        .await
        .unwrap();
    assert_eq!(response.headers()["x-ratelimit-global"], "true");
    assert_eq!(response.json::<Value>().await.unwrap()["global"], true);
    k.discord.fault(RestFault::bare_rate_limit());
    let response = k
        .rest
        .try_send("GET", "/users/@me", Value::Null)
        .await
        .unwrap();
    assert_eq!(response.status(), 429);
    assert!(!response.headers().contains_key("retry-after"));
}

#[tokio::test]
async fn whoever_comes_before_an_enforced_limit_is_over_gets_429_again() {
    let k = kitchen().await;
    let send = async || k.rest.post(&k.messages(), json!({"content": "a"})).await;
    k.discord
        .fault(RestFault::rate_limit(3_600.0).on("POST", SEND).enforced());
    assert_eq!([send().await.0, send().await.0], [429, 429]);
    assert!(send().await.1["retry_after"].as_f64().unwrap() > 3_000.0);
    assert_eq!(k.rest.get(&k.messages()).await.0, 200, "another route");
    k.discord.mend();
    assert_eq!(send().await.0, 200);
    k.discord
        .fault(RestFault::global_rate_limit(3_600.0).enforced());
    assert_eq!([send().await.0, send().await.0], [429, 429]);
    let (status, other) = k.rest.get(&k.messages()).await;
    assert_eq!((status, other["global"].as_bool()), (429, Some(true)));
}

#[tokio::test]
async fn the_last_request_of_a_bucket_is_served_and_says_so() {
    let k = kitchen().await;
    k.discord.fault(RestFault::spent(3_600.0).on("POST", SEND));
    let last = k
        .rest
        .try_send("POST", &k.messages(), json!({"content": "a"}))
        .await
        .unwrap();
    assert_eq!(last.status(), 200);
    assert_eq!(last.headers()["x-ratelimit-remaining"], "0");
    assert_eq!(last.headers()["x-ratelimit-reset-after"], "3600.000");
    let next = k.rest.post(&k.messages(), json!({"content": "b"})).await;
    assert_eq!(next.0, 429);
    assert_eq!(k.general.messages().len(), 1);
}

#[tokio::test]
async fn an_error_comes_before_or_after_the_deed() {
    let k = kitchen().await;
    k.discord.fault(RestFault::error_before(500));
    assert_eq!(
        k.rest.post(&k.messages(), json!({"content": "a"})).await.0,
        500
    );
    assert!(k.general.messages().is_empty());
    k.discord.fault(RestFault::error_after(502));
    assert_eq!(
        k.rest.post(&k.messages(), json!({"content": "a"})).await.0,
        502
    );
    assert_eq!(k.general.messages().len(), 1);
    let told: Vec<_> = k
        .discord
        .requests()
        .iter()
        .map(|r| (r.status, r.applied))
        .collect();
    assert_eq!(told, [(Some(500), false), (Some(502), true)]);
}

#[tokio::test]
async fn a_connection_breaks_before_or_after_the_deed() {
    let k = kitchen().await;
    k.discord.fault(RestFault::drop_before());
    assert!(
        k.rest
            .try_send("POST", &k.messages(), json!({"content": "a"}))
            .await
            .is_err()
    );
    assert!(k.general.messages().is_empty());
    k.discord.fault(RestFault::drop_after());
    assert!(
        k.rest
            .try_send("POST", &k.messages(), json!({"content": "a"}))
            .await
            .is_err()
    );
    assert_eq!(k.general.messages().len(), 1);
}

#[tokio::test]
async fn a_fault_strikes_only_the_requests_it_is_meant_for() {
    let k = kitchen().await;
    k.discord.fault(
        RestFault::error_before(503)
            .when(|request| request.body["content"] == "b")
            .always(),
    );
    assert_eq!(
        k.rest.post(&k.messages(), json!({"content": "a"})).await.0,
        200
    );
    assert_eq!(
        k.rest.post(&k.messages(), json!({"content": "b"})).await.0,
        503
    );
    k.discord.mend();
    assert_eq!(
        k.rest.post(&k.messages(), json!({"content": "b"})).await.0,
        200
    );
}

#[tokio::test]
async fn a_delayed_request_is_answered_all_the_same() {
    let k = kitchen().await;
    k.discord.fault(RestFault::delay(Duration::from_millis(20)));
    let before = std::time::Instant::now();
    assert_eq!(k.rest.get("/users/@me").await.0, 200);
    assert!(before.elapsed() >= Duration::from_millis(20));
}

#[tokio::test]
async fn a_real_bucket_empties_and_fills_by_the_sandboxs_clock() {
    let now_ms = Arc::new(AtomicU64::new(1_700_000_000_000));
    let clock = Arc::clone(&now_ms);
    let settings = Sandbox::builder()
        .clock(move || clock.load(Ordering::SeqCst))
        .rate_limits(2, 5_000);
    let k = Kitchen::with(settings).await;
    let send = async || k.rest.post(&k.messages(), json!({"content": "a"})).await.0;
    assert_eq!([send().await, send().await, send().await], [200, 200, 429]);
    assert_eq!(k.rest.get(&k.messages()).await.0, 200);
    now_ms.fetch_add(5_000, Ordering::SeqCst);
    assert_eq!(send().await, 200);
}
