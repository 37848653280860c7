//! `beadle questions`: what the database holds, also while the bot runs.

use serde::Serialize;

use super::failure::Failure;
use super::look::Look;
use super::output::Results;
use super::question_line::{Names, QuestionLine, question_lines};
use super::run::Files;
use crate::app::courses::{CourseSource, Courses, LectureSource, ServedCourse, Side};
use crate::clock::{Clock, SystemClock};
use crate::domain::course::{Course, LookupSettings};
use crate::domain::ids::{ChannelId, ServerId};
use crate::domain::lecture::Lecture;
use crate::domain::question::QuestionState;
use crate::store::questions::QuestionRow;
use crate::store::{StoreError, Tx, courses};

/// `beadle questions`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  beadle questions --state open
  beadle questions --json --course cs224n")]
pub struct Arguments {
    /// Only those of one state: open, suggested, answered, dismissed, merged or withdrawn
    #[arg(long, value_name = "STATE")]
    state: Option<QuestionState>,
    /// Only those of one course
    #[arg(long, value_name = "SLUG")]
    course: Option<String>,
    /// One JSON object a line
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    files: Files,
}

#[derive(Serialize)]
struct Listed {
    #[serde(flatten)]
    line: QuestionLine,
    course: String,
    channel: String,
    asker: String,
    asked_at: String,
    text: String,
}

/// Ids as Discord has them.
struct OwnNames;

impl Names for OwnNames {}

/// What becomes of the courses of broken files: their questions are listed like those of a course whose
/// file is gone.
const AS_KNOWN: &str = "of the courses of these files, only what the database holds is shown";

/// Lists the questions.
pub async fn questions(arguments: &Arguments) -> Result<(), Failure> {
    let mut look = Look::at(&arguments.files, AS_KNOWN).await?;
    let sources = std::mem::take(&mut look.sources);
    let courses = every_course(&mut look.tx, sources).await?;
    let mut listed = Vec::new();
    for served in look.wanted(&courses, arguments.course.as_deref())? {
        let state = arguments.state.map(QuestionState::name);
        let lines = question_lines(&mut look.tx, served, state, &OwnNames).await?;
        listed.extend(
            lines
                .into_iter()
                .map(|(row, line)| listed_as(row, line, served)),
        );
    }
    // Nothing was to be changed: courses that the bot has not seen yet stay unseen.
    look.tx.rollback().await?;
    let mut results = Results::new();
    for question in &listed {
        match arguments.json {
            true => results.json(question)?,
            false => results.text(&in_words(question))?,
        }
    }
    results.done()
}

/// Every course that is served, and those that only their questions are left of.
async fn every_course(tx: &mut Tx, mut sources: Vec<CourseSource>) -> Result<Courses, StoreError> {
    let kept = courses::kept_courses(tx).await?;
    for (id, slug) in courses::courses(tx).await? {
        let is_file = sources.iter().any(|source| source.course.slug == slug);
        if is_file || kept.iter().any(|kept| kept.id == id) {
            continue;
        }
        let lectures = courses::lectures_of_course(tx, id).await?;
        let lectures = lectures.into_iter().map(|(_, slug)| LectureSource {
            lecture: Lecture {
                slug,
                ..Lecture::default()
            },
            channels: Vec::new(),
            table: Side::Discord,
        });
        sources.push(CourseSource {
            course: known_by_slug(slug),
            lectures: lectures.collect(),
            file: String::new(),
        });
    }
    Courses::open(tx, sources, SystemClock.now()).await
}

/// A course of which only the slug matters.
fn known_by_slug(slug: String) -> Course {
    Course {
        name: slug.clone(),
        slug,
        server: ServerId::new(1),
        timezone: jiff::tz::TimeZone::UTC,
        staff_roles: Vec::new(),
        watch: Vec::new(),
        prefix: Course::DEFAULT_PREFIX.to_owned(),
        gathered_reaction: None,
        lookup: LookupSettings::default(),
        digest: None,
        lectures: Vec::new(),
    }
}

fn listed_as(row: QuestionRow, line: QuestionLine, served: &ServedCourse) -> Listed {
    let asked_at = jiff::Timestamp::from_millisecond(row.asked_at_ms).unwrap_or_default();
    Listed {
        line,
        course: served.course.slug.clone(),
        channel: ChannelId::from_db(row.channel_id).to_string(),
        asker: row.asker_id.to_string(),
        asked_at: asked_at.to_string(),
        text: row.text,
    }
}

fn in_words(question: &Listed) -> String {
    let (line, course) = (&question.line, &question.course);
    let lecture = line
        .lecture
        .as_ref()
        .map(|slug| format!(" · lecture {slug}"))
        .unwrap_or_default();
    let topic = line
        .topic
        .as_ref()
        .map(|title| format!(" · {title}"))
        .unwrap_or_default();
    let (message, state, at) = (&line.message, &line.state, &question.asked_at);
    let text = question
        .text
        .lines()
        .map(|text| format!("    {text}\n"))
        .collect::<String>();
    format!("{message} {state} · {course}{lecture}{topic} · {at}\n{text}")
}
