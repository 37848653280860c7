//! Messages and what hangs from them as JSON.

use serde_json::{Value, json};

use super::World;
use super::messages::add_guild;
use super::state::{Attachment, Message, message_kind};
use crate::time::{Snowflake, iso8601, made_at_ms};

impl World {
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
            add_guild(&mut shape["message_reference"], message.guild);
        }
        if let Some(thread) = message.thread {
            shape["thread"] = self.channel_shape(thread, None);
        }
        self.add_sender(&mut shape, message);
        if let Some(provenance) = &message.provenance {
            provenance.add_to(&mut shape);
            // Answers go out through a webhook that bears the application's id.
            shape["webhook_id"] = json!(message.author.to_string());
        }
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
        add_guild(&mut shape, message.guild);
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

    pub(super) fn attachment_shape(&self, channel: Snowflake, attachment: &Attachment) -> Value {
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
        if let Some((width, height)) = png_size(&attachment.bytes) {
            shape["width"] = json!(width);
            shape["height"] = json!(height);
        }
        if let Some(description) = &attachment.description {
            shape["description"] = json!(description);
        }
        if let Some(content_type) = &attachment.content_type {
            shape["content_type"] = json!(content_type);
        }
        shape
    }
}

/// Width and height of a PNG, in pixels (RFC 2083, "IHDR Image header"); `None` for anything else.
fn png_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let header = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n")?;
    let number = |at: usize| Some(u32::from_be_bytes(header.get(at..at + 4)?.try_into().ok()?));
    Some((number(8)?, number(12)?))
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

/// An emoji in a reaction: Unicode, or `name:id`.
pub(crate) fn emoji_shape(emoji: &str) -> Value {
    match emoji.split_once(':') {
        Some((name, id)) => json!({"id": id, "name": name}),
        None => json!({"id": null, "name": emoji}),
    }
}
