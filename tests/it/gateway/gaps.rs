//! However the live stream breaks off, what was said before, meanwhile and after is gathered once.

use sandbox::Fault;

use crate::support::class::Class;

const BEFORE: &str = "why is the reward model trained on comparisons?";
const MEANWHILE: &str = "what does the KL penalty protect against?";
const AFTER: &str = "how many annotators rated each summary?";

/// A class whose gateway asks for a heartbeat so often that a missed one is soon noticed.
async fn class() -> Class {
    let mut class = Class::not_running("").await;
    class.discord.set_heartbeat_interval_ms(500);
    class.start().await;
    class
}

async fn the_three_are_gathered_once(class: &Class) {
    let gathered = class.questions().await;
    let asked: Vec<_> = gathered.iter().map(|(asking, _)| asking.as_str()).collect();
    assert_eq!(asked, [BEFORE, MEANWHILE, AFTER]);
}

/// Discord does something to the connections, and a student goes on asking.
async fn nothing_is_lost_by(fault: Fault) {
    let class = class().await;
    class.maya.says(&class.lecture, BEFORE).await;
    class.discord.fault(fault);
    class.maya.says(&class.lecture, MEANWHILE).await;
    class.discord.wait_reconnected(&class.bot).await;
    class.maya.says(&class.lecture, AFTER).await;
    the_three_are_gathered_once(&class).await;
}

/// Something stays wrong until serenity gives the connection up.
async fn nothing_is_lost_while(faults: &[Fault]) {
    let class = class().await;
    class.maya.says(&class.lecture, BEFORE).await;
    class.discord.idle().await;
    for fault in faults {
        class.discord.fault(fault.clone());
    }
    class.maya.says(&class.lecture, MEANWHILE).await;
    class.discord.wait_disconnected(&class.bot).await;
    class.discord.mend();
    class.discord.wait_connected(&class.bot).await;
    class.maya.says(&class.lecture, AFTER).await;
    the_three_are_gathered_once(&class).await;
}

macro_rules! nothing_is_lost {
    ($($name:ident: $fault:expr;)*) => {$(
        #[tokio::test(flavor = "multi_thread")]
        async fn $name() {
            nothing_is_lost_by($fault).await;
        }
    )*};
}

nothing_is_lost! {
    when_discord_asks_to_reconnect: Fault::Reconnect;
    when_the_session_is_invalid_but_may_be_resumed: Fault::InvalidateSessions { resumable: true };
    when_the_session_is_invalid_for_good: Fault::InvalidateSessions { resumable: false };
    when_the_connection_drops: Fault::DropConnections;
    when_discord_closes_with_an_unknown_error: Fault::CloseConnections(4000);
    when_discord_takes_beadle_for_a_stranger: Fault::CloseConnections(4003);
    when_the_sequence_is_wrong: Fault::CloseConnections(4007);
    when_beadle_is_too_fast: Fault::CloseConnections(4008);
    when_the_session_times_out: Fault::CloseConnections(4009);
}

#[tokio::test(flavor = "multi_thread")]
async fn when_heartbeats_are_not_acknowledged() {
    nothing_is_lost_while(&[Fault::IgnoreHeartbeats]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn when_the_connection_is_a_zombie() {
    nothing_is_lost_while(&[Fault::IgnoreHeartbeats, Fault::LoseEvents]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn beadle_waits_until_discord_lets_sessions_be_started_again() {
    let mut class = Class::not_running("").await;
    let token = class.bot.token();
    class.discord.limit_sessions(0, 3_600_000);
    class.launch();
    let asks = |request: &sandbox::RecordedRequest| request.request.route == "/gateway/bot";
    class.discord.wait_for_request(asks).await;
    assert_eq!(class.discord.connections(), 0);
    while class.discord.connections() == 0 {
        class.later(jiff::SignedDuration::from_mins(1));
        tokio::task::yield_now().await;
    }
    class.connected().await;
    assert_eq!(class.bot.token(), token);
}
