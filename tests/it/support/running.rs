//! The very same bot that a host runs, inside the test's process.

use std::sync::Arc;

use beadle::app::courses::CourseSource;
use beadle::clock::ManualClock;
use beadle::config::{Environment, Settings};
use beadle::discord::bot::{self, BotError, Start};
use beadle::store::Store;
use sandbox::Bot;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::{oneshot, watch};
use tokio::task::JoinHandle;

/// A bot in a runtime of its own, which can be ended with everything in it.
pub struct Running {
    runtime: Runtime,
    stop: oneshot::Sender<()>,
    task: JoinHandle<Result<(), BotError>>,
    caught_up: watch::Receiver<Option<u64>>,
}

impl Running {
    /// Starts a bot whose requests go to `root`, on the database at `url`; `more` are settings, as
    /// the file has them.
    pub fn launch(
        root: &str,
        bot: &Bot,
        url: &str,
        clock: &ManualClock,
        courses: Vec<CourseSource>,
        more: &str,
    ) -> Self {
        let settings = Settings::parse(more, "beadle.toml", &Environment::default());
        let mut settings = settings.expect("right settings");
        settings.discord.api_url = Some(root.to_owned());
        let (token, url, clock) = (bot.token().into(), url.to_owned(), Arc::new(clock.clone()));
        let told = watch::Sender::new(None);
        let caught_up = told.subscribe();
        let (stop, stopped) = oneshot::channel();
        let runtime = Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build();
        let runtime = runtime.expect("a runtime");
        let task = runtime.spawn(async move {
            let store = Store::open(&url).await.expect("a database");
            let start = Start {
                settings,
                token,
                store,
                courses,
                clock,
                caught_up: told,
            };
            bot::run(start, async {
                let _ = stopped.await;
            })
            .await
        });
        Self {
            runtime,
            stop,
            task,
            caught_up,
        }
    }

    /// Waits until nothing that is said from now on is missed.
    pub async fn caught_up(&mut self) {
        let _ = self.caught_up.wait_for(Option::is_some).await;
    }

    /// Stops it as SIGTERM does.
    pub async fn stop(self) {
        let _ = self.stop.send(());
        self.task.await.expect("no panic").expect("it ends well");
        self.runtime.shutdown_background();
    }

    /// Ends it at once, as SIGKILL does.
    pub fn kill(self) {
        self.runtime.shutdown_background();
    }
}
