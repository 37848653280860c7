//! Courses that are set up in Discord: how the database holds what they are set to, and how that is
//! changed. Every change is served at once ([`Turn::courses_changed`]).

use serde::{Deserialize, Serialize};

use super::{ServedCourse, ServedLecture, Side, offset_from_db};
use crate::app::turn::Turn;
use crate::domain::course::{
    Course, DigestSettings, LectureSettings, LookupSettings, WhenEmpty, words,
};
use crate::domain::ids::{ChannelId, MessageId, RoleId, ServerId};
use crate::domain::lecture::Lecture;
use crate::domain::schedule::{Schedule, Weekdays, parse_time};
use crate::store::courses::{self, KeptLectureRow};
use crate::store::cursors::{self, Cursor};
use crate::store::{StoreError, Tx};

/// What a course is set to, as JSON holds it. A key that is missing, or that a later Beadle wrote in a
/// way that this one does not understand, has its default: a course is never lost over a setting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct CourseSettings {
    pub name: String,
    /// Its IANA name.
    pub timezone: String,
    pub staff_roles: Vec<RoleId>,
    pub watch: Vec<ChannelId>,
    pub prefix: String,
    /// Empty for none.
    pub gathered_reaction: String,
    pub repeat_s: u32,
    pub per_user: u32,
    pub per_user_window_s: u32,
    /// Where the digest is posted; `None`: there is none.
    pub digest_channel: Option<ChannelId>,
    /// A time of day.
    pub digest_at: String,
    /// Their names, such as `mon`.
    pub digest_days: Vec<String>,
    /// `line` or `nothing`.
    pub digest_when_empty: String,
    pub digest_show_askers: bool,
    /// When the hour was last set, in UTC milliseconds.
    pub digest_set_at_ms: i64,
}

impl Default for CourseSettings {
    fn default() -> Self {
        let lookup = LookupSettings::default();
        Self {
            name: String::new(),
            timezone: "UTC".to_owned(),
            staff_roles: Vec::new(),
            watch: Vec::new(),
            prefix: Course::DEFAULT_PREFIX.to_owned(),
            gathered_reaction: Course::DEFAULT_GATHERED_REACTION.to_owned(),
            repeat_s: lookup.repeat_s,
            per_user: lookup.per_user,
            per_user_window_s: lookup.per_user_window_s,
            digest_channel: None,
            digest_at: DigestSettings::DEFAULT_AT.to_owned(),
            digest_days: strings(Weekdays::EVERY.names()),
            digest_when_empty: WhenEmpty::default().name().to_owned(),
            digest_show_askers: true,
            digest_set_at_ms: 0,
        }
    }
}

impl CourseSettings {
    /// What a course is set to.
    pub fn of(course: &Course) -> Self {
        let mut settings = Self {
            name: course.name.clone(),
            timezone: course.timezone_name().to_owned(),
            staff_roles: course.staff_roles.clone(),
            watch: course.watch.clone(),
            prefix: course.prefix.clone(),
            gathered_reaction: course.gathered_reaction.clone().unwrap_or_default(),
            repeat_s: course.lookup.repeat_s,
            per_user: course.lookup.per_user,
            per_user_window_s: course.lookup.per_user_window_s,
            ..Self::default()
        };
        if let Some(digest) = &course.digest {
            settings.digest_channel = Some(digest.channel);
            settings.digest_at = digest.schedule.at.strftime("%H:%M").to_string();
            settings.digest_days = strings(digest.schedule.days.names());
            settings.digest_when_empty = digest.when_empty.name().to_owned();
            settings.digest_show_askers = digest.show_askers;
        }
        settings
    }

    /// As the database holds it.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// From the database; what is no settings at all is the defaults.
    pub fn from_json(json: &str) -> Self {
        serde_json::from_str(json).unwrap_or_default()
    }

