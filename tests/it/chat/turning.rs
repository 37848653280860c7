//! The buttons under a lookup's answer.

use jiff::SignedDuration;

use crate::support::class::Class;

#[tokio::test(flavor = "multi_thread")]
async fn who_looked_it_up_turns_the_answer_and_others_get_their_own() {
    let mut class = Class::of_cs224n().await;
    let answer = class
        .maya
        .says(&class.lecture, "!t 53:00")
        .await
        .reply()
        .await;
    let buttons = "[◀ Previous topic] [Next topic ▶]";
    assert!(answer.to_string().ends_with(buttons), "{answer}");
    class.kill().await;
    class.start().await;
    let turned = class
        .maya
        .clicks(&answer, "Next topic ▶")
        .await
        .update()
        .await;
    assert_eq!(turned.id, answer.id);
    assert!(
        turned.to_string().contains("**Feedback from AI**"),
        "{turned}"
    );
    let own = class
        .ken
        .clicks(&turned, "◀ Previous topic")
        .await
        .reply()
        .await;
    assert!(own.is_ephemeral());
    assert!(
        own.to_string()
            .contains("**The penalty against drift (KL)**"),
        "{own}"
    );
    let own_turned = class
        .ken
        .clicks(&own, "◀ Previous topic")
        .await
        .update()
        .await;
    assert_eq!(own_turned.id, own.id);
    let still = class.lecture.message(answer.id).until(|_| true).await;
    assert!(
        still.to_string().contains("**Feedback from AI**"),
        "{still}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slash_lookup_turns_as_well_and_ends_at_the_table_ends() {
    let class = Class::of_cs224n().await;
    let mut answer = class
        .maya
        .uses(&class.lecture, "/t at:53:00")
        .await
        .reply()
        .await;
    assert!(!answer.is_ephemeral());
    while answer.to_string().contains("Next topic") {
        answer = class
            .maya
            .clicks(&answer, "Next topic ▶")
            .await
            .update()
            .await;
    }
    assert!(
        answer.to_string().contains("[◀ Previous topic]"),
        "{answer}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_questions_of_a_topic_are_listed_for_who_presses() {
    let class = Class::of_cs224n().await;
    let question = class
        .ken
        .says(
            &class.lecture,
            "at 52:40, why does the penalty use a log ratio?",
        )
        .await;
    question.reaction_from(&class.bot, "📌").await;
    let answer = class
        .maya
        .says(&class.lecture, "!t 53:00")
        .await
        .reply()
        .await;
    assert!(
        answer.to_string().contains("[Questions here (1)]"),
        "{answer}"
    );
    let list = class
        .zoe
        .clicks(&answer, "Questions here (1)")
        .await
        .reply()
        .await;
    assert!(list.is_ephemeral());
    let list = list.to_string();
    assert!(
        list.contains("lecture 10, The penalty against drift (KL)"),
        "{list}"
    );
    assert!(
        list.contains("why does the penalty use a log ratio"),
        "{list}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_was_turned_is_still_edited_and_does_not_stand_above() {
    let class = Class::of_cs224n().await;
    let command = class.maya.says(&class.lecture, "!t 53:00").await;
    let answer = command.reply().await;
    class
        .maya
        .clicks(&answer, "Next topic ▶")
        .await
        .update()
        .await;
    class.later(SignedDuration::from_secs(5));
    let again = class
        .ken
        .says(&class.lecture, "!t 53:00")
        .await
        .reply()
        .await;
    assert!(
        again
            .to_string()
            .contains("**The penalty against drift (KL)**"),
        "{again}"
    );
    command.edit("!t 53:00 ").await;
    let answer = class.lecture.message(answer.id);
    answer
        .until(|view| {
            view.to_string()
                .contains("**The penalty against drift (KL)**")
        })
        .await;
    class.later(SignedDuration::from_secs(1));
    command.edit("!t 1:12:00").await;
    answer
        .until(|view| view.to_string().contains("**Feedback from AI**"))
        .await;
}
