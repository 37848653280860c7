//! Which messages anything is known of: so that the many of which nothing is cost one query a batch.

use std::collections::HashSet;

use super::{StoreError, Tx, on};
use crate::domain::ids::MessageId;

/// What is known of some messages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    /// Those that were looked up.
    pub looked_up: HashSet<MessageId>,
    /// Those that are questions.
    pub questions: HashSet<MessageId>,
    /// Those that are linked as answers.
    pub answers: HashSet<MessageId>,
    /// Those whose edit or deletion is remembered.
    pub marks: HashSet<MessageId>,
    /// Those with reactions that count.
    pub reactions: HashSet<MessageId>,
    /// Those that looked something up.
    pub lookups: HashSet<MessageId>,
}

impl Known {
    /// Adds what is known of other messages.
    pub fn extend(&mut self, others: Self) {
        self.looked_up.extend(others.looked_up);
        self.questions.extend(others.questions);
        self.answers.extend(others.answers);
        self.marks.extend(others.marks);
        self.reactions.extend(others.reactions);
        self.lookups.extend(others.lookups);
    }
}

/// Looks up what is known of some messages.
pub async fn known(tx: &mut Tx, messages: HashSet<MessageId>) -> Result<Known, StoreError> {
    const AT_ONCE: usize = 1_000;
    let mut known = Known::default();
    let ids: Vec<MessageId> = messages.iter().copied().collect();
    for ids in ids.chunks(AT_ONCE) {
        let found: Vec<(i64, i64)> = on!(&mut *tx, |db| {
            let mut sql = sqlx::QueryBuilder::new("WITH looked_up (wanted) AS (");
            sql.push_values(ids, |mut values, id| {
                values.push_bind(id.to_db());
            });
            sql.push(
                ") SELECT CAST(1 AS BIGINT), wanted FROM looked_up JOIN questions ON message_id = wanted
                 UNION SELECT 2, wanted FROM looked_up JOIN answers ON message_id = wanted
                 UNION SELECT 3, wanted FROM looked_up JOIN marks ON message_id = wanted
                 UNION SELECT 4, wanted FROM looked_up JOIN reactions ON message_id = wanted
                 UNION SELECT 5, wanted FROM looked_up JOIN lookups ON message_id = wanted",
            );
            sql.build_query_as()
                .persistent(ids.len() == 1)
                .fetch_all(db)
                .await
        })?;
        for (what, id) in found {
            let of = match what {
                1 => &mut known.questions,
                2 => &mut known.answers,
                3 => &mut known.marks,
                4 => &mut known.reactions,
                _ => &mut known.lookups,
            };
            of.insert(MessageId::from_db(id));
        }
    }
    known.looked_up = messages;
    Ok(known)
}
