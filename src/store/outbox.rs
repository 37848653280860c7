//! The outbox: what is to be sent, written with the decision and ticked off after.

use super::{StoreError, Tx, execute, on};
use crate::domain::ids::{ChannelId, MessageId};

/// A row of the outbox; `effect` is JSON.
#[derive(Debug, Clone, PartialEq, sqlx::FromRow)]
pub struct OutboxRow {
    /// The row's id.
    pub id: i64,
    /// What it is for; unique.
    pub key: String,
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
    /// When it was first tried, in UTC milliseconds.
    pub tried_at_ms: Option<i64>,
}

/// What is to be written.
#[derive(Debug, Clone, PartialEq)]
pub struct NewEffect<'a> {
    /// What it is for; unique.
    pub key: &'a str,
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
                   (key, channel_id, cause_id, effect, nonce, created_at_ms, expires_at_ms) ",
            );
            sql.push_values(new, |mut values, new| {
                values
                    .push_bind(new.key)
                    .push_bind(new.channel.to_db())
                    .push_bind(new.cause.map(MessageId::to_db))
                    .push_bind(new.effect)
                    .push_bind(new.nonce)
                    .push_bind(new.created_at_ms)
                    .push_bind(new.expires_at_ms);
            });
            sql.push(" ON CONFLICT (key) DO NOTHING RETURNING id, key");
            sql.build_query_as().persistent(false).fetch_all(db).await
        })?;
        put.extend(rows);
    }
    Ok(put)
}

/// What has not been ticked off, in the order in which it was decided.
pub async fn waiting_effects(tx: &mut Tx) -> Result<Vec<OutboxRow>, StoreError> {
    on!(tx, |db| sqlx::query_as(
        "SELECT id, key, channel_id, effect, nonce, created_at_ms, expires_at_ms, tried_at_ms
         FROM outbox WHERE done_at_ms IS NULL ORDER BY id",
    )
    .fetch_all(db)
    .await)
}

/// Notes that an effect is about to be tried. Returns when it was first tried, in UTC milliseconds;
/// `None` when it has been ticked off.
pub async fn effect_tried(tx: &mut Tx, id: i64, now_ms: i64) -> Result<Option<i64>, StoreError> {
    on!(tx, |db| sqlx::query_scalar(
        "UPDATE outbox SET tried_at_ms = COALESCE(tried_at_ms, $2)
         WHERE id = $1 AND done_at_ms IS NULL RETURNING tried_at_ms"
    )
    .bind(id)
    .bind(now_ms)
    .fetch_optional(db)
    .await)
}

/// Ticks an effect off: with the message that it made, or with why it will never be done.
pub async fn effect_done(
    tx: &mut Tx,
    id: i64,
    now_ms: i64,
    message: Option<MessageId>,
    failure: Option<&str>,
) -> Result<(), StoreError> {
    execute!(
        tx,
        "UPDATE outbox SET done_at_ms = $2, message_id = $3, failure = $4 WHERE id = $1",
        id,
        now_ms,
        message.map(MessageId::to_db),
        failure
    )?;
    Ok(())
}

/// Ticks a waiting effect off unsent: what it was for is gone. Returns whether one waited.
pub async fn cancel_effect(tx: &mut Tx, key: &str, now_ms: i64) -> Result<bool, StoreError> {
    let cancelled: Option<i64> = on!(tx, |db| sqlx::query_scalar(
        "UPDATE outbox SET done_at_ms = $2, failure = 'cancelled'
         WHERE key = $1 AND done_at_ms IS NULL AND tried_at_ms IS NULL RETURNING id"
    )
    .bind(key)
    .bind(now_ms)
    .fetch_optional(db)
    .await)?;
    Ok(cancelled.is_some())
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

/// Forgets what was ticked off before a moment (UTC milliseconds). Answers of lookups that are
/// still kept stay, since editing the command edits them; so do digests.
pub async fn forget_effects(tx: &mut Tx, before_ms: i64) -> Result<(), StoreError> {
    execute!(
        tx,
        "DELETE FROM outbox
         WHERE done_at_ms < $1 AND key NOT LIKE 'digest:%' AND key NOT LIKE 'already:%'
           AND (message_id IS NULL
                OR NOT EXISTS (SELECT 1 FROM lookups l WHERE l.message_id = outbox.cause_id))",
        before_ms
    )?;
    Ok(())
}
