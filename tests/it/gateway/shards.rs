//! Several processes on one PostgreSQL, each with its shards: every course is served by one of
//! them, and whatever is said is said once, whoever dies.

use std::path::Path;

use beadle::app::courses::CourseSource;
use beadle::cli::courses::source_of;
use beadle::clock::ManualClock;
use beadle::config::CourseFile;
use beadle::discord::invite;
use jiff::SignedDuration;
use sandbox::{Bot, Channel, Person, RestFault, Sandbox};

use crate::support::class::BEGIN;
use crate::support::databases::TestDatabase;
use crate::support::running::Running;
use crate::support::strikes::Strikes;

/// Two servers, one on each of two shards, with a course each.
struct Campus {
    discord: Sandbox,
    bot: Bot,
    clock: ManualClock,
    database: TestDatabase,
    /// By shard.
    rooms: [Room; 2],
}

/// Where a course is held.
struct Room {
    channel: Channel,
    staff_room: Channel,
    student: Person,
    source: CourseSource,
}

impl Room {
    /// On a server that lies on that shard of two.
    fn on(discord: &Sandbox, bot: &Bot, clock: &ManualClock, shard: u64) -> Self {
        let server = loop {
            let server = discord.server("A course");
            if (server.id() >> 22) % 2 == shard {
                break server;
            }
            // Ids, and so shards, follow the time.
            clock.advance(SignedDuration::from_millis(1));
        };
        server.invite(bot, invite::PERMISSIONS);
        let (channel, staff_room) = (
            server.text_channel("lectures"),
            server.text_channel("staff"),
        );
        let course = format!(
            "[course]\nslug = \"course-{shard}\"\nname = \"Course {shard}\"\nserver = \"{}\"\n\
             timezone = \"UTC\"\nwatch = [\"{}\"]\n[digest]\nchannel = \"{}\"\nat = \"23:00\"\n\
             [[lecture]]\nslug = \"1\"\ntitle = \"Sorting\"\ndate = 2023-02-01\n",
            server.id(),
            channel.id(),
            staff_room.id(),
        );
        let file = CourseFile::parse(&course, Path::new("course.toml")).expect("a right file");
        Self {
            channel,
            staff_room,
            student: server.member("noor", &[]),
            source: source_of(file).expect("a right course"),
        }
    }

    async fn asks(&self, bot: &Bot, question: &str) {
        let asked = self.student.says(&self.channel, question).await;
        asked.reaction_from(bot, "📌").await;
    }
}

impl Campus {
    /// `None` where PostgreSQL is not.
    async fn new() -> Option<Self> {
        let database = TestDatabase::postgres()?;
        let clock = ManualClock::at(BEGIN.parse().expect("a moment"));
        let time = clock.clone();
        let now_ms =
            move || u64::try_from(beadle::clock::Clock::now(&time).as_millisecond()).unwrap_or(0);
        let discord = Sandbox::builder().clock(now_ms).start().await;
        let discord = discord.expect("the sandbox starts");
        let bot = discord.bot("Beadle");
        let rooms = [0, 1].map(|shard| Room::on(&discord, &bot, &clock, shard));
        Some(Self {
            discord,
            bot,
            clock,
            database,
            rooms,
        })
    }

    /// A process that opens these shards and knows every course.
    async fn beadle(&self, shards: &str) -> Running {
        let courses = self.rooms.iter().map(|room| room.source.clone()).collect();
        let settings = format!("[discord]\nshards = \"{shards}\"");
        let url = &self.database.url;
        let mut running = Running::launch(
            self.discord.url(),
            &self.bot,
            url,
            &self.clock,
            courses,
            &settings,
        );
        running.caught_up().await;
        running
    }

    /// An hour and a moment after the beginning: every digest is due.
    fn digests_are_due(&self) {
        self.clock.advance(SignedDuration::from_secs(3_601));
    }

    async fn digest_of(&self, room: &Room) {
        let by_beadle = |message: &sandbox::MessageView| message.author_id == self.bot.id();
        room.staff_room.wait_for(by_beadle).await;
    }

