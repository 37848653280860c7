//! The running bot: what it is started with, how it begins, why it ends.

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use jiff::SignedDuration;
use secrecy::SecretString;
use serenity::http::Route;
use tokio::sync::watch;
use tracing::{info, warn};

use super::gateway::{self, GatewayRefusal};
use super::parts::{Outside, Parts};
use super::rest::{Call, Rest, RestError};
use super::{check, interactions};
use crate::app::App;
use crate::app::courses::{CourseSource, Courses, Reach};
use crate::clock::Clock;
use crate::config::{Settings, ShardRange};
use crate::domain::ids::UserId;
use crate::store::{Store, StoreError};

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
    /// One of the bot's own tasks is gone, without which it would only seem to work.
    #[error("{part} ended by itself ({how}); this is a fault of Beadle's, please report it")]
    Part {
        /// Which.
        part: &'static str,
        /// How it ended.
        how: String,
    },
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

/// Runs the bot until `stop` ends, then finishes what is in hand. While it is still beginning, it
/// ends with `stop` at once.
///
/// # Errors
/// When Discord lets Beadle in no more, the database fails at the start, or a part of the bot fails.
pub async fn run(start: Start, stop: impl Future<Output = ()>) -> Result<(), BotError> {
    let mut stop = pin!(stop);
    let mut parts = tokio::select! {
        biased;
        () = &mut stop => return Ok(()),
        begun = begin(start) => begun?,
    };
    let ended = tokio::select! {
        why = parts.ended() => Err(why),
        () = stop => Ok(()),
    };
    info!("stopping");
    parts.finish().await;
    ended
}

/// Asks Discord, and again for as long as it does not answer: the network may be down for a night.
async fn once_it_answers<T, F>(ask: impl Fn() -> F) -> Result<T, RestError>
where
    F: Future<Output = Result<T, RestError>>,
{
    const LONGEST_WAIT: Duration = Duration::from_secs(60);
    let mut wait = Duration::from_secs(1);
    loop {
        match ask().await {
            Err(error @ RestError::Unreachable(_)) => {
                warn!(error = %error, wait_s = wait.as_secs(), "the start waits for Discord; is the network up?");
                tokio::time::sleep(wait).await;
                wait = (wait * 2).min(LONGEST_WAIT);
            }
            answer => return answer,
        }
    }
}

/// Everything up to the live stream.
async fn begin(start: Start) -> Result<Parts, BotError> {
    let Start {
        settings,
        token,
        store,
        courses,
        clock,
        caught_up,
    } = start;
    let rest = Rest::new(&token, settings.discord.rest_root())?;
    let me = once_it_answers(|| who_am_i(&rest)).await?;
    let application = once_it_answers(|| check::application(&rest)).await?;
    once_it_answers(|| interactions::register(&rest, application.id)).await?;
    let entrance = || gateway::entrance(&rest, settings.discord.shards, clock.as_ref());
    let entrance = once_it_answers(entrance).await?;
    let courses = served_on(entrance.shards, courses);
    let mut tx = store.begin().await?;
    let shards = entrance.shards;
    let reach = Reach::of(move |server| shards.serves(server));
    let courses = Courses::open_within(&mut tx, courses, reach, clock.now()).await?;
    tx.commit().await?;
    say_what_is_served(&courses);
    let late_limit = SignedDuration::from_hours(i64::from(settings.digest.late_hours));
    let hears_words = application.may_read_messages();
    if !hears_words {
        warn!("{}; {}", check::INTENT_MISSING, check::WITHOUT_IT);
    }
    let app = App::new(store, clock, courses, me)
        .with_late_limit(late_limit)
        .hearing_words(hears_words);
    let app = Arc::new(app);
    app.tidy().await?;
    let outside = Outside {
        token,
        rest,
        entrance,
        hears_words,
        caught_up,
    };
    Parts::spawn(app, &settings, outside).await
}

/// The courses whose servers lie on these shards. The others are said, and left to whoever opens
/// theirs.
fn served_on(shards: ShardRange, courses: Vec<CourseSource>) -> Vec<CourseSource> {
    let (served, others): (Vec<_>, Vec<_>) = courses
        .into_iter()
        .partition(|source| shards.serves(source.course.server));
    for source in &others {
        let server = source.course.server;
        info!(
            course = source.course.slug.as_str(), server.id = %server, shard.id = shards.shard_of(server),
            shards = %shards, "the course is left to the Beadle that opens its shard"
        );
    }
    served
}

fn say_what_is_served(courses: &Courses) {
    for slug in courses.overruled() {
        warn!(
            course = slug.as_str(),
            "the course stands in a file and was set up in Discord as well; the file decides"
        );
    }
    if courses.iter().next().is_none() {
        info!(
            "there is no course yet: set one up in Discord with /course setup, or add a file to the folder of courses"
        );
    }
}
