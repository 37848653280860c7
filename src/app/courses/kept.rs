//! How courses that are set up in Discord are kept and changed. Every change is served at once
//! ([`Turn::courses_changed`]).

use super::{CourseSettings, ServedCourse, ServedLecture, Side, offset_from_db};
use crate::app::turn::Turn;
use crate::domain::course::{Course, DigestSettings, LectureSettings};
use crate::domain::ids::{ChannelId, MessageId};
use crate::domain::lecture::Lecture;
use crate::store::courses::{self, KeptLectureRow};
use crate::store::cursors::{self, Cursor};
use crate::store::{StoreError, Tx};

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
