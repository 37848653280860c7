//! The running bot: the queue, the pump, the outbox, catch-up, the scheduler and the gateway, and
//! how they stop.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use jiff::SignedDuration;
use secrecy::SecretString;
use serenity::http::Route;
use tokio::sync::{mpsc, watch};
use tracing::{info, warn};

use super::catch_up::{Bounds, CatchUp};
use super::directory::Directory;
use super::gateway::{self, Ears, GatewayRefusal};
use super::outbox::Outbox;
use super::queue::{self, Queue};
use super::rest::{Call, Rest, RestError};
use super::scheduler;
use crate::app::App;
use crate::app::courses::{CourseSource, Courses};
use crate::clock::Clock;
use crate::config::Settings;
use crate::domain::ids::UserId;
use crate::store::{Store, StoreError};

/// How long what is in hand may take to finish when Beadle is told to stop.
const FAREWELL: Duration = Duration::from_secs(10);

/// Everything that the bot is started with.
pub struct Start {
    /// The host's settings.
    pub settings: Settings,
    /// The bot's token.
    pub token: SecretString,
    /// The open database.
    pub store: Store,
    /// The courses to serve.
    pub courses: Vec<CourseSource>,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// Told whenever the history of every channel has been caught up: how often the live stream had
    /// broken off by then. From the first time on, nothing that is said is missed.
    pub caught_up: watch::Sender<Option<u64>>,
}

/// Why the bot ended by itself.
#[derive(Debug, thiserror::Error)]
pub enum BotError {
    /// Discord does not let Beadle in.
    #[error(transparent)]
    Gateway(#[from] GatewayRefusal),
    /// Discord refused a request without which Beadle cannot start.
    #[error(transparent)]
    Rest(#[from] RestError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Who Beadle is on Discord.
///
/// # Errors
/// When Discord refuses the token or does not answer.
pub async fn who_am_i(rest: &Rest) -> Result<UserId, RestError> {
    #[derive(serde::Deserialize)]
    struct Me {
        id: UserId,
    }
    let me: Me = rest.fetch(Call::get(Route::UserMe)).await?;
    Ok(me.id)
}

/// Runs the bot until `stop` ends, then finishes what is in hand.
///
/// # Errors
/// When Discord lets Beadle in no more, or the database fails at the start.
pub async fn run(start: Start, stop: impl Future<Output = ()>) -> Result<(), BotError> {
    let Start {
        settings,
        token,
        store,
        courses,
        clock,
        caught_up,
    } = start;
    let root = settings.discord.rest_root().map(str::to_owned);
    let rest = Rest::new(&token, root.as_deref())?;
    let me = who_am_i(&rest).await?;
    let mut tx = store.begin().await?;
    let courses = Courses::open(&mut tx, courses, clock.now()).await?;
    tx.commit().await?;
    let late_limit = SignedDuration::from_hours(i64::from(settings.digest.late_hours));
    let app = Arc::new(App::new(store, clock, courses, me).with_late_limit(late_limit));
    app.tidy().await?;
    let parts = Parts::spawn(app, rest, &settings, caught_up).await?;
    let ended = tokio::select! {
        refusal = parts.gateway(&token, root.as_deref()) => Err(BotError::Gateway(refusal)),
        () = parts.died() => Err(BotError::Rest(RestError::Unauthorized)),
        () = stop => Ok(()),
    };
    info!("stopping");
    parts.finish().await;
    ended
}

/// The bot's tasks and the ways to reach them.
struct Parts {
    app: Arc<App>,
    queue: Queue,
    directory: Directory,
    dead: watch::Sender<bool>,
    stop_taking: watch::Sender<bool>,
    stop_sending: watch::Sender<bool>,
    helpers: Vec<tokio::task::JoinHandle<()>>,
    pump: tokio::task::JoinHandle<()>,
    outbox: tokio::task::JoinHandle<()>,
}

impl Parts {
    async fn spawn(
        app: Arc<App>,
        rest: Rest,
        settings: &Settings,
        done: watch::Sender<Option<u64>>,
    ) -> Result<Self, BotError> {
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
        let outbox = Outbox::new(app.clone(), rest.clone(), dead.clone());
        let outbox = tokio::spawn(outbox.run(effects, sending));
        let pump = tokio::spawn(queue::pump(app.clone(), queue.clone(), from, out, taking));
        let (digests, caught_up) = (rest.clone(), done.subscribe());
        let catch_up = Arc::new(CatchUp {
            app: app.clone(),
            rest,
            directory: directory.clone(),
            queue: queue.clone(),
            bounds: Bounds {
                max_days: settings.catch_up.max_days,
                max_messages: settings.catch_up.max_messages,
            },
            done,
            dead: dead.clone(),
        });
        let helpers = vec![
            tokio::spawn(catch_up.run()),
            tokio::spawn(scheduler::run(
                app.clone(),
                digests,
                queue.clone(),
                caught_up,
            )),
            tokio::spawn(tidy_daily(app.clone())),
        ];
        Ok(Self {
            app,
            queue,
            directory,
            dead,
            stop_taking,
            stop_sending,
            helpers,
            pump,
            outbox,
        })
    }

    /// Runs the gateway; ends only when Discord lets Beadle in no more.
    async fn gateway(&self, token: &SecretString, root: Option<&str>) -> GatewayRefusal {
        let ears = Ears::new(self.app.clone(), self.queue.clone(), self.directory.clone());
        let mut client = match gateway::client(token, root, ears).await {
            Ok(client) => client,
            Err(refusal) => return refusal,
        };
        match client.start().await {
            Ok(()) => GatewayRefusal::Other("its shards were shut down".to_owned()),
            Err(error) => gateway::refusal(&error),
        }
    }

    async fn died(&self) {
        // The sender lives in `self`.
        let _ = self.dead.subscribe().wait_for(|dead| *dead).await;
    }

    /// Takes nothing more, deals with what was taken, sends what was decided.
    async fn finish(self) {
        let deadline = tokio::time::Instant::now() + FAREWELL;
        for helper in &self.helpers {
            helper.abort();
        }
        self.stop_taking.send_replace(true);
        if tokio::time::timeout_at(deadline, self.pump).await.is_err() {
            warn!("what was taken could not all be dealt with; the next start reads it again");
        }
        if tokio::time::timeout_at(deadline, self.outbox)
            .await
            .is_err()
        {
            self.stop_sending.send_replace(true);
            warn!("what was decided could not all be sent; the next start sends the rest");
        }
        self.app.store().close().await;
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
