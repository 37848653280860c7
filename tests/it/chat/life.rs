//! Nothing is lost while Beadle is away, and nothing twice.

use jiff::SignedDuration;
use sandbox::Fault;

use crate::support::class::Class;

const BETA: &str = "why is there a beta in front of the KL term at 52:30?";

#[tokio::test(flavor = "multi_thread")]
async fn what_was_asked_while_it_was_down_is_gathered_at_the_next_start() {
    let mut class = Class::of_cs224n().await;
    class
        .maya
        .says(&class.lecture, BETA)
        .await
        .reaction_from(&class.bot, "📌")
        .await;
    class.kill().await;
    let missed = class
        .ken
        .says(
            &class.lecture,
            "55:00 how long does training the reward model take?",
        )
        .await;
    let old = class.zoe.says(&class.lecture, "!t 52:14").await;
    let thread = class.maya.opens_thread(&class.lecture, "aside").await;
    class
        .maya
        .says(
            &thread,
            "what is the difference between PPO and policy gradient?",
        )
        .await;
    class
        .maya
        .posts(
            &class.forum,
            "Why is RLHF unstable?",
            "It diverged for me.",
            &[],
        )
        .await;
    let answered = class
        .ken
        .says(&class.lecture, "at 49:30 why are the scores shifted?")
        .await;
    class
        .ta
        .replies(&answered, "So that their mean is zero over the data.")
        .await;
    class.later(SignedDuration::from_mins(5));
    class.start().await;
    missed.reaction_from(&class.bot, "📌").await;
    let questions = class.questions().await;
    assert_eq!(questions.len(), 5, "{questions:?}");
    assert!(
        questions
            .iter()
            .any(|(asks, state)| asks.contains("shifted") && state == "answered"),
        "{questions:?}"
    );
    assert!(
        old.replies().is_empty(),
        "a lookup of five minutes ago is not answered"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restart_gathers_nothing_twice_and_answers_nothing_twice() {
    let mut class = Class::of_cs224n().await;
    class
        .maya
        .says(&class.lecture, BETA)
        .await
        .reaction_from(&class.bot, "📌")
        .await;
    let command = class.maya.says(&class.lecture, "!t 52:14").await;
    command.reply().await;
    for _ in 0..3 {
        class.kill().await;
        class.start().await;
    }
    assert_eq!(class.questions().await.len(), 1);
    assert_eq!(command.replies().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_gateway_loses_is_read_from_history() {
    let class = Class::of_cs224n().await;
    class.discord.fault(Fault::LoseEvents);
    let lost = class.maya.says(&class.lecture, BETA).await;
    class.discord.mend();
    class
        .discord
        .fault(Fault::InvalidateSessions { resumable: false });
    lost.reaction_from(&class.bot, "📌").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dropped_connection_resumes() {
    let class = Class::of_cs224n().await;
    class.discord.fault(Fault::DropConnections);
    class
        .maya
        .says(&class.lecture, BETA)
        .await
        .reaction_from(&class.bot, "📌")
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_delivered_twice_counts_once() {
    let class = Class::of_cs224n().await;
    class.discord.fault(Fault::DuplicateEvents);
    let command = class.maya.says(&class.lecture, "!t 52:14").await;
    command.reply().await;
    class
        .maya
        .says(&class.lecture, BETA)
        .await
        .reaction_from(&class.bot, "📌")
        .await;
    assert_eq!(class.questions().await.len(), 1);
    assert_eq!(command.replies().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_channel_where_it_may_not_speak_does_not_stop_the_others() {
    let class = Class::of_cs224n().await;
    let mute = class.server.text_channel("mute");
    mute.deny(&class.bot, 1 << 11);
    class.maya.says(&mute, "!t 52:14").await;
    class
        .maya
        .says(&class.lecture, "!t 52:14")
        .await
        .reply()
        .await;
    assert!(mute.messages_from(&class.bot).is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn being_told_to_stop_it_finishes_and_ends_well() {
    let mut class = Class::of_cs224n().await;
    class
        .maya
        .says(&class.lecture, BETA)
        .await
        .reaction_from(&class.bot, "📌")
        .await;
    class.stop().await;
}
