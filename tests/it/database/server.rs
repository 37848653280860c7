//! PostgreSQL is stopped, killed and started again while a class talks.

use super::host::{Host, ids};
use crate::support::postgres::OwnServer;

const WAITS: &str = "the database does not answer";

async fn outlives(outage: impl Fn(&mut OwnServer)) {
    let Some(mut server) = OwnServer::start() else {
        return;
    };
    let host = Host::with_url(&server.url()).await;
    let run = host.start().await;
    let mut asked = host.asks(0..2).await;
    // No wait between: what is in flight just now is hit as well.
    asked.extend(host.asks(2..5).await);
    outage(&mut server);
    asked.extend(host.asks(5..8).await);
    run.says(WAITS).await;
    server.start_again();
    host.gathered(&asked).await;

    assert_eq!(host.questions().await, ids(&asked));
    assert_eq!(run.said(WAITS), 1, "{}", run.whole_log());
    assert_eq!(run.said("ERROR"), 0, "{}", run.whole_log());
    run.stop(&host).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_stopped_and_started_again_has_every_question_once() {
    outlives(OwnServer::stop).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_killed_and_started_again_has_every_question_once() {
    outlives(OwnServer::kill).await;
}
