//! Carrying one effect out: when its request may be made, how often, and what comes of it.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use serenity::http::Route;
use serenity::model::id::MessageId as DiscordMessage;
use tokio::sync::{Semaphore, SemaphorePermit, watch};
use tracing::{debug, error, info, warn};

use super::super::queue::Queue;
use super::super::render;
use super::super::rest::{Call, Rest, RestError, Trouble};
use super::channel_id;
use super::lanes::Errand;
use super::read_back::{self, Sought};
use super::refusals::{Refusals, UNKNOWN_CHANNEL, UNKNOWN_EMOJI, UNKNOWN_MESSAGE};
use super::ticks::Ticks;
use crate::app::App;
use crate::app::effect::{Effect, Entry};
use crate::app::event::Event;
use crate::domain::ids::MessageId;
use crate::store::{StoreError, outbox};

/// For how long Discord surely knows a nonce. Its reference says "the past few minutes".
const NONCE_KNOWN_FOR: SignedDuration = SignedDuration::from_mins(2);
/// How many requests are under way at most.
const AT_ONCE: usize = 32;

/// Carries effects out, one at each call.
pub(super) struct Carrier {
    app: Arc<App>,
    pub(super) rest: Rest,
    pub(super) queue: Queue,
    ticks: Ticks,
    /// Told when the token is refused.
    dead: watch::Sender<bool>,
    refusals: Refusals,
    /// Held while a request is under way, never while waiting for anything else; whoever has waited
    /// longest is next. Interactions, which Discord gives three seconds, need not queue here.
    turns: Semaphore,
}

/// How an effect ended.
pub(super) enum Outcome {
    /// It is done, with the message that it made.
    Done(Option<MessageId>),
    /// It will never be done.
    Given(String),
    /// It is not to be ticked off: it was before, or what came of it could not be told, and the next
    /// start carries it out again.
    Over,
}

impl From<StoreError> for Trouble {
    fn from(error: StoreError) -> Self {
        Self::Failed(error.to_string())
    }
}

impl Carrier {
    /// A carrier. `dead` is set when Discord refuses the token.
    pub fn new(
        app: Arc<App>,
        rest: Rest,
        queue: Queue,
        ticks: Ticks,
        dead: watch::Sender<bool>,
    ) -> Self {
        Self {
            app,
            rest,
            queue,
            ticks,
            dead,
            refusals: Refusals::default(),
            turns: Semaphore::new(AT_ONCE),
        }
    }

    /// Carries an effect out and ticks it off, however long that takes.
    pub async fn carry(self: Arc<Self>, errand: Errand) {
        let (message, failure) = match self.to_its_end(&errand).await {
            Outcome::Done(message) => (message, None),
            Outcome::Given(why) => (None, Some(why)),
            Outcome::Over => return,
        };
        crate::crash::point!("outbox-before-tick");
        let now_ms = self.now().as_millisecond();
        self.ticks
            .done(errand.entry.id, now_ms, message, failure)
            .await;
        crate::crash::point!("outbox-after-tick");
    }

    async fn to_its_end(&self, errand: &Errand) -> Outcome {
        let entry = &errand.entry;
        let mut backoff = Rest::backoff();
        let mut said = false;
        loop {
            match self.attempt(errand).await {
                Ok(outcome) => return outcome,
                Err(Trouble::Final(error)) => return self.ended_by(entry, error).await,
                Err(Trouble::PutOff) => {}
                Err(Trouble::Failed(why)) => {
                    if !said {
                        warn!(effect.key = entry.key, channel.id = %entry.channel, why, "sending is put off");
                        said = true;
                    }
                    tokio::time::sleep(backoff.after_failure()).await;
                }
            }
        }
    }

