//! Where an event of the live stream goes: into the queue, or to catch-up as a reason to read.

use serenity::model::event::Event as DiscordEvent;
use tracing::{info, warn};

use super::directory::Directory;
use super::queue::Queue;
use super::translate::{self, Meaning};
use crate::app::App;
use crate::app::event::Event;
use crate::domain::ids::{ChannelId, ServerId};

/// Hears an event of the gateway. Called for each in order, and never waits.
pub(super) fn hear(event: &DiscordEvent, directory: &Directory, queue: &Queue, app: &App) {
    match translate::understand(event, directory, app.me()) {
        Meaning::Event(event) => queue.take(*event),
        Meaning::ServerIsThere(server) if is_served(app, server) => {
            info!(server.id = %server, "the server is there");
            queue.interrupt();
        }
        Meaning::ServerIsGone {
            server,
            unavailable,
        } if is_served(app, server) => {
            say_gone(server, unavailable);
        }
        Meaning::ChannelsAreThere(channels) => {
            for channel in channels {
                if is_watched(app, directory, channel) {
                    tell_tag(app, directory, queue, channel);
                    queue.look_at(channel);
                }
            }
        }
        Meaning::ChannelIsGone(place, gone) if is_served(app, place.server) => {
            if app.courses().watching(&place).is_some() {
                warn!(channel.id = %place.channel, "a watched channel was deleted; take it out of the course, or name another");
            }
            for channel in gone {
                queue.take(Event::ChannelGone { channel });
            }
        }
        Meaning::Revealed(channels, server) => {
            // What was said while they were hidden comes before what is heard from now on.
            let watched = |id: &&ChannelId| is_watched(app, directory, **id);
            if let Some(channel) = channels.iter().find(watched) {
                info!(server.id = %server, channel.id = %channel, "a watched channel can be read again");
                queue.interrupt();
            }
        }
        Meaning::ServerIsThere(_)
        | Meaning::ServerIsGone { .. }
        | Meaning::ChannelIsGone(..)
        | Meaning::Nothing => {}
    }
}

/// Tells whether a forum's post that came to be or changed says that it is solved.
fn tell_tag(app: &App, directory: &Directory, queue: &Queue, channel: ChannelId) {
    if let Some((place, solved)) = directory.is_solved(channel) {
        queue.take(Event::Tagged {
            place,
            solved,
            as_of: app.clock().now(),
            by_beadle: false,
        });
    }
}

fn say_gone(server: ServerId, unavailable: bool) {
    if unavailable {
        warn!(server.id = %server, "Discord cannot reach the server; what is missed is read when it is back");
    } else {
        warn!(server.id = %server, "Beadle was thrown out of the server; invite it again (`beadle invite`), and it reads what it missed");
    }
}

fn is_served(app: &App, server: ServerId) -> bool {
    app.courses().on(server).next().is_some()
}

fn is_watched(app: &App, directory: &Directory, channel: ChannelId) -> bool {
    let known = directory.channel(channel);
    let place = known.map(|known| directory.place(ServerId::new(known.guild_id.get()), channel));
    place.is_some_and(|place| app.courses().watching(&place).is_some())
}
