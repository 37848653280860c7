//! Brings a database's tables to this version: forward only, one process at a time, all or nothing.
//!
//! sqlx locks nothing on SQLite and keeps PostgreSQL's lock after an error, so on both engines one
//! transaction here holds the lock, looks, migrates, and lets go with its end. Hence no migration
//! may hold a statement that refuses to run in a transaction. It must never know a table.

use std::time::Duration;

use sqlx::migrate::{AppliedMigration, Migrate, MigrateError, Migrator};
use sqlx::{Connection, PgConnection, SqliteConnection};
use tokio::time::{Instant, sleep};

use super::error::{StoreError, sqlite_code};

/// Where sqlx keeps which migrations have run.
const LEDGER: &str = "_sqlx_migrations";

/// The lock's number, an arbitrary one ("Beadle" in ASCII); PostgreSQL keeps it per database.
const POSTGRES_LOCK: i64 = 0x42_65_61_64_6c_65;

/// How long to wait for other connections before the journal is switched.
const WAL_PATIENCE: Duration = Duration::from_secs(10);
const WAL_RETRY: Duration = Duration::from_millis(20);
const SQLITE_BUSY: i32 = 5;

/// Whether some version of Beadle has made the tables of a SQLite database.
pub(super) async fn is_ours(db: &mut SqliteConnection) -> Result<bool, StoreError> {
    let sql = "SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE name = $1)";
    let found = sqlx::query_scalar(sql).bind(LEDGER).fetch_one(db).await;
    Ok(found?)
}

/// Migrates a SQLite database.
pub(super) async fn sqlite(db: &mut SqliteConnection) -> Result<(), StoreError> {
    let mut tx = db.begin_with("BEGIN IMMEDIATE").await?;
    let has_ledger = is_ours(&mut tx).await?;
    let has_tables: bool = sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM sqlite_master)")
        .fetch_one(&mut *tx)
        .await?;
    if has_tables && !has_ledger {
        return Err(StoreError::Foreign);
    }
    forward(&mut *tx, has_ledger, sqlx::migrate!("migrations/sqlite")).await?;
    Ok(tx.commit().await?)
}

/// Migrates a PostgreSQL database.
pub(super) async fn postgres(db: &mut PgConnection) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    // Also bounds each migration's own wait for tables that a running process uses.
    sqlx::query("SET LOCAL lock_timeout = '60s'")
        .execute(&mut *tx)
        .await?;
    sqlx::query("SELECT pg_advisory_xact_lock($1)")
        .bind(POSTGRES_LOCK)
        .execute(&mut *tx)
        .await?;
    let has_ledger = sqlx::query_scalar("SELECT to_regclass($1) IS NOT NULL")
        .bind(LEDGER)
        .fetch_one(&mut *tx)
        .await?;
    forward(&mut *tx, has_ledger, sqlx::migrate!("migrations/postgres")).await?;
    Ok(tx.commit().await?)
}

/// Lets readers and the writer of a SQLite file go on beside each other. The file remembers it.
///
/// SQLite does not wait here, as it does elsewhere, for others who have the file open.
pub(super) async fn use_write_ahead_log(db: &mut SqliteConnection) -> Result<(), StoreError> {
    let deadline = Instant::now() + WAL_PATIENCE;
    loop {
        match sqlx::query("PRAGMA journal_mode = WAL")
            .execute(&mut *db)
            .await
        {
            Err(error) if sqlite_code(&error) == Some(SQLITE_BUSY) && Instant::now() < deadline => {
                sleep(WAL_RETRY).await;
            }
            done => return Ok(done.map(drop)?),
        }
    }
}

async fn forward<C: Migrate>(
    db: &mut C,
    has_ledger: bool,
    mut migrator: Migrator,
) -> Result<(), StoreError> {
    if has_ledger {
        let applied = db.list_applied_migrations(LEDGER).await;
        refuse_newer(&applied.map_err(refusal)?, &migrator)?;
    }
    migrator.set_locking(false);
    migrator.run_direct(None, db, false).await.map_err(refusal)
}

/// A database that has seen a migration which this program lacks is another version's.
fn refuse_newer(applied: &[AppliedMigration], migrator: &Migrator) -> Result<(), StoreError> {
    let latest = |versions: &mut dyn Iterator<Item = i64>| versions.max().unwrap_or(0);
    if applied.iter().all(|m| migrator.version_exists(m.version)) {
        return Ok(());
    }
    Err(StoreError::Newer {
        found: latest(&mut applied.iter().map(|m| m.version)),
        known: latest(&mut migrator.iter().map(|m| m.version)),
    })
}

fn refusal(error: MigrateError) -> StoreError {
    match error {
        MigrateError::VersionMismatch(version) => StoreError::Edited { version },
        MigrateError::Execute(cause) | MigrateError::ExecuteMigration(cause, _) => cause.into(),
        other => StoreError::Broken(sqlx::Error::Migrate(Box::new(other))),
    }
}
