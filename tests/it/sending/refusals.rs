//! What Discord refuses for good is not asked again.

use sandbox::{RestFault, permissions};

use super::{POSTS, answered, answers};
use crate::support::class::Class;

#[tokio::test(flavor = "multi_thread")]
async fn a_permission_that_is_missing_is_final_and_one_given_back_is_used_again() {
    let mut class = Class::of_cs224n().await;
    let may = permissions::SEND_MESSAGES;
    class.lecture.deny(&class.bot, may);
    let refused = class.maya.says(&class.lecture, "!t 52:14").await;
    answered(&class.discord, &class.lecture, Some(403)).await;
    class.lecture.allow(&class.bot, may);
    let command = class.ken.says(&class.lecture, "!t 53:00").await;
    command.reply().await;
    assert!(refused.replies().is_empty());
    class.stop().await;
    let told = answers(&class.discord, &class.lecture);
    assert_eq!(told, [Some(403), Some(200)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_channel_that_is_gone_is_not_written_to_again() {
    let mut class = Class::of_cs224n().await;
    let fault = RestFault::error_before(503).on("POST", POSTS);
    class.discord.fault(fault.always());
    class.maya.says(&class.lecture, "!t 52:14").await;
    answered(&class.discord, &class.lecture, Some(503)).await;
    class.lecture.delete();
    class.discord.mend();
    answered(&class.discord, &class.lecture, Some(404)).await;
    let elsewhere = class.ken.says(&class.staff_room, "!t 53:00").await;
    elsewhere.reply().await;
    class.stop().await;
    class.start().await;
    class.stop().await;
    let told = answers(&class.discord, &class.lecture);
    let refused = told.iter().filter(|status| **status == Some(404)).count();
    assert_eq!(refused, 1, "neither again nor after a restart: {told:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_somebody_else_deleted_needs_no_deleting() {
    let class = Class::of_cs224n().await;
    let command = class.maya.says(&class.lecture, "!t 52:14").await;
    let answer = command.reply().await;
    let may = permissions::MANAGE_MESSAGES;
    class.lecture.allow(&class.ta, may);
    class.ta.deletes(&class.discord.message(&answer)).await;
    class.maya.deletes(&command).await;
    class
        .discord
        .wait_for_request(|r| r.request.method == "DELETE" && r.status == Some(404))
        .await;
    let next = class.maya.says(&class.lecture, "!t 53:00").await;
    next.reply().await;
}
