//! The courses that this Beadle serves, in memory: which course a channel belongs to, which lecture
//! is meant there, and who is staff.

use jiff::Timestamp;
use jiff::civil::Date;

use super::event::{Person, Place};
use crate::domain::course::Course;
use crate::domain::ids::{ChannelId, ServerId};
use crate::domain::lecture::{Lecture, Topic, TopicTable};
use crate::domain::offset::Offset;
use crate::store::{StoreError, Tx, courses, topics};

/// Where something is decided: never on both sides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Side {
    /// In this file, as the host named it.
    File(String),
    /// In Discord, and so in the database.
    Discord,
}

/// A course and its lectures, as they were read from their files.
#[derive(Debug, Clone)]
pub struct CourseSource {
    /// What its staff decided.
    pub course: Course,
    /// Its lectures, in the order of the file.
    pub lectures: Vec<LectureSource>,
}

/// A lecture of a [`CourseSource`].
#[derive(Debug, Clone)]
pub struct LectureSource {
    /// The lecture; its topic table is empty where [`LectureSource::topics_in_file`] is false.
    pub lecture: Lecture,
    /// The channels of which it is the lecture.
    pub channels: Vec<ChannelId>,
    /// Whether the course's file names a topic table; otherwise the table lives in the database.
    pub topics_in_file: bool,
}

/// A course that is being served.
#[derive(Debug, Clone)]
pub struct ServedCourse {
    /// Its row.
    pub id: i64,
    /// What its staff decided.
    pub course: Course,
    /// Its lectures, in the order of the file.
    pub lectures: Vec<ServedLecture>,
    /// When Beadle first saw it: no digest is due before.
    pub since: Timestamp,
}

/// A lecture that is being served.
#[derive(Debug, Clone)]
pub struct ServedLecture {
    /// Its row.
    pub id: i64,
    /// The lecture and its topic table.
    pub lecture: Lecture,
    /// The channels of which it is the lecture.
    pub channels: Vec<ChannelId>,
    /// Where its topic table is kept.
    pub table: Side,
}

/// Every course that this process serves.
#[derive(Debug, Clone, Default)]
pub struct Courses {
    served: Vec<ServedCourse>,
    /// What the host's course files say.
    files: Vec<CourseSource>,
}

/// Which course a command belongs to.
#[derive(Debug, Clone, Copy)]
pub enum Belongs<'a> {
    /// To this one.
    To(&'a ServedCourse),
    /// The server has several, and the channel belongs to none of them.
    ToSeveral,
    /// The server has none.
    ToNone,
}

impl Courses {
    /// Gives every course its rows, made where they are missing, and reads the topic tables that
    /// live in the database.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn open(
        tx: &mut Tx,
        files: Vec<CourseSource>,
        now: Timestamp,
    ) -> Result<Self, StoreError> {
        let mut served = Vec::new();
        for source in files.iter().cloned() {
            let row = courses::course_seen(
                tx,
                &source.course.slug,
                source.course.server,
                now.as_millisecond(),
            )
            .await?;
            let mut lectures = Vec::new();
            for lecture in source.lectures {
                lectures.push(serve_lecture(tx, row.id, lecture).await?);
            }
            served.push(ServedCourse {
                id: row.id,
                course: source.course,
                lectures,
                since: Timestamp::from_millisecond(row.created_at_ms).unwrap_or(now),
            });
        }
        Ok(Self { served, files })
    }

    /// The same courses as the database tells of them now.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn reopened(&self, tx: &mut Tx, now: Timestamp) -> Result<Self, StoreError> {
        Self::open(tx, self.files.clone(), now).await
    }

    /// Every course.
    pub fn iter(&self) -> std::slice::Iter<'_, ServedCourse> {
        self.served.iter()
    }

    /// The course of that slug.
    pub fn named(&self, slug: &str) -> Option<&ServedCourse> {
        self.served.iter().find(|served| served.course.slug == slug)
    }

    /// The course that gathers questions in a place.
    pub fn watching(&self, place: &Place) -> Option<&ServedCourse> {
        self.on(place.server).find(|served| served.reads(place))
    }

    /// The course that a command in a place belongs to: the one that watches it, else the one that
    /// posts its digest there, else the server's only one.
    pub fn of_command(&self, place: &Place) -> Belongs<'_> {
        if let Some(served) = self.watching(place) {
            return Belongs::To(served);
        }
        let digests_here = |served: &&ServedCourse| {
            served
                .course
                .digest
                .as_ref()
                .is_some_and(|digest| digest.channel == place.channel)
        };
        if let Some(served) = self.on(place.server).find(digests_here) {
            return Belongs::To(served);
        }
        let mut here = self.on(place.server);
        match (here.next(), here.next()) {
            (None, _) => Belongs::ToNone,
            (Some(served), None) => Belongs::To(served),
            (Some(_), Some(_)) => Belongs::ToSeveral,
        }
    }

    /// A channel of each course of a server, to be named where the course is not told.
    pub fn channels_on(&self, server: ServerId) -> Vec<u64> {
        let watched = self.on(server);
        watched
            .filter_map(|served| served.course.watch.first().map(|id| id.get()))
            .collect()
    }

    /// The courses of a server.
    pub fn on(&self, server: ServerId) -> impl Iterator<Item = &ServedCourse> {
        self.served
            .iter()
            .filter(move |served| served.course.server == server)
    }
}

