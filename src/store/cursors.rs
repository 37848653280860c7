//! Cursors: the last message of each watched channel that has been dealt with.

use super::{StoreError, Tx, execute, insert_rows, on};
use crate::domain::ids::{ChannelId, MessageId};

/// How far a channel has been read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// Everything up to here has been dealt with.
    pub message: MessageId,
    /// Where watching began; threads without a cursor of their own are read from their parent's.
    pub since: MessageId,
}

/// A channel's cursor, if it has one.
pub async fn cursor(tx: &mut Tx, channel: ChannelId) -> Result<Option<Cursor>, StoreError> {
    let row: Option<(i64, i64)> = on!(tx, |db| sqlx::query_as(
        "SELECT message_id, since_id FROM cursors WHERE channel_id = $1"
    )
    .bind(channel.to_db())
    .fetch_optional(db)
    .await)?;
    Ok(row.map(|(message, since)| Cursor {
        message: MessageId::from_db(message),
        since: MessageId::from_db(since),
    }))
}

/// Moves channels' cursors on, each channel named once; a cursor never moves back, and where watching
/// began stays.
pub async fn advance_cursors(tx: &mut Tx, to: &[(ChannelId, Cursor)]) -> Result<(), StoreError> {
    insert_rows!(
        tx,
        "INSERT INTO cursors (channel_id, message_id, since_id)",
        to,
        |values, to| values
            .push_bind(to.0.to_db())
            .push_bind(to.1.message.to_db())
            .push_bind(to.1.since.to_db()),
        "ON CONFLICT (channel_id) DO UPDATE SET message_id = excluded.message_id
         WHERE cursors.message_id < excluded.message_id"
    )?;
    Ok(())
}

/// Forgets how far channels were read: whoever watches them again does so from then on.
pub async fn forget_cursors(tx: &mut Tx, channels: &[ChannelId]) -> Result<(), StoreError> {
    for channel in channels {
        let sql = "DELETE FROM cursors WHERE channel_id = $1";
        execute!(tx, sql, channel.to_db())?;
    }
    Ok(())
}
