//! A transaction on either engine, and the macros by which a query is written once for both.
//!
//! It must never know a table.

use sqlx::{PgPool, Postgres, Sqlite, SqlitePool, Transaction};

use super::patience::{Patience, not_begun};
use super::{Engine, StoreError};

/// Every statement sees the database as it was at the first one (PostgreSQL's manual, "Transaction
/// Isolation"), as SQLite's readers do anyway.
pub(super) const POSTGRES_SNAPSHOT: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

/// A transaction. Dropping it undoes what it did.
#[derive(Debug)]
pub enum Tx {
    /// On SQLite.
    Sqlite(Transaction<'static, Sqlite>),
    /// On PostgreSQL, and how long it is waited for.
    Postgres(Transaction<'static, Postgres>, Patience),
}

impl Tx {
    pub(super) async fn sqlite(pool: &SqlitePool, begin: &'static str) -> Result<Self, StoreError> {
        let begun = pool.begin_with(begin).await.map_err(StoreError::from);
        Ok(Self::Sqlite(begun.map_err(not_begun)?))
    }

    pub(super) async fn postgres(
        pool: &PgPool,
        begin: &'static str,
        patience: Patience,
    ) -> Result<Self, StoreError> {
        let begun = patience.answer(pool.begin_with(begin)).await;
        let begun = begun.map_err(StoreError::from).map_err(not_begun)?;
        Ok(Self::Postgres(begun, patience))
    }

    /// Makes everything done in this transaction last, power cuts included.
    ///
    /// # Errors
    /// When the database fails. Whether the transaction lasts is not known then: a connection may
    /// be lost after the server did it and before it said so.
    pub async fn commit(self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(tx) => tx.commit().await?,
            Self::Postgres(tx, patience) => patience.answer(tx.commit()).await?,
        }
        Ok(())
    }

    /// Undoes everything done in this transaction, and waits until it is undone.
    pub async fn rollback(self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(tx) => tx.rollback().await?,
            Self::Postgres(tx, patience) => patience.answer(tx.rollback()).await?,
        }
        Ok(())
    }

    /// Which database this is on.
    pub fn engine(&self) -> Engine {
        match self {
            Self::Sqlite(_) => Engine::Sqlite,
            Self::Postgres(..) => Engine::Postgres,
        }
    }
}

/// Runs one piece of code on whichever engine a transaction is on.
///
/// The code is compiled once for each engine; in it, `db` is a `&mut` connection of that engine
/// (write `&mut *db` in all but the last of several statements). It yields an `sqlx::Result`, the
/// macro a `Result<_, StoreError>`.
///
/// ```
/// use beadle::store::{StoreError, Tx, on};
///
/// #[derive(sqlx::FromRow)]
/// struct Lecture {
///     slug: String,
///     duration_s: Option<i64>,
/// }
///
/// async fn lectures_of(tx: &mut Tx, course_id: i64) -> Result<Vec<Lecture>, StoreError> {
///     on!(tx, |db| {
///         sqlx::query_as("SELECT slug, duration_s FROM lectures WHERE course_id = $1")
///             .bind(course_id)
///             .fetch_all(db)
///             .await
///     })
/// }
/// ```
///
/// SQL that is put together at run time needs `sqlx::AssertSqlSafe(text)`: say why it is safe, and
/// never put what a person wrote into it.
#[doc(hidden)]
#[macro_export]
macro_rules! __on {
    ($tx:expr, |$db:ident| $body:expr) => {
        match $tx {
            $crate::store::Tx::Sqlite(tx) => {
                let $db = &mut **tx;
                $body
            }
            $crate::store::Tx::Postgres(tx, patience) => {
                let $db = &mut **tx;
                patience.answer(async { $body }).await
            }
        }
        .map_err($crate::store::StoreError::from)
    };
}

/// Executes a statement that returns no rows, on whichever engine a transaction is on.
///
/// What stands after the SQL is bound to `$1`, `$2`, … in turn. It yields how many rows the
/// statement changed, as a `Result<u64, StoreError>`.
///
/// ```
/// use beadle::store::{StoreError, Tx, execute};
///
/// /// Whether the question was open until now.
/// async fn dismiss(tx: &mut Tx, id: i64) -> Result<bool, StoreError> {
///     let sql = "UPDATE questions SET state = 'dismissed' WHERE id = $1 AND state = 'open'";
///     Ok(execute!(tx, sql, id)? == 1)
/// }
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! __execute {
    ($tx:expr, $sql:expr $(, $value:expr)* $(,)?) => {
        $crate::store::on!($tx, |db| {
            let done = sqlx::query($sql)$(.bind($value))*.execute(db).await;
            done.map(|done| done.rows_affected())
        })
    };
}

/// Inserts any number of rows, many to a statement, on whichever engine a transaction is on.
///
/// It takes the start of the statement, a slice of rows, how one row's values are bound (in the
/// order of the columns), and optionally what follows the values. It yields the number of rows
/// inserted, as a `Result<u64, StoreError>`. No rows at all is fine.
///
/// ```
/// use beadle::store::{StoreError, Tx, insert_rows};
///
/// async fn add_offsets(tx: &mut Tx, id: i64, offsets_s: &[u32]) -> Result<u64, StoreError> {
///     insert_rows!(
///         tx,
///         "INSERT INTO question_offsets (question_id, offset_s)",
///         offsets_s,
///         |values, offset_s| values.push_bind(id).push_bind(i64::from(*offset_s)),
///         "ON CONFLICT DO NOTHING"
///     )
/// }
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! __insert_rows {
    ($tx:expr, $into:literal, $rows:expr, |$values:ident, $row:ident| $bind:expr) => {
        $crate::store::insert_rows!($tx, $into, $rows, |$values, $row| $bind, "")
    };
    ($tx:expr, $into:literal, $rows:expr, |$values:ident, $row:ident| $bind:expr, $after:literal) => {
        async {
            let mut inserted = 0;
            for rows in $rows.chunks($crate::store::Tx::ROWS_A_STATEMENT) {
                inserted += $crate::store::on!(&mut *$tx, |db| {
                    let mut sql = sqlx::QueryBuilder::new(concat!($into, " "));
                    sql.push_values(rows, |mut $values, $row| {
                        $bind;
                    });
                    sql.push(concat!(" ", $after));
                    // Its text depends on how many rows there are: only one is worth a place in the
                    // cache.
                    let insert = sql.build().persistent(rows.len() == 1);
                    insert.execute(db).await.map(|done| done.rows_affected())
                })?;
            }
            Ok::<u64, $crate::store::StoreError>(inserted)
        }
        .await
    };
}

impl Tx {
    /// How many rows [`insert_rows!`] puts into one statement: with up to 100 columns, fewer
    /// values than SQLite takes (32,766, its "Implementation Limits").
    #[doc(hidden)]
    pub const ROWS_A_STATEMENT: usize = 256;
}

#[doc(inline)]
pub use __execute as execute;
#[doc(inline)]
pub use __insert_rows as insert_rows;
#[doc(inline)]
pub use __on as on;
