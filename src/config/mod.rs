//! Settings and courses as code: TOML in, checked values out.
//!
//! Everything that is wrong is told in one pass, each with its line and column or the name of its variable. Nothing here may open a
//! connection or know what a setting is used for; the bot's token is held as a secret and never read from a file of settings.

mod course_file;
mod document;
mod environment;
mod nearest;
mod problem;
mod settings;
mod shards;
mod sources;
mod token;

pub use course_file::{CourseFile, DEFAULT_COURSES_DIR, load_courses, load_sound_courses};
pub use environment::Environment;
pub use problem::{Place, Problem};
pub use settings::{
    CatchUp, Courses, Database, DatabaseUrl, Digest, Discord, Log, LogFormat, Settings,
    SettingsError,
};
pub use shards::{ShardRange, Shards};
pub use token::{TokenError, discord_token};
