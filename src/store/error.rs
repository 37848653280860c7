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
    /// The database is on a server, which has tools of its own for that.
    #[error("a database on PostgreSQL is copied by PostgreSQL's own `pg_dump`")]
    Server,
    /// Locked, full, or out of reach: the same may succeed a little later.
    #[error("the database is locked, full or out of reach just now")]
    Unavailable(#[source] sqlx::Error),
    /// Another process wrote the same in the meantime. Tried again, it will be seen.
    #[error("another process wrote the same to the database at the same moment")]
    Raced,
    /// What is stored cannot be read any more. Nobody but a person can mend that.
    #[error("the database is damaged; stop Beadle, and restore a backup")]
    Damaged(#[source] sqlx::Error),
    /// Anything else: the database refused what it was asked, which is a mistake in Beadle.
    #[error("the database failed")]
    Broken(#[source] sqlx::Error),
}

/// Why a database could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenFault {
    /// The file's folder is not there.
    #[error("its folder does not exist; create the folder, or name another place")]
    NoFolder,
    /// The file is not there, and was not to be made.
    #[error(
        "there is no such file, and so no database; `database.url` in the settings, or BEADLE_DATABASE_URL, \
         says where it is, and a relative path counts from the folder in which Beadle is started"
    )]
    NoFile,
    /// The path is a folder.
    #[error("that is a folder; name a file in it, such as `beadle.db`")]
    IsFolder,
    /// The file may not be read, or its folder not be written.
    #[error("this user may not read and write there; change the owner of the file and its folder")]
    Forbidden,
    /// Another program is at the file, for longer than Beadle waits.
    #[error("another program holds the file; end that program, and start Beadle again")]
    Locked,
    /// There is no room left.
    #[error("the disk is full; make room on it")]
    Full,
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
    /// Whether the cause lies outside of what was asked: the disk, the server, the way there, or
    /// somebody who is in the way. Nothing of it was done, and the very same is worth trying again
    /// until the cause is gone. Otherwise trying again is no use.
    pub fn is_passing(&self) -> bool {
        matches!(
            self,
            Self::Unavailable(_)
                | Self::Raced
                | Self::Damaged(_)
                | Self::Open {
                    fault: OpenFault::Unreachable(_) | OpenFault::Locked | OpenFault::Full,
                    ..
                }
        )
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match blame(&error) {
            Blame::Asked => Self::Broken(error),
            Blame::Surroundings => Self::Unavailable(error),
            Blame::Data => Self::Damaged(error),
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

/// Where the cause of an error lies.
enum Blame {
    /// In what was asked.
    Asked,
    /// In the disk, the server, the way there, or another process.
    Surroundings,
    /// In what is stored.
    Data,
}

fn blame(error: &sqlx::Error) -> Blame {
    match error {
        sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::WorkerCrashed => Blame::Surroundings,
        sqlx::Error::Database(_) => match sqlstate(error) {
            Some(state) => blame_by_sqlstate(&state),
            None => sqlite_code(error).map_or(Blame::Asked, blame_by_sqlite_code),
        },
        _ => Blame::Asked,
    }
}

/// PERM, BUSY, LOCKED, NOMEM, READONLY, INTERRUPT, IOERR, FULL, CANTOPEN, PROTOCOL (several who
/// open one file at once), NOLFS and AUTH; CORRUPT and NOTADB.
fn blame_by_sqlite_code(code: i32) -> Blame {
    match code {
        3 | 5..=10 | 13..=15 | 22 | 23 => Blame::Surroundings,
        11 | 26 => Blame::Data,
        _ => Blame::Asked,
    }
}

/// Lost connections (08), a server that has become another's copy (25006), a transaction that took
/// too long (25P03, 25P04), a login refused or a database taken away meanwhile (28, 3D),
/// transactions that stood in each other's way (40), rights taken away (42501), too few resources
/// (53), a lock not had in time (55P03), a server that stops, starts or cancels (57), and its disk
/// (58); damage (XX001, XX002).
fn blame_by_sqlstate(state: &str) -> Blame {
    const SURROUNDINGS: [&str; 12] = [
        "08", "25006", "25P03", "25P04", "28", "3D", "40", "42501", "53", "55P03", "57", "58",
    ];
    if SURROUNDINGS.iter().any(|class| state.starts_with(class)) {
        Blame::Surroundings
    } else if matches!(state, "XX001" | "XX002") {
        Blame::Data
    } else {
        Blame::Asked
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_server_or_others_are_to_blame_for_is_tried_again() {
        for state in [
            "57P01", "57P02", "57P03", "57014", "53300", "53100", "08006", "40001", "40P01",
            "55P03", "25006", "25P03", "28P01", "58030",
        ] {
            let blamed = blame_by_sqlstate(state);
            assert!(matches!(blamed, Blame::Surroundings), "{state}");
        }
        for state in ["23505", "22021", "42601", "42P01", "25P02", "XX000"] {
            assert!(matches!(blame_by_sqlstate(state), Blame::Asked), "{state}");
        }
        for code in [5, 6, 8, 10, 13, 14] {
            let blamed = blame_by_sqlite_code(code);
            assert!(matches!(blamed, Blame::Surroundings), "{code}");
        }
        for code in [1, 18, 19, 20] {
            assert!(matches!(blame_by_sqlite_code(code), Blame::Asked), "{code}");
        }
        assert!(matches!(blame_by_sqlite_code(11), Blame::Data));
    }
}
