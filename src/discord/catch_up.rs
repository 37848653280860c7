//! Reads the history after the cursors: at every start, and whenever the live stream broke off.
//!
//! While a channel is being read its cursor is moved by history alone, page by page, oldest first;
//! when its end is reached, the live stream takes over.

use std::collections::HashSet;
use std::sync::Arc;

use jiff::SignedDuration;
use serenity::http::Route;
use serenity::model::channel::{ChannelType, GuildChannel, Message as DiscordMessage, ThreadsData};
use serenity::model::guild::{Member, PartialGuild};
use serenity::model::id::{ChannelId as DiscordChannel, GuildId, MessageId as DiscordMessageId};
use serenity::model::user::User;
use tokio::sync::watch;
use tracing::{info, warn};

use super::directory::{Directory, is_thread};
use super::queue::Queue;
use super::rest::{Call, Rest, RestError};
use super::{render, translate};
use crate::app::App;
use crate::app::answer::{CHECK_MARK, CROSS};
use crate::app::event::{Delivery, Event, Message, Place, Reaction};
use crate::domain::ids::{ChannelId, MessageId, ServerId, UserId};

/// How many messages Discord gives at once.
const PAGE: usize = 100;

/// How far back is read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bounds {
    /// Nothing older than this many days.
    pub max_days: u32,
    /// Not more than this many messages of a channel.
    pub max_messages: u32,
}

/// Reads what was missed.
pub(super) struct CatchUp {
    pub app: Arc<App>,
    pub rest: Rest,
    pub directory: Directory,
    pub queue: Queue,
    pub bounds: Bounds,
    /// Told the rounds that have been caught up.
    pub done: watch::Sender<Option<u64>>,
    /// Told when the token is refused.
    pub dead: watch::Sender<bool>,
}

/// Why the reading stopped before its end.
enum Stopped {
    /// The live stream broke off again: begin anew.
    Interrupted,
    /// Beadle is stopping.
    Ending,
    /// Discord refused or did not answer.
    Rest(RestError),
    /// The database did not answer.
    Store(crate::store::StoreError),
}

impl From<RestError> for Stopped {
    fn from(error: RestError) -> Self {
        Self::Rest(error)
    }
}

impl CatchUp {
    /// Catches up after every gap, until Beadle stops.
    pub async fn run(self: Arc<Self>) {
        loop {
            self.queue.gap().await;
            loop {
                // What came in before the gap moves the cursors first.
                if !self.queue.drained().await {
                    return;
                }
                let round = self.queue.round();
                let seen = self.queue.take_seen();
                let is_known = *self.done.borrow() == Some(round);
                let read = if is_known {
                    self.only(&seen, round).await
                } else {
                    self.everything(round).await
                };
                match read {
                    Ok(()) if self.queue.round() == round => {
                        if !self.queue.drained().await {
                            return;
                        }
                        self.done.send_replace(Some(round));
                        break;
                    }
                    Ok(()) | Err(Stopped::Interrupted) => {}
                    Err(Stopped::Ending) => return,
                    Err(Stopped::Rest(RestError::Unauthorized)) => {
                        self.dead.send_replace(true);
                        return;
                    }
                    Err(Stopped::Rest(error)) => {
                        warn!(error = %error, "catching up is put off");
                        tokio::time::sleep(std::time::Duration::from_secs(5)).await;
                    }
                    Err(Stopped::Store(error)) => {
                        warn!(error = %error, "catching up is put off");
                        tokio::time::sleep(std::time::Duration::from_secs(5)).await;
                    }
                }
            }
        }
    }

    /// Reads channels that came to be or changed while everything else was heard.
    async fn only(&self, channels: &HashSet<ChannelId>, round: u64) -> Result<(), Stopped> {
        for channel in channels.iter().filter_map(|id| self.directory.channel(*id)) {
            let server = ServerId::new(channel.guild_id.get());
            self.or_said(&channel, self.channel(server, &channel, round).await)?;
        }
        Ok(())
    }

    async fn everything(&self, round: u64) -> Result<(), Stopped> {
        let servers: HashSet<ServerId> = self
            .app
            .courses()
            .iter()
            .map(|served| served.course.server)
            .collect();
        for server in servers {
            match self.server(server, round).await {
                Err(Stopped::Rest(error @ RestError::Denied { .. })) => {
                    warn!(server.id = %server, error = %error, "the server cannot be read; is Beadle invited there?");
                }
                other => other?,
            }
        }
        Ok(())
    }

