//! `beadle lookup`: the answer to `!t`, without Discord.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::failure::Failure;
use super::output::Results;
use super::replay::{load, no_such_lecture};
use crate::app::courses::{Courses, ServedCourse, ServedLecture};
use crate::app::lookup::{Here, Lookup, What, mistaken, understand};
use crate::app::reply;
use crate::clock::{Clock, SystemClock};
use crate::store::Store;

/// `beadle lookup`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  beadle lookup 52:14 --course config/courses/cs224n.toml
  beadle lookup 47:09-52:14 --course config/courses/cs224n.toml --lecture 10
  beadle lookup reward model --course config/courses/cs224n.toml")]
pub struct Arguments {
    /// What stands behind `!t`: an offset, a range, words, a lecture; nothing: the whole table
    #[arg(value_name = "WORDS")]
    words: Vec<String>,
    /// The course's file
    #[arg(long, value_name = "FILE")]
    course: PathBuf,
    /// The lecture; without, the course's latest
    #[arg(long, value_name = "SLUG")]
    lecture: Option<String>,
    /// One JSON object
    #[arg(long)]
    json: bool,
}

/// Answers, or says what is wrong with the lookup.
pub async fn lookup(arguments: &Arguments) -> Result<(), Failure> {
    let source = load(&arguments.course)?;
    if let Some(slug) = &arguments.lecture
        && !source
            .lectures
            .iter()
            .any(|lecture| lecture.lecture.slug == *slug)
    {
        return Err(no_such_lecture(&source, slug));
    }
    let store = Store::open("sqlite::memory:").await?;
    let mut tx = store.begin().await?;
    let courses = Courses::open(&mut tx, vec![source], SystemClock.now()).await?;
    tx.rollback().await?;
    courses
        .iter()
        .try_for_each(|served| answer(arguments, served))
}

fn answer(arguments: &Arguments, served: &ServedCourse) -> Result<(), Failure> {
    let words = arguments.words.join(" ");
    let meant = meant(served, arguments.lecture.as_deref());
    let lookup = understand(&words, &served.lectures, meant)
        .map_err(|mistake| Failure::input(mistaken(served, &mistake).plain()))?;
    let parts = reply::lookup(&lookup, &Here::default());
    let text = parts
        .iter()
        .map(|part| part.plain())
        .collect::<Vec<_>>()
        .join("\n\n");
    let mut results = Results::new();
    match arguments.json {
        true => results.json(&as_json(&lookup, &text))?,
        false => results.line(&text)?,
    }
    results.done()
}

fn meant<'c>(served: &'c ServedCourse, slug: Option<&str>) -> Option<&'c ServedLecture> {
    match slug {
        Some(slug) => served
            .lectures
            .iter()
            .find(|lecture| lecture.lecture.slug == slug),
        None => served.latest_lecture(SystemClock.now()),
    }
}

fn as_json(lookup: &Lookup<'_>, reply: &str) -> Value {
    let lecture = &lookup.lecture.lecture;
    let offset = match lookup.what {
        What::At(offset) => Some(offset),
        _ => None,
    };
    let topic = offset
        .and_then(|offset| lecture.at(offset).topic())
        .map(|covered| {
            json!({
                "title": covered.topic.title,
                "start": covered.start.seconds(),
                "end": covered.end.map(|end| end.seconds()),
                "note": covered.topic.note,
            })
        });
    json!({
        "type": "lookup",
        "lecture": lecture.slug,
        "offset": offset.map(|offset| offset.seconds()),
        "topic": topic,
        "link": offset.and_then(|offset| lecture.link_at(offset)),
        "reply": reply,
    })
}
