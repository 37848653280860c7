//! The tasks of a running bot: how they are put together, watched, and brought to an end.

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::select_all;
use jiff::SignedDuration;
use secrecy::SecretString;
use tokio::sync::{mpsc, watch};
use tokio::task::{JoinError, JoinHandle};
use tokio::time::{Instant, timeout, timeout_at};
use tracing::warn;

use super::bot::BotError;
use super::catch_up::{Bounds, CatchUp};
use super::directory::Directory;
use super::gateway::{Ears, Entrance, Gateway};
use super::interactions::{self, Interactions};
use super::outbox::Outbox;
use super::queue::{self, Hands};
use super::reader::Reader;
use super::redraw;
use super::rest::{Rest, RestError};
use super::troubles::Troubles;
use super::{scheduler, watching};
use crate::app::App;
use crate::config::Settings;

/// How long what is in hand may take to finish when Beadle is told to stop. Together with
/// [`CLOSING`] it is ten seconds, after which whoever told it to may lose patience.
const FAREWELL: Duration = Duration::from_secs(9);
/// How long the database may take to close.
const CLOSING: Duration = Duration::from_secs(1);

/// The ways to Discord, and to whoever started the bot.
pub(super) struct Outside {
    pub token: SecretString,
    pub rest: Rest,
    pub entrance: Entrance,
    /// Whether Discord tells what people write.
    pub hears_words: bool,
    /// Told when history has been caught up.
    pub caught_up: watch::Sender<Option<u64>>,
}

/// The bot's tasks and the ways to reach them.
pub(super) struct Parts {
    app: Arc<App>,
    gateway: Gateway,
    /// Told when Discord refuses the token over REST.
    dead: watch::Sender<bool>,
    stop_taking: watch::Sender<bool>,
    stop_sending: watch::Sender<bool>,
    pump: Part,
    answering: Part,
    outbox: Part,
    helpers: Vec<Part>,
}

impl Parts {
    /// Starts every task, the live stream last.
    pub async fn spawn(
        app: Arc<App>,
        settings: &Settings,
        outside: Outside,
    ) -> Result<Self, BotError> {
        let Outside {
            token,
            rest,
            entrance,
            hears_words,
            caught_up: done,
        } = outside;
        let (queue, from) = queue::queue(settings.discord.queue as usize);
        let directory = Directory::default();
        let (dead, _) = watch::channel(false);
        let (stop_taking, taking) = watch::channel(false);
        let (stop_sending, sending) = watch::channel(false);
        let (out, effects) = mpsc::unbounded_channel();
        for entry in app.waiting().await? {
            // The receiver is still in hand.
            let _ = out.send(entry);
        }
        let outbox = Outbox::new(app.clone(), rest.clone(), queue.clone(), dead.clone());
        let outbox = Part::spawn("sending", outbox.run(effects, sending));
        let hands = Arc::new(Hands::new(app.clone(), out));
        let reader = Reader {
            app: app.clone(),
            rest: rest.clone(),
            directory: directory.clone(),
            queue: queue.clone(),
        };
        let troubles = Troubles::default();
        let answering = Interactions {
            hands: hands.clone(),
            rest,
            reader: reader.clone(),
            troubles: troubles.clone(),
        };
        let (counter, asked) = interactions::counter();
        let answering = answering.run(asked, taking.clone());
        let answering = Part::spawn("answering commands", answering);
        let pump = queue::pump(hands, queue.clone(), from, taking);
        let pump = Part::spawn("dealing with events", pump);
        let caught_up = done.subscribe();
        let bounds = Bounds {
            max_days: settings.catch_up.max_days,
            max_messages: settings.catch_up.max_messages,
        };
        let catch_up = CatchUp::new(reader.clone(), bounds, done, dead.clone(), troubles);
        let watching = watching::run(reader.clone());
        let scheduler = scheduler::run(reader, caught_up);
        let redraw = redraw::run(app.clone(), queue.clone());
        let helpers = vec![
            Part::spawn("catching up", catch_up.run()),
            Part::spawn("the digests' schedule", scheduler),
            Part::spawn("noticing what is watched", watching),
            Part::spawn("the digests' edits", redraw),
            Part::spawn("tidying", tidy_daily(app.clone())),
        ];
        let ears = Ears::new(app.clone(), queue, directory, counter);
        let root = settings.discord.rest_root();
        let gateway = Gateway::connect(token, root, entrance, hears_words, ears)?;
        Ok(Self {
            app,
            gateway,
            dead,
            stop_taking,
            stop_sending,
            pump,
            answering,
            outbox,
            helpers,
        })
    }

