//! `beadle digest --dry-run`: the digest as it would be posted now.

use super::failure::Failure;
use super::output::Results;
use super::questions::wanted;
use super::run::{Files, courses_in};
use crate::app::courses::Courses;
use crate::app::digest::{compose, last};
use crate::clock::{Clock, SystemClock};
use crate::config::Environment;
use crate::domain::digest::{Late, plain_text};
use crate::store::Store;

/// `beadle digest`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
The digest itself is posted by `beadle run` at its time, or in Discord by /digest now.

Examples:
  beadle digest --dry-run --course cs224n")]
pub struct Arguments {
    /// Print it; nothing is posted, and the next digest comes as if this one had not been asked for
    #[arg(long, required = true)]
    dry_run: bool,
    /// Of one course only
    #[arg(long, value_name = "SLUG")]
    course: Option<String>,
    #[command(flatten)]
    files: Files,
}

/// Prints the digest of each course.
pub async fn digest(arguments: &Arguments) -> Result<(), Failure> {
    let settings = arguments.files.settings(&Environment::of_process())?;
    let sources = courses_in(&settings.courses.dir)?;
    let store = Store::open(settings.database.url.as_str()).await?;
    let now = SystemClock.now();
    let mut tx = store.begin().await?;
    let courses = Courses::open(&mut tx, sources, now).await?;
    let mut texts = Vec::new();
    for served in wanted(&courses, arguments.course.as_deref())? {
        let last = last(&mut tx, served, now).await?;
        let since_ms = last.map(|last| last.claimed_at_ms);
        let date = served.today(now);
        let on_time = Late::default();
        let input = compose(&mut tx, served, date, now, on_time, since_ms).await?;
        texts.push(plain_text(&input));
    }
    // A dry run leaves nothing behind.
    tx.rollback().await?;
    let mut results = Results::new();
    results.text(&texts.join("\n"))?;
    results.done()
}
