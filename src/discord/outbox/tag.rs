//! Putting the tag that says "solved" on a forum's post, or taking it off; and telling the application
//! what came of an effect, where that matters to it.

use serde_json::json;
use serenity::http::Route;
use serenity::model::channel::GuildChannel;
use serenity::model::id::ForumTagId;

use super::carry::{Carrier, Outcome};
use super::channel_id;
use crate::app::effect::Entry;
use crate::app::event::{Event, Place};
use crate::discord::rest::{Call, Rest, RestError, Trouble};
use crate::discord::solved;
use crate::domain::ids::{ChannelId, ServerId};

impl Carrier {
    /// Puts the tag that says "solved" on a post, or takes it off, unless it is as it should be.
    pub(super) async fn tag(
        &self,
        entry: &Entry,
        server: ServerId,
        post: ChannelId,
        solved: bool,
    ) -> Result<Outcome, Trouble> {
        let forum = match wanted(&self.rest, post, solved).await? {
            Wanted::Nothing => return Ok(Outcome::Done(None)),
            Wanted::AsItIs(forum) => forum,
            Wanted::Change(call, forum) => {
                self.request(entry, &call).await?;
                forum
            }
        };
        let place = Place {
            server,
            channel: post,
            parent: Some(forum),
            in_forum: true,
        };
        let done = Event::Tagged {
            place,
            solved,
            as_of: self.now(),
            by_beadle: true,
        };
        Ok(self.told(done, Outcome::Done(None)).await)
    }

    /// Tells the application what came of an effect, and waits until it has dealt with that: only then
    /// may the effect be ticked off.
    pub(super) async fn told(&self, event: Event, outcome: Outcome) -> Outcome {
        match self.queue.put(event).await && self.queue.drained().await {
            true => outcome,
            false => Outcome::Over,
        }
    }
}

/// A post carries no more tags.
const MOST_TAGS: usize = 5;

/// What is to be done about a post's tag.
enum Wanted {
    /// Its forum has no such tag, or it has no room for one.
    Nothing,
    /// It is as it should be.
    AsItIs(ChannelId),
    /// The request that makes it so; the forum.
    Change(Box<Call<'static>>, ChannelId),
}

/// Finds out what is to be done. Discord tells of tags with the forum and the post, and takes all of a
/// post's at once.
async fn wanted(rest: &Rest, post: ChannelId, solved: bool) -> Result<Wanted, RestError> {
    let of = |channel_id| Call::get(Route::Channel { channel_id });
    let thread: GuildChannel = rest.fetch(of(channel_id(post))).await?;
    let Some(parent) = thread.parent_id else {
        return Ok(Wanted::Nothing);
    };
    let forum: GuildChannel = rest.fetch(of(parent)).await?;
    let Some(tag) = solved::tag_of(&forum) else {
        return Ok(Wanted::Nothing);
    };
    let forum = ChannelId::new(parent.get());
    let mut tags = thread.applied_tags;
    if tags.contains(&tag) == solved {
        return Ok(Wanted::AsItIs(forum));
    }
    if solved {
        tags.push(tag);
    } else {
        tags.retain(|it| *it != tag);
    }
    if tags.len() > MOST_TAGS {
        return Ok(Wanted::Nothing);
    }
    let is_archived = thread.thread_metadata.is_some_and(|data| data.archived);
    let call = change(post, &tags, is_archived);
    Ok(Wanted::Change(Box::new(call), forum))
}

/// Of an archived post nothing can be changed while it stays so; Discord archives it again.
fn change(post: ChannelId, tags: &[ForumTagId], is_archived: bool) -> Call<'static> {
    let mut body = json!({"applied_tags": tags});
    if is_archived {
        body["archived"] = json!(false);
    }
    let route = Route::Channel {
        channel_id: channel_id(post),
    };
    Call::patch(route, body.to_string().into_bytes())
}
