//! Slash commands, as people type them.

use insta::assert_snapshot;
use sandbox::RestFault;

use crate::support::class::Class;

/// What stands on a card: its title and its text.
fn card(view: &sandbox::MessageView) -> String {
    let embed = &view.embeds[0];
    let text = |key: &str| embed[key].as_str().unwrap_or_default().to_owned();
    format!("{}\n{}", text("title"), text("description"))
}

#[tokio::test]
async fn a_slash_lookup_says_the_same_as_a_typed_one() {
    let class = Class::of_cs224n().await;
    let typed = class.maya.says(&class.lecture, "!t 53:00").await;
    let typed = typed.reply().await;
    let used = class.ken.uses(&class.lecture, "/t at:53:00").await;
    let answer = used.reply().await;
    assert_eq!(card(&answer), card(&typed));
    assert!(!used.is_ephemeral());
}

#[tokio::test]
async fn a_mistake_is_for_whoever_made_it() {
    let class = Class::of_cs224n().await;
    let used = class.maya.uses(&class.lecture, "/t at:52:75").await;
    let answer = used.reply().await;
    assert_snapshot!(answer.content, @"`52:75` has 75 seconds, and a minute ends at 59; try `52:14`.");
    assert!(answer.is_ephemeral());
}

#[tokio::test]
async fn an_answer_that_discord_refuses_does_not_end_in_silence() {
    let class = Class::of_cs224n().await;
    let callback = "/interactions/{interaction_id}/{interaction_token}/callback";
    class
        .discord
        .fault(RestFault::error_before(400).on("POST", callback).times(1));
    let used = class.maya.uses(&class.lecture, "/t at:53:00").await;
    let answer = used.reply().await;
    assert_snapshot!(answer.content, @"Discord did not take my answer. What you asked for is done all the same; whoever hosts me finds the reason in my log.");
    assert!(answer.is_ephemeral());
}

#[tokio::test]
async fn another_lecture_is_named_by_an_option() {
    let class = Class::of_cs224n().await;
    let used = class
        .maya
        .uses(&class.lecture, "/t at:1:00 lecture:pretraining")
        .await;
    assert_snapshot!(used.reply().await.content, @"Lecture 9 (Pretraining) has no topic table yet, so I cannot tell what is taught when. Its staff can add one.");
    let used = class
        .maya
        .uses(&class.lecture, "/t at:1:00 lecture:77")
        .await;
    assert_snapshot!(used.reply().await.content, @"There is no lecture “77”. Name one, as in `!t 10 52:14`: `9` Pretraining, `10` Prompting, instruction finetuning, and RLHF.");
}

#[tokio::test]
async fn the_table_is_shown_to_who_asks_for_it() {
    let class = Class::of_cs224n().await;
    let used = class.maya.uses(&class.lecture, "/topics").await;
    let answer = used.reply().await;
    assert!(answer.is_ephemeral());
    assert!(
        card(&answer).contains("The penalty against drift"),
        "{answer:?}"
    );
}

#[tokio::test]
async fn what_is_typed_is_completed_by_words_and_by_time() {
    let class = Class::of_cs224n().await;
    let shown = async |typed: &str| {
        let line = format!("/t at:{typed}");
        let choices = class.maya.types(&class.lecture, &line, "at").await;
        let names: Vec<String> = choices.into_iter().map(|choice| choice.name).collect();
        names.join("\n")
    };
    assert_snapshot!(shown("pena").await, @"52:14 The penalty against drift (KL)");
    assert_snapshot!(shown("52:").await, @"
    52:00 Normalising the reward model's scores
    52:14 The penalty against drift (KL)
    1:11:12 Feedback from AI
    ");
    assert_snapshot!(shown("53:10").await, @"
    53:10 The penalty against drift (KL)
    1:11:12 Feedback from AI
    ");
    let lectures = class
        .maya
        .types(&class.lecture, "/t lecture:pre", "lecture")
        .await;
    assert_eq!(lectures[0].value, "9");
}

#[tokio::test]
async fn commands_are_registered_once_as_long_as_they_stay_the_same() {
    let mut class = Class::of_cs224n().await;
    assert_eq!(class.bot.registrations(), 1);
    class.stop().await;
    class.start().await;
    assert_eq!(class.bot.registrations(), 1);
    let used = class.maya.uses(&class.lecture, "/help").await;
    assert!(used.reply().await.content.contains("!t 52:14"));
}
