//! The tag of a forum by which its posts say that they are solved.

use serenity::model::channel::{ChannelType, ForumTag, GuildChannel};
use serenity::model::id::ForumTagId;

/// What such a tag is called, but for case and for what is no letter, as in `✅ Solved`.
const NAMES: [&str; 2] = ["solved", "answered"];

/// The tag of a forum that says so, if it has one.
pub(super) fn tag_of(forum: &GuildChannel) -> Option<ForumTagId> {
    if forum.kind != ChannelType::Forum {
        return None;
    }
    let says_so = |tag: &&ForumTag| {
        let name = tag.name.trim_matches(|c: char| !c.is_alphabetic());
        NAMES.iter().any(|known| name.eq_ignore_ascii_case(known))
    };
    forum.available_tags.iter().find(says_so).map(|tag| tag.id)
}
