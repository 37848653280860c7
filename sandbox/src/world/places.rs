//! Servers, their roles, members and channels: how they come, change and go.

use std::collections::BTreeMap;

use serde_json::json;

use super::World;
use super::state::{Bot, Channel, Guild, Overwrite, OverwriteKind, RoleState, Tag, kind};
use crate::intents;
use crate::permissions as may;
use crate::time::Snowflake;

impl World {
    /// An application with its bot user. All privileged intents are granted.
    pub fn add_bot(&mut self, name: &str) -> Snowflake {
        let id = self.add_user(name, true, false);
        // Shaped like a real token: three parts, the first of which is not read by anybody here.
        let token = format!(
            "sandbox.{id:x}.{:032x}",
            id.wrapping_mul(0x9E37_79B9_7F4A_7C15)
        );
        let granted_intents =
            intents::GUILD_MEMBERS | intents::GUILD_PRESENCES | intents::MESSAGE_CONTENT;
        let bot = Bot {
            id,
            token,
            token_revoked: false,
            granted_intents,
            commands: BTreeMap::new(),
            registrations: 0,
        };
        self.bots.insert(id, bot);
        id
    }

    /// A server with an owner and the role `@everyone`.
    pub fn add_guild(&mut self, name: &str) -> Snowflake {
        let owner = self.add_user("owner", false, false);
        let id = self.next_id();
        let everyone = RoleState {
            id,
            name: "@everyone".into(),
            permissions: may::EVERYONE_BY_DEFAULT,
            position: 0,
            mentionable: false,
            managed_by: None,
        };
        let guild = Guild {
            id,
            name: name.to_owned(),
            owner,
            roles: BTreeMap::from([(id, everyone)]),
            members: BTreeMap::from([(owner, self.new_member(&[]))]),
        };
        self.guilds.insert(id, guild);
        id
    }

    /// Removes a server with all that is in it.
    pub fn remove_guild(&mut self, id: Snowflake) {
        let event = json!({"id": id.to_string()});
        self.tell_guild("GUILD_DELETE", id, intents::GUILDS, &event);
        self.guilds.remove(&id);
        self.channels.retain(|_, channel| channel.guild != Some(id));
    }

    pub fn add_channel(
        &mut self,
        guild: Snowflake,
        name: &str,
        kind: u8,
        tags: &[&str],
    ) -> Snowflake {
        let id = self.next_id();
        let tags = tags
            .iter()
            .map(|name| Tag {
                id: self.next_id(),
                name: (*name).to_owned(),
                is_moderated: false,
            })
            .collect();
        let position = self.channels_of(guild).len() as u32;
        let mut channel = empty_channel(id, kind, name);
        channel.guild = Some(guild);
        channel.position = position;
        channel.tags = tags;
        self.channels.insert(id, channel);
        let event = self.channel_shape(id, None);
        self.tell_guild("CHANNEL_CREATE", guild, intents::GUILDS, &event);
        id
    }

    /// Changes a channel and tells of it; bots that come to see it hear of its threads.
    pub fn change_channel(&mut self, id: Snowflake, change: impl FnOnce(&mut Channel)) {
        let Some(guild) = self.channels.get(&id).and_then(|channel| channel.guild) else {
            return;
        };
        let saw = self.bots_that_see(id);
        if let Some(channel) = self.channels.get_mut(&id) {
            change(channel);
        }
        let event = self.channel_shape(id, None);
        self.tell_guild("CHANNEL_UPDATE", guild, intents::GUILDS, &event);
        for bot in self.bots_that_see(id) {
            if !saw.contains(&bot) {
                self.sync_threads(guild, id, bot);
            }
        }
    }

    fn bots_that_see(&self, id: Snowflake) -> Vec<Snowflake> {
        let Some(channel) = self.channels.get(&id) else {
            return Vec::new();
        };
        self.bots
            .keys()
            .copied()
            .filter(|bot| self.can_view(channel, *bot))
            .collect()
    }

    fn sync_threads(&mut self, guild: Snowflake, parent: Snowflake, bot: Snowflake) {
        let threads = self.active_threads(guild, bot);
        let threads = threads.into_iter().filter(|id| {
            self.channels
                .get(id)
                .is_some_and(|thread| thread.parent == Some(parent))
        });
        let event = json!({
            "guild_id": guild.to_string(),
            "channel_ids": [parent.to_string()],
            "threads": threads.map(|id| self.channel_shape(id, Some(bot))).collect::<Vec<_>>(),
            "members": [],
        });
        self.tell_bot("THREAD_LIST_SYNC", bot, guild, &event);
    }

    /// Lets a role or member do more, or less, in a channel than elsewhere.
    pub fn set_overwrite(
        &mut self,
        channel: Snowflake,
        target: Snowflake,
        kind: OverwriteKind,
        allow: u64,
        deny: u64,
    ) {
        self.change_channel(channel, |channel| {
            let overwrite = channel.overwrites.entry(target).or_insert(Overwrite {
                kind,
                allow: 0,
                deny: 0,
            });
            overwrite.allow = overwrite.allow & !deny | allow;
            overwrite.deny = overwrite.deny & !allow | deny;
        });
    }

    /// Removes a channel and its threads.
    pub fn remove_channel(&mut self, id: Snowflake) {
        let Some(guild) = self.channels.get(&id).and_then(|channel| channel.guild) else {
            return;
        };
        let event = self.channel_shape(id, None);
        self.tell_guild("CHANNEL_DELETE", guild, intents::GUILDS, &event);
        self.channels.retain(|_, channel| {
            channel.id != id && !(channel.is_thread() && channel.parent == Some(id))
        });
    }

    /// The direct conversation of two users, new or old.
    pub fn direct_channel(&mut self, one: Snowflake, other: Snowflake) -> Snowflake {
        let known = self.channels.values().find(|channel| {
            channel.kind == kind::DIRECT
                && channel.recipients.contains(&one)
                && channel.recipients.contains(&other)
        });
        if let Some(channel) = known {
            return channel.id;
        }
        let id = self.next_id();
        let mut channel = empty_channel(id, kind::DIRECT, "");
        channel.recipients = vec![one, other];
        self.channels.insert(id, channel);
        id
    }

    /// A server's channels without its threads, in order.
    pub fn channels_of(&self, guild: Snowflake) -> Vec<Snowflake> {
        self.channels
            .values()
            .filter(|channel| channel.guild == Some(guild) && !channel.is_thread())
            .map(|channel| channel.id)
            .collect()
    }
}

fn empty_channel(id: Snowflake, kind: u8, name: &str) -> Channel {
    Channel {
        id,
        kind,
        guild: None,
        parent: None,
        name: name.to_owned(),
        topic: None,
        position: 0,
        overwrites: BTreeMap::new(),
        tags: Vec::new(),
        recipients: Vec::new(),
        thread: None,
        messages: BTreeMap::new(),
        last_message: None,
    }
}
