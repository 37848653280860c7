//! Opening: what works, and what is said when it does not.

use beadle::store::{Engine, OpenFault, Store, StoreError, execute};

use crate::support::databases::{TestDatabase, on_every_database};

async fn refusal(url: &str) -> String {
    Store::open(url).await.unwrap_err().to_string()
}

#[tokio::test]
async fn a_missing_file_is_made_and_opened_again() {
    let database = TestDatabase::sqlite();
    for _ in 0..2 {
        let store = database.open().await;
        assert_eq!(store.engine(), Engine::Sqlite);
        assert!(store.path().unwrap().is_file());
        store.close().await;
    }
}

#[tokio::test]
async fn a_file_is_written_ahead_durably_with_its_references_checked() {
    let database = TestDatabase::sqlite();
    let store = database.open().await;
    for tx in [store.begin().await, store.read().await] {
        let mut tx = tx.unwrap();
        assert_eq!(pragma(&mut tx, "PRAGMA journal_mode").await, "wal");
        assert_eq!(pragma(&mut tx, "PRAGMA synchronous").await, "2"); // FULL
        assert_eq!(pragma(&mut tx, "PRAGMA foreign_keys").await, "1");
        assert_eq!(pragma(&mut tx, "PRAGMA busy_timeout").await, "5000"); // ms
    }
}

async fn pragma(tx: &mut beadle::store::Tx, name: &'static str) -> String {
    use sqlx::{Row as _, ValueRef as _};
    let beadle::store::Tx::Sqlite(tx) = tx else {
        panic!("only SQLite has pragmas");
    };
    let row = sqlx::query(name).fetch_one(&mut **tx).await.unwrap();
    assert!(!row.try_get_raw(0).unwrap().is_null());
    row.try_get_unchecked::<String, _>(0).unwrap()
}

#[tokio::test]
async fn a_database_in_memory_lasts_as_long_as_the_store() {
    let store = Store::open("sqlite::memory:").await.unwrap();
    let other = Store::open("sqlite::memory:").await.unwrap();
    assert_eq!(store.path(), None);
    let mut tx = store.begin().await.unwrap();
    make_table(&mut tx).await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = store.read().await.unwrap();
    make_table(&mut tx).await.unwrap_err();
    let mut tx = other.begin().await.unwrap();
    make_table(&mut tx).await.unwrap();
}

async fn make_table(tx: &mut beadle::store::Tx) -> Result<(), StoreError> {
    execute!(tx, "CREATE TABLE trials (id BIGINT)").map(drop)
}

on_every_database!(
    a_closed_store_says_so_without_inviting_to_repeat,
    async |store| {
        store.close().await;
        let error = store.begin().await.unwrap_err();
        assert!(!error.is_passing(), "{error:?}");
    }
);

#[tokio::test]
async fn a_wrong_address_is_shown_a_right_form() {
    for url in [
        "",
        "beadle.db",
        "mysql://a:geheim@b/c",
        "sqlite:",
        "sqlite://x.db?mode=ro",
    ] {
        let said = refusal(url).await;
        assert!(said.contains("write `sqlite://beadle.db`"), "{url}: {said}");
        assert!(!said.contains("geheim"));
    }
    let said = refusal("postgres://ada:geheim@host:port/db").await;
    assert!(
        said.contains("postgres://user:password@host/database"),
        "{said}"
    );
    assert!(!said.contains("geheim"));
}

#[tokio::test]
async fn a_missing_folder_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("not there").join("beadle.db");
    let said = refusal(&format!("sqlite://{}", path.display())).await;
    assert!(said.contains("not there/beadle.db"), "{said}");
    assert!(said.contains("create the folder"), "{said}");
}

#[tokio::test]
async fn a_folder_is_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let said = refusal(&format!("sqlite://{}", folder.path().display())).await;
    assert!(said.contains("that is a folder"), "{said}");
}

#[tokio::test]
async fn a_file_of_another_kind_is_refused_and_kept() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("notes.txt");
    let notes = "Read chapter four before Thursday.\n".repeat(100);
    std::fs::write(&path, &notes).unwrap();
    let said = refusal(&format!("sqlite://{}", path.display())).await;
    assert!(said.contains("no SQLite database"), "{said}");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), notes);
}

/// Not even root can make a file in there.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_place_that_may_not_be_written_is_said_to_be_so() {
    let said = refusal("sqlite:///proc/beadle.db").await;
    assert!(said.contains("may not read and write there"), "{said}");
}

#[tokio::test]
async fn a_server_that_does_not_answer_is_worth_trying_again() {
    let folder = tempfile::tempdir().unwrap();
    let socket = folder.path().display();
    let url = format!("postgres:///course?host={socket}&user=ada&password=geheim");
    let error = Store::open(&url).await.unwrap_err();
    assert!(error.is_passing());
    let said = format!("{error} {error:?}");
    assert!(said.contains("no PostgreSQL answers there"), "{said}");
    assert!(said.contains("`course`"), "{said}");
    assert!(!said.contains("geheim"), "{said}");
}

#[tokio::test]
async fn a_missing_database_is_to_be_created() {
    let Some(database) = TestDatabase::postgres() else {
        return;
    };
    let url = database.url.replace("/beadle_test", "/no_such");
    let error = Store::open(&url).await.unwrap_err();
    let StoreError::Open { fault, .. } = &error else {
        panic!("{error}");
    };
    assert!(matches!(fault, OpenFault::Missing), "{error}");
    assert!(error.to_string().contains("createdb"), "{error}");
}
