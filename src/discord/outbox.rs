//! Carries out what was decided, and ticks it off.
//!
//! One effect of a channel at a time, in the order of deciding; channels side by side. What was not
//! ticked off when Beadle ended is tried again at the next start, under the same nonce.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use jiff::SignedDuration;
use serenity::http::Route;
use serenity::model::channel::Message as DiscordMessage;
use serenity::model::id::{ChannelId as DiscordChannel, MessageId as DiscordMessageId};
use tokio::sync::{mpsc, watch};
use tokio::task::JoinSet;
use tracing::{debug, error, info, warn};

use super::render;
use super::rest::{Call, Rest, RestError};
use crate::app::App;
use crate::app::effect::{Effect, Entry, Outgoing};
use crate::domain::ids::{ChannelId, MessageId};
use crate::store::{StoreError, outbox};

/// For how long Discord surely knows a nonce. Its reference says "the past few minutes".
const NONCE_KNOWN_FOR: SignedDuration = SignedDuration::from_mins(2);
/// How many of its own messages Beadle reads back at most to find one that it may have posted.
const READ_BACK: usize = 500;

/// Carries out effects.
pub(super) struct Outbox {
    app: Arc<App>,
    rest: Rest,
    /// Told when the token is refused: nothing can be sent any more.
    dead: watch::Sender<bool>,
}

/// What came of an effect.
enum Outcome {
    /// Done, with the message that it made.
    Done(Option<MessageId>),
    /// Never to be done.
    Given(String),
    /// To be tried again.
    Later(String),
    /// The token is refused.
    Dead,
}

impl Outbox {
    /// An outbox. `dead` is set when Discord refuses the token.
    pub fn new(app: Arc<App>, rest: Rest, dead: watch::Sender<bool>) -> Arc<Self> {
        Arc::new(Self { app, rest, dead })
    }

    /// Carries out what comes, until no more can come and all is done or `stop` is told.
    pub async fn run(
        self: Arc<Self>,
        mut from: mpsc::UnboundedReceiver<Entry>,
        mut stop: watch::Receiver<bool>,
    ) {
        let mut queues: HashMap<ChannelId, VecDeque<Entry>> = HashMap::new();
        let mut running: JoinSet<ChannelId> = JoinSet::new();
        let mut more = true;
        while more || !running.is_empty() {
            tokio::select! {
                entry = from.recv(), if more => match entry {
                    Some(entry) => match queues.get_mut(&entry.channel) {
                        Some(waiting) => waiting.push_back(entry),
                        None => {
                            queues.insert(entry.channel, VecDeque::new());
                            running.spawn(self.clone().one(entry));
                        }
                    },
                    None => more = false,
                },
                Some(finished) = running.join_next() => {
                    // A task that panicked has said so; its channel's queue would stand still, which
                    // the next start mends.
                    let Ok(channel) = finished else { continue };
                    match queues.get_mut(&channel).and_then(VecDeque::pop_front) {
                        Some(next) => { running.spawn(self.clone().one(next)); }
                        None => { queues.remove(&channel); }
                    }
                }
                _ = stop.wait_for(|stop| *stop) => return,
            }
        }
    }

    async fn one(self: Arc<Self>, entry: Entry) -> ChannelId {
        let mut wait = Duration::from_millis(500);
        let mut said = false;
        loop {
            let outcome = match self.attempt(&entry).await {
                Ok(outcome) => outcome,
                Err(error) => Outcome::Later(error.to_string()),
            };
            match outcome {
                Outcome::Dead => {
                    self.dead.send_replace(true);
                    return entry.channel;
                }
                Outcome::Later(why) => {
                    if !said {
                        warn!(effect.key = entry.key, channel.id = %entry.channel, why, "sending is put off");
                        said = true;
                    }
                }
                Outcome::Done(message) => {
                    if self.tick_off(&entry, message, None).await.is_ok() {
                        return entry.channel;
                    }
                }
                Outcome::Given(why) => {
                    if self.tick_off(&entry, None, Some(&why)).await.is_ok() {
                        info!(effect.key = entry.key, channel.id = %entry.channel, why, "not sent");
                        return entry.channel;
                    }
                }
            }
            tokio::time::sleep(wait).await;
            wait = (wait * 2).min(Duration::from_secs(30));
        }
    }

