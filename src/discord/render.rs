//! From Beadle's messages to the bodies of Discord's requests. `allowed_mentions` is empty on all.

use serenity::builder::{
    CreateAllowedMentions, CreateEmbed, CreateEmbedFooter, CreateMessage, EditMessage,
};
use serenity::model::channel::{MessageFlags, MessageReference, ReactionType};
use serenity::model::id::{ChannelId as DiscordChannel, EmojiId, MessageId as DiscordMessage};

use crate::app::effect::{Card, Outgoing};
use crate::domain::ids::{ChannelId, MessageId};

/// The colour of Beadle's cards.
const COLOUR: u32 = 0x4f_6d_a3;

/// The body that posts a message, under a nonce that Discord enforces.
pub(super) fn post(
    channel: ChannelId,
    outgoing: &Outgoing,
    reply_to: Option<MessageId>,
    nonce: &str,
) -> Vec<u8> {
    let mut message = CreateMessage::new()
        .allowed_mentions(no_mentions())
        .nonce(serenity::model::channel::Nonce::String(nonce.to_owned()))
        .enforce_nonce(true);
    if !outgoing.text.is_empty() {
        message = message.content(&outgoing.text);
        if outgoing.card.is_none() {
            message = message.flags(MessageFlags::SUPPRESS_EMBEDS);
        }
    }
    if let Some(card) = &outgoing.card {
        message = message.embed(embed(card));
    }
    if let Some(to) = reply_to {
        // Where the message is gone by now, the answer stands alone.
        let reference = MessageReference::from((
            DiscordChannel::new(channel.get()),
            DiscordMessage::new(to.get()),
        ));
        message = message.reference_message(reference.fail_if_not_exists(false));
    }
    json(&message)
}

/// The body that makes a message say something else.
pub(super) fn edit(outgoing: &Outgoing) -> Vec<u8> {
    let embeds = outgoing.card.iter().map(embed).collect();
    let message = EditMessage::new()
        .allowed_mentions(no_mentions())
        .content(&outgoing.text)
        .embeds(embeds)
        .suppress_embeds(outgoing.card.is_none());
    json(&message)
}

/// An emoji as Discord's routes take it.
pub(super) fn reaction(emoji: &str) -> String {
    let own = emoji.rsplit_once(':').and_then(|(name, id)| {
        let id = id.parse().ok().filter(|id| *id != 0)?;
        Some(ReactionType::Custom {
            animated: false,
            id: EmojiId::new(id),
            name: Some(name.trim_start_matches([':', '<']).to_owned()),
        })
    });
    own.unwrap_or_else(|| ReactionType::Unicode(emoji.to_owned()))
        .as_data()
}

fn embed(card: &Card) -> CreateEmbed {
    let mut embed = CreateEmbed::new().colour(COLOUR).description(&card.body);
    if !card.title.is_empty() {
        embed = embed.title(&card.title);
    }
    if let Some(url) = &card.url {
        embed = embed.url(url);
    }
    if !card.footer.is_empty() {
        embed = embed.footer(CreateEmbedFooter::new(&card.footer));
    }
    embed
}

fn no_mentions() -> CreateAllowedMentions {
    CreateAllowedMentions::new().replied_user(false)
}

fn json(body: &impl serde::Serialize) -> Vec<u8> {
    // These builders hold plain strings and numbers, for which serialising cannot fail.
    serde_json::to_vec(body).unwrap_or_default()
}
