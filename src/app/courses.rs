//! The courses that this Beadle serves, in memory: which course a channel belongs to, which lecture
//! is meant there, and who is staff.

mod kept;
mod open;
mod settings;

use jiff::Timestamp;
use jiff::civil::Date;

pub(crate) use self::kept::{add_course, keep_course, keep_lecture, set_digest, take_lecture_away};
pub use self::open::{Reach, imported_table, offset_from_db, topic_to_row};
pub(crate) use self::settings::CourseSettings;
use super::event::{Person, Place};
use super::interaction::Response;
use super::reply;
use crate::domain::course::Course;
use crate::domain::ids::{ChannelId, ServerId};
use crate::domain::lecture::Lecture;

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
    /// The file that says so, as the host named it.
    pub file: String,
}

/// A lecture of a [`CourseSource`].
#[derive(Debug, Clone)]
pub struct LectureSource {
    /// The lecture; its topic table is empty where [`LectureSource::table`] is [`Side::Discord`].
    pub lecture: Lecture,
    /// The channels of which it is the lecture.
    pub channels: Vec<ChannelId>,
    /// Where its topic table is kept.
    pub table: Side,
}

/// A course that is being served.
#[derive(Debug, Clone)]
pub struct ServedCourse {
    /// Its row.
    pub id: i64,
    /// What its staff decided.
    pub course: Course,
    /// Its lectures, in the order in which they were written down.
    pub lectures: Vec<ServedLecture>,
    /// When Beadle first saw it, or its digest's hour was last set in Discord: no digest is due before.
    pub since: Timestamp,
    /// Where it and its lectures are decided about.
    pub side: Side,
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
    /// Those of files stand first.
    served: Vec<ServedCourse>,
    /// What the host's course files say.
    files: Vec<CourseSource>,
    /// Which of those in the database are this process's.
    reach: Reach,
    /// The slugs that stand in a file and in the database.
    overruled: Vec<String>,
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
    /// Every course.
    pub fn iter(&self) -> std::slice::Iter<'_, ServedCourse> {
        self.served.iter()
    }

    /// The slugs of courses that were set up in Discord, and for which a file decides now.
    pub fn overruled(&self) -> &[String] {
        &self.overruled
    }

    /// The course of that row.
    pub fn numbered(&self, id: i64) -> Option<&ServedCourse> {
        self.served.iter().find(|served| served.id == id)
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
    /// That the course may be changed in Discord; `key` is what to change in its file otherwise.
    ///
    /// # Errors
    /// A response that says which key of which file to change.
    pub(crate) fn is_changed_here(&self, key: &str) -> Result<(), Response> {
        match &self.side {
            Side::Discord => Ok(()),
            Side::File(file) => {
                let sentence = reply::kept_in_file(&self.course.name, file, key);
                Err(Response::privately(sentence))
            }
        }
    }

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
