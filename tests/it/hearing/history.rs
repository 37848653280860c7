//! What is read, and with how many requests.

use sandbox::RestFault;

use super::{asked, until_they_stand};
use crate::support::class::Class;

/// How often Beadle asked for something whose path contains this.
fn requests(class: &Class, part: &str) -> usize {
    let requests = class.discord.requests();
    requests
        .iter()
        .filter(|recorded| recorded.request.method == "GET" && recorded.request.path.contains(part))
        .count()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_author_is_asked_about_once_however_much_they_said() {
    let mut class = Class::of_cs224n().await;
    class.kill().await;
    for _ in 0..250 {
        class.ken.says(&class.lecture, "lol").await;
    }
    let ken = format!("/members/{}", class.ken.id());
    let before = requests(&class, &ken);
    class.start().await;
    assert_eq!(requests(&class, &ken) - before, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_askers_check_mark_counts_however_many_others_stand_before_it() {
    let mut class = Class::of_cs224n().await;
    let crowd: Vec<_> = (0..101)
        .map(|number| class.server.member(&format!("student{number}"), &[]))
        .collect();
    let asker = class.server.member("nia", &[]);
    let question = asked(&class, &asker, &class.lecture, "what is a rollout?").await;
    class.kill().await;
    for student in &crowd {
        student.reacts(&question, "✅").await;
    }
    asker.reacts(&question, "✅").await;
    class.start().await;
    until_they_stand(&class, &[("rollout", "answered")]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn many_known_messages_cost_few_requests() {
    let mut class = Class::of_cs224n().await;
    for number in 0..30 {
        let text = format!("what does symbol{number} stand for in formula{number}?");
        asked(&class, &class.maya, &class.lecture, &text).await;
    }
    class.kill().await;
    let history = format!("/channels/{}/messages", class.lecture.id());
    let before = requests(&class, &history);
    class.start().await;
    let asked = requests(&class, &history) - before;
    assert!(asked <= 2 * 3, "{asked} requests, in two rounds at most");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_is_gone_while_its_reactions_are_asked_for_stops_nothing() {
    let mut class = Class::of_cs224n().await;
    class.kill().await;
    let marked = class.maya.says(&class.lecture, "what is a rollout?").await;
    class.ken.reacts(&marked, "✅").await;
    class.ken.says(&class.lecture, "what is a bandit?").await;
    let reactions = "/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}";
    class
        .discord
        .fault(RestFault::error_before(404).on("GET", reactions).always());
    class.start().await;
    until_they_stand(&class, &[("rollout", "open"), ("bandit", "open")]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_channel_that_fails_is_tried_again_while_the_others_go_on() {
    let mut class = Class::of_cs224n().await;
    class.kill().await;
    let unread = class.maya.says(&class.lecture, "what is a rollout?").await;
    let broken = format!("/channels/{}/messages", class.lecture.id());
    let fault = RestFault::error_before(400)
        .when(move |request| request.method == "GET" && request.path.starts_with(&broken));
    class.discord.fault(fault.always());
    class.start().await;
    asked(&class, &class.ken, &class.lecture, "what is a bandit?").await;
    assert!(unread.reactions().is_empty());
    class.discord.mend();
    unread.reaction_from(&class.bot, "📌").await;
}
