//! Whether forums' posts carry the tag that says "solved", as far as Beadle knows and wants.

use super::{StoreError, Tx, execute, on};
use crate::domain::ids::ChannelId;

/// What is known of a post's tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, sqlx::FromRow)]
pub struct PostTag {
    /// Whether it was there when it was last seen.
    pub solved: bool,
    /// Whether Beadle, or since then a person, wanted it there.
    pub wanted: bool,
    /// When it was last seen, in UTC milliseconds.
    pub seen_at_ms: i64,
    /// When Beadle last changed it or decided to, in UTC milliseconds.
    pub own_at_ms: i64,
    /// How often Beadle has decided to.
    pub changes: i64,
}

/// What is known of a post's tag; `None`: nothing, as of a post that never had it.
pub async fn post_tag(tx: &mut Tx, post: ChannelId) -> Result<Option<PostTag>, StoreError> {
    on!(tx, |db| sqlx::query_as(
        "SELECT solved, wanted, seen_at_ms, own_at_ms, changes FROM post_tags
         WHERE channel_id = $1"
    )
    .bind(post.to_db())
    .fetch_optional(db)
    .await)
}

/// Writes what is known of a post's tag.
pub async fn put_post_tag(tx: &mut Tx, post: ChannelId, tag: &PostTag) -> Result<(), StoreError> {
    execute!(
        tx,
        "INSERT INTO post_tags (channel_id, solved, wanted, seen_at_ms, own_at_ms, changes)
         VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (channel_id) DO UPDATE
         SET solved = excluded.solved, wanted = excluded.wanted,
             seen_at_ms = excluded.seen_at_ms, own_at_ms = excluded.own_at_ms,
             changes = excluded.changes",
        post.to_db(),
        tag.solved,
        tag.wanted,
        tag.seen_at_ms,
        tag.own_at_ms,
        tag.changes
    )?;
    Ok(())
}
