//! Beadle is told to stop: at once while it begins, after what is in hand while it runs.

use sandbox::Fault;
use tokio::net::TcpListener;

use crate::support::host::{Bot, Host};
use crate::support::strikes::Strikes;

const MESSAGES: &str = "/channels/{channel_id}/messages";

async fn ends_well(bot: Bot) -> String {
    let (code, said) = bot.ended().await;
    assert_eq!(code, Some(0), "{said}");
    said
}

#[tokio::test(flavor = "multi_thread")]
async fn run_ends_well_when_it_is_told_to_stop() {
    let host = Host::ready().await;
    for signal in ["TERM", "INT"] {
        let bot = host.connected().await;
        bot.signal(signal);
        ends_well(bot).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn it_ends_at_once_while_the_first_request_is_not_answered() {
    let host = Host::ready().await;
    let mut first = Strikes::without_an_answer(&host.discord, "GET", "/users/@me");
    let bot = host.start();
    first.next().await;
    bot.signal("TERM");
    ends_well(bot).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn it_ends_at_once_while_the_database_does_not_answer() {
    let host = Host::ready().await;
    let deaf = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!(
        "postgres://beadle@{}/beadle",
        deaf.local_addr().expect("one")
    );
    let mut command = host.beadle("run", &host.bot.token());
    command.env("BEADLE_DATABASE_URL", url);
    let bot = Bot::started(command);
    let _connection = deaf.accept().await.expect("it connects");
    bot.signal("TERM");
    ends_well(bot).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn it_ends_at_once_while_the_gateway_has_not_greeted_it() {
    let host = Host::ready().await;
    host.discord.fault(Fault::HoldGreetings);
    let bot = host.start();
    host.discord.wait_identified(&host.bot).await;
    bot.signal("TERM");
    ends_well(bot).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn it_ends_while_serenity_spins() {
    let host = Host::ready().await;
    let bot = host.connected().await;
    // serenity takes a close with 4003 for final and does not end on it.
    host.discord.fault(Fault::CloseConnections(4003));
    host.discord.wait_disconnected(&host.bot).await;
    bot.signal("TERM");
    ends_well(bot).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_finished_is_left_to_the_next_start() {
    let host = Host::ready().await;
    let mut sending = Strikes::without_an_answer(&host.discord, "POST", MESSAGES);
    let bot = host.connected().await;
    host.student.says(&host.channel, "!t 12:00").await;
    sending.next().await;
    bot.signal("TERM");
    let said = ends_well(bot).await;
    assert!(said.contains("the next start sends the rest"), "{said}");
    host.discord.mend();
    let bot = host.connected().await;
    host.channel
        .wait_for(|message| message.author_id == host.bot.id())
        .await;
    bot.signal("TERM");
    ends_well(bot).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn told_twice_it_does_not_even_finish_what_is_in_hand() {
    let host = Host::ready().await;
    let mut sending = Strikes::without_an_answer(&host.discord, "POST", MESSAGES);
    let mut bot = host.connected().await;
    host.student.says(&host.channel, "!t 12:00").await;
    sending.next().await;
    bot.signal("TERM");
    bot.says("stopping");
    bot.signal("INT");
    let said = ends_well(bot).await;
    assert!(said.contains("ending at once"), "{said}");
}
