//! `!t`: what students get.

use crate::support::class::Class;

#[tokio::test(flavor = "multi_thread")]
async fn a_lookup_names_the_topic_and_links_the_second() {
    let class = Class::of_cs224n().await;
    let reply = class.maya.says(&class.lecture, "!t 53:00").await.reply().await;
    insta::assert_snapshot!(reply, @"");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_gets_its_sign_and_stands_in_the_digest() {
    let class = Class::of_cs224n().await;
    let question =
        class.maya.says(&class.lecture, "why is there a beta in front of the KL term at 52:30?").await;
    question.reaction_from(&class.bot, "📌").await;
    class.at("2023-02-10T02:00:01Z");
    let digest = class.staff_room.wait_for(|message| message.author_id == class.bot.id()).await;
    insta::assert_snapshot!(digest, @"");
}
