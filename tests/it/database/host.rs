//! The program as a process of its own in front of a class, so that the disk under it can be filled
//! and its log be read.

use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use beadle::discord::invite::PERMISSIONS;
use beadle::domain::ids::ChannelId;
use beadle::store::{Store, courses, cursors, questions};
use sandbox::{Bot, Channel, Message, Person, Sandbox, Server};
use tempfile::TempDir;
use tokio::sync::watch;

/// Longer than the pauses in which the bot tries a database again.
const PATIENCE: Duration = Duration::from_secs(60);

/// A class on a Discord of its own, and the folder of the host that serves it.
pub struct Host {
    pub discord: Sandbox,
    pub bot: Bot,
    pub lecture: Channel,
    pub maya: Person,
    pub folder: TempDir,
    pub database: String,
    _server: Server,
}

/// A running `beadle run`. Dropping it kills the process.
pub struct Run {
    child: Child,
    log: watch::Receiver<Vec<String>>,
}

impl Host {
    /// A host whose database is a file in its folder.
    pub async fn with_file() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let database = format!("sqlite://{}", folder.path().join("beadle.db").display());
        Self::with_database(folder, database).await
    }

    /// A host with this database.
    pub async fn with_url(url: &str) -> Self {
        Self::with_database(tempfile::tempdir().expect("a folder"), url.to_owned()).await
    }

    async fn with_database(folder: TempDir, database: String) -> Self {
        let discord = Sandbox::builder().patience(PATIENCE).start().await;
        let discord = discord.expect("the sandbox starts");
        let bot = discord.bot("Beadle");
        let server = discord.server("Bees");
        let lecture = server.text_channel("dances");
        server.invite(&bot, PERMISSIONS);
        let maya = server.member("maya", &[]);
        let course = format!(
            "[course]\nslug = \"bees\"\nname = \"Bees\"\nserver = \"{}\"\ntimezone = \"Europe/London\"\n\
             watch = [\"{}\"]\n[lookup]\nper_user = 0\n",
            server.id(),
            lecture.id()
        );
        let courses = folder.path().join("config/courses");
        std::fs::create_dir_all(&courses).expect("a folder");
        std::fs::write(courses.join("bees.toml"), course).expect("written");
        Self {
            discord,
            bot,
            lecture,
            maya,
            folder,
            database,
            _server: server,
        }
    }

    /// The program with this host's settings.
    pub fn beadle(&self, arguments: &[&str]) -> Command {
        self.settled(Command::new(env!("CARGO_BIN_EXE_beadle")), arguments)
    }

    fn settled(&self, mut command: Command, arguments: &[&str]) -> Command {
        let path = std::env::var_os("PATH").unwrap_or_default();
        command
            .args(arguments)
            .current_dir(self.folder.path())
            // The variables of whoever runs the tests are not the host's.
            .env_clear()
            .env("PATH", path)
            .env("BEADLE_DATABASE_URL", &self.database)
            .env("BEADLE_DISCORD_API_URL", self.discord.url())
            .env("DISCORD_TOKEN", self.bot.token())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// Starts the bot and waits until it hears what is said.
    pub async fn start(&self) -> Run {
        // Where a limit on a file's size is reached, writing shall fail and not kill (25: SIGXFSZ).
        let mut command = Command::new("sh");
        command.args(["-c", "trap '' 25; exec \"$0\" \"$@\""]);
        command.arg(env!("CARGO_BIN_EXE_beadle"));
        let run = Run::of(self.settled(command, &["run"]));
        self.discord.wait_connected(&self.bot).await;
        self.caught_up().await;
        run
    }

    /// Maya asks that many questions, of which no two are alike, beginning with that number.
    pub async fn asks(&self, numbers: std::ops::Range<u32>) -> Vec<Message> {
        let mut asked = Vec::new();
        for n in numbers {
            let text = format!("why does hive{n} dance{n} before flight{n} and not after rest{n}?");
            asked.push(self.maya.says(&self.lecture, &text).await);
        }
        asked
    }

    /// Waits until each of them bears the sign of having been gathered.
    pub async fn gathered(&self, asked: &[Message]) {
        for message in asked {
            message.reaction_from(&self.bot, "📌").await;
        }
    }

    /// Waits until the history of the class's channel has been read once: what was said before
    /// Beadle first came is not gathered.
    async fn caught_up(&self) {
        let store = Store::open(&self.database).await.expect("the database");
        let channel = ChannelId::new(self.lecture.id());
        loop {
            let mut tx = store.read().await.expect("a transaction");
            let cursor = cursors::cursor(&mut tx, channel).await;
            if cursor.expect("a cursor").is_some() {
                break;
            }
        }
        store.close().await;
    }

    /// The messages of all questions that the database holds, in the order of asking.
    pub async fn questions(&self) -> Vec<u64> {
        let store = Store::open(&self.database).await.expect("the database");
        let mut tx = store.read().await.expect("a transaction");
        let (id, _) = courses::courses(&mut tx).await.expect("courses")[0].clone();
        let rows = questions::questions_of_course(&mut tx, id, None).await;
        let rows = rows.expect("questions");
        rows.iter().map(|row| row.message_id as u64).collect()
    }

    /// Waits until the database holds that many questions, which nothing in Discord shows where they
    /// bore their signs before, and returns what [`Host::questions`] does.
    pub async fn questions_once_there_are(&self, number: usize) -> Vec<u64> {
        let counted = async {
            loop {
                let questions = self.questions().await;
                if questions.len() >= number {
                    return questions;
                }
            }
        };
        let counted = tokio::time::timeout(PATIENCE, counted).await;
        counted.unwrap_or_else(|_| panic!("there are not {number} questions"))
    }

    /// The database's file.
    pub fn file(&self) -> PathBuf {
        PathBuf::from(self.database.trim_start_matches("sqlite://"))
    }
}

