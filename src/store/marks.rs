//! What is remembered of messages without their text, so that the order of delivery does not
//! matter: edits and deletions that came before their message, reactions before their question.

use super::{StoreError, Tx, execute, on};
use crate::domain::ids::{MessageId, UserId};

/// What is known of a message's later fate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, sqlx::FromRow)]
pub struct Mark {
    /// The newest edit that has been seen, in UTC milliseconds.
    pub edited_at_ms: Option<i64>,
    /// Whether the message is gone.
    pub deleted: bool,
}

/// A message's mark; an empty one where there is none.
pub async fn mark(tx: &mut Tx, message: MessageId) -> Result<Mark, StoreError> {
    let mark: Option<Mark> = on!(tx, |db| sqlx::query_as(
        "SELECT edited_at_ms, deleted FROM marks WHERE message_id = $1"
    )
    .bind(message.to_db())
    .fetch_optional(db)
    .await)?;
    Ok(mark.unwrap_or_default())
}

/// Remembers an edit, unless a newer one is known.
pub async fn mark_edited(
    tx: &mut Tx,
    message: MessageId,
    edited_at_ms: i64,
    now_ms: i64,
) -> Result<(), StoreError> {
    execute!(
        tx,
        "INSERT INTO marks (message_id, edited_at_ms, deleted, marked_at_ms)
         VALUES ($1, $2, FALSE, $3)
         ON CONFLICT (message_id) DO UPDATE SET edited_at_ms = excluded.edited_at_ms
         WHERE marks.edited_at_ms IS NULL OR marks.edited_at_ms < excluded.edited_at_ms",
        message.to_db(),
        edited_at_ms,
        now_ms
    )?;
    Ok(())
}

/// Remembers that a message is gone.
pub async fn mark_deleted(tx: &mut Tx, message: MessageId, now_ms: i64) -> Result<(), StoreError> {
    execute!(
        tx,
        "INSERT INTO marks (message_id, deleted, marked_at_ms) VALUES ($1, TRUE, $2)
         ON CONFLICT (message_id) DO UPDATE SET deleted = TRUE",
        message.to_db(),
        now_ms
    )?;
    Ok(())
}

/// A reaction that may close a question.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct ReactionRow {
    /// The message that it is on.
    pub message_id: i64,
    /// Who reacted.
    pub person_id: i64,
    /// With what.
    pub emoji: String,
    /// Their name.
    pub by_name: String,
    /// Whether they are staff.
    pub by_staff: bool,
    /// When it was last seen, in UTC milliseconds.
    pub at_ms: i64,
    /// Since when it stands, in UTC milliseconds; the database keeps that by itself.
    pub since_ms: i64,
}

/// Remembers a reaction, or that it was taken away (`taken`), as of `row.at_ms`; what is known of a
/// later moment stays. Returns whether anything changed.
pub async fn put_reaction(tx: &mut Tx, row: &ReactionRow, taken: bool) -> Result<bool, StoreError> {
    let news = execute!(
        tx,
        "INSERT INTO reactions (message_id, person_id, emoji, by_name, by_staff, at_ms, since_ms, taken)
         VALUES ($1, $2, $3, $4, $5, $6, $6, $7)
         ON CONFLICT (message_id, person_id, emoji) DO UPDATE
         SET by_name = excluded.by_name, by_staff = excluded.by_staff, at_ms = excluded.at_ms,
             since_ms = excluded.since_ms, taken = excluded.taken
         WHERE reactions.at_ms <= excluded.at_ms AND reactions.taken <> excluded.taken",
        row.message_id,
        row.person_id,
        &row.emoji,
        &row.by_name,
        row.by_staff,
        row.at_ms,
        taken
    )?;
    if news == 0 {
        // The same again: it was still so at that moment.
        execute!(
            tx,
            "UPDATE reactions SET at_ms = $4
             WHERE message_id = $1 AND person_id = $2 AND emoji = $3 AND at_ms < $4",
            row.message_id,
            row.person_id,
            &row.emoji,
            row.at_ms
        )?;
    }
    Ok(news > 0)
}

/// Takes reactions away from a message: of one person or all, with one emoji or any. Those that are
/// known of a later moment stay. Returns how many went.
pub async fn take_reactions(
    tx: &mut Tx,
    message: MessageId,
    person: Option<UserId>,
    emoji: Option<&str>,
    at_ms: i64,
) -> Result<u64, StoreError> {
    execute!(
        tx,
        "UPDATE reactions SET taken = TRUE, at_ms = $4
         WHERE message_id = $1
           AND ($2 IS NULL OR person_id = $2)
           AND ($3 IS NULL OR emoji = $3)
           AND NOT taken AND at_ms <= $4",
        message.to_db(),
        person.map(UserId::to_db),
        emoji,
        at_ms
    )
}

/// The reactions that stand on any of some messages, first come first.
pub async fn reactions_on(
    tx: &mut Tx,
    messages: &[MessageId],
) -> Result<Vec<ReactionRow>, StoreError> {
    if messages.is_empty() {
        return Ok(Vec::new());
    }
    on!(tx, |db| {
        let mut sql = sqlx::QueryBuilder::new(
            "SELECT message_id, person_id, emoji, by_name, by_staff, at_ms, since_ms
             FROM reactions WHERE NOT taken AND message_id IN (",
        );
        let mut ids = sql.separated(", ");
        for message in messages {
            ids.push_bind(message.to_db());
        }
        sql.push(") ORDER BY at_ms, message_id, person_id");
        let reactions = sql.build_query_as().persistent(messages.len() == 1);
        reactions.fetch_all(db).await
    })
}

/// Forgets marks, and reactions on messages that never became a question or an answer, from
/// before a moment (UTC milliseconds).
pub async fn forget_marks(tx: &mut Tx, before_ms: i64) -> Result<(), StoreError> {
    execute!(tx, "DELETE FROM marks WHERE marked_at_ms < $1", before_ms)?;
    execute!(
        tx,
        "DELETE FROM reactions
         WHERE at_ms < $1
           AND NOT EXISTS (SELECT 1 FROM questions q WHERE q.message_id = reactions.message_id)
           AND NOT EXISTS (SELECT 1 FROM answers a WHERE a.message_id = reactions.message_id)",
        before_ms
    )?;
    Ok(())
}
