//! What Beadle remembers, in SQLite or PostgreSQL. The only place that knows SQL.
//!
//! It must never know what a message means, what is said in Discord, or what time it is: callers
//! pass moments in, as UTC milliseconds.
//!
//! # Adding a query
//!
//! A query is a function that takes `&mut Tx` first and stands beside its SQL, in the file of the
//! rows it reads. It is written once, with [`on!`], [`execute!`] or [`insert_rows!`]; its test is written once too, with `on_every_database!`, and runs on both engines.
//!
//! # The SQL that both engines speak
//!
//! - Placeholders are `$1`, `$2`, …; `ON CONFLICT`, `RETURNING` and `EXISTS` mean the same.
//! - Columns are `BIGINT`, `TEXT`, `BOOLEAN` and `DOUBLE PRECISION`; moments are UTC milliseconds
//!   in a `BIGINT`, ids are `to_db()`. Decode whole numbers as `i64` only: PostgreSQL refuses `i32`.
//! - `SUM` of a `BIGINT` is a `NUMERIC` in PostgreSQL: write `CAST(SUM(x) AS BIGINT)`.
//! - Sort by numbers, or sort texts in Rust: each database has its own order of letters.
//! - PostgreSQL refuses a text with a NUL character, and after an error takes nothing more in that
//!   transaction; prefer `ON CONFLICT DO NOTHING` to catching an error.
//! - SQLite has one writer at a time, PostgreSQL has many: guard a change by the state that it
//!   starts from (`UPDATE … WHERE id = $1 AND state = $2`) and look at the rows affected.
//!
//! A statement that truly must differ stands beside its twin in a `match` on [`Tx`], with the reason.

pub mod answers;
pub mod backup;
mod connect;
pub mod courses;
pub mod cursors;
pub mod digests;
pub mod drafts;
mod error;
pub mod known;
pub mod listing;
pub mod lookups;
pub mod marks;
mod migrate;
pub mod outbox;
mod patience;
pub mod post_tags;
pub mod questions;
pub mod topics;
pub mod transitions;
mod tx;
pub mod verdicts;

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use sqlx::{PgPool, SqlitePool};
use tokio::time::timeout;

pub use error::{OpenFault, StoreError};
pub use patience::Patience;
pub use tx::{Tx, execute, insert_rows, on};

/// The open database. Cloning shares it.
#[derive(Clone)]
pub struct Store(Arc<Pools>);

/// Which database holds the data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// One file beside the program, or memory.
    Sqlite,
    /// A server.
    Postgres,
}

enum Pools {
    Sqlite {
        /// Exactly one connection: writers queue for it here, fairly, instead of polling for
        /// SQLite's lock.
        writer: SqlitePool,
        /// The writer itself for a database in memory, which no other connection could see.
        readers: SqlitePool,
        path: Option<PathBuf>,
    },
    Postgres(PgPool, Patience),
}

impl Store {
    /// Opens the database at `url` and brings its tables to this version, forward only.
    ///
    /// `sqlite://beadle.db` is a file, made if missing, in a folder that exists;
    /// `sqlite::memory:` is gone when the store is; `postgres://user:password@host/database` (or
    /// `postgresql://…`) is a database on a server, which somebody has created.
    ///
    /// Any number of processes may open one database at once: one of them migrates, the others
    /// wait. A database from a newer version is refused as it is ([`StoreError::Newer`]).
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        Self::open_with(url, Patience::default()).await
    }

    /// Opens the database, and waits for it no longer than this.
    pub async fn open_with(url: &str, patience: Patience) -> Result<Self, StoreError> {
        let pools = connect::open(url, patience).await?;
        Ok(Self(Arc::new(pools)))
    }

    /// Opens a database that is there already, for those who only want to know what it holds: a file
    /// that is missing is not made, but an error ([`OpenFault::NoFile`]).
    pub async fn open_existing(url: &str) -> Result<Self, StoreError> {
        connect::is_there(&connect::place(url)?)?;
        Self::open(url).await
    }

    /// Begins a transaction that may write. Without [`Tx::commit`] it leaves nothing behind.
    ///
    /// On SQLite this waits until no other writing transaction is open, so hold it briefly and
    /// never begin a second one inside it.
    pub async fn begin(&self) -> Result<Tx, StoreError> {
        match &*self.0 {
            Pools::Sqlite { writer, .. } => Tx::sqlite(writer, "BEGIN IMMEDIATE").await,
            Pools::Postgres(pool, patience) => Tx::postgres(pool, "BEGIN", *patience).await,
        }
    }

    /// Begins a transaction that only reads, all of it as of one moment, and holds up no writer.
    ///
    /// A database in memory has one connection: there, a reader and a writer wait for each other.
    pub async fn read(&self) -> Result<Tx, StoreError> {
        match &*self.0 {
            Pools::Sqlite { readers, .. } => Tx::sqlite(readers, "BEGIN").await,
            Pools::Postgres(pool, patience) => {
                Tx::postgres(pool, tx::POSTGRES_SNAPSHOT, *patience).await
            }
        }
    }

    /// Waits for open transactions to end, then lets go of the database. From now on nothing begins;
    /// a server that does not answer is not waited for long.
    pub async fn close(&self) {
        match &*self.0 {
            Pools::Sqlite {
                writer, readers, ..
            } => {
                readers.close().await;
                writer.close().await;
            }
            Pools::Postgres(pool, patience) => {
                // Whoever has not ended by then is cut off with the process.
                let _ = timeout(patience.farewell, pool.close()).await;
            }
        }
    }

    /// Which database this is.
    pub fn engine(&self) -> Engine {
        match &*self.0 {
            Pools::Sqlite { .. } => Engine::Sqlite,
            Pools::Postgres(..) => Engine::Postgres,
        }
    }

    /// The database's file; `None` in memory and on a server.
    pub fn path(&self) -> Option<&Path> {
        match &*self.0 {
            Pools::Sqlite { path, .. } => path.as_deref(),
            Pools::Postgres(..) => None,
        }
    }
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Store").field(&self.engine()).finish()
    }
}
