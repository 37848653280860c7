//! `/questions`: what was asked, for one person's eyes.

use jiff::SignedDuration;
use sandbox::{Channel, MessageView, Person};

use crate::support::class::Class;

const BETA: &str = "why is there a beta in front of the KL term at 52:30?";
const LOG: &str = "at 20:10, why does the penalty use a log ratio?";

async fn list(who: &Person, at: &Channel, line: &str) -> MessageView {
    let list = who.uses(at, line).await.reply().await;
    assert!(list.is_ephemeral(), "{list}");
    list
}

/// Maya's question of 52:30, which ken's answer may answer, and ken's of 20:10, which is dismissed.
async fn with_questions() -> Class {
    let class = Class::of_cs224n().await;
    let beta = class.maya.says(&class.lecture, BETA).await;
    beta.reaction_from(&class.bot, "📌").await;
    class
        .ken
        .replies(
            &beta,
            "it sets how much drifting away costs, because otherwise the model games the reward",
        )
        .await;
    let log = class.ken.says(&class.lecture, LOG).await;
    log.reaction_from(&class.bot, "📌").await;
    class.ta.uses_on(&log, "Not a question").await.reply().await;
    class.questions().await;
    class
}

#[tokio::test(flavor = "multi_thread")]
async fn a_student_lists_what_is_open_with_links_age_and_state() {
    let class = with_questions().await;
    let list = list(&class.zoe, &class.lecture, "/questions").await;
    let ids = [
        (class.server.id().to_string(), "SERVER"),
        (class.lecture.id().to_string(), "CHANNEL"),
    ];
    let mut shown = list.to_string();
    for (id, name) in ids {
        shown = shown.replace(&id, name);
    }
    let shown: String = shown
        .split_inclusive(|c: char| !c.is_ascii_digit())
        .map(|part| {
            let digits = part.chars().take_while(char::is_ascii_digit).count();
            if digits > 12 {
                format!("MESSAGE{}", &part[digits..])
            } else {
                part.to_owned()
            }
        })
        .collect();
    insta::assert_snapshot!(shown, @"
    | Open questions
    | • 10 · [52:30](<https://www.youtube.com/watch?v=SXpJ9EmG3s4&t=3150s>) “why is there a beta in front of the KL term at 52:30?” · [asked](<https://discord.com/channels/SERVER/CHANNEL/MESSAGE>) <t:1675980000:R> · [maybe answered](<https://discord.com/channels/SERVER/CHANNEL/MESSAGE>)
    | 1 question
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_see_what_was_dismissed_students_do_not_but_for_their_own() {
    let class = with_questions().await;
    let line = "/questions state:need no answer (staff)";
    let of_staff = list(&class.ta, &class.staff_room, line).await.to_string();
    assert!(
        of_staff.contains("log ratio") && of_staff.contains("needs no answer"),
        "{of_staff}"
    );
    let refused = list(&class.zoe, &class.lecture, line).await;
    assert_eq!(refused.content, "That is for the course's staff.");
    let line = "/questions state:need no answer (staff) mine:true";
    let own = list(&class.ken, &class.lecture, line).await.to_string();
    assert!(own.contains("log ratio"), "{own}");
    let none = list(&class.maya, &class.lecture, line).await.to_string();
    assert_eq!(none, "Questions that need no answer of yours: none.");
    let all = list(&class.zoe, &class.lecture, "/questions state:all")
        .await
        .to_string();
    assert!(all.contains("beta") && !all.contains("log ratio"), "{all}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lecture_and_a_topic_narrow_the_list() {
    let class = with_questions().await;
    for (line, is_there) in [
        ("/questions lecture:10", true),
        ("/questions lecture:9", false),
        ("/questions topic:52:14", true),
        ("/questions topic:penalty against drift", true),
        ("/questions topic:1:12:00", false),
        ("/questions state:maybe answered", true),
        ("/questions state:answered", false),
        ("/questions mine:true", false),
    ] {
        let list = list(&class.zoe, &class.lecture, line).await.to_string();
        assert_eq!(list.contains("beta in front"), is_there, "{line}: {list}");
    }
    for (line, sentence) in [
        ("/questions topic:zebras", "has no topic"),
        ("/questions lecture:99", "There is no lecture “99”"),
    ] {
        let list = list(&class.zoe, &class.lecture, line).await;
        assert!(list.content.contains(sentence), "{line}: {list}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_list_is_turned_page_by_page_also_after_a_restart() {
    let mut class = Class::of_cs224n().await;
    for number in 0..19 {
        let text = format!(
            "!q what does symbol number {number} mean at {}:00?",
            number + 10
        );
        class.maya.says(&class.lecture, &text).await;
        class.later(SignedDuration::from_secs(1));
    }
    assert_eq!(class.questions().await.len(), 19);
    let first = list(&class.ken, &class.lecture, "/questions").await;
    assert!(first.to_string().contains("1 to 8 of 19"), "{first}");
    assert!(first.to_string().contains("symbol number 0 "), "{first}");
    class.kill().await;
    class.start().await;
    let second = class.ken.clicks(&first, "On ▶").await.update().await;
    assert!(second.to_string().contains("9 to 16 of 19"), "{second}");
    let third = class.ken.clicks(&second, "On ▶").await.update().await;
    assert!(third.to_string().contains("symbol number 18 "), "{third}");
    assert!(third.to_string().ends_with("[◀ Back]"), "{third}");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_asked_the_same_finds_the_question_among_their_own() {
    let class = Class::of_cs224n().await;
    class.maya.says(&class.lecture, BETA).await;
    class
        .ken
        .says(&class.lecture, BETA)
        .await
        .reaction_from(&class.bot, "📌")
        .await;
    let own = list(&class.ken, &class.lecture, "/questions mine:true")
        .await
        .to_string();
    assert!(own.contains("Open questions of yours"), "{own}");
    assert!(own.contains("asked by 2"), "{own}");
}
