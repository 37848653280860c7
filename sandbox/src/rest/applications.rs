//! The bot's application, and the commands it registers.

use serde_json::{Value, json};

use super::{Answer, Call};
use crate::time::Snowflake;
use crate::world::World;
use crate::world::commands::{check_command, check_unique_names, command_shape};
use crate::world::refusal::{FieldErrors, Refusal};
use crate::world::state::Bot;

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
    let commands = commands(world, &call, scope)?.iter();
    Ok(Answer::Ok(
        commands.map(|command| listed(command, &call)).collect(),
    ))
}

pub(super) fn command(world: &mut World, call: Call) -> Result<Answer, Refusal> {
    let scope = scope(&call)?;
    let id = json!(call.id("command_id")?.to_string());
    let mut commands = commands(world, &call, scope)?.iter();
    let command = commands.find(|command| command["id"] == id);
    command
        .map(|command| Answer::Ok(command.clone()))
        .ok_or_else(Refusal::unknown_command)
}

pub(super) fn change(world: &mut World, call: Call) -> Result<Answer, Refusal> {
    let scope = scope(&call)?;
    let id = json!(call.id("command_id")?.to_string());
    let known = commands(world, &call, scope)?;
    let place = known.iter().position(|command| command["id"] == id);
    let place = place.ok_or_else(Refusal::unknown_command)?;
    let mut wanted = known[place].clone();
    if let (Value::Object(wanted), Value::Object(given)) = (&mut wanted, &call.body) {
        wanted.extend(given.clone());
    }
    let mut errors = FieldErrors::default();
    check_command("", &wanted, &mut errors);
    errors.finish()?;
    let version = world.next_id().to_string();
    let known = commands(world, &call, scope)?;
    let mut fresh = command_shape(&wanted);
    for key in ["id", "application_id", "guild_id"] {
        if known[place][key].is_string() {
            fresh[key] = known[place][key].clone();
        }
    }
    fresh["version"] = json!(version);
    known[place] = fresh.clone();
    count_registration(world, &call);
    Ok(Answer::Ok(fresh))
}

pub(super) fn replace(world: &mut World, call: Call) -> Result<Answer, Refusal> {
    let scope = scope(&call)?;
    let list = call.body.as_array().ok_or_else(Refusal::invalid_form)?;
    let mut errors = FieldErrors::default();
    for (n, command) in list.iter().enumerate() {
        check_command(&format!("{n}."), command, &mut errors);
    }
    check_unique_names(list, &mut errors);
    errors.finish()?;
    let fresh = list
        .iter()
        .map(|command| registered(world, &call, scope, command))
        .collect::<Result<Vec<Value>, Refusal>>()?;
    check_counts(&fresh)?;
    *commands(world, &call, scope)? = fresh.clone();
    count_registration(world, &call);
    Ok(Answer::Ok(json!(fresh)))
}

pub(super) fn create(world: &mut World, call: Call) -> Result<Answer, Refusal> {
    let scope = scope(&call)?;
    let mut errors = FieldErrors::default();
    check_command("", &call.body, &mut errors);
    errors.finish()?;
    let fresh = registered(world, &call, scope, &call.body)?;
    let known = commands(world, &call, scope)?;
    let mut next = known.clone();
    next.retain(|known| known["id"] != fresh["id"]);
    let is_new = next.len() == known.len();
    next.push(fresh.clone());
    check_counts(&next)?;
    *known = next;
    count_registration(world, &call);
    Ok(match is_new {
        true => Answer::Created(fresh),
        false => Answer::Ok(fresh),
    })
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

/// A command as Discord keeps it: with ids, and with what was left out. One of the same name and kind keeps its id, and
/// its version as long as nothing about it changes.
fn registered(
    world: &mut World,
    call: &Call,
    scope: Option<Snowflake>,
    command: &Value,
) -> Result<Value, Refusal> {
    let fresh_id = world.next_id().to_string();
    let mut shape = command_shape(command);
    shape["application_id"] = json!(call.bot.to_string());
    if let Some(guild) = scope {
        shape["guild_id"] = json!(guild.to_string());
    }
    let known = commands(world, call, scope)?;
    let known = known
        .iter()
        .find(|known| known["name"] == shape["name"] && known["type"] == shape["type"]);
    shape["id"] = known.map_or(json!(fresh_id), |known| known["id"].clone());
    if let Some(known) = known {
        shape["version"] = known["version"].clone();
    }
    if known != Some(&shape) {
        shape["version"] = json!(fresh_id);
    }
    Ok(shape)
}

/// What Discord is asked for, with or without the names in other languages.
fn listed(command: &Value, call: &Call) -> Value {
    let mut shape = command.clone();
    if call.query("with_localizations") != Some("true") {
        leave_out_localizations(&mut shape);
    }
    shape
}

fn leave_out_localizations(shape: &mut Value) {
    if let Value::Object(fields) = shape {
        fields.remove("name_localizations");
        fields.remove("description_localizations");
    }
    for key in ["options", "choices"] {
        let inner = shape.get_mut(key).and_then(Value::as_array_mut);
        inner
            .into_iter()
            .flatten()
            .for_each(leave_out_localizations);
    }
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
