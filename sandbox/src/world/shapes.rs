//! State as JSON, in the shapes of Discord's REST API and gateway.

use serde_json::{Value, json};

use super::World;
use super::state::{Channel, OverwriteKind, RoleState, kind};
use crate::time::{Snowflake, iso8601, made_at_ms};

fn text(id: Option<Snowflake>) -> Value {
    id.map_or(Value::Null, |id| json!(id.to_string()))
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
    pub(super) fn partial_member_shape(&self, guild: Snowflake, user: Snowflake) -> Option<Value> {
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
    let shapes = channel.tags.iter().map(|tag| {
        json!({
            "id": tag.id.to_string(), "name": tag.name, "moderated": tag.is_moderated,
            "emoji_id": null, "emoji_name": null,
        })
    });
    shapes.collect()
}
