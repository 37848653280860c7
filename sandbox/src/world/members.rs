//! Roles, and who is on a server with which of them.

use serde_json::json;

use super::World;
use super::shapes::role_shape;
use super::state::{MemberState, RoleState};
use crate::intents;
use crate::time::Snowflake;

impl World {
    pub fn add_role(
        &mut self,
        guild_id: Snowflake,
        name: &str,
        permissions: u64,
        managed_by: Option<Snowflake>,
    ) -> Snowflake {
        let id = self.next_id();
        let Some(guild) = self.guilds.get_mut(&guild_id) else {
            return id;
        };
        let position = guild.roles.len() as u32;
        let name = name.to_owned();
        let role = RoleState {
            id,
            name,
            permissions,
            position,
            mentionable: false,
            managed_by,
        };
        let event = json!({"guild_id": guild_id.to_string(), "role": role_shape(&role)});
        guild.roles.insert(id, role);
        self.tell_guild("GUILD_ROLE_CREATE", guild_id, intents::GUILDS, &event);
        id
    }

    /// Changes a role and tells of it.
    pub fn change_role(
        &mut self,
        guild_id: Snowflake,
        id: Snowflake,
        change: impl FnOnce(&mut RoleState),
    ) {
        let role = self
            .guilds
            .get_mut(&guild_id)
            .and_then(|guild| guild.roles.get_mut(&id));
        let Some(role) = role else { return };
        change(role);
        let event = json!({"guild_id": guild_id.to_string(), "role": role_shape(role)});
        self.tell_guild("GUILD_ROLE_UPDATE", guild_id, intents::GUILDS, &event);
    }

    pub fn remove_role(&mut self, guild_id: Snowflake, id: Snowflake) {
        let Some(guild) = self.guilds.get_mut(&guild_id) else {
            return;
        };
        guild.roles.remove(&id);
        guild.members.values_mut().for_each(|member| {
            member.roles.remove(&id);
        });
        let event = json!({"guild_id": guild_id.to_string(), "role_id": id.to_string()});
        self.tell_guild("GUILD_ROLE_DELETE", guild_id, intents::GUILDS, &event);
    }

    /// Takes a user into a server. A bot hears of the server, others of the member.
    pub fn join(&mut self, guild_id: Snowflake, user: Snowflake, roles: &[Snowflake]) {
        let member = self.new_member(roles);
        let Some(guild) = self.guilds.get_mut(&guild_id) else {
            return;
        };
        guild.members.insert(user, member);
        if let Some(mut event) = self.member_shape(guild_id, user) {
            event["guild_id"] = json!(guild_id.to_string());
            self.tell_guild("GUILD_MEMBER_ADD", guild_id, intents::GUILD_MEMBERS, &event);
        }
        if self.bots.contains_key(&user)
            && let Some(guild) = self.guilds.get(&guild_id)
        {
            let event = self.guild_create_shape(guild, user, false);
            self.tell_bot("GUILD_CREATE", user, guild_id, &event);
        }
    }

    /// Changes a member and tells those who asked for it.
    pub fn change_member(
        &mut self,
        guild_id: Snowflake,
        user: Snowflake,
        change: impl FnOnce(&mut MemberState),
    ) {
        let guild = self.guilds.get_mut(&guild_id);
        let Some(member) = guild.and_then(|guild| guild.members.get_mut(&user)) else {
            return;
        };
        change(member);
        if let Some(mut event) = self.member_shape(guild_id, user) {
            event["guild_id"] = json!(guild_id.to_string());
            self.tell_guild(
                "GUILD_MEMBER_UPDATE",
                guild_id,
                intents::GUILD_MEMBERS,
                &event,
            );
        }
    }

    /// Takes a user out of a server, with the roles that came with them.
    pub fn leave(&mut self, guild_id: Snowflake, user: Snowflake) {
        if self.bots.contains_key(&user) {
            let event = json!({"id": guild_id.to_string()});
            self.tell_bot("GUILD_DELETE", user, guild_id, &event);
        }
        let Some(guild) = self.guilds.get_mut(&guild_id) else {
            return;
        };
        guild.members.remove(&user);
        guild.roles.retain(|_, role| role.managed_by != Some(user));
        let event = json!({"guild_id": guild_id.to_string(), "user": self.user_shape(user)});
        self.tell_guild(
            "GUILD_MEMBER_REMOVE",
            guild_id,
            intents::GUILD_MEMBERS,
            &event,
        );
    }

    pub(super) fn new_member(&self, roles: &[Snowflake]) -> MemberState {
        MemberState {
            nick: None,
            roles: roles.iter().copied().collect(),
            joined_at_ms: self.now_ms(),
        }
    }
}
