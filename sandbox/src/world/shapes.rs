//! State as JSON, in the shapes of Discord's REST API and gateway.

use serde_json::{Value, json};

use super::World;
use super::state::{
    Attachment, Bot, Channel, Guild, Message, OverwriteKind, RoleState, kind, message_kind,
};
use crate::time::{Snowflake, iso8601, made_at_ms};

fn text(id: Option<Snowflake>) -> Value {
    id.map_or(Value::Null, |id| json!(id.to_string()))
}

/// An emoji in a reaction: Unicode, or `name:id`.
pub(crate) fn emoji_shape(emoji: &str) -> Value {
    match emoji.split_once(':') {
        Some((name, id)) => json!({"id": id, "name": name}),
        None => json!({"id": null, "name": emoji}),
    }
}

impl World {
    pub fn user_shape(&self, id: Snowflake) -> Value {
        let user = self.users.get(&id);
        let mut shape = json!({
            "id": id.to_string(),
            "username": user.map_or("deleted_user", |user| &user.name),
            "discriminator": if user.is_some_and(|user| user.is_bot) { "0000" } else { "0" },
            "global_name": null,
            "avatar": null,
            "public_flags": 0,
            "flags": 0,
            "primary_guild": null,
        });
        if user.is_some_and(|user| user.is_bot) {
            shape["bot"] = json!(true);
        }
        shape
    }

    /// The bot itself, with what only it may know.
    pub fn own_user_shape(&self, id: Snowflake) -> Value {
        let mut shape = self.user_shape(id);
        shape["mfa_enabled"] = json!(false);
        shape["locale"] = json!("en-GB");
        shape["verified"] = json!(true);
        shape["email"] = Value::Null;
        shape
    }

    /// A member without their user, as messages carry it. `None` for those who are not there.
    fn partial_member_shape(&self, guild: Snowflake, user: Snowflake) -> Option<Value> {
        let member = self.guilds.get(&guild)?.members.get(&user)?;
        let roles: Vec<String> = member.roles.iter().map(Snowflake::to_string).collect();
        Some(json!({
            "avatar": null,
            "banner": null,
            "communication_disabled_until": null,
            "deaf": false,
            "flags": 0,
            "joined_at": iso8601(member.joined_at_ms),
            "mute": false,
            "nick": member.nick,
            "pending": false,
            "premium_since": null,
            "roles": roles,
        }))
    }

    pub fn member_shape(&self, guild: Snowflake, user: Snowflake) -> Option<Value> {
        let mut shape = self.partial_member_shape(guild, user)?;
        shape["user"] = self.user_shape(user);
        Some(shape)
    }

    /// A channel or thread; a thread with `reader`'s membership, where they are in it.
    pub fn channel_shape(&self, id: Snowflake, reader: Option<Snowflake>) -> Value {
        let Some(channel) = self.channels.get(&id) else {
            return Value::Null;
        };
        if channel.thread.is_some() {
            return thread_shape(channel, reader);
        }
        let mut shape = json!({
            "id": id.to_string(),
            "type": channel.kind,
            "flags": 0,
            "last_message_id": text(channel.last_message),
        });
        let Some(guild) = channel.guild else {
            let others = channel
                .recipients
                .iter()
                .filter(|user| Some(**user) != reader);
            shape["recipients"] = others.map(|user| self.user_shape(*user)).collect();
            return shape;
        };
        shape["guild_id"] = json!(guild.to_string());
        shape["name"] = json!(channel.name);
        shape["parent_id"] = text(channel.parent);
        shape["topic"] = json!(channel.topic);
        shape["nsfw"] = json!(false);
        shape["position"] = json!(channel.position);
        shape["rate_limit_per_user"] = json!(0);
        shape["permission_overwrites"] = overwrites_shape(channel);
        if channel.kind == kind::FORUM {
            shape["available_tags"] = tags_shape(channel);
        }
        shape
    }

    /// A message as `reader` gets it over REST: without its text, where that is not theirs to read.
    pub fn message_shape(&self, message: &Message, reader: Snowflake) -> Value {
        let mut shape = self.whole_message_shape(message, reader);
        if !self.may_read_content(message, reader, true) {
            hide_content(&mut shape);
        }
        shape
    }

