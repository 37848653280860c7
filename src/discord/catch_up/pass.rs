//! One pass over what is to be read: what fails in it fails alone.

use std::collections::HashSet;

use jiff::Timestamp;
use serenity::http::Route;
use serenity::model::channel::GuildChannel;
use serenity::model::id::GuildId;
use tracing::{debug, info, warn};

use super::Bounds;
use super::threads::Threads;
use crate::app::event::Event;
use crate::discord::directory::is_thread;
use crate::discord::reader::{Reader, Stopped};
use crate::discord::rest::{Call, RestError};
use crate::discord::troubles::{Troubles, Unit};
use crate::domain::ids::{ChannelId, ServerId};

/// After how many messages each the log tells how far the reading is.
const TOLD_EVERY: usize = 1_000;

/// Discord's code for a channel that is not, or no longer, there.
const UNKNOWN_CHANNEL: i64 = 10_003;

/// How many servers were asked for.
#[derive(Default)]
struct Servers {
    /// Discord told of them, or refused to.
    answered: usize,
    /// It did not answer.
    unanswered: usize,
}

/// One pass.
pub(super) struct Pass<'a> {
    pub(super) reader: &'a Reader,
    pub(super) bounds: Bounds,
    pub(super) round: u64,
    troubles: &'a Troubles,
    failed: HashSet<Unit>,
    /// The channels and threads that have been read to their end.
    pub(super) read: Vec<ChannelId>,
    servers: Servers,
    messages: usize,
    began: Timestamp,
}

impl<'a> Pass<'a> {
    /// A pass that has read nothing. `troubles` is what has failed before, and is not said again.
    pub fn new(reader: &'a Reader, bounds: Bounds, round: u64, troubles: &'a Troubles) -> Self {
        Self {
            reader,
            bounds,
            round,
            troubles,
            failed: HashSet::new(),
            read: Vec::new(),
            servers: Servers::default(),
            messages: 0,
            began: reader.app.clock().now(),
        }
    }

    /// Reads what is wanted.
    pub async fn read(&mut self, wanted: &HashSet<Unit>) -> Result<(), Stopped> {
        for &unit in wanted {
            match unit {
                Unit::Everything => self.everything().await?,
                Unit::Server(server) => self.server(server).await?,
                Unit::Channel(channel) => self.changed(channel).await?,
            }
        }
        Ok(())
    }

    /// Whether Discord answered at all, and what is to be tried again: what failed, and what the
    /// application did not believe to be read to its end.
    pub async fn end(mut self) -> Result<(bool, HashSet<Unit>), Stopped> {
        self.reader.drained().await?;
        for &channel in &self.read {
            if !self.reader.app.is_live(channel).await {
                self.failed.insert(Unit::Channel(channel));
            }
        }
        if self.messages > 0 || self.servers.answered > 0 {
            let took = self.reader.app.clock().now().duration_since(self.began);
            info!(
                messages = self.messages,
                channels = self.read.len(),
                put_off = self.failed.len(),
                seconds = took.as_secs(),
                "caught up"
            );
        }
        let is_silent = self.servers.answered == 0 && self.servers.unanswered > 0;
        Ok((!is_silent, self.failed))
    }

    /// Counts messages that have been read, and tells of every thousand.
    pub(super) fn count(&mut self, messages: usize) {
        let before = self.messages / TOLD_EVERY;
        self.messages += messages;
        if self.messages / TOLD_EVERY > before {
            info!(
                messages = self.messages,
                channels = self.read.len(),
                "catching up"
            );
        }
    }

    /// Says a failure once and puts its unit off; hands on what ends the whole pass.
    fn settle(&mut self, unit: Unit, read: Result<(), Stopped>) -> Result<(), Stopped> {
        let error = match read {
            Ok(()) => {
                if self.troubles.end(unit) {
                    info!(what = %unit, "can be read again");
                }
                return Ok(());
            }
            Err(Stopped::Rest(error)) if error != RestError::Unauthorized => error,
            Err(other) => return Err(other),
        };
        let is_gone = matches!(
            error,
            RestError::Denied {
                code: UNKNOWN_CHANNEL,
                ..
            }
        );
        if !is_gone {
            self.failed.insert(unit);
        }
        let now = self.reader.app.clock().now();
        if self.troubles.begin(unit, now, error.to_string()) {
            warn!(what = %unit, error = %error, again = !is_gone, "what was said there cannot be read");
        } else {
            debug!(what = %unit, error = %error, "still cannot be read");
        }
        Ok(())
    }

