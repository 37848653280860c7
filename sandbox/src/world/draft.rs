//! A message as somebody wants to send it: parsed from JSON, with every limit of Discord checked in one pass.
//! Knows nothing of who sends it or where to.
//!
//! Lengths are counted in Unicode code points.

use serde_json::Value;

use super::mentions::AllowedMentions;
use super::refusal::{FieldErrors, Refusal};
use super::state::message_flag;
use super::{components, embeds};
use crate::time::Snowflake;

/// The most characters a message's content may have.
pub(crate) const CONTENT_MAX: usize = 2_000;
const NONCE_MAX: usize = 25;
const FILES_MAX: usize = 10;
/// What a server without boosts takes in one file.
const FILE_BYTES_MAX: usize = 10 * 1024 * 1024;
/// The flags that a sender may set.
pub(super) const SETTABLE_FLAGS: u64 = message_flag::SUPPRESS_EMBEDS
    | message_flag::SUPPRESS_NOTIFICATIONS
    | message_flag::COMPONENTS_V2;

/// A file that came with a message.
#[derive(Debug, Clone)]
pub(crate) struct Upload {
    /// The number in `files[n]`.
    pub index: u64,
    pub name: String,
    pub content_type: Option<String>,
    pub bytes: Vec<u8>,
    pub description: Option<String>,
}

impl Upload {
    /// A file of which no more is said than its name.
    pub fn named(name: &str, bytes: &[u8]) -> Self {
        Self {
            index: 0,
            name: name.to_owned(),
            content_type: None,
            bytes: bytes.to_vec(),
            description: None,
        }
    }
}

/// What a reply says about the message it answers.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ReplyTo {
    pub message: Snowflake,
    pub channel: Option<Snowflake>,
    /// Whether the whole message is refused when the one it answers is gone.
    pub must_exist: bool,
}

/// A new message that breaks no limit.
#[derive(Debug, Clone, Default)]
pub(crate) struct Draft {
    pub content: String,
    pub embeds: Vec<Value>,
    pub components: Vec<Value>,
    pub uploads: Vec<Upload>,
    pub reply_to: Option<ReplyTo>,
    pub allowed_mentions: Option<AllowedMentions>,
    pub nonce: Option<Value>,
    pub enforce_nonce: bool,
    pub flags: u64,
    pub tts: bool,
}

impl Draft {
    /// Reads and checks the body of "Create Message".
    pub fn parse(body: &Value, uploads: Vec<Upload>) -> Result<Self, Refusal> {
        let mut errors = FieldErrors::default();
        let draft = Self {
            content: content(body, &mut errors).unwrap_or_default(),
            embeds: embeds::parse(&body["embeds"], &mut errors).unwrap_or_default(),
            components: components::parse(&body["components"], flags(body), &mut errors)
                .unwrap_or_default(),
            uploads: uploads_with_notes(uploads, &body["attachments"], &mut errors),
            reply_to: reply_to(&body["message_reference"], &mut errors),
            allowed_mentions: AllowedMentions::parse(&body["allowed_mentions"], &mut errors),
            nonce: nonce(&body["nonce"], &mut errors),
            enforce_nonce: body["enforce_nonce"].as_bool().unwrap_or(false),
            flags: flags(body),
            tts: body["tts"].as_bool().unwrap_or(false),
        };
        draft.check_components_v2(&mut errors);
        errors.finish()?;
        check_sizes(&draft.uploads)?;
        if draft.is_empty() {
            return Err(Refusal::empty_message());
        }
        Ok(draft)
    }

    fn is_empty(&self) -> bool {
        self.content.is_empty()
            && self.embeds.is_empty()
            && self.components.is_empty()
            && self.uploads.is_empty()
    }

    fn check_components_v2(&self, errors: &mut FieldErrors) {
        if self.flags & message_flag::COMPONENTS_V2 == 0 {
            return;
        }
        let sentence = "The 'content' and 'embeds' fields cannot be used when using MessageFlags.IS_COMPONENTS_V2";
        if !self.content.is_empty() {
            errors.add(
                "content",
                "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
                sentence,
            );
        }
        if !self.embeds.is_empty() {
            errors.add(
                "embeds",
                "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
                sentence,
            );
        }
    }
}

/// Reads a snowflake out of JSON: a string of digits, as Discord demands.
pub(crate) fn snowflake(value: &Value) -> Option<Snowflake> {
    value.as_str()?.parse().ok()
}

pub(super) fn content(body: &Value, errors: &mut FieldErrors) -> Option<String> {
    match &body["content"] {
        Value::Null => None,
        Value::String(text) => {
            let text = text.trim();
            errors.check_length("content", text, CONTENT_MAX);
            Some(text.to_owned())
        }
        _ => {
            errors.add(
                "content",
                "STRING_TYPE_CONVERT",
                "Could not interpret value as string.",
            );
            None
        }
    }
}

