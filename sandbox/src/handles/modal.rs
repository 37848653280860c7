//! Forms as people see them.

use serde_json::Value;

use super::person::Person;
use super::used::Used;
use crate::time::Snowflake;
use crate::world::interactions::modal;

/// A form that a bot shows.
#[derive(Clone)]
pub struct Modal {
    /// What stands above it.
    pub title: String,
    /// What the bot knows it by.
    pub custom_id: String,
    /// What is to be filled in, from top to bottom.
    pub fields: Vec<ModalField>,
    person: Person,
    of: Snowflake,
}

/// A field of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModalField {
    /// What stands beside it.
    pub label: String,
    /// What the bot knows it by.
    pub custom_id: String,
    /// What is in it already.
    pub value: String,
    /// What is shown while nothing is in it.
    pub placeholder: String,
    /// Whether it must be filled in.
    pub required: bool,
}

impl Modal {
    pub(super) fn new(person: Person, of: Snowflake, form: &Value) -> Self {
        let text = |value: &Value| value.as_str().unwrap_or("").to_owned();
        let fields = modal::fields(form);
        let fields = fields.into_iter().map(|(label, input)| ModalField {
            label,
            custom_id: text(&input["custom_id"]),
            value: text(&input["value"]),
            placeholder: text(&input["placeholder"]),
            required: input["required"].as_bool().unwrap_or(true),
        });
        Self {
            title: text(&form["title"]),
            custom_id: text(&form["custom_id"]),
            fields: fields.collect(),
            person,
            of,
        }
    }

    /// Hands it in with these fields filled in, called by label or custom id. The others keep what was in them.
    ///
    /// # Panics
    ///
    /// When there is no such field, or one does not take what is in it.
    pub async fn submits(&self, filled: &[(&str, &str)]) -> Used {
        let of = self.of;
        self.person
            .acts(&self.title, |world| world.modal_deed(of, filled))
            .await
    }
}
