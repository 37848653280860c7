//! The bot's application, and the commands it registers.

use serde_json::{Value, json};

use super::{Answer, Call};
use crate::time::Snowflake;
use crate::world::World;
use crate::world::refusal::{FieldErrors, Refusal};
use crate::world::state::Bot;

const SLASH: u64 = 1;
/// Commands of one kind in one scope.
const SLASH_MAX: usize = 100;
const MENU_MAX: usize = 15;

pub(super) fn me(world: &mut World, call: Call) -> Result<Answer, Refusal> {
    let bot = world
        .bots
        .get(&call.bot)
        .ok_or_else(Refusal::unauthorized)?;
    Ok(Answer::Ok(world.application_shape(bot)))
}

pub(super) fn list(world: &mut World, call: Call) -> Result<Answer, Refusal> {
    let scope = scope(&call)?;
    Ok(Answer::Ok(json!(commands(world, &call, scope)?)))
}

pub(super) fn replace(world: &mut World, call: Call) -> Result<Answer, Refusal> {
    let scope = scope(&call)?;
    let list = call.body.as_array().ok_or_else(Refusal::invalid_form)?;
    let mut errors = FieldErrors::default();
    for (n, command) in list.iter().enumerate() {
        check(&format!("{n}."), command, &mut errors);
    }
    errors.finish()?;
    let fresh: Vec<Value> = list
        .iter()
        .map(|command| registered(world, &call, scope, command))
        .collect();
    check_counts(&fresh)?;
    *commands(world, &call, scope)? = fresh.clone();
    count_registration(world, &call);
    Ok(Answer::Ok(json!(fresh)))
}

pub(super) fn create(world: &mut World, call: Call) -> Result<Answer, Refusal> {
    let scope = scope(&call)?;
    let mut errors = FieldErrors::default();
    check("", &call.body, &mut errors);
    errors.finish()?;
    let fresh = registered(world, &call, scope, &call.body);
    let commands = commands(world, &call, scope)?;
    commands.retain(|known| known["name"] != fresh["name"] || known["type"] != fresh["type"]);
    commands.push(fresh.clone());
    check_counts(commands)?;
    count_registration(world, &call);
    Ok(Answer::Created(fresh))
}

pub(super) fn delete(world: &mut World, call: Call) -> Result<Answer, Refusal> {
    let scope = scope(&call)?;
    let id = json!(call.id("command_id")?.to_string());
    let commands = commands(world, &call, scope)?;
    let before = commands.len();
    commands.retain(|command| command["id"] != id);
    if commands.len() == before {
        return Err(Refusal::unknown_command());
    }
    count_registration(world, &call);
    Ok(Answer::NoContent)
}

fn count_registration(world: &mut World, call: &Call) {
    if let Some(bot) = world.bots.get_mut(&call.bot) {
        bot.registrations += 1;
    }
}

fn scope(call: &Call) -> Result<Option<Snowflake>, Refusal> {
    if call.param("guild_id").is_empty() {
        Ok(None)
    } else {
        call.id("guild_id").map(Some)
    }
}

fn commands<'a>(
    world: &'a mut World,
    call: &Call,
    scope: Option<Snowflake>,
) -> Result<&'a mut Vec<Value>, Refusal> {
    if call.id("application_id")? != call.bot {
        return Err(Refusal::missing_access());
    }
    if let Some(guild) = scope
        && !world
            .guilds
            .get(&guild)
            .is_some_and(|guild| guild.members.contains_key(&call.bot))
    {
        return Err(Refusal::missing_access());
    }
    let bot: &mut Bot = world
        .bots
        .get_mut(&call.bot)
        .ok_or_else(Refusal::unauthorized)?;
    Ok(bot.commands.entry(scope).or_default())
}

/// A command as Discord gives it back: with ids and with what was left out.
fn registered(world: &mut World, call: &Call, scope: Option<Snowflake>, command: &Value) -> Value {
    let id = world.next_id().to_string();
    let mut shape = json!({
        "id": id,
        "application_id": call.bot.to_string(),
        "version": id,
        "type": command["type"].as_u64().unwrap_or(SLASH),
        "name": command["name"],
        "description": command["description"].as_str().unwrap_or(""),
        "default_member_permissions": command["default_member_permissions"],
        "nsfw": command["nsfw"].as_bool().unwrap_or(false),
        "integration_types": [0],
        "contexts": command["contexts"],
    });
    if command["options"].is_array() {
        shape["options"] = command["options"].clone();
    }
    if let Some(guild) = scope {
        shape["guild_id"] = json!(guild.to_string());
    }
    shape
}

fn check(prefix: &str, command: &Value, errors: &mut FieldErrors) {
    let kind = command["type"].as_u64().unwrap_or(SLASH);
    let name = command["name"].as_str().unwrap_or("");
    let description = command["description"].as_str().unwrap_or("");
    let length = name.chars().count();
    if !(1..=32).contains(&length) {
        let sentence = "Must be between 1 and 32 in length.";
        errors.add(&format!("{prefix}name"), "BASE_TYPE_BAD_LENGTH", sentence);
    } else if kind == SLASH && !is_slash_name(name) {
        let code = "APPLICATION_COMMAND_INVALID_NAME";
        errors.add(&format!("{prefix}name"), code, "Command name is invalid");
    }
    let described = (1..=100).contains(&description.chars().count());
    if described != (kind == SLASH) {
        let sentence = "Slash commands, and only those, have a description of 1 to 100 characters.";
        errors.add(
            &format!("{prefix}description"),
            "BASE_TYPE_BAD_LENGTH",
            sentence,
        );
    }
    check_options(&format!("{prefix}options"), &command["options"], errors);
}

fn check_options(path: &str, options: &Value, errors: &mut FieldErrors) {
    let Some(options) = options.as_array() else {
        return;
    };
    if options.len() > 25 {
        errors.add(
            path,
            "BASE_TYPE_MAX_LENGTH",
            "Must be 25 or fewer in length.",
        );
    }
    let mut optional_seen = false;
    for (n, option) in options.iter().enumerate() {
        let path = format!("{path}.{n}");
        if !is_slash_name(option["name"].as_str().unwrap_or("")) {
            let code = "APPLICATION_COMMAND_INVALID_NAME";
            errors.add(&format!("{path}.name"), code, "Command name is invalid");
        }
        let is_required = option["required"].as_bool().unwrap_or(false);
        if is_required && optional_seen {
            let code = "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID";
            errors.add(
                &path,
                code,
                "Required options must be placed before non-required options",
            );
        }
        optional_seen |= !is_required;
        check_options(&format!("{path}.options"), &option["options"], errors);
    }
}

/// `^[-_'\p{L}\p{N}]{1,32}$` and in lower case, where there is one.
fn is_slash_name(name: &str) -> bool {
    (1..=32).contains(&name.chars().count())
        && name
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '\''))
        && name.to_lowercase() == name
}

fn check_counts(commands: &[Value]) -> Result<(), Refusal> {
    for (kind, most) in [(1, SLASH_MAX), (2, MENU_MAX), (3, MENU_MAX)] {
        if commands
            .iter()
            .filter(|command| command["type"] == json!(kind))
            .count()
            > most
        {
            let sentence = format!("Maximum number of application commands reached ({most}).");
            return Err(Refusal::field(
                "type",
                "APPLICATION_COMMANDS_TOO_MANY",
                sentence,
            ));
        }
    }
    Ok(())
}
