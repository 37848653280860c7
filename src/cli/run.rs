//! `beadle run`: the bot itself.

use std::path::{Path, PathBuf};
use std::pin::pin;
use std::sync::Arc;

use secrecy::SecretString;
use tokio::sync::{oneshot, watch};

use super::courses::sources_of;
use super::failure::Failure;
use super::logs;
use crate::app::courses::CourseSource;
use crate::clock::SystemClock;
use crate::config::{Environment, Settings, discord_token, load_courses};
use crate::discord::bot::{self, Start};
use crate::store::Store;

/// Where settings and courses come from.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Files {
    /// The settings [default: $BEADLE_CONFIG, else config/beadle.toml if it is there]
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// The folder of course files [default: `courses.dir` of the settings]
    #[arg(long, value_name = "DIR")]
    pub courses: Option<PathBuf>,
}

/// `beadle run`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
The bot's token comes from DISCORD_TOKEN, from the file that DISCORD_TOKEN_FILE names, or from
systemd's credentials (discord_token). `beadle check` finds out beforehand what is missing.

Examples:
  DISCORD_TOKEN_FILE=/etc/beadle/token beadle run
  beadle run --config /etc/beadle/beadle.toml --courses /etc/beadle/courses")]
pub struct Arguments {
    /// Where settings and courses come from.
    #[command(flatten)]
    pub files: Files,
}

impl Files {
    /// The settings, overruled by the environment and by these files.
    pub fn settings(&self, env: &Environment) -> Result<Settings, Failure> {
        let mut settings = Settings::load(self.config.as_deref(), env)?;
        if let Some(dir) = &self.courses {
            settings.courses.dir.clone_from(dir);
        }
        Ok(settings)
    }
}

/// The courses of a folder with their topic tables.
pub fn courses_in(dir: &Path) -> Result<Vec<CourseSource>, Failure> {
    let files = load_courses(dir).map_err(|problems| Failure::problems(&problems))?;
    sources_of(files).map_err(|problems| Failure::problems(&problems))
}

/// Runs the bot until SIGTERM or SIGINT; a second one ends it at once.
pub async fn run(arguments: Arguments) -> Result<(), Failure> {
    let env = Environment::of_process();
    let settings = arguments.files.settings(&env)?;
    logs::start(&settings.log);
    let token = discord_token(&env)?;
    let courses = courses_in(&settings.courses.dir)?;
    let mut signals = Signals::listen()?;
    let (tell, told) = oneshot::channel();
    let told_twice = async {
        signals.next().await;
        // The bot may have ended by itself.
        let _ = tell.send(());
        signals.next().await;
    };
    let stop = async {
        // The sender lives as long as the bot.
        let _ = told.await;
    };
    tokio::select! {
        ended = serve(settings, token, courses, stop) => ended,
        () = told_twice => {
            tracing::warn!("told to stop once more: ending at once; the next start finds what is left");
            Ok(())
        }
    }
}

/// Opens the database and runs the bot until `stop` ends.
async fn serve(
    settings: Settings,
    token: SecretString,
    courses: Vec<CourseSource>,
    stop: impl Future<Output = ()>,
) -> Result<(), Failure> {
    let mut stop = pin!(stop);
    let store = tokio::select! {
        biased;
        () = &mut stop => return Ok(()),
        store = Store::open(settings.database.url.as_str()) => store?,
    };
    let start = Start {
        settings,
        token,
        store,
        courses,
        clock: Arc::new(SystemClock),
        caught_up: watch::Sender::new(None),
    };
    Ok(bot::run(start, stop).await?)
}

/// What tells this process to stop. Listening begins at once, so that a signal during the start is
/// not lost.
#[cfg(unix)]
struct Signals {
    terminate: tokio::signal::unix::Signal,
    interrupt: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn listen() -> Result<Self, Failure> {
        use tokio::signal::unix::{SignalKind, signal};
        let deaf = |error| Failure::input(format!("cannot listen for signals: {error}"));
        Ok(Self {
            terminate: signal(SignalKind::terminate()).map_err(deaf)?,
            interrupt: signal(SignalKind::interrupt()).map_err(deaf)?,
        })
    }

    /// Ends with the next signal.
    async fn next(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => (),
            _ = self.interrupt.recv() => (),
        }
    }
}

/// What tells this process to stop.
#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    fn listen() -> Result<Self, Failure> {
        Ok(Self)
    }

    async fn next(&mut self) {
        let _ = tokio::signal::ctrl_c().await;
    }
}
