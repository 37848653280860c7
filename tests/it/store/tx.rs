//! Transactions, and queries written once.

use beadle::store::{Store, StoreError, Tx, execute, insert_rows, on};

use crate::support::databases::on_every_database;

/// A table of the tests' own, so that no migration can break them.
async fn make_table(store: &Store) {
    let mut tx = store.begin().await.unwrap();
    let table =
        "CREATE TABLE trials (id BIGINT NOT NULL PRIMARY KEY, offset_s BIGINT, word TEXT NOT NULL,
         is_open BOOLEAN NOT NULL, weight DOUBLE PRECISION NOT NULL)";
    execute!(&mut tx, table).unwrap();
    tx.commit().await.unwrap();
}

#[derive(Debug, Clone, PartialEq, sqlx::FromRow)]
struct Mark {
    id: i64,
    offset_s: Option<i64>,
    word: String,
    is_open: bool,
    weight: f64,
}

fn mark(id: i64) -> Mark {
    Mark {
        id,
        offset_s: (id % 2 == 0).then_some(id * 60),
        word: format!("épsilon 📌 {id}"),
        is_open: id % 3 == 0,
        weight: id as f64 / 4.0,
    }
}

async fn add_marks(tx: &mut Tx, trials: &[Mark]) -> Result<u64, StoreError> {
    insert_rows!(
        tx,
        "INSERT INTO trials (id, offset_s, word, is_open, weight)",
        trials,
        |values, mark| values
            .push_bind(mark.id)
            .push_bind(mark.offset_s)
            .push_bind(&mark.word)
            .push_bind(mark.is_open)
            .push_bind(mark.weight),
        "ON CONFLICT (id) DO NOTHING"
    )
}

async fn mark_of(tx: &mut Tx, id: i64) -> Result<Option<Mark>, StoreError> {
    on!(tx, |db| {
        sqlx::query_as("SELECT id, offset_s, word, is_open, weight FROM trials WHERE id = $1")
            .bind(id)
            .fetch_optional(db)
            .await
    })
}

async fn number_of_marks(tx: &mut Tx) -> Result<i64, StoreError> {
    on!(tx, |db| {
        sqlx::query_scalar("SELECT COUNT(*) FROM trials")
            .fetch_one(db)
            .await
    })
}

on_every_database!(what_is_committed_is_read_back_as_it_was, async |store| {
    make_table(&store).await;
    let mut tx = store.begin().await.unwrap();
    add_marks(&mut tx, &[mark(4), mark(7)]).await.unwrap();
    tx.commit().await.unwrap();

    let mut tx = store.read().await.unwrap();
    assert_eq!(mark_of(&mut tx, 4).await.unwrap(), Some(mark(4)));
    assert_eq!(mark_of(&mut tx, 7).await.unwrap(), Some(mark(7)));
    assert_eq!(mark_of(&mut tx, 8).await.unwrap(), None);
});

on_every_database!(a_dropped_transaction_leaves_nothing, async |store| {
    make_table(&store).await;
    let mut tx = store.begin().await.unwrap();
    add_marks(&mut tx, &[mark(1)]).await.unwrap();
    drop(tx);

    let mut tx = store.begin().await.unwrap();
    add_marks(&mut tx, &[mark(2)]).await.unwrap();
    tx.rollback().await.unwrap();

    let mut tx = store.begin().await.unwrap();
    assert_eq!(number_of_marks(&mut tx).await.unwrap(), 0);
});

on_every_database!(rows_by_the_thousand_go_in_once_each, async |store| {
    make_table(&store).await;
    let trials: Vec<_> = (0..1_000).map(mark).collect();
    let mut tx = store.begin().await.unwrap();
    assert_eq!(add_marks(&mut tx, &[]).await.unwrap(), 0);
    assert_eq!(add_marks(&mut tx, &trials[..10]).await.unwrap(), 10);
    assert_eq!(add_marks(&mut tx, &trials).await.unwrap(), 990);
    assert_eq!(number_of_marks(&mut tx).await.unwrap(), 1_000);
    assert_eq!(mark_of(&mut tx, 999).await.unwrap(), Some(mark(999)));
});

on_every_database!(
    a_reader_sees_one_moment_and_waits_for_nobody,
    async |store| {
        make_table(&store).await;
        let mut reader = store.read().await.unwrap();
        assert_eq!(number_of_marks(&mut reader).await.unwrap(), 0);

        let mut writer = store.begin().await.unwrap();
        add_marks(&mut writer, &[mark(1)]).await.unwrap();
        assert_eq!(number_of_marks(&mut reader).await.unwrap(), 0);
        writer.commit().await.unwrap();
        assert_eq!(number_of_marks(&mut reader).await.unwrap(), 0);

        let mut later = store.read().await.unwrap();
        assert_eq!(number_of_marks(&mut later).await.unwrap(), 1);
    }
);

on_every_database!(a_reading_transaction_cannot_write, async |store| {
    make_table(&store).await;
    let mut tx = store.read().await.unwrap();
    add_marks(&mut tx, &[mark(1)]).await.unwrap_err();
});

on_every_database!(
    writers_that_come_at_once_all_get_their_turn,
    async |store| {
        make_table(&store).await;
        let writers: Vec<_> = (0..16)
            .map(|id| {
                let store = store.clone();
                tokio::spawn(async move {
                    let mut tx = store.begin().await?;
                    add_marks(&mut tx, &[mark(id)]).await?;
                    tx.commit().await
                })
            })
            .collect();
        for writer in writers {
            writer.await.unwrap().unwrap();
        }
        let mut tx = store.read().await.unwrap();
        assert_eq!(number_of_marks(&mut tx).await.unwrap(), 16);
    }
);

on_every_database!(
    a_mistake_in_a_statement_is_not_worth_repeating,
    async |store| {
        make_table(&store).await;
        let mut tx = store.begin().await.unwrap();
        let twice = [mark(1), mark(1)];
        let error = insert_rows!(
            &mut tx,
            "INSERT INTO trials (id, word, is_open, weight)",
            twice,
            |values, mark| values
                .push_bind(mark.id)
                .push_bind(&mark.word)
                .push_bind(mark.is_open)
                .push_bind(mark.weight)
        )
        .unwrap_err();
        assert!(!error.is_passing());
        assert!(
            !format!("{error} {error:?}").contains("épsilon"),
            "an error quotes what is stored: {error:?}"
        );
    }
);