    /// A message with everything in it.
    pub fn whole_message_shape(&self, message: &Message, reader: Snowflake) -> Value {
        let mut shape = self.lone_message_shape(message, reader);
        let Some(reference) = message.reference else {
            return shape;
        };
        if message.kind == message_kind::REPLY || message.kind == message_kind::THREAD_STARTER {
            let referenced = reference
                .message
                .and_then(|id| self.message(reference.channel, id).ok())
                .map_or(Value::Null, |message| {
                    self.lone_message_shape(message, reader)
                });
            shape["referenced_message"] = referenced;
        }
        shape
    }

    fn lone_message_shape(&self, message: &Message, reader: Snowflake) -> Value {
        let users =
            |ids: &[Snowflake]| ids.iter().map(|id| self.user_shape(*id)).collect::<Value>();
        let mut shape = json!({
            "id": message.id.to_string(),
            "channel_id": message.channel.to_string(),
            "author": self.user_shape(message.author),
            "type": message.kind,
            "content": message.content,
            "timestamp": iso8601(made_at_ms(message.id)),
            "edited_timestamp": message.edited_at_ms.map(iso8601),
            "tts": message.tts,
            "mention_everyone": message.mentions.everyone,
            "mentions": users(&message.mentions.users),
            "mention_roles": message.mentions.roles.iter().map(u64::to_string).collect::<Vec<_>>(),
            "attachments": message.attachments.iter()
                .map(|attachment| self.attachment_shape(message.channel, attachment))
                .collect::<Vec<_>>(),
            "embeds": message.shown_embeds(),
            "components": message.components,
            "pinned": message.pinned,
            "flags": message.flags,
        });
        if !message.reactions.is_empty() {
            shape["reactions"] = reactions_shape(message, reader);
        }
        if let Some(reference) = message.reference {
            shape["message_reference"] =
                json!({"type": 0, "channel_id": reference.channel.to_string()});
            if let Some(id) = reference.message {
                shape["message_reference"]["message_id"] = json!(id.to_string());
            }
            super::messages::add_guild(&mut shape["message_reference"], message.guild);
        }
        if let Some(thread) = message.thread {
            shape["thread"] = self.channel_shape(thread, None);
        }
        self.add_sender(&mut shape, message);
        shape
    }

    fn add_sender(&self, shape: &mut Value, message: &Message) {
        match self.users.get(&message.author) {
            Some(user) if user.is_webhook => shape["webhook_id"] = json!(user.id.to_string()),
            Some(user) if self.bots.contains_key(&user.id) => {
                shape["application_id"] = json!(user.id.to_string());
            }
            _ => {}
        }
    }

    /// What a message's event holds beyond the message.
    pub fn message_event_shape(&self, message: &Message, reader: Snowflake) -> Value {
        let mut shape = self.whole_message_shape(message, reader);
        super::messages::add_guild(&mut shape, message.guild);
        let Some(guild) = message.guild else {
            return shape;
        };
        if let Some(member) = self.partial_member_shape(guild, message.author) {
            shape["member"] = member;
        }
        for (user, id) in shape["mentions"]
            .as_array_mut()
            .into_iter()
            .flatten()
            .zip(&message.mentions.users)
        {
            if let Some(member) = self.partial_member_shape(guild, *id) {
                user["member"] = member;
            }
        }
        shape
    }

    fn attachment_shape(&self, channel: Snowflake, attachment: &Attachment) -> Value {
        let url = format!(
            "{}/attachments/{channel}/{}/{}",
            self.settings.url, attachment.id, attachment.name
        );
        let mut shape = json!({
            "id": attachment.id.to_string(),
            "filename": attachment.name,
            "size": attachment.size(),
            "url": url,
            "proxy_url": url,
        });
        if let Some(description) = &attachment.description {
            shape["description"] = json!(description);
        }
        if let Some(content_type) = &attachment.content_type {
            shape["content_type"] = json!(content_type);
        }
        shape
    }

