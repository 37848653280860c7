//! Forms: what a bot may ask for, and what a person may hand in.
//!
//! Source: Discord's documentation, "Modal" and "Component Reference", "Text Input".

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::origin::Origin;
use super::{Deed, FirstAnswer, kind};
use crate::time::Snowflake;
use crate::world::World;
use crate::world::refusal::{FieldErrors, Refusal};

const ACTION_ROW: u64 = 1;
const TEXT_INPUT: u64 = 4;
const LABEL: u64 = 18;
const TITLE_MAX: usize = 45;
const LABEL_MAX: usize = 45;
const PLACEHOLDER_MAX: usize = 100;
/// Characters of what is handed in for one field.
const VALUE_MAX: u64 = 4_000;
const FIELDS_MAX: usize = 5;

/// A field of a form, in either of its two shapes: a row with an input that bears its label, or a label around an input.
struct Field<'a> {
    label: &'a str,
    input: &'a Value,
}

/// Checks a form as a bot sends it.
pub(super) fn parse(data: &Value) -> Result<Value, Refusal> {
    let mut errors = FieldErrors::default();
    let text = |key: &str| data[key].as_str().unwrap_or("");
    errors.check_bounds("title", text("title"), 1, TITLE_MAX);
    errors.check_bounds("custom_id", text("custom_id"), 1, 100);
    let rows = data["components"].as_array().map_or(&[][..], Vec::as_slice);
    if !(1..=FIELDS_MAX).contains(&rows.len()) {
        let sentence = format!("Must be between 1 and {FIELDS_MAX} in length.");
        errors.add("components", "BASE_TYPE_BAD_LENGTH", sentence);
    }
    let mut custom_ids = BTreeSet::new();
    for (n, row) in rows.iter().enumerate() {
        let path = format!("components.{n}");
        let Some(field) = field_of(row) else {
            let sentence = "The sandbox's forms hold text inputs, one in a row or in a label.";
            errors.add(&path, "BASE_TYPE_CHOICES", sentence);
            continue;
        };
        check_field(&path, &field, &mut errors);
        if !custom_ids.insert(field.input["custom_id"].as_str().unwrap_or("")) {
            let sentence = "Component custom id cannot be duplicated";
            errors.add(&path, "COMPONENT_CUSTOM_ID_DUPLICATED", sentence);
        }
    }
    errors.finish()?;
    Ok(data.clone())
}

fn field_of(row: &Value) -> Option<Field<'_>> {
    let (label, input) = match row["type"].as_u64()? {
        ACTION_ROW if row["components"].as_array()?.len() == 1 => {
            let input = &row["components"][0];
            (&input["label"], input)
        }
        LABEL => (&row["label"], &row["component"]),
        _ => return None,
    };
    let is_text = input["type"] == json!(TEXT_INPUT);
    is_text.then_some(Field {
        label: label.as_str().unwrap_or(""),
        input,
    })
}

fn check_field(path: &str, field: &Field<'_>, errors: &mut FieldErrors) {
    let input = field.input;
    let text = |key: &str| input[key].as_str().unwrap_or("");
    errors.check_bounds(&format!("{path}.label"), field.label, 1, LABEL_MAX);
    errors.check_bounds(&format!("{path}.custom_id"), text("custom_id"), 1, 100);
    errors.check_length(
        &format!("{path}.placeholder"),
        text("placeholder"),
        PLACEHOLDER_MAX,
    );
    if !matches!(input["style"].as_u64(), Some(1 | 2)) {
        let sentence = "Value must be one of {1, 2}.";
        errors.add(&format!("{path}.style"), "BASE_TYPE_CHOICES", sentence);
    }
    let (least, most) = bounds(input);
    let fits = least <= VALUE_MAX && (1..=VALUE_MAX).contains(&most) && least <= most;
    if !fits {
        let sentence = "Must be between 0 and 4000, the least at most the most.";
        errors.add(&format!("{path}.min_length"), "NUMBER_TYPE_MAX", sentence);
    }
    let value = text("value");
    let length = value.chars().count() as u64;
    if !value.is_empty() && !(least..=most).contains(&length) {
        errors.check_bounds(
            &format!("{path}.value"),
            value,
            least as usize,
            most as usize,
        );
    }
}

