//! Fetches the files that were attached to a command.

use serenity::model::application::Interaction as DiscordInteraction;

use crate::app::interaction::{Deed, Interaction};
use crate::app::reply;
use crate::discord::rest::Rest;

/// No topic table is larger, in bytes.
const MOST_BYTES: u32 = 8_000_000;

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
            fetched.map_err(|_| reply::FILE_NOT_THERE.to_owned())
        };
    }
}
