//! The address by which Beadle is invited to a server.

use crate::domain::ids::UserId;

/// View Channel, Send Messages, Send Messages in Threads, Embed Links, Attach Files, Read Message
/// History and Add Reactions (Discord's reference, "Permissions").
pub const PERMISSIONS: u64 = 274_878_024_768;

/// Invites the application with that id, with the permissions that Beadle needs and no more.
pub fn url(application: UserId) -> String {
    format!(
        "https://discord.com/oauth2/authorize?client_id={application}&scope=bot%20applications.commands&permissions={PERMISSIONS}"
    )
}
