//! From an address to open pools of connections, and from what goes wrong to what to do about it.
//!
//! It must never know a table, nor show an address: that may hold a password.

use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection, SqlitePool};
use tokio::time::error::Elapsed;
use tokio::time::timeout;

use super::error::{OpenFault, StoreError, sqlite_code, sqlstate};
use super::patience::{self, Patience};
use super::{Pools, migrate};

/// How long a server may take to bring a database to this version.
const LONGEST_MIGRATION: Duration = Duration::from_mins(10);
const SQLITE_READERS: u32 = 4;
/// After how many pages of 4 KiB the log is written into the database's file, which holds up the commit
/// that reaches them. Four times SQLite's own choice: a busy hour changes the same pages over and over,
/// and each is then written once.
const LOG_PAGES: &str = "4000";
const POSTGRES_CONNECTIONS: u32 = 8;

/// Where the data is, read from an address.
pub(super) enum Place {
    Memory,
    File(PathBuf),
    Server(Box<PgConnectOptions>),
}

pub(super) async fn open(url: &str, patience: Patience) -> Result<Pools, StoreError> {
    match place(url)? {
        Place::Memory => open_memory(patience).await,
        Place::File(path) => open_file(path, patience).await,
        Place::Server(options) => open_server(*options, patience).await,
    }
}

pub(super) fn place(url: &str) -> Result<Place, StoreError> {
    let (scheme, rest) = url.split_once(':').unwrap_or(("", url));
    match scheme {
        "sqlite" if rest.contains('?') => Err(StoreError::Address(
            "takes nothing after `?` when it is a SQLite file's",
        )),
        "sqlite" => match rest.trim_start_matches("//") {
            "" => Err(StoreError::Address("names no file")),
            ":memory:" => Ok(Place::Memory),
            _ => file(url),
        },
        "postgres" | "postgresql" => server(url),
        _ => Err(StoreError::Address(
            "begins with neither `sqlite:` nor `postgres:`",
        )),
    }
}

/// Refuses a file that is missing, by its full path: a relative one counts from wherever somebody
/// happened to start Beadle.
pub(super) fn is_there(place: &Place) -> Result<(), StoreError> {
    match place {
        Place::File(path) if path.try_exists().is_ok_and(|exists| !exists) => {
            let path = std::path::absolute(path).unwrap_or_else(|_| path.clone());
            Err(StoreError::Open {
                place: format!("`{}`", path.display()),
                fault: OpenFault::NoFile,
            })
        }
        _ => Ok(()),
    }
}

fn file(url: &str) -> Result<Place, StoreError> {
    let options = SqliteConnectOptions::from_str(url)
        .map_err(|_| StoreError::Address("holds a `%` that stands for no letter"))?;
    Ok(Place::File(options.get_filename().to_owned()))
}

fn server(url: &str) -> Result<Place, StoreError> {
    let options = PgConnectOptions::from_str(url)
        .map_err(|_| StoreError::Address("is no PostgreSQL address"))?;
    Ok(Place::Server(Box::new(
        // What is bound to a statement must not reach the log, and the statement is no news.
        options
            .application_name("beadle")
            .disable_statement_logging(),
    )))
}

pub(super) fn sqlite_options(patience: Patience) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .foreign_keys(true)
        .busy_timeout(patience.lock)
        .synchronous(SqliteSynchronous::Full)
        .disable_statement_logging()
}

/// A pool that keeps its connections: a file needs no freshness, and memory dies with them.
fn sqlite_pool(connections: u32, patience: Patience) -> SqlitePoolOptions {
    SqlitePoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(patience.connection)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
}

/// A pool that keeps its connections as long as they are sound.
fn file_pool(connections: u32, patience: Patience, options: SqliteConnectOptions) -> SqlitePool {
    sqlite_pool(connections, patience)
        .after_release(|db, _| Box::pin(async { Ok(patience::is_sound(db).await) }))
        .connect_lazy_with(options)
}

async fn open_memory(patience: Patience) -> Result<Pools, StoreError> {
    let options = sqlite_options(patience)
        .in_memory(true)
        .filename(":memory:");
    let writer = sqlite_pool(1, patience).connect_lazy_with(options);
    migrate::sqlite(&mut *writer.acquire().await?).await?;
    Ok(Pools::Sqlite {
        readers: writer.clone(),
        writer,
        path: None,
    })
}

