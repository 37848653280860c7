//! Servers: who and what is on them.

use std::sync::Arc;

use serde_json::json;

use super::InChannel;
use super::bot::Bot;
use super::channel::Channel;
use super::message::Message;
use super::person::Person;
use super::role::Role;
use crate::shared::Shared;
use crate::time::Snowflake;
use crate::world::draft::Draft;
use crate::world::state::kind;

/// A server, in Discord's own words a guild.
#[derive(Clone)]
pub struct Server {
    shared: Arc<Shared>,
    id: Snowflake,
}

impl Server {
    pub(crate) fn new(shared: Arc<Shared>, id: Snowflake) -> Self {
        Self { shared, id }
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> Snowflake {
        self.id
    }

    /// Takes a bot in, with a role of its own that has these permissions besides everybody's.
    pub fn invite(&self, bot: &Bot, permissions: u64) {
        self.shared.write(|world| {
            let name = world
                .users
                .get(&bot.id())
                .map_or_else(String::new, |user| user.name.clone());
            let role = world.add_role(self.id, &name, permissions, Some(bot.id()));
            world.join(self.id, bot.id(), &[role]);
        });
    }

    /// Throws a bot out.
    pub fn kick(&self, bot: &Bot) {
        self.shared.write(|world| world.leave(self.id, bot.id()));
    }

    /// Makes a role with these permissions besides everybody's.
    #[must_use]
    pub fn role(&self, name: &str, permissions: u64) -> Role {
        let id = self
            .shared
            .write(|world| world.add_role(self.id, name, permissions, None));
        Role::new(Arc::clone(&self.shared), self.id, id)
    }

    /// The role that everybody has.
    #[must_use]
    pub fn everyone(&self) -> Role {
        Role::new(Arc::clone(&self.shared), self.id, self.id)
    }

    /// Makes a text channel.
    #[must_use]
    pub fn text_channel(&self, name: &str) -> Channel {
        self.channel(name, kind::TEXT, &[])
    }

    /// Makes an announcement channel.
    #[must_use]
    pub fn announcement_channel(&self, name: &str) -> Channel {
        self.channel(name, kind::ANNOUNCEMENT, &[])
    }

    /// Makes a forum with these tags.
    #[must_use]
    pub fn forum(&self, name: &str, tags: &[&str]) -> Channel {
        self.channel(name, kind::FORUM, tags)
    }

    fn channel(&self, name: &str, kind: u8, tags: &[&str]) -> Channel {
        let id = self
            .shared
            .write(|world| world.add_channel(self.id, name, kind, tags));
        Channel::new(Arc::clone(&self.shared), id)
    }

    /// Takes a person in who has these roles.
    #[must_use]
    pub fn member(&self, name: &str, roles: &[&Role]) -> Person {
        self.join(name, roles, false)
    }

    /// Takes somebody else's bot in, which does what the test makes it do.
    #[must_use]
    pub fn other_bot(&self, name: &str) -> Person {
        self.join(name, &[], true)
    }

    fn join(&self, name: &str, roles: &[&Role], is_bot: bool) -> Person {
        let roles: Vec<Snowflake> = roles.iter().map(|role| role.id()).collect();
        let id = self.shared.write(|world| {
            let id = world.add_user(name, is_bot, false);
            world.join(self.id, id, &roles);
            id
        });
        Person::new(Arc::clone(&self.shared), self.id, id, name)
    }

    /// The server's owner, who may do everything.
    #[must_use]
    pub fn owner(&self) -> Person {
        let id = self
            .shared
            .read(|world| world.guilds.get(&self.id).map_or(0, |guild| guild.owner));
        Person::new(Arc::clone(&self.shared), self.id, id, "owner")
    }

    /// Has a webhook of this name write into a channel.
    ///
    /// # Panics
    ///
    /// When the text breaks a limit, or the channel is gone.
    pub async fn webhook_says(&self, channel: &Channel, name: &str, text: &str) -> Message {
        let sent = self.shared.write(|world| {
            let webhook = world.add_user(name, true, true);
            let draft = Draft::parse(&json!({"content": text}), Vec::new())?;
            world.send_message(webhook, channel.id(), draft)
        });
        let id =
            sent.unwrap_or_else(|refusal| panic!("the webhook {name} cannot say this: {refusal}"));
        tokio::task::yield_now().await;
        Message::existing(&self.shared, channel.id(), id)
    }

    /// Deletes several messages of one channel at once, as a moderator's bot would.
    ///
    /// # Panics
    ///
    /// When they are fewer than 2 or more than 100, or their channel is gone.
    pub async fn bulk_delete(&self, messages: &[&Message]) {
        let ids: Vec<Snowflake> = messages.iter().map(|message| message.id()).collect();
        let channel = messages.first().map_or(0, |message| message.channel_id());
        let owner = self.owner().id();
        let deleted = self
            .shared
            .write(|world| world.bulk_delete(owner, channel, &ids));
        deleted.unwrap_or_else(|refusal| panic!("these messages cannot be deleted: {refusal}"));
        tokio::task::yield_now().await;
    }

    /// Deletes the server with all that is in it.
    pub fn delete(&self) {
        self.shared.write(|world| world.remove_guild(self.id));
    }
}
