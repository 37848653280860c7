//! Topic tables of lectures, wherever they are kept: in the course's files or in the database.

use std::path::Path;

use super::files::{read, write};
use super::{How, Of};
use crate::app::courses::{
    CourseSource, Courses, LectureSource, ServedLecture, imported_table, topic_to_row,
};
use crate::cli::failure::Failure;
use crate::cli::output::Results;
use crate::cli::replay::no_such_lecture;
use crate::cli::run::courses_in;
use crate::clock::{Clock, SystemClock};
use crate::config::{Environment, Settings};
use crate::formats::{About, TopicFormat, write_topics};
use crate::store::topics::{put_topic_change, replace_topics};
use crate::store::{Store, Tx};

/// Who changed a table, as its history tells.
const CHANGED_BY: &str = "command line";

/// Puts a table into the database in the place of the one before, which its history keeps.
pub(super) async fn import(file: &Path, of: &Of, how: &How) -> Result<(), Failure> {
    let (settings, source) = course(of)?;
    let lecture = lecture(&source, of)?;
    if lecture.topics_in_file {
        return Err(Failure::input(format!(
            "the topic table of lecture `{}` is kept in a file; change the file that `topics` names in \
             the course `{}`",
            of.lecture, of.course
        )));
    }
    let duration = how.duration.or(lecture.lecture.duration);
    let table = read(
        file,
        &How {
            duration,
            ..how.clone()
        },
    )?
    .table;
    let store = Store::open(settings.database.url.as_str()).await?;
    let mut tx = store.begin().await?;
    let id = served(&mut tx, source, of)
        .await?
        .map_or(0, |served| served.id);
    let before = imported_table(&mut tx, id).await?;
    let before_csv = write_topics(&before, TopicFormat::Csv, About::default());
    let now_ms = SystemClock.now().as_millisecond();
    let rows: Vec<_> = table.iter().map(topic_to_row).collect();
    replace_topics(&mut tx, id, &rows).await?;
    put_topic_change(&mut tx, id, CHANGED_BY, now_ms, &before_csv).await?;
    tx.commit().await?;
    store.close().await;
    let mut results = Results::new();
    results.line(&format!(
        "lecture {} has {} topics now, {} before",
        of.lecture,
        rows.len(),
        before.len()
    ))?;
    results.done()
}

/// Writes the table that a lecture has.
pub(super) async fn export(of: &Of, to: TopicFormat) -> Result<(), Failure> {
    let (settings, source) = course(of)?;
    lecture(&source, of)?;
    let store = Store::open(settings.database.url.as_str()).await?;
    let mut tx = store.begin().await?;
    let served = served(&mut tx, source, of).await?;
    tx.rollback().await?;
    let Some(ServedLecture { lecture, .. }) = served else {
        return Ok(());
    };
    let about = About {
        title: Some(&lecture.title),
        recording: lecture.video.as_ref(),
        duration: lecture.duration,
    };
    write(&lecture.topics, to, about)
}

/// The settings and the course that is named.
fn course(of: &Of) -> Result<(Settings, CourseSource), Failure> {
    let settings = of.files.settings(&Environment::of_process())?;
    let courses = courses_in(&settings.courses.dir)?;
    let slug = &of.course;
    let dir = settings.courses.dir.display().to_string();
    match courses
        .into_iter()
        .find(|source| source.course.slug == *slug)
    {
        Some(source) => Ok((settings, source)),
        None => Err(Failure::input(format!(
            "there is no course `{slug}` in {dir}; check the slug"
        ))),
    }
}

fn lecture<'s>(source: &'s CourseSource, of: &Of) -> Result<&'s LectureSource, Failure> {
    let found = source
        .lectures
        .iter()
        .find(|lecture| lecture.lecture.slug == of.lecture);
    found.ok_or_else(|| no_such_lecture(source, &of.lecture))
}

/// The lecture with its row, which is made if it is missing.
async fn served(
    tx: &mut Tx,
    source: CourseSource,
    of: &Of,
) -> Result<Option<ServedLecture>, Failure> {
    let courses = Courses::open(tx, vec![source], SystemClock.now()).await?;
    let mut lectures = courses.iter().flat_map(|served| served.lectures.clone());
    Ok(lectures.find(|served| served.lecture.slug == of.lecture))
}
