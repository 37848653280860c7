//! What is decided reaches Discord, once, whatever goes wrong on the way.
//!
//! Tests look at the requests that Discord saw, in their order. A request is recorded with its answer,
//! after what it did can be seen: stop the bot before counting.

mod failures;
mod limits;
mod proxy;
mod refusals;
mod restart;

use sandbox::{Channel, RecordedRequest, Sandbox};

/// The route on which messages are posted.
const POSTS: &str = "/channels/{channel_id}/messages";

/// The requests that posted into a channel, or tried to.
fn posts(discord: &Sandbox, channel: &Channel) -> Vec<RecordedRequest> {
    let mut requests = discord.requests();
    requests.retain(|request| is_post(request, channel));
    requests
}

/// How Discord answered each request that posted into a channel; `None`: the connection broke.
fn answers(discord: &Sandbox, channel: &Channel) -> Vec<Option<u16>> {
    let posts = posts(discord, channel);
    posts.iter().map(|request| request.status).collect()
}

/// Waits until a post into a channel was answered with that.
async fn answered(discord: &Sandbox, channel: &Channel, status: Option<u16>) {
    discord
        .wait_for_request(|request| is_post(request, channel) && request.status == status)
        .await;
}

fn is_post(request: &RecordedRequest, channel: &Channel) -> bool {
    request.request.method == "POST" && request.request.path == path(channel)
}

/// Where a channel's messages are.
fn path(channel: &Channel) -> String {
    format!("/channels/{}/messages", channel.id())
}
