//! Links to messages on Discord.

use crate::domain::ids::ServerId;

/// The address that jumps to a message; the ids are as the database holds them.
pub fn message(server: ServerId, channel_id: i64, message_id: i64) -> String {
    format!(
        "https://discord.com/channels/{server}/{}/{}",
        channel_id as u64, message_id as u64
    )
}
