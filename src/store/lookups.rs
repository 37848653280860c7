//! Lookups by the message that asked for them, for the rates and for edits of the command.

use super::{StoreError, Tx, execute, on};
use crate::domain::ids::{ChannelId, MessageId, UserId};

/// A lookup's row.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct LookupRow {
    /// The command's message.
    pub message_id: i64,
    /// The server on which it was asked.
    pub server_id: i64,
    /// Where it was asked.
    pub channel_id: i64,
    /// Who asked.
    pub asker_id: i64,
    /// When, in UTC milliseconds.
    pub asked_at_ms: i64,
    /// What was looked up, in one form however it was typed.
    pub subject: String,
    /// What came of it: `answered`, `turned`, `repeat`, `warned` or `silent`.
    pub outcome: String,
    /// The keys of the effects that said the answer's parts, in their order, parted by blanks.
    pub keys: String,
}

/// How many lookups of a channel are kept, so that editing or deleting the command still reaches
/// the answer.
pub const KEPT_PER_CHANNEL: i64 = 500;

/// Keeps a lookup; a known one is overwritten.
pub async fn put_lookup(tx: &mut Tx, row: &LookupRow) -> Result<(), StoreError> {
    execute!(
        tx,
        "INSERT INTO lookups
           (message_id, server_id, channel_id, asker_id, asked_at_ms, subject, outcome, keys)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (message_id) DO UPDATE SET
           subject = excluded.subject, outcome = excluded.outcome, keys = excluded.keys",
        row.message_id,
        row.server_id,
        row.channel_id,
        row.asker_id,
        row.asked_at_ms,
        &row.subject,
        &row.outcome,
        &row.keys
    )?;
    Ok(())
}

/// The lookup that a message asked for.
pub async fn lookup_by_message(
    tx: &mut Tx,
    message: MessageId,
) -> Result<Option<LookupRow>, StoreError> {
    on!(tx, |db| sqlx::query_as(
        "SELECT message_id, server_id, channel_id, asker_id, asked_at_ms, subject, outcome, keys
         FROM lookups WHERE message_id = $1",
    )
    .bind(message.to_db())
    .fetch_optional(db)
    .await)
}

/// Whether the same was looked up and answered in a channel after a moment (UTC milliseconds) and
/// before the given message.
pub async fn answered_since(
    tx: &mut Tx,
    channel: ChannelId,
    subject: &str,
    since_ms: i64,
    before: MessageId,
) -> Result<bool, StoreError> {
    on!(tx, |db| sqlx::query_scalar::<_, bool>(
        "SELECT EXISTS (SELECT 1 FROM lookups
         WHERE channel_id = $1 AND subject = $2 AND asked_at_ms > $3 AND message_id < $4
           AND outcome = 'answered')",
    )
    .bind(channel.to_db())
    .bind(subject)
    .bind(since_ms)
    .bind(before.to_db())
    .fetch_one(db)
    .await)
}

/// The outcomes of a person's lookups after a moment (UTC milliseconds), in the order of asking.
pub async fn outcomes_since(
    tx: &mut Tx,
    asker: UserId,
    since_ms: i64,
) -> Result<Vec<String>, StoreError> {
    on!(tx, |db| sqlx::query_scalar(
        "SELECT outcome FROM lookups WHERE asker_id = $1 AND asked_at_ms > $2
         ORDER BY message_id",
    )
    .bind(asker.to_db())
    .bind(since_ms)
    .fetch_all(db)
    .await)
}

/// Notes that the answer that stands as this message does not say any more what was looked up.
pub async fn lookup_turned(tx: &mut Tx, answer: MessageId) -> Result<(), StoreError> {
    execute!(
        tx,
        "UPDATE lookups SET outcome = 'turned'
         WHERE outcome = 'answered' AND keys IN (SELECT key FROM outbox WHERE message_id = $1)",
        answer.to_db()
    )?;
    Ok(())
}

/// Forgets one lookup.
pub async fn forget_lookup(tx: &mut Tx, message: MessageId) -> Result<(), StoreError> {
    execute!(
        tx,
        "DELETE FROM lookups WHERE message_id = $1",
        message.to_db()
    )?;
    Ok(())
}

/// Forgets all but the newest [`KEPT_PER_CHANNEL`] lookups of every channel.
pub async fn forget_old_lookups(tx: &mut Tx) -> Result<(), StoreError> {
    execute!(
        tx,
        "DELETE FROM lookups WHERE message_id IN (
           SELECT message_id FROM (
             SELECT message_id,
                    ROW_NUMBER() OVER (PARTITION BY channel_id ORDER BY message_id DESC) AS place
             FROM lookups) AS ranked
           WHERE place > $1)",
        KEPT_PER_CHANNEL
    )?;
    Ok(())
}
