//! Buttons, selects and the newer layout components: their limits, and what Discord fills in.
//!
//! Source: Discord's documentation, "Component Reference".

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::refusal::FieldErrors;
use super::state::message_flag;

const ACTION_ROW: u64 = 1;
const BUTTON: u64 = 2;
const STRING_SELECT: u64 = 3;
const TEXT_INPUT: u64 = 4;
const CHANNEL_SELECT: u64 = 8;
const TEXT_DISPLAY: u64 = 10;
const LINK_STYLE: u64 = 5;
/// Rows in a message of the old kind.
const ROWS_MAX: usize = 5;
/// Components in a message of the new kind, nested ones counted.
const V2_MAX: usize = 40;
/// Characters of all text displays together.
const V2_TEXT_MAX: usize = 4_000;

/// Checks a list of components and completes them; `None` where there is no list.
pub(crate) fn parse(value: &Value, flags: u64, errors: &mut FieldErrors) -> Option<Vec<Value>> {
    let mut list = value.as_array()?.clone();
    let mut check = Check {
        v2: flags & message_flag::COMPONENTS_V2 != 0,
        custom_ids: BTreeSet::new(),
        count: 0,
        text_length: 0,
        errors,
    };
    check.top(&list);
    let mut next_id = 1;
    list.iter_mut()
        .for_each(|component| complete(component, &mut next_id));
    Some(list)
}

struct Check<'a> {
    v2: bool,
    custom_ids: BTreeSet<String>,
    count: usize,
    text_length: usize,
    errors: &'a mut FieldErrors,
}

impl Check<'_> {
    fn top(&mut self, list: &[Value]) {
        if !self.v2 && list.len() > ROWS_MAX {
            self.too_many("components", ROWS_MAX);
        }
        for (n, component) in list.iter().enumerate() {
            let path = format!("components.{n}");
            if !self.v2 && component["type"] != json!(ACTION_ROW) {
                self.errors.add(
                    &path,
                    "BASE_TYPE_CHOICES",
                    "Value of field \"type\" must be one of (1,).",
                );
            }
            self.one(&path, component);
        }
        if self.count > V2_MAX {
            self.too_many("components", V2_MAX);
        }
        if self.text_length > V2_TEXT_MAX {
            self.errors.add(
                "components",
                "BASE_TYPE_MAX_LENGTH",
                "Must be 4000 or fewer in length.",
            );
        }
    }

    fn one(&mut self, path: &str, component: &Value) {
        self.count += 1;
        match component["type"].as_u64() {
            Some(ACTION_ROW) => self.row(path, component),
            Some(BUTTON) => self.button(path, component),
            Some(_) if is_select(&component["type"]) => self.select(path, component),
            Some(TEXT_DISPLAY) => {
                self.text_length += component["content"]
                    .as_str()
                    .map_or(0, |t| t.chars().count());
            }
            _ => {}
        }
        let nested = component["components"].as_array().into_iter().flatten();
        for (n, inner) in nested.enumerate() {
            self.one(&format!("{path}.components.{n}"), inner);
        }
        if component["accessory"].is_object() {
            self.one(&format!("{path}.accessory"), &component["accessory"]);
        }
    }

    fn row(&mut self, path: &str, row: &Value) {
        let inner = row["components"].as_array().map_or(&[][..], Vec::as_slice);
        let selects = inner.iter().filter(|c| c["type"] != json!(BUTTON)).count();
        let fits = match selects {
            0 => (1..=5).contains(&inner.len()),
            _ => inner.len() == 1,
        };
        if !fits {
            let sentence = "A row holds one select, or one to five buttons.";
            self.errors.add(
                &format!("{path}.components"),
                "COMPONENT_LAYOUT_WIDTH_EXCEEDED",
                sentence,
            );
        }
        for (n, inner) in inner.iter().enumerate() {
            if inner["type"] != json!(BUTTON) && !is_select(&inner["type"]) {
                let sentence = "Value of field \"type\" must be one of (2, 3, 5, 6, 7, 8).";
                let path = format!("{path}.components.{n}");
                self.errors.add(&path, "BASE_TYPE_CHOICES", sentence);
            }
        }
    }

    fn button(&mut self, path: &str, button: &Value) {
        self.text(path, button, "label", 80);
        let is_link = button["style"] == json!(LINK_STYLE);
        if is_link && !button["url"].is_string() {
            self.required(&format!("{path}.url"));
        }
        if is_link && button["custom_id"].is_string() {
            let sentence = "A link button has no custom id.";
            self.errors.add(
                &format!("{path}.custom_id"),
                "BUTTON_COMPONENT_CUSTOM_ID_NOT_ALLOWED",
                sentence,
            );
        }
        if !is_link {
            self.custom_id(path, button);
        }
        if button["label"].is_null() && button["emoji"].is_null() {
            self.required(&format!("{path}.label"));
        }
    }

    fn select(&mut self, path: &str, select: &Value) {
        self.custom_id(path, select);
        self.text(path, select, "placeholder", 150);
        self.counts(path, select);
        if select["type"] != json!(STRING_SELECT) {
            return;
        }
        let options = select["options"].as_array().map_or(&[][..], Vec::as_slice);
        if !(1..=25).contains(&options.len()) {
            let sentence = "Must be between 1 and 25 in length.";
            self.errors
                .add(&format!("{path}.options"), "BASE_TYPE_BAD_LENGTH", sentence);
        }
        let mut values = BTreeSet::new();
        for (n, option) in options.iter().enumerate() {
            let path = format!("{path}.options.{n}");
            for key in ["label", "value", "description"] {
                self.text(&path, option, key, 100);
            }
            if !values.insert(option["value"].as_str().unwrap_or("")) {
                let sentence = "The specified option value is already used";
                self.errors.add(
                    &format!("{path}.value"),
                    "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
                    sentence,
                );
            }
        }
    }

    /// How many may be chosen: 0 to 25 at least, 1 to 25 at most, and no more than there are.
    fn counts(&mut self, path: &str, select: &Value) {
        let least = select["min_values"].as_u64().unwrap_or(1);
        let most = select["max_values"].as_u64().unwrap_or(1);
        let offered = select["options"]
            .as_array()
            .map_or(25, |list| list.len() as u64);
        if least > most || !(1..=25.min(offered)).contains(&most) {
            let sentence = "Must lie between min_values and the number of options, 25 at most.";
            self.errors.add(
                &format!("{path}.max_values"),
                "BASE_TYPE_BAD_LENGTH",
                sentence,
            );
        }
    }

    fn custom_id(&mut self, path: &str, component: &Value) {
        let path = format!("{path}.custom_id");
        let Some(id) = component["custom_id"].as_str().filter(|id| !id.is_empty()) else {
            return self.required(&path);
        };
        self.errors.check_length(&path, id, 100);
        if !self.custom_ids.insert(id.to_owned()) {
            let sentence = "Component custom id cannot be duplicated";
            self.errors
                .add(&path, "COMPONENT_CUSTOM_ID_DUPLICATED", sentence);
        }
    }

    fn text(&mut self, path: &str, component: &Value, key: &str, most: usize) {
        let text = component[key].as_str().unwrap_or("");
        self.errors
            .check_length(&format!("{path}.{key}"), text, most);
    }

    fn required(&mut self, path: &str) {
        self.errors
            .add(path, "BASE_TYPE_REQUIRED", "This field is required");
    }

    fn too_many(&mut self, path: &str, most: usize) {
        let sentence = format!("Must be {most} or fewer in length.");
        self.errors.add(path, "BASE_TYPE_MAX_LENGTH", sentence);
    }
}