    async fn everything(&mut self) -> Result<(), Stopped> {
        let courses = self.reader.app.courses();
        let servers: HashSet<ServerId> =
            courses.iter().map(|served| served.course.server).collect();
        for server in servers {
            self.server(server).await?;
        }
        Ok(())
    }

    async fn server(&mut self, server: ServerId) -> Result<(), Stopped> {
        let surveyed = self.survey(server).await;
        match &surveyed {
            Err(Stopped::Rest(RestError::Unreachable(_))) => self.servers.unanswered += 1,
            _ => self.servers.answered += 1,
        }
        let active = match surveyed {
            Ok(active) => active,
            Err(stopped) => return self.settle(Unit::Server(server), Err(stopped)),
        };
        let mut watched: Vec<ChannelId> = Vec::new();
        for served in self.reader.app.courses().on(server) {
            watched.extend(served.course.read_channels());
        }
        watched.sort_unstable();
        watched.dedup();
        for id in watched {
            match self.reader.directory.channel(id) {
                Some(channel) => self.channel_and_threads(&channel, &active).await?,
                None => self.missing(id),
            }
        }
        // What was closed long ago rests.
        let closed_since = self.oldest().created_at_ms();
        let closed_since = Timestamp::from_millisecond(closed_since).unwrap_or(Timestamp::MIN);
        let reread = self.reader.reread(server, closed_since, self.round).await;
        self.settle(Unit::Server(server), reread)
    }

    fn missing(&mut self, id: ChannelId) {
        let now = self.reader.app.clock().now();
        let why = "it is not there, or Beadle may not see it".to_owned();
        if self.troubles.begin(Unit::Channel(id), now, why) {
            warn!(channel.id = %id, "a watched channel is not there, or Beadle may not see it");
        }
    }

    /// Learns what there is on a server; returns its active threads.
    async fn survey(&self, server: ServerId) -> Result<Vec<GuildChannel>, Stopped> {
        self.reader.survey(server).await?;
        Ok(self.active_threads(GuildId::new(server.get())).await?)
    }

    async fn active_threads(&self, guild_id: GuildId) -> Result<Vec<GuildChannel>, RestError> {
        let route = Route::GuildThreadsActive { guild_id };
        let active: Threads = self.reader.rest.fetch(Call::get(route)).await?;
        let active = active.read();
        for thread in &active {
            self.reader.directory.learn_channel(thread.clone());
        }
        Ok(active)
    }

    /// Reads a channel or thread that came to be, or that was put off.
    async fn changed(&mut self, id: ChannelId) -> Result<(), Stopped> {
        let channel = match self.reader.channel(id).await {
            Ok(channel) => channel,
            Err(error) => return self.settle(Unit::Channel(id), Err(error.into())),
        };
        // A channel's own history may have been read, and not yet that of its threads.
        if is_thread(&channel) && self.reader.app.is_live(id).await {
            return Ok(());
        }
        let active = if is_thread(&channel) {
            Vec::new()
        } else {
            match self.active_threads(channel.guild_id).await {
                Ok(active) => active,
                Err(error) => return self.settle(Unit::Channel(id), Err(error.into())),
            }
        };
        self.channel_and_threads(&channel, &active).await
    }

    /// Tells whether a forum's post says that it is solved, as of the pass's beginning: it may be more.
    async fn tell_tag(&self, post: ChannelId) -> Result<(), Stopped> {
        let Some((place, solved)) = self.reader.directory.is_solved(post) else {
            return Ok(());
        };
        let seen = Event::Tagged {
            place,
            solved,
            as_of: self.began,
            by_beadle: false,
        };
        self.reader.put(seen).await
    }

    async fn channel_and_threads(
        &mut self,
        channel: &GuildChannel,
        active: &[GuildChannel],
    ) -> Result<(), Stopped> {
        let unit = Unit::Channel(ChannelId::new(channel.id.get()));
        let read = self.channel(channel).await;
        self.settle(unit, read)?;
        if is_thread(channel) || self.failed.contains(&unit) {
            return Ok(());
        }
        let archived = match self.archived(channel).await {
            Ok(archived) => archived,
            Err(error) => {
                self.settle(unit, Err(error.into()))?;
                Vec::new()
            }
        };
        let open = active.iter();
        let open = open.filter(|thread| thread.parent_id == Some(channel.id));
        for thread in open.cloned().chain(archived) {
            self.reader.directory.learn_channel(thread.clone());
            self.tell_tag(ChannelId::new(thread.id.get())).await?;
            let read = self.channel(&thread).await;
            self.settle(Unit::Channel(ChannelId::new(thread.id.get())), read)?;
        }
        Ok(())
    }
}
