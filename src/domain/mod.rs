//! What Beadle is about, as types and rules: no IO, no serenity, no sqlx.

pub mod course;
pub mod digest;
pub mod ids;
pub mod lecture;
pub mod offset;
pub mod question;
pub mod quote;
pub mod recording;
pub mod schedule;
pub mod search;
