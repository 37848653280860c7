//! Fresh databases for tests, on every engine that this machine has.
//!
//! A query's test is written once, with `on_every_database!`, and runs as two tests. A test about
//! restarts takes a [`TestDatabase`], and opens its `url` as often as it likes.

use beadle::store::Store;
use tempfile::TempDir;

use super::postgres;

/// A database of one test, removed with this value.
pub struct TestDatabase {
    /// Where it is, as `Store::open` takes it.
    pub url: String,
    _keep: Keep,
}

enum Keep {
    Folder { _folder: TempDir },
    Server { _database: postgres::Database },
}

impl TestDatabase {
    /// A SQLite file that is not there yet, in a folder of its own.
    pub fn sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        Self {
            url: format!("sqlite://{}", folder.path().join("beadle.db").display()),
            _keep: Keep::Folder { _folder: folder },
        }
    }

    /// An empty PostgreSQL database; `None`, said on standard error, where PostgreSQL is not.
    pub fn postgres() -> Option<Self> {
        Self::on_server(postgres::Server::empty)
    }

    fn postgres_with_tables() -> Option<Self> {
        Self::on_server(postgres::Server::with_tables)
    }

    fn on_server(make: fn(&'static postgres::Server) -> postgres::Database) -> Option<Self> {
        let database = make(postgres::Server::of_this_process()?);
        Some(Self {
            url: database.url.clone(),
            _keep: Keep::Server {
                _database: database,
            },
        })
    }

    /// Opens it.
    pub async fn open(&self) -> Store {
        Store::open(&self.url).await.expect("the test's database")
    }
}

/// Runs a test on SQLite.
pub async fn on_sqlite(test: impl AsyncFnOnce(Store)) {
    run(TestDatabase::sqlite(), test).await;
}

/// Runs a test on PostgreSQL, or skips it.
pub async fn on_postgres(test: impl AsyncFnOnce(Store)) {
    if let Some(database) = TestDatabase::postgres_with_tables() {
        run(database, test).await;
    }
}

async fn run(database: TestDatabase, test: impl AsyncFnOnce(Store)) {
    let store = database.open().await;
    test(store.clone()).await;
    store.close().await;
}

/// `on_every_database!(what_is_seen, async |store| { … });` makes the tests
/// `what_is_seen::sqlite` and `what_is_seen::postgres`, each with an empty, migrated [`Store`].
macro_rules! on_every_database {
    ($name:ident, $test:expr) => {
        mod $name {
            #[allow(unused_imports)] // a test that only moves the store about needs none
            use super::*;

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                $crate::support::databases::on_sqlite($test).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                $crate::support::databases::on_postgres($test).await;
            }
        }
    };
}
pub(crate) use on_every_database;
