//! INTERACTION_CREATE as a bot gets it.

use serde_json::{Value, json};

use super::{Interaction, Place};
use crate::time::Snowflake;
use crate::world::World;

/// What people's clients and servers speak.
const LOCALE: &str = "en-GB";
/// What a server without boosts takes in one file, in bytes.
const ATTACHMENT_BYTES_MAX: u64 = 10 * 1024 * 1024;

impl World {
    pub(super) fn interaction_event(&self, interaction: &Interaction) -> Value {
        let deed = &interaction.deed;
        let Some(channel) = self.channels.get(&deed.channel) else {
            return Value::Null;
        };
        let mut event = json!({
            "id": interaction.id.to_string(),
            "application_id": deed.bot.to_string(),
            "type": deed.kind,
            "token": interaction.token,
            "version": 1,
            "data": deed.data,
            "channel_id": deed.channel.to_string(),
            "channel": self.channel_for(deed.channel, deed.user),
            "app_permissions": self.permissions_in(channel, deed.bot).to_string(),
            "locale": LOCALE,
            "entitlements": [],
            "entitlement_sku_ids": [],
            "authorizing_integration_owners": self.owners_shape(deed.channel),
            "context": if channel.guild.is_some() { 0 } else { 1 },
            "attachment_size_limit": ATTACHMENT_BYTES_MAX,
        });
        match channel.guild {
            Some(guild) => {
                event["guild_id"] = json!(guild.to_string());
                event["guild"] = json!({"id": guild.to_string(), "locale": LOCALE, "features": []});
                event["guild_locale"] = json!(LOCALE);
                event["member"] = self.member_in(guild, deed.channel, deed.user);
            }
            None => event["user"] = self.user_shape(deed.user),
        }
        if let Some(message) = deed
            .message
            .and_then(|place| self.message_for(deed.bot, place))
        {
            event["message"] = message;
        }
        event
    }

    /// The bot's own message, as the event of a control tells it.
    fn message_for(&self, bot: Snowflake, place: Place) -> Option<Value> {
        let message = self.message_at(place)?;
        Some(self.whole_message_shape(message, bot))
    }

    /// A channel with what `user` may do there.
    pub(super) fn channel_for(&self, id: Snowflake, user: Snowflake) -> Value {
        let mut shape = self.channel_shape(id, None);
        if let Some(channel) = self.channels.get(&id) {
            shape["permissions"] = json!(self.permissions_in(channel, user).to_string());
        }
        shape
    }

    /// A member with what they may do in a channel.
    fn member_in(&self, guild: Snowflake, channel: Snowflake, user: Snowflake) -> Value {
        let Some(mut shape) = self.member_shape(guild, user) else {
            return Value::Null;
        };
        if let Some(channel) = self.channels.get(&channel) {
            shape["permissions"] = json!(self.permissions_in(channel, user).to_string());
        }
        shape
    }
}