/// Gives each component that has no `id` the next free one, outer before inner, and each select its bounds.
fn complete(component: &mut Value, next_id: &mut u64) {
    let Value::Object(fields) = component else {
        return;
    };
    if fields
        .get("id")
        .is_none_or(|id| id.is_null() || *id == json!(0))
    {
        fields.insert("id".into(), json!(*next_id));
    }
    *next_id += 1;
    if fields.get("type").is_some_and(is_select) {
        for bound in ["min_values", "max_values"] {
            fields.entry(bound).or_insert(json!(1));
        }
    }
    if let Some(Value::Array(inner)) = fields.get_mut("components") {
        inner
            .iter_mut()
            .for_each(|component| complete(component, next_id));
    }
    if let Some(accessory) = fields.get_mut("accessory") {
        complete(accessory, next_id);
    }
}

fn is_select(kind: &Value) -> bool {
    let kind = kind.as_u64();
    kind.is_some_and(|kind| (STRING_SELECT..=CHANNEL_SELECT).contains(&kind) && kind != TEXT_INPUT)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(components: Value) -> String {
        let mut errors = FieldErrors::default();
        parse(&components, 0, &mut errors);
        errors
            .finish()
            .err()
            .and_then(|r| r.errors)
            .map_or_else(String::new, |e| e.to_string())
    }

    fn button(custom_id: &str) -> Value {
        json!({"type": 2, "style": 1, "label": "Go", "custom_id": custom_id})
    }

    #[test]
    fn five_buttons_fit_into_a_row_and_a_sixth_does_not() {
        let row = |n: usize| {
            let buttons: Vec<_> = (0..n).map(|n| button(&n.to_string())).collect();
            json!([{"type": 1, "components": buttons}])
        };
        assert_eq!(codes(row(5)), "");
        assert!(codes(row(6)).contains("COMPONENT_LAYOUT_WIDTH_EXCEEDED"));
    }

    #[test]
    fn a_text_input_belongs_to_forms() {
        let input = json!({"type": 4, "custom_id": "t", "style": 1, "label": "Why?"});
        let rows = json!([{"type": 1, "components": [input]}]);
        assert!(codes(rows).contains("BASE_TYPE_CHOICES"));
    }

    #[test]
    fn two_components_never_share_a_custom_id() {
        let rows = json!([{"type": 1, "components": [button("same"), button("same")]}]);
        assert!(codes(rows).contains("COMPONENT_CUSTOM_ID_DUPLICATED"));
    }

    #[test]
    fn no_more_can_be_chosen_than_there_is() {
        let select = |most: u64| {
            let options = json!([{"label": "a", "value": "a"}, {"label": "b", "value": "b"}]);
            let select =
                json!({"type": 3, "custom_id": "s", "options": options, "max_values": most});
            json!([{"type": 1, "components": [select]}])
        };
        assert_eq!(codes(select(2)), "");
        assert!(codes(select(3)).contains("BASE_TYPE_BAD_LENGTH"));
    }

    #[test]
    fn a_label_has_at_most_80_characters() {
        let mut long = button("a");
        long["label"] = json!("l".repeat(81));
        assert!(codes(json!([{"type": 1, "components": [long]}])).contains("BASE_TYPE_MAX_LENGTH"));
    }
}
