//! Threads that were archived: Discord does not list them with the active ones.

use serenity::http::Route;
use serenity::model::channel::{GuildChannel, ThreadsData};

use super::pass::Pass;
use crate::discord::reader::PAGE;
use crate::discord::rest::{Call, RestError};
use crate::discord::translate;

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
            let page: ThreadsData = self.reader.rest.fetch(call).await?;
            let archived_at = |thread: &GuildChannel| {
                thread
                    .thread_metadata
                    .and_then(|data| data.archive_timestamp)
            };
            let last = page.threads.last().and_then(archived_at);
            found.extend(page.threads.into_iter().filter(|thread| {
                thread
                    .last_message_id
                    .is_none_or(|id| id.get() >= oldest.get())
            }));
            match last {
                Some(last)
                    if page.has_more && translate::unix_ms(last) >= oldest.created_at_ms() =>
                {
                    before = Some(last.to_string().replace('+', "%2B"));
                }
                _ => return Ok(found),
            }
        }
    }
}
