//! What is known of the servers: roles, channels, threads, and which roles people hold.
//!
//! Read over REST at every start and kept by the gateway's events. It exists because serenity's
//! cache is left out: that one keeps every member and message of a server.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serenity::model::channel::{ChannelType, GuildChannel};
use serenity::model::guild::{Member, PartialGuild, Role};
use serenity::model::id::{GuildId, RoleId as DiscordRole};
use serenity::model::permissions::Permissions;
use serenity::model::user::User;

use super::solved;
use crate::app::event::{Person, Place};
use crate::domain::ids::{ChannelId, RoleId, ServerId, UserId};

/// How many people's roles are remembered.
const PEOPLE: usize = 20_000;

/// What it takes to read a channel's history.
const READING: Permissions = Permissions::VIEW_CHANNEL.union(Permissions::READ_MESSAGE_HISTORY);

/// What is known of the servers. Cloning shares it.
#[derive(Clone, Default)]
pub(super) struct Directory(Arc<Mutex<Known>>);

#[derive(Default)]
struct Known {
    servers: HashMap<ServerId, PartialGuild>,
    channels: HashMap<ChannelId, GuildChannel>,
    roles: HashMap<(ServerId, UserId), Vec<RoleId>>,
    /// Who Beadle is there, and its own roles.
    own: HashMap<ServerId, (UserId, Vec<RoleId>)>,
}

impl Directory {
    fn known(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Learns a server with its roles and its owner.
    pub fn learn_server(&self, server: PartialGuild) {
        self.known()
            .servers
            .insert(ServerId::new(server.id.get()), server);
    }

    /// Forgets a server with everything in it.
    pub fn forget_server(&self, server: ServerId) {
        let mut known = self.known();
        known.servers.remove(&server);
        known
            .channels
            .retain(|_, channel| channel.guild_id.get() != server.get());
        known.roles.retain(|(of, _), _| *of != server);
        known.own.remove(&server);
    }

    /// Learns all channels of a server; of others it forgets the channels, not the threads, which
    /// are not listed there.
    pub fn learn_channels(&self, server: ServerId, channels: Vec<GuildChannel>) {
        let mut known = self.known();
        known
            .channels
            .retain(|_, channel| channel.guild_id.get() != server.get() || is_thread(channel));
        for channel in channels {
            let id = ChannelId::new(channel.id.get());
            known.channels.insert(id, channel);
        }
    }

    /// Learns a channel or thread.
    pub fn learn_channel(&self, channel: GuildChannel) {
        self.known()
            .channels
            .insert(ChannelId::new(channel.id.get()), channel);
    }

    /// Forgets a channel and its threads. Returns all of them.
    pub fn forget_channel(&self, id: u64) -> Vec<ChannelId> {
        let parent = serenity::model::id::ChannelId::new(id);
        let mut gone = vec![ChannelId::new(id)];
        self.known().channels.retain(|known, channel| {
            let is_its_thread = is_thread(channel) && channel.parent_id == Some(parent);
            if is_its_thread {
                gone.push(*known);
            }
            channel.id != parent && !is_its_thread
        });
        gone
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

    /// Learns who Beadle is on a server, and which roles it holds.
    pub fn learn_own_roles(&self, server: ServerId, me: UserId, roles: &[DiscordRole]) {
        let roles = roles.iter().map(|role| RoleId::new(role.get())).collect();
        self.known().own.insert(server, (me, roles));
    }

    /// Whether Beadle's own roles on a server are known.
    pub fn knows_own_roles(&self, server: ServerId) -> bool {
        self.known().own.contains_key(&server)
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

    /// Whether a forum's post carries the tag that says "solved", and where it stands; `None` for what is
    /// no such post, or not known to be one.
    pub fn is_solved(&self, post: ChannelId) -> Option<(Place, bool)> {
        let known = self.known();
        let thread = known.channels.get(&post)?;
        let parent = ChannelId::new(thread.parent_id?.get());
        let tag = solved::tag_of(known.channels.get(&parent)?)?;
        let place = Place {
            server: ServerId::new(thread.guild_id.get()),
            channel: post,
            parent: Some(parent),
            in_forum: true,
        };
        Some((place, thread.applied_tags.contains(&tag)))
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
        let held = self.permissions(place, id, &roles).unwrap_or_default();
        Person {
            id,
            name: name.to_owned(),
            is_bot: user.bot || is_webhook,
            manages_messages: held.contains(Permissions::MANAGE_MESSAGES),
            manages_server: held.contains(Permissions::MANAGE_GUILD),
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

    /// The channels of a server whose history Beadle may read; threads are left out.
    pub fn readable(&self, server: ServerId) -> HashSet<ChannelId> {
        let known = self.known();
        let (Some(guild), Some((me, roles))) = (known.servers.get(&server), known.own.get(&server))
        else {
            return HashSet::new();
        };
        let is_readable = |channel: &GuildChannel| {
            channel.guild_id == guild.id
                && !is_thread(channel)
                && permissions_in(guild, channel, *me, roles).contains(READING)
        };
        let channels = known.channels.iter();
        let readable = channels.filter(|(_, channel)| is_readable(channel));
        readable.map(|(id, _)| *id).collect()
    }

    /// What a server is called, and what Beadle may do in its channels, in their order; threads are
    /// left out. Nothing while the server or Beadle's own roles are not known.
    pub fn overview(&self, server: ServerId) -> (String, Vec<(ChannelId, Permissions)>) {
        let known = self.known();
        let (Some(guild), Some((me, roles))) = (known.servers.get(&server), known.own.get(&server))
        else {
            return Default::default();
        };
        let here = known.channels.iter();
        let here = here.filter(|(_, it)| it.guild_id == guild.id && !is_thread(it));
        let mut held: Vec<_> = here
            .map(|(id, channel)| (*id, permissions_in(guild, channel, *me, roles)))
            .collect();
        held.sort_unstable_by_key(|(id, _)| *id);
        (guild.name.clone(), held)
    }

    /// Whether Beadle may read a place's history, if that is known.
    pub fn is_readable(&self, place: &Place) -> Option<bool> {
        let (me, roles) = self.known().own.get(&place.server).cloned()?;
        let held = self.permissions(place, me, &roles)?;
        Some(held.contains(READING))
    }

    /// Whether a role or an overwrite of the server gives anybody the Manage Messages permission.
    /// The owner holds it without.
    pub fn anyone_manages_messages(&self, server: ServerId) -> bool {
        let gives = |permissions: Permissions| {
            permissions.intersects(Permissions::MANAGE_MESSAGES | Permissions::ADMINISTRATOR)
        };
        let known = self.known();
        let by_role = known
            .servers
            .get(&server)
            .is_none_or(|server| server.roles.values().any(|role| gives(role.permissions)));
        let here = |channel: &&GuildChannel| channel.guild_id.get() == server.get();
        by_role
            || known
                .channels
                .values()
                .filter(here)
                .flat_map(|channel| &channel.permission_overwrites)
                .any(|overwrite| gives(overwrite.allow))
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
