//! What Discord fails to answer is asked again, under the same nonce.

use sandbox::{RestFault, Sandbox};

use super::{POSTS, answered, answers, path, posts};
use crate::support::class::Class;

fn nonces(discord: &Sandbox, channel: &sandbox::Channel) -> Vec<String> {
    let posts = posts(discord, channel);
    let nonce = |post: &sandbox::RecordedRequest| post.request.body["nonce"].to_string();
    posts.iter().map(nonce).collect()
}

/// One lookup in a class where that goes wrong: how its posts were answered.
async fn told_when(fault: RestFault) -> Vec<Option<u16>> {
    let mut class = Class::of_cs224n().await;
    class.discord.fault(fault.on("POST", POSTS));
    let command = class.maya.says(&class.lecture, "!t 52:14").await;
    answered(&class.discord, &class.lecture, Some(200)).await;
    class.stop().await;
    assert_eq!(command.replies().len(), 1, "it is said once");
    let mut nonces = nonces(&class.discord, &class.lecture);
    nonces.dedup();
    assert_eq!(nonces.len(), 1, "each try had the same nonce");
    answers(&class.discord, &class.lecture)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_error_after_the_deed_does_not_make_it_twice() {
    let told = told_when(RestFault::error_after(502)).await;
    assert_eq!(told, [Some(502), Some(200)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_breaks_after_the_deed_does_not_make_it_twice() {
    let told = told_when(RestFault::drop_after()).await;
    assert_eq!(told, [None, Some(200)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_outage_is_waited_out() {
    let told = told_when(RestFault::error_before(503).times(4)).await;
    assert_eq!(told, [503, 503, 503, 503, 200].map(Some));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_outage_of_one_channel_holds_back_no_other() {
    let class = Class::of_cs224n().await;
    let fault = RestFault::error_before(500).on("POST", &path(&class.lecture));
    class.discord.fault(fault.always());
    let command = class.maya.says(&class.lecture, "!t 52:14").await;
    answered(&class.discord, &class.lecture, Some(500)).await;
    let elsewhere = class.ken.says(&class.staff_room, "!t 53:00").await;
    elsewhere.reply().await;
    class.discord.mend();
    command.reply().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_whose_command_is_deleted_meanwhile_is_taken_back() {
    let class = Class::of_cs224n().await;
    let fault = RestFault::error_before(503).on("POST", POSTS);
    class.discord.fault(fault.always());
    let command = class.maya.says(&class.lecture, "!t 52:14").await;
    answered(&class.discord, &class.lecture, Some(503)).await;
    class.maya.deletes(&command).await;
    class.discord.mend();
    class
        .discord
        .wait_for_request(|request| request.request.method == "DELETE" && request.applied)
        .await;
    assert!(class.lecture.messages_from(&class.bot).is_empty());
}