    /// The course itself, without lectures.
    pub fn course(self, slug: String, server: ServerId) -> Course {
        let timezone = words::timezone(&self.timezone).unwrap_or(jiff::tz::TimeZone::UTC);
        let usual = || {
            let default = Self::default();
            parse_time(&default.digest_at).unwrap_or_default()
        };
        let digest = self.digest_channel.map(|channel| DigestSettings {
            channel,
            schedule: Schedule {
                at: parse_time(&self.digest_at).unwrap_or_else(|_| usual()),
                days: Weekdays::parse(&self.digest_days).unwrap_or(Weekdays::EVERY),
                timezone: timezone.clone(),
            },
            when_empty: self.digest_when_empty.parse().unwrap_or_default(),
            show_askers: self.digest_show_askers,
        });
        let name = Some(self.name).filter(|name| !name.is_empty());
        let prefix = words::prefix(&self.prefix);
        let sign = words::reaction(&self.gathered_reaction);
        Course {
            name: name.unwrap_or_else(|| slug.clone()),
            slug,
            server,
            timezone,
            staff_roles: self.staff_roles,
            watch: self.watch,
            prefix: prefix.unwrap_or_else(|_| Course::DEFAULT_PREFIX.to_owned()),
            gathered_reaction: sign
                .unwrap_or_else(|_| Some(Course::DEFAULT_GATHERED_REACTION.to_owned())),
            lookup: LookupSettings {
                repeat_s: self.repeat_s,
                per_user: self.per_user,
                per_user_window_s: self.per_user_window_s,
            },
            digest,
            lectures: Vec::new(),
        }
    }
}

fn strings(names: Vec<&str>) -> Vec<String> {
    names.into_iter().map(str::to_owned).collect()
}

/// Makes a course; returns its row.
pub(crate) async fn add_course(turn: &mut Turn<'_>, course: &Course) -> Result<i64, StoreError> {
    let now_ms = turn.now_ms();
    let row = courses::course_seen(turn.tx, &course.slug, course.server, now_ms).await?;
    let settings = CourseSettings {
        digest_set_at_ms: now_ms,
        ..CourseSettings::of(course)
    };
    courses::put_course_settings(turn.tx, row.id, &settings.to_json()).await?;
    read_from_now_on(turn, &[], &course.read_channels()).await?;
    Ok(row.id)
}

/// Keeps what a course is set to from now on; its lectures are kept by [`keep_lecture`]. An hour of
/// the digest that is set anew counts from now on: what it would have made of the day so far is not
/// posted afterwards.
pub(crate) async fn keep_course(
    turn: &mut Turn<'_>,
    served: &ServedCourse,
    course: &Course,
) -> Result<(), StoreError> {
    let schedule = |course: &Course| {
        let digest = course.digest.as_ref();
        digest.map(|digest| digest.schedule.clone())
    };
    let set_at = match schedule(&served.course) == schedule(course) {
        true => served.since,
        false => turn.now,
    };
    let settings = CourseSettings {
        digest_set_at_ms: set_at.as_millisecond(),
        ..CourseSettings::of(course)
    };
    courses::put_course_settings(turn.tx, served.id, &settings.to_json()).await?;
    read_from_now_on(
        turn,
        &served.course.read_channels(),
        &course.read_channels(),
    )
    .await
}

/// Sets where and when a course's digest is posted; `None`: it has none from now on.
///
/// It is for whoever has asked [`ServedCourse::is_changed_here`] before.
pub(crate) async fn set_digest(
    turn: &mut Turn<'_>,
    served: &ServedCourse,
    digest: Option<DigestSettings>,
) -> Result<(), StoreError> {
    let course = Course {
        digest,
        ..served.course.clone()
    };
    keep_course(turn, served, &course).await
}