    async fn attempt(&self, entry: &Entry) -> Result<Outcome, StoreError> {
        let now_ms = self.app.clock().now().as_millisecond();
        let Some(tried_at_ms) = self.begin(entry, now_ms).await? else {
            return Ok(Outcome::Given("cancelled".to_owned()));
        };
        if entry.expires_at_ms.is_some_and(|expires| expires <= now_ms) {
            return Ok(Outcome::Given("of no use any more".to_owned()));
        }
        crate::crash::point!("outbox-before-request");
        let done = match &entry.effect {
            Effect::Say {
                reply_to,
                message,
                lasting,
            } => {
                let stale = now_ms - tried_at_ms > NONCE_KNOWN_FOR.as_millis() as i64;
                if *lasting && stale {
                    match self.find_posted(entry, message).await {
                        Ok(Some(found)) => return Ok(Outcome::Done(Some(found))),
                        Ok(None) => {}
                        Err(error) => return Ok(outcome_of(error)),
                    }
                }
                let posted = self.post(entry, message, *reply_to).await;
                if *lasting {
                    crate::crash::point!("outbox-before-tick-of-digest");
                }
                posted.map(Some)
            }
            Effect::Rewrite { key, message } => match self.message_of(key).await? {
                Some(target) => self
                    .rewrite(entry.channel, target, message)
                    .await
                    .map(|()| None),
                None => Ok(None),
            },
            Effect::Unsay { key } => match self.message_of(key).await? {
                Some(target) => self.delete(entry.channel, target).await.map(|()| None),
                None => Ok(None),
            },
            Effect::React { message, emoji } => self
                .react(entry.channel, *message, emoji, true)
                .await
                .map(|()| None),
            Effect::Unreact { message, emoji } => self
                .react(entry.channel, *message, emoji, false)
                .await
                .map(|()| None),
        };
        Ok(match done {
            Ok(message) => Outcome::Done(message),
            Err(error) => outcome_of(error),
        })
    }

    /// Notes that an effect is being tried. `None` when it has been ticked off meanwhile, else when
    /// it was first tried, in UTC milliseconds.
    async fn begin(&self, entry: &Entry, now_ms: i64) -> Result<Option<i64>, StoreError> {
        if let Some(tried_at_ms) = entry.tried_at_ms {
            return Ok(Some(tried_at_ms));
        }
        let mut tx = self.app.store().begin().await?;
        let tried = outbox::effect_tried(&mut tx, entry.id, now_ms).await?;
        tx.commit().await?;
        Ok(tried)
    }

    async fn tick_off(
        &self,
        entry: &Entry,
        message: Option<MessageId>,
        failure: Option<&str>,
    ) -> Result<(), StoreError> {
        crate::crash::point!("outbox-before-tick");
        let now_ms = self.app.clock().now().as_millisecond();
        let mut tx = self.app.store().begin().await?;
        outbox::effect_done(&mut tx, entry.id, now_ms, message, failure).await?;
        tx.commit().await?;
        crate::crash::point!("outbox-after-tick");
        Ok(())
    }

    async fn message_of(&self, key: &str) -> Result<Option<MessageId>, StoreError> {
        let mut tx = self.app.store().read().await?;
        outbox::message_made_by(&mut tx, key).await
    }

    async fn post(
        &self,
        entry: &Entry,
        message: &Outgoing,
        reply_to: Option<MessageId>,
    ) -> Result<MessageId, RestError> {
        let route = Route::ChannelMessages {
            channel_id: channel_id(entry.channel),
        };
        let body = render::post(entry.channel, message, reply_to, &entry.nonce);
        let posted: Posted = self.rest.fetch(Call::post(route, body)).await?;
        debug!(effect.key = entry.key, channel.id = %entry.channel, message.id = %posted.id, "posted");
        Ok(posted.id)
    }

