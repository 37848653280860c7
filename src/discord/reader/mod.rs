//! Reads over REST what Discord holds of channels and messages, and tells it as events.
//!
//! It decides neither what is worth reading nor when: that is for catch-up and the scheduler.

mod known;
mod page;
mod people;

use std::sync::Arc;

use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serenity::http::Route;
use serenity::model::channel::{GuildChannel, Message as DiscordMessage};
use serenity::model::guild::PartialGuild;
use serenity::model::id::{ChannelId as DiscordChannel, GuildId, MessageId as DiscordMessageId};
use tracing::warn;

pub(super) use self::page::{PAGE, Page, Seek};
use super::directory::Directory;
use super::queue::Queue;
use super::rest::{Call, Rest, RestError};
use super::translate;
use crate::app::App;
use crate::app::event::{Delivery, Event, Message, Place, Reread};
use crate::domain::ids::{ChannelId, MessageId, ServerId};
use crate::store::StoreError;

/// Reads over REST. Cloning shares everything in it.
#[derive(Clone)]
pub(super) struct Reader {
    /// Says what is known already.
    pub app: Arc<App>,
    /// The way to Discord.
    pub rest: Rest,
    /// Where what is learned of the places is kept.
    pub directory: Directory,
    /// Where what was read goes.
    pub queue: Queue,
}

/// Why the reading stopped before its end.
#[derive(Debug)]
pub(super) enum Stopped {
    /// The live stream broke off again: begin anew.
    Interrupted,
    /// Beadle is stopping.
    Ending,
    /// Discord refused or did not answer.
    Rest(RestError),
    /// The database did not answer.
    Store(StoreError),
}

impl From<RestError> for Stopped {
    fn from(error: RestError) -> Self {
        Self::Rest(error)
    }
}

impl From<StoreError> for Stopped {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl Reader {
    /// Stops whoever reads for a round that is over.
    pub fn still(&self, round: u64) -> Result<(), Stopped> {
        if self.queue.round() == Some(round) {
            Ok(())
        } else {
            Err(Stopped::Interrupted)
        }
    }

    /// Puts an event into the queue, and waits for a place in it.
    pub async fn put(&self, event: Event) -> Result<(), Stopped> {
        let is_in = self.queue.put(event).await;
        is_in.then_some(()).ok_or(Stopped::Ending)
    }

    /// Waits until everything that was put has been dealt with. Called after each page, so that no
    /// more than one is held, however slow the database is.
    pub async fn drained(&self) -> Result<(), Stopped> {
        let is_done = self.queue.drained().await;
        is_done.then_some(()).ok_or(Stopped::Ending)
    }

    /// Reads a list; what serenity cannot read in it is left out, and said.
    ///
    /// # Errors
    /// As [`Rest::fetch`].
    pub async fn list<T: DeserializeOwned>(&self, call: Call<'_>) -> Result<Vec<T>, RestError> {
        let values: Vec<serde_json::Value> = self.rest.fetch(call).await?;
        let entries = values.into_iter().filter_map(|value| {
            let id = page::id_of(&value).map(str::to_owned);
            let entry = serde_json::from_value(value).ok();
            if entry.is_none() {
                warn!(
                    id,
                    "Discord told of something that Beadle cannot read; it is left out"
                );
            }
            entry
        });
        Ok(entries.collect())
    }

    /// Learns a server with its roles and channels, and what Beadle is there.
    ///
    /// # Errors
    /// As [`Rest::fetch`].
    pub async fn survey(&self, server: ServerId) -> Result<(), RestError> {
        let guild_id = GuildId::new(server.get());
        let guild: PartialGuild = self
            .rest
            .fetch(Call::get(Route::Guild { guild_id }))
            .await?;
        self.directory.learn_server(guild);
        let channels = self
            .list(Call::get(Route::GuildChannels { guild_id }))
            .await?;
        self.directory.learn_channels(server, channels);
        if !self.directory.knows_own_roles(server) {
            self.learn_own_roles(server).await?;
        }
        Ok(())
    }

    /// What a channel or thread is now; the directory learns it.
    ///
    /// # Errors
    /// As [`Rest::fetch`]; code 10003 where it is gone.
    pub async fn channel(&self, id: ChannelId) -> Result<GuildChannel, RestError> {
        let channel_id = DiscordChannel::new(id.get());
        let channel: GuildChannel = self
            .rest
            .fetch(Call::get(Route::Channel { channel_id }))
            .await?;
        self.directory.learn_channel(channel.clone());
        Ok(channel)
    }

    /// Tells a page of a channel's history, and whole what somebody marked as answered or withdrawn
    /// in it. Returns when all of it has been dealt with.
    pub async fn tell(&self, place: Place, page: Page) -> Result<(), Stopped> {
        let as_of = page.asked_at;
        let (mut messages, mut marked) = (Vec::with_capacity(page.len()), Vec::new());
        for said in page.into_messages() {
            let Some(message) = self.understood(&said, place).await? else {
                continue;
            };
            if people::is_marked(&said) {
                let reread = self
                    .with_reactions(&said, message.clone(), as_of)
                    .await?
                    .map(Box::new);
                marked.extend(reread.map(Event::Reread));
            }
            messages.push(message);
        }
        if !messages.is_empty() {
            self.put(Event::History { place, messages }).await?;
        }
        for reread in marked {
            self.put(reread).await?;
        }
        self.drained().await
    }

    /// A message of history as Beadle sees it; `None` for what nobody wrote.
    async fn understood(
        &self,
        said: &DiscordMessage,
        place: Place,
    ) -> Result<Option<Message>, RestError> {
        self.learn_roles(&place, &said.author, said.webhook_id.is_some())
            .await?;
        let history = Delivery::History;
        Ok(translate::message_of(said, place, history, &self.directory))
    }

    /// A message with every ✅ and ❌ on it; `None` where Discord does not tell whose they are.
    async fn with_reactions(
        &self,
        said: &DiscordMessage,
        message: Message,
        as_of: Timestamp,
    ) -> Result<Option<Reread>, RestError> {
        let Some(reactions) = self.reactions(&message.place, said).await? else {
            return Ok(None);
        };
        Ok(Some(Reread {
            place: message.place,
            id: message.id,
            message: Some(message),
            reactions,
            as_of,
        }))
    }

    /// Whether a message is surely gone: Discord knows the channel, and lets it be read, but holds
    /// no such message.
    async fn is_gone(&self, channel: ChannelId, message: MessageId) -> Result<bool, RestError> {
        const UNKNOWN_MESSAGE: i64 = 10_008;
        let route = Route::ChannelMessage {
            channel_id: DiscordChannel::new(channel.get()),
            message_id: DiscordMessageId::new(message.get()),
        };
        match self.rest.send(Call::get(route)).await {
            Ok(_) => Ok(false),
            Err(RestError::Denied { code, .. }) => Ok(code == UNKNOWN_MESSAGE),
            Err(error) => Err(error),
        }
    }
}
