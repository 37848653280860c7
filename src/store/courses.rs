//! Courses and lectures that have been seen. What they are set to stands in their files; the
//! database gives them the ids that everything else refers to.

use super::{StoreError, Tx, on};
use crate::domain::ids::ServerId;

/// A course's row.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct CourseRow {
    /// The row's id.
    pub id: i64,
    /// When Beadle first saw the course, in UTC milliseconds. No digest is due before.
    pub created_at_ms: i64,
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

/// The slug and row of every course.
pub async fn courses(tx: &mut Tx) -> Result<Vec<(i64, String)>, StoreError> {
    on!(tx, |db| sqlx::query_as(
        "SELECT id, slug FROM courses ORDER BY slug"
    )
    .fetch_all(db)
    .await)
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
