//! The commands of a message's menu, by each kind of person, and their undoing.

use sandbox::{Message, MessageView, Person, permissions as may};

use crate::support::class::Class;

const BETA: &str = "why is there a beta in front of the KL term at 52:30?";
const PLAIN: &str = "I wonder about the beta at 52:30";

/// What a person is told who chooses that in a message's menu.
async fn chosen(person: &Person, on: &Message, menu: &str) -> MessageView {
    person.uses_on(on, menu).await.reply().await
}

#[tokio::test(flavor = "multi_thread")]
async fn gathering_from_the_menu_signs_the_message_and_can_be_undone() {
    let mut class = Class::of_cs224n().await;
    let message = class.maya.says(&class.lecture, PLAIN).await;
    assert_eq!(class.questions().await, []);
    let told = chosen(&class.ken, &message, "Gather question").await;
    assert!(told.is_ephemeral());
    assert_eq!(
        told.to_string(),
        "Gathered: it goes to the instructors.\n[Undo]"
    );
    message.reaction_from(&class.bot, "📌").await;
    assert_eq!(
        class.questions().await,
        [(PLAIN.to_owned(), "open".to_owned())]
    );
    let again = chosen(&class.zoe, &message, "Gather question").await;
    assert!(
        again.content.contains("with the instructors already"),
        "{again}"
    );
    class.kill().await;
    class.start().await;
    let undone = class.ken.clicks(&told, "Undo").await.update().await;
    assert_eq!(undone.to_string(), "Undone: it is as it was before.");
    message.no_reaction_from(&class.bot, "📌").await;
    assert_eq!(
        class.questions().await,
        [(String::new(), "withdrawn".to_owned())]
    );
    chosen(&class.ken, &message, "Gather question").await;
    message.reaction_from(&class.bot, "📌").await;
    assert_eq!(
        class.questions().await,
        [(PLAIN.to_owned(), "open".to_owned())]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_asks_nothing_or_stands_elsewhere_is_not_gathered() {
    let class = Class::of_cs224n().await;
    let smile = class.maya.says(&class.lecture, "😀").await;
    let told = chosen(&class.ken, &smile, "Gather question").await;
    assert!(
        told.content.contains("There is no question in that"),
        "{told}"
    );
    let poll = class
        .server
        .other_bot("Poller")
        .says(&class.lecture, "How was it?")
        .await;
    let told = chosen(&class.ken, &poll, "Gather question").await;
    assert!(told.content.contains("written by a bot"), "{told}");
    let elsewhere = class.ta.says(&class.staff_room, PLAIN).await;
    for menu in ["Gather question", "Mark as answer", "Not a question"] {
        let told = chosen(&class.ta, &elsewhere, menu).await;
        assert!(
            told.content.contains("I gather no questions here"),
            "{told}"
        );
    }
    assert_eq!(class.questions().await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_dismiss_and_undo_it_after_a_restart() {
    let mut class = Class::of_cs224n().await;
    let question = class.maya.says(&class.lecture, BETA).await;
    question.reaction_from(&class.bot, "📌").await;
    let told = chosen(&class.ta, &question, "Not a question").await;
    assert!(
        told.is_ephemeral() && told.content.contains("needs no answer"),
        "{told}"
    );
    assert_eq!(class.state().await, "dismissed");
    let again = chosen(&class.ta, &question, "Not a question").await;
    assert!(again.content.contains("Staff have said"), "{again}");
    let again = chosen(&class.maya, &question, "Gather question").await;
    assert!(again.content.contains("Staff have said"), "{again}");
    class.stop().await;
    class.start().await;
    class.ta.clicks(&told, "Undo").await.update().await;
    assert_eq!(class.state().await, "open");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_asker_takes_it_back_from_the_menu_and_others_may_not() {
    let class = Class::of_cs224n().await;
    let question = class.maya.says(&class.lecture, BETA).await;
    question.reaction_from(&class.bot, "📌").await;
    let refused = chosen(&class.ken, &question, "Not a question").await;
    assert!(
        refused.is_ephemeral() && refused.content.contains("Only the course's staff"),
        "{refused}"
    );
    let told = chosen(&class.maya, &question, "Not a question").await;
    assert!(told.content.contains("Taken back"), "{told}");
    assert_eq!(class.state().await, "withdrawn");
    let again = chosen(&class.maya, &question, "Not a question").await;
    assert!(again.content.contains("taken back before"), "{again}");
    class.maya.clicks(&told, "Undo").await.update().await;
    assert_eq!(class.state().await, "open");
    chosen(&class.maya, &question, "Not a question").await;
    assert_eq!(class.state().await, "withdrawn");
    let back = chosen(&class.maya, &question, "Gather question").await;
    assert!(
        back.content.contains("goes to the instructors again"),
        "{back}"
    );
    assert_eq!(class.state().await, "open");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_question_gets_a_plain_sentence() {
    let class = Class::of_cs224n().await;
    let talk = class.maya.says(&class.lecture, "great lecture").await;
    let told = chosen(&class.ta, &talk, "Not a question").await;
    assert!(
        told.content.contains("I have not gathered that message"),
        "{told}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_has_staffs_say() {
    let class = Class::of_cs224n().await;
    let managers = class.server.role("Managers", may::MANAGE_GUILD);
    let dean = class.server.member("dean", &[&managers]);
    let question = class.maya.says(&class.lecture, BETA).await;
    question.reaction_from(&class.bot, "📌").await;
    dean.uses_on(&question, "Not a question")
        .await
        .reply()
        .await;
    assert_eq!(class.state().await, "dismissed");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reply_is_marked_as_the_answer_to_what_it_replies_to() {
    let class = Class::of_cs224n().await;
    let question = class.maya.says(&class.lecture, BETA).await;
    question.reaction_from(&class.bot, "📌").await;
    let answer = class
        .ken
        .replies(&question, "Which term do you mean?")
        .await;
    assert_eq!(class.state().await, "open");
    let suggested = chosen(&class.zoe, &answer, "Mark as answer").await;
    assert!(
        suggested.is_ephemeral() && suggested.content.contains("Suggested"),
        "{suggested}"
    );
    assert_eq!(class.state().await, "suggested");
    let told = chosen(&class.maya, &answer, "Mark as answer").await;
    assert!(
        told.content
            .contains("Marked: it answers “why is there a beta"),
        "{told}"
    );
    assert_eq!(class.state().await, "answered");
    class.maya.clicks(&told, "Undo").await.update().await;
    assert_eq!(class.state().await, "suggested");
    class.zoe.clicks(&suggested, "Undo").await.update().await;
    assert_eq!(class.state().await, "open");
}

#[tokio::test(flavor = "multi_thread")]
async fn where_nothing_links_the_question_is_chosen_also_after_a_restart() {
    let mut class = Class::of_cs224n().await;
    let question = class.maya.says(&class.lecture, BETA).await;
    question.reaction_from(&class.bot, "📌").await;
    let other = class
        .ken
        .says(&class.lecture, "how long does training take at 20:10?")
        .await;
    other.reaction_from(&class.bot, "📌").await;
    let answer = class.zoe.says(&class.lecture, "slide 12 has it").await;
    let choice = chosen(&class.ta, &answer, "Mark as answer").await;
    assert!(choice.is_ephemeral());
    assert_eq!(
        choice.to_string(),
        "Which question does that message answer?\n[Choose the question]"
    );
    class.kill().await;
    class.start().await;
    let label = format!("52:30 {BETA}");
    let told = class
        .ta
        .selects(&choice, "Choose the question", &[&label])
        .await
        .update()
        .await;
    assert!(
        told.content
            .contains("Marked: it answers “why is there a beta"),
        "{told}"
    );
    let states: Vec<String> = class
        .questions()
        .await
        .into_iter()
        .map(|(_, state)| state)
        .collect();
    assert_eq!(states, ["answered", "open"]);
    class.ta.clicks(&told, "Undo").await.update().await;
    let states: Vec<String> = class
        .questions()
        .await
        .into_iter()
        .map(|(_, state)| state)
        .collect();
    assert_eq!(states, ["open", "open"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_choice_of_many_questions_is_paged_and_a_message_that_is_gone_is_said() {
    let class = Class::of_cs224n().await;
    let answer = class.zoe.says(&class.lecture, "slide 12 has it").await;
    let empty = chosen(&class.ta, &answer, "Mark as answer").await;
    assert!(empty.content.contains("No question waits"), "{empty}");
    for number in 0..27 {
        let text = format!(
            "!q what does symbol number {number} mean at {}:00?",
            number + 10
        );
        class.maya.says(&class.lecture, &text).await;
    }
    assert_eq!(class.questions().await.len(), 27);
    let choice = chosen(&class.ta, &answer, "Mark as answer").await;
    let options = |view: &sandbox::MessageView| {
        view.components[0]["components"][0]["options"]
            .as_array()
            .map_or(0, Vec::len)
    };
    assert_eq!(options(&choice), 25);
    let older = class.ta.clicks(&choice, "Older ▶").await.update().await;
    assert_eq!(options(&older), 2, "{older}");
    class.zoe.deletes(&answer).await;
    let gone = class.ta.clicks(&older, "◀ Newer").await.reply().await;
    assert!(gone.content.contains("That message is gone"), "{gone}");
}

#[tokio::test(flavor = "multi_thread")]
async fn marking_the_question_itself_answers_it_for_those_who_have_a_say() {
    let class = Class::of_cs224n().await;
    let question = class.maya.says(&class.lecture, BETA).await;
    question.reaction_from(&class.bot, "📌").await;
    let refused = chosen(&class.ken, &question, "Mark as answer").await;
    assert!(
        refused.content.contains("That message is the question"),
        "{refused}"
    );
    let told = chosen(&class.ta, &question, "Mark as answer").await;
    assert!(told.content.contains("the question is answered"), "{told}");
    assert_eq!(class.state().await, "answered");
    class.ta.clicks(&told, "Undo").await.update().await;
    assert_eq!(class.state().await, "open");
}

#[tokio::test(flavor = "multi_thread")]
async fn undo_does_not_overrule_what_somebody_else_has_said_since() {
    let class = Class::of_cs224n().await;
    let question = class.maya.says(&class.lecture, BETA).await;
    question.reaction_from(&class.bot, "📌").await;
    let asker = chosen(&class.maya, &question, "Mark as answer").await;
    let staff = chosen(&class.ta, &question, "Not a question").await;
    assert!(staff.content.contains("answered already"), "{staff}");
    class.maya.clicks(&asker, "Undo").await.update().await;
    let first = chosen(&class.ta, &question, "Not a question").await;
    class.ta.clicks(&first, "Undo").await.update().await;
    let asker = chosen(&class.maya, &question, "Not a question").await;
    class.maya.clicks(&asker, "Undo").await.update().await;
    assert_eq!(class.state().await, "open");
}

#[tokio::test(flavor = "multi_thread")]
async fn staffs_words_in_a_questions_thread_only_suggest_until_they_are_marked() {
    let class = Class::of_cs224n().await;
    let question = class.maya.says(&class.lecture, BETA).await;
    question.reaction_from(&class.bot, "📌").await;
    let thread = class.ken.starts_thread(&question, "beta").await;
    let answer = class
        .ta
        .says(
            &thread,
            "It weighs the penalty against the reward, because otherwise the model drifts.",
        )
        .await;
    assert_eq!(class.state().await, "suggested");
    chosen(&class.ta, &answer, "Mark as answer").await;
    assert_eq!(class.state().await, "answered");
}