/// The least and the most characters that may be handed in.
fn bounds(input: &Value) -> (u64, u64) {
    let least = input["min_length"].as_u64().unwrap_or(0);
    (least, input["max_length"].as_u64().unwrap_or(VALUE_MAX))
}

impl World {
    /// What it is to hand in the form that an interaction brought. Fields that are not named keep what was in them.
    pub fn modal_deed(&self, of: Snowflake, filled: &[(&str, &str)]) -> Result<Deed, String> {
        let trigger = self.interactions.get(&of).ok_or("there is no form")?;
        let Some(FirstAnswer::Modal(form)) = &trigger.answer else {
            return Err("there is no form".to_owned());
        };
        let rows = form["components"].as_array().map_or(&[][..], Vec::as_slice);
        let fields: Vec<Field<'_>> = rows.iter().filter_map(field_of).collect();
        let unknown = filled
            .iter()
            .find(|(name, _)| !fields.iter().any(|field| field.is_called(name)));
        if let Some((name, _)) = unknown {
            return Err(format!("the form has no field `{name}`"));
        }
        let mut handed_in = Vec::new();
        for (n, (row, field)) in rows.iter().zip(&fields).enumerate() {
            let given = filled.iter().find(|(name, _)| field.is_called(name));
            let kept = field.input["value"].as_str().unwrap_or("");
            let text = given.map_or(kept, |(_, text)| text);
            field.check(text)?;
            handed_in.push(field.handed_in(row, n, text));
        }
        let data = json!({"custom_id": form["custom_id"], "components": handed_in});
        Ok(Deed {
            kind: kind::MODAL,
            bot: trigger.deed.bot,
            user: trigger.deed.user,
            channel: trigger.deed.channel,
            words: format!("[{}]", form["title"].as_str().unwrap_or("")),
            data,
            attachments: Vec::new(),
            message: trigger.deed.message,
            origin: Origin::Modal { of },
        })
    }
}

impl Field<'_> {
    fn is_called(&self, name: &str) -> bool {
        self.label == name || self.input["custom_id"] == json!(name)
    }

    fn check(&self, text: &str) -> Result<(), String> {
        let label = self.label;
        if text.is_empty() {
            let is_required = self.input["required"].as_bool().unwrap_or(true);
            return match is_required {
                true => Err(format!("`{label}` is required")),
                false => Ok(()),
            };
        }
        let (least, most) = bounds(self.input);
        let length = text.chars().count() as u64;
        if (least..=most).contains(&length) {
            return Ok(());
        }
        Err(format!(
            "`{label}` takes {least} to {most} characters, not {length}"
        ))
    }

    /// The field as it is told to the bot: in the shape in which it was asked for, numbered as Discord numbers components.
    fn handed_in(&self, row: &Value, n: usize, text: &str) -> Value {
        let id = 2 * n + 1;
        let input = json!({
            "type": TEXT_INPUT,
            "id": id + 1,
            "custom_id": self.input["custom_id"],
            "value": text,
        });
        match row["type"] == json!(LABEL) {
            true => json!({"type": LABEL, "id": id, "component": input}),
            false => json!({"type": ACTION_ROW, "id": id, "components": [input]}),
        }
    }
}

/// A field as a person sees it: label, custom id and the input itself.
pub(crate) fn fields(form: &Value) -> Vec<(String, Value)> {
    let rows = form["components"].as_array().into_iter().flatten();
    let fields = rows.filter_map(field_of);
    fields
        .map(|field| (field.label.to_owned(), field.input.clone()))
        .collect()
}
