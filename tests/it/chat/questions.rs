//! Questions: gathered, answered, taken back, folded.

use sandbox::Message;

use crate::support::class::Class;

const BETA: &str = "why is there a beta in front of the KL term at 52:30?";

#[tokio::test(flavor = "multi_thread")]
async fn a_question_gets_its_sign_and_no_reply() {
    let class = Class::of_cs224n().await;
    let question = class.maya.says(&class.lecture, BETA).await;
    question.reaction_from(&class.bot, "📌").await;
    assert_eq!(class.state().await, "open");
    assert!(question.replies().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_asks_nothing_is_not_gathered() {
    let class = Class::of_cs224n().await;
    for text in [
        "Great lecture, thank you so much!",
        "22:40",
        "38:20 for RLHF",
        "The question at 50:10 is interesting!",
        "lol",
    ] {
        class.maya.says(&class.lecture, text).await;
    }
    class
        .server
        .other_bot("Poller")
        .says(&class.lecture, "How do you like the lecture?")
        .await;
    class
        .server
        .webhook_says(&class.lecture, "News", "Why is the sky blue?")
        .await;
    class
        .ta
        .says(&class.lecture, "Who can tell me why there is a beta here?")
        .await;
    assert_eq!(class.questions().await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_replying_in_words_answers_it() {
    let class = Class::of_cs224n().await;
    let question = class.maya.says(&class.lecture, BETA).await;
    class.ta.replies(&question, "Which term do you mean?").await;
    assert_eq!(
        class.state().await,
        "open",
        "a counter-question answers nothing"
    );
    class.ta.replies(&question, "👍").await;
    assert_eq!(class.state().await, "open", "an emoji answers nothing");
    class
        .ta
        .replies(&question, "It weighs the penalty against the reward.")
        .await;
    assert_eq!(class.state().await, "answered");
}

/// Ken's reply to what maya asks, which may answer it.
async fn suggested_by_ken(class: &Class) -> Message {
    let question = class.maya.says(&class.lecture, BETA).await;
    let answer =
        "it sets how much drifting away costs, because otherwise the model games the reward";
    class.ken.replies(&question, answer).await
}

#[tokio::test(flavor = "multi_thread")]
async fn another_student_only_suggests_until_staff_or_the_asker_agree() {
    let class = Class::of_cs224n().await;
    let answer = suggested_by_ken(&class).await;
    assert_eq!(class.state().await, "suggested");
    class.zoe.reacts(&answer, "✅").await;
    assert_eq!(class.state().await, "suggested", "a bystander has no say");
    class.maya.reacts(&answer, "✅").await;
    assert_eq!(class.state().await, "answered");
    class.maya.unreacts(&answer, "✅").await;
    assert_eq!(class.state().await, "suggested");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_asks_the_same_has_a_say_on_what_they_marked_before() {
    let class = Class::of_cs224n().await;
    let answer = suggested_by_ken(&class).await;
    class.zoe.reacts(&answer, "✅").await;
    assert_eq!(class.state().await, "suggested", "a bystander has no say");
    class.zoe.says(&class.lecture, BETA).await;
    let states: Vec<String> = class
        .questions()
        .await
        .into_iter()
        .map(|(_, it)| it)
        .collect();
    assert_eq!(states, ["answered", "merged"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_check_mark_on_the_question_answers_it_and_taking_it_away_reopens_it() {
    let class = Class::of_cs224n().await;
    let question = class.maya.says(&class.lecture, BETA).await;
    class.ta.reacts(&question, "✅").await;
    assert_eq!(class.state().await, "answered");
    class.ta.unreacts(&question, "✅").await;
    assert_eq!(class.state().await, "open");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_askers_cross_takes_it_back() {
    let class = Class::of_cs224n().await;
    let question = class.maya.says(&class.lecture, BETA).await;
    class.ken.reacts(&question, "❌").await;
    assert_eq!(class.state().await, "open", "it is not ken's");
    class.maya.reacts(&question, "❌").await;
    assert_eq!(class.state().await, "withdrawn");
    class.maya.unreacts(&question, "❌").await;
    assert_eq!(class.state().await, "open");
}

#[tokio::test(flavor = "multi_thread")]
async fn deleting_the_message_erases_its_text() {
    let class = Class::of_cs224n().await;
    let one = class.maya.says(&class.lecture, BETA).await;
    let two = class
        .ken
        .says(
            &class.lecture,
            "55:00 how long does training the reward model take?",
        )
        .await;
    two.reaction_from(&class.bot, "📌").await;
    class.server.bulk_delete(&[&one, &two]).await;
    let questions = class.questions().await;
    assert_eq!(
        questions,
        [
            (String::new(), "withdrawn".to_owned()),
            (String::new(), "withdrawn".to_owned())
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_makes_a_question_and_unmakes_it() {
    let class = Class::of_cs224n().await;
    let message = class.maya.says(&class.lecture, "great lecture").await;
    message
        .edit("great lecture, but why is there a beta at 52:30?")
        .await;
    message.reaction_from(&class.bot, "📌").await;
    assert_eq!(class.state().await, "open");
    message.edit("great lecture").await;
    message.no_reaction_from(&class.bot, "📌").await;
    assert_eq!(
        class.questions().await,
        [(String::new(), "withdrawn".to_owned())]
    );
    message
        .edit("great lecture, but why is there a beta at 52:30?")
        .await;
    message.reaction_from(&class.bot, "📌").await;
    assert_eq!(class.state().await, "open");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_question_again_is_folded_into_the_first() {
    let class = Class::of_cs224n().await;
    class
        .maya
        .says(&class.lecture, BETA)
        .await
        .reaction_from(&class.bot, "📌")
        .await;
    class
        .ken
        .says(
            &class.lecture,
            "Why is there a beta in front of the KL-term, 52:30",
        )
        .await
        .reaction_from(&class.bot, "📌")
        .await;
    let digest = class.digest().await.to_string();
    assert!(
        digest.contains("asked by 2") && digest.contains("1 open"),
        "{digest}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn asking_what_is_answered_gets_one_link_to_the_answer() {
    let class = Class::of_cs224n().await;
    let first = class.maya.says(&class.lecture, BETA).await;
    class
        .ta
        .replies(&first, "It weighs the penalty against the reward.")
        .await;
    let again = class.ken.says(&class.lecture, BETA).await;
    let reply = again.reply().await.to_string();
    assert!(
        reply.contains("This was asked before and has an answer"),
        "{reply}"
    );
    let third = class.ken.says(&class.lecture, BETA).await;
    class.settled().await;
    assert!(third.replies().is_empty(), "once a person is enough");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_is_gathered_by_hand() {
    let class = Class::of_cs224n().await;
    class
        .maya
        .says(&class.lecture, "!q the part about clipping")
        .await
        .reaction_from(&class.bot, "📌")
        .await;
    let remark = class
        .ken
        .says(&class.lecture, "the slide on page 40 is wrong I think")
        .await;
    class.zoe.replies(&remark, "!q").await;
    remark.reaction_from(&class.bot, "📌").await;
    assert_eq!(class.questions().await.len(), 2);
    let alone = class
        .maya
        .says(&class.lecture, "!q")
        .await
        .reply()
        .await
        .to_string();
    assert!(alone.contains("There is no question in that"), "{alone}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_in_the_questions_thread_suggests() {
    let class = Class::of_cs224n().await;
    let question = class.maya.says(&class.lecture, BETA).await;
    question.reaction_from(&class.bot, "📌").await;
    let thread = class.ken.starts_thread(&question, "beta").await;
    class
        .ken
        .says(
            &thread,
            "it sets how much drifting costs, so that the reward cannot be gamed",
        )
        .await;
    assert_eq!(class.state().await, "suggested");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forum_post_is_a_question_by_itself() {
    let class = Class::of_cs224n().await;
    class
        .maya
        .posts(
            &class.forum,
            "Slides for lecture 10",
            "The second half is missing.",
            &[],
        )
        .await;
    let questions = class.questions().await;
    assert_eq!(questions.len(), 1);
    assert!(
        questions[0].0.contains("Slides for lecture 10"),
        "{questions:?}"
    );
}
