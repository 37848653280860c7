//! What may be filled into an option, and what may be suggested for one.
//!
//! Source: Discord's documentation, "Application Commands", "Application Command Option Structure".

use serde_json::{Value, json};

use super::line::name_of;
use super::resolve::Named;
use super::typed::Typist;
use crate::time::Snowflake;
use crate::world::World;
use crate::world::refusal::{FieldErrors, Refusal};

/// A kind of option, by Discord's number.
pub(crate) mod option_kind {
    pub const SUBCOMMAND: u64 = 1;
    pub const GROUP: u64 = 2;
    pub const STRING: u64 = 3;
    pub const INTEGER: u64 = 4;
    pub const BOOLEAN: u64 = 5;
    pub const USER: u64 = 6;
    pub const CHANNEL: u64 = 7;
    pub const ROLE: u64 = 8;
    pub const MENTIONABLE: u64 = 9;
    pub const NUMBER: u64 = 10;
    pub const ATTACHMENT: u64 = 11;
}

/// Choices that are shown at once.
const CHOICES_MAX: usize = 25;
/// Characters of a choice's name, and of its value.
const CHOICE_MAX: usize = 100;
/// The largest whole number that a client sends, 2^53 - 1.
const INTEGER_MAX: i64 = (1 << 53) - 1;

impl World {
    /// What a text stands for in this option; whom or what it names is added to `named`.
    pub(super) fn option_value(
        &self,
        typist: Typist,
        option: &Value,
        text: &str,
        named: &mut Named,
    ) -> Result<Value, String> {
        let name = name_of(option);
        let id = |found: Option<Snowflake>, what: &str| {
            found.ok_or_else(|| format!("`{text}` in `{name}` is no {what}"))
        };
        match option["type"].as_u64().unwrap_or(0) {
            option_kind::STRING => string_value(option, text),
            option_kind::INTEGER | option_kind::NUMBER => number_value(option, text),
            option_kind::BOOLEAN => match text.to_lowercase().as_str() {
                "true" => Ok(json!(true)),
                "false" => Ok(json!(false)),
                _ => Err(format!("`{name}` is true or false, not `{text}`")),
            },
            option_kind::USER => {
                let user = id(self.user_called(text), "user")?;
                named.add_user(user);
                Ok(json!(user.to_string()))
            }
            option_kind::CHANNEL => {
                let channel = id(self.channel_called(typist, text), "channel")?;
                self.check_channel_kind(option, channel)?;
                named.channels.insert(channel);
                Ok(json!(channel.to_string()))
            }
            option_kind::ROLE => {
                let role = id(self.role_called(typist, text), "role")?;
                named.add_role(role);
                Ok(json!(role.to_string()))
            }
            option_kind::MENTIONABLE => {
                if let Some(user) = self.user_called(text) {
                    named.add_user(user);
                    return Ok(json!(user.to_string()));
                }
                let role = id(self.role_called(typist, text), "user or role")?;
                named.add_role(role);
                Ok(json!(role.to_string()))
            }
            _ => Err(format!("`{name}` is not filled in by writing")),
        }
    }

    /// A user by mention, name or id.
    pub(super) fn user_called(&self, text: &str) -> Option<Snowflake> {
        let bare = bare(text, &["<@!", "<@", "@"]);
        let by_id = bare.parse().ok().filter(|id| self.users.contains_key(id));
        let by_name = || {
            self.users
                .values()
                .find(|user| user.name == bare)
                .map(|user| user.id)
        };
        by_id.or_else(by_name)
    }

    /// A channel of the same server by mention, name or id, if it is seen.
    pub(super) fn channel_called(&self, typist: Typist, text: &str) -> Option<Snowflake> {
        let bare = bare(text, &["<#", "#"]);
        let guild = self.channels.get(&typist.channel)?.guild;
        let mut seen = self
            .channels
            .values()
            .filter(|channel| channel.guild == guild && self.can_view(channel, typist.user));
        let found = seen.find(|channel| channel.name == bare || channel.id.to_string() == bare);
        found.map(|channel| channel.id)
    }

    /// A role of the same server by mention, name or id.
    pub(super) fn role_called(&self, typist: Typist, text: &str) -> Option<Snowflake> {
        let bare = bare(text, &["<@&", "@"]);
        let guild = self
            .guilds
            .get(&self.channels.get(&typist.channel)?.guild?)?;
        let mut roles = guild.roles.values();
        let found = roles
            .find(|role| role.name.trim_start_matches('@') == bare || role.id.to_string() == bare);
        found.map(|role| role.id)
    }

    pub(super) fn check_channel_kind(
        &self,
        option: &Value,
        channel: Snowflake,
    ) -> Result<(), String> {
        let kind = self.channels.get(&channel).map(|channel| channel.kind);
        let wanted = option["channel_types"].as_array();
        let fits = wanted.is_none_or(|kinds| kinds.is_empty() || kinds.contains(&json!(kind)));
        if fits {
            return Ok(());
        }
        Err("this kind of channel cannot be chosen there".to_owned())
    }
}

