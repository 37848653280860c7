//! Reading back what was said.

use super::World;
use super::refusal::Refusal;
use super::state::{Channel, Message};
use crate::permissions as may;
use crate::time::Snowflake;

/// Which part of a channel's history is asked for. One of the three at most is set.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Page {
    pub before: Option<Snowflake>,
    pub after: Option<Snowflake>,
    pub around: Option<Snowflake>,
    pub limit: usize,
}

impl World {
    /// A page of history, newest first. Without the permission to read it, there is none.
    pub fn history(
        &self,
        reader: Snowflake,
        channel_id: Snowflake,
        page: Page,
    ) -> Result<Vec<&Message>, Refusal> {
        let channel = self.channel(channel_id)?;
        if !channel.takes_messages() {
            return Err(Refusal::no_text_channel());
        }
        let held = self.require(channel, reader, 0)?;
        if held & may::READ_MESSAGE_HISTORY == 0 {
            return Ok(Vec::new());
        }
        Ok(page_of(channel, page))
    }
}

fn page_of(channel: &Channel, page: Page) -> Vec<&Message> {
    let messages = &channel.messages;
    let newest_before = |id, limit| messages.range(..id).rev().take(limit).map(|(_, m)| m);
    let oldest_from = |id, limit| messages.range(id..).take(limit).map(|(_, m)| m);
    let mut found: Vec<&Message> = if let Some(after) = page.after {
        oldest_from(after.saturating_add(1), page.limit).collect()
    } else if let Some(around) = page.around {
        let half = page.limit / 2;
        newest_before(around, half)
            .chain(oldest_from(around, page.limit - half))
            .collect()
    } else {
        newest_before(page.before.unwrap_or(Snowflake::MAX), page.limit).collect()
    };
    found.sort_unstable_by_key(|message| std::cmp::Reverse(message.id));
    found
}
