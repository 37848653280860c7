//! Asks again for messages that are known: edits, deletions and reactions that nobody heard of are
//! noticed.

use jiff::Timestamp;
use serenity::model::channel::Message as DiscordMessage;
use tracing::{info, warn};

use super::page::{PAGE, Page, Seek};
use super::{Reader, Stopped, people};
use crate::app::event::{Event, Place, Reread};
use crate::discord::rest::RestError;
use crate::domain::ids::{ChannelId, MessageId, ServerId};

/// Discord's code for a channel or thread that was deleted (its reference, "JSON Error Codes").
const UNKNOWN_CHANNEL: i64 = 10_003;

impl Reader {
    /// Asks for every message of a server by which something stands open, or was closed after a
    /// moment, a page for up to a hundred that stand close. A channel that cannot be read is left as it
    /// is. Returns when what was missed has been dealt with.
    pub async fn reread(
        &self,
        server: ServerId,
        closed_since: Timestamp,
        round: u64,
    ) -> Result<(), Stopped> {
        let known = self.app.to_reread(server, closed_since).await?;
        let mut failed = None;
        for of_channel in known.chunk_by(|one, other| one.0 == other.0) {
            let channel = of_channel[0].0;
            let ids: Vec<MessageId> = of_channel.iter().map(|(_, id)| *id).collect();
            match self.reread_in(server, channel, &ids, round).await {
                Err(Stopped::Rest(error @ RestError::Unreachable(_))) if failed.is_none() => {
                    // This channel's trouble, unless another has it too.
                    failed = Some(error);
                }
                Err(Stopped::Rest(RestError::Denied {
                    code: UNKNOWN_CHANNEL,
                    ..
                })) => {
                    self.put(Event::ChannelGone { channel }).await?;
                    self.drained().await?;
                }
                Err(Stopped::Rest(
                    error @ (RestError::Denied { .. } | RestError::Refused { .. }),
                )) => {
                    let known = ids.len();
                    info!(channel.id = %channel, known, error = %error, "what stands open there cannot be asked for again; it is left as it is");
                }
                other => other?,
            }
        }
        failed.map_or(Ok(()), |error| Err(error.into()))
    }

    /// `ids` in ascending order.
    async fn reread_in(
        &self,
        server: ServerId,
        channel: ChannelId,
        ids: &[MessageId],
        round: u64,
    ) -> Result<(), Stopped> {
        if self.directory.channel(channel).is_none() {
            self.channel(channel).await?;
        }
        let place = self.directory.place(server, channel);
        let mut left = ids;
        while let Some(&next) = left.first() {
            self.still(round)?;
            let before_it = MessageId::new(next.get() - 1);
            let page = self.page(channel, Seek::After(before_it), PAGE).await?;
            let Some(last) = page.last() else {
                return self.all_gone(place, left, &page).await;
            };
            // At least one, since nothing on the page is older than it.
            let covered = left.partition_point(|id| *id <= last).max(1);
            let (here, beyond) = left.split_at(covered);
            self.reread_on(place, here, page).await?;
            left = beyond;
        }
        Ok(())
    }

    /// Messages that the page has, or would have if they were still there.
    async fn reread_on(
        &self,
        place: Place,
        ids: &[MessageId],
        mut page: Page,
    ) -> Result<(), Stopped> {
        let as_of = page.asked_at;
        for &id in ids {
            let reread = match page.take(id) {
                None => Some(gone(place, id, &page)),
                Some(None) => None,
                Some(Some(said)) => self.whole(place, &said, as_of).await?,
            };
            if let Some(reread) = reread {
                self.put(Event::Reread(Box::new(reread))).await?;
            }
        }
        self.drained().await
    }

    async fn whole(
        &self,
        place: Place,
        said: &DiscordMessage,
        as_of: jiff::Timestamp,
    ) -> Result<Option<Reread>, RestError> {
        let Some(message) = self.understood(said, place).await? else {
            return Ok(None);
        };
        if people::is_marked(said) {
            return self.with_reactions(said, message, as_of).await;
        }
        Ok(Some(Reread {
            place,
            id: message.id,
            message: Some(message),
            reactions: Vec::new(),
            as_of,
        }))
    }

    /// Nothing stands in the channel any more from the first of these messages on; or Beadle may not
    /// read its history, which looks the same.
    async fn all_gone(&self, place: Place, ids: &[MessageId], page: &Page) -> Result<(), Stopped> {
        if !self.is_gone(place.channel, ids[0]).await? {
            warn!(channel.id = %place.channel, "the channel's history cannot be read; does Beadle have Read Message History there?");
            return Ok(());
        }
        for &id in ids {
            let reread = gone(place, id, page);
            self.put(Event::Reread(Box::new(reread))).await?;
        }
        self.drained().await
    }
}

fn gone(place: Place, id: MessageId, page: &Page) -> Reread {
    Reread {
        place,
        id,
        message: None,
        reactions: Vec::new(),
        as_of: page.asked_at,
    }
}
