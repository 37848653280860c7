//! `run` and `check` against a Discord on loopback.

use std::process::Command;

use beadle::discord::invite::PERMISSIONS;
use sandbox::Sandbox;

use super::{COURSE, Ran, course_folder, program};

/// A Discord with one server, and the folder of a host that serves a course there.
pub(super) struct Host {
    pub discord: Sandbox,
    pub bot: sandbox::Bot,
    pub channel: sandbox::Channel,
    pub maya: sandbox::Person,
    everyone: sandbox::Role,
    pub folder: tempfile::TempDir,
}

impl Host {
    pub async fn ready() -> Self {
        let discord = Sandbox::builder()
            .start()
            .await
            .expect("the sandbox starts");
        let bot = discord.bot("Beadle");
        let server = discord.server("Bees");
        let channel = server.text_channel("dances");
        server.invite(&bot, PERMISSIONS);
        let folder = course_folder();
        let course = COURSE
            .replace("1200000000000000001", &server.id().to_string())
            .replace("1200000000000000101", &channel.id().to_string());
        std::fs::write(folder.path().join("config/courses/bees.toml"), course).expect("written");
        Self {
            discord,
            bot,
            channel,
            maya: server.member("maya", &[]),
            everyone: server.everyone(),
            folder,
        }
    }

    pub fn beadle(&self, command: &str, token: &str) -> Command {
        let mut program = program(&self.folder, &[command]);
        program
            .env("BEADLE_DISCORD_API_URL", self.discord.url())
            .env("DISCORD_TOKEN", token);
        program
    }

    async fn ran(&self, command: &str, token: &str) -> Ran {
        let mut program = self.beadle(command, token);
        let ended = tokio::task::spawn_blocking(move || program.output());
        ended.await.expect("no panic").expect("it ends").into()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn run_ends_well_when_it_is_told_to_stop() {
    let host = Host::ready().await;
    let child = host
        .beadle("run", &host.bot.token())
        .spawn()
        .expect("it starts");
    host.discord.wait_connected(&host.bot).await;
    let told = Command::new("kill")
        .args(["-TERM", &child.id().to_string()])
        .status();
    assert!(told.expect("kill runs").success());
    let ended = tokio::task::spawn_blocking(move || child.wait_with_output());
    let ran: Ran = ended.await.expect("no panic").expect("it ends").into();
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), ""), "{}", ran.err);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_discord_refuses_ends_with_4() {
    let host = Host::ready().await;
    let ran = host.ran("run", "not.the.token").await;
    assert_eq!(ran.code, Some(4), "{}", ran.err);
    assert!(ran.err.contains("Reset Token"), "{}", ran.err);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_message_content_the_words_say_what_to_click() {
    let host = Host::ready().await;
    let _ = host.bot.clone().without_message_content();
    for command in ["run", "check"] {
        let ran = host.ran(command, &host.bot.token()).await;
        assert_eq!(ran.code, Some(4), "{}{}", ran.out, ran.err);
        let said = ran.out + &ran.err;
        assert!(said.contains("turn Message Content Intent on"), "{said}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn check_finds_nothing_wrong_where_nothing_is() {
    let host = Host::ready().await;
    let ran = host.ran("check", &host.bot.token()).await;
    assert_eq!(ran.code, Some(0), "{}{}", ran.out, ran.err);
    assert!(ran.out.contains("#dances"), "{}", ran.out);
    let invite = host.ran("invite", &host.bot.token()).await;
    assert!(
        invite.out.contains(&host.bot.id().to_string()),
        "{}",
        invite.err
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn check_names_the_permissions_that_are_missing() {
    const EMBED_LINKS: u64 = 1 << 14;
    let host = Host::ready().await;
    host.channel.deny(&host.everyone, EMBED_LINKS);
    let ran = host.ran("check", &host.bot.token()).await;
    assert_eq!(ran.code, Some(4), "{}{}", ran.out, ran.err);
    assert!(ran.out.contains("Embed Links"), "{}", ran.out);
}
