//! A change to a message as somebody wants to make it, held to the same limits as a new one.

use serde_json::Value;

use super::draft::{
    SETTABLE_FLAGS, Upload, check_sizes, content, flags, note_id, uploads_with_notes,
};
use super::mentions::AllowedMentions;
use super::refusal::{FieldErrors, Refusal};
use super::{components, embeds};
use crate::time::Snowflake;

/// A change to a message; what is `None` stays as it is.
#[derive(Debug, Clone, Default)]
pub(crate) struct Revision {
    pub content: Option<String>,
    pub embeds: Option<Vec<Value>>,
    pub components: Option<Vec<Value>>,
    /// The attachments that stay, by id.
    pub kept_attachments: Option<Vec<Snowflake>>,
    pub uploads: Vec<Upload>,
    pub allowed_mentions: Option<AllowedMentions>,
    pub flags: Option<u64>,
}

impl Revision {
    /// A change of nothing but text, as people make it.
    pub fn of_text(text: &str) -> Self {
        Self {
            content: Some(text.trim().to_owned()),
            ..Self::default()
        }
    }

    /// Reads and checks the body of "Edit Message".
    pub fn parse(body: &Value, uploads: Vec<Upload>) -> Result<Self, Refusal> {
        let mut errors = FieldErrors::default();
        let given = |key: &str| body.get(key).is_some();
        let revision = Self {
            content: content(body, &mut errors).or(given("content").then(String::new)),
            embeds: embeds::parse(&body["embeds"], &mut errors).or(given("embeds").then(Vec::new)),
            components: components::parse(&body["components"], flags(body), &mut errors)
                .or(given("components").then(Vec::new)),
            kept_attachments: kept_attachments(&body["attachments"]),
            uploads: uploads_with_notes(uploads, &body["attachments"], &mut errors),
            allowed_mentions: AllowedMentions::parse(&body["allowed_mentions"], &mut errors),
            flags: body["flags"].as_u64().map(|flags| flags & SETTABLE_FLAGS),
        };
        errors.finish()?;
        check_sizes(&revision.uploads)?;
        Ok(revision)
    }

    /// Whether it changes anything that only the author may change.
    pub fn touches_more_than_flags(&self) -> bool {
        self.content.is_some()
            || self.embeds.is_some()
            || self.components.is_some()
            || self.kept_attachments.is_some()
            || !self.uploads.is_empty()
    }
}

fn kept_attachments(notes: &Value) -> Option<Vec<Snowflake>> {
    Some(notes.as_array()?.iter().filter_map(note_id).collect())
}