    async fn server(&self, server: ServerId, round: u64) -> Result<(), Stopped> {
        let guild_id = GuildId::new(server.get());
        let guild: PartialGuild = self
            .rest
            .fetch(Call::get(Route::Guild { guild_id }))
            .await?;
        self.directory.learn_server(guild);
        let channels: Vec<GuildChannel> = self
            .rest
            .fetch(Call::get(Route::GuildChannels { guild_id }))
            .await?;
        for channel in channels {
            self.directory.learn_channel(channel);
        }
        let active: ThreadsData = self
            .rest
            .fetch(Call::get(Route::GuildThreadsActive { guild_id }))
            .await?;
        for thread in &active.threads {
            self.directory.learn_channel(thread.clone());
        }
        let mut watched: Vec<ChannelId> = Vec::new();
        for served in self.app.courses().on(server) {
            watched.extend(served.course.read_channels());
        }
        for id in watched {
            let Some(channel) = self.directory.channel(id) else {
                warn!(channel.id = %id, "a watched channel is not there, or Beadle may not see it");
                continue;
            };
            self.channel_and_threads(server, &channel, &active.threads, round)
                .await?;
        }
        Ok(())
    }

    async fn channel_and_threads(
        &self,
        server: ServerId,
        channel: &GuildChannel,
        active: &[GuildChannel],
        round: u64,
    ) -> Result<(), Stopped> {
        self.or_said(channel, self.channel(server, channel, round).await)?;
        if is_thread(channel) {
            return Ok(());
        }
        let mut threads: Vec<GuildChannel> = active
            .iter()
            .filter(|thread| thread.parent_id == Some(channel.id))
            .cloned()
            .collect();
        match self.archived(channel).await {
            Ok(archived) => threads.extend(archived),
            Err(error) => self.or_said(channel, Err(Stopped::Rest(error)))?,
        }
        for thread in threads {
            self.directory.learn_channel(thread.clone());
            self.or_said(&thread, self.channel(server, &thread, round).await)?;
        }
        Ok(())
    }

    /// A channel that Discord refuses is said and left out; the others are read.
    fn or_said(&self, channel: &GuildChannel, read: Result<(), Stopped>) -> Result<(), Stopped> {
        match read {
            Err(Stopped::Rest(error @ (RestError::Denied { .. } | RestError::Refused { .. }))) => {
                warn!(channel.id = %channel.id, error = %error, "the channel's history cannot be read");
                Ok(())
            }
            other => other,
        }
    }

    /// Threads that were archived, as far back as is read at all.
    async fn archived(&self, channel: &GuildChannel) -> Result<Vec<GuildChannel>, RestError> {
        let oldest = self.oldest();
        let mut found = Vec::new();
        let mut before: Option<String> = None;
        loop {
            let route = Route::ChannelArchivedPublicThreads {
                channel_id: channel.id,
            };
            let mut call = Call::get(route).param("limit", PAGE);
            if let Some(before) = &before {
                call = call.param("before", before);
            }
            let page: ThreadsData = self.rest.fetch(call).await?;
            let archived_at = |thread: &GuildChannel| {
                thread
                    .thread_metadata
                    .and_then(|data| data.archive_timestamp)
            };
            let last = page.threads.last().and_then(archived_at);
            found.extend(page.threads.into_iter().filter(|thread| {
                thread
                    .last_message_id
                    .is_none_or(|id| id.get() >= oldest.get())
            }));
            match last {
                Some(last)
                    if page.has_more && translate::unix_ms(last) >= oldest.created_at_ms() =>
                {
                    before = Some(last.to_string().replace('+', "%2B"));
                }
                _ => return Ok(found),
            }
        }
    }

    fn oldest(&self) -> MessageId {
        let days = SignedDuration::from_hours(24 * i64::from(self.bounds.max_days));
        MessageId::first_at_ms((self.app.clock().now() - days).as_millisecond())
    }

    /// Reads one channel or thread from its cursor to its end.
    async fn channel(
        &self,
        server: ServerId,
        channel: &GuildChannel,
        round: u64,
    ) -> Result<(), Stopped> {
        let id = ChannelId::new(channel.id.get());
        let place = self.directory.place(server, id);
        let newest = channel
            .last_message_id
            .map_or(channel.id.get(), |id| id.get());
        let newest = MessageId::new(newest);
        let Some((after, since)) = self.start(channel).await? else {
            // Watched from now on: what was said before stays unread.
            return self.caught_up(id, newest, newest, round).await;
        };
        let mut until = after;
        if channel.kind != ChannelType::Forum && newest > after {
            until = self.pages(place, after, round).await?.max(after);
        }
        self.caught_up(id, until, since, round).await
    }

    /// After which message to read, and since when the channel is watched; `None`: from now on.
    async fn start(
        &self,
        channel: &GuildChannel,
    ) -> Result<Option<(MessageId, MessageId)>, Stopped> {
        let id = ChannelId::new(channel.id.get());
        if let Some(cursor) = self.app.cursor(id).await.map_err(Stopped::Store)? {
            return Ok(Some((cursor.message.max(self.oldest()), cursor.since)));
        }
        if !is_thread(channel) {
            return Ok(None);
        }
        let Some(parent) = channel.parent_id else {
            return Ok(None);
        };
        let parent = ChannelId::new(parent.get());
        let Some(parent) = self.app.cursor(parent).await.map_err(Stopped::Store)? else {
            return Ok(None);
        };
        // A post's first message has the id of its thread.
        let created = MessageId::new(channel.id.get() - 1);
        let after = created.max(parent.since).max(self.oldest());
        Ok(Some((after, parent.since)))
    }

