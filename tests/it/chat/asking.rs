//! `/ask` and `/answer`: Beadle says it for them.

use jiff::SignedDuration;
use sandbox::{MessageView, RestFault, permissions as may};

use crate::support::class::Class;

const ASK: &str = "/ask question:why is there a beta in front of the KL term? at:52:30";
const BETA: &str = "why is there a beta in front of the KL term at 52:30?";

/// What Beadle posted for somebody in the lecture's channel.
async fn posted(class: &Class, words: &str) -> MessageView {
    let is_it = |view: &MessageView| {
        view.author_id == class.bot.id() && view.content.contains(words) && !view.is_ephemeral()
    };
    class.lecture.wait_for(is_it).await
}

/// Maya's question, as Beadle posted it, once it is gathered.
async fn asked(class: &Class) -> sandbox::Message {
    class.maya.uses(&class.lecture, ASK).await.reply().await;
    let asked = class.lecture.message(posted(class, "asks").await.id);
    asked.reaction_from(&class.bot, "📌").await;
    asked
}

#[tokio::test(flavor = "multi_thread")]
async fn a_student_asks_by_command_and_everybody_sees_who_asked_what() {
    let class = Class::of_cs224n().await;
    let told = class.maya.uses(&class.lecture, ASK).await.reply().await;
    assert!(told.is_ephemeral());
    assert!(
        told.content.contains("the instructors get to see it"),
        "{told}"
    );
    let question = posted(&class, "asks").await;
    assert!(question.pings().users.is_empty() && !question.pings().everyone);
    insta::assert_snapshot!(question.content, @"
    **maya** asks about lecture 10 at [52:30](<https://www.youtube.com/watch?v=SXpJ9EmG3s4&t=3150s>):
    > why is there a beta in front of the KL term?
    ");
    assert_eq!(
        class.questions().await,
        [(
            "why is there a beta in front of the KL term?".to_owned(),
            "open".to_owned()
        )]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_beadle_posted_is_answered_and_taken_back_like_any_question() {
    let class = Class::of_cs224n().await;
    let question = asked(&class).await;
    class.ken.reacts(&question, "❌").await;
    assert_eq!(class.state().await, "open", "it is not ken's");
    class
        .ta
        .replies(&question, "It weighs the penalty against the reward.")
        .await;
    assert_eq!(class.state().await, "answered");
}

#[tokio::test(flavor = "multi_thread")]
async fn its_asker_takes_it_back_with_a_cross_and_staff_delete_it() {
    let class = Class::of_cs224n().await;
    let question = asked(&class).await;
    class.maya.reacts(&question, "❌").await;
    assert_eq!(class.state().await, "withdrawn");
    class.maya.unreacts(&question, "❌").await;
    assert_eq!(class.state().await, "open");
    class.server.owner().deletes(&question).await;
    assert_eq!(
        class.questions().await,
        [(String::new(), "withdrawn".to_owned())]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn undo_takes_the_posted_question_away_also_after_a_restart() {
    let mut class = Class::of_cs224n().await;
    let told = class.maya.uses(&class.lecture, ASK).await.reply().await;
    let question = class.lecture.message(posted(&class, "asks").await.id);
    question.reaction_from(&class.bot, "📌").await;
    class.stop().await;
    class.start().await;
    let undone = class.maya.clicks(&told, "Undo").await.update().await;
    assert!(undone.content.contains("Taken back"), "{undone}");
    assert!(undone.components.is_empty(), "{undone}");
    question.gone().await;
    assert_eq!(
        class.questions().await,
        [(String::new(), "withdrawn".to_owned())]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_question_is_refused_privately() {
    let class = Class::of_cs224n().await;
    for (line, sentence) in [
        ("/ask question:52:30", "There is no question in that"),
        (
            "/ask question:why is beta there? at:52:75",
            "a minute ends at 59",
        ),
        (
            "/ask question:why is beta there? at:2:00:00",
            "past the end of the recording",
        ),
        (
            "/ask question:why is beta there? lecture:99",
            "There is no lecture “99”",
        ),
    ] {
        let told = class.maya.uses(&class.lecture, line).await.reply().await;
        assert!(
            told.is_ephemeral() && told.content.contains(sentence),
            "{line}: {told}"
        );
    }
    let told = class.ta.uses(&class.staff_room, ASK).await.reply().await;
    assert!(
        told.content.contains("I gather no questions here"),
        "{told}"
    );
    class.lecture.deny(&class.bot, may::SEND_MESSAGES);
    let told = class.maya.uses(&class.lecture, ASK).await.reply().await;
    assert!(
        told.content.contains("I may not write in this channel"),
        "{told}"
    );
    class.lecture.allow(&class.bot, may::SEND_MESSAGES);
    assert_eq!(class.questions().await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_asked_cannot_ping_or_pass_for_beadles_own_words() {
    let class = Class::of_cs224n().await;
    let line = "/ask question:why @everyone does [this](https://evil.example) not work? **Beadle** says hi";
    class.maya.uses(&class.lecture, line).await.reply().await;
    let question = posted(&class, "asks").await;
    assert!(!question.pings().everyone && question.pings().users.is_empty());
    let words = question
        .content
        .lines()
        .nth(1)
        .expect("the words")
        .to_owned();
    insta::assert_snapshot!(words, @r"> why ＠everyone does \[this\]((link to evil.example)) not work? \*\*Beadle\*\* says hi");
}

#[tokio::test(flavor = "multi_thread")]
async fn staffs_answer_by_command_is_posted_under_the_question_and_answers_it() {
    let class = Class::of_cs224n().await;
    let question = class.maya.says(&class.lecture, BETA).await;
    question.reaction_from(&class.bot, "📌").await;
    let offered = class
        .ta
        .types(&class.staff_room, "/answer question:beta", "question")
        .await;
    assert_eq!(offered.len(), 1, "{offered:?}");
    assert!(
        offered[0].name.starts_with("52:30 why is there a beta"),
        "{offered:?}"
    );
    let id = offered[0].value.as_str().expect("a text").to_owned();
    let line = format!("/answer question:{id} text:It weighs the penalty.");
    let told = class.ta.uses(&class.staff_room, &line).await.reply().await;
    assert!(told.is_ephemeral());
    assert!(told.content.contains("which is answered by it"), "{told}");
    let answer = question.reply().await;
    assert_eq!(answer.author_id, class.bot.id());
    assert_eq!(
        answer.content,
        "**tara** answers:\n> It weighs the penalty."
    );
    assert!(answer.pings().users.is_empty());
    assert_eq!(class.state().await, "answered");
    class.ta.clicks(&told, "Undo").await.update().await;
    class.lecture.message(answer.id).gone().await;
    assert_eq!(class.state().await, "open");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_asker_answers_their_own_and_another_student_only_suggests() {
    let class = Class::of_cs224n().await;
    let question = class.maya.says(&class.lecture, BETA).await;
    question.reaction_from(&class.bot, "📌").await;
    let link = format!(
        "https://discord.com/channels/{}/{}/{}",
        class.server.id(),
        class.lecture.id(),
        question.id()
    );
    let line = format!("/answer question:{link} text:I think it weighs the penalty");
    let told = class.ken.uses(&class.lecture, &line).await.reply().await;
    assert!(
        told.content.contains("once its asker or staff agree"),
        "{told}"
    );
    question.reply().await;
    assert_eq!(class.state().await, "suggested");
    let line = format!("/answer question:{link} text:Found it: it weighs the penalty");
    class.maya.uses(&class.lecture, &line).await.reply().await;
    posted(&class, "Found it").await;
    assert_eq!(class.state().await, "answered");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_answer_is_written_into_a_form() {
    let mut class = Class::of_cs224n().await;
    let question = class.maya.says(&class.lecture, BETA).await;
    question.reaction_from(&class.bot, "📌").await;
    let offered = class
        .ta
        .types(&class.lecture, "/answer question:", "question")
        .await;
    let line = format!(
        "/answer question:{}",
        offered[0].value.as_str().expect("a text")
    );
    let form = class.ta.uses(&class.lecture, &line).await.modal().await;
    assert_eq!(form.title, "Answer a question");
    assert_eq!(form.fields[0].placeholder, BETA);
    // The form stands open while Beadle is started anew.
    class.stop().await;
    class.start().await;
    let told = form
        .submits(&[(
            "Your answer",
            "Two things:\n\n1. the reward\n2. *the* drift",
        )])
        .await;
    assert!(told.reply().await.is_ephemeral());
    let answer = question.reply().await;
    insta::assert_snapshot!(answer.content, @r"
    **tara** answers:
    > Two things:
    > 1\. the reward
    > 2\. \*the\* drift
    ");
    assert_eq!(class.state().await, "answered");
    let again = class
        .ta
        .uses(&class.lecture, "/answer question:999 text:what")
        .await;
    let again = again.reply().await;
    assert!(
        again.content.contains("I do not know that question"),
        "{again}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_asked_by_command_just_before_the_end_is_asked_once_at_the_next_start() {
    let mut class = Class::of_cs224n().await;
    let fault = RestFault::error_after(502).on("POST", "/channels/{channel_id}/messages");
    class.discord.fault(fault.always());
    class.maya.uses(&class.lecture, ASK).await.reply().await;
    posted(&class, "asks").await;
    class.kill().await;
    class.discord.mend();
    class.later(SignedDuration::from_mins(10));
    class.start().await;
    posted(&class, "asks").await;
    let questions = class.questions().await;
    assert_eq!(questions.len(), 1, "{questions:?}");
    let of_beadle = class.lecture.messages_from(&class.bot);
    let asks = of_beadle
        .iter()
        .filter(|view| view.content.contains("asks"));
    assert_eq!(asks.count(), 1);
}
