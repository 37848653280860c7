//! People, who talk. They may do what their roles let them do, and nothing else.

pub(crate) mod commands;

use std::sync::Arc;

use serde_json::{Value, json};

use super::channel::{Channel, Thread};
use super::message::Message;
use super::role::Role;
use super::{Account, InChannel, Overwritable};
use crate::shared::Shared;
use crate::time::Snowflake;
use crate::world::World;
use crate::world::draft::{Draft, Upload};
use crate::world::refusal::Refusal;
use crate::world::revision::Revision;
use crate::world::thread_changes::ThreadChange;

/// A member of a server. What they do panics, with Discord's words, when they may not do it.
#[derive(Clone)]
pub struct Person {
    shared: Arc<Shared>,
    guild: Snowflake,
    id: Snowflake,
    name: String,
}

impl Person {
    pub(super) fn new(shared: Arc<Shared>, guild: Snowflake, id: Snowflake, name: &str) -> Self {
        Self {
            shared,
            guild,
            id,
            name: name.to_owned(),
        }
    }

    /// The user's id.
    #[must_use]
    pub fn id(&self) -> Snowflake {
        self.id
    }

    /// The user's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Writes in a channel or thread.
    pub async fn says(&self, channel: &Channel, text: &str) -> Message {
        self.send(channel.id(), json!({"content": text}), Vec::new())
            .await
    }

    /// Writes in a channel, with a file.
    pub async fn attaches(
        &self,
        channel: &Channel,
        text: &str,
        file: &str,
        bytes: &[u8],
    ) -> Message {
        let upload = Upload::named(file, bytes);
        self.send(channel.id(), json!({"content": text}), vec![upload])
            .await
    }

    /// Replies to a message, which notifies its author.
    pub async fn replies(&self, to: &impl InChannel, text: &str) -> Message {
        self.reply(to, text, Value::Null).await
    }

    /// Replies to a message with the notification switched off.
    pub async fn replies_quietly(&self, to: &impl InChannel, text: &str) -> Message {
        let allowed = json!({"parse": ["users", "roles", "everyone"], "replied_user": false});
        self.reply(to, text, allowed).await
    }

    async fn reply(&self, to: &impl InChannel, text: &str, allowed_mentions: Value) -> Message {
        let body = json!({
            "content": text,
            "message_reference": {"message_id": to.message_id().to_string()},
            "allowed_mentions": allowed_mentions,
        });
        self.send(to.channel_id(), body, Vec::new()).await
    }

    /// Writes to somebody directly.
    pub async fn tells(&self, whom: &impl Account, text: &str) -> Message {
        let channel = self
            .shared
            .write(|world| world.direct_channel(self.id, whom.account_id()));
        self.send(channel, json!({"content": text}), Vec::new())
            .await
    }

    /// The direct conversation with somebody.
    #[must_use]
    pub fn direct(&self, with: &impl Account) -> Channel {
        let channel = self
            .shared
            .write(|world| world.direct_channel(self.id, with.account_id()));
        Channel::new(Arc::clone(&self.shared), channel)
    }

    async fn send(&self, channel: Snowflake, body: Value, uploads: Vec<Upload>) -> Message {
        let id = self
            .does("say this", |world| {
                world.send_message(self.id, channel, Draft::parse(&body, uploads)?)
            })
            .await;
        Message::existing(&self.shared, channel, id)
    }

    /// Changes the text of a message of theirs.
    pub async fn edits(&self, message: &impl InChannel, text: &str) {
        let (channel, id) = (message.channel_id(), message.message_id());
        self.does("edit this", |world| {
            world.edit_message(self.id, channel, id, Revision::of_text(text))
        })
        .await;
    }

    /// Deletes a message.
    pub async fn deletes(&self, message: &impl InChannel) {
        let (channel, id) = (message.channel_id(), message.message_id());
        self.does("delete this", |world| {
            world.delete_message(self.id, channel, id)
        })
        .await;
    }

    /// Puts an emoji under a message.
    pub async fn reacts(&self, message: &impl InChannel, emoji: &str) {
        let (channel, id) = (message.channel_id(), message.message_id());
        self.does("react", |world| {
            world.add_reaction(self.id, channel, id, emoji)
        })
        .await;
    }

