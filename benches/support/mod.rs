//! A course on a Discord on loopback, and the real `beadle run` in front of it.

#![allow(dead_code, reason = "each bench and the tests use a part of it")]

#[path = "../../tests/it/support/machine.rs"]
mod machine;

use std::time::Duration;

use beadle::domain::ids::{ChannelId, MessageId};
use beadle::store::Store;
use beadle::store::cursors::cursor;
use sandbox::{Bot, Channel, Message, Person, Sandbox};
use tempfile::TempDir;
use tokio::time::sleep;

pub use machine::{Machine, Process};

/// Talk. The first line reads as a question that everybody asks alike, so that all but one of them are
/// folded together.
const TALK: &[&str] = &[
    "that went quickly, did it not",
    "I have seen it twice by now",
    "my notes on this are a mess, sorry",
    "the second half is the better one",
    "lol",
    "back in five",
];

/// Everybody and everything that a bench needs.
pub struct Course {
    pub discord: Sandbox,
    pub bot: Bot,
    pub machine: Machine,
    pub channels: Vec<Channel>,
    pub students: Vec<Person>,
    /// The bot's database, to look into.
    store: Store,
    _folder: TempDir,
}

impl Course {
    /// A course with so many channels, on a SQLite file.
    pub async fn with_channels(count: usize) -> Self {
        let builder = Sandbox::builder().patience(Duration::from_secs(600));
        let discord = builder.start().await.expect("the sandbox starts");
        let bot = discord.bot("Beadle");
        let server = discord.server("Flood");
        let staff = server.role("TA", 0);
        let channels: Vec<Channel> = (0..count)
            .map(|n| server.text_channel(&format!("lecture-{n}")))
            .collect();
        server.invite(&bot, beadle::discord::invite::PERMISSIONS);
        let folder = tempfile::tempdir().expect("a temporary folder");
        let database = format!("sqlite://{}", folder.path().join("beadle.db").display());
        let machine = Machine::new(&discord, &bot, &database);
        let watch: Vec<String> = channels.iter().map(|c| format!("\"{}\"", c.id())).collect();
        let text = format!(
            "[course]\nslug = \"flood\"\nname = \"Flood\"\nserver = \"{}\"\ntimezone = \"UTC\"\n\
             staff_roles = [\"{}\"]\nwatch = [{}]\n[lookup]\nrepeat_s = 0\nper_user = 0\n\
             [[lecture]]\nslug = \"1\"\ntitle = \"Waves\"\ndate = 2025-01-06\nduration = \"1:00:00\"\n",
            server.id(),
            staff.id(),
            watch.join(", "),
        );
        machine.put_course("flood", &text);
        machine.put_settings("[catch_up]\nmax_messages = 1000000\n[log]\nlevel = \"warn\"\n");
        let name = |n: usize| server.member(&format!("student {n}"), &[]);
        Self {
            students: (0..50).map(name).collect(),
            discord,
            bot,
            machine,
            channels,
            store: Store::open(&database).await.expect("a database"),
            _folder: folder,
        }
    }

    /// Starts the bot and waits until it hears what is said.
    pub async fn start(&self) -> Process {
        let process = self.machine.start("");
        self.discord.wait_connected(&self.bot).await;
        for channel in &self.channels {
            // What is said before a channel is first watched stays unread.
            while self.read_up_to(channel).await.is_none() {
                sleep(Duration::from_millis(5)).await;
            }
        }
        process
    }

    /// Has the class say its `n`th message: one in a hundred asks something of its own.
    pub async fn says(&self, n: usize) -> Message {
        let student = &self.students[n % self.students.len()];
        let channel = &self.channels[n % self.channels.len()];
        if n % 100 == 99 {
            let text = format!(
                "why does wave{n} need crest{n} to break before shore{n}, when sand{n} is softer?"
            );
            student.says(channel, &text).await
        } else {
            student.says(channel, TALK[n % TALK.len()]).await
        }
    }

    /// Waits until everything that has been said in every channel is dealt with durably.
    pub async fn is_dealt_with(&self) {
        for channel in &self.channels {
            let newest = channel.messages().last().map_or(0, |message| message.id);
            while self.read_up_to(channel).await < Some(newest) {
                sleep(Duration::from_millis(20)).await;
            }
        }
    }

    async fn read_up_to(&self, channel: &Channel) -> Option<u64> {
        let mut tx = self.store.read().await.expect("a transaction");
        let found = cursor(&mut tx, ChannelId::new(channel.id())).await;
        let found = found.expect("a cursor");
        found.map(|cursor| MessageId::get(cursor.message))
    }
}

/// Whether the figures are wanted (`cargo bench`), or only that the program runs (`cargo test`).
pub fn is_bench() -> bool {
    std::env::args().any(|argument| argument == "--bench")
}

/// The peak of a process's memory in RAM so far, in MB of 10⁶ bytes; `None` on systems that do not tell.
pub fn peak_memory_mb(process: &Process) -> Option<f64> {
    memory_mb(process, "VmHWM:")
}

/// A process's memory in RAM now, in MB of 10⁶ bytes; `None` on systems that do not tell.
pub fn present_memory_mb(process: &Process) -> Option<f64> {
    memory_mb(process, "VmRSS:")
}

/// A line of what Linux tells of a process, see proc_pid_status(5).
fn memory_mb(process: &Process, name: &str) -> Option<f64> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", process.id())).ok()?;
    let line = status.lines().find(|line| line.starts_with(name))?;
    let kib: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kib * 1.024 / 1_000.0)
}

/// A size for a table.
pub fn in_mb(mb: Option<f64>) -> String {
    mb.map_or("?".to_owned(), |mb| format!("{mb:.1} MB"))
}
