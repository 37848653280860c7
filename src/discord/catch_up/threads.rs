//! Threads that were archived: Discord does not list them with the active ones.

use serde::Deserialize;
use serde_json::Value;
use serenity::http::Route;
use serenity::model::channel::GuildChannel;
use tracing::warn;

use super::pass::Pass;
use crate::discord::reader::PAGE;
use crate::discord::rest::{Call, RestError};
use crate::discord::translate;

/// A list of threads as Discord tells it, each read by itself.
#[derive(Debug, Deserialize)]
pub(super) struct Threads {
    threads: Vec<Value>,
    #[serde(default)]
    has_more: bool,
}

impl Threads {
    /// The threads that can be read. One that cannot is said and left out.
    pub fn read(self) -> Vec<GuildChannel> {
        let read = |value: Value| {
            let id = value["id"].as_str().unwrap_or_default().to_owned();
            let thread = serde_json::from_value(value);
            if thread.is_err() {
                warn!(channel.id = id, "a thread cannot be read; it is left out");
            }
            thread.ok()
        };
        self.threads.into_iter().filter_map(read).collect()
    }
}

impl Pass<'_> {
    /// The public threads of a channel that were archived, as far back as is read at all.
    pub(super) async fn archived(
        &self,
        channel: &GuildChannel,
    ) -> Result<Vec<GuildChannel>, RestError> {
        let oldest = self.oldest();
        let mut found = Vec::new();
        let mut before: Option<String> = None;
        loop {
            let route = Route::ChannelArchivedPublicThreads {
                channel_id: channel.id,
            };
            let mut call = Call::get(route).param("limit", PAGE);
            if let Some(before) = &before {
                call = call.param("before", before);
            }
            let page: Threads = self.reader.rest.fetch(call).await?;
            let has_more = page.has_more;
            let page = page.read();
            let archived_at = |thread: &GuildChannel| {
                thread
                    .thread_metadata
                    .and_then(|data| data.archive_timestamp)
            };
            let last = page.last().and_then(archived_at);
            found.extend(page.into_iter().filter(|thread| {
                thread
                    .last_message_id
                    .is_none_or(|id| id.get() >= oldest.get())
            }));
            match last {
                Some(last) if has_more && translate::unix_ms(last) >= oldest.created_at_ms() => {
                    before = Some(last.to_string().replace('+', "%2B"));
                }
                _ => return Ok(found),
            }
        }
    }
}
