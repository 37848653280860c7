//! What a member may do where, computed as Discord computes it.
//!
//! Source: Discord's documentation, "Permissions", "Permission Overwrites" and "Inherited Permissions".

use super::World;
use super::refusal::Refusal;
use super::state::{Channel, Guild, OverwriteKind, kind};
use crate::permissions::{self as may, EVERYTHING};
use crate::time::Snowflake;

impl World {
    /// What `user` may do in `channel`; nothing for those who are not there.
    pub fn permissions_in(&self, channel: &Channel, user: Snowflake) -> u64 {
        let Some(guild_id) = channel.guild else {
            return direct_permissions(channel, user);
        };
        let Some(guild) = self.guilds.get(&guild_id) else {
            return 0;
        };
        let base = base_permissions(guild, user);
        if base == EVERYTHING {
            return base;
        }
        // A thread has no overwrites of its own: those of its parent apply.
        let ruling = match (channel.is_thread(), channel.parent) {
            (true, Some(parent)) => self.channels.get(&parent).unwrap_or(channel),
            _ => channel,
        };
        without_implied(with_overwrites(base, guild, ruling, user), channel)
    }

    /// Refuses with 50001 whoever cannot see the channel, and with 50013 whoever lacks one of `needed`.
    pub fn require(&self, channel: &Channel, user: Snowflake, needed: u64) -> Result<u64, Refusal> {
        let held = self.permissions_in(channel, user);
        if held & may::VIEW_CHANNEL == 0 || !self.is_in_private_thread(channel, user, held) {
            return Err(Refusal::missing_access());
        }
        if held & needed != needed {
            return Err(Refusal::missing_permissions());
        }
        Ok(held)
    }

    /// Whether `user` sees `channel`.
    pub fn can_view(&self, channel: &Channel, user: Snowflake) -> bool {
        self.require(channel, user, 0).is_ok()
    }

    fn is_in_private_thread(&self, channel: &Channel, user: Snowflake, held: u64) -> bool {
        match &channel.thread {
            Some(thread) if channel.kind == kind::PRIVATE_THREAD => {
                thread.members.contains_key(&user) || held & may::MANAGE_THREADS != 0
            }
            _ => true,
        }
    }
}

/// The permission to write that this kind of channel asks for.
pub(crate) fn permission_to_write(channel: &Channel) -> u64 {
    if channel.is_thread() {
        may::SEND_MESSAGES_IN_THREADS
    } else {
        may::SEND_MESSAGES
    }
}

/// What `user` may do on the server before any channel has its say.
pub(crate) fn base_permissions(guild: &Guild, user: Snowflake) -> u64 {
    let Some(member) = guild.members.get(&user) else {
        return 0;
    };
    if guild.owner == user {
        return EVERYTHING;
    }
    let everyone = guild
        .roles
        .get(&guild.id)
        .map_or(0, |role| role.permissions);
    let held = member
        .roles
        .iter()
        .filter_map(|id| guild.roles.get(id))
        .fold(everyone, |held, role| held | role.permissions);
    if held & may::ADMINISTRATOR != 0 {
        EVERYTHING
    } else {
        held
    }
}

/// Overwrites in Discord's order: `@everyone`, then all roles together, then the member.
fn with_overwrites(base: u64, guild: &Guild, channel: &Channel, user: Snowflake) -> u64 {
    let overwrites = &channel.overwrites;
    let mut held = base;
    if let Some(everyone) = overwrites.get(&guild.id) {
        held = held & !everyone.deny | everyone.allow;
    }
    let (mut allow, mut deny) = (0, 0);
    for role in guild.members.get(&user).into_iter().flat_map(|m| &m.roles) {
        if let Some(overwrite) = overwrites.get(role) {
            allow |= overwrite.allow;
            deny |= overwrite.deny;
        }
    }
    held = held & !deny | allow;
    match overwrites.get(&user) {
        Some(own) if own.kind == OverwriteKind::Member => held & !own.deny | own.allow,
        _ => held,
    }
}

/// Takes away what makes no sense without the permission to see, or to write.
fn without_implied(held: u64, channel: &Channel) -> u64 {
    if held & may::VIEW_CHANNEL == 0 {
        return 0;
    }
    if held & permission_to_write(channel) == 0 {
        let needs_writing =
            may::MENTION_EVERYONE | may::SEND_TTS_MESSAGES | may::ATTACH_FILES | may::EMBED_LINKS;
        return held & !needs_writing;
    }
    held
}

fn direct_permissions(channel: &Channel, user: Snowflake) -> u64 {
    if !channel.recipients.contains(&user) {
        return 0;
    }
    may::VIEW_CHANNEL
        | may::SEND_MESSAGES
        | may::READ_MESSAGE_HISTORY
        | may::ADD_REACTIONS
        | may::EMBED_LINKS
        | may::ATTACH_FILES
}
