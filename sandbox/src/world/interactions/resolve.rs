//! What an interaction's ids stand for: the event's `resolved`.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::Place;
use crate::time::Snowflake;
use crate::world::World;
use crate::world::state::Attachment;

/// Whom and what somebody named.
#[derive(Debug, Default)]
pub(crate) struct Named {
    pub users: BTreeSet<Snowflake>,
    pub roles: BTreeSet<Snowflake>,
    pub channels: BTreeSet<Snowflake>,
    pub message: Option<Place>,
    pub attachments: Vec<Attachment>,
}

impl Named {
    pub fn add_user(&mut self, id: Snowflake) {
        self.users.insert(id);
    }

    pub fn add_role(&mut self, id: Snowflake) {
        self.roles.insert(id);
    }
}

impl World {
    /// Everything that is named, as the application gets it; `None` where nothing is. The text of a message is told,
    /// whatever the application's intents are.
    pub(super) fn resolved_shape(
        &self,
        named: &Named,
        bot: Snowflake,
        channel: Snowflake,
        user: Snowflake,
    ) -> Option<Value> {
        let mut shape = Map::new();
        let mut add = |key: &str, id: Snowflake, value: Value| {
            let entry = shape.entry(key).or_insert_with(|| json!({}));
            entry[id.to_string()] = value;
        };
        let place = self.channels.get(&channel);
        let guild = place.and_then(|channel| channel.guild);
        for id in &named.users {
            add("users", *id, self.user_shape(*id));
            if let Some(mut member) = guild.and_then(|guild| self.partial_member_shape(guild, *id))
            {
                let held = place.map_or(0, |channel| self.permissions_in(channel, *id));
                member["permissions"] = json!(held.to_string());
                add("members", *id, member);
            }
        }
        for id in &named.roles {
            let role = guild.and_then(|guild| self.guilds.get(&guild)?.roles.get(id));
            if let Some(role) = role {
                add("roles", *id, crate::world::shapes::role_shape(role));
            }
        }
        for id in &named.channels {
            add("channels", *id, self.channel_for(*id, user));
        }
        if let Some(message) = named.message.and_then(|place| self.message_at(place)) {
            add(
                "messages",
                message.id,
                self.whole_message_shape(message, bot),
            );
        }
        for file in &named.attachments {
            let mut attachment = self.attachment_shape(channel, file);
            attachment["ephemeral"] = json!(true);
            add("attachments", file.id, attachment);
        }
        (!shape.is_empty()).then_some(Value::Object(shape))
    }
}
