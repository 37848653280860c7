//! What can go wrong with the database, each as a sentence that says what to do.
//!
//! It must never show a password, nor what is stored: texts hold places, codes and names of
//! columns, and `Debug` shows no more than `Display` does (PostgreSQL's own details quote rows).

use std::error::Error as _;
use std::fmt;

/// Why the store could not do what it was asked.
#[derive(thiserror::Error)]
pub enum StoreError {
    /// The database's address cannot be read.
    #[error(
        "the database's address {0}; write `sqlite://beadle.db` for a file, or `postgres://user:password@host/database`"
    )]
    Address(&'static str),
    /// The database could not be opened.
    #[error("cannot open the database {place}: {fault}")]
    Open {
        /// The file, or `database on host as user`.
        place: String,
        /// What is the matter.
        fault: OpenFault,
    },
    /// A later version of Beadle has been at this database. Nothing in it was touched.
    #[error(
        "this database belongs to a newer Beadle (its tables are at version {found}, this one knows {known}); \
         install that Beadle again, or restore a backup from before it ran"
    )]
    Newer {
        /// The latest migration in the database.
        found: i64,
        /// The latest migration in this program.
        known: i64,
    },
    /// A migration that has run is not the one in this program.
    #[error(
        "migration {version} of this database is not the one in this Beadle; \
         use the build of Beadle that made the database, or restore a backup"
    )]
    Edited {
        /// The migration that differs.
        version: i64,
    },
    /// The SQLite file is another program's. Nothing in it was touched.
    #[error("the database's file holds another program's tables; name a file of Beadle's own")]
    Foreign,
    /// Locked, full, or out of reach: the same may succeed a little later.
    #[error("the database is locked, full or out of reach just now")]
    Unavailable(#[source] sqlx::Error),
    /// Anything else: a mistake in Beadle, or a damaged database.
    #[error("the database failed")]
    Broken(#[source] sqlx::Error),
}

/// Why a database could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenFault {
    /// The file's folder is not there.
    #[error("its folder does not exist; create the folder, or name another place")]
    NoFolder,
    /// The path is a folder.
    #[error("that is a folder; name a file in it, such as `beadle.db`")]
    IsFolder,
    /// The file may not be read, or its folder not be written.
    #[error("this user may not read and write there; change the owner of the file and its folder")]
    Forbidden,
    /// The file or its place can only be read.
    #[error("it can only be read; make the file and its folder writable for this user")]
    ReadOnly,
    /// The file is something else.
    #[error("that file is no SQLite database; name another file, or move this one away")]
    NoDatabase,
    /// The file is damaged.
    #[error("the file is damaged; restore a backup")]
    Damaged,
    /// The server does not answer.
    #[error("no PostgreSQL answers there; start it, or correct the host and port")]
    Unreachable(#[source] sqlx::Error),
    /// The server does not let this user in.
    #[error("PostgreSQL refused the user or the password; correct them in the address")]
    Login,
    /// The server has no such database.
    #[error("there is no such database on that server; create it with `createdb`")]
    Missing,
    /// The user may not create tables.
    #[error("the user may not create tables there; make that user the database's owner")]
    NoRights,
    /// Anything else.
    #[error("{0}")]
    Other(#[source] sqlx::Error),
}

impl StoreError {
    /// Whether the same is worth trying again a little later.
    pub fn is_passing(&self) -> bool {
        matches!(
            self,
            Self::Unavailable(_)
                | Self::Open {
                    fault: OpenFault::Unreachable(_),
                    ..
                }
        )
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        if is_passing(&error) {
            Self::Unavailable(error)
        } else {
            Self::Broken(error)
        }
    }
}

impl fmt::Debug for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.source() {
            Some(cause) => write!(f, "{self}: {cause}"),
            None => write!(f, "{self}"),
        }
    }
}

/// SQLite's primary result code ("Result and Error Codes"; the low byte of an extended one).
pub(super) fn sqlite_code(error: &sqlx::Error) -> Option<i32> {
    let code = error.as_database_error()?.code()?;
    code.parse::<i32>().ok().map(|code| code & 0xff)
}

/// PostgreSQL's five-letter code (its manual, appendix "Error Codes").
pub(super) fn sqlstate(error: &sqlx::Error) -> Option<String> {
    let error = error.as_database_error()?;
    error.try_downcast_ref::<sqlx::postgres::PgDatabaseError>()?;
    Some(error.code()?.into_owned())
}

fn is_passing(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut => true,
        sqlx::Error::Database(_) => match sqlstate(error) {
            Some(state) => is_passing_sqlstate(&state),
            None => sqlite_code(error).is_some_and(is_passing_sqlite_code),
        },
        _ => false,
    }
}

/// BUSY, LOCKED, IOERR and FULL.
fn is_passing_sqlite_code(code: i32) -> bool {
    matches!(code, 5 | 6 | 10 | 13)
}

/// Lost connections (08), too few resources (53), a server that stops or starts (57P), a lock not
/// had in time (55P03), and transactions that stood in each other's way (40).
fn is_passing_sqlstate(state: &str) -> bool {
    ["08", "53", "57P", "55P03", "40"]
        .iter()
        .any(|class| state.starts_with(class))
}
