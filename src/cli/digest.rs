//! `beadle digest --dry-run`: the digest as it would be posted now.

use super::failure::Failure;
use super::look::{LEFT_OUT, Look};
use super::output::Results;
use super::run::Files;
use crate::app::courses::Courses;
use crate::app::digest::{compose, last};
use crate::clock::{Clock, SystemClock};
use crate::domain::digest::{Late, plain_text};

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
    let mut look = Look::at(&arguments.files, LEFT_OUT).await?;
    let now = SystemClock.now();
    let sources = std::mem::take(&mut look.sources);
    let courses = Courses::open(&mut look.tx, sources, now).await?;
    let mut texts = Vec::new();
    for served in look.wanted(&courses, arguments.course.as_deref())? {
        let tx = &mut look.tx;
        let last = last(tx, served, now).await?;
        let since_ms = last.map(|last| last.claimed_at_ms);
        let date = served.today(now);
        let on_time = Late::default();
        let input = compose(tx, served, date, now, on_time, since_ms).await?;
        texts.push(plain_text(&input));
    }
    // A dry run leaves nothing behind.
    look.tx.rollback().await?;
    let mut results = Results::new();
    results.text(&texts.join("\n"))?;
    results.done()
}
