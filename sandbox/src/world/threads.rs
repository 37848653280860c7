//! Threads and forum posts: how they begin, are archived, and come back.

use std::collections::BTreeMap;

use serde_json::json;

use super::World;
use super::draft::Draft;
use super::refusal::Refusal;
use super::state::{
    Channel, Mentions, Message, Reference, ThreadState, kind, message_flag, message_kind,
};
use crate::intents;
use crate::permissions as may;
use crate::time::Snowflake;

const AUTO_ARCHIVE_MINUTES: u64 = 4_320;

impl World {
    /// Starts a thread from a message; it bears the message's id.
    pub fn start_thread_from(
        &mut self,
        who: Snowflake,
        channel_id: Snowflake,
        message_id: Snowflake,
        name: &str,
    ) -> Result<Snowflake, Refusal> {
        let channel = self.channel(channel_id)?;
        self.require(channel, who, may::CREATE_PUBLIC_THREADS)?;
        if channel.is_thread() || !channel.takes_messages() || channel.guild.is_none() {
            return Err(Refusal::wrong_channel_type());
        }
        if self.message(channel_id, message_id)?.thread.is_some() {
            return Err(Refusal::thread_exists());
        }
        check_name(name)?;
        self.open_thread(
            message_id,
            channel_id,
            who,
            name,
            kind::PUBLIC_THREAD,
            Vec::new(),
        )?;
        let starter = self.message_mut(channel_id, message_id)?;
        starter.thread = Some(message_id);
        starter.flags |= message_flag::HAS_THREAD;
        self.tell_message("MESSAGE_UPDATE", channel_id, message_id);
        let reference = Reference {
            channel: channel_id,
            message: Some(message_id),
        };
        self.post_notice(who, message_id, message_kind::THREAD_STARTER, "", reference)?;
        Ok(message_id)
    }

    /// Starts a thread of its own in a text channel.
    pub fn start_thread(
        &mut self,
        who: Snowflake,
        channel_id: Snowflake,
        name: &str,
        is_private: bool,
    ) -> Result<Snowflake, Refusal> {
        let channel = self.channel(channel_id)?;
        let (needed, kind) = if is_private {
            (may::CREATE_PRIVATE_THREADS, kind::PRIVATE_THREAD)
        } else {
            (may::CREATE_PUBLIC_THREADS, kind::PUBLIC_THREAD)
        };
        self.require(channel, who, needed)?;
        if channel.is_thread() || !channel.takes_messages() || channel.guild.is_none() {
            return Err(Refusal::wrong_channel_type());
        }
        check_name(name)?;
        let id = self.next_id();
        self.open_thread(id, channel_id, who, name, kind, Vec::new())?;
        if !is_private {
            let reference = Reference {
                channel: id,
                message: None,
            };
            self.post_notice(
                who,
                channel_id,
                message_kind::THREAD_CREATED,
                name,
                reference,
            )?;
        }
        Ok(id)
    }

    /// Opens a post in a forum: a thread whose first message bears the thread's id.
    pub fn start_post(
        &mut self,
        who: Snowflake,
        forum_id: Snowflake,
        name: &str,
        tags: Vec<Snowflake>,
        draft: Draft,
    ) -> Result<Snowflake, Refusal> {
        let forum = self.channel(forum_id)?;
        if forum.kind != kind::FORUM {
            return Err(Refusal::wrong_channel_type());
        }
        let held = self.require(forum, who, may::SEND_MESSAGES)?;
        check_name(name)?;
        check_tags(forum, &tags, &[], held)?;
        let id = self.next_id();
        self.open_thread(id, forum_id, who, name, kind::PUBLIC_THREAD, tags)?;
        let message = self.compose(id, who, id, held, None, draft)?;
        self.post(message)?;
        self.channel_mut(forum_id)?.last_message = Some(id);
        Ok(id)
    }

    fn open_thread(
        &mut self,
        id: Snowflake,
        parent_id: Snowflake,
        owner: Snowflake,
        name: &str,
        kind: u8,
        applied_tags: Vec<Snowflake>,
    ) -> Result<(), Refusal> {
        let now_ms = self.now_ms();
        let guild = self.channel(parent_id)?.guild;
        let thread = ThreadState {
            owner,
            archived: false,
            locked: false,
            archive_changed_at_ms: now_ms,
            auto_archive_minutes: AUTO_ARCHIVE_MINUTES,
            members: BTreeMap::from([(owner, now_ms)]),
            applied_tags,
            total_sent: 0,
        };
        let channel = Channel {
            id,
            kind,
            guild,
            parent: Some(parent_id),
            name: name.to_owned(),
            topic: None,
            position: 0,
            overwrites: BTreeMap::new(),
            tags: Vec::new(),
            recipients: Vec::new(),
            thread: Some(thread),
            messages: BTreeMap::new(),
            last_message: None,
        };
        self.channels.insert(id, channel);
        let mut event = self.channel_shape(id, None);
        event["newly_created"] = json!(true);
        self.tell_channel("THREAD_CREATE", id, (intents::GUILDS, 0), &event);
        Ok(())
    }

