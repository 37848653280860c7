//! Commands as bots register them: their form, and what Discord makes of it. Knows no bots and no places.
//!
//! Source: Discord's documentation, "Application Commands", "Application Command Structure".

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::interactions::typed::command_kind;
use super::interactions::values::{check_choices, option_kind};
use super::refusal::FieldErrors;

/// Options at one level of a command.
const OPTIONS_MAX: usize = 25;
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

/// Without what is null, and without `required` where it is false.
fn option_shape(option: &Value) -> Value {
    let mut shape = option.clone();
    if let Value::Object(fields) = &mut shape {
        fields.retain(|key, value| {
            let is_default = matches!(key.as_str(), "required" | "autocomplete");
            !value.is_null() && !(is_default && *value == json!(false))
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
            let sentence = "Application command names must be unique";
            let code = "APPLICATION_COMMANDS_DUPLICATE_NAME";
            errors.add(&format!("{n}.name"), code, sentence);
        }
    }
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
    check_options(&format!("{prefix}options"), &command["options"], 0, errors);
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

/// `depth`: how many groups and subcommands the options lie in.
fn check_options(path: &str, options: &Value, depth: usize, errors: &mut FieldErrors) {
    let options = options.as_array().map_or(&[][..], Vec::as_slice);
    if options.len() > OPTIONS_MAX {
        let sentence = format!("Must be {OPTIONS_MAX} or fewer in length.");
        errors.add(path, "BASE_TYPE_MAX_LENGTH", sentence);
    }
    let steps = options.iter().filter(|option| is_step(option)).count();
    if steps != 0 && steps != options.len() {
        let sentence = "Sub-command and sub-command group option types are mutually exclusive to all other types";
        errors.add(path, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", sentence);
    }
    let mut names = BTreeSet::new();
    let mut optional_seen = false;
    for (n, option) in options.iter().enumerate() {
        let path = format!("{path}.{n}");
        if !names.insert(option["name"].as_str().unwrap_or("")) {
            let sentence = "Option name already exists in options";
            let code = "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS";
            errors.add(&format!("{path}.name"), code, sentence);
        }
        let is_required = option["required"] == json!(true);
        if is_required && optional_seen {
            let sentence = "Required options must be placed before non-required options";
            errors.add(
                &path,
                "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
                sentence,
            );
        }
        optional_seen |= !is_required;
        check_option(&path, option, depth, errors);
    }
}

fn check_option(path: &str, option: &Value, depth: usize, errors: &mut FieldErrors) {
    let text = |key: &str| option[key].as_str().unwrap_or("");
    let kind = option["type"].as_u64().unwrap_or(0);
    check_name(&format!("{path}.name"), text("name"), errors);
    errors.check_bounds(&format!("{path}.description"), text("description"), 1, 100);
    let fits = match kind {
        option_kind::SUBCOMMAND => depth < 2,
        option_kind::GROUP => depth == 0,
        // What lies in a group are subcommands; `depth` counts a group as one step and a subcommand as two.
        option_kind::STRING..=option_kind::ATTACHMENT => depth != 1,
        _ => false,
    };
    if !fits {
        let sentence = "This option type cannot stand here";
        let path = format!("{path}.type");
        errors.add(&path, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", sentence);
    }
    let choices = option["choices"].as_array().map_or(&[][..], Vec::as_slice);
    let takes_choices = matches!(
        kind,
        option_kind::STRING | option_kind::INTEGER | option_kind::NUMBER
    );
    let suggests = option["autocomplete"] == json!(true);
    if (suggests || !choices.is_empty()) && (!takes_choices || suggests && !choices.is_empty()) {
        let sentence = "Choices and autocomplete are for text and numbers, and exclude each other";
        errors.add(
            path,
            "APPLICATION_COMMAND_OPTIONS_CHOICES_INVALID",
            sentence,
        );
    }
    check_choices(&format!("{path}.choices"), kind, choices, errors);
    let inside = if kind == option_kind::GROUP { 1 } else { 2 };
    check_options(
        &format!("{path}.options"),
        &option["options"],
        inside,
        errors,
    );
}

fn is_step(option: &Value) -> bool {
    let kind = option["type"].as_u64();
    matches!(kind, Some(option_kind::SUBCOMMAND | option_kind::GROUP))
}

fn check_name(path: &str, name: &str, errors: &mut FieldErrors) {
    let length = name.chars().count();
    if !(1..=32).contains(&length) {
        errors.check_bounds(path, name, 1, 32);
    } else if !is_slash_name(name) {
        let code = "APPLICATION_COMMAND_INVALID_NAME";
        errors.add(path, code, "Command name is invalid");
    }
}

/// `^[-_'\p{L}\p{N}]{1,32}$` and in lower case, where there is one.
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

    fn codes(options: Value) -> String {
        let command = json!({"name": "stir", "description": "Stirs.", "options": options});
        let mut errors = FieldErrors::default();
        check_command("", &command, &mut errors);
        let refusal = errors.finish().err();
        refusal.map_or_else(String::new, |refusal| refusal.body().to_string())
    }

    fn option(kind: u64, more: Value) -> Value {
        let mut option = json!({"type": kind, "name": "pot", "description": "Which?"});
        if let (Value::Object(option), Value::Object(more)) = (&mut option, more) {
            option.extend(more);
        }
        option
    }

    #[test]
    fn subcommands_lie_in_a_command_or_in_a_group_and_nowhere_else() {
        let value = option(3, json!({}));
        let subcommand = option(1, json!({"options": [value]}));
        let group = option(2, json!({"options": [subcommand]}));
        assert_eq!(codes(json!([subcommand])), "");
        assert_eq!(codes(json!([group])), "");
        let invalid = "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID";
        assert!(codes(json!([option(1, json!({"options": [subcommand]}))])).contains(invalid));
        assert!(codes(json!([option(2, json!({"options": [group]}))])).contains(invalid));
        assert!(codes(json!([option(2, json!({"options": [value]}))])).contains(invalid));
        assert!(codes(json!([subcommand, option(3, json!({"name": "lid"}))])).contains(invalid));
    }

    #[test]
    fn choices_are_at_most_25_of_the_options_kind_and_without_autocomplete() {
        let choices = |n: usize| {
            let choices = (0..n).map(|n| json!({"name": n.to_string(), "value": n.to_string()}));
            choices.collect::<Value>()
        };
        assert_eq!(
            codes(json!([option(3, json!({"choices": choices(25)}))])),
            ""
        );
        assert!(codes(json!([option(3, json!({"choices": choices(26)}))])).contains("25 or fewer"));
        assert!(codes(json!([option(4, json!({"choices": choices(1)}))])).contains("TYPE_CONVERT"));
        let both = option(3, json!({"choices": choices(1), "autocomplete": true}));
        assert!(codes(json!([both])).contains("CHOICES_INVALID"));
        assert!(
            codes(json!([option(6, json!({"autocomplete": true}))])).contains("CHOICES_INVALID")
        );
    }

    #[test]
    fn each_option_has_a_name_of_its_own_and_a_description() {
        let twice = json!([option(3, json!({})), option(3, json!({}))]);
        assert!(codes(twice).contains("NAME_ALREADY_EXISTS"));
        assert!(codes(json!([option(3, json!({"description": ""}))])).contains("BAD_LENGTH"));
        assert!(codes(json!([option(3, json!({"name": "Big pot"}))])).contains("INVALID_NAME"));
    }

    #[test]
    fn a_command_has_at_most_8000_characters_in_all() {
        let options = |n: usize| {
            let options = (0..25).map(|pot| {
                let choices =
                    (0..n).map(|n| json!({"name": n.to_string(), "value": "v".repeat(98)}));
                let choices: Value = choices.collect();
                option(3, json!({"name": format!("pot{pot}"), "choices": choices}))
            });
            options.collect::<Value>()
        };
        assert_eq!(codes(options(2)), "");
        assert!(codes(options(4)).contains("APPLICATION_COMMAND_TOO_LARGE"));
    }
}