    /// A server as "Get Guild" gives it.
    pub fn guild_shape(&self, guild: &Guild, with_counts: bool) -> Value {
        let mut shape = json!({
            "id": guild.id.to_string(),
            "name": guild.name,
            "icon": null, "description": null, "home_header": null, "splash": null,
            "discovery_splash": null, "banner": null,
            "features": [],
            "owner_id": guild.owner.to_string(),
            "application_id": null,
            "region": "rotterdam",
            "afk_channel_id": null, "afk_timeout": 300,
            "system_channel_id": null, "system_channel_flags": 0,
            "widget_enabled": false, "widget_channel_id": null,
            "verification_level": 0, "default_message_notifications": 0, "mfa_level": 0,
            "explicit_content_filter": 0,
            "max_presences": null, "max_members": 500_000,
            "max_stage_video_channel_users": 50, "max_video_channel_users": 25,
            "vanity_url_code": null,
            "premium_tier": 0, "premium_subscription_count": 0,
            "premium_progress_bar_enabled": false,
            "preferred_locale": "en-GB",
            "rules_channel_id": null, "safety_alerts_channel_id": null,
            "public_updates_channel_id": null,
            "nsfw": false, "nsfw_level": 0,
            "emojis": [], "stickers": [],
            "incidents_data": null,
            "roles": guild.roles.values().map(role_shape).collect::<Vec<_>>(),
        });
        if with_counts {
            shape["approximate_member_count"] = json!(guild.members.len());
            shape["approximate_presence_count"] = json!(guild.members.len());
        }
        shape
    }

    /// A server as GUILD_CREATE gives it to `bot`; with all members only where the intent asks for them.
    pub fn guild_create_shape(&self, guild: &Guild, bot: Snowflake, all_members: bool) -> Value {
        let mut shape = self.guild_shape(guild, false);
        let members = guild.members.keys().filter(|id| all_members || **id == bot);
        let joined_at_ms = guild
            .members
            .get(&bot)
            .map_or(0, |member| member.joined_at_ms);
        let channels = self.channels_of(guild.id);
        let threads = self.active_threads(guild.id, bot);
        shape["joined_at"] = json!(iso8601(joined_at_ms));
        shape["large"] = json!(false);
        shape["unavailable"] = json!(false);
        shape["member_count"] = json!(guild.members.len());
        shape["members"] = members
            .filter_map(|id| self.member_shape(guild.id, *id))
            .collect();
        shape["channels"] = channels
            .into_iter()
            .map(|id| self.channel_shape(id, None))
            .collect();
        shape["threads"] = threads
            .into_iter()
            .map(|id| self.channel_shape(id, Some(bot)))
            .collect();
        for empty in [
            "voice_states",
            "presences",
            "stage_instances",
            "guild_scheduled_events",
            "soundboard_sounds",
        ] {
            shape[empty] = json!([]);
        }
        shape
    }

    /// The application behind a bot, as its own token sees it.
    pub fn application_shape(&self, bot: &Bot) -> Value {
        let id = bot.id.to_string();
        let flags = application_flags(bot);
        json!({
            "id": id,
            "name": self.users.get(&bot.id).map_or("", |user| &user.name),
            "icon": null, "description": "", "type": null,
            "bot": self.user_shape(bot.id),
            "bot_public": true, "bot_require_code_grant": false,
            "verify_key": "0".repeat(64),
            "flags": flags, "flags_new": flags.to_string(),
            "redirect_uris": [], "interactions_endpoint_url": null,
            "role_connections_verification_url": null,
            "owner": self.user_shape(bot.id),
            "approximate_guild_count": self.guilds.values()
                .filter(|guild| guild.members.contains_key(&bot.id)).count(),
            "approximate_user_install_count": 0, "approximate_user_authorization_count": 0,
            "explicit_content_filter": 0,
            "team": null,
            "integration_types_config": {"0": {}},
            "eligible_oauth2_scopes": [],
        })
    }
}

