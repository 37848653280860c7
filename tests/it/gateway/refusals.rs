//! Discord lets Beadle in no more: the process ends with clear words and the code 4.

use sandbox::Fault;

use crate::support::host::{Bot, Host};

/// The close codes after which nobody may come back, and what a host then reads.
const FINAL: [(u16, &str); 6] = [
    (4004, "Reset Token"),
    (4010, "correct `discord.shards`"),
    (4011, "set `discord.shards` to `auto`"),
    (4012, "update Beadle"),
    (4013, "the intents that Beadle asks for"),
    (4014, "turn Message Content Intent on"),
];

async fn is_refused(bot: Bot, words: &str) {
    let (code, said) = bot.ended().await;
    assert_eq!(code, Some(4), "{said}");
    let last = said.lines().last().unwrap_or_default();
    assert!(
        last.starts_with("beadle: ") && last.contains(words),
        "{said}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn every_final_close_code_at_the_start_ends_with_4_and_words_of_its_own() {
    let host = Host::ready().await;
    for (code, words) in FINAL {
        host.discord.fault(Fault::RefuseIdentify(code));
        is_refused(host.start(), words).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_final_close_code_while_running_ends_with_4_and_words_of_its_own() {
    let host = Host::ready().await;
    for (code, words) in FINAL {
        let bot = host.connected().await;
        host.discord.fault(Fault::CloseConnections(code));
        is_refused(bot, words).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_final_close_code_is_told_with_the_log_off() {
    let host = Host::ready().await;
    host.discord.fault(Fault::RefuseIdentify(4011));
    let mut command = host.beadle("run", &host.bot.token());
    command.env("BEADLE_LOG_LEVEL", "off");
    let (code, said) = Bot::started(command).ended().await;
    assert_eq!((code, said.lines().count()), (Some(4), 1), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_revoked_while_running_ends_with_4_when_the_gateway_is_next_asked() {
    let host = Host::ready().await;
    let bot = host.connected().await;
    host.bot.revoke_token();
    host.discord.fault(Fault::DropConnections);
    is_refused(bot, "Reset Token").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_revoked_while_running_ends_with_4_when_something_is_next_sent() {
    let host = Host::ready().await;
    let bot = host.connected().await;
    host.bot.revoke_token();
    host.student.says(&host.channel, "!t 12:00").await;
    is_refused(bot, "Reset Token").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_message_content_it_runs_and_says_what_to_click() {
    let host = Host::ready().await;
    let _ = host.bot.clone().without_message_content();
    let mut bot = host.start();
    bot.says("turn Message Content Intent on");
    host.discord.wait_connected(&host.bot).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_course_it_runs_and_says_how_to_set_one_up() {
    let host = Host::ready().await;
    let file = host.folder.path().join("config/courses/bees.toml");
    std::fs::remove_file(file).expect("it was there");
    let mut bot = host.start();
    bot.says("/course setup");
    host.discord.wait_connected(&host.bot).await;
}
