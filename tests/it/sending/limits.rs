//! Rate limits are obeyed by the time that Discord names.

use sandbox::RestFault;

use super::{POSTS, answered, answers, path};
use crate::support::class::Class;

#[tokio::test(flavor = "multi_thread")]
async fn a_limited_route_is_left_alone_for_the_time_that_discord_names() {
    let mut class = Class::of_cs224n().await;
    let limit = RestFault::rate_limit(0.3).on("POST", POSTS);
    class.discord.fault(limit.enforced());
    let command = class.maya.says(&class.lecture, "!t 52:14").await;
    command.reply().await;
    class.stop().await;
    let told = answers(&class.discord, &class.lecture);
    assert_eq!(told, [Some(429), Some(200)], "none came too early");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_limited_route_holds_back_no_other_channel() {
    let class = Class::of_cs224n().await;
    let limit = RestFault::rate_limit(3_600.0).on("POST", &path(&class.lecture));
    class.discord.fault(limit.enforced());
    class.maya.says(&class.lecture, "!t 52:14").await;
    answered(&class.discord, &class.lecture, Some(429)).await;
    let elsewhere = class.ken.says(&class.staff_room, "!t 53:00").await;
    elsewhere.reply().await;
    assert_eq!(answers(&class.discord, &class.lecture), [Some(429)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_global_limit_holds_back_everything() {
    let mut class = Class::of_cs224n().await;
    let limit = RestFault::global_rate_limit(0.3).on("POST", POSTS);
    class.discord.fault(limit.enforced());
    for offset in ["30:00", "31:00", "32:00"] {
        let command = format!("!t {offset}");
        class.maya.says(&class.lecture, &command).await;
    }
    let last = class.ken.says(&class.lecture, "!t 53:00").await;
    last.reply().await;
    class.stop().await;
    let requests = class.discord.requests();
    let refused = requests.iter().filter(|r| r.status == Some(429)).count();
    assert_eq!(refused, 1, "nothing else was asked before its end");
    assert_eq!(class.lecture.messages_from(&class.bot).len(), 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_limit_without_a_time_is_left_alone_for_a_while() {
    let mut class = Class::of_cs224n().await;
    let bare = RestFault::bare_rate_limit().on("POST", &path(&class.lecture));
    class.discord.fault(bare);
    let command = class.maya.says(&class.lecture, "!t 52:14").await;
    answered(&class.discord, &class.lecture, Some(429)).await;
    let elsewhere = class.ken.says(&class.staff_room, "!t 53:00").await;
    elsewhere.reply().await;
    command.reply().await;
    class.stop().await;
    let told = answers(&class.discord, &class.lecture);
    assert_eq!(told, [Some(429), Some(200)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_request_of_a_bucket_is_not_followed_by_one_too_many() {
    let mut class = Class::of_cs224n().await;
    let spent = RestFault::spent(0.3).on("POST", POSTS).times(2);
    class.discord.fault(spent);
    for offset in ["30:00", "31:00", "32:00"] {
        let command = class
            .maya
            .says(&class.lecture, &format!("!t {offset}"))
            .await;
        command.reply().await;
    }
    class.stop().await;
    let told = answers(&class.discord, &class.lecture);
    assert_eq!(told, [Some(200); 3], "no 429 was needed");
}
