//! Without the Message Content intent: what can still work does, and nothing is taken for what it is
//! not.

use crate::support::class::Class;

const BETA: &str = "why is there a beta in front of the KL term at 52:30?";

#[tokio::test(flavor = "multi_thread")]
async fn commands_and_mentions_are_answered_and_status_says_what_is_missing() {
    let mut class = Class::not_running("").await;
    let _ = class.bot.clone().without_message_content();
    class.start().await;
    let unheard = class.maya.says(&class.lecture, "!t 52:14").await;
    let looked_up = class.maya.uses(&class.lecture, "/t at:52:14").await;
    let looked_up = looked_up.reply().await.to_string();
    assert!(
        looked_up.contains("The penalty against drift (KL)"),
        "{looked_up}"
    );
    let mention = format!("<@{}> 52:14", class.bot.id());
    let answer = class.ken.says(&class.lecture, &mention).await.reply().await;
    assert!(
        answer
            .to_string()
            .contains("The penalty against drift (KL)")
    );
    assert!(unheard.replies().is_empty());
    let owner = class.server.owner();
    let status = owner.uses(&class.lecture, "/course status").await;
    let status = status.reply().await.to_string();
    assert!(status.contains("Message Content Intent"), "{status}");
}

#[tokio::test(flavor = "multi_thread")]
async fn questions_that_were_gathered_before_stay_as_they_are() {
    let mut class = Class::of_cs224n().await;
    let asked = class.maya.says(&class.lecture, BETA).await;
    asked.reaction_from(&class.bot, "📌").await;
    class.stop().await;
    let _ = class.bot.clone().without_message_content();
    class.start().await;
    class
        .maya
        .edits(&asked, "why is there a beta in front of it at 52:30?")
        .await;
    let other = class.maya.uses(&class.lecture, "/t at:52:14").await;
    other.reply().await;
    let digest = class.digest().await.to_string();
    assert!(
        digest.contains("1 open") && digest.contains("in front of the KL term"),
        "{digest}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reaction_still_closes_and_a_deletion_still_takes_away() {
    let mut class = Class::of_cs224n().await;
    let one = class.maya.says(&class.lecture, BETA).await;
    one.reaction_from(&class.bot, "📌").await;
    let other = class
        .ken
        .says(
            &class.lecture,
            "55:00 how long does training the reward model take?",
        )
        .await;
    other.reaction_from(&class.bot, "📌").await;
    class.stop().await;
    let _ = class.bot.clone().without_message_content();
    class.ta.reacts(&one, "✅").await;
    class.start().await;
    class.ken.deletes(&other).await;
    let digest = class.digest().await.to_string();
    assert!(
        digest.contains("No open questions") || digest.contains("Nothing is open"),
        "{digest}"
    );
}
