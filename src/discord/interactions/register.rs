//! Tells Discord which commands Beadle has; only when it knows others.

use serde_json::{Value, json};
use serenity::http::Route;
use serenity::model::id::ApplicationId;
use serenity::model::permissions::Permissions;
use tracing::{info, warn};

use crate::app::command::{By, COMMANDS, CommandRow, Kind, MENUS, OptionRow};
use crate::discord::rest::{Call, Rest, RestError};
use crate::domain::ids::UserId;

/// Discord's kinds of commands, options and places (its reference, "Application Commands").
const SLASH: u8 = 1;
const MESSAGE_MENU: u8 = 3;
const SUB_COMMAND: u8 = 1;
const IN_SERVERS: u8 = 0;

/// Makes Discord know the commands that this version has. What it knows already is not written again:
/// it takes so many a day only. When it refuses, Beadle runs all the same and says so.
///
/// # Errors
/// When Discord cannot be reached, or refuses the token.
pub(in crate::discord) async fn register(
    rest: &Rest,
    application: UserId,
) -> Result<(), RestError> {
    let route = Route::Commands {
        application_id: ApplicationId::new(application.get()),
    };
    let registered = async {
        let known: Vec<Value> = rest.fetch(Call::get(route)).await?;
        let wanted = commands();
        if same(&known, &wanted) {
            return Ok(());
        }
        let body = serde_json::to_vec(&wanted).unwrap_or_default();
        rest.send(Call::replace(route, body)).await?;
        info!(commands = wanted.len(), "Discord was told of the commands");
        Ok(())
    };
    match registered.await {
        Err(error @ (RestError::Denied { .. } | RestError::Refused { .. })) => {
            warn!(error = %error, "Discord does not take the commands; those behind the prefix still work");
            Ok(())
        }
        other => other,
    }
}

/// Every command as Discord takes it.
fn commands() -> Vec<Value> {
    let mut commands: Vec<Value> = Vec::new();
    for row in COMMANDS {
        let (name, rest) = row
            .path
            .split_once(' ')
            .map_or((row.path, None), |(name, rest)| (name, Some(rest)));
        match rest {
            None => commands.push(slash(row)),
            Some(rest) => {
                let command = command_over(&mut commands, name);
                if let Some(options) = command["options"].as_array_mut() {
                    options.push(sub_command(row, rest));
                }
            }
        }
    }
    for row in MENUS {
        commands.push(json!({
            "type": MESSAGE_MENU,
            "name": row.name,
            "default_member_permissions": permissions([row.by]),
            "contexts": [IN_SERVERS],
        }));
    }
    commands
}

fn slash(row: &CommandRow) -> Value {
    json!({
        "type": SLASH,
        "name": row.path,
        "description": row.about,
        "options": row.options.iter().map(option).collect::<Vec<_>>(),
        "default_member_permissions": permissions([row.by]),
        "contexts": [IN_SERVERS],
    })
}

/// The command that holds subcommands, made with the first of them.
fn command_over<'a>(commands: &'a mut Vec<Value>, name: &str) -> &'a mut Value {
    let known = commands.iter().position(|command| command["name"] == name);
    let index = known.unwrap_or_else(|| {
        let below = COMMANDS.iter().filter(|row| {
            let parent = row.path.split_once(' ').map(|(parent, _)| parent);
            parent == Some(name)
        });
        let rows: Vec<&CommandRow> = below.collect();
        let names: Vec<&str> = rows
            .iter()
            .filter_map(|row| Some(row.path.split_once(' ')?.1))
            .collect();
        commands.push(json!({
            "type": SLASH,
            "name": name,
            "description": names.join(", "),
            "options": [],
            "default_member_permissions": permissions(rows.iter().map(|row| row.by)),
            "contexts": [IN_SERVERS],
        }));
        commands.len() - 1
    });
    &mut commands[index]
}

fn sub_command(row: &CommandRow, name: &str) -> Value {
    json!({
        "type": SUB_COMMAND,
        "name": name,
        "description": row.about,
        "options": row.options.iter().map(option).collect::<Vec<_>>(),
    })
}

fn option(row: &OptionRow) -> Value {
    let (kind, more) = match row.kind {
        Kind::Text(most_chars) => (3, json!({"max_length": most_chars})),
        Kind::OneOf(choices) => {
            let choices = choices.iter();
            let choices = choices.map(|(name, value)| json!({"name": name, "value": value}));
            (3, json!({"choices": choices.collect::<Vec<_>>()}))
        }
        Kind::Truth => (5, json!({})),
        // Text channels, announcements and forums.
        Kind::Channel => (7, json!({"channel_types": [0, 5, 15]})),
        Kind::Role => (8, json!({})),
        Kind::File => (11, json!({})),
    };
    let mut option = json!({
        "type": kind,
        "name": row.name,
        "description": row.about,
        "required": row.required,
    });
    if row.offers.is_some() {
        option["autocomplete"] = json!(true);
    }
    for (key, value) in more.as_object().into_iter().flatten() {
        option[key] = value.clone();
    }
    option
}

/// The permissions without which Discord does not show a command, by the least that one of its parts
/// asks for. A server's administrators may overrule them; Beadle asks for the course's roles besides.
fn permissions(by: impl IntoIterator<Item = By>) -> Value {
    let least = by.into_iter().min_by_key(|by| match by {
        By::Anybody => 0,
        By::Staff => 1,
        By::Administrators => 2,
    });
    let held = match least {
        None | Some(By::Anybody) => return Value::Null,
        Some(By::Staff) => Permissions::MANAGE_MESSAGES,
        Some(By::Administrators) => Permissions::MANAGE_GUILD,
    };
    json!(held.bits().to_string())
}

/// Whether Discord knows these commands and no others. It adds keys of its own and leaves out what
/// says nothing.
fn same(known: &[Value], wanted: &[Value]) -> bool {
    let is_known = |wanted: &Value| known.iter().any(|known| covers(known, wanted));
    known.len() == wanted.len() && wanted.iter().all(is_known)
}

fn covers(known: &Value, wanted: &Value) -> bool {
    match (known, wanted) {
        (Value::Object(known), Value::Object(wanted)) => wanted.iter().all(|(key, wanted)| {
            let says_nothing = [Value::Null, json!(false), json!([])].contains(wanted);
            match known.get(key) {
                Some(known) => covers(known, wanted) || (known.is_null() && says_nothing),
                None => says_nothing,
            }
        }),
        (Value::Array(known), Value::Array(wanted)) => {
            known.len() == wanted.len()
                && known
                    .iter()
                    .zip(wanted)
                    .all(|(known, wanted)| covers(known, wanted))
        }
        (known, wanted) => known == wanted,
    }
}