    fn digests(&self) -> [usize; 2] {
        let digests = |room: &Room| room.staff_room.messages_from(&self.bot).len();
        [digests(&self.rooms[0]), digests(&self.rooms[1])]
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_course_is_served_by_whoever_opens_its_shard() {
    let Some(campus) = Campus::new().await else {
        return;
    };
    let [left, right] = &campus.rooms;
    let first = campus.beadle("0/2").await;
    left.asks(&campus.bot, "why is quicksort quadratic at worst?")
        .await;
    campus.digests_are_due();
    campus.digest_of(left).await;
    first.stop().await;
    assert_eq!(campus.digests(), [1, 0], "the other course is left alone");
    let second = campus.beadle("1/2").await;
    right
        .asks(&campus.bot, "what does stable mean for a sort?")
        .await;
    second.stop().await;
    assert_eq!(
        campus.digests(),
        [1, 0],
        "a course that is new has no digest due"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn two_processes_serve_two_courses_and_each_digest_is_posted_once() {
    let Some(campus) = Campus::new().await else {
        return;
    };
    let (first, second) = (campus.beadle("0/2").await, campus.beadle("1/2").await);
    for room in &campus.rooms {
        room.asks(&campus.bot, "how deep does the recursion of mergesort go?")
            .await;
    }
    campus.digests_are_due();
    for room in &campus.rooms {
        campus.digest_of(room).await;
    }
    first.stop().await;
    second.stop().await;
    // Whoever starts next with everything finds nothing left to post.
    let both = campus.beadle("auto").await;
    both.stop().await;
    assert_eq!(campus.digests(), [1, 1]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_digest_is_posted_once_when_its_shard_moves_after_a_death_in_the_middle() {
    let Some(campus) = Campus::new().await else {
        return;
    };
    let [left, right] = &campus.rooms;
    let (dies, lives) = (campus.beadle("0/2").await, campus.beadle("1/2").await);
    for room in &campus.rooms {
        room.asks(&campus.bot, "which sort does best on nearly sorted input?")
            .await;
    }
    // What the first posts is posted, but it never hears so, and dies while it tries again.
    let path = format!("/channels/{}/messages", left.staff_room.id());
    let unheard = RestFault::drop_after().on("POST", &path);
    let mut tries = Strikes::of(&campus.discord, unheard);
    campus.digests_are_due();
    tries.next().await;
    tries.next().await;
    dies.kill();
    campus.digest_of(right).await;
    lives.stop().await;
    campus.discord.mend();
    let both = campus.beadle("0..2/2").await;
    for room in &campus.rooms {
        room.student
            .says(&room.channel, "!t 1:00")
            .await
            .reply()
            .await;
    }
    both.stop().await;
    assert_eq!(campus.digests(), [1, 1]);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_processes_on_the_same_shard_do_not_say_anything_twice() {
    let Some(campus) = Campus::new().await else {
        return;
    };
    let [left, _] = &campus.rooms;
    let (first, second) = (campus.beadle("0/2").await, campus.beadle("0/2").await);
    left.asks(&campus.bot, "is heapsort ever stable in practice?")
        .await;
    let lookup = left.student.says(&left.channel, "!t 1:00").await;
    lookup.reply().await;
    campus.digests_are_due();
    campus.digest_of(left).await;
    first.stop().await;
    second.stop().await;
    assert_eq!(lookup.replies().len(), 1);
    assert_eq!(campus.digests(), [1, 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn by_default_all_shards_that_discord_recommends_are_opened() {
    let Some(campus) = Campus::new().await else {
        return;
    };
    campus.discord.recommend_shards(2);
    let beadle = campus.beadle("auto").await;
    for room in &campus.rooms {
        room.asks(&campus.bot, "what makes radix sort linear here?")
            .await;
    }
    assert_eq!(campus.discord.connections(), 2);
    beadle.stop().await;
}
