//! Topic tables of lectures, wherever they are kept: in the course's files or in the database.

use std::path::Path;

use super::files::{read, write};
use super::{How, Of};
use crate::app::courses::{
    Courses, ServedCourse, ServedLecture, Side, imported_table, topic_to_row,
};
use crate::cli::failure::Failure;
use crate::cli::look::{LEFT_OUT, Look, wanted};
use crate::cli::output::{Results, count};
use crate::cli::run::{Files, courses_in};
use crate::clock::{Clock, SystemClock};
use crate::config::{CourseFile, Environment};
use crate::formats::{About, TopicFormat, write_topics};
use crate::store::topics::{TopicChangeRow, put_topic_change, replace_topics};
use crate::store::{Store, Tx};

/// Who changed a table, as its history tells.
const CHANGED_BY: &str = "command line";

/// Puts a table into the database in the place of the one before, which its history keeps.
pub(super) async fn import(file: &Path, of: &Of, how: &How) -> Result<(), Failure> {
    let (store, mut tx, courses) = opened(of).await?;
    let lecture = lecture(course(&courses, &of.course)?, &of.lecture)?;
    if let Side::File(table) = &lecture.table {
        return Err(Failure::input(format!(
            "the topic table of lecture `{}` is kept in a file; change {table}, which `topics` names in \
             the course `{}`",
            of.lecture, of.course
        )));
    }
    let duration = how.duration.or(lecture.lecture.duration);
    let how = How {
        duration,
        ..how.clone()
    };
    let table = read(file, &how)?.table;
    if table.is_empty() {
        return Err(Failure::input(format!(
            "{}: there is no topic in it; nothing was changed",
            file.display()
        )));
    }
    let before = imported_table(&mut tx, lecture.id).await?;
    let change = TopicChangeRow {
        id: 0,
        lecture_id: lecture.id,
        changed_by: CHANGED_BY.to_owned(),
        changed_at_ms: SystemClock.now().as_millisecond(),
        before_csv: write_topics(&before, TopicFormat::Csv, About::default()),
        what: "imported".to_owned(),
        undone_by: None,
        undone_at_ms: None,
    };
    let rows: Vec<_> = table.iter().map(topic_to_row).collect();
    replace_topics(&mut tx, lecture.id, &rows).await?;
    put_topic_change(&mut tx, &change).await?;
    tx.commit().await?;
    store.close().await;
    let mut results = Results::new();
    results.line(&format!(
        "lecture {} has {} now, {} before",
        of.lecture,
        count(rows.len(), "topic"),
        before.len()
    ))?;
    results.done()
}

/// Writes the table that a lecture has.
pub(super) async fn export(
    files: &Files,
    slug: &str,
    of: &str,
    to: TopicFormat,
) -> Result<(), Failure> {
    let courses = looked_at(files, slug).await?;
    let lecture = &lecture(course(&courses, slug)?, of)?.lecture;
    let about = About {
        title: Some(&lecture.title),
        recording: lecture.video.as_ref(),
        duration: lecture.duration,
    };
    write(&lecture.topics, to, about)
}

/// Writes a course as the files that it is kept in from then on: its own and a table for each of its
/// lectures that has one. Files that are there already stay as they are.
pub(super) async fn export_course(files: &Files, slug: &str, folder: &Path) -> Result<(), Failure> {
    let courses = looked_at(files, slug).await?;
    let served = course(&courses, slug)?;
    let mut course = served.course.clone();
    let mut files = Vec::new();
    for (settings, served) in course.lectures.iter_mut().zip(&served.lectures) {
        settings.topics = None;
        if !served.lecture.topics.is_empty() {
            let name = format!("{slug}-{}.csv", settings.slug);
            let table = &served.lecture.topics;
            let csv = write_topics(table, TopicFormat::Csv, About::default());
            files.push((folder.join(&name), csv));
            settings.topics = Some(name.into());
        }
    }
    files.insert(
        0,
        (
            folder.join(format!("{slug}.toml")),
            CourseFile::text_of(&course),
        ),
    );
    if let Some((there, _)) = files.iter().find(|(path, _)| path.exists()) {
        let there = there.display();
        return Err(Failure::input(format!(
            "{there} is there already; name another folder with --into, or move it away"
        )));
    }
    let unwritable = |path: &Path, error: std::io::Error| {
        Failure::input(format!("{} cannot be written: {error}", path.display()))
    };
    std::fs::create_dir_all(folder).map_err(|error| unwritable(folder, error))?;
    let mut results = Results::new();
    for (path, text) in files {
        std::fs::write(&path, text).map_err(|error| unwritable(&path, error))?;
        results.line(&format!("wrote {}", path.display()))?;
    }
    results.line(&format!(
        "from its next start on, Beadle takes the course `{slug}` from there, if that is its folder of courses"
    ))?;
    results.done()
}

/// Every course whose files are right, of which this one is wanted.
async fn looked_at(files: &Files, slug: &str) -> Result<Courses, Failure> {
    let mut look = Look::at(files, LEFT_OUT).await?;
    let sources = std::mem::take(&mut look.sources);
    let courses = Courses::open(&mut look.tx, sources, SystemClock.now()).await?;
    look.wanted(&courses, Some(slug))?;
    look.tx.rollback().await?;
    Ok(courses)
}

/// The open database, a transaction on it, and every course. The database is made only where a course
/// file says that this is the place for it.
async fn opened(of: &Of) -> Result<(Store, Tx, Courses), Failure> {
    let settings = of.files.settings(&Environment::of_process())?;
    let sources = courses_in(&settings.courses.dir)?;
    let url = settings.database.url.as_str();
    let store = match sources.iter().any(|it| it.course.slug == of.course) {
        true => Store::open(url).await?,
        false => Store::open_existing(url).await?,
    };
    let mut tx = store.begin().await?;
    let courses = Courses::open(&mut tx, sources, SystemClock.now()).await?;
    Ok((store, tx, courses))
}

fn course<'c>(courses: &'c Courses, slug: &str) -> Result<&'c ServedCourse, Failure> {
    let found = wanted(courses, Some(slug))?;
    // One was named, and it is there.
    let [served] = found[..] else {
        return Err(Failure::input(format!("there is no course `{slug}`")));
    };
    Ok(served)
}

fn lecture<'c>(served: &'c ServedCourse, slug: &str) -> Result<&'c ServedLecture, Failure> {
    let lectures = &served.lectures;
    let found = lectures.iter().find(|it| it.lecture.slug == slug);
    found.ok_or_else(|| {
        let slugs = lectures.iter().map(|it| format!("`{}`", it.lecture.slug));
        let slugs: Vec<String> = slugs.collect();
        let course = &served.course.slug;
        Failure::input(match &slugs[..] {
            [] => format!("the course `{course}` has no lectures yet"),
            _ => format!(
                "the course `{course}` has no lecture `{slug}`; take one of {}",
                slugs.join(", ")
            ),
        })
    })
}