/// The ids of messages, to be compared with what was gathered.
pub fn ids(messages: &[Message]) -> Vec<u64> {
    messages.iter().map(|message| message.id()).collect()
}

impl Run {
    fn of(mut command: Command) -> Self {
        let mut child = command.spawn().expect("it starts");
        let said = BufReader::new(child.stderr.take().expect("piped"));
        let (lines, log) = watch::channel(Vec::new());
        std::thread::spawn(move || {
            for line in said.lines().map_while(Result::ok) {
                lines.send_modify(|log: &mut Vec<String>| log.push(line));
            }
        });
        Self { child, log }
    }

    /// The process's id.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// How many lines of the log hold these words.
    pub fn said(&self, words: &str) -> usize {
        let log = self.log.borrow();
        log.iter().filter(|line| line.contains(words)).count()
    }

    /// Waits until the log holds these words.
    pub async fn says(&self, words: &str) {
        let mut log = self.log.clone();
        let said = log.wait_for(|log| log.iter().any(|line| line.contains(words)));
        let said = tokio::time::timeout(PATIENCE, said).await.is_ok();
        assert!(said, "{words:?} is not in the log:\n{}", self.whole_log());
    }

    /// Everything that it has said.
    pub fn whole_log(&self) -> String {
        self.log.borrow().join("\n")
    }

    /// Ends the process as a lost power supply does.
    pub async fn kill(mut self, host: &Host) {
        self.child.kill().expect("it runs");
        self.child.wait().expect("it ends");
        host.discord.wait_disconnected(&host.bot).await;
    }

    /// Tells the process to stop, and waits for its end.
    pub async fn stop(mut self, host: &Host) {
        let pid = self.id().to_string();
        let told = Command::new("kill").args(["-TERM", &pid]).status();
        assert!(told.expect("kill runs").success());
        let ended = self.child.wait().expect("it ends");
        assert!(ended.success(), "{}", self.whole_log());
        host.discord.wait_disconnected(&host.bot).await;
    }
}

impl Drop for Run {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
