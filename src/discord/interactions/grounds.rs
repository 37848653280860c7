//! What Beadle sees of a server, and may do there, for those interactions that ask for it.

use serenity::model::application::Interaction as DiscordInteraction;
use tracing::warn;

use super::Interactions;
use crate::app::command;
use crate::app::interaction::{Ground, Grounds, Interaction};
use crate::discord::check;

/// The language of a server for which nobody has chosen one.
const UNCHOSEN: &str = "en-US";

impl Interactions {
    /// Adds what the interaction needs to know of its server.
    pub(super) async fn look_around(
        &self,
        interaction: &DiscordInteraction,
        deed: &mut Interaction,
    ) {
        if !command::looks_around(&deed.deed) {
            return;
        }
        let server = deed.place.server;
        let directory = &self.reader.directory;
        if !directory.knows_own_roles(server)
            && let Err(error) = self.reader.survey(server).await
        {
            warn!(server.id = %server, error = %error, "what Beadle may do there is not known");
        }
        let (name, held) = directory.overview(server);
        let channels = held.into_iter().map(|(id, held)| Ground {
            id,
            lacks: check::lacks(held),
            unread: self.troubles.of(server, id),
        });
        deed.grounds = Grounds {
            name,
            language: language(interaction).to_owned(),
            channels: channels.collect(),
        };
    }
}

/// The server's language, or that of the person where the server's says nothing.
fn language(interaction: &DiscordInteraction) -> &str {
    let (server, person) = match interaction {
        DiscordInteraction::Command(it) => (&it.guild_locale, &it.locale),
        DiscordInteraction::Component(it) => (&it.guild_locale, &it.locale),
        DiscordInteraction::Modal(it) => (&it.guild_locale, &it.locale),
        _ => return UNCHOSEN,
    };
    match server.as_deref() {
        Some(chosen) if chosen != UNCHOSEN => chosen,
        _ => person,
    }
}
