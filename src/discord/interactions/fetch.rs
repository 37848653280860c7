//! Fetches what an interaction names and does not hold: the files that were attached to a command, and
//! the message that a control is about.

use serenity::http::Route;
use serenity::model::application::Interaction as DiscordInteraction;
use serenity::model::channel::Message as DiscordMessage;
use serenity::model::id::{ChannelId as DiscordChannel, MessageId as DiscordMessageId};
use tracing::debug;

use crate::app::event::Delivery;
use crate::app::interaction::{Deed, Interaction, message_in};
use crate::app::reply;
use crate::discord::directory::Directory;
use crate::discord::rest::{Call, Rest, RestError};
use crate::discord::translate;

/// No topic table is larger, in bytes.
const MOST_BYTES: u32 = 2_000_000;

/// Fetches what was attached, or says why it could not be had.
pub(super) async fn files(rest: &Rest, interaction: &DiscordInteraction, deed: &mut Interaction) {
    let DiscordInteraction::Command(command) = interaction else {
        return;
    };
    let Deed::Command { given, .. } = &mut deed.deed else {
        return;
    };
    for file in given.files_mut() {
        let attached = command.data.resolved.attachments.values();
        let mut attached = attached.filter(|it| it.filename == file.name);
        let Some(attached) = attached.next() else {
            continue;
        };
        file.bytes = if attached.size > MOST_BYTES {
            Err(reply::file_too_large(MOST_BYTES / 1_000_000))
        } else {
            let fetched = rest.download(&attached.url, MOST_BYTES as usize).await;
            fetched.map_err(|error| match error {
                RestError::TooLarge(_) => reply::file_too_large(MOST_BYTES / 1_000_000),
                _ => reply::FILE_NOT_THERE.to_owned(),
            })
        };
    }
}

/// Fetches the message that a control is about; it stays away where it is gone or cannot be read.
pub(super) async fn message(rest: &Rest, directory: &Directory, deed: &mut Interaction) {
    let place = deed.place;
    let Deed::Control { id, about, .. } = &mut deed.deed else {
        return;
    };
    let Some(message) = message_in(id) else {
        return;
    };
    let route = Route::ChannelMessage {
        channel_id: DiscordChannel::new(place.channel.get()),
        message_id: DiscordMessageId::new(message.get()),
    };
    match rest.fetch::<DiscordMessage>(Call::get(route)).await {
        Ok(said) => {
            let message = translate::message_of(&said, place, Delivery::History, directory);
            *about = message.map(Box::new);
        }
        Err(error) => {
            debug!(message.id = %message, error = %error, "what a control is about cannot be read");
        }
    }
}
