//! Finding out whether a message was posted, when Discord no longer knows its nonce: Beadle's own
//! messages are read back for one that says the same.

use serde::Deserialize;
use serenity::http::Route;

use super::super::rest::{Call, Rest, RestError};
use super::channel_id;
use crate::app::effect::{Card, Entry, Outgoing};
use crate::domain::ids::{MessageId, UserId};

/// How many messages Discord gives at once.
const PAGE: usize = 100;
/// By how much Discord's clock and ours may differ, in milliseconds.
const CLOCKS_DIFFER_BY_MS: i64 = 60_000;

/// What has to be known of a message to tell whether it is the one that was to be posted.
#[derive(Debug, Deserialize)]
struct Posted {
    id: MessageId,
    author: Author,
    #[serde(default)]
    content: String,
    #[serde(default)]
    embeds: Vec<Embed>,
    #[serde(default)]
    message_reference: Option<Reference>,
}

#[derive(Debug, Deserialize)]
struct Author {
    id: UserId,
}

#[derive(Debug, Deserialize)]
struct Reference {
    #[serde(default)]
    message_id: Option<MessageId>,
}

#[derive(Debug, Default, Deserialize)]
struct Embed {
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    description: Option<String>,
    #[serde(default)]
    footer: Option<Footer>,
}

#[derive(Debug, Deserialize)]
struct Footer {
    text: String,
}

/// What was to be posted.
pub(super) struct Sought<'a> {
    /// Its effect.
    pub entry: &'a Entry,
    /// What it says.
    pub message: &'a Outgoing,
    /// What it replies to.
    pub reply_to: Option<MessageId>,
}

/// Beadle's own messages since an effect was decided that say what it was to say, oldest first. The
/// whole history since then is read, however long: a message that is overlooked is posted twice.
pub(super) async fn candidates(
    rest: &Rest,
    me: UserId,
    sought: &Sought<'_>,
) -> Result<Vec<MessageId>, RestError> {
    let mut found = Vec::new();
    let mut after = MessageId::first_at_ms(sought.entry.created_at_ms - CLOCKS_DIFFER_BY_MS);
    loop {
        let route = Route::ChannelMessages {
            channel_id: channel_id(sought.entry.channel),
        };
        let call = Call::get(route).param("after", after).param("limit", PAGE);
        let page: Vec<serde_json::Value> = rest.fetch(call).await?;
        let length = page.len();
        let newest = page.iter().filter_map(id_of).max();
        let ours = page.into_iter().filter_map(readable);
        let ours = ours.filter(|posted| posted.author.id == me && sought.is(posted));
        found.extend(ours.map(|posted| posted.id));
        match newest.filter(|newest| length == PAGE && *newest > after) {
            Some(newest) => after = newest,
            None => break,
        }
    }
    found.sort_unstable();
    Ok(found)
}

fn id_of(message: &serde_json::Value) -> Option<MessageId> {
    MessageId::deserialize(message.get("id")?).ok()
}

/// A message, if it can be read: one that cannot is none of Beadle's.
fn readable(message: serde_json::Value) -> Option<Posted> {
    serde_json::from_value(message).ok()
}

impl Sought<'_> {
    /// Whether a message is what was to be posted. Discord trims texts.
    fn is(&self, posted: &Posted) -> bool {
        let replies_to = posted
            .message_reference
            .as_ref()
            .and_then(|reference| reference.message_id);
        // Where what it replies to was gone, the answer stands alone.
        let same_place = replies_to.is_none() || replies_to == self.reply_to;
        let same_card = match (&self.message.card, &posted.embeds[..]) {
            (None, []) => true,
            (Some(card), [embed]) => embed.shows(card),
            _ => false,
        };
        same_place && same_card && same(&posted.content, &self.message.text)
    }
}

impl Embed {
    fn shows(&self, card: &Card) -> bool {
        let or_empty = |text: &Option<String>| text.clone().unwrap_or_default();
        let footer = self.footer.as_ref().map_or("", |footer| &footer.text);
        same(&or_empty(&self.title), &card.title)
            && same(&or_empty(&self.description), &card.body)
            && same(footer, &card.footer)
    }
}

fn same(said: &str, meant: &str) -> bool {
    said.trim() == meant.trim()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::tests::entry;
    use super::*;

    fn is_found(
        message: &Outgoing,
        reply_to: Option<MessageId>,
        posted: serde_json::Value,
    ) -> bool {
        let entry = entry(1, 7);
        let sought = Sought {
            entry: &entry,
            message,
            reply_to,
        };
        readable(posted).is_some_and(|posted| sought.is(&posted))
    }

    #[test]
    fn a_card_is_found_only_where_all_of_it_stands() {
        let card = Outgoing::card(Card {
            title: "Bees".to_owned(),
            url: None,
            body: "1 open".to_owned(),
            footer: "part 1 of 2 ".to_owned(),
        });
        let embed = |footer: &str| {
            json!({"id": "2", "author": {"id": "9"}, "content": "", "embeds":
                [{"title": "Bees", "description": "1 open", "footer": {"text": footer}}]})
        };
        assert!(is_found(&card, None, embed("part 1 of 2")));
        assert!(!is_found(&card, None, embed("part 2 of 2")));
        assert!(!is_found(
            &card,
            None,
            json!({"id": "2", "author": {"id": "9"}, "content": ""})
        ));
    }

    #[test]
    fn a_text_under_another_message_is_not_the_same() {
        let text = Outgoing::text("answered already");
        let under = |message: &str| {
            json!({"id": "2", "author": {"id": "9"}, "content": "answered already",
                   "message_reference": {"message_id": message}})
        };
        let reply_to = Some(MessageId::new(5));
        assert!(is_found(&text, reply_to, under("5")));
        assert!(!is_found(&text, reply_to, under("6")));
    }

    #[test]
    fn a_message_that_cannot_be_read_is_passed_over() {
        let text = Outgoing::text("a");
        for odd in [
            json!(null),
            json!({"id": "2"}),
            json!({"id": {}, "author": "nobody"}),
        ] {
            assert!(!is_found(&text, None, odd));
        }
        assert_eq!(
            id_of(&json!({"id": "2", "author": 7})),
            Some(MessageId::new(2))
        );
    }
}