/// What is left without one of the marks before a name, and without the end of a mention.
fn bare<'a>(text: &'a str, marks: &[&str]) -> &'a str {
    let text = text.trim_end_matches('>');
    let stripped = marks.iter().find_map(|mark| text.strip_prefix(mark));
    stripped.unwrap_or(text)
}

fn string_value(option: &Value, text: &str) -> Result<Value, String> {
    if let Some(chosen) = choice(option, text)? {
        return Ok(chosen);
    }
    let length = text.chars().count() as u64;
    let least = option["min_length"].as_u64().unwrap_or(0);
    let most = option["max_length"].as_u64().unwrap_or(6_000);
    if (least..=most).contains(&length) {
        return Ok(json!(text));
    }
    Err(format!(
        "`{}` has {least} to {most} characters, not {length}",
        name_of(option)
    ))
}

fn number_value(option: &Value, text: &str) -> Result<Value, String> {
    if let Some(chosen) = choice(option, text)? {
        return Ok(chosen);
    }
    let name = name_of(option);
    let value = if option["type"] == json!(option_kind::INTEGER) {
        let whole = text.parse::<i64>().ok();
        whole
            .filter(|whole| (-INTEGER_MAX..=INTEGER_MAX).contains(whole))
            .map(|whole| json!(whole))
    } else {
        text.parse::<f64>().ok().map(|number| json!(number))
    };
    let value = value.ok_or_else(|| format!("`{name}` is a number, not `{text}`"))?;
    let number = value.as_f64().unwrap_or(0.0);
    let too_small = option["min_value"]
        .as_f64()
        .is_some_and(|least| number < least);
    let too_large = option["max_value"]
        .as_f64()
        .is_some_and(|most| number > most);
    if too_small || too_large {
        return Err(format!("`{text}` is out of the range of `{name}`"));
    }
    Ok(value)
}

/// The chosen one, by name or value, of an option that has choices.
fn choice(option: &Value, text: &str) -> Result<Option<Value>, String> {
    let choices = option["choices"].as_array();
    let Some(choices) = choices.filter(|choices| !choices.is_empty()) else {
        return Ok(None);
    };
    let chosen = choices.iter().find(|choice| {
        choice["name"] == json!(text)
            || choice["value"] == json!(text)
            || choice["value"].is_number() && choice["value"].as_f64() == text.parse().ok()
    });
    let chosen = chosen
        .ok_or_else(|| format!("`{text}` is none of the choices of `{}`", name_of(option)))?;
    Ok(Some(chosen["value"].clone()))
}

/// Checks what a bot suggests for the option that is being typed. `asked` is the interaction's data.
pub(super) fn check_suggestions(asked: &Value, data: &Value) -> Result<Vec<Value>, Refusal> {
    let choices = data["choices"].as_array().map_or(&[][..], Vec::as_slice);
    let mut errors = FieldErrors::default();
    check_choices("choices", focused_kind(asked), choices, &mut errors);
    errors.finish()?;
    Ok(choices.to_vec())
}

fn focused_kind(data: &Value) -> u64 {
    let options = data["options"].as_array().into_iter().flatten();
    let mut kinds = options.map(|option| match option["focused"] == json!(true) {
        true => option["type"].as_u64().unwrap_or(0),
        false => focused_kind(option),
    });
    kinds.find(|kind| *kind != 0).unwrap_or(0)
}

/// Checks choices of an option of this kind, registered or suggested.
pub(crate) fn check_choices(path: &str, kind: u64, choices: &[Value], errors: &mut FieldErrors) {
    if choices.len() > CHOICES_MAX {
        let sentence = format!("Must be {CHOICES_MAX} or fewer in length.");
        errors.add(path, "BASE_TYPE_MAX_LENGTH", sentence);
    }
    for (n, choice) in choices.iter().enumerate() {
        let path = format!("{path}.{n}");
        let name = choice["name"].as_str().unwrap_or("");
        errors.check_bounds(&format!("{path}.name"), name, 1, CHOICE_MAX);
        let value = &choice["value"];
        let path = format!("{path}.value");
        let (fits, wanted) = match kind {
            option_kind::INTEGER => (value.is_i64(), "int"),
            option_kind::NUMBER => (value.is_number(), "float"),
            _ => (value.is_string(), "string"),
        };
        if !fits {
            let sentence = format!("Could not interpret \"{value}\" as {wanted}.");
            errors.add(&path, "STRING_TYPE_CONVERT", sentence);
        }
        errors.check_bounds(&path, value.as_str().unwrap_or("-"), 1, CHOICE_MAX);
    }
}
