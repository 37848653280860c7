//! `!t`: what students get.

use jiff::SignedDuration;
use sandbox::MessageView;

use crate::support::class::Class;

async fn reply(class: &Class, text: &str) -> MessageView {
    class.maya.says(&class.lecture, text).await.reply().await
}

fn body(reply: &MessageView) -> String {
    reply.to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lookup_names_the_topic_and_links_the_second() {
    let class = Class::of_cs224n().await;
    let reply = reply(&class, "!t 53:00").await;
    assert!(reply.pings().users.is_empty() && !reply.pings().everyone);
    insta::assert_snapshot!(reply, @"
    | [10 · Prompting, instruction finetuning, and RLHF](https://www.youtube.com/watch?v=SXpJ9EmG3s4&t=3180s)
    | **The penalty against drift (KL)**
    | [52:14](<https://www.youtube.com/watch?v=SXpJ9EmG3s4&t=3134s>) – 1:11:12
    | Beta weighs what the tuned model loses for straying from the pretrained one
    | ▶ [Watch from 53:00](<https://www.youtube.com/watch?v=SXpJ9EmG3s4&t=3180s>)
    | 
    | Before: [49:27](<https://www.youtube.com/watch?v=SXpJ9EmG3s4&t=2967s>) Normalising the reward model's scores
    | After: [1:11:12](<https://www.youtube.com/watch?v=SXpJ9EmG3s4&t=4272s>) Feedback from AI
    [◀ Previous topic] [Next topic ▶]
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lookup_tells_of_open_and_answered_questions_of_its_topic() {
    let class = Class::of_cs224n().await;
    let open = class
        .ken
        .says(
            &class.lecture,
            "at 52:40, why does the penalty use a log ratio?",
        )
        .await;
    open.reaction_from(&class.bot, "📌").await;
    let answered = class
        .ken
        .says(&class.lecture, "55:01 how is beta chosen in practice?")
        .await;
    answered.reaction_from(&class.bot, "📌").await;
    class
        .ta
        .replies(
            &answered,
            "By a sweep; the lecture's value is a starting point.",
        )
        .await;
    let reply = body(&reply(&class, "!t 52:14").await);
    assert!(reply.contains("1 open question here"), "{reply}");
    assert!(reply.contains("how is beta chosen in practice?"), "{reply}");
    assert!(reply.contains("[answer]"), "{reply}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_offset_that_no_topic_covers_gets_a_plain_sentence() {
    let class = Class::of_cs224n().await;
    let before = body(&reply(&class, "!t 5:00").await);
    assert!(
        before.contains("5:00 is before the first topic"),
        "{before}"
    );
    let past = body(&reply(&class, "!t 2:00:00").await);
    assert!(
        past.contains("past the end of the recording, which lasts 1:16:15"),
        "{past}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_table_a_range_and_words_are_answered() {
    let class = Class::of_cs224n().await;
    let table = body(&reply(&class, "!t").await);
    assert!(
        table.contains("25:29") && table.contains("1:11:12"),
        "{table}"
    );
    let range = body(&reply(&class, "!t 47:09-52:14").await);
    assert!(
        range.contains("47:09") && range.contains("49:27") && !range.contains("Feedback from AI"),
        "{range}"
    );
    let words = body(&reply(&class, "!t rewrad modles").await);
    assert!(words.contains("47:09"), "{words}");
    let nothing = body(&reply(&class, "!t photosynthesis").await);
    assert!(nothing.contains("No topic of Lecture 10"), "{nothing}");
}

#[tokio::test(flavor = "multi_thread")]
async fn another_lecture_is_named_before_or_after_the_offset() {
    let class = Class::of_cs224n().await;
    for command in ["!t 9 12:00", "!t 12:01 9", "!t pretraining 12:02"] {
        let reply = body(&reply(&class, command).await);
        assert!(
            reply.contains("Lecture 9 (Pretraining) has no topic table yet"),
            "{command}: {reply}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mistake_gets_one_sentence_with_a_right_form() {
    let class = Class::of_cs224n().await;
    for (command, right) in [
        ("!t 52:75", "52"),
        ("!t 9:99:99", "9"),
        ("!t 11", "There is no lecture “11”"),
        ("!t 42 52:14", "There is no lecture “42”"),
    ] {
        let reply = body(&reply(&class, command).await);
        assert!(
            reply.contains(right) && reply.lines().count() == 1,
            "{command}: {reply}"
        );
        class.later(SignedDuration::from_secs(30));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mention_works_like_the_prefix() {
    let class = Class::of_cs224n().await;
    let mention = format!("<@{}> 52:14", class.bot.id());
    assert!(body(&reply(&class, &mention).await).contains("penalty against drift"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_lookup_soon_after_gets_a_reaction_and_no_answer() {
    let class = Class::of_cs224n().await;
    reply(&class, "!t 52:14").await;
    class.later(SignedDuration::from_secs(10));
    let again = class.ken.says(&class.lecture, "!T 0:52:14").await;
    again.reaction_from(&class.bot, "👆").await;
    class.settled().await;
    assert!(again.replies().is_empty());
    assert!(
        body(&reply(&class, "!t 52:14").await).contains("penalty"),
        "the half minute is over"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn one_lookup_too_many_is_warned_of_once() {
    let class = Class::of_cs224n().await;
    for offset in 30..35 {
        reply(&class, &format!("!t {offset}:00")).await;
    }
    let warning = body(&reply(&class, "!t 36:00").await);
    assert!(
        warning.contains("more than 5 lookups in 20 seconds"),
        "{warning}"
    );
    let silent = class.maya.says(&class.lecture, "!t 37:00").await;
    class.settled().await;
    assert!(silent.replies().is_empty());
    assert!(
        body(&reply(&class, "!t 37:00").await).contains("RLHF"),
        "the window has passed"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn editing_the_command_edits_the_answer_and_deleting_it_deletes_the_answer_after_a_restart() {
    let mut class = Class::of_cs224n().await;
    let command = class.maya.says(&class.lecture, "!t 52:75").await;
    let answer = command.reply().await;
    class.stop().await;
    class.start().await;
    command.edit("!t 52:15").await;
    let answer = class
        .discord
        .message(&answer)
        .until(|view| view.to_string().contains("penalty"))
        .await;
    class.maya.deletes(&command).await;
    class.discord.message(&answer).gone().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn other_bots_commands_get_nothing() {
    let class = Class::of_cs224n().await;
    let other = class
        .maya
        .says(&class.lecture, "!play why not this song?")
        .await;
    class.settled().await;
    assert!(other.replies().is_empty() && other.reactions().is_empty());
}