    /// Takes their emoji away again.
    pub async fn unreacts(&self, message: &impl InChannel, emoji: &str) {
        let (channel, id) = (message.channel_id(), message.message_id());
        self.does("take this reaction back", |world| {
            world.remove_reaction(self.id, self.id, channel, id, emoji)
        })
        .await;
    }

    /// Takes everybody's reactions away from a message: one emoji's, or all.
    pub async fn clears_reactions(&self, message: &impl InChannel, emoji: Option<&str>) {
        let (channel, id) = (message.channel_id(), message.message_id());
        self.does("clear reactions", |world| {
            world.clear_reactions(self.id, channel, id, emoji)
        })
        .await;
    }

    /// Opens a post in a forum, with tags by name.
    pub async fn posts(&self, forum: &Channel, title: &str, text: &str, tags: &[&str]) -> Thread {
        let tags = tags.iter().filter_map(|name| forum.tag_id(name)).collect();
        let id = self
            .does("post this", |world| {
                let draft = Draft::parse(&json!({"content": text}), Vec::new())?;
                world.start_post(self.id, forum.id(), title, tags, draft)
            })
            .await;
        Channel::new(Arc::clone(&self.shared), id)
    }

    /// Gives a post exactly these tags, by name.
    ///
    /// # Panics
    ///
    /// When its forum has no such tag, or they may not set it.
    pub async fn tags(&self, post: &Thread, names: &[&str]) {
        let forum = post.parent();
        let id = |name: &&str| {
            let known = forum.as_ref().and_then(|forum| forum.tag_id(name));
            known.unwrap_or_else(|| panic!("{} finds no tag `{name}` to set", self.name))
        };
        let change = ThreadChange {
            applied_tags: Some(names.iter().map(id).collect()),
            ..ThreadChange::default()
        };
        self.does("tag this", |world| {
            world.change_thread(self.id, post.id(), change)
        })
        .await;
    }

    /// Starts a thread from a message.
    pub async fn starts_thread(&self, message: &impl InChannel, name: &str) -> Thread {
        let (channel, id) = (message.channel_id(), message.message_id());
        let id = self
            .does("start a thread", |world| {
                world.start_thread_from(self.id, channel, id, name)
            })
            .await;
        Channel::new(Arc::clone(&self.shared), id)
    }

    /// Starts a public thread that hangs from no message.
    pub async fn opens_thread(&self, channel: &Channel, name: &str) -> Thread {
        let id = self
            .does("start a thread", |world| {
                world.start_thread(self.id, channel.id(), name, false)
            })
            .await;
        Channel::new(Arc::clone(&self.shared), id)
    }

    /// Takes another name on this server.
    pub fn set_nick(&self, nick: &str) {
        self.shared.write(|world| {
            world.change_member(self.guild, self.id, |member| {
                member.nick = Some(nick.to_owned())
            });
        });
    }

    /// Is given a role.
    pub fn gains(&self, role: &Role) {
        self.shared.write(|world| {
            world.change_member(self.guild, self.id, |member| {
                member.roles.insert(role.id());
            });
        });
    }

    /// Has a role taken away.
    pub fn loses(&self, role: &Role) {
        self.shared.write(|world| {
            world.change_member(self.guild, self.id, |member| {
                member.roles.remove(&role.id());
            });
        });
    }

    /// Leaves the server. What they wrote stays.
    pub fn leaves(&self) {
        self.shared.write(|world| world.leave(self.guild, self.id));
    }

    async fn does<T>(&self, what: &str, act: impl FnOnce(&mut World) -> Result<T, Refusal>) -> T {
        let done = self.shared.write(act);
        let done = done.unwrap_or_else(|refusal| panic!("{} cannot {what}: {refusal}", self.name));
        // Lets the gateway's tasks take the event up, also where there is but one thread.
        tokio::task::yield_now().await;
        done
    }
}

impl Account for Person {
    fn account_id(&self) -> Snowflake {
        self.id
    }
}

impl Overwritable for Person {
    fn target_id(&self) -> Snowflake {
        self.id
    }

    fn is_role(&self) -> bool {
        false
    }
}
