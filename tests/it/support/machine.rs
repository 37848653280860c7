//! `beadle run` as a process of its own, which can be ended in every way that a process ends.

use std::fs::{self, OpenOptions};
use std::process::{Command, ExitStatus, Stdio};

use sandbox::{Bot, Sandbox};
use serde_json::Value;
use tempfile::TempDir;
use tokio::sync::watch;

/// The folder and the environment in which the program runs.
pub struct Machine {
    folder: TempDir,
    environment: Vec<(&'static str, String)>,
}

impl Machine {
    /// A machine for a bot on this Discord, with a database and without a course.
    pub fn new(discord: &Sandbox, bot: &Bot, database_url: &str) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        fs::create_dir_all(folder.path().join("courses")).expect("a folder");
        let environment = vec![
            ("BEADLE_DISCORD_API_URL", discord.url().to_owned()),
            ("BEADLE_DATABASE_URL", database_url.to_owned()),
            ("DISCORD_TOKEN", bot.token()),
        ];
        let machine = Self {
            folder,
            environment,
        };
        machine.put_settings("");
        machine
    }

    /// Writes a course's file, for the next start to read.
    pub fn put_course(&self, slug: &str, text: &str) {
        let path = self.folder.path().join(format!("courses/{slug}.toml"));
        fs::write(path, text).expect("a file");
    }

    fn program(&self, command: &str) -> Command {
        let mut program = Command::new(env!("CARGO_BIN_EXE_beadle"));
        program
            .args([command, "--config", "beadle.toml", "--courses", "courses"])
            .env_clear()
            .envs(self.environment.iter().map(|(name, value)| (name, value)))
            .current_dir(self.folder.path())
            .stdin(Stdio::null());
        program
    }

    /// Starts the bot. `failpoints` says where it is to end itself; see `beadle::crash`.
    pub fn start(&self, failpoints: &str) -> Process {
        let log = self.folder.path().join("beadle.log");
        let log = OpenOptions::new().create(true).append(true).open(log);
        let mut program = self.program("run");
        program
            .env("FAILPOINTS", failpoints)
            .stdout(Stdio::null())
            .stderr(log.expect("a log"));
        let mut child = program.spawn().expect("it starts");
        let (told, ended) = watch::channel(None);
        let pid = child.id();
        std::thread::spawn(move || told.send_replace(child.wait().ok()));
        Process { pid, ended }
    }

    /// Writes the settings, for the next start to read.
    pub fn put_settings(&self, text: &str) {
        fs::write(self.folder.path().join("beadle.toml"), text).expect("a file");
    }

    /// What `beadle questions --json` tells, a line each.
    pub async fn questions(&self) -> Vec<Value> {
        let mut program = self.program("questions");
        program.arg("--json");
        let output = tokio::task::spawn_blocking(move || program.output());
        let output = output.await.expect("no panic").expect("it ends");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "beadle questions: {said}");
        let lines = String::from_utf8(output.stdout).expect("text");
        let lines = lines.lines().map(serde_json::from_str);
        lines.map(|line| line.expect("JSON")).collect()
    }

    /// The end of what it logged, over all its starts.
    pub fn log(&self) -> String {
        const SHOWN: usize = 60;
        let log = fs::read_to_string(self.folder.path().join("beadle.log")).unwrap_or_default();
        let lines: Vec<&str> = log.lines().collect();
        lines[lines.len().saturating_sub(SHOWN)..].join("\n")
    }
}

/// A bot that runs, or did. Dropped, it is killed.
pub struct Process {
    pid: u32,
    ended: watch::Receiver<Option<ExitStatus>>,
}

impl Process {
    /// The number by which the system knows it.
    pub fn id(&self) -> u32 {
        self.pid
    }

    /// Waits until it has ended.
    pub async fn ended(&self) -> ExitStatus {
        let mut ended = self.ended.clone();
        let status = ended.wait_for(Option::is_some).await.expect("its end");
        status.expect("ended")
    }

    /// Ends it as a power cut does: nothing in it hears of it.
    pub async fn kill(&self) -> ExitStatus {
        self.signal("-KILL");
        self.ended().await
    }

    /// Tells it to stop and waits until it has.
    pub async fn stop(&self) -> ExitStatus {
        self.signal("-TERM");
        self.ended().await
    }

    fn signal(&self, signal: &str) {
        if self.ended.borrow().is_none() {
            // It may end by itself meanwhile, which `kill` complains of.
            let _ = Command::new("kill")
                .args([signal, &self.id().to_string()])
                .stderr(Stdio::null())
                .status();
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.signal("-KILL");
    }
}
