//! A class on the sandbox with the very same bot running against it: tests read as a chat.

use std::path::PathBuf;

use beadle::app::courses::CourseSource;
use beadle::cli::courses::source_of;
use beadle::clock::{Clock, ManualClock};
use beadle::config::CourseFile;
use beadle::discord::invite;
use beadle::store::{Store, courses, questions};
use jiff::{SignedDuration, Timestamp};
use sandbox::{Bot, Channel, MessageView, Person, Sandbox, Server};
use tempfile::TempDir;

use super::running::Running;

/// A class of CS224N: a server with a lecture channel, a forum, the instructors' channel, and people.
pub struct Class {
    pub discord: Sandbox,
    pub server: Server,
    pub bot: Bot,
    pub clock: ManualClock,
    pub lecture: Channel,
    pub forum: Channel,
    pub staff_room: Channel,
    pub maya: Person,
    pub ken: Person,
    pub zoe: Person,
    pub ta: Person,
    /// What the host's settings say at the next start.
    pub settings: String,
    course: String,
    url: String,
    proxy: Option<String>,
    running: Option<Running>,
    _folder: TempDir,
}

/// 2023-02-09, 14:00 in Los Angeles: four hours before the digest.
pub const BEGIN: &str = "2023-02-09T22:00:00Z";

impl Class {
    /// A class whose bot is running.
    pub async fn of_cs224n() -> Self {
        Self::with("").await
    }

    /// A class whose bot is running; `more` is put into the course's file at the top of `[course]`.
    pub async fn with(more: &str) -> Self {
        let mut class = Self::not_running(more).await;
        class.start().await;
        class
    }

    /// A class whose bot is running, and whose course nobody has set up.
    pub async fn without_a_course() -> Self {
        let mut class = Self::not_running("").await;
        class.course.clear();
        class.start().await;
        class
    }

