//! The same is sent whether Discord is asked directly or through a proxy.

use sandbox::RestFault;

use super::{POSTS, answered};
use crate::support::class::Class;
use crate::support::reverse_proxy;

/// What a class saw: each request that changed something with its answer, in order.
async fn told(class: &Class) -> Vec<(String, String, Option<u16>)> {
    let troubles = [
        RestFault::rate_limit(0.2).enforced(),
        RestFault::error_after(502),
        RestFault::drop_after(),
        RestFault::spent(0.2),
    ];
    for (trouble, minute) in troubles.into_iter().zip(30..) {
        class.discord.fault(trouble.on("POST", POSTS));
        let command = class
            .maya
            .says(&class.lecture, &format!("!t {minute}:00"))
            .await;
        answered_and_over(class, &command).await;
    }
    class.digest().await;
    answered(&class.discord, &class.staff_room, Some(200)).await;
    let all = class.discord.requests().into_iter();
    let changes = all.filter(|request| request.request.method != "GET");
    changes
        .map(|request| {
            (
                request.request.method,
                request.request.route,
                request.status,
            )
        })
        .collect()
}

/// Waits for an answer, and until it is ticked off: then an edit reaches it.
async fn answered_and_over(class: &Class, command: &sandbox::Message) {
    let answer = command.reply().await;
    command.edit("!t 5:00").await;
    class
        .discord
        .message(&answer)
        .until(|view| view.to_string().contains("before the first topic"))
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_requests_are_made_with_and_without_a_proxy() {
    let class = Class::of_cs224n().await;
    let directly = told(&class).await;
    let mut class = Class::not_running("").await;
    let proxy = reverse_proxy::start(class.discord.url()).await;
    class.ask_through(&proxy);
    class.start().await;
    assert_eq!(told(&class).await, directly);
    assert!(directly.iter().any(|(_, _, status)| status.is_none()));
}
