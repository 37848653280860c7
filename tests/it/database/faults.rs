//! Each way in which a database refuses: whether the same is worth trying again, and that the store
//! works as before when the cause is gone.

use std::time::Duration;

use beadle::store::{Patience, Store, StoreError, Tx, execute, on};

use crate::support::databases::TestDatabase;

/// Short, for tests in which nobody ever answers.
const HASTE: Patience = Patience {
    lock: Duration::from_millis(20),
    connection: Duration::from_millis(500),
    start: Duration::from_secs(10),
    statement: Duration::from_millis(200),
    farewell: Duration::from_millis(20),
};

async fn put_course(store: &Store, slug: &str) -> Result<(), StoreError> {
    let mut tx = store.begin().await?;
    let sql = "INSERT INTO courses (slug, server_id, created_at_ms) VALUES ($1, 1, 1)";
    execute!(&mut tx, sql, slug)?;
    tx.commit().await
}

async fn number_of_courses(store: &Store) -> i64 {
    let mut tx = store.read().await.expect("a transaction");
    on!(&mut tx, |db| sqlx::query_scalar(
        "SELECT COUNT(*) FROM courses"
    )
    .fetch_one(db)
    .await)
    .expect("a number")
}

/// Sets something on SQLite's one writing connection, which keeps it.
async fn pragma(store: &Store, sql: &'static str) {
    let Tx::Sqlite(mut tx) = store.begin().await.expect("a transaction") else {
        panic!("only SQLite has pragmas");
    };
    sqlx::query(sql).execute(&mut *tx).await.expect("a pragma");
    tx.commit().await.expect("a commit");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_costs_the_transaction_and_not_the_store() {
    let database = TestDatabase::sqlite();
    let store = database.open().await;
    put_course(&store, "before").await.expect("room");
    pragma(&store, "PRAGMA max_page_count = 1").await; // not below its present size
    let long = "x".repeat(100_000);
    let full = put_course(&store, &long).await.expect_err("no room");
    assert!(full.is_passing(), "{full:?}");
    // SQLite has undone the transaction, and the connection with the limit is gone.
    put_course(&store, &long).await.expect("room again");
    assert_eq!(number_of_courses(&store).await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_can_only_be_read_is_worth_trying_again() {
    let database = TestDatabase::sqlite();
    let store = database.open().await;
    pragma(&store, "PRAGMA query_only = ON").await;
    let error = put_course(&store, "bees").await.expect_err("refused");
    assert!(error.is_passing(), "{error:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lock_held_for_longer_than_beadle_waits_is_worth_trying_again() {
    let database = TestDatabase::sqlite();
    let store = Store::open_with(&database.url, HASTE).await.expect("open");
    let other = Store::open_with(&database.url, HASTE).await.expect("open");
    let held = other.begin().await.expect("the lock");
    let error = put_course(&store, "bees").await.expect_err("locked");
    assert!(error.is_passing(), "{error:?}");
    assert_eq!(number_of_courses(&store).await, 0, "reading goes on");
    held.rollback().await.expect("the lock given back");
    put_course(&store, "bees").await.expect("the lock");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_file_is_said_to_be_one_and_nothing_is_left_out_meanwhile() {
    let database = TestDatabase::sqlite();
    let store = database.open().await;
    let path = store.path().expect("a file").to_owned();
    store.close().await;
    let mut bytes = std::fs::read(&path).expect("the file");
    // Every page but the first, which opening reads, is noise.
    bytes.iter_mut().skip(4_096).for_each(|byte| *byte = 0xa5);
    std::fs::write(&path, bytes).expect("written");
    let error = match Store::open(&database.url).await {
        Ok(store) => put_course(&store, "bees").await.expect_err("damaged"),
        Err(error) => error,
    };
    assert!(error.to_string().contains("restore a backup"), "{error}");
}

/// A transaction of another connection, which a test begins and ends when it likes.
async fn sql(tx: &mut Tx, sql: &'static str) -> Result<u64, StoreError> {
    execute!(tx, sql)
}

async fn on_postgres(test: impl AsyncFnOnce(Store)) {
    let Some(database) = TestDatabase::postgres() else {
        return;
    };
    database.open().await.close().await;
    let store = Store::open_with(&database.url, HASTE).await;
    test(store.expect("the test's database")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_table_that_somebody_holds_locked_is_given_up_and_tried_again() {
    on_postgres(async |store| {
        let mut other = store.begin().await.expect("a transaction");
        sql(&mut other, "LOCK TABLE courses")
            .await
            .expect("the lock");
        let error = put_course(&store, "bees").await.expect_err("locked");
        assert!(error.is_passing(), "{error:?}");
        other.rollback().await.expect("the lock given back");
        put_course(&store, "bees").await.expect("the lock");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_process_that_hangs_in_a_transaction_is_thrown_out() {
    on_postgres(async |store| {
        let mut hanging = store.begin().await.expect("a transaction");
        let own = "INSERT INTO courses (slug, server_id, created_at_ms) VALUES ('bees', 1, 1)";
        sql(&mut hanging, own).await.expect("a row");
        // Whoever wants the same row waits, is given up, and gets it once the other is gone.
        while let Err(error) = put_course(&store, "bees").await {
            assert!(error.is_passing(), "{error:?}");
        }
        let error = hanging.commit().await.expect_err("thrown out");
        assert!(error.is_passing(), "{error:?}");
        assert_eq!(number_of_courses(&store).await, 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_transactions_that_wait_for_each_other_are_worth_trying_again() {
    let patient = Patience {
        statement: Duration::from_secs(20),
        ..HASTE
    };
    let Some(database) = TestDatabase::postgres() else {
        return;
    };
    let store = Store::open_with(&database.url, patient)
        .await
        .expect("open");
    put_course(&store, "bees").await.expect("a row");
    put_course(&store, "wasps").await.expect("a row");
    const BEES: &str = "UPDATE courses SET server_id = 2 WHERE slug = 'bees'";
    const WASPS: &str = "UPDATE courses SET server_id = 2 WHERE slug = 'wasps'";
    let (mut one, mut two) = (store.begin().await.unwrap(), store.begin().await.unwrap());
    sql(&mut one, BEES).await.expect("free");
    sql(&mut two, WASPS).await.expect("free");
    let (first, second) = tokio::join!(
        async { (sql(&mut one, WASPS).await, one.rollback().await).0 },
        async { (sql(&mut two, BEES).await, two.rollback().await).0 },
    );
    let thrown = [first, second].into_iter().find_map(Result::err);
    let error = thrown.expect("PostgreSQL ends one of them");
    assert!(error.is_passing(), "{error:?}");
    put_course(&store, "hornets").await.expect("both are gone");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_connection_being_taken_is_worth_trying_again() {
    on_postgres(async |store| {
        let mut held = Vec::new();
        let error = loop {
            match store.begin().await {
                Ok(tx) => held.push(tx),
                Err(error) => break error,
            }
        };
        assert!(error.is_passing(), "{error:?}");
        held.clear();
        put_course(&store, "bees").await.expect("a connection");
    })
    .await;
}
