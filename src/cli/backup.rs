//! `beadle backup`: a copy of the database, also of one that is in use.

use std::path::PathBuf;

use super::failure::Failure;
use super::output::Results;
use super::run::Files;
use crate::config::Environment;
use crate::store::{Engine, Store};

/// `beadle backup`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
To restore it, stop Beadle and put the copy in the place of the database.

Examples:
  beadle backup beadle-copy.db")]
pub struct Arguments {
    /// Where the copy goes; nothing may be there yet
    #[arg(value_name = "FILE")]
    to: PathBuf,
    #[command(flatten)]
    files: Files,
}

/// Copies the database.
pub async fn backup(arguments: &Arguments) -> Result<(), Failure> {
    let settings = arguments.files.settings(&Environment::of_process())?;
    let to = &arguments.to;
    if to.exists() {
        let sentence = format!("{} is there already; name a file that is not", to.display());
        return Err(Failure::input(sentence));
    }
    let store = Store::open(settings.database.url.as_str()).await?;
    if store.engine() == Engine::Postgres {
        let sentence = "a database on PostgreSQL is copied by its own `pg_dump`";
        return Err(Failure::input(sentence));
    }
    store.copy_to(to).await?;
    store.close().await;
    let mut results = Results::new();
    results.line(&format!("copied to {}", to.display()))?;
    results.done()
}
