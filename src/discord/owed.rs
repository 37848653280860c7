//! Looks, at the start, whether digests that the database does not know stand in their channels: it
//! may have been restored from a backup that was made before they were posted.

use std::time::Duration;

use jiff::Timestamp;
use serenity::model::channel::Message as DiscordMessage;
use tracing::{info, warn};

use super::reader::{PAGE, Reader, Seek};
use super::rest::RestError;
use super::translate::unix_ms;
use crate::app::event::Event;
use crate::app::restored::Owed;
use crate::domain::ids::MessageId;
use crate::domain::schedule::Occurrence;

/// How many messages after a digest's hour are read to find it.
const READ_BACK: usize = 500;
/// How long to wait before Discord or the database is asked again.
const WAIT: Duration = Duration::from_secs(5);

/// Looks for every digest that is owed, and tells of those that stand already. Where nobody answers
/// it waits: a digest must not be posted before this is known. `false` when Beadle is stopping.
pub(super) async fn digests(reader: &Reader) -> bool {
    let owed = loop {
        match reader.app.owed().await {
            Ok(owed) => break owed,
            Err(error) => warn!(error = %error, "whether a digest is owed is not known yet"),
        }
        tokio::time::sleep(WAIT).await;
    };
    for owed in owed {
        let Some(posted_at) = look_for(reader, &owed).await else {
            continue;
        };
        info!(course = owed.course, date = %owed.date, "the digest stands in its channel already");
        let found = Event::DigestFound {
            course: owed.course,
            occurrence: Occurrence {
                date: owed.date,
                planned: owed.planned,
            },
            posted_at,
        };
        if !reader.queue.put(found).await {
            return false;
        }
    }
    true
}

/// When a digest that is owed was posted after all.
async fn look_for(reader: &Reader, owed: &Owed) -> Option<Timestamp> {
    loop {
        match posted(reader, owed).await {
            Ok(posted_at) => return posted_at,
            Err(error @ RestError::Unreachable(_)) => {
                warn!(course = owed.course, error = %error, "the digest waits: its channel cannot be read yet");
                tokio::time::sleep(WAIT).await;
            }
            // Posting will say what is wrong with the channel.
            Err(_) => return None,
        }
    }
}

async fn posted(reader: &Reader, owed: &Owed) -> Result<Option<Timestamp>, RestError> {
    let me = reader.app.me().get();
    // Discord's clock and ours may differ a little.
    let mut after = MessageId::first_at_ms(owed.planned.as_millisecond() - 60_000);
    for _ in 0..READ_BACK / PAGE {
        let page = reader.page(owed.channel, Seek::After(after), PAGE).await?;
        let Some(last) = page.last() else { break };
        after = last;
        let found = page
            .into_messages()
            .filter(|message| message.author.id.get() == me)
            .find(|own| owed.begins(first_words(own)));
        if let Some(found) = found {
            return Ok(Timestamp::from_millisecond(unix_ms(found.timestamp)).ok());
        }
    }
    Ok(None)
}

/// What somebody reads first in a message.
fn first_words(message: &DiscordMessage) -> &str {
    let card = message.embeds.first();
    let title = card.and_then(|card| card.title.as_deref());
    let body = card.and_then(|card| card.description.as_deref());
    [title, body, Some(&message.content)]
        .into_iter()
        .flatten()
        .find(|words| !words.trim().is_empty())
        .unwrap_or_default()
}
