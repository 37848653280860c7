//! One channel or thread, from its cursor to its end.

use jiff::{SignedDuration, Timestamp};
use serenity::model::channel::{ChannelType, GuildChannel};
use tracing::warn;

use super::pass::Pass;
use crate::app::event::{Event, Place};
use crate::discord::directory::is_thread;
use crate::discord::reader::{PAGE, Page, Seek, Stopped};
use crate::discord::rest::RestError;
use crate::domain::ids::{ChannelId, MessageId, ServerId};

/// Where the reading of a channel begins.
struct Start {
    /// Everything up to here has been dealt with.
    after: MessageId,
    /// Since when the channel is watched.
    since: MessageId,
}

impl Pass<'_> {
    /// Reads a channel or thread.
    pub(super) async fn channel(&mut self, channel: &GuildChannel) -> Result<(), Stopped> {
        let id = ChannelId::new(channel.id.get());
        let server = ServerId::new(channel.guild_id.get());
        let newest = channel
            .last_message_id
            .map_or(channel.id.get(), |id| id.get());
        let newest = MessageId::new(newest);
        let Some(start) = self.start(channel).await? else {
            // Watched from now on: what was said before stays unread.
            return self.caught_up(id, newest, newest).await;
        };
        let mut until = start.after;
        if channel.kind != ChannelType::Forum && newest > until {
            let place = self.reader.directory.place(server, id);
            self.may_read(&place)?;
            until = self.within_days(id, until).await?;
            until = self.pages(place, until, newest).await?;
        }
        self.caught_up(id, until, start.since).await
    }

    /// After which message to read; `None`: from now on.
    async fn start(&self, channel: &GuildChannel) -> Result<Option<Start>, Stopped> {
        let app = &self.reader.app;
        let id = ChannelId::new(channel.id.get());
        let own = app.cursor(id).await?;
        let parent = match channel.parent_id.filter(|_| is_thread(channel)) {
            Some(parent) => app.cursor(ChannelId::new(parent.get())).await?,
            None => None,
        };
        Ok(match (own, parent) {
            // Its channel was not watched for a while, and then again.
            (Some(own), Some(parent)) if !self.is_named(id) => Some(Start {
                after: own.message.max(parent.since),
                since: own.since.max(parent.since),
            }),
            (Some(own), _) => Some(Start {
                after: own.message,
                since: own.since,
            }),
            (None, Some(parent)) => Some(Start {
                // A post's first message has the id of its thread.
                after: parent.since.max(MessageId::new(channel.id.get() - 1)),
                since: parent.since,
            }),
            (None, None) => None,
        })
    }

    /// Whether a course names a thread itself.
    fn is_named(&self, thread: ChannelId) -> bool {
        let courses = self.reader.app.courses();
        courses
            .iter()
            .any(|served| served.course.read_channels().contains(&thread))
    }

    /// Discord shows an empty history to whom it does not let read; so that is asked first.
    fn may_read(&self, place: &Place) -> Result<(), RestError> {
        if self.reader.directory.is_readable(place) != Some(false) {
            return Ok(());
        }
        Err(RestError::Denied {
            code: 50_013,
            message: "Beadle lacks View Channel or Read Message History there".to_owned(),
        })
    }

    /// The smallest id of a message that is not too old to be read.
    pub(super) fn oldest(&self) -> MessageId {
        let days = SignedDuration::from_hours(24 * i64::from(self.bounds.max_days));
        let now = self.reader.app.clock().now();
        MessageId::first_at_ms((now - days).as_millisecond())
    }

    /// From where on messages are young enough; says what is not, if there is any.
    async fn within_days(
        &self,
        channel: ChannelId,
        after: MessageId,
    ) -> Result<MessageId, Stopped> {
        let oldest = self.oldest();
        if after >= oldest {
            return Ok(after);
        }
        let next = self.reader.page(channel, Seek::After(after), 1).await?;
        if let Some(first) = next.first().filter(|first| *first < oldest) {
            warn!(
                channel.id = %channel, from = %moment(first), until = %moment(oldest),
                "what was said there then is older than `catch_up.max_days` and stays unread"
            );
        }
        Ok(oldest)
    }

    /// Reads page after page. Returns the last message that was read.
    async fn pages(
        &mut self,
        place: Place,
        mut after: MessageId,
        newest: MessageId,
    ) -> Result<MessageId, Stopped> {
        let channel = place.channel;
        let mut is_bounded = false;
        loop {
            self.reader.still(self.round)?;
            let page = self.reader.page(channel, Seek::After(after), PAGE).await?;
            crate::crash::point!("catch-up-page-read");
            // A page that is not full is no end: Discord promises none. Nor is the newest message that
            // was known before: what was said since is read as well, so that it comes after what it
            // may answer.
            let Some(last) = page.last() else {
                return Ok(after);
            };
            if !is_bounded {
                is_bounded = true;
                if let Some(cut) = self.cut(channel, &page, newest).await? {
                    after = cut;
                    continue;
                }
            }
            let messages = page.len();
            self.reader.tell(place, page).await?;
            crate::crash::point!("catch-up-page-queued");
            self.count(messages);
            after = last;
        }
    }

    /// After which message to read instead, if more was missed than is read at all; `missed` begins
    /// with the oldest of it. To find that out costs as many requests as the reading, so a few
    /// messages are let pass.
    async fn cut(
        &self,
        channel: ChannelId,
        missed: &Page,
        newest: MessageId,
    ) -> Result<Option<MessageId>, Stopped> {
        let most = self.bounds.max_messages as usize;
        let Some(first) = missed.first() else {
            return Ok(None);
        };
        if missed.len() < PAGE && missed.len() <= most {
            return Ok(None);
        }
        let (mut oldest, mut left) = (MessageId::new(newest.get() + 1), most);
        while left > 0 {
            self.reader.still(self.round)?;
            let page = self
                .reader
                .page(channel, Seek::Before(oldest), left)
                .await?;
            match page.first() {
                Some(id) if id > first => oldest = id,
                _ => return Ok(None),
            }
            left = left.saturating_sub(page.len());
        }
        warn!(
            channel.id = %channel, messages = most, from = %moment(first), until = %moment(oldest),
            "more was missed there than `catch_up.max_messages`; what was said then stays unread"
        );
        Ok(Some(MessageId::new(oldest.get() - 1)))
    }

    async fn caught_up(
        &mut self,
        channel: ChannelId,
        until: MessageId,
        since: MessageId,
    ) -> Result<(), Stopped> {
        let round = self.round;
        crate::crash::point!("catch-up-before-caught-up");
        self.reader
            .put(Event::CaughtUp {
                channel,
                until,
                since,
                round,
            })
            .await?;
        self.read.push(channel);
        Ok(())
    }
}

/// When a message was posted.
fn moment(id: MessageId) -> Timestamp {
    Timestamp::from_millisecond(id.created_at_ms()).unwrap_or_default()
}
