//! Migrating: under a lock, forward only, and never a database of somebody else.

use std::path::{Path, PathBuf};

use beadle::store::{Store, StoreError, execute, on};

use crate::support::databases::TestDatabase;

async fn four_at_once_open(database: TestDatabase) {
    let opening: Vec<_> = (0..4)
        .map(|_| {
            let url = database.url.clone();
            tokio::spawn(async move { Store::open(&url).await })
        })
        .collect();
    for store in opening {
        let store = store.await.unwrap().unwrap();
        assert_eq!(runs_of_the_first_migration(&store).await, 1);
        store.close().await;
    }
}

async fn runs_of_the_first_migration(store: &Store) -> i64 {
    let mut tx = store.read().await.unwrap();
    on!(&mut tx, |db| {
        sqlx::query_scalar("SELECT COUNT(*) FROM _sqlx_migrations WHERE version = 1")
            .fetch_one(db)
            .await
    })
    .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn four_at_once_migrate_an_empty_file_once() {
    four_at_once_open(TestDatabase::sqlite()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn four_at_once_migrate_an_empty_server_once() {
    if let Some(database) = TestDatabase::postgres() {
        four_at_once_open(database).await;
    }
}

/// Leaves the database as a later version would.
async fn come_from_the_future(store: &Store) {
    let mut tx = store.begin().await.unwrap();
    let ledger =
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
         SELECT 9999, 'later', success, checksum, 0 FROM _sqlx_migrations WHERE version = 1";
    assert_eq!(execute!(&mut tx, ledger).unwrap(), 1);
    let table = "CREATE TABLE of_the_future (id BIGINT)";
    execute!(&mut tx, table).unwrap();
    tx.commit().await.unwrap();
}

fn path_of(database: &TestDatabase) -> PathBuf {
    PathBuf::from(database.url.strip_prefix("sqlite://").unwrap())
}

fn bytes_and_neighbours(file: &Path) -> (Vec<u8>, Vec<PathBuf>) {
    let folder = std::fs::read_dir(file.parent().unwrap()).unwrap();
    let mut files: Vec<_> = folder.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    (std::fs::read(file).unwrap(), files)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_from_a_newer_beadle_is_refused_byte_for_byte() {
    let database = TestDatabase::sqlite();
    let store = database.open().await;
    come_from_the_future(&store).await;
    store.close().await;
    let before = bytes_and_neighbours(&path_of(&database));

    let error = Store::open(&database.url).await.unwrap_err();

    assert!(matches!(error, StoreError::Newer { found: 9999, .. }));
    assert!(error.to_string().contains("version 9999"), "{error}");
    assert!(!error.is_passing());
    assert!(before == bytes_and_neighbours(&path_of(&database)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_newer_file_keeps_even_its_journal_mode() {
    let database = TestDatabase::sqlite();
    let store = database.open().await;
    come_from_the_future(&store).await;
    store.close().await;
    let path = path_of(&database);
    set_journal_mode(&path, "DELETE").await;
    let before = bytes_and_neighbours(&path);

    Store::open(&database.url).await.unwrap_err();

    assert!(before == bytes_and_neighbours(&path));
}

async fn set_journal_mode(path: &Path, mode: &str) {
    use sqlx::{ConnectOptions as _, Connection as _};
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(path);
    let mut db = options.connect().await.unwrap();
    sqlx::query(sqlx::AssertSqlSafe(format!("PRAGMA journal_mode = {mode}")))
        .execute(&mut db)
        .await
        .unwrap();
    db.close().await.unwrap();
}

/// Everything that PostgreSQL's catalogue says about tables and indexes, and when they changed.
async fn catalogue(url: &str) -> Vec<(String, String, String)> {
    use sqlx::Connection as _;
    let mut db = sqlx::PgConnection::connect(url).await.unwrap();
    let rows = sqlx::query_as(
        "SELECT relname::text, xmin::text, relfilenode::text FROM pg_class ORDER BY oid",
    )
    .fetch_all(&mut db)
    .await
    .unwrap();
    db.close().await.unwrap();
    rows
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_from_a_newer_beadle_is_refused_as_it_is() {
    let Some(database) = TestDatabase::postgres() else {
        return;
    };
    let store = database.open().await;
    come_from_the_future(&store).await;
    store.close().await;
    let before = catalogue(&database.url).await;

    let error = Store::open(&database.url).await.unwrap_err();

    assert!(matches!(error, StoreError::Newer { found: 9999, .. }));
    assert_eq!(before, catalogue(&database.url).await);
}

async fn an_edited_migration_is_refused(database: TestDatabase) {
    let store = database.open().await;
    let mut tx = store.begin().await.unwrap();
    let sql = "UPDATE _sqlx_migrations SET checksum = $1 WHERE version = 1";
    execute!(&mut tx, sql, vec![7_u8]).unwrap();
    tx.commit().await.unwrap();
    store.close().await;

    // Twice: after an error no lock may stay behind.
    for _ in 0..2 {
        let error = Store::open(&database.url).await.unwrap_err();
        assert!(matches!(error, StoreError::Edited { version: 1 }));
        assert!(error.to_string().contains("migration 1"), "{error}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edited_migration_is_refused_in_a_file() {
    an_edited_migration_is_refused(TestDatabase::sqlite()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edited_migration_is_refused_on_a_server() {
    if let Some(database) = TestDatabase::postgres() {
        an_edited_migration_is_refused(database).await;
    }
}

#[tokio::test]
async fn another_programs_file_is_refused_byte_for_byte() {
    let database = TestDatabase::sqlite();
    let path = path_of(&database);
    make_somebody_elses(&path).await;
    let before = bytes_and_neighbours(&path);

    let error = Store::open(&database.url).await.unwrap_err();

    assert!(matches!(error, StoreError::Foreign), "{error}");
    assert!(before == bytes_and_neighbours(&path));
}

async fn make_somebody_elses(path: &Path) {
    use sqlx::{ConnectOptions as _, Connection as _};
    let options = sqlx::sqlite::SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true);
    let mut db = options.connect().await.unwrap();
    sqlx::query("CREATE TABLE recipes (name TEXT)")
        .execute(&mut db)
        .await
        .unwrap();
    db.close().await.unwrap();
}