    async fn rewrite(
        &self,
        channel: ChannelId,
        target: MessageId,
        message: &Outgoing,
    ) -> Result<(), RestError> {
        let route = message_route(channel, target);
        self.rest
            .send(Call::patch(route, render::edit(message)))
            .await
            .map(|_| ())
    }

    async fn delete(&self, channel: ChannelId, target: MessageId) -> Result<(), RestError> {
        self.rest
            .send(Call::delete(message_route(channel, target)))
            .await
            .map(|_| ())
    }

    async fn react(
        &self,
        channel: ChannelId,
        message: MessageId,
        emoji: &str,
        on: bool,
    ) -> Result<(), RestError> {
        let emoji = render::reaction(emoji);
        let route = Route::ChannelMessageReactionMe {
            channel_id: channel_id(channel),
            message_id: DiscordMessageId::new(message.get()),
            reaction: &emoji,
        };
        let call = if on {
            Call::put(route)
        } else {
            Call::delete(route)
        };
        self.rest.send(call).await.map(|_| ())
    }

    /// Reads Beadle's own messages back, from when an effect was decided, for one that says the
    /// same.
    async fn find_posted(
        &self,
        entry: &Entry,
        message: &Outgoing,
    ) -> Result<Option<MessageId>, RestError> {
        // Discord's clock and ours may differ a little.
        let mut after = MessageId::first_at_ms(entry.created_at_ms - 60_000);
        let mut read = 0;
        while read < READ_BACK {
            let route = Route::ChannelMessages {
                channel_id: channel_id(entry.channel),
            };
            let call = Call::get(route).param("after", after).param("limit", 100);
            let page: Vec<DiscordMessage> = self.rest.fetch(call).await?;
            let own = page
                .iter()
                .filter(|m| m.author.id.get() == self.app.me().get());
            if let Some(found) = own.into_iter().find(|own| says(own, message)) {
                return Ok(Some(MessageId::new(found.id.get())));
            }
            let Some(newest) = page.iter().map(|m| m.id.get()).max() else {
                break;
            };
            read += page.len();
            if page.len() < 100 {
                break;
            }
            after = MessageId::new(newest);
        }
        Ok(None)
    }
}

/// What the answer to a post is read for.
#[derive(serde::Deserialize)]
struct Posted {
    id: MessageId,
}

/// Whether a message says what was to be said.
fn says(posted: &DiscordMessage, message: &Outgoing) -> bool {
    let embed = posted.embeds.first();
    let same_card = match (&message.card, embed) {
        (None, _) => true,
        (Some(card), Some(embed)) => {
            let footer = embed
                .footer
                .as_ref()
                .map_or("", |footer| footer.text.as_str());
            embed.title.as_deref().unwrap_or_default().trim() == card.title.trim()
                && embed.description.as_deref().unwrap_or_default().trim() == card.body.trim()
                && footer.trim() == card.footer.trim()
        }
        (Some(_), None) => false,
    };
    posted.content.trim() == message.text.trim() && same_card
}

fn outcome_of(error: RestError) -> Outcome {
    match error {
        RestError::Unauthorized => {
            error!("{}", RestError::Unauthorized);
            Outcome::Dead
        }
        error if error.is_passing() => Outcome::Later(error.to_string()),
        error => Outcome::Given(error.to_string()),
    }
}

fn channel_id(channel: ChannelId) -> DiscordChannel {
    DiscordChannel::new(channel.get())
}

fn message_route(channel: ChannelId, message: MessageId) -> Route<'static> {
    Route::ChannelMessage {
        channel_id: channel_id(channel),
        message_id: DiscordMessageId::new(message.get()),
    }
}
