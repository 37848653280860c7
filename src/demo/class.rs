//! The demo's stage: a server on the sandbox, its people, and the bot in a runtime of its own.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, bail, ensure};
use jiff::{SignedDuration, Timestamp};
use sandbox::{Bot, Channel, MessageView, Person, Sandbox, Server};
use tempfile::TempDir;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::watch;

use crate::app::courses::{CourseSource, LectureSource, Side};
use crate::clock::{Clock, ManualClock};
use crate::config::{CourseFile, Environment, Settings};
use crate::discord::bot::{self, Start};
use crate::discord::invite;
use crate::domain::lecture::Lecture;
use crate::formats;
use crate::store::{Store, courses, questions};

/// The curated topics of the lecture.
const TOPICS: &[u8] = include_bytes!("../../config/topics/cs224n-10.csv");
/// The lecture's day, 14:00 in Los Angeles.
const BEGIN: &str = "2023-02-09T22:00:00Z";
/// The digest's hour, and a second.
const DIGEST: &str = "2023-02-10T02:00:01Z";
/// What stands for the course's file.
const FILE: &str = "cs224n.toml";
const STUDENTS: [&str; 7] = ["maya", "ken", "zoe", "ravi", "lena", "omar", "tom"];
const ASSISTANT: &str = "tara";

/// The class and the bot in it.
pub(super) struct Class {
    pub discord: Sandbox,
    pub bot: Bot,
    pub lecture: Channel,
    staff_room: Channel,
    people: Vec<(&'static str, Person)>,
    clock: ManualClock,
    source: CourseSource,
    url: String,
    running: Option<Runtime>,
    _server: Server,
    _folder: TempDir,
}

/// What the database holds at the end.
#[derive(Default)]
pub(super) struct Counts {
    pub lookups: usize,
    pub questions: usize,
    pub open: usize,
    pub suggested: usize,
    pub answered: usize,
    pub merged: usize,
    pub withdrawn: usize,
    pub dismissed: usize,
}

impl Class {
    /// Sets the stage and starts the bot.
    pub async fn begin() -> anyhow::Result<Self> {
        let folder = tempfile::tempdir().context("no temporary folder can be made")?;
        let url = format!("sqlite://{}", folder.path().join("beadle.db").display());
        let clock = ManualClock::at(BEGIN.parse()?);
        let time = clock.clone();
        let discord = Sandbox::builder()
            .clock(move || u64::try_from(time.now().as_millisecond()).unwrap_or_default())
            .start()
            .await
            .context("the sandbox cannot start on loopback")?;
        let bot = discord.bot("Beadle");
        let server = discord.server("CS224N");
        let staff = server.role("TA", sandbox::permissions::MANAGE_MESSAGES);
        let lecture = server.text_channel("lecture-10");
        let staff_room = server.text_channel("instructors");
        server.invite(&bot, invite::PERMISSIONS);
        let mut people: Vec<_> = STUDENTS
            .iter()
            .map(|name| (*name, server.member(name, &[])))
            .collect();
        people.push((ASSISTANT, server.member(ASSISTANT, &[&staff])));
        let source = course(server.id(), staff.id(), lecture.id(), staff_room.id())?;
        let mut class = Self {
            discord,
            bot,
            lecture,
            staff_room,
            people,
            clock,
            source,
            url,
            running: None,
            _server: server,
            _folder: folder,
        };
        class.start().await?;
        Ok(class)
    }

    /// Starts the bot and waits until it has caught up.
    pub async fn start(&mut self) -> anyhow::Result<()> {
        let mut settings = Settings::parse("", "beadle.toml", &Environment::default())?;
        settings.discord.api_url = Some(self.discord.url().to_owned());
        let told = watch::Sender::new(None);
        let mut caught_up = told.subscribe();
        let (token, courses) = (self.bot.token().into(), vec![self.source.clone()]);
        let (clock, url) = (Arc::new(self.clock.clone()), self.url.clone());
        let runtime = Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()?;
        runtime.spawn(async move {
            let store = Store::open(&url).await?;
            let start = Start {
                settings,
                token,
                store,
                courses,
                clock,
                caught_up: told,
            };
            bot::run(start, std::future::pending())
                .await
                .context("the bot ended")
        });
        self.running = Some(runtime);
        caught_up
            .wait_for(Option::is_some)
            .await
            .context("the bot did not start")?;
        Ok(())
    }

    /// Ends the bot at once, as a power cut does.
    pub async fn kill(&mut self) {
        self.end();
        self.discord.wait_disconnected(&self.bot).await;
    }

    /// Ends the bot.
    pub fn end(&mut self) {
        if let Some(runtime) = self.running.take() {
            runtime.shutdown_background();
        }
    }

    /// Sets the clock to so many minutes after the beginning.
    pub fn goes_to_minute(&self, minute: i64) {
        let begin: Timestamp = BEGIN.parse().unwrap_or_default();
        let then = begin + SignedDuration::from_mins(minute);
        // Lines of the same minute come a few seconds apart.
        let now = self.clock.now() + SignedDuration::from_secs(5);
        self.clock.set(then.max(now));
    }

