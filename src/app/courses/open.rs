//! From course files and the database to the courses that are served.

use std::fmt;
use std::sync::Arc;

use jiff::Timestamp;

use super::kept::kept_lectures;
use super::{
    CourseSettings, CourseSource, Courses, LectureSource, ServedCourse, ServedLecture, Side,
};
use crate::domain::ids::ServerId;
use crate::domain::lecture::{Topic, TopicTable};
use crate::domain::offset::Offset;
use crate::store::courses::{self, KeptCourseRow};
use crate::store::{StoreError, Tx, topics};

/// Which servers a process serves: of several on one database, each has its own.
#[derive(Clone)]
pub struct Reach(Arc<dyn Fn(ServerId) -> bool + Send + Sync>);

impl Reach {
    /// The servers for which this holds.
    pub fn of(serves: impl Fn(ServerId) -> bool + Send + Sync + 'static) -> Self {
        Self(Arc::new(serves))
    }

    /// Whether a server is served.
    pub fn serves(&self, server: ServerId) -> bool {
        (self.0)(server)
    }
}

impl Default for Reach {
    /// Every server.
    fn default() -> Self {
        Self::of(|_| true)
    }
}

impl fmt::Debug for Reach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Reach")
    }
}

impl Courses {
    /// The courses of these files and those that were set up in Discord. Gives every course its rows,
    /// made where they are missing, and reads the topic tables that live in the database. Where a slug
    /// stands on both sides, the file decides.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn open(
        tx: &mut Tx,
        files: Vec<CourseSource>,
        now: Timestamp,
    ) -> Result<Self, StoreError> {
        Self::open_within(tx, files, Reach::default(), now).await
    }

    /// As [`Courses::open`], of these servers only. Files of others have to be left out already, since
    /// whoever hands them in says what becomes of those.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn open_within(
        tx: &mut Tx,
        files: Vec<CourseSource>,
        reach: Reach,
        now: Timestamp,
    ) -> Result<Self, StoreError> {
        let kept = courses::kept_courses(tx).await?;
        let mut served = Vec::new();
        for source in files.iter().cloned() {
            served.push(of_file(tx, source, now).await?);
        }
        let mut overruled = Vec::new();
        for row in kept {
            if files.iter().any(|file| file.course.slug == row.slug) {
                overruled.push(row.slug);
            } else if reach.serves(ServerId::from_db(row.server_id)) {
                served.push(of_database(tx, row).await?);
            }
        }
        Ok(Self {
            served,
            files,
            reach,
            overruled,
        })
    }

    /// The same courses as the database tells of them now.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn reopened(&self, tx: &mut Tx, now: Timestamp) -> Result<Self, StoreError> {
        Self::open_within(tx, self.files.clone(), self.reach.clone(), now).await
    }
}

async fn of_file(
    tx: &mut Tx,
    source: CourseSource,
    now: Timestamp,
) -> Result<ServedCourse, StoreError> {
    let (slug, server) = (&source.course.slug, source.course.server);
    let row = courses::course_seen(tx, slug, server, now.as_millisecond()).await?;
    let mut lectures = Vec::new();
    for lecture in source.lectures {
        lectures.push(lecture_of_file(tx, row.id, lecture).await?);
    }
    Ok(ServedCourse {
        id: row.id,
        course: source.course,
        lectures,
        since: Timestamp::from_millisecond(row.created_at_ms).unwrap_or(now),
        side: Side::File(source.file),
    })
}

async fn lecture_of_file(
    tx: &mut Tx,
    course_id: i64,
    source: LectureSource,
) -> Result<ServedLecture, StoreError> {
    let id = courses::lecture_seen(tx, course_id, &source.lecture.slug).await?;
    let mut lecture = source.lecture;
    if source.table == Side::Discord {
        lecture.topics = imported_table(tx, id).await?;
    }
    Ok(ServedLecture {
        id,
        lecture,
        channels: source.channels,
        table: source.table,
    })
}

async fn of_database(tx: &mut Tx, row: KeptCourseRow) -> Result<ServedCourse, StoreError> {
    let settings = CourseSettings::from_json(&row.settings);
    let since_ms = settings.digest_set_at_ms.max(row.created_at_ms);
    let mut course = settings.course(row.slug, ServerId::from_db(row.server_id));
    let mut lectures = Vec::new();
    for (settings, mut lecture) in kept_lectures(tx, row.id).await? {
        lecture.lecture.topics = imported_table(tx, lecture.id).await?;
        course.lectures.push(settings);
        lectures.push(lecture);
    }
    Ok(ServedCourse {
        id: row.id,
        course,
        lectures,
        since: Timestamp::from_millisecond(since_ms).unwrap_or(Timestamp::UNIX_EPOCH),
        side: Side::Discord,
    })
}

/// The topic table of a lecture that the database holds.
///
/// # Errors
/// When the database fails.
pub async fn imported_table(tx: &mut Tx, lecture_id: i64) -> Result<TopicTable, StoreError> {
    let rows = topics::topics_of_lecture(tx, lecture_id).await?;
    let topics = rows.into_iter().map(topic_from_row).collect();
    // Rows were checked when they were written; a table that no longer passes is shown as none.
    Ok(TopicTable::new(topics).unwrap_or_default())
}

fn topic_from_row(row: topics::TopicRow) -> Topic {
    Topic {
        start: offset_from_db(row.start_s),
        end: row.end_s.map(offset_from_db),
        title: row.title,
        note: row.note,
    }
}

/// A column of whole seconds as an offset.
pub fn offset_from_db(seconds: i64) -> Offset {
    Offset::from_seconds(u32::try_from(seconds).unwrap_or(0))
}

/// A topic as the database holds it.
pub fn topic_to_row(topic: &Topic) -> topics::TopicRow {
    topics::TopicRow {
        start_s: i64::from(topic.start.seconds()),
        end_s: topic.end.map(|end| i64::from(end.seconds())),
        title: topic.title.clone(),
        note: topic.note.clone(),
    }
}
