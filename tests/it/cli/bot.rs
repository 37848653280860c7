//! `run` and `check` against a Discord on loopback.

use crate::support::host::Host;

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_discord_refuses_ends_with_4() {
    let host = Host::ready().await;
    let ran = host.ran("run", "not.the.token").await;
    assert_eq!(ran.code, Some(4), "{}", ran.err);
    assert!(ran.err.contains("Reset Token"), "{}", ran.err);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_message_content_check_says_what_to_click_and_what_works_until_then() {
    let host = Host::ready().await;
    let _ = host.bot.clone().without_message_content();
    let ran = host.ran("check", &host.bot.token()).await;
    assert_eq!(ran.code, Some(4), "{}{}", ran.out, ran.err);
    for words in [
        "turn Message Content Intent on",
        "until then slash commands",
    ] {
        assert!(ran.out.contains(words), "{}", ran.out);
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