    /// Waits until the bot cannot go on, and says why.
    pub async fn ended(&mut self) -> BotError {
        let mut token_refused = self.dead.subscribe();
        // In this order: a refused token ends parts as well, and without the pump the others end.
        tokio::select! {
            biased;
            _ = token_refused.wait_for(|dead| *dead) => RestError::Unauthorized.into(),
            refusal = self.gateway.refused() => refusal.into(),
            ended = self.pump.ended() => ended,
            ended = self.answering.ended() => ended,
            ended = self.outbox.ended() => ended,
            ended = first_to_end(&mut self.helpers) => ended,
        }
    }

    /// Hears and takes nothing more, deals with what was taken, sends what was decided.
    pub async fn finish(mut self) {
        let deadline = Instant::now() + FAREWELL;
        drop(self.gateway);
        for helper in &self.helpers {
            helper.task.abort();
        }
        self.stop_taking.send_replace(true);
        if !self.pump.done_by(deadline).await {
            warn!("what was taken could not all be dealt with; the next start reads it again");
        }
        if !self.answering.done_by(deadline).await {
            warn!("not everybody could be answered");
        }
        if !self.outbox.done_by(deadline).await {
            self.stop_sending.send_replace(true);
            warn!("what was decided could not all be sent; the next start sends the rest");
        }
        if timeout(CLOSING, self.app.store().close()).await.is_err() {
            warn!("the database does not close; what it was told to keep is kept");
        }
    }
}

async fn tidy_daily(app: Arc<App>) {
    loop {
        let tomorrow = app.clock().now() + SignedDuration::from_hours(24);
        app.clock().sleep_until(tomorrow).await;
        if let Err(error) = app.tidy().await {
            warn!(error = %error, "tidying is put off to tomorrow");
        }
    }
}

/// A task that has to run as long as the bot does.
struct Part {
    name: &'static str,
    task: JoinHandle<()>,
}

impl Part {
    fn spawn(name: &'static str, work: impl Future<Output = ()> + Send + 'static) -> Self {
        let task = tokio::spawn(work);
        Self { name, task }
    }

    /// Waits until it has ended, which it should not.
    async fn ended(&mut self) -> BotError {
        let how = (&mut self.task).await;
        ended_by_itself(self.name, how)
    }

    /// Waits until it is done; at the deadline it is aborted. Whether it was done.
    async fn done_by(&mut self, deadline: Instant) -> bool {
        // A task whose end was seen already must not be asked again.
        let done = self.task.is_finished() || timeout_at(deadline, &mut self.task).await.is_ok();
        if !done {
            self.task.abort();
        }
        done
    }
}

/// Waits until one of several has ended, which none should.
async fn first_to_end(parts: &mut [Part]) -> BotError {
    let names: Vec<_> = parts.iter().map(|part| part.name).collect();
    let (how, which, _) = select_all(parts.iter_mut().map(|part| &mut part.task)).await;
    ended_by_itself(names[which], how)
}

fn ended_by_itself(part: &'static str, how: Result<(), JoinError>) -> BotError {
    let how = match how {
        Ok(()) => "without a word".to_owned(),
        Err(error) => error.to_string(),
    };
    BotError::Part { part, how }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is said of a part that ends like this.
    async fn said(work: impl Future<Output = ()> + Send + 'static) -> String {
        let mut others = [Part::spawn("waiting", std::future::pending())];
        let mut part = Part::spawn("counting", work);
        let ended = tokio::select! {
            ended = part.ended() => ended,
            ended = first_to_end(&mut others) => ended,
        };
        ended.to_string()
    }

    #[tokio::test]
    async fn a_part_that_panics_or_ends_by_itself_is_named() {
        let panicked = said(async { panic!("out of fingers") }).await;
        assert!(panicked.contains("counting"), "{panicked}");
        assert!(panicked.contains("panicked"), "{panicked}");
        let ended = said(async {}).await;
        assert!(ended.contains("counting ended by itself"), "{ended}");
    }

    #[tokio::test]
    async fn a_part_that_was_seen_to_end_is_done() {
        let mut parts = [Part::spawn("counting", async {})];
        first_to_end(&mut parts).await;
        assert!(parts[0].done_by(Instant::now()).await);
    }

    #[tokio::test]
    async fn a_part_that_is_not_done_by_the_deadline_is_aborted() {
        let mut part = Part::spawn("waiting", std::future::pending());
        assert!(!part.done_by(Instant::now()).await);
        assert!(part.task.await.is_err_and(|error| error.is_cancelled()));
    }
}