    /// Lets so many seconds pass.
    pub fn goes_on_for_seconds(&self, seconds: i64) {
        self.clock.advance(SignedDuration::from_secs(seconds));
    }

    /// The instructors' channel.
    pub fn staff_room(&self) -> &Channel {
        &self.staff_room
    }

    /// Somebody of the class.
    pub fn person(&self, name: &str) -> anyhow::Result<&Person> {
        let found = self.people.iter().find(|(known, _)| *known == name);
        Ok(&found.with_context(|| format!("nobody is called {name}"))?.1)
    }

    /// Waits until everything that was said so far has been dealt with.
    pub async fn settled(&self) {
        let (_, anybody) = &self.people[0];
        anybody
            .says(&self.staff_room, "!t 1:00:00")
            .await
            .reply()
            .await;
    }

    /// Goes to the digest's hour and reads it, part by part.
    pub async fn digest(&self) -> anyhow::Result<Vec<MessageView>> {
        let before = self.staff_room.cursor();
        self.clock.set(DIGEST.parse()?);
        let first = self
            .staff_room
            .wait_for_after(before, |m| m.author_id == self.bot.id())
            .await;
        let footer = first
            .embeds
            .first()
            .and_then(|embed| embed.pointer("/footer/text"));
        let parts = footer.and_then(|text| text.as_str()?.rsplit(' ').next()?.parse().ok());
        let parts: usize = parts.unwrap_or(1);
        if parts > 1 {
            let last = format!("part {parts} of {parts}");
            self.staff_room
                .wait_for(|m| m.to_string().contains(&last))
                .await;
        }
        let posted = self.staff_room.messages_from(&self.bot);
        Ok(posted.into_iter().rev().take(parts).rev().collect())
    }

    /// Nothing that Beadle asked for was refused, and nobody was pinged.
    pub fn check_manners(&self) -> anyhow::Result<()> {
        if let Some(refused) = self.discord.refusals().first() {
            bail!(
                "Discord would have refused {} {}",
                refused.request.method,
                refused.request.path
            );
        }
        for channel in [&self.lecture, &self.staff_room] {
            for message in channel.messages_from(&self.bot) {
                let pings = message.pings();
                let nobody = pings.users.is_empty() && pings.roles.is_empty() && !pings.everyone;
                ensure!(nobody, "Beadle pinged somebody: {}", message.content);
            }
        }
        Ok(())
    }

    /// Counts what the database holds.
    pub async fn counts(&self) -> anyhow::Result<Counts> {
        let store = Store::open(&self.url).await?;
        let mut tx = store.read().await?;
        let mut counts = Counts::default();
        for (id, _) in courses::courses(&mut tx).await? {
            for row in questions::questions_of_course(&mut tx, id, None).await? {
                counts.questions += 1;
                match row.state.as_str() {
                    "open" => counts.open += 1,
                    "suggested" => counts.suggested += 1,
                    "answered" => counts.answered += 1,
                    "merged" => counts.merged += 1,
                    "dismissed" => counts.dismissed += 1,
                    _ => counts.withdrawn += 1,
                }
            }
        }
        counts.lookups = self.lecture.messages_from(&self.bot).len();
        Ok(counts)
    }
}

/// CS224N with the sandbox's ids.
fn course(server: u64, staff: u64, lecture: u64, room: u64) -> anyhow::Result<CourseSource> {
    let text = format!(
        "[course]\nslug = \"cs224n\"\nname = \"CS224N\"\nserver = \"{server}\"\n\
         timezone = \"America/Los_Angeles\"\nstaff_roles = [\"{staff}\"]\nwatch = [\"{lecture}\"]\n\
         [digest]\nchannel = \"{room}\"\nat = \"18:00\"\n"
    );
    let file = CourseFile::parse(&text, Path::new(FILE));
    let file = file.map_err(|problems| anyhow::anyhow!("the demo's course: {problems:?}"))?;
    let duration = "1:16:15".parse().ok();
    let topics = formats::read_topics(TOPICS, None, duration);
    let topics = topics.map_err(|problems| anyhow::anyhow!("the demo's topics: {problems:?}"))?;
    let lecture = |slug: &str, title: &str, day: &str| -> anyhow::Result<Lecture> {
        let (slug, title) = (slug.to_owned(), title.to_owned());
        Ok(Lecture {
            slug,
            title,
            date: Some(day.parse()?),
            ..Lecture::default()
        })
    };
    let before = lecture("9", "Pretraining", "2023-02-07")?;
    let mut today = lecture(
        "10",
        "Prompting, instruction finetuning, and RLHF",
        "2023-02-09",
    )?;
    today.video = Some("https://www.youtube.com/watch?v=SXpJ9EmG3s4".parse()?);
    today.duration = duration;
    today.topics = topics.table;
    let source = |lecture| LectureSource {
        lecture,
        channels: Vec::new(),
        table: Side::File(FILE.to_owned()),
    };
    Ok(CourseSource {
        course: file.course,
        lectures: vec![source(before), source(today)],
        file: FILE.to_owned(),
    })
}

impl Drop for Class {
    /// A runtime may not be dropped where it would be waited for.
    fn drop(&mut self) {
        self.end();
    }
}
