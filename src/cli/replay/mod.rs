//! `beadle replay`: a discussion that happened elsewhere, through the same code as the bot's.
//!
//! Messages become the events that Discord would have sent, in the order in which they were said;
//! what comes of them is read from the database and from the effects, with the discussion's own ids.

mod cast;
mod course;
mod progress;
mod told;

use std::path::PathBuf;
use std::sync::Arc;

use self::cast::Cast;
pub(super) use self::course::{load, no_such_lecture};
use self::progress::Progress;
use self::told::{Heard, Told};
use super::failure::Failure;
use super::output::{self, Results};
use crate::app::App;
use crate::app::courses::{CourseSource, Courses};
use crate::app::event::Event;
use crate::clock::ManualClock;
use crate::domain::ids::{MessageId, UserId};
use crate::formats::discussion::{DiscussionFormat, FORMS, Said, read_discussion};
use crate::store::Store;

/// `beadle replay`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
FILE holds a message a line (`Name: text`, `[14:05] Name (staff): text`); or what was copied out of
Discord's window, a line such as `Name — Today at 2:05 PM` above what they say; or JSON Lines of
which only `text` is required:
  {\"id\": \"1\", \"channel\": \"lecture-10\", \"author\": \"maya\", \"role\": \"student\",
   \"text\": \"At 52:14, why is there a beta?\", \"at\": \"2026-01-05T10:00:00Z\",
   \"reply_to\": null, \"gather\": true}
\"gather\": true says that somebody gathered it by hand, as with !q; false or nothing leaves that to
what it reads like. It may hold \"author_id\", \"roles\" (ids), \"bot\" and \"edited_at\" besides.
Also DiscordChatExporter's JSON, in which the course's staff roles tell who is staff, and yt-dlp's
info.json with comments, in which the uploader is.

Examples:
  beadle replay chat.txt --course config/courses/cs224n.toml --lecture 10
  beadle replay general.json --course config/courses/cs224n.toml
  beadle replay --json chat.jsonl")]
pub struct Arguments {
    /// The discussion; `-` is standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The course that it belongs to; without, one without lectures
    #[arg(long, value_name = "FILE")]
    course: Option<PathBuf>,
    /// The lecture that it is about; without, the one that its channel or the date tells
    #[arg(long, value_name = "SLUG", requires = "course")]
    lecture: Option<String>,
    /// The format of the discussion, `jsonl`, `discord-export`, `yt-dlp` or `plain`, where its
    /// content does not tell; with `plain` each line is a message where nobody is named
    #[arg(long, value_name = "FORMAT")]
    format: Option<DiscussionFormat>,
    /// One JSON object a line: questions, lookups and the digest
    #[arg(long)]
    json: bool,
}

/// Replays a discussion and prints what came of it.
pub async fn replay(arguments: &Arguments) -> Result<(), Failure> {
    let said = read(arguments)?;
    let cast = Cast::of(&said);
    let course = course::course_of(
        arguments.course.as_deref(),
        arguments.lecture.as_deref(),
        &cast,
    )?;
    let told = play(said, cast, course).await?;
    let mut results = Results::new();
    if arguments.json {
        told.as_json(&mut results)?;
    } else {
        told.in_words(&mut results)?;
    }
    results.done()
}

fn read(arguments: &Arguments) -> Result<Vec<Said>, Failure> {
    let text = output::read_text(&arguments.file)?;
    let file = arguments.file.display();
    let discussion = read_discussion(text, arguments.format).map_err(|problems| {
        let lines: Vec<String> = problems
            .iter()
            .map(|problem| format!("{file}:{problem}"))
            .collect();
        Failure::input(lines.join("\n"))
    })?;
    for note in &discussion.notes {
        let (line, column) = (note.line, note.column);
        output::remark(&format!("{file}:{line}:{column}: note: {}", note.message));
    }
    if discussion.said.is_empty() {
        return Err(Failure::input(format!(
            "{file}: 0 messages were found. {FORMS}"
        )));
    }
    Ok(discussion.said)
}

async fn play(said: Vec<Said>, cast: Cast, source: CourseSource) -> Result<Told, Failure> {
    let staff_role = source.course.staff_roles.first().copied();
    let server = source.course.server;
    let scenes = cast.scenes(said, server, staff_role);
    let begin = cast.begin();
    let clock = ManualClock::at(begin);
    let store = Store::open("sqlite::memory:").await?;
    let mut tx = store.begin().await?;
    let courses = Courses::open(&mut tx, vec![source], begin).await?;
    tx.commit().await?;
    let app = App::new(store, Arc::new(clock.clone()), courses, BEADLE).with_memory_of(MESSAGES);
    watch_from_the_start(&app, &cast).await?;
    let mut heard = Heard::default();
    let mut progress = Progress::of(scenes.len());
    for message in scenes {
        clock.set(message.posted_at);
        heard.hear(app.handle(&Event::Posted(Box::new(message))).await?);
        progress.step();
    }
    progress.end();
    Told::of(&app, cast, heard).await
}

/// How many messages are remembered at once: exports may hold many talks of one hour side by side.
const MESSAGES: usize = 32_768;
/// Beadle's own id: nobody in a discussion has it.
const BEADLE: UserId = UserId::new(1);

/// Makes every channel live, as it is on Discord once its history has been read.
async fn watch_from_the_start(app: &App, cast: &Cast) -> Result<(), Failure> {
    let first = MessageId::first_at_ms(cast.begin().as_millisecond());
    for channel in cast.channels() {
        let caught_up = Event::CaughtUp {
            channel,
            until: first,
            since: first,
            round: 0,
        };
        app.handle(&caught_up).await?;
    }
    Ok(())
}