    /// Reads page after page into the queue. Returns the last message that was read.
    async fn pages(
        &self,
        place: Place,
        mut after: MessageId,
        round: u64,
    ) -> Result<MessageId, Stopped> {
        let mut read = 0;
        loop {
            if self.queue.round() != round {
                return Err(Stopped::Interrupted);
            }
            let route = Route::ChannelMessages {
                channel_id: DiscordChannel::new(place.channel.get()),
            };
            let call = Call::get(route).param("after", after).param("limit", PAGE);
            let mut page: Vec<DiscordMessage> = self.rest.fetch(call).await?;
            crate::crash::point!("catch-up-page-read");
            page.sort_by_key(|message| message.id);
            let Some(last) = page.last() else { break };
            after = MessageId::new(last.id.get());
            read += page.len();
            let is_last = page.len() < PAGE;
            self.page(place, page).await?;
            crate::crash::point!("catch-up-page-queued");
            if is_last {
                break;
            }
            if read >= self.bounds.max_messages as usize {
                warn!(
                    channel.id = %place.channel, message.id = %after, messages = read,
                    "more was missed than `catch_up.max_messages` allows; the rest stays unread"
                );
                break;
            }
            if read % 1_000 == 0 {
                info!(channel.id = %place.channel, messages = read, "catching up");
            }
        }
        Ok(after)
    }

    async fn page(&self, place: Place, page: Vec<DiscordMessage>) -> Result<(), Stopped> {
        let mut messages: Vec<Message> = Vec::with_capacity(page.len());
        let mut reactions = Vec::new();
        for message in page {
            self.learn_roles(&place, &message.author, message.webhook_id.is_some())
                .await?;
            for emoji in [CHECK_MARK, CROSS] {
                let is_on = message
                    .reactions
                    .iter()
                    .any(|on| translate::emoji_text(&on.reaction_type) == emoji);
                if is_on {
                    reactions.extend(self.reactions(&place, message.id, emoji).await?);
                }
            }
            let history = Delivery::History;
            messages.extend(translate::message_of(
                &message,
                place,
                history,
                &self.directory,
            ));
        }
        if !self.queue.put(Event::History { place, messages }).await {
            return Err(Stopped::Ending);
        }
        for reaction in reactions {
            if !self.queue.put(Event::Reacted(Box::new(reaction))).await {
                return Err(Stopped::Ending);
            }
        }
        Ok(())
    }

    /// Who put an emoji on a message.
    async fn reactions(
        &self,
        place: &Place,
        message: DiscordMessageId,
        emoji: &str,
    ) -> Result<Vec<Reaction>, Stopped> {
        let reaction = render::reaction(emoji);
        let route = Route::ChannelMessageReactionEmoji {
            channel_id: DiscordChannel::new(place.channel.get()),
            message_id: message,
            reaction: &reaction,
        };
        let users: Vec<User> = self
            .rest
            .fetch(Call::get(route).param("limit", PAGE))
            .await?;
        let mut reactions = Vec::new();
        for user in users {
            self.learn_roles(place, &user, false).await?;
            reactions.push(Reaction {
                place: *place,
                message: MessageId::new(message.get()),
                person: self.directory.person(place, &user, None, None, false),
                emoji: emoji.to_owned(),
            });
        }
        Ok(reactions)
    }

    /// Messages read over REST do not tell their author's roles, by which staff are known.
    async fn learn_roles(
        &self,
        place: &Place,
        user: &User,
        is_webhook: bool,
    ) -> Result<(), Stopped> {
        let person = UserId::new(user.id.get());
        if is_webhook || user.bot || self.directory.roles_of(place.server, person).is_some() {
            return Ok(());
        }
        let route = Route::GuildMember {
            guild_id: GuildId::new(place.server.get()),
            user_id: user.id,
        };
        match self.rest.fetch::<Member>(Call::get(route)).await {
            Ok(member) => self
                .directory
                .learn_roles(place.server, person, &member.roles),
            // Who has left holds no role.
            Err(RestError::Denied { .. }) => self.directory.learn_roles(place.server, person, &[]),
            Err(error) => return Err(error.into()),
        }
        Ok(())
    }

    async fn caught_up(
        &self,
        channel: ChannelId,
        until: MessageId,
        since: MessageId,
        round: u64,
    ) -> Result<(), Stopped> {
        let event = Event::CaughtUp {
            channel,
            until,
            since,
            round,
        };
        crate::crash::point!("catch-up-before-caught-up");
        if self.queue.put(event).await {
            Ok(())
        } else {
            Err(Stopped::Ending)
        }
    }
}
