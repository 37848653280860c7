//! How long the database is waited for. Nothing in Beadle waits for it for ever: whoever hangs is
//! given up, and the work is tried again on a connection of its own.
//!
//! It must never know a table.

use std::future::Future;
use std::time::Duration;

use sqlx::Connection;
use sqlx::postgres::PgConnection;
use sqlx::sqlite::SqliteConnection;
use tokio::time::timeout;

use super::StoreError;

/// How long to wait for the database in each respect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// For a lock that another process holds on a SQLite file.
    pub lock: Duration,
    /// For a free connection to a database that is open, or a new one.
    pub connection: Duration,
    /// For a server's first answer when the database is opened.
    pub start: Duration,
    /// For a server to carry out one statement; a little later, for its answer.
    pub statement: Duration,
    /// For open transactions when the database is closed.
    pub farewell: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            lock: Duration::from_secs(5),
            connection: Duration::from_secs(10),
            start: Duration::from_secs(10),
            statement: Duration::from_secs(20),
            farewell: Duration::from_secs(3),
        }
    }
}

impl Patience {
    /// Waits for a server's answer. A server that has given up itself says why; one that cannot say
    /// anything any more (the machine is gone, a cable is cut) is given up here.
    ///
    /// # Errors
    /// What the work fails with, or that no answer came.
    #[doc(hidden)]
    pub async fn answer<T>(self, work: impl Future<Output = sqlx::Result<T>>) -> sqlx::Result<T> {
        match timeout(self.statement + self.statement / 2, work).await {
            Ok(answer) => answer,
            Err(late) => Err(sqlx::Error::Io(late.into())),
        }
    }

    /// Settings of a session: the server ends statements that take too long, and transactions of ours
    /// that a hanging process leaves open. The locks that they hold would stop every other process.
    pub(super) fn of_session(self) -> [(&'static str, String); 2] {
        let ms = self.statement.as_millis();
        [
            ("statement_timeout", ms.to_string()),
            ("idle_in_transaction_session_timeout", (ms * 3).to_string()),
        ]
    }

    /// Whether a server's connection that comes back from a transaction may be used again.
    pub(super) async fn is_sound(self, db: &mut PgConnection) -> bool {
        self.answer(db.ping()).await.is_ok() && !db.is_in_transaction()
    }
}

/// Whether a connection to a file may be used again. After some errors (a full disk among them)
/// SQLite has undone the transaction by itself; sqlx then fails to undo it, and takes it for open
/// for ever.
pub(super) async fn is_sound(db: &mut SqliteConnection) -> bool {
    // After a commit there is nothing to be asked, and whoever is next need not wait for the answer.
    if !db.is_in_transaction() {
        return true;
    }
    // Answered after what was asked before, the undoing included.
    db.ping().await.is_ok() && !db.is_in_transaction()
}

/// A transaction that could not even begin says nothing against what it was begun for: unless the
/// store was closed, the same is worth trying again.
pub(super) fn not_begun(error: StoreError) -> StoreError {
    match error {
        StoreError::Broken(cause) if !matches!(cause, sqlx::Error::PoolClosed) => {
            StoreError::Unavailable(cause)
        }
        told => told,
    }
}
