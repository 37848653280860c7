//! The outbox: what is to be sent, written with the decision and ticked off after.

use super::{StoreError, Tx, execute, on};
use crate::domain::ids::{ChannelId, MessageId, ServerId};

/// A row of the outbox; `effect` is JSON.
#[derive(Debug, Clone, PartialEq, sqlx::FromRow)]
pub struct OutboxRow {
    /// The row's id.
    pub id: i64,
    /// What it is for; unique.
    pub key: String,
    /// The server on which it happens; absent in rows of older versions.
    pub server_id: Option<i64>,
    /// The channel in which it happens.
    pub channel_id: i64,
    /// What to do, as JSON.
    pub effect: String,
    /// At most 25 characters.
    pub nonce: String,
    /// When it was decided, in UTC milliseconds.
    pub created_at_ms: i64,
    /// After which it is of no use, in UTC milliseconds.
    pub expires_at_ms: Option<i64>,
}

/// What is to be written.
#[derive(Debug, Clone, PartialEq)]
pub struct NewEffect<'a> {
    /// What it is for; unique.
    pub key: &'a str,
    /// The server on which it happens.
    pub server: ServerId,
    /// The channel in which it happens.
    pub channel: ChannelId,
    /// The message that brought it about.
    pub cause: Option<MessageId>,
    /// What to do, as JSON.
    pub effect: &'a str,
    /// At most 25 characters.
    pub nonce: &'a str,
    /// When it was decided, in UTC milliseconds.
    pub created_at_ms: i64,
    /// After which it is of no use, in UTC milliseconds.
    pub expires_at_ms: Option<i64>,
}

/// Writes effects in the order of deciding, each key named once. Returns the new ones' row and key; an
/// effect whose key stands already stays as it is.
pub async fn put_effects(
    tx: &mut Tx,
    new: &[NewEffect<'_>],
) -> Result<Vec<(i64, String)>, StoreError> {
    let mut put = Vec::with_capacity(new.len());
    for new in new.chunks(Tx::ROWS_A_STATEMENT) {
        let rows: Vec<(i64, String)> = on!(&mut *tx, |db| {
            let mut sql = sqlx::QueryBuilder::new(
                "INSERT INTO outbox
                   (key, server_id, channel_id, cause_id, effect, nonce, created_at_ms,
                    expires_at_ms) ",
            );
            sql.push_values(new, |mut values, new| {
                values
                    .push_bind(new.key)
                    .push_bind(new.server.to_db())
                    .push_bind(new.channel.to_db())
                    .push_bind(new.cause.map(MessageId::to_db))
                    .push_bind(new.effect)
                    .push_bind(new.nonce)
                    .push_bind(new.created_at_ms)
                    .push_bind(new.expires_at_ms);
            });
            sql.push(" ON CONFLICT (key) DO NOTHING RETURNING id, key");
            sql.build_query_as()
                .persistent(new.len() == 1)
                .fetch_all(db)
                .await
        })?;
        put.extend(rows);
    }
    Ok(put)
}

/// What has not been ticked off, in the order in which it was decided.
pub async fn waiting_effects(tx: &mut Tx) -> Result<Vec<OutboxRow>, StoreError> {
    on!(tx, |db| sqlx::query_as(
        "SELECT id, key, server_id, channel_id, effect, nonce, created_at_ms, expires_at_ms
         FROM outbox WHERE done_at_ms IS NULL ORDER BY id",
    )
    .fetch_all(db)
    .await)
}

/// Whether an effect has not been ticked off yet.
pub async fn is_waiting(tx: &mut Tx, id: i64) -> Result<bool, StoreError> {
    on!(tx, |db| sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM outbox WHERE id = $1 AND done_at_ms IS NULL)"
    )
    .bind(id)
    .fetch_one(db)
    .await)
}

