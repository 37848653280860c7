//! Copies a SQLite database that may be in use.
//!
//! It must never change the database that it copies: neither migrate it, as a newer Beadle would,
//! nor make it where it is missing.

use std::path::Path;

use sqlx::{ConnectOptions, Connection, SqliteConnection};

use super::connect::{self, Place};
use super::{Patience, StoreError, migrate};

/// Copies the SQLite database at `url` into the file `to`, which is missing or empty, as of one
/// moment and without holding up whoever writes to it (SQLite's `VACUUM INTO`). The copy has been
/// read whole; its bytes may still be on their way to the disk.
///
/// # Errors
/// [`StoreError::Server`] for a database that is no file, [`StoreError::Foreign`] for a file that
/// Beadle has not made, and whatever opening and reading may fail with.
pub async fn copy(url: &str, to: &Path) -> Result<(), StoreError> {
    let place = connect::place(url)?;
    connect::is_there(&place)?;
    let Place::File(from) = place else {
        return Err(StoreError::Server);
    };
    let place = from.display().to_string();
    let mut db = open(&from).await.map_err(|error| {
        connect::explain(error, &place, |cause| connect::file_fault(cause, &from))
    })?;
    let copied = copy_checked(&mut db, to).await;
    db.close().await?;
    copied
}

async fn open(from: &Path) -> Result<SqliteConnection, StoreError> {
    let options = connect::sqlite_options(Patience::default()).filename(from);
    let mut db = options.connect().await?;
    if migrate::is_ours(&mut db).await? {
        Ok(db)
    } else {
        Err(StoreError::Foreign)
    }
}

async fn copy_checked(db: &mut SqliteConnection, to: &Path) -> Result<(), StoreError> {
    sqlx::query("VACUUM INTO $1")
        .bind(to.to_string_lossy().into_owned())
        .execute(db)
        .await?;
    let options = connect::sqlite_options(Patience::default()).filename(to);
    let mut copy = options.connect().await?;
    let found: String = sqlx::query_scalar("PRAGMA quick_check(1)")
        .fetch_one(&mut copy)
        .await?;
    copy.close().await?;
    if found == "ok" {
        return Ok(());
    }
    Err(StoreError::Damaged(sqlx::Error::Protocol(found)))
}
