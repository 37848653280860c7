//! What the gateway tells of servers, channels and roles.

use serenity::model::channel::{ChannelType, GuildChannel};
use serenity::model::event::{Event as DiscordEvent, GuildCreateEvent, ThreadCreateEvent};
use serenity::model::guild::PartialGuild;
use serenity::model::id::GuildId;

use super::Meaning;
use crate::discord::directory::Directory;
use crate::domain::ids::{ChannelId, ServerId, UserId};

/// Teaches the directory what an event tells of the places.
pub(super) fn learn(event: &DiscordEvent, directory: &Directory, me: UserId) -> Meaning {
    match event {
        DiscordEvent::GuildCreate(event) => server_is_there(event, directory, me),
        DiscordEvent::GuildDelete(event) => {
            let server = server_of(event.guild.id);
            directory.forget_server(server);
            let unavailable = event.guild.unavailable;
            Meaning::ServerIsGone {
                server,
                unavailable,
            }
        }
        DiscordEvent::ChannelCreate(event) => channels_are_there([&event.channel], directory),
        DiscordEvent::ChannelDelete(event) => {
            let (server, id) = (server_of(event.channel.guild_id), event.channel.id.get());
            let gone = directory.forget_channel(id);
            Meaning::ChannelIsGone(directory.place(server, ChannelId::new(id)), gone)
        }
        DiscordEvent::ThreadCreate(event) => thread_is_there(event, directory),
        DiscordEvent::ThreadUpdate(event) => channels_are_there([&event.thread], directory),
        DiscordEvent::ThreadListSync(event) => channels_are_there(&event.threads, directory),
        DiscordEvent::ThreadDelete(event) => {
            let (server, id) = (server_of(event.thread.guild_id), event.thread.id.get());
            let gone = directory.forget_channel(id);
            Meaning::ChannelIsGone(directory.place(server, ChannelId::new(id)), gone)
        }
        _ => learn_permissions(event, directory, me),
    }
}

/// Events that may change what Beadle is let see.
fn learn_permissions(event: &DiscordEvent, directory: &Directory, me: UserId) -> Meaning {
    match event {
        DiscordEvent::ChannelUpdate(event) => revealing(event.channel.guild_id, directory, || {
            directory.learn_channel(event.channel.clone());
        }),
        DiscordEvent::GuildUpdate(event) => revealing(event.guild.id, directory, || {
            directory.learn_server(PartialGuild::clone(&event.guild));
        }),
        DiscordEvent::GuildRoleCreate(event) => {
            directory.learn_role(event.role.clone());
            Meaning::Nothing
        }
        DiscordEvent::GuildRoleUpdate(event) => revealing(event.role.guild_id, directory, || {
            directory.learn_role(event.role.clone());
        }),
        DiscordEvent::GuildRoleDelete(event) => revealing(event.guild_id, directory, || {
            directory.forget_role(event.guild_id, event.role_id);
        }),
        DiscordEvent::GuildMemberUpdate(event) if event.user.id.get() == me.get() => {
            revealing(event.guild_id, directory, || {
                directory.learn_own_roles(server_of(event.guild_id), me, &event.roles);
            })
        }
        _ => Meaning::Nothing,
    }
}

/// Learns something, and compares what may be read afterwards with what could be before.
fn revealing(server: GuildId, directory: &Directory, learn: impl FnOnce()) -> Meaning {
    let server = server_of(server);
    let before = directory.readable(server);
    learn();
    let mut revealed = directory.readable(server);
    revealed.retain(|channel| !before.contains(channel));
    if revealed.is_empty() {
        Meaning::Nothing
    } else {
        Meaning::Revealed(revealed, server)
    }
}

fn server_is_there(event: &GuildCreateEvent, directory: &Directory, me: UserId) -> Meaning {
    let guild = &event.guild;
    let server = server_of(guild.id);
    directory.learn_server(PartialGuild::from(guild.clone()));
    directory.learn_channels(server, guild.channels.values().cloned().collect());
    for thread in &guild.threads {
        directory.learn_channel(thread.clone());
    }
    let mine = guild.members.values();
    for member in mine.filter(|member| member.user.id.get() == me.get()) {
        directory.learn_own_roles(server, me, &member.roles);
    }
    Meaning::ServerIsThere(server)
}

/// A thread was opened; or it is a private one that Beadle was taken into, and what was said in it
/// before went unheard.
fn thread_is_there(event: &ThreadCreateEvent, directory: &Directory) -> Meaning {
    let thread = &event.thread;
    let there = channels_are_there([thread], directory);
    if thread.kind == ChannelType::PrivateThread && thread.member.is_some() {
        let id = ChannelId::new(thread.id.get());
        return Meaning::Revealed([id].into(), server_of(thread.guild_id));
    }
    there
}

fn channels_are_there<'a>(
    channels: impl IntoIterator<Item = &'a GuildChannel>,
    directory: &Directory,
) -> Meaning {
    let learn = |channel: &GuildChannel| {
        directory.learn_channel(channel.clone());
        ChannelId::new(channel.id.get())
    };
    Meaning::ChannelsAreThere(channels.into_iter().map(learn).collect())
}

fn server_of(guild: GuildId) -> ServerId {
    ServerId::new(guild.get())
}
