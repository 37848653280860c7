//! Courses and lectures that have been seen. What those of files are set to stands in their files, and
//! the database gives them the ids that everything else refers to; courses that are set up in Discord
//! are kept here whole.

use super::{StoreError, Tx, execute, on};
use crate::domain::ids::ServerId;

/// A course's row.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct CourseRow {
    /// The row's id.
    pub id: i64,
    /// When Beadle first saw the course, in UTC milliseconds. No digest is due before.
    pub created_at_ms: i64,
}

/// A course that is set up in Discord.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct KeptCourseRow {
    /// The row's id.
    pub id: i64,
    /// Its short name.
    pub slug: String,
    /// Its server.
    pub server_id: i64,
    /// When Beadle first saw it, in UTC milliseconds.
    pub created_at_ms: i64,
    /// What it is set to, as JSON.
    pub settings: String,
}

/// A lecture of a course that is set up in Discord.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct KeptLectureRow {
    /// The row's id.
    pub id: i64,
    /// Its short name.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// The recording's address.
    pub video: Option<String>,
    /// The recording's length, in seconds.
    pub duration_s: Option<i64>,
    /// The day on which it was held, such as `2026-02-09`.
    pub held_on: Option<String>,
    /// The ids of its channels, parted by blanks.
    pub channels: String,
}

/// The row of the course with that slug, made now if there is none.
pub async fn course_seen(
    tx: &mut Tx,
    slug: &str,
    server: ServerId,
    now_ms: i64,
) -> Result<CourseRow, StoreError> {
    on!(tx, |db| sqlx::query_as::<_, CourseRow>(
        "INSERT INTO courses (slug, server_id, created_at_ms) VALUES ($1, $2, $3)
         ON CONFLICT (slug) DO UPDATE SET server_id = excluded.server_id
         RETURNING id, created_at_ms",
    )
    .bind(slug)
    .bind(server.to_db())
    .bind(now_ms)
    .fetch_one(db)
    .await)
}

/// Who a slug belongs to.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct SlugRow {
    /// The course's server.
    pub server_id: i64,
    /// Whether the course is set up in Discord.
    pub is_kept: bool,
}

/// The course of that slug, on whichever server.
pub async fn course_of_slug(tx: &mut Tx, slug: &str) -> Result<Option<SlugRow>, StoreError> {
    on!(tx, |db| sqlx::query_as(
        "SELECT server_id, settings IS NOT NULL AS is_kept FROM courses WHERE slug = $1"
    )
    .bind(slug)
    .fetch_optional(db)
    .await)
}

/// The slug and row of every course.
pub async fn courses(tx: &mut Tx) -> Result<Vec<(i64, String)>, StoreError> {
    on!(tx, |db| sqlx::query_as(
        "SELECT id, slug FROM courses ORDER BY slug"
    )
    .fetch_all(db)
    .await)
}

/// The courses that are set up in Discord, in the order in which they were.
pub async fn kept_courses(tx: &mut Tx) -> Result<Vec<KeptCourseRow>, StoreError> {
    on!(tx, |db| sqlx::query_as(
        "SELECT id, slug, server_id, created_at_ms, settings
         FROM courses WHERE settings IS NOT NULL ORDER BY id"
    )
    .fetch_all(db)
    .await)
}

/// Keeps what a course is set to, as JSON.
pub async fn put_course_settings(
    tx: &mut Tx,
    course_id: i64,
    settings: &str,
) -> Result<(), StoreError> {
    let sql = "UPDATE courses SET settings = $2 WHERE id = $1";
    execute!(tx, sql, course_id, settings)?;
    Ok(())
}

/// The id and slug of every lecture of a course.
pub async fn lectures_of_course(
    tx: &mut Tx,
    course_id: i64,
) -> Result<Vec<(i64, String)>, StoreError> {
    on!(tx, |db| sqlx::query_as(
        "SELECT id, slug FROM lectures WHERE course_id = $1 ORDER BY slug"
    )
    .bind(course_id)
    .fetch_all(db)
    .await)
}

/// The id of a course's lecture with that slug, made now if there is none.
pub async fn lecture_seen(tx: &mut Tx, course_id: i64, slug: &str) -> Result<i64, StoreError> {
    on!(tx, |db| sqlx::query_scalar(
        "INSERT INTO lectures (course_id, slug) VALUES ($1, $2)
         ON CONFLICT (course_id, slug) DO UPDATE SET slug = excluded.slug
         RETURNING id",
    )
    .bind(course_id)
    .bind(slug)
    .fetch_one(db)
    .await)
}

/// The lectures of a course that is set up in Discord, in the order in which they were first named.
pub async fn kept_lectures(tx: &mut Tx, course_id: i64) -> Result<Vec<KeptLectureRow>, StoreError> {
    on!(tx, |db| sqlx::query_as(
        "SELECT id, slug, title, video, duration_s, held_on, channels
         FROM lectures WHERE course_id = $1 AND title IS NOT NULL ORDER BY id"
    )
    .bind(course_id)
    .fetch_all(db)
    .await)
}

/// Keeps what a lecture is, its slug included.
pub async fn put_lecture(tx: &mut Tx, row: &KeptLectureRow) -> Result<(), StoreError> {
    execute!(
        tx,
        "UPDATE lectures SET slug = $2, title = $3, video = $4, duration_s = $5, held_on = $6,
                             channels = $7
         WHERE id = $1",
        row.id,
        &row.slug,
        &row.title,
        &row.video,
        row.duration_s,
        &row.held_on,
        &row.channels
    )?;
    Ok(())
}

/// Takes a lecture away. Its row stays, and with it its questions and its topic table.
pub async fn take_lecture_away(tx: &mut Tx, lecture_id: i64) -> Result<(), StoreError> {
    execute!(
        tx,
        "UPDATE lectures SET title = NULL, channels = '' WHERE id = $1",
        lecture_id
    )?;
    Ok(())
}

/// How many questions were asked about a lecture, without those that were taken back.
pub async fn questions_about(tx: &mut Tx, lecture_id: i64) -> Result<i64, StoreError> {
    on!(tx, |db| sqlx::query_scalar(
        "SELECT COUNT(*) FROM questions WHERE lecture_id = $1 AND state <> 'withdrawn'"
    )
    .bind(lecture_id)
    .fetch_one(db)
    .await)
}