    fn post_notice(
        &mut self,
        who: Snowflake,
        channel_id: Snowflake,
        kind: u8,
        content: &str,
        reference: Reference,
    ) -> Result<(), Refusal> {
        let id = self.next_id();
        let mut message = notice(id, self.channel(channel_id)?, who, kind);
        message.content = content.to_owned();
        message.reference = Some(reference);
        self.post(message)
    }

    /// Threads of a server that are not archived and that `reader` sees, newest first.
    pub fn active_threads(&self, guild: Snowflake, reader: Snowflake) -> Vec<Snowflake> {
        let threads = self.channels.values().rev().filter(|channel| {
            channel.guild == Some(guild)
                && channel
                    .thread
                    .as_ref()
                    .is_some_and(|thread| !thread.archived)
                && self.can_view(channel, reader)
        });
        threads.map(|channel| channel.id).collect()
    }

    /// Archived public threads of a channel, last archived first, older than `before_ms`; and whether there are more.
    pub fn archived_threads(
        &self,
        parent: Snowflake,
        before_ms: Option<u64>,
        limit: usize,
    ) -> (Vec<Snowflake>, bool) {
        let mut found: Vec<(u64, Snowflake)> = self
            .channels
            .values()
            .filter(|channel| channel.parent == Some(parent) && channel.kind == kind::PUBLIC_THREAD)
            .filter_map(|channel| Some((channel.thread.as_ref()?, channel.id)))
            .filter(|(thread, _)| thread.archived)
            .map(|(thread, id)| (thread.archive_changed_at_ms, id))
            .filter(|(at_ms, _)| before_ms.is_none_or(|before_ms| *at_ms < before_ms))
            .collect();
        found.sort_unstable_by(|a, b| b.cmp(a));
        let has_more = found.len() > limit;
        (
            found.into_iter().take(limit).map(|(_, id)| id).collect(),
            has_more,
        )
    }
}

pub(super) fn check_name(name: &str) -> Result<(), Refusal> {
    if (1..=100).contains(&name.trim().chars().count()) {
        return Ok(());
    }
    let sentence = "Must be between 1 and 100 in length.";
    Err(Refusal::field("name", "BASE_TYPE_BAD_LENGTH", sentence))
}

/// Refuses tags that are too many, that the forum does not have, or that `held` does not let put on or take off.
pub(super) fn check_tags(
    forum: &Channel,
    tags: &[Snowflake],
    before: &[Snowflake],
    held: u64,
) -> Result<(), Refusal> {
    let refuse = |code, sentence: &str| Err(Refusal::field("applied_tags", code, sentence));
    if tags.len() > 5 {
        return refuse("BASE_TYPE_MAX_LENGTH", "Must be 5 or fewer in length.");
    }
    let is_known = |tag: &Snowflake| forum.tags.iter().any(|known| known.id == *tag);
    if !tags.iter().all(is_known) {
        return refuse("UNKNOWN_TAG", "Unknown tag");
    }
    let changes = |tag: Snowflake| tags.contains(&tag) != before.contains(&tag);
    let is_moderated = forum
        .tags
        .iter()
        .any(|tag| tag.is_moderated && changes(tag.id));
    if is_moderated && held & may::MANAGE_THREADS == 0 {
        return Err(Refusal::missing_permissions());
    }
    Ok(())
}

fn notice(id: Snowflake, channel: &Channel, author: Snowflake, kind: u8) -> Message {
    Message {
        id,
        channel: channel.id,
        guild: channel.guild,
        author,
        kind,
        content: String::new(),
        embeds: Vec::new(),
        components: Vec::new(),
        attachments: Vec::new(),
        mentions: Mentions::default(),
        pings: Mentions::default(),
        reference: None,
        reactions: Vec::new(),
        pinned: false,
        tts: false,
        flags: 0,
        nonce: None,
        edited_at_ms: None,
        thread: None,
        provenance: None,
    }
}