impl ServedCourse {
    /// Whether the course gathers questions in a place.
    pub fn reads(&self, place: &Place) -> bool {
        let channels = [Some(place.channel), place.parent];
        channels.into_iter().flatten().any(|channel| {
            self.course.watch.contains(&channel)
                || self
                    .lectures
                    .iter()
                    .any(|served| served.channels.contains(&channel))
        })
    }

    /// Whether a person is staff of the course: by a staff role, or, where the course names none,
    /// by the Manage Messages permission.
    pub fn is_staff(&self, person: &Person) -> bool {
        if self.course.staff_roles.is_empty() {
            person.manages_messages
        } else {
            self.course
                .staff_roles
                .iter()
                .any(|role| person.roles.contains(role))
        }
    }

    /// The lecture that is meant in a place when none is named: the thread's, else the channel's,
    /// else the course's latest by date that has been held, else its only one.
    pub fn lecture_meant(&self, place: &Place, now: Timestamp) -> Option<&ServedLecture> {
        let of_channel = |channel: ChannelId| {
            let here: Vec<_> = self
                .lectures
                .iter()
                .filter(|served| served.channels.contains(&channel))
                .collect();
            latest(&here, self.today(now)).or_else(|| here.first().copied())
        };
        of_channel(place.channel)
            .or_else(|| place.parent.and_then(of_channel))
            .or_else(|| self.latest_lecture(now))
    }

    /// The course's latest lecture by date that has been held, else its only one.
    pub fn latest_lecture(&self, now: Timestamp) -> Option<&ServedLecture> {
        let all: Vec<_> = self.lectures.iter().collect();
        latest(&all, self.today(now)).or_else(|| match &self.lectures[..] {
            [only] => Some(only),
            _ => None,
        })
    }

    /// The lecture of that row.
    pub fn lecture(&self, id: i64) -> Option<&ServedLecture> {
        self.lectures.iter().find(|served| served.id == id)
    }

    /// The date where the course is taught.
    pub fn today(&self, now: Timestamp) -> Date {
        now.to_zoned(self.course.timezone.clone()).date()
    }
}

/// The latest lecture that has been held by `today`.
fn latest<'a>(lectures: &[&'a ServedLecture], today: Date) -> Option<&'a ServedLecture> {
    lectures
        .iter()
        .filter(|served| served.lecture.date.is_some_and(|date| date <= today))
        .max_by_key(|served| served.lecture.date)
        .copied()
}

async fn serve_lecture(
    tx: &mut Tx,
    course_id: i64,
    source: LectureSource,
) -> Result<ServedLecture, StoreError> {
    let id = courses::lecture_seen(tx, course_id, &source.lecture.slug).await?;
    let mut lecture = source.lecture;
    if !source.topics_in_file {
        lecture.topics = imported_table(tx, id).await?;
    }
    Ok(ServedLecture {
        id,
        lecture,
        channels: source.channels,
        table: if source.topics_in_file {
            Side::File(String::new())
        } else {
            Side::Discord
        },
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