/// Keeps a lecture, in the place of `before` if it is not new.
pub(crate) async fn keep_lecture(
    turn: &mut Turn<'_>,
    served: &ServedCourse,
    before: Option<&ServedLecture>,
    lecture: &LectureSettings,
) -> Result<(), StoreError> {
    let id = match before {
        Some(before) => before.id,
        None => courses::lecture_seen(turn.tx, served.id, &lecture.slug).await?,
    };
    let channels: Vec<String> = lecture.channels.iter().map(ToString::to_string).collect();
    let row = KeptLectureRow {
        id,
        slug: lecture.slug.clone(),
        title: lecture.title.clone(),
        video: lecture.video.clone(),
        duration_s: lecture.duration.map(|it| i64::from(it.seconds())),
        held_on: lecture.date.map(|date| date.to_string()),
        channels: channels.join(" "),
    };
    courses::put_lecture(turn.tx, &row).await?;
    let slug = before.map_or(&lecture.slug, |before| &before.lecture.slug);
    let mut course = served.course.clone();
    course.lectures.retain(|known| known.slug != *slug);
    course.lectures.push(lecture.clone());
    read_from_now_on(
        turn,
        &served.course.read_channels(),
        &course.read_channels(),
    )
    .await
}

/// Takes a lecture away; its questions and its table stay.
pub(crate) async fn take_lecture_away(
    turn: &mut Turn<'_>,
    served: &ServedCourse,
    lecture: &ServedLecture,
) -> Result<(), StoreError> {
    courses::take_lecture_away(turn.tx, lecture.id).await?;
    let mut course = served.course.clone();
    let slug = &lecture.lecture.slug;
    course.lectures.retain(|known| known.slug != *slug);
    read_from_now_on(
        turn,
        &served.course.read_channels(),
        &course.read_channels(),
    )
    .await
}

/// Serves the courses as they are now. A channel that is read no more is forgotten; one that is read
/// for the first time, or again, is read from now on.
async fn read_from_now_on(
    turn: &mut Turn<'_>,
    before: &[ChannelId],
    now: &[ChannelId],
) -> Result<(), StoreError> {
    let (mut gone, mut new) = (before.to_vec(), now.to_vec());
    gone.retain(|channel| !now.contains(channel));
    new.retain(|channel| !before.contains(channel));
    for channel in &gone {
        turn.memory.live.remove(channel);
    }
    let since = MessageId::first_at_ms(turn.now_ms());
    let begin = Cursor {
        message: since,
        since,
    };
    let new: Vec<_> = new.into_iter().map(|channel| (channel, begin)).collect();
    cursors::forget_cursors(turn.tx, &gone).await?;
    cursors::advance_cursors(turn.tx, &new).await?;
    turn.courses_changed = true;
    Ok(())
}

/// The lectures of a course that is set up in Discord, without their tables.
pub(super) async fn kept_lectures(
    tx: &mut Tx,
    course_id: i64,
) -> Result<Vec<(LectureSettings, ServedLecture)>, StoreError> {
    let rows = courses::kept_lectures(tx, course_id).await?;
    Ok(rows.into_iter().map(lecture_of_row).collect())
}

fn lecture_of_row(row: KeptLectureRow) -> (LectureSettings, ServedLecture) {
    let channels = row.channels.split_whitespace();
    let settings = LectureSettings {
        slug: row.slug,
        title: row.title,
        date: row.held_on.and_then(|date| date.parse().ok()),
        video: row.video,
        duration: row.duration_s.map(offset_from_db),
        channels: channels.filter_map(|id| id.parse().ok()).collect(),
        topics: None,
    };
    let lecture = Lecture {
        slug: settings.slug.clone(),
        title: settings.title.clone(),
        video: settings.video.as_deref().and_then(|it| it.parse().ok()),
        duration: settings.duration,
        date: settings.date,
        ..Lecture::default()
    };
    let served = ServedLecture {
        id: row.id,
        lecture,
        channels: settings.channels.clone(),
        table: Side::Discord,
    };
    (settings, served)
}
