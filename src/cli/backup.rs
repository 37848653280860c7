//! `beadle backup`: a copy of the database, also of one that is in use.
//!
//! The copy is written under another name and gets its own when it is whole and on the disk: what
//! bears the name is never half a copy, however the copying ended.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::failure::Failure;
use super::output::Results;
use super::run::Files;
use crate::config::Environment;
use crate::store::{StoreError, backup};

/// `beadle backup`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Beadle may be running. To restore a copy, stop Beadle, delete the database's -wal and -shm files,
put the copy in the place of the database, and start Beadle: it reads what was said since.

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
    let (url, to) = (settings.database.url.as_str(), &arguments.to);
    if to.exists() {
        return Err(is_there(to));
    }
    let unfinished = unfinished_in(folder_of(to)).map_err(|error| unwritable(to, &error))?;
    match backup::copy(url, unfinished.path()).await {
        Err(server @ StoreError::Server) => return Err(Failure::input(server.to_string())),
        copied => copied?,
    }
    let bytes = finish(unfinished, to)?;
    let mut results = Results::new();
    results.line(&format!("copied {bytes} bytes to {}", to.display()))?;
    results.line(
        "to restore it: stop Beadle, delete the database's -wal and -shm files, put the copy in the \
         place of the database, and start Beadle",
    )?;
    results.done()
}

/// The folder that a file lies in.
fn folder_of(file: &Path) -> &Path {
    match file.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    }
}

/// A file that nobody else may read, since it will hold what people wrote. It is removed again
/// unless it is finished.
fn unfinished_in(folder: &Path) -> io::Result<NamedTempFile> {
    tempfile::Builder::new()
        .prefix(".beadle-")
        .suffix(".unfinished")
        .tempfile_in(folder)
}

/// Brings the copy to the disk, then gives it its name. Returns its size in bytes.
fn finish(unfinished: NamedTempFile, to: &Path) -> Result<u64, Failure> {
    let failed = |error: &io::Error| unwritable(to, error);
    unfinished.as_file().sync_all().map_err(|e| failed(&e))?;
    let file = unfinished
        .persist_noclobber(to)
        .map_err(|refused| match refused.error.kind() {
            io::ErrorKind::AlreadyExists => is_there(to),
            _ => failed(&refused.error),
        })?;
    // The name has to last as well. Not every system lets a folder be brought to the disk.
    if let Ok(folder) = File::open(folder_of(to)) {
        let _ = folder.sync_all();
    }
    Ok(file.metadata().map_err(|e| failed(&e))?.len())
}

fn is_there(to: &Path) -> Failure {
    let to = to.display();
    Failure::input(format!("{to} is there already; name a file that is not"))
}

fn unwritable(to: &Path, error: &io::Error) -> Failure {
    let to = to.display();
    Failure::input(format!(
        "cannot write {to}: {error}; name a file in a folder that this user may write to"
    ))
}
