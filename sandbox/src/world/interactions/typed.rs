//! Commands as people type them, `/topic add at:52:14 title:Reward models`, held against what the bot registered, as
//! Discord's client holds them.

use serde_json::{Value, json};

use super::line::{Line, name_of, nested, option_shape};
use super::origin::{Origin, Target};
use super::resolve::Named;
use super::{Deed, kind};
use crate::time::Snowflake;
use crate::world::World;
use crate::world::draft::Upload;

/// A kind of command, by Discord's number.
pub(crate) mod command_kind {
    pub const SLASH: u64 = 1;
    pub const USER: u64 = 2;
    pub const MESSAGE: u64 = 3;
}

/// Somebody at a place who is about to use a command.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Typist {
    pub user: Snowflake,
    pub channel: Snowflake,
}

impl World {
    /// What it is to send this command with this file, which belongs to an option.
    pub fn slash_deed(
        &mut self,
        typist: Typist,
        line: &str,
        file: Option<(&str, Upload)>,
    ) -> Result<Deed, String> {
        let file = file.map(|(option, upload)| (option, self.keep(vec![upload])));
        let (bot, command) = self.command_of_line(typist, line)?;
        let taken = Line::read(command, line)?;
        let mut named = Named::default();
        let mut options = Vec::new();
        for (option, text) in &taken.given {
            if text.is_empty() {
                return Err(format!("`{}` is left empty", name_of(option)));
            }
            let value = self.option_value(typist, option, text, &mut named)?;
            options.push(option_shape(option, value));
        }
        if let Some((name, files)) = file {
            let option = taken.file_option(name)?;
            let id = files.first().map_or(0, |file| file.id);
            options.push(option_shape(option, json!(id.to_string())));
            named.attachments = files;
        }
        taken.check_required(&options)?;
        let origin = Origin::Slash {
            name: taken.whole_name(command),
        };
        let data = self.command_data(typist, bot, command, nested(&taken.path, options), &named);
        Ok(Deed {
            kind: kind::COMMAND,
            bot,
            user: typist.user,
            channel: typist.channel,
            words: line.trim().to_owned(),
            data,
            attachments: named.attachments,
            message: None,
            origin,
        })
    }

    /// What it is to have written so far, with the cursor in one option.
    pub fn autocomplete_deed(
        &self,
        typist: Typist,
        line: &str,
        focused: &str,
    ) -> Result<Deed, String> {
        let (bot, command) = self.command_of_line(typist, line)?;
        let taken = Line::read(command, line)?;
        let mut named = Named::default();
        let mut options = Vec::new();
        for (option, text) in &taken.given {
            if name_of(option) == focused {
                // What is being typed is told as it stands, whatever the option is to hold.
                let mut shape = option_shape(option, json!(text));
                shape["focused"] = json!(true);
                options.push(shape);
            } else if !text.is_empty() {
                let value = self.option_value(typist, option, text, &mut named)?;
                options.push(option_shape(option, value));
            }
        }
        let option = taken
            .given
            .iter()
            .find(|(option, _)| name_of(option) == focused);
        let (option, _) = option.ok_or_else(|| format!("nothing is typed into `{focused}`"))?;
        if option["autocomplete"] != json!(true) {
            return Err(format!("`{focused}` suggests nothing"));
        }
        let origin = Origin::Slash {
            name: taken.whole_name(command),
        };
        let data = self.command_data(typist, bot, command, nested(&taken.path, options), &named);
        Ok(Deed {
            kind: kind::AUTOCOMPLETE,
            bot,
            user: typist.user,
            channel: typist.channel,
            words: format!("{} …", line.trim()),
            data,
            attachments: Vec::new(),
            message: None,
            origin,
        })
    }

    /// What it is to choose a command in the menu of a message or a user.
    pub fn menu_deed(&self, typist: Typist, name: &str, on: Target) -> Result<Deed, String> {
        let wanted = match on {
            Target::Message(_) => command_kind::MESSAGE,
            Target::User(_) => command_kind::USER,
        };
        let (bot, command) = self.command_named(typist, name, wanted)?;
        let mut named = Named::default();
        let target = match on {
            Target::Message(place) => {
                self.message_seen_by(typist.user, place)
                    .ok_or("the message is not there")?;
                named.message = Some(place);
                place.message
            }
            Target::User(user) => {
                named.users.insert(user);
                user
            }
        };
        let mut data = self.command_data(typist, bot, command, Vec::new(), &named);
        data["target_id"] = json!(target.to_string());
        Ok(Deed {
            kind: kind::COMMAND,
            bot,
            user: typist.user,
            channel: typist.channel,
            words: format!("({name})"),
            data,
            attachments: Vec::new(),
            message: None,
            origin: Origin::Menu {
                name: name.to_owned(),
                on,
            },
        })
    }

    fn command_data(
        &self,
        typist: Typist,
        bot: Snowflake,
        command: &Value,
        options: Vec<Value>,
        named: &Named,
    ) -> Value {
        let mut data = json!({
            "id": command["id"],
            "name": command["name"],
            "type": command["type"],
        });
        if !options.is_empty() {
            data["options"] = json!(options);
        }
        if command["guild_id"].is_string() {
            data["guild_id"] = command["guild_id"].clone();
        }
        if let Some(resolved) = self.resolved_shape(named, bot, typist.channel, typist.user) {
            data["resolved"] = resolved;
        }
        data
    }
}
