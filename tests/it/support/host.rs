//! A host that runs the program against a Discord on loopback.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use beadle::discord::invite::PERMISSIONS;
use sandbox::{RecordedRequest, Sandbox};

use crate::cli::{COURSE, Ran, course_folder, program};

/// A Discord with one server, and the folder of a host that serves a course there.
pub struct Host {
    pub discord: Sandbox,
    pub bot: sandbox::Bot,
    pub channel: sandbox::Channel,
    pub everyone: sandbox::Role,
    pub student: sandbox::Person,
    pub folder: tempfile::TempDir,
}

impl Host {
    /// Everything is in order.
    pub async fn ready() -> Self {
        let discord = Sandbox::builder()
            .start()
            .await
            .expect("the sandbox starts");
        let bot = discord.bot("Beadle");
        let server = discord.server("Bees");
        let channel = server.text_channel("dances");
        server.invite(&bot, PERMISSIONS);
        let folder = course_folder();
        let course = COURSE
            .replace("1200000000000000001", &server.id().to_string())
            .replace("1200000000000000101", &channel.id().to_string());
        std::fs::write(folder.path().join("config/courses/bees.toml"), course).expect("written");
        Self {
            discord,
            bot,
            channel,
            everyone: server.everyone(),
            student: server.member("maya", &[]),
            folder,
        }
    }

    /// A command of Beadle's, to be started.
    pub fn beadle(&self, command: &str, token: &str) -> Command {
        let mut program = program(&self.folder, &[command]);
        program
            .env("BEADLE_DISCORD_API_URL", self.discord.url())
            .env("DISCORD_TOKEN", token);
        program
    }

    /// What a command of Beadle's left behind.
    pub async fn ran(&self, command: &str, token: &str) -> Ran {
        let mut program = self.beadle(command, token);
        let ended = tokio::task::spawn_blocking(move || program.output());
        ended.await.expect("no panic").expect("it ends").into()
    }

    /// Starts `beadle run`.
    pub fn start(&self) -> Bot {
        Bot::started(self.beadle("run", &self.bot.token()))
    }

    /// Starts `beadle run` and waits until it hears what is said: it reads the server's channels once
    /// it is listening.
    pub async fn connected(&self) -> Bot {
        let bot = self.start();
        self.discord.wait_connected(&self.bot).await;
        let reads = |asked: &RecordedRequest| asked.request.route == "/guilds/{guild_id}/channels";
        self.discord.wait_for_request(reads).await;
        bot
    }
}

/// How long `beadle run` may take to say something, or to end.
const PATIENCE: Duration = Duration::from_secs(30);

/// `beadle run` as a process of its own.
pub struct Bot {
    child: Child,
    /// The lines of its log, as they come.
    log: Receiver<String>,
    /// Those that were read.
    said: String,
}

impl Bot {
    /// Starts a command.
    pub fn started(mut command: Command) -> Self {
        let mut child = command.spawn().expect("it starts");
        let stderr = BufReader::new(child.stderr.take().expect("piped"));
        let (tell, log) = channel();
        std::thread::spawn(move || {
            for line in stderr.lines() {
                // The test may be over.
                let _ = tell.send(line.expect("text"));
            }
        });
        Self {
            child,
            log,
            said: String::new(),
        }
    }

    /// Sends it a signal, such as `TERM`.
    pub fn signal(&self, signal: &str) {
        let told = Command::new("kill")
            .args([&format!("-{signal}"), &self.child.id().to_string()])
            .status();
        assert!(told.expect("kill runs").success());
    }

    /// Waits until it logs that.
    pub fn says(&mut self, words: &str) {
        while self.hears_a_line() {
            if self
                .said
                .lines()
                .last()
                .is_some_and(|last| last.contains(words))
            {
                return;
            }
        }
        panic!("it never said `{words}`:\n{}", self.said);
    }

    /// Waits for its end; the exit code and everything that it logged.
    pub async fn ended(mut self) -> (Option<i32>, String) {
        let ended = tokio::task::spawn_blocking(move || {
            while self.hears_a_line() {}
            let code = self.child.wait().expect("it ends").code();
            (code, std::mem::take(&mut self.said))
        });
        ended.await.expect("it ends in time")
    }

    /// Waits for the next line; `false` when no more will come.
    fn hears_a_line(&mut self) -> bool {
        match self.log.recv_timeout(PATIENCE) {
            Ok(line) => self.said.push_str(&(line + "\n")),
            Err(RecvTimeoutError::Disconnected) => return false,
            Err(RecvTimeoutError::Timeout) => panic!("it says nothing more:\n{}", self.said),
        }
        true
    }
}

impl Drop for Bot {
    fn drop(&mut self) {
        // It may have ended, as it should.
        let _ = self.child.kill();
    }
}