/// The "limited" forms of the flags for privileged intents: granted by a switch, as for a bot on few servers.
pub(crate) fn application_flags(bot: &Bot) -> u64 {
    use crate::intents;
    let switches = [
        (intents::GUILD_PRESENCES, 1 << 13),
        (intents::GUILD_MEMBERS, 1 << 15),
        (intents::MESSAGE_CONTENT, 1 << 19),
    ];
    let granted = switches
        .iter()
        .filter(|(intent, _)| bot.granted_intents & intent != 0);
    granted.fold(0, |flags, (_, flag)| flags | flag)
}

/// Empties what MESSAGE_CONTENT guards, the message replied to included.
pub(crate) fn hide_content(shape: &mut Value) {
    shape["content"] = json!("");
    for list in ["embeds", "attachments", "components"] {
        shape[list] = json!([]);
    }
    if shape["referenced_message"].is_object() {
        hide_content(&mut shape["referenced_message"]);
    }
}

pub(crate) fn role_shape(role: &RoleState) -> Value {
    let mut shape = json!({
        "id": role.id.to_string(),
        "name": role.name,
        "permissions": role.permissions.to_string(),
        "position": role.position,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": null, "tertiary_color": null},
        "hoist": false,
        "managed": role.managed_by.is_some(),
        "mentionable": role.mentionable,
        "icon": null, "unicode_emoji": null,
        "flags": 0,
    });
    if let Some(bot) = role.managed_by {
        shape["tags"] = json!({"bot_id": bot.to_string()});
    }
    shape
}

fn thread_shape(channel: &Channel, reader: Option<Snowflake>) -> Value {
    let Some(thread) = &channel.thread else {
        return Value::Null;
    };
    let mut shape = json!({
        "id": channel.id.to_string(),
        "type": channel.kind,
        "flags": 0,
        "guild_id": channel.guild.unwrap_or_default().to_string(),
        "parent_id": text(channel.parent),
        "name": channel.name,
        "owner_id": thread.owner.to_string(),
        "last_message_id": text(channel.last_message),
        "rate_limit_per_user": 0,
        "message_count": thread.total_sent,
        "total_message_sent": thread.total_sent,
        "member_count": thread.members.len().min(50),
        "thread_metadata": {
            "archived": thread.archived,
            "archive_timestamp": iso8601(thread.archive_changed_at_ms),
            "auto_archive_duration": thread.auto_archive_minutes,
            "locked": thread.locked,
            "create_timestamp": iso8601(made_at_ms(channel.id)),
        },
    });
    if !thread.applied_tags.is_empty() {
        shape["applied_tags"] = thread
            .applied_tags
            .iter()
            .map(|tag| json!(tag.to_string()))
            .collect();
    }
    if let Some(joined_at_ms) = reader.and_then(|reader| thread.members.get(&reader)) {
        shape["member"] =
            thread_member_shape(channel.id, reader.unwrap_or_default(), *joined_at_ms);
    }
    shape
}

pub(crate) fn thread_member_shape(thread: Snowflake, user: Snowflake, joined_at_ms: u64) -> Value {
    json!({
        "id": thread.to_string(),
        "user_id": user.to_string(),
        "join_timestamp": iso8601(joined_at_ms),
        "flags": 0,
    })
}

fn overwrites_shape(channel: &Channel) -> Value {
    let shapes = channel.overwrites.iter().map(|(id, overwrite)| {
        json!({
            "id": id.to_string(),
            "type": u8::from(overwrite.kind == OverwriteKind::Member),
            "allow": overwrite.allow.to_string(),
            "deny": overwrite.deny.to_string(),
        })
    });
    shapes.collect()
}

fn tags_shape(channel: &Channel) -> Value {
    let shapes = channel.tags.iter().map(|(id, name)| {
        json!({
            "id": id.to_string(), "name": name, "moderated": false,
            "emoji_id": null, "emoji_name": null,
        })
    });
    shapes.collect()
}

fn reactions_shape(message: &Message, reader: Snowflake) -> Value {
    let shapes = message.reactions.iter().map(|reaction| {
        json!({
            "emoji": emoji_shape(&reaction.emoji),
            "count": reaction.users.len(),
            "count_details": {"burst": 0, "normal": reaction.users.len()},
            "burst_colors": [],
            "me_burst": false,
            "me": reaction.users.contains(&reader),
        })
    });
    shapes.collect()
}
