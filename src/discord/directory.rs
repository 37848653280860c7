//! What is known of the servers: roles, channels, threads, and which roles people hold.
//!
//! Read over REST at every start and kept by the gateway's events. It exists because serenity's
//! cache is left out: that one keeps every member and message of a server.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serenity::model::channel::{ChannelType, GuildChannel};
use serenity::model::guild::{Member, PartialGuild, Role};
use serenity::model::id::{GuildId, RoleId as DiscordRole};
use serenity::model::permissions::Permissions;
use serenity::model::user::User;

use crate::app::event::{Person, Place};
use crate::domain::ids::{ChannelId, RoleId, ServerId, UserId};

/// How many people's roles are remembered.
const PEOPLE: usize = 20_000;

/// What is known of the servers. Cloning shares it.
#[derive(Clone, Default)]
pub(super) struct Directory(Arc<Mutex<Known>>);

#[derive(Default)]
struct Known {
    servers: HashMap<ServerId, PartialGuild>,
    channels: HashMap<ChannelId, GuildChannel>,
    roles: HashMap<(ServerId, UserId), Vec<RoleId>>,
}

impl Directory {
    fn known(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Learns a server with its roles.
    pub fn learn_server(&self, server: PartialGuild) {
        self.known()
            .servers
            .insert(ServerId::new(server.id.get()), server);
    }

    /// Learns a channel or thread.
    pub fn learn_channel(&self, channel: GuildChannel) {
        self.known()
            .channels
            .insert(ChannelId::new(channel.id.get()), channel);
    }

    /// Forgets a channel and its threads.
    pub fn forget_channel(&self, id: u64) {
        let parent = serenity::model::id::ChannelId::new(id);
        self.known().channels.retain(|_, channel| {
            channel.id != parent && !(is_thread(channel) && channel.parent_id == Some(parent))
        });
    }

    /// Learns a new or changed role.
    pub fn learn_role(&self, role: Role) {
        let server = ServerId::new(role.guild_id.get());
        if let Some(server) = self.known().servers.get_mut(&server) {
            server.roles.insert(role.id, role);
        }
    }

    /// Forgets a role.
    pub fn forget_role(&self, server: GuildId, role: DiscordRole) {
        if let Some(server) = self.known().servers.get_mut(&ServerId::new(server.get())) {
            server.roles.remove(&role);
        }
    }

    /// Learns which roles a person holds.
    pub fn learn_roles(&self, server: ServerId, person: UserId, roles: &[DiscordRole]) {
        let roles = roles.iter().map(|role| RoleId::new(role.get())).collect();
        let mut known = self.known();
        if known.roles.len() >= PEOPLE {
            known.roles.clear();
        }
        known.roles.insert((server, person), roles);
    }

    /// The roles that a person holds, if they are known.
    pub fn roles_of(&self, server: ServerId, person: UserId) -> Option<Vec<RoleId>> {
        self.known().roles.get(&(server, person)).cloned()
    }

    /// The channel or thread of that id, if it is known.
    pub fn channel(&self, id: ChannelId) -> Option<GuildChannel> {
        self.known().channels.get(&id).cloned()
    }

    /// The place that a channel is; without its parent while the channel is not known.
    pub fn place(&self, server: ServerId, channel: ChannelId) -> Place {
        let known = self.known();
        let parent = known
            .channels
            .get(&channel)
            .filter(|channel| is_thread(channel));
        let parent = parent
            .and_then(|thread| thread.parent_id)
            .map(|id| ChannelId::new(id.get()));
        let in_forum = parent
            .and_then(|parent| known.channels.get(&parent))
            .is_some_and(|parent| parent.kind == ChannelType::Forum);
        Place {
            server,
            channel,
            parent,
            in_forum,
        }
    }

    /// A person as Beadle sees them in a place. Roles that are not told are taken from what is
    /// remembered.
    pub fn person(
        &self,
        place: &Place,
        user: &User,
        nick: Option<&str>,
        roles: Option<&[DiscordRole]>,
        is_webhook: bool,
    ) -> Person {
        let id = UserId::new(user.id.get());
        if let Some(roles) = roles {
            self.learn_roles(place.server, id, roles);
        }
        let roles = self.roles_of(place.server, id).unwrap_or_default();
        let name = nick.or(user.global_name.as_deref()).unwrap_or(&user.name);
        Person {
            id,
            name: name.to_owned(),
            is_bot: user.bot || is_webhook,
            manages_messages: self
                .permissions(place, id, &roles)
                .is_some_and(|permissions| permissions.contains(Permissions::MANAGE_MESSAGES)),
            roles,
        }
    }

    /// What a person with these roles may do in a place, if its server and channel are known.
    /// Threads follow their parent.
    pub fn permissions(
        &self,
        place: &Place,
        person: UserId,
        roles: &[RoleId],
    ) -> Option<Permissions> {
        let known = self.known();
        let server = known.servers.get(&place.server)?;
        let channel = known.channels.get(&place.parent.unwrap_or(place.channel))?;
        Some(permissions_in(server, channel, person, roles))
    }
}

/// What a person with these roles may do in a channel that is no thread: Discord's reference,
/// "Permission Overwrites", which serenity follows.
pub(super) fn permissions_in(
    server: &PartialGuild,
    channel: &GuildChannel,
    person: UserId,
    roles: &[RoleId],
) -> Permissions {
    let mut member = Member::default();
    member.user.id = serenity::model::id::UserId::new(person.get());
    member.guild_id = server.id;
    member.roles = roles
        .iter()
        .map(|role| DiscordRole::new(role.get()))
        .collect();
    server.user_permissions_in(channel, &member)
}

/// Whether a channel is a thread.
pub(super) fn is_thread(channel: &GuildChannel) -> bool {
    matches!(
        channel.kind,
        ChannelType::PublicThread | ChannelType::PrivateThread | ChannelType::NewsThread
    )
}
