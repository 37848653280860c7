//! Commands as bots register them: their form, and what Discord makes of it. Knows no bots and no places.
//!
//! Source: Discord's documentation, "Application Commands", "Application Command Structure".

mod options;

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::interactions::typed::command_kind;
use super::refusal::FieldErrors;

/// Characters of all names, descriptions and values of one command together.
const TEXT_MAX: usize = 8_000;

/// A command as Discord gives it back, but for its ids.
pub(crate) fn command_shape(command: &Value) -> Value {
    let permissions = match &command["default_member_permissions"] {
        Value::Number(bits) => json!(bits.to_string()),
        other => other.clone(),
    };
    let integration_types = match &command["integration_types"] {
        Value::Array(types) => json!(types),
        _ => json!([0]),
    };
    let mut shape = json!({
        "type": command["type"].as_u64().unwrap_or(command_kind::SLASH),
        "name": command["name"],
        "name_localizations": command["name_localizations"],
        "description": command["description"].as_str().unwrap_or(""),
        "description_localizations": command["description_localizations"],
        "default_member_permissions": permissions,
        "dm_permission": command["dm_permission"].as_bool().unwrap_or(true),
        "nsfw": command["nsfw"].as_bool().unwrap_or(false),
        "integration_types": integration_types,
        "contexts": command["contexts"],
    });
    if let Some(options) = command["options"].as_array() {
        shape["options"] = options.iter().map(option_shape).collect();
    }
    shape
}

/// Without what is null, and without `required` and `autocomplete` where they are false.
fn option_shape(option: &Value) -> Value {
    let mut shape = option.clone();
    if let Value::Object(fields) = &mut shape {
        fields.retain(|key, value| {
            let is_switch = matches!(key.as_str(), "required" | "autocomplete");
            !value.is_null() && (!is_switch || *value == json!(true))
        });
    }
    if let Some(options) = option["options"].as_array() {
        shape["options"] = options.iter().map(option_shape).collect();
    }
    shape
}

/// Notes commands of one list that have the same kind and name.
pub(crate) fn check_unique_names(commands: &[Value], errors: &mut FieldErrors) {
    let mut seen = BTreeSet::new();
    for (n, command) in commands.iter().enumerate() {
        let kind = command["type"].as_u64().unwrap_or(command_kind::SLASH);
        if !seen.insert((kind, command["name"].as_str().unwrap_or(""))) {
            note_duplicate(&format!("{n}."), errors);
        }
    }
}

/// Notes a command, as Discord is to keep it, whose kind and name one of the others has.
pub(crate) fn check_no_namesake<'a>(
    command: &Value,
    mut others: impl Iterator<Item = &'a Value>,
    errors: &mut FieldErrors,
) {
    if others.any(|other| are_namesakes(command, other)) {
        note_duplicate("", errors);
    }
}

/// Whether two commands, as Discord keeps them, are of the same kind and name: there is no room for both.
pub(crate) fn are_namesakes(one: &Value, other: &Value) -> bool {
    one["name"] == other["name"] && one["type"] == other["type"]
}

fn note_duplicate(prefix: &str, errors: &mut FieldErrors) {
    let sentence = "Application command names must be unique";
    let code = "APPLICATION_COMMANDS_DUPLICATE_NAME";
    errors.add(&format!("{prefix}name"), code, sentence);
}