pub(super) fn flags(body: &Value) -> u64 {
    body["flags"].as_u64().unwrap_or(0) & SETTABLE_FLAGS
}

fn nonce(value: &Value, errors: &mut FieldErrors) -> Option<Value> {
    match value {
        Value::Null => None,
        Value::String(text) => {
            errors.check_length("nonce", text, NONCE_MAX);
            Some(value.clone())
        }
        Value::Number(number) if number.is_i64() => Some(value.clone()),
        _ => {
            errors.add(
                "nonce",
                "NONCE_TYPE_INVALID",
                "Must be a string or an integer.",
            );
            None
        }
    }
}

fn reply_to(value: &Value, errors: &mut FieldErrors) -> Option<ReplyTo> {
    if value.is_null() {
        return None;
    }
    let message = snowflake(&value["message_id"]);
    if message.is_none() {
        errors.add(
            "message_reference.message_id",
            "NUMBER_TYPE_COERCE",
            "Value is not snowflake.",
        );
    }
    if value["type"].as_u64().unwrap_or(0) != 0 {
        errors.add(
            "message_reference.type",
            "BASE_TYPE_CHOICES",
            "The sandbox cannot forward messages.",
        );
    }
    Some(ReplyTo {
        message: message?,
        channel: snowflake(&value["channel_id"]),
        must_exist: value["fail_if_not_exists"].as_bool().unwrap_or(true),
    })
}

/// Gives each upload the name and description that `attachments` holds for it.
pub(super) fn uploads_with_notes(
    mut uploads: Vec<Upload>,
    notes: &Value,
    errors: &mut FieldErrors,
) -> Vec<Upload> {
    if uploads.len() > FILES_MAX {
        errors.add(
            "attachments",
            "BASE_TYPE_MAX_LENGTH",
            "Must be 10 or fewer in length.",
        );
    }
    for upload in &mut uploads {
        let own = notes
            .as_array()
            .into_iter()
            .flatten()
            .find(|note| note_id(note) == Some(upload.index));
        let Some(note) = own else { continue };
        if let Some(name) = note["filename"].as_str() {
            upload.name = name.to_owned();
        }
        upload.description = note["description"].as_str().map(str::to_owned);
    }
    for (n, upload) in uploads.iter().enumerate() {
        let path = format!("attachments.{n}.description");
        errors.check_length(&path, upload.description.as_deref().unwrap_or(""), 1_024);
    }
    uploads
}

/// The id of an attachment's note; clients write the number of a new file as text or as a number.
pub(super) fn note_id(note: &Value) -> Option<u64> {
    note["id"].as_u64().or_else(|| snowflake(&note["id"]))
}

pub(super) fn check_sizes(uploads: &[Upload]) -> Result<(), Refusal> {
    if uploads
        .iter()
        .any(|upload| upload.bytes.len() > FILE_BYTES_MAX)
    {
        return Err(Refusal::too_large());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_content_of_2000_characters_passes_and_one_more_is_refused() {
        assert!(Draft::parse(&json!({"content": "é".repeat(2_000)}), vec![]).is_ok());
        let refusal = Draft::parse(&json!({"content": "é".repeat(2_001)}), vec![]).unwrap_err();
        assert_eq!(refusal.code, 50035);
        assert_eq!(
            refusal.errors.unwrap()["content"]["_errors"][0],
            json!({"code": "BASE_TYPE_MAX_LENGTH", "message": "Must be 2000 or fewer in length."})
        );
    }

    #[test]
    fn a_message_of_nothing_but_blanks_is_empty() {
        let refusal = Draft::parse(&json!({"content": " \n "}), vec![]).unwrap_err();
        assert_eq!(refusal.code, 50006);
    }

    #[test]
    fn a_nonce_has_at_most_25_characters() {
        let refusal =
            Draft::parse(&json!({"content": "a", "nonce": "n".repeat(26)}), vec![]).unwrap_err();
        assert!(refusal.errors.unwrap()["nonce"].is_object());
    }

    #[test]
    fn a_file_gets_the_description_that_bears_its_number() {
        let upload = Upload {
            index: 3,
            name: "a.png".into(),
            content_type: None,
            bytes: vec![1],
            description: None,
        };
        let body = json!({"attachments": [{"id": "3", "description": "a chart"}]});
        let draft = Draft::parse(&body, vec![upload]).unwrap();
        assert_eq!(draft.uploads[0].description.as_deref(), Some("a chart"));
    }
}
