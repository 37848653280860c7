//! What goes wrong at the gateway on demand.

use sandbox::Fault;
use serde_json::json;

use crate::support::{Gateway, INTENTS, kitchen};

#[tokio::test]
async fn connections_are_closed_with_the_code_that_was_ordered() {
    let k = kitchen().await;
    for code in [4000, 4010, 4011] {
        let mut gateway = k.gateway().await;
        k.discord.fault(Fault::CloseConnections(code));
        assert_eq!(gateway.ending().await, Some(code));
    }
}

#[tokio::test]
async fn identifying_is_refused_until_it_is_mended() {
    let k = kitchen().await;
    k.discord.fault(Fault::RefuseIdentify(4014));
    let mut gateway = Gateway::identified(&k.discord, &k.bot, INTENTS).await;
    assert_eq!(gateway.ending().await, Some(4014));
    k.discord.mend();
    k.gateway().await;
}

#[tokio::test]
async fn clients_are_asked_to_come_back_to_beat_and_to_start_anew() {
    let k = kitchen().await;
    let mut gateway = k.gateway().await;
    k.discord.fault(Fault::Reconnect);
    assert_eq!(gateway.next().await.unwrap()["op"], 7);
    k.discord.fault(Fault::DemandHeartbeat);
    assert_eq!(gateway.next().await.unwrap()["op"], 1);
    k.discord
        .fault(Fault::InvalidateSessions { resumable: true });
    assert_eq!(gateway.next().await.unwrap(), json!({"op": 9, "d": true}));
    let mut gateway = gateway.resumed(&k.discord, &k.bot).await;
    gateway.event("RESUMED").await;
    k.discord
        .fault(Fault::InvalidateSessions { resumable: false });
    assert_eq!(gateway.next().await.unwrap(), json!({"op": 9, "d": false}));
    let mut gateway = gateway.resumed(&k.discord, &k.bot).await;
    assert_eq!(gateway.next().await.unwrap(), json!({"op": 9, "d": false}));
}

#[tokio::test]
async fn heartbeats_go_unanswered_until_it_is_mended() {
    let k = kitchen().await;
    let mut gateway = k.gateway().await;
    k.discord.fault(Fault::IgnoreHeartbeats);
    gateway.send(json!({"op": 1, "d": null})).await;
    k.discord.fault(Fault::DemandHeartbeat);
    assert_eq!(gateway.next().await.unwrap()["op"], 1);
    k.discord.mend();
    gateway.send(json!({"op": 1, "d": null})).await;
    assert_eq!(gateway.next().await.unwrap()["op"], 11);
}

#[tokio::test]
async fn lost_events_never_come_and_held_ones_come_later() {
    let k = kitchen().await;
    let mut gateway = k.gateway().await;
    k.discord.fault(Fault::LoseEvents);
    k.maya.says(&k.general, "lost").await;
    k.discord.mend();
    k.discord.fault(Fault::HoldEvents);
    k.maya.says(&k.general, "held").await;
    k.discord.idle().await;
    k.discord.mend();
    k.maya.says(&k.general, "after").await;
    assert_eq!(gateway.texts(2).await, ["held", "after"]);
}

#[tokio::test]
async fn events_come_twice_or_out_of_order() {
    let k = kitchen().await;
    let mut gateway = k.gateway().await;
    k.discord.fault(Fault::DuplicateEvents);
    k.maya.says(&k.general, "echo").await;
    assert_eq!(gateway.texts(2).await, ["echo", "echo"]);
    k.discord.mend();
    k.discord.fault(Fault::ShuffleEvents { window: 4 });
    for text in ["1", "2", "3", "4"] {
        k.maya.says(&k.general, text).await;
    }
    assert_eq!(gateway.texts(4).await, ["3", "1", "4", "2"]);
}

#[tokio::test]
async fn who_identifies_is_greeted_when_it_is_mended() {
    let k = kitchen().await;
    k.discord.fault(Fault::HoldGreetings);
    let mut gateway = Gateway::identified(&k.discord, &k.bot, INTENTS).await;
    k.discord.wait_identified(&k.bot).await;
    k.discord.fault(Fault::DemandHeartbeat);
    assert_eq!(gateway.next().await.unwrap()["op"], 1);
    k.discord.mend();
    gateway.event("READY").await;
}
