//! Options of commands: where each kind may lie, and what may be asked for.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::check_name;
use crate::world::interactions::values::{check_choices, option_kind};
use crate::world::refusal::FieldErrors;

/// Options at one level of a command.
const OPTIONS_MAX: usize = 25;
/// Characters of one value.
const LENGTH_MAX: u64 = 6_000;

/// Notes what is wrong with the options at one level. `depth`: how many groups and subcommands the options lie in.
pub(super) fn check(path: &str, options: &Value, depth: usize, errors: &mut FieldErrors) {
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
    check_limits(path, option, errors);
    let inside = if kind == option_kind::GROUP { 1 } else { 2 };
    check(
        &format!("{path}.options"),
        &option["options"],
        inside,
        errors,
    );
}

/// Notes lengths past what a client sends, and a least that is more than the most.
fn check_limits(path: &str, option: &Value, errors: &mut FieldErrors) {
    for key in ["min_length", "max_length"] {
        if option[key].as_u64().is_some_and(|most| most > LENGTH_MAX) {
            let sentence = format!("int value should be less than or equal to {LENGTH_MAX}.");
            errors.add(&format!("{path}.{key}"), "NUMBER_TYPE_MAX", sentence);
        }
    }
    for (least, most) in [("min_length", "max_length"), ("min_value", "max_value")] {
        let both = option[least].as_f64().zip(option[most].as_f64());
        if both.is_some_and(|(low, high)| low > high) {
            let sentence = format!("Must be at most {most}.");
            errors.add(&format!("{path}.{least}"), "NUMBER_TYPE_MAX", sentence);
        }
    }
}

fn is_step(option: &Value) -> bool {
    let kind = option["type"].as_u64();
    matches!(kind, Some(option_kind::SUBCOMMAND | option_kind::GROUP))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(options: Value) -> String {
        let mut errors = FieldErrors::default();
        check("options", &options, 0, &mut errors);
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
    fn the_least_is_at_most_the_most_and_no_text_is_longer_than_6000() {
        let codes = |more: Value| codes(json!([option(3, more)]));
        assert_eq!(codes(json!({"min_length": 2, "max_length": 6_000})), "");
        assert!(codes(json!({"min_length": 3, "max_length": 2})).contains("NUMBER_TYPE_MAX"));
        assert!(codes(json!({"max_length": 6_001})).contains("NUMBER_TYPE_MAX"));
        assert!(codes(json!({"min_value": 3, "max_value": -2})).contains("NUMBER_TYPE_MAX"));
    }
}
