//! From Beadle's messages to the bodies of Discord's requests. `allowed_mentions` is empty on all.

mod controls;
mod picture;

use serde_json::{Value, json};
use serenity::builder::{CreateAllowedMentions, CreateAttachment, CreateEmbed, CreateEmbedFooter};
use serenity::http::{Multipart, MultipartUpload, Route};
use serenity::model::channel::{MessageFlags, ReactionType};
use serenity::model::id::EmojiId;

pub(super) use self::controls::form;
use super::rest::Call;
use crate::app::effect::{Attachment, Card, Content, Outgoing};
use crate::domain::ids::{ChannelId, MessageId};

/// The colour of Beadle's cards.
const COLOUR: u32 = 0x4f_6d_a3;

/// Discord's limits to a card's body and to a message's text, in characters (its reference, "Embed
/// Limits" and "Create Message").
const BODY_CHARS: usize = 4_096;
const TEXT_CHARS: usize = 2_000;

/// A text that Discord takes. What Beadle says fits by how it is made; should a recording's address be
/// longer than anybody thought, the last line goes rather than the whole message.
fn within(text: &str, most_chars: usize) -> std::borrow::Cow<'_, str> {
    let Some((end, _)) = text.char_indices().nth(most_chars) else {
        return text.into();
    };
    let kept = &text[..end];
    // The mark at the end takes two characters, and so less than the line that goes.
    let whole_lines = kept.rfind('\n').unwrap_or_else(|| {
        let room = kept.char_indices().nth(most_chars - 2);
        room.map_or(0, |(end, _)| end)
    });
    format!("{}\n…", kept[..whole_lines].trim_end_matches('\n')).into()
}

/// The body of a request, with the files that go with it.
#[derive(Debug, Clone)]
pub(super) struct Body {
    json: Value,
    files: Vec<CreateAttachment>,
}

impl Body {
    fn new(json: Value) -> Self {
        Self {
            json,
            files: Vec::new(),
        }
    }

    /// The request that carries it.
    pub fn into_call<'a>(
        self,
        route: Route<'a>,
        call: impl FnOnce(Route<'a>, Vec<u8>) -> Call<'a>,
    ) -> Call<'a> {
        let body = self.json.to_string();
        if self.files.is_empty() {
            return call(route, body.into_bytes());
        }
        call(route, Vec::new()).multipart(Multipart {
            upload: MultipartUpload::Attachments(self.files),
            fields: Vec::new(),
            payload_json: Some(body),
        })
    }
}

/// Who sees an answer to an interaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// Everybody in the channel.
    Openly,
    /// Only who is answered.
    Privately,
    /// Whoever saw it before.
    Edited,
}

/// The body that posts a message, under a nonce that Discord enforces.
pub(super) fn post(
    channel: ChannelId,
    outgoing: &Outgoing,
    reply_to: Option<MessageId>,
    nonce: &str,
) -> Body {
    let mut body = said(outgoing, Shown::Openly);
    body.json["nonce"] = json!(nonce);
    body.json["enforce_nonce"] = json!(true);
    if let Some(to) = reply_to {
        // Where the message is gone by now, the answer stands alone.
        body.json["message_reference"] = json!({
            "message_id": to.to_string(),
            "channel_id": channel.to_string(),
            "fail_if_not_exists": false,
        });
    }
    body
}

/// The body of a message.
pub(super) fn said(outgoing: &Outgoing, shown: Shown) -> Body {
    let mut message = json!({"allowed_mentions": no_mentions()});
    if !outgoing.text.is_empty() {
        message["content"] = json!(within(&outgoing.text, TEXT_CHARS));
    }
    let mut flags = MessageFlags::empty();
    // A message of links would be followed by as many previews.
    flags.set(MessageFlags::SUPPRESS_EMBEDS, outgoing.card.is_none());
    flags.set(MessageFlags::EPHEMERAL, shown == Shown::Privately);
    if !flags.is_empty() {
        message["flags"] = json!(flags.bits());
    }
    if let Some(card) = &outgoing.card {
        message["embeds"] = json!([embed(card)]);
    }
    if !outgoing.controls.is_empty() {
        message["components"] = controls::rows(&outgoing.controls);
    }
    with_file(message, outgoing)
}

/// The body that makes a message say something else. A file that it carries stays, unless there is
/// another.
pub(super) fn edit(outgoing: &Outgoing) -> Body {
    let embeds: Vec<CreateEmbed> = outgoing.card.iter().map(embed).collect();
    let message = json!({
        "allowed_mentions": no_mentions(),
        "content": within(&outgoing.text, TEXT_CHARS),
        "embeds": embeds,
        "components": controls::rows(&outgoing.controls),
        "flags": if outgoing.card.is_none() { MessageFlags::SUPPRESS_EMBEDS.bits() } else { 0 },
    });
    with_file(message, outgoing)
}

/// The body of an interaction's first answer of a kind (Discord's reference, "Interaction Callback
/// Type").
pub(super) fn callback(kind: u8, outgoing: &Outgoing, shown: Shown) -> Body {
    let body = match shown {
        Shown::Edited => edit(outgoing),
        Shown::Openly | Shown::Privately => said(outgoing, shown),
    };
    Body {
        json: json!({"type": kind, "data": body.json}),
        files: body.files,
    }
}

fn with_file(mut message: Value, outgoing: &Outgoing) -> Body {
    let Some(file) = &outgoing.file else {
        return Body::new(message);
    };
    // A message says what it has to say without its picture.
    let Some(attached) = attachment(file) else {
        return Body::new(message);
    };
    message["attachments"] = json!([{
        "id": "0",
        "filename": file.name,
        "description": file.description,
    }]);
    Body {
        json: message,
        files: vec![attached],
    }
}

fn attachment(file: &Attachment) -> Option<CreateAttachment> {
    let bytes = match &file.content {
        Content::Text(text) => text.clone().into_bytes(),
        Content::Timeline(timeline) => picture::png(&timeline.svg())?,
    };
    Some(CreateAttachment::bytes(bytes, &file.name))
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
    let mut embed = CreateEmbed::new()
        .colour(COLOUR)
        .description(within(&card.body, BODY_CHARS));
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

/// One of serenity's bodies.
pub(super) fn json(body: &impl serde::Serialize) -> Body {
    // These builders hold plain strings and numbers, for which serialising cannot fail.
    Body::new(serde_json::to_value(body).unwrap_or_default())
}