/// What came of an effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DoneEffect<'a> {
    /// Its row.
    pub id: i64,
    /// When it was over, in UTC milliseconds.
    pub done_at_ms: i64,
    /// The message that it made, if it made one.
    pub message: Option<MessageId>,
    /// Why it will never be done; `None`: it was.
    pub failure: Option<&'a str>,
}

/// Ticks effects off, any number at once: what they say is erased. To tick the same off again changes
/// nothing.
pub async fn effects_done(tx: &mut Tx, done: &[DoneEffect<'_>]) -> Result<(), StoreError> {
    for done in done.chunks(Tx::ROWS_A_STATEMENT) {
        on!(&mut *tx, |db| {
            let mut sql =
                sqlx::QueryBuilder::new("WITH done (id, done_at_ms, message_id, failure) AS (");
            sql.push_values(done, |mut row, effect| {
                row.push_bind(effect.id)
                    .push_bind(effect.done_at_ms)
                    .push_bind(effect.message.map(MessageId::to_db))
                    .push_bind(effect.failure);
            });
            sql.push(
                ") UPDATE outbox SET done_at_ms = done.done_at_ms, message_id = done.message_id,
                     failure = done.failure, effect = ''
                   FROM done WHERE outbox.id = done.id",
            );
            // Its text depends on how many rows there are: only one is worth a place in the cache.
            let update = sql.build().persistent(done.len() == 1);
            update.execute(db).await.map(drop)
        })?;
    }
    Ok(())
}

/// Whether some effect made that message.
pub async fn is_made_by_an_effect(tx: &mut Tx, message: MessageId) -> Result<bool, StoreError> {
    on!(tx, |db| sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM outbox WHERE message_id = $1)"
    )
    .bind(message.to_db())
    .fetch_one(db)
    .await)
}

/// The message that the effect with that key made, once it has.
pub async fn message_made_by(tx: &mut Tx, key: &str) -> Result<Option<MessageId>, StoreError> {
    let id: Option<Option<i64>> = on!(tx, |db| sqlx::query_scalar(
        "SELECT message_id FROM outbox WHERE key = $1"
    )
    .bind(key)
    .fetch_optional(db)
    .await)?;
    Ok(id.flatten().map(MessageId::from_db))
}

/// Forgets what was ticked off, or of no use any more, before a moment (UTC milliseconds). Answers of
/// lookups that are still kept stay, since editing the command edits them; so do digests.
pub async fn forget_effects(tx: &mut Tx, before_ms: i64) -> Result<(), StoreError> {
    execute!(
        tx,
        "DELETE FROM outbox
         WHERE done_at_ms < $1 AND key NOT LIKE 'digest:%' AND key NOT LIKE 'already:%'
           AND (message_id IS NULL
                OR NOT EXISTS (SELECT 1 FROM lookups l WHERE l.message_id = outbox.cause_id))",
        before_ms
    )?;
    execute!(
        tx,
        "DELETE FROM outbox WHERE done_at_ms IS NULL AND expires_at_ms < $1",
        before_ms
    )?;
    Ok(())
}

/// What Discord refused in a channel, for one reason.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct RefusedRow {
    /// The channel.
    pub channel_id: i64,
    /// Why.
    pub failure: String,
    /// How often.
    pub times: i64,
    /// When first, in UTC milliseconds.
    pub first_ms: i64,
}

/// What Discord refused on a server, as far back as effects are kept; the newest reason first.
pub async fn refused_on(tx: &mut Tx, server: ServerId) -> Result<Vec<RefusedRow>, StoreError> {
    on!(tx, |db| sqlx::query_as(
        "SELECT channel_id, failure, COUNT(*) AS times, MIN(done_at_ms) AS first_ms
         FROM outbox WHERE server_id = $1 AND failure IS NOT NULL AND done_at_ms IS NOT NULL
         GROUP BY channel_id, failure ORDER BY MAX(done_at_ms) DESC"
    )
    .bind(server.to_db())
    .fetch_all(db)
    .await)
}