async fn open_file(path: PathBuf, patience: Patience) -> Result<Pools, StoreError> {
    let options = sqlite_options(patience).filename(&path);
    make_private(&path);
    prepare_file(options.clone().create_if_missing(true))
        .await
        .map_err(|error| explain(error, &path.display().to_string(), |e| file_fault(e, &path)))?;
    Ok(Pools::Sqlite {
        writer: file_pool(
            1,
            patience,
            options.clone().pragma("wal_autocheckpoint", LOG_PAGES),
        ),
        readers: file_pool(SQLITE_READERS, patience, options.pragma("query_only", "ON")),
        path: Some(path),
    })
}

/// Makes a file that is missing, for its owner alone: what students wrote is nobody else's. SQLite gives
/// the files beside it the same permissions. What goes wrong shows when the database is opened.
fn make_private(path: &Path) {
    let mut file = std::fs::OpenOptions::new();
    file.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut file, 0o600);
    let _ = file.open(path);
}

async fn prepare_file(options: SqliteConnectOptions) -> Result<(), StoreError> {
    let mut db = options.connect().await?;
    let prepared = async {
        migrate::sqlite(&mut db).await?;
        // Only now: a file that is refused keeps even its journal.
        migrate::use_write_ahead_log(&mut db).await
    }
    .await;
    db.close().await?;
    prepared
}

async fn open_server(options: PgConnectOptions, patience: Patience) -> Result<Pools, StoreError> {
    prepare_server(&options, patience)
        .await
        .map_err(|error| explain(error, &server_name(&options), server_fault))?;
    let pool = PgPoolOptions::new()
        .max_connections(POSTGRES_CONNECTIONS)
        .acquire_timeout(patience.connection)
        .after_release(move |db, _| Box::pin(async move { Ok(patience.is_sound(db).await) }))
        .connect_lazy_with(options.options(patience.of_session()));
    Ok(Pools::Postgres(pool, patience))
}

async fn prepare_server(options: &PgConnectOptions, patience: Patience) -> Result<(), StoreError> {
    let late = |late: Elapsed| sqlx::Error::Io(late.into());
    let connecting = timeout(patience.start, options.connect());
    let mut db = connecting.await.map_err(late)??;
    let migrating = timeout(LONGEST_MIGRATION, migrate::postgres(&mut db));
    migrating.await.map_err(late)??;
    Ok(db.close().await?)
}

/// Turns what a driver said while opening into a sentence about the place.
pub(super) fn explain(
    error: StoreError,
    place: &str,
    fault: impl FnOnce(sqlx::Error) -> OpenFault,
) -> StoreError {
    match error {
        StoreError::Unavailable(cause) | StoreError::Damaged(cause) | StoreError::Broken(cause) => {
            StoreError::Open {
                place: format!("`{place}`"),
                fault: fault(cause),
            }
        }
        told => told,
    }
}

/// By SQLite's primary codes: PERM, BUSY, READONLY, CORRUPT, FULL, CANTOPEN and NOTADB.
pub(super) fn file_fault(error: sqlx::Error, path: &Path) -> OpenFault {
    let folder = path.parent().filter(|folder| *folder != Path::new(""));
    match sqlite_code(&error) {
        Some(14) if folder.is_some_and(|folder| !folder.exists()) => OpenFault::NoFolder,
        Some(14) if path.is_dir() => OpenFault::IsFolder,
        Some(3 | 14) => OpenFault::Forbidden,
        Some(5) => OpenFault::Locked,
        Some(8) => OpenFault::ReadOnly,
        Some(11) => OpenFault::Damaged,
        Some(13) => OpenFault::Full,
        Some(26) => OpenFault::NoDatabase,
        _ => OpenFault::Other(error),
    }
}

fn server_fault(error: sqlx::Error) -> OpenFault {
    if matches!(error, sqlx::Error::Io(_)) {
        return OpenFault::Unreachable(error);
    }
    match sqlstate(&error).as_deref() {
        // The server is there, and starting, stopping or full.
        Some("57P03" | "53300") => OpenFault::Unreachable(error),
        Some("28P01" | "28000") => OpenFault::Login,
        Some("3D000") => OpenFault::Missing,
        Some("42501") => OpenFault::NoRights,
        _ => OpenFault::Other(error),
    }
}

/// The server as a message may name it: never with its password.
fn server_name(options: &PgConnectOptions) -> String {
    let host = match options.get_socket() {
        Some(socket) => socket.display().to_string(),
        None => format!("{}:{}", options.get_host(), options.get_port()),
    };
    let user = options.get_username();
    let database = options.get_database().unwrap_or(user);
    format!("{database}` on `{host}` as `{user}")
}
