//! A page of a channel's history, each message read by itself: one that cannot be read keeps its
//! id, and the others.

use jiff::Timestamp;
use serde_json::Value;
use serenity::http::Route;
use serenity::model::channel::Message as DiscordMessage;
use serenity::model::id::ChannelId as DiscordChannel;
use tracing::warn;

use super::{Reader, RestError};
use crate::discord::rest::Call;
use crate::domain::ids::{ChannelId, MessageId};

/// How many messages Discord gives at once.
pub(in crate::discord) const PAGE: usize = 100;

/// Where a page begins.
#[derive(Debug, Clone, Copy)]
pub(in crate::discord) enum Seek {
    /// The oldest messages after this one.
    After(MessageId),
    /// The newest messages before this one.
    Before(MessageId),
}

/// A page of history, oldest first.
pub(in crate::discord) struct Page {
    /// Just before Discord was asked.
    pub asked_at: Timestamp,
    /// `None` for what cannot be read.
    messages: Vec<(MessageId, Option<DiscordMessage>)>,
}

impl Page {
    /// A page from what Discord answers, in whatever order.
    pub fn read(values: Vec<Value>, asked_at: Timestamp) -> Self {
        let read = |value: Value| {
            let id: MessageId = id_of(&value)?.parse().ok()?;
            Some((id, serde_json::from_value(value).ok()))
        };
        let mut messages: Vec<_> = values.into_iter().filter_map(read).collect();
        messages.sort_by_key(|(id, _)| *id);
        Self { asked_at, messages }
    }

    /// How many messages it holds.
    pub fn len(&self) -> usize {
        self.messages.len()
    }

    /// The oldest message's id.
    pub fn first(&self) -> Option<MessageId> {
        self.messages.first().map(|(id, _)| *id)
    }

    /// The newest message's id.
    pub fn last(&self) -> Option<MessageId> {
        self.messages.last().map(|(id, _)| *id)
    }

    /// Takes a message out: `None` where the page has no such message, `Some(None)` where it cannot
    /// be read.
    pub fn take(&mut self, id: MessageId) -> Option<Option<DiscordMessage>> {
        let at = self
            .messages
            .binary_search_by_key(&id, |(id, _)| *id)
            .ok()?;
        Some(self.messages[at].1.take())
    }

    /// The messages that can be read.
    pub fn into_messages(self) -> impl Iterator<Item = DiscordMessage> {
        self.messages.into_iter().filter_map(|(_, message)| message)
    }
}

/// The id of something that Discord tells of.
pub(super) fn id_of(value: &Value) -> Option<&str> {
    value.get("id")?.as_str()
}

impl Reader {
    /// Reads a page of history; at most `limit` messages, and never more than [`PAGE`]. What cannot
    /// be read in it is said.
    ///
    /// # Errors
    /// As [`Rest::fetch`](crate::discord::rest::Rest::fetch).
    pub async fn page(
        &self,
        channel: ChannelId,
        seek: Seek,
        limit: usize,
    ) -> Result<Page, RestError> {
        let route = Route::ChannelMessages {
            channel_id: DiscordChannel::new(channel.get()),
        };
        let call = Call::get(route).param("limit", limit.min(PAGE));
        let call = match seek {
            Seek::After(id) => call.param("after", id),
            Seek::Before(id) => call.param("before", id),
        };
        let asked_at = self.app.clock().now();
        let page = Page::read(self.rest.fetch(call).await?, asked_at);
        for (id, message) in &page.messages {
            if message.is_none() {
                warn!(channel.id = %channel, message.id = %id, "a message cannot be read; it is left out");
            }
        }
        Ok(page)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn message(id: &str, content: &Value) -> Value {
        json!({
            "id": id, "channel_id": "7", "content": content, "type": 0,
            "author": {"id": "8", "username": "ada", "discriminator": "0", "avatar": null},
            "timestamp": "2023-02-09T22:00:00.000000+00:00", "edited_timestamp": null,
            "tts": false, "mention_everyone": false, "mentions": [], "mention_roles": [],
            "attachments": [], "embeds": [], "pinned": false,
        })
    }

    #[test]
    fn a_message_that_cannot_be_read_does_not_take_the_page_with_it() {
        let values = vec![
            message("12", &json!("and why is that?")),
            message("11", &json!({"no": "text"})),
            message("10", &json!("what is a bandit?")),
        ];
        let mut page = Page::read(values, Timestamp::UNIX_EPOCH);
        assert_eq!(page.first(), Some(MessageId::new(10)));
        assert_eq!(page.last(), Some(MessageId::new(12)));
        assert!(page.take(MessageId::new(9)).is_none(), "not on the page");
        assert!(matches!(page.take(MessageId::new(11)), Some(None)));
        let texts: Vec<_> = page
            .into_messages()
            .map(|message| message.content)
            .collect();
        assert_eq!(texts, ["what is a bandit?", "and why is that?"]);
    }
}