    /// What a final refusal makes of an effect; says it where it is news.
    async fn ended_by(&self, entry: &Entry, error: RestError) -> Outcome {
        match &error {
            RestError::Unauthorized => {
                if !self.dead.send_replace(true) {
                    error!("{error}");
                }
                // The outbox ends now; its channel must not go on before.
                std::future::pending().await
            }
            RestError::Denied { code, .. } => {
                let takes_away =
                    matches!(entry.effect, Effect::Unsay { .. } | Effect::Unreact { .. });
                if *code == UNKNOWN_MESSAGE && takes_away {
                    return Outcome::Done(None);
                }
                if let Effect::Rewrite { key, .. } = &entry.effect
                    && [UNKNOWN_CHANNEL, UNKNOWN_MESSAGE].contains(code)
                {
                    return self.given_up(entry, key).await;
                }
                let is_news = self.refusals.is_news(entry, *code);
                if is_news && matches!(entry.effect, Effect::Tag { .. }) {
                    warn!(channel.id = %entry.channel, why = %error, "a forum's post was not tagged; for the forum, under Edit Channel › Permissions, allow to Beadle: Manage Threads. Not said again for this server");
                } else if is_news {
                    warn!(channel.id = %entry.channel, effect.key = entry.key, why = %error, "not done; the like of it in this channel is not said again");
                }
            }
            // A course names its sign once, and every question would tell of it again.
            RestError::Refused {
                code: code @ UNKNOWN_EMOJI,
                ..
            } if !self.refusals.is_news(entry, *code) => {}
            RestError::Refused { .. }
            | RestError::Unreachable(_)
            | RestError::TooLarge(_)
            | RestError::NoFile(_) => {
                error!(channel.id = %entry.channel, effect.key = entry.key, why = %error, "not done");
            }
        }
        Outcome::Given(error.to_string())
    }

    /// The message that was to be edited is gone: somebody deleted it, which is their right and no
    /// trouble.
    async fn given_up(&self, entry: &Entry, key: &str) -> Outcome {
        debug!(effect.key = entry.key, channel.id = %entry.channel, "what was to be edited is gone");
        if let Err(error) = self.app.is_gone(key).await {
            // The next edit finds out once more.
            warn!(effect.key = entry.key, error = %error, "that a message is gone could not be noted");
        }
        Outcome::Given("its message is gone".to_owned())
    }

    /// Makes at most one request that changes something.
    async fn attempt(&self, errand: &Errand) -> Result<Outcome, Trouble> {
        let entry = &errand.entry;
        if errand.is_doubtful && !self.is_waiting(entry).await? {
            return Ok(Outcome::Over);
        }
        crate::crash::point!("outbox-before-request");
        match &entry.effect {
            Effect::Say {
                reply_to,
                message,
                lasting,
            } => {
                let sought = Sought {
                    entry,
                    message,
                    reply_to: *reply_to,
                };
                self.post(&sought, *lasting).await
            }
            Effect::Relay {
                reply_to,
                message,
                said,
            } => {
                let sought = Sought {
                    entry,
                    message,
                    reply_to: *reply_to,
                };
                let posted = self.post(&sought, true).await?;
                let Outcome::Done(Some(message)) = posted else {
                    return Ok(posted);
                };
                let said = said.clone();
                Ok(self
                    .told(
                        Event::Relayed { message, said },
                        Outcome::Done(Some(message)),
                    )
                    .await)
            }
            Effect::Tag {
                server,
                post,
                solved,
            } => self.tag(entry, *server, *post, *solved).await,
            Effect::Rewrite { key, message } => {
                let patch = |route| render::edit(message).into_call(route, Call::patch);
                self.change(entry, key, patch).await
            }
            Effect::Unsay { key } => self.change(entry, key, Call::delete).await,
            Effect::React { message, emoji } => {
                let emoji = render::reaction(emoji);
                self.react(entry, *message, &emoji, Call::put).await
            }
            Effect::Unreact { message, emoji } => {
                let emoji = render::reaction(emoji);
                self.react(entry, *message, &emoji, Call::delete).await
            }
        }
    }

    /// Posts a message. One that lasts is looked for first when Discord may have forgotten its nonce.
    async fn post(&self, sought: &Sought<'_>, lasting: bool) -> Result<Outcome, Trouble> {
        let entry = sought.entry;
        let route = Route::ChannelMessages {
            channel_id: channel_id(entry.channel),
        };
        let body = render::post(entry.channel, sought.message, sought.reply_to, &entry.nonce);
        let call = body.into_call(route, Call::post);
        let mut looked_for = false;
        let answer = loop {
            let Some(turn) = self.turn(entry, &call).await else {
                return Ok(too_late());
            };
            // Only now: the wait for the turn may have outlasted the nonce.
            if !lasting || looked_for || self.knows_nonce_of(entry) {
                break self.rest.once(&call).await?;
            }
            drop(turn);
            if let Some(found) = self.find(sought).await? {
                return Ok(Outcome::Done(Some(found)));
            }
            looked_for = true;
        };
        if lasting {
            crate::crash::point!("outbox-before-tick-of-digest");
        }
        let posted: Posted = serde_json::from_slice(&answer)
            .map_err(|error| Trouble::Failed(format!("an answer that cannot be read: {error}")))?;
        self.refusals.are_over(entry);
        debug!(effect.key = entry.key, channel.id = %entry.channel, message.id = %posted.id, "posted");
        Ok(Outcome::Done(Some(posted.id)))
    }