/// Notes what is wrong with one command.
pub(crate) fn check_command(prefix: &str, command: &Value, errors: &mut FieldErrors) {
    let kind = command["type"].as_u64().unwrap_or(command_kind::SLASH);
    let name = command["name"].as_str().unwrap_or("");
    let description = command["description"].as_str().unwrap_or("");
    let path = format!("{prefix}name");
    if kind == command_kind::SLASH {
        check_name(&path, name, errors);
        errors.check_bounds(&format!("{prefix}description"), description, 1, 100);
    } else {
        errors.check_bounds(&path, name, 1, 32);
        if !description.is_empty() {
            let sentence = "Context menu commands cannot have description";
            let code = "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION_INVALID";
            errors.add(&format!("{prefix}description"), code, sentence);
        }
        if command["options"]
            .as_array()
            .is_some_and(|list| !list.is_empty())
        {
            let sentence = "Context menu commands cannot have options";
            let code = "APPLICATION_COMMAND_CONTEXT_MENU_OPTIONS_INVALID";
            errors.add(&format!("{prefix}options"), code, sentence);
        }
    }
    check_permissions(prefix, &command["default_member_permissions"], errors);
    options::check(&format!("{prefix}options"), &command["options"], 0, errors);
    if text_length(command) > TEXT_MAX {
        let sentence = format!("Command exceeds maximum size ({TEXT_MAX})");
        errors.add(&path, "APPLICATION_COMMAND_TOO_LARGE", sentence);
    }
}

fn check_permissions(prefix: &str, bits: &Value, errors: &mut FieldErrors) {
    let is_text = bits
        .as_str()
        .is_some_and(|bits| bits.parse::<u64>().is_ok());
    if !bits.is_null() && !bits.is_u64() && !is_text {
        let path = format!("{prefix}default_member_permissions");
        errors.add(&path, "NUMBER_TYPE_COERCE", "Value is not int.");
    }
}

fn check_name(path: &str, name: &str, errors: &mut FieldErrors) {
    errors.check_bounds(path, name, 1, 32);
    if !is_slash_name(name) {
        let code = "APPLICATION_COMMAND_INVALID_NAME";
        errors.add(path, code, "Command name is invalid");
    }
}

/// `^[-_'\p{L}\p{N}]*$` and in lower case, where there is one.
fn is_slash_name(name: &str) -> bool {
    let is_allowed = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '\'');
    name.chars().all(is_allowed) && name.to_lowercase() == name
}

fn text_length(thing: &Value) -> usize {
    let count = |key: &str| thing[key].as_str().map_or(0, |text| text.chars().count());
    let inner = [&thing["options"], &thing["choices"]];
    let inner = inner.into_iter().filter_map(Value::as_array).flatten();
    count("name") + count("description") + count("value") + inner.map(text_length).sum::<usize>()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(command: Value) -> String {
        let mut errors = FieldErrors::default();
        check_command("", &command, &mut errors);
        let refusal = errors.finish().err();
        refusal.map_or_else(String::new, |refusal| refusal.body().to_string())
    }

    #[test]
    fn a_menus_command_has_a_name_and_nothing_else() {
        let menu = |more: Value| {
            let mut menu = json!({"type": 3, "name": "Save recipe"});
            if let (Value::Object(menu), Value::Object(more)) = (&mut menu, more) {
                menu.extend(more);
            }
            codes(menu)
        };
        assert_eq!(menu(json!({})), "");
        assert!(menu(json!({"name": ""})).contains("BAD_LENGTH"));
        assert!(menu(json!({"description": "Saves it."})).contains("DESCRIPTION_INVALID"));
        let option = json!({"type": 3, "name": "pot", "description": "Which?"});
        assert!(menu(json!({"options": [option]})).contains("OPTIONS_INVALID"));
    }

    #[test]
    fn a_command_has_at_most_8000_characters_in_all() {
        let command = |choices: usize| {
            let choice = |n: usize| json!({"name": n.to_string(), "value": "v".repeat(98)});
            let choices: Value = (0..choices).map(choice).collect();
            let option = |pot: usize| {
                json!({"type": 3, "name": format!("pot{pot}"), "description": "Which?",
                    "choices": choices})
            };
            let options: Value = (0..25).map(option).collect();
            json!({"name": "stir", "description": "Stirs.", "options": options})
        };
        assert_eq!(codes(command(2)), "");
        assert!(codes(command(4)).contains("APPLICATION_COMMAND_TOO_LARGE"));
    }
}