    /// A class whose bot has not been started.
    pub async fn not_running(more: &str) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let url = format!("sqlite://{}", folder.path().join("beadle.db").display());
        let clock = ManualClock::at(BEGIN.parse().expect("a moment"));
        let time = clock.clone();
        let mut builder = Sandbox::builder()
            .clock(move || u64::try_from(time.now().as_millisecond()).unwrap_or(0));
        if let Some(openapi) = openapi() {
            builder = builder.openapi(openapi);
        }
        let discord = builder.start().await.expect("the sandbox starts");
        let bot = discord.bot("Beadle");
        let server = discord.server("CS224N");
        let staff = server.role("TA", sandbox::permissions::MANAGE_MESSAGES);
        let lecture = server.text_channel("lecture-10");
        let forum = server.forum("questions", &["Solved"]);
        let staff_room = server.text_channel("instructors");
        server.invite(&bot, invite::PERMISSIONS);
        let course = format!(
            "[course]\nslug = \"cs224n\"\nname = \"CS224N\"\nserver = \"{}\"\n\
             timezone = \"America/Los_Angeles\"\nstaff_roles = [\"{}\"]\nwatch = [\"{}\", \"{}\"]\n{more}\n\
             [digest]\nchannel = \"{}\"\nat = \"18:00\"\n\
             [[lecture]]\nslug = \"9\"\ntitle = \"Pretraining\"\ndate = 2023-02-07\n\
             [[lecture]]\nslug = \"10\"\ntitle = \"Prompting, instruction finetuning, and RLHF\"\n\
             date = 2023-02-09\nvideo = \"https://www.youtube.com/watch?v=SXpJ9EmG3s4\"\n\
             duration = \"1:16:15\"\ntopics = \"config/topics/cs224n-10.csv\"\n",
            server.id(),
            staff.id(),
            lecture.id(),
            forum.id(),
            staff_room.id(),
        );
        Self {
            maya: server.member("maya", &[]),
            ken: server.member("ken", &[]),
            zoe: server.member("zoe", &[]),
            ta: server.member("tara", &[&staff]),
            discord,
            server,
            bot,
            clock,
            lecture,
            forum,
            staff_room,
            settings: String::new(),
            course,
            url,
            proxy: None,
            running: None,
            _folder: folder,
        }
    }

    /// From the next start on, the bot's requests go to what stands at that address.
    pub fn ask_through(&mut self, root: &str) {
        self.proxy = Some(root.to_owned());
    }

    /// The course as it is served.
    pub fn source(&self) -> CourseSource {
        let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("course.toml");
        let file = CourseFile::parse(&self.course, &root).expect("a right course file");
        source_of(file).expect("a right course")
    }

    /// Starts the bot and waits until it is connected.
    pub async fn start(&mut self) {
        self.launch();
        self.connected().await;
    }

    /// Starts the bot.
    pub fn launch(&mut self) {
        let courses = match self.course.is_empty() {
            true => Vec::new(),
            false => vec![self.source()],
        };
        let root = self.proxy.as_deref().unwrap_or(self.discord.url());
        let (url, clock, more) = (&self.url, &self.clock, &self.settings);
        let running = Running::launch(root, &self.bot, url, clock, courses, more);
        self.running = Some(running);
    }

    /// Waits until the bot is connected and has caught up.
    pub async fn connected(&mut self) {
        self.discord.wait_connected(&self.bot).await;
        self.running.as_mut().expect("it runs").caught_up().await;
    }

    /// Stops the bot as SIGTERM does.
    pub async fn stop(&mut self) {
        self.running.take().expect("it runs").stop().await;
    }

    /// Ends the bot at once, as SIGKILL does.
    pub async fn kill(&mut self) {
        self.running.take().expect("it runs").kill();
        self.discord.wait_disconnected(&self.bot).await;
    }

    /// Lets time pass.
    pub fn later(&self, by: SignedDuration) {
        self.clock.advance(by);
    }

    /// A moment of that day in Los Angeles.
    pub fn at(&self, moment: &str) {
        let moment: Timestamp = moment.parse().expect("a moment");
        self.clock.set(moment);
    }

    /// Waits until everything that was said so far has been dealt with: a lookup that is answered
    /// came after it.
    pub async fn settled(&self) {
        self.later(SignedDuration::from_mins(1));
        self.zoe.says(&self.lecture, "!t 30:00").await.reply().await;
    }

    /// The questions as they stand: what each asks and its state, in the order of asking.
    pub async fn questions(&self) -> Vec<(String, String)> {
        self.settled().await;
        let store = self.store().await;
        let mut tx = store.read().await.expect("a transaction");
        let (id, _) = courses::courses(&mut tx).await.expect("courses")[0].clone();
        let rows = questions::questions_of_course(&mut tx, id, None)
            .await
            .expect("questions");
        rows.into_iter()
            .map(|row| (row.asking, row.state))
            .collect()
    }

    /// The state of the only question.
    pub async fn state(&self) -> String {
        let questions = self.questions().await;
        assert_eq!(questions.len(), 1, "{questions:?}");
        questions[0].1.clone()
    }

    /// Goes to the digest's hour and reads the digest.
    pub async fn digest(&self) -> MessageView {
        self.at("2023-02-10T02:00:01Z");
        self.staff_room
            .wait_for(|message| message.author_id == self.bot.id())
            .await
    }

    /// The database, to look into.
    pub async fn store(&self) -> Store {
        Store::open(&self.url).await.expect("the database")
    }
}

impl Drop for Class {
    /// A test in which Beadle asked for something that Discord would refuse has failed.
    fn drop(&mut self) {
        if let Some(running) = self.running.take() {
            running.kill();
        }
        if std::thread::panicking() {
            eprintln!("{}", self.discord.transcript());
            return;
        }
        let violations = self.discord.schema_violations();
        assert!(
            violations.is_empty(),
            "not valid against Discord's description: {violations:#?}"
        );
    }
}

/// Discord's own description of its API, where it is present.
fn openapi() -> Option<PathBuf> {
    let named = std::env::var_os("DISCORD_OPENAPI").map(PathBuf::from);
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/discord-openapi.json");
    named.or(Some(beside)).filter(|path| path.is_file())
}
