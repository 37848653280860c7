//! Putting the tag that says "solved" on a forum's post, or taking it off.

use serde_json::json;
use serenity::http::Route;
use serenity::model::channel::GuildChannel;
use serenity::model::id::ForumTagId;

use super::channel_id;
use crate::discord::rest::{Call, Rest, RestError};
use crate::discord::solved;
use crate::domain::ids::ChannelId;

/// A post carries no more tags.
const MOST_TAGS: usize = 5;

/// What is to be done about a post's tag.
pub(super) enum Wanted {
    /// Its forum has no such tag, or it has no room for one.
    Nothing,
    /// It is as it should be.
    AsItIs(ChannelId),
    /// The request that makes it so; the forum.
    Change(Call<'static>, ChannelId),
}

/// Finds out what is to be done. Discord tells of tags with the forum and the post, and takes all of a
/// post's at once.
pub(super) async fn wanted(
    rest: &Rest,
    post: ChannelId,
    solved: bool,
) -> Result<Wanted, RestError> {
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
    Ok(Wanted::Change(call, forum))
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
