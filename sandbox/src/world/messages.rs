//! Sending, changing, deleting and reading messages, by anybody.

use std::sync::Arc;

use serde_json::{Value, json};

use super::World;
use super::access::permission_to_write;
use super::draft::{Draft, Upload};
use super::mentions::AllowedMentions;
use super::refusal::Refusal;
use super::revision::Revision;
use super::state::{Attachment, Channel, Message, Reference, message_flag, message_kind};
use crate::intents;
use crate::permissions as may;
use crate::time::{Snowflake, made_at_ms};

/// Messages older than this cannot be deleted in bulk.
const BULK_DELETE_MAX_AGE_MS: u64 = 14 * 24 * 60 * 60 * 1_000;

impl World {
    /// Sends a message, and returns its id; with a nonce that is enforced and known, the id of the message already there.
    pub fn send_message(
        &mut self,
        author: Snowflake,
        channel_id: Snowflake,
        mut draft: Draft,
    ) -> Result<Snowflake, Refusal> {
        let held = self.permission_to_send(author, channel_id, &draft)?;
        if held & may::EMBED_LINKS == 0 {
            // Discord takes the message and leaves the embeds out without a word.
            draft.embeds.clear();
        }
        let reply = self.resolve_reply(channel_id, held, &draft)?;
        if let Some(known) = self.message_with_nonce(author, channel_id, &draft) {
            return Ok(known);
        }
        self.unarchive_to_write(channel_id, held)?;
        let id = self.next_id();
        let message = self.compose(id, author, channel_id, held, reply, draft)?;
        self.remember_nonce(&message);
        self.post(message)?;
        Ok(id)
    }

    /// Puts a finished message into its channel and tells everybody.
    pub fn post(&mut self, message: Message) -> Result<(), Refusal> {
        let (id, channel_id) = (message.id, message.channel);
        let channel = self.channel_mut(channel_id)?;
        channel.last_message = Some(id);
        if let Some(thread) = &mut channel.thread
            && id != channel_id
        {
            thread.total_sent += 1;
        }
        channel.messages.insert(id, message);
        self.tell_message("MESSAGE_CREATE", channel_id, id);
        Ok(())
    }

    /// Changes a message. The text is its author's; its flags also belong to those who may manage messages.
    pub fn edit_message(
        &mut self,
        editor: Snowflake,
        channel_id: Snowflake,
        id: Snowflake,
        revision: Revision,
    ) -> Result<(), Refusal> {
        let channel = self.channel(channel_id)?;
        let held = self.require(channel, editor, 0)?;
        let message = self.message(channel_id, id)?;
        if !is_written(message.kind) {
            return Err(Refusal::system_message());
        }
        if message.author != editor {
            if revision.touches_more_than_flags() {
                return Err(Refusal::not_the_author());
            }
            self.require(channel, editor, may::MANAGE_MESSAGES)?;
        }
        refuse_archived(channel)?;
        let mut changed = message.clone();
        self.revise(&mut changed, held, revision)?;
        changed.edited_at_ms = Some(self.now_ms());
        *self.message_mut(channel_id, id)? = changed;
        self.tell_message("MESSAGE_UPDATE", channel_id, id);
        Ok(())
    }

    /// Deletes one message: one's own, or any with the permission to manage messages.
    pub fn delete_message(
        &mut self,
        who: Snowflake,
        channel_id: Snowflake,
        id: Snowflake,
    ) -> Result<(), Refusal> {
        let channel = self.channel(channel_id)?;
        self.require(channel, who, 0)?;
        if self.message(channel_id, id)?.author != who {
            self.require(channel, who, may::MANAGE_MESSAGES)?;
        }
        self.remove_message(channel_id, id)
    }

    /// Takes a message away and tells everybody.
    pub(super) fn remove_message(
        &mut self,
        channel_id: Snowflake,
        id: Snowflake,
    ) -> Result<(), Refusal> {
        self.channel_mut(channel_id)?.messages.remove(&id);
        let guild = self.channel(channel_id)?.guild;
        let mut event = json!({"id": id.to_string(), "channel_id": channel_id.to_string()});
        add_guild(&mut event, guild);
        self.tell_channel("MESSAGE_DELETE", channel_id, MESSAGES, &event);
        Ok(())
    }

    /// Deletes 2 to 100 messages at once.
    pub fn bulk_delete(
        &mut self,
        who: Snowflake,
        channel_id: Snowflake,
        ids: &[Snowflake],
    ) -> Result<(), Refusal> {
        self.require(self.channel(channel_id)?, who, may::MANAGE_MESSAGES)?;
        if !(2..=100).contains(&ids.len()) {
            return Err(Refusal::bulk_delete_count());
        }
        let oldest_ms = self.now_ms().saturating_sub(BULK_DELETE_MAX_AGE_MS);
        if ids.iter().any(|id| made_at_ms(*id) < oldest_ms) {
            return Err(Refusal::too_old_for_bulk_delete());
        }
        let channel = self.channel_mut(channel_id)?;
        let gone: Vec<String> = ids
            .iter()
            .filter(|id| channel.messages.remove(id).is_some())
            .map(Snowflake::to_string)
            .collect();
        let mut event = json!({"ids": gone, "channel_id": channel_id.to_string()});
        add_guild(&mut event, channel.guild);
        self.tell_channel("MESSAGE_DELETE_BULK", channel_id, MESSAGES, &event);
        Ok(())
    }

