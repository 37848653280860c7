//! The digest: what instructors get, once a day.

use jiff::SignedDuration;
use sandbox::RestFault;

use crate::support::class::Class;

const BETA: &str = "why is there a beta in front of the KL term at 52:30?";

async fn digests(class: &Class) -> usize {
    class.staff_room.messages_from(&class.bot).len()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_stands_under_its_topic_with_its_links() {
    let class = Class::of_cs224n().await;
    class
        .maya
        .says(&class.lecture, BETA)
        .await
        .reaction_from(&class.bot, "📌")
        .await;
    class.later(SignedDuration::from_mins(30));
    let vague = class
        .ken
        .says(
            &class.lecture,
            "Can someone explain the reward model part again",
        )
        .await;
    vague.reaction_from(&class.bot, "📌").await;
    let digest = class.digest().await;
    assert!(digest.pings().users.is_empty() && !digest.pings().everyone);
    let text = digest.to_string();
    for part in [
        "2 open",
        "Lecture 10",
        "The penalty against drift (KL)",
        "[52:30](https://www.youtube.com/watch?v=SXpJ9EmG3s4&t=3150s)",
        "why is there a beta in front of the KL term at 52:30?",
        "Can someone explain the reward model part again",
        "maya",
        "https://discord.com/channels/",
    ] {
        assert!(text.contains(part), "{part} is not in {text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_without_an_offset_is_told_where_it_probably_belongs() {
    let class = Class::of_cs224n().await;
    for (says, student) in [
        ("why do the scores need normalising?", &class.maya),
        ("at 53:10, why do the scores drift?", &class.ken),
        ("is the exam open book?", &class.maya),
    ] {
        let asked = student.says(&class.lecture, says).await;
        asked.reaction_from(&class.bot, "📌").await;
    }
    let text = class.digest().await.to_string();
    let guessed = "probably [49:27](https://www.youtube.com/watch?v=SXpJ9EmG3s4&t=2967s) Normalising the reward model's scores";
    assert_eq!(
        text.matches("probably").count(),
        1,
        "an offset is a fact, and nothing tells of exams: {text}"
    );
    assert!(text.contains(guessed), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_that_others_ask_in_other_words_is_offered_as_similar() {
    let class = Class::of_cs224n().await;
    let mut asked = Vec::new();
    for says in [
        "what is the reason the policy drifts?",
        "how come the policies drift?",
        "how come the gradients drift?",
    ] {
        let question = class.maya.says(&class.lecture, says).await;
        question.reaction_from(&class.bot, "📌").await;
        asked.push(question);
    }
    let text = class.digest().await.to_string();
    assert_eq!(
        text.matches("similar: [1]").count(),
        2,
        "the third asks about something else: {text}"
    );
    for (question, times) in asked.iter().zip([2, 2, 1]) {
        // It stands there itself, and the other two name each other.
        let link = format!("/{})", question.id());
        assert_eq!(text.matches(&link).count(), times, "{link} in {text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_posted_once_whatever_dies() {
    let mut class = Class::of_cs224n().await;
    class
        .maya
        .says(&class.lecture, BETA)
        .await
        .reaction_from(&class.bot, "📌")
        .await;
    class.digest().await;
    class.kill().await;
    class.start().await;
    class.settled().await;
    class.later(SignedDuration::from_hours(5));
    class.settled().await;
    assert_eq!(digests(&class).await, 1);
    class.later(SignedDuration::from_hours(19));
    class
        .staff_room
        .wait_for(|m| m.to_string().contains("Fri 10 Feb"))
        .await;
    assert_eq!(digests(&class).await, 2, "the next day has its own");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_was_missed_comes_at_the_next_start_and_says_so() {
    let mut class = Class::of_cs224n().await;
    class
        .maya
        .says(&class.lecture, BETA)
        .await
        .reaction_from(&class.bot, "📌")
        .await;
    class.kill().await;
    class.at("2023-02-10T04:00:00Z");
    class
        .ken
        .says(
            &class.lecture,
            "55:00 how long does training the reward model take?",
        )
        .await;
    class.start().await;
    let digest = class
        .staff_room
        .wait_for(|m| m.author_id == class.bot.id())
        .await
        .to_string();
    assert!(
        digest.contains("2 open"),
        "what was asked meanwhile is in it: {digest}"
    );
    assert!(
        digest.to_lowercase().contains("late") || digest.contains("18:00"),
        "{digest}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_is_too_late_is_left_out() {
    let mut class = Class::of_cs224n().await;
    class
        .maya
        .says(&class.lecture, BETA)
        .await
        .reaction_from(&class.bot, "📌")
        .await;
    class.stop().await;
    class.at("2023-02-10T15:00:00Z");
    class.start().await;
    class.settled().await;
    assert_eq!(digests(&class).await, 0);
    class.at("2023-02-11T02:00:01Z");
    class
        .staff_room
        .wait_for(|m| m.author_id == class.bot.id())
        .await;
    assert_eq!(digests(&class).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_post_that_was_made_before_the_error_is_not_made_again() {
    let class = Class::of_cs224n().await;
    class
        .maya
        .says(&class.lecture, BETA)
        .await
        .reaction_from(&class.bot, "📌")
        .await;
    class.discord.fault(
        RestFault::error_after(502)
            .on("POST", "/channels/{channel_id}/messages")
            .times(1),
    );
    class.digest().await;
    class.settled().await;
    assert_eq!(digests(&class).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_limit_is_obeyed_and_a_dropped_connection_tried_again() {
    let class = Class::of_cs224n().await;
    let posts = "/channels/{channel_id}/messages";
    class
        .discord
        .fault(RestFault::rate_limit(0.2).on("POST", posts).times(2));
    class
        .discord
        .fault(RestFault::drop_after().on("POST", posts).times(1));
    class
        .maya
        .says(&class.lecture, "!t 52:14")
        .await
        .reply()
        .await;
    class.settled().await;
    let answers = class.lecture.messages_from(&class.bot);
    assert_eq!(answers.len(), 2, "one for maya, one for zoe: {answers:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn with_nothing_open_it_is_one_line() {
    let class = Class::of_cs224n().await;
    let digest = class.digest().await.to_string();
    assert!(
        digest.to_lowercase().contains("no open questions") || digest.contains("Nothing is open"),
        "{digest}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_people_write_cannot_break_it() {
    let class = Class::of_cs224n().await;
    let hostile = "@everyone why does ## this [click](https://evil.example) ```break``` \u{202e}it || <@1200000000000000001> \u{200b}at 52:30?";
    class
        .maya
        .says(&class.lecture, hostile)
        .await
        .reaction_from(&class.bot, "📌")
        .await;
    let long = format!("why is {} so long at 53:00?", "a".repeat(1_900));
    class
        .ken
        .says(&class.lecture, &long)
        .await
        .reaction_from(&class.bot, "📌")
        .await;
    let digest = class.digest().await;
    let text = digest.to_string();
    assert!(!digest.pings().everyone && digest.pings().users.is_empty());
    for broken in [
        "@everyone",
        "](https://evil.example",
        "```",
        "\u{202e}",
        "<@12",
    ] {
        assert!(!text.contains(broken), "{broken:?} is in {text}");
    }
    assert!(text.chars().count() < 2_500, "the long one is shortened");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_one_continues_in_further_messages() {
    let class = Class::with("[lookup]\nper_user = 0").await;
    for n in 0..60 {
        let text = format!(
            "why is the term number {n}{n} of equation {n} weighted by quantity{n} and not by matter{n} as before at {}:{:02}?",
            26 + n % 45,
            n % 60
        );
        class
            .maya
            .says(&class.lecture, &text)
            .await
            .reaction_from(&class.bot, "📌")
            .await;
    }
    class.at("2023-02-10T02:00:01Z");
    let is_last = |text: &str| (2..20).any(|n| text.contains(&format!("part {n} of {n}")));
    class.staff_room.wait_for(|m| is_last(&m.to_string())).await;
    let all: String = class
        .staff_room
        .messages_from(&class.bot)
        .iter()
        .map(ToString::to_string)
        .collect();
    for n in 0..60 {
        assert!(
            all.contains(&format!("quantity{n} ")),
            "question {n} is missing"
        );
    }
}
