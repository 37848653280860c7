//! The way to the server breaks or hangs.

use std::time::Duration;

use beadle::store::{Patience, Store};

use super::bees::DAILY;
use super::proxy::Proxy;
use crate::support::postgres::OwnServer;

const AFTERNOON: &str = "2026-06-01T20:00:00Z";

#[tokio::test(flavor = "multi_thread")]
async fn what_was_decided_in_a_commit_whose_answer_was_lost_is_carried_out_once() {
    let Some(server) = OwnServer::start() else {
        return;
    };
    let proxy = Proxy::before(server.socket());
    let store = Store::open(&proxy.url()).await.expect("the database");
    let process = DAILY.at(&store, AFTERNOON).await;
    proxy.lose_a_commit();
    let error = process.hears(1).await.expect_err("no answer came");
    assert!(error.is_passing() && proxy.is_whole(), "{error:?}");

    // The pump hands on what waits, once the database answers again.
    let again = process.hears(1).await.expect("the way is mended");
    assert!(again.is_empty(), "it was decided before: {again:?}");
    let waiting = process.app.waiting().await.expect("an outbox");
    assert_eq!(waiting.len(), 1, "the sign: {waiting:?}");
    let then = process.hears(2).await.expect("the way is mended");
    assert_eq!(then.len(), 1, "its own sign alone: {then:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_digest_whose_commit_was_in_doubt_is_posted_once() {
    let Some(server) = OwnServer::start() else {
        return;
    };
    let proxy = Proxy::before(server.socket());
    let store = Store::open(&proxy.url()).await.expect("the database");
    let process = DAILY.at(&store, AFTERNOON).await;
    process.hears(1).await.expect("a question");
    process.at("2026-06-02T01:00:00Z");
    proxy.lose_a_commit();
    let course = "bees".to_owned();
    let due = beadle::app::event::Event::DigestDue { course };
    process.app.handle(&due).await.expect_err("no answer came");

    assert!(process.posts_at("2026-06-02T01:00:02Z").await.is_empty());
    let waiting = process.app.waiting().await.expect("an outbox");
    let digests = waiting.iter().filter(|it| it.key.starts_with("digest:"));
    let keys: Vec<&str> = digests.map(|it| it.key.as_str()).collect();
    assert_eq!(keys, ["digest:1:2026-06-01:1"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_takes_everything_and_answers_nothing_is_given_up() {
    let Some(server) = OwnServer::start() else {
        return;
    };
    let proxy = Proxy::before(server.socket());
    let haste = Patience {
        connection: Duration::from_millis(300),
        statement: Duration::from_millis(200),
        farewell: Duration::from_millis(20),
        ..Patience::default()
    };
    let store = Store::open_with(&proxy.url(), haste).await;
    let store = store.expect("the database");
    let process = DAILY.at(&store, AFTERNOON).await;
    let mut held = Vec::new();
    for _ in 0..8 {
        held.push(store.begin().await.expect("a transaction"));
    }
    proxy.hang();
    for tx in held {
        let error = tx.commit().await.expect_err("no answer");
        assert!(error.is_passing(), "{error:?}");
    }
    let error = process.hears(1).await.expect_err("no answer");
    assert!(error.is_passing(), "{error:?}");
    proxy.mend();
    // Connections that hang have to be found out, one after the other.
    while let Err(error) = process.hears(1).await {
        assert!(error.is_passing(), "{error:?}");
    }
    proxy.hang();
    store.close().await;
}