    fn permission_to_send(
        &self,
        author: Snowflake,
        channel_id: Snowflake,
        draft: &Draft,
    ) -> Result<u64, Refusal> {
        let channel = self.channel(channel_id)?;
        if !channel.takes_messages() {
            return Err(Refusal::no_text_channel());
        }
        if self.users.get(&author).is_some_and(|user| user.is_webhook) {
            return Ok(may::EVERYTHING);
        }
        let mut needed = permission_to_write(channel);
        if !draft.uploads.is_empty() {
            needed |= may::ATTACH_FILES;
        }
        if draft.tts {
            needed |= may::SEND_TTS_MESSAGES;
        }
        self.require(channel, author, needed)
    }

    /// The message that is answered, if it is still there; refused where the sender says that it must be.
    fn resolve_reply(
        &self,
        channel_id: Snowflake,
        held: u64,
        draft: &Draft,
    ) -> Result<Option<Reference>, Refusal> {
        let Some(reply) = draft.reply_to else {
            return Ok(None);
        };
        if held & may::READ_MESSAGE_HISTORY == 0 {
            return Err(Refusal::reply_without_history());
        }
        let there = reply.channel.is_none_or(|channel| channel == channel_id)
            && self.message(channel_id, reply.message).is_ok();
        match (there, reply.must_exist) {
            (true, _) => Ok(Some(Reference {
                channel: channel_id,
                message: Some(reply.message),
            })),
            (false, false) => Ok(None),
            (false, true) => {
                let code = "REPLIES_UNKNOWN_MESSAGE";
                Err(Refusal::field("message_reference", code, "Unknown message"))
            }
        }
    }

    pub(super) fn compose(
        &mut self,
        id: Snowflake,
        author: Snowflake,
        channel_id: Snowflake,
        held: u64,
        reference: Option<Reference>,
        draft: Draft,
    ) -> Result<Message, Refusal> {
        let attachments = self.keep(draft.uploads);
        let channel = self.channel(channel_id)?;
        let replied =
            reference.and_then(|reference| Some(channel.messages.get(&reference.message?)?.author));
        let allowed = draft
            .allowed_mentions
            .unwrap_or_else(AllowedMentions::everything);
        let mentions = self.mentions_of(channel, held, &draft.content, &allowed, replied);
        Ok(Message {
            id,
            channel: channel_id,
            guild: channel.guild,
            author,
            kind: if reference.is_some() {
                message_kind::REPLY
            } else {
                message_kind::DEFAULT
            },
            content: draft.content,
            embeds: draft.embeds,
            components: draft.components,
            attachments,
            pings: mentions.clone(),
            mentions,
            reference,
            reactions: Vec::new(),
            pinned: false,
            tts: draft.tts,
            flags: draft.flags,
            nonce: draft.nonce,
            edited_at_ms: None,
            thread: None,
            provenance: None,
        })
    }

    pub(super) fn revise(
        &mut self,
        message: &mut Message,
        held: u64,
        revision: Revision,
    ) -> Result<(), Refusal> {
        if let Some(kept) = revision.kept_attachments {
            message
                .attachments
                .retain(|attachment| kept.contains(&attachment.id));
        }
        message.attachments.extend(self.keep(revision.uploads));
        if let Some(content) = revision.content {
            let allowed = revision
                .allowed_mentions
                .unwrap_or_else(AllowedMentions::everything);
            let channel = self.channel(message.channel)?;
            let replied = message
                .reference
                .and_then(|reference| Some(channel.messages.get(&reference.message?)?.author));
            message.mentions = self.mentions_of(channel, held, &content, &allowed, replied);
            message.content = content;
        }
        if let Some(embeds) = revision.embeds {
            message.embeds = if held & may::EMBED_LINKS == 0 {
                Vec::new()
            } else {
                embeds
            };
        }
        if let Some(components) = revision.components {
            message.components = components;
        }
        if let Some(flags) = revision.flags {
            let settable = message_flag::SUPPRESS_EMBEDS | message_flag::COMPONENTS_V2;
            message.flags = message.flags & !message_flag::SUPPRESS_EMBEDS | flags & settable;
        }
        if is_empty(message) {
            return Err(Refusal::empty_message());
        }
        Ok(())
    }

    pub(super) fn keep(&mut self, uploads: Vec<Upload>) -> Vec<Attachment> {
        uploads
            .into_iter()
            .map(|upload| Attachment {
                id: self.next_id(),
                name: upload.name,
                description: upload.description,
                bytes: Arc::from(upload.bytes),
                content_type: upload.content_type,
            })
            .collect()
    }
}

/// The intents for messages: in a server, in a direct conversation.
pub(super) const MESSAGES: (u64, u64) = (intents::GUILD_MESSAGES, intents::DIRECT_MESSAGES);

/// Adds `guild_id` to an event, where there is a server.
pub(super) fn add_guild(event: &mut Value, guild: Option<Snowflake>) {
    if let Some(guild) = guild {
        event["guild_id"] = json!(guild.to_string());
    }
}

/// Whether somebody wrote this kind of message; the others are Discord's own notices.
fn is_written(kind: u8) -> bool {
    matches!(
        kind,
        message_kind::DEFAULT
            | message_kind::REPLY
            | message_kind::SLASH_COMMAND
            | message_kind::MENU_COMMAND
    )
}

/// Refuses to change what lies in an archived thread.
pub(super) fn refuse_archived(channel: &Channel) -> Result<(), Refusal> {
    match &channel.thread {
        Some(thread) if thread.archived => Err(Refusal::thread_archived()),
        _ => Ok(()),
    }
}

fn is_empty(message: &Message) -> bool {
    message.content.is_empty()
        && message.embeds.is_empty()
        && message.components.is_empty()
        && message.attachments.is_empty()
}