    /// Changes the message that the effect with that key made, if it made one.
    async fn change(
        &self,
        entry: &Entry,
        key: &str,
        call: impl FnOnce(Route<'static>) -> Call<'static>,
    ) -> Result<Outcome, Trouble> {
        let mut tx = self.app.store().read().await?;
        let target = outbox::message_made_by(&mut tx, key).await?;
        drop(tx);
        let Some(target) = target else {
            return Ok(Outcome::Done(None));
        };
        let route = Route::ChannelMessage {
            channel_id: channel_id(entry.channel),
            message_id: DiscordMessage::new(target.get()),
        };
        self.request(entry, &call(route)).await
    }

    /// Puts Beadle's reaction on a message, or takes it off; `emoji` as Discord's routes take it.
    async fn react<'a>(
        &self,
        entry: &Entry,
        message: MessageId,
        emoji: &'a str,
        call: impl FnOnce(Route<'a>) -> Call<'a>,
    ) -> Result<Outcome, Trouble> {
        let route = Route::ChannelMessageReactionMe {
            channel_id: channel_id(entry.channel),
            message_id: DiscordMessage::new(message.get()),
            reaction: emoji,
        };
        self.request(entry, &call(route)).await
    }

    /// Makes a request that may be repeated without harm.
    pub(super) async fn request(&self, entry: &Entry, call: &Call<'_>) -> Result<Outcome, Trouble> {
        let Some(_turn) = self.turn(entry, call).await else {
            return Ok(too_late());
        };
        self.rest.once(call).await?;
        self.refusals.are_over(entry);
        Ok(Outcome::Done(None))
    }

    /// Waits until Discord takes such a request and there is room for one more. `None`: the effect
    /// is of no use any more.
    async fn turn(&self, entry: &Entry, call: &Call<'_>) -> Option<SemaphorePermit<'_>> {
        let turn = async {
            loop {
                self.rest.opened(call).await;
                let turn = self.turns.acquire().await;
                if self.rest.is_open(call) {
                    // It is never closed.
                    return turn.ok();
                }
            }
        };
        tokio::select! {
            biased;
            () = self.expiry(entry) => None,
            turn = turn => turn,
        }
    }

    async fn expiry(&self, entry: &Entry) {
        let at = entry.expires_at_ms.map(Timestamp::from_millisecond);
        match at {
            Some(Ok(at)) => self.app.clock().sleep_until(at).await,
            Some(Err(_)) | None => std::future::pending().await,
        }
    }

    /// Whether Discord surely knows the nonce of an effect, if it was ever tried. A clock that has
    /// jumped back since proves nothing.
    fn knows_nonce_of(&self, entry: &Entry) -> bool {
        let age_ms = self.now().as_millisecond() - entry.created_at_ms;
        (0..NONCE_KNOWN_FOR.as_millis() as i64).contains(&age_ms)
    }

    /// Finds the message that an effect has made already. A message that another effect made is not
    /// it, though it may say the same.
    async fn find(&self, sought: &Sought<'_>) -> Result<Option<MessageId>, Trouble> {
        let candidates = read_back::candidates(&self.rest, self.app.me(), sought).await?;
        let mut tx = self.app.store().read().await?;
        for message in candidates {
            if !outbox::is_made_by_an_effect(&mut tx, message).await? {
                let entry = sought.entry;
                info!(effect.key = entry.key, channel.id = %entry.channel, message.id = %message, "it was posted before");
                return Ok(Some(message));
            }
        }
        Ok(None)
    }

    async fn is_waiting(&self, entry: &Entry) -> Result<bool, StoreError> {
        let mut tx = self.app.store().read().await?;
        outbox::is_waiting(&mut tx, entry.id).await
    }

    pub(super) fn now(&self) -> Timestamp {
        self.app.clock().now()
    }
}

/// What the answer to a post is read for.
#[derive(serde::Deserialize)]
struct Posted {
    id: MessageId,
}

fn too_late() -> Outcome {
    Outcome::Given("of no use any more".to_owned())
}
