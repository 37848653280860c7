//! Servers and applications as JSON.

use serde_json::{Value, json};

use super::World;
use super::shapes::role_shape;
use super::state::{Bot, Guild};
use crate::intents;
use crate::time::{Snowflake, iso8601};

impl World {
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
