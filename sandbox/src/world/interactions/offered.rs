//! Which commands are offered to whom, and where.
//!
//! Source: Discord's documentation, "Application Commands", "Permissions" and "Contexts".

use serde_json::{Value, json};

use super::line::{first_word, name_of};
use super::typed::{Typist, command_kind};
use crate::permissions as may;
use crate::time::Snowflake;
use crate::world::World;
use crate::world::access::permission_to_write;
use crate::world::interactions::Place;
use crate::world::state::Channel;

impl World {
    pub(super) fn command_of_line(
        &self,
        typist: Typist,
        line: &str,
    ) -> Result<(Snowflake, &Value), String> {
        let line = line.trim_start().strip_prefix('/');
        let line = line.ok_or("a command begins with `/`")?;
        let (name, _) = first_word(line);
        self.command_named(typist, name, command_kind::SLASH)
    }

    /// A command that is offered here to this person; a server's own comes before one for everywhere.
    pub(super) fn command_named(
        &self,
        typist: Typist,
        name: &str,
        wanted: u64,
    ) -> Result<(Snowflake, &Value), String> {
        let channel = self.channels.get(&typist.channel);
        let channel = channel.ok_or("the channel is gone")?;
        let is_wanted =
            |command: &&Value| command["name"] == json!(name) && command["type"] == json!(wanted);
        let found = self.bots.values().find_map(|bot| {
            if !self.is_installed(bot.id, channel) {
                return None;
            }
            let own = channel
                .guild
                .and_then(|guild| bot.commands.get(&Some(guild)));
            let mut offered = own.into_iter().chain(bot.commands.get(&None)).flatten();
            Some((bot.id, offered.find(is_wanted)?))
        });
        let (bot, command) = found.ok_or_else(|| format!("no `{name}` is offered here"))?;
        self.may_use(typist, channel, command)?;
        Ok((bot, command))
    }

    fn is_installed(&self, bot: Snowflake, channel: &Channel) -> bool {
        match channel.guild.and_then(|guild| self.guilds.get(&guild)) {
            Some(guild) => guild.members.contains_key(&bot),
            None => channel.recipients.contains(&bot),
        }
    }

    fn may_use(&self, typist: Typist, channel: &Channel, command: &Value) -> Result<(), String> {
        let name = name_of(command);
        let context = u64::from(channel.guild.is_none());
        let contexts = command["contexts"].as_array();
        let is_offered = contexts.is_none_or(|contexts| contexts.contains(&json!(context)));
        if !is_offered || (context == 1 && command["dm_permission"] == json!(false)) {
            return Err(format!("`{name}` is not offered in this kind of place"));
        }
        if channel.guild.is_none() {
            return Ok(());
        }
        let mut needed = may::USE_APPLICATION_COMMANDS;
        if command["type"] == json!(command_kind::SLASH) {
            needed |= permission_to_write(channel);
        }
        let held = self
            .require(channel, typist.user, needed)
            .map_err(|refusal| refusal.to_string())?;
        let set = command["default_member_permissions"].as_str();
        let Some(asked) = set.and_then(|bits| bits.parse::<u64>().ok()) else {
            return Ok(());
        };
        // A command for which no permission is enough is left to administrators.
        let enough = asked != 0 && held & asked == asked;
        if enough || held & may::ADMINISTRATOR != 0 {
            return Ok(());
        }
        let names = may::names(asked).join(", ");
        Err(format!("`{name}` is only offered to those with {names}"))
    }

    /// The message that a menu would be opened on; refused to those who do not see it.
    pub fn place_seen_by(&self, user: Snowflake, place: Place) -> Result<(), String> {
        let channel = self.channels.get(&place.channel);
        let channel = channel.ok_or("the channel is gone")?;
        self.require(channel, user, 0)
            .map_err(|refusal| refusal.to_string())?;
        let seen = self.message_seen_by(user, place);
        seen.map(|_| ()).ok_or("the message is not there".into())
    }
}
