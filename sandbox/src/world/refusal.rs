//! How Discord says no: status, code, sentence and, for a form, the errors by field.
//!
//! Codes and sentences: Discord's documentation, "Opcodes and Status Codes", "JSON Error Codes".

use serde_json::{Map, Value, json};

/// A request that broke a rule.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{status} {code}: {message}")]
pub struct Refusal {
    /// The HTTP status.
    pub status: u16,
    /// Discord's own code; 0 where it has none.
    pub code: u32,
    /// Discord's sentence.
    pub message: String,
    /// What is wrong with which field, nested as the request is.
    pub errors: Option<Value>,
}

impl Refusal {
    fn new(status: u16, code: u32, message: &str) -> Self {
        Self {
            status,
            code,
            message: message.to_owned(),
            errors: None,
        }
    }

    /// The JSON body of the answer.
    #[must_use]
    pub fn body(&self) -> Value {
        let mut body = json!({"message": self.message, "code": self.code});
        if let Some(errors) = &self.errors {
            body["errors"] = errors.clone();
        }
        body
    }

    /// The same of a form that lies in a field of another.
    pub(crate) fn within(mut self, field: &str) -> Self {
        self.errors = self.errors.map(|errors| json!({field: errors}));
        self
    }

    /// 50035 for one field.
    pub(crate) fn field(path: &str, code: &str, message: impl Into<String>) -> Self {
        let mut errors = FieldErrors::default();
        errors.add(path, code, message);
        errors.into_refusal()
    }
}

macro_rules! refusals {
    ($($name:ident = $status:literal, $code:literal, $message:literal;)*) => {
        impl Refusal {
            $(pub(crate) fn $name() -> Self { Self::new($status, $code, $message) })*
        }
    };
}

refusals! {
    unauthorized = 401, 0, "401: Unauthorized";
    not_found = 404, 0, "404: Not Found";
    method_not_allowed = 405, 0, "405: Method Not Allowed";
    unknown_channel = 404, 10003, "Unknown Channel";
    unknown_guild = 404, 10004, "Unknown Guild";
    unknown_member = 404, 10007, "Unknown Member";
    unknown_message = 404, 10008, "Unknown Message";
    unknown_user = 404, 10013, "Unknown User";
    unknown_webhook = 404, 10015, "Unknown Webhook";
    unknown_emoji = 400, 10014, "Unknown Emoji";
    unknown_interaction = 404, 10062, "Unknown interaction";
    unknown_command = 404, 10063, "Unknown application command";
    too_many_reactions = 400, 30010, "Maximum number of reactions reached (20)";
    too_large = 413, 40005, "Request entity too large";
    already_acknowledged = 400, 40060, "Interaction has already been acknowledged.";
    missing_access = 403, 50001, "Missing Access";
    not_the_author = 403, 50005, "Cannot edit a message authored by another user";
    empty_message = 400, 50006, "Cannot send an empty message";
    cannot_message_user = 403, 50007, "Cannot send messages to this user";
    no_text_channel = 400, 50008, "Cannot send messages in a non-text channel";
    missing_permissions = 403, 50013, "Missing Permissions";
    bulk_delete_count = 400, 50016, "Provided too few or too many messages to delete. Must provide at least 2 and fewer than 100 messages to delete";
    system_message = 403, 50021, "Cannot execute action on a system message";
    wrong_channel_type = 400, 50024, "Cannot execute action on this channel type";
    too_old_for_bulk_delete = 400, 50034, "You can only bulk delete messages that are under 14 days old.";
    invalid_webhook_token = 401, 50027, "Invalid Webhook Token";
    invalid_form = 400, 50035, "Invalid Form Body";
    thread_archived = 400, 50083, "Thread is archived";
    invalid_json = 400, 50109, "The request body contains invalid JSON.";
    reply_without_history = 403, 160002, "Cannot reply without permission to read message history";
    thread_exists = 400, 160004, "A thread has already been created for this message";
    thread_locked = 400, 160005, "Thread is locked";
}

/// Errors by field, gathered in one pass and nested as Discord nests them.
#[derive(Debug, Default)]
pub(crate) struct FieldErrors(Map<String, Value>);

impl FieldErrors {
    /// Notes an error at a dotted path such as `embeds.0.title`.
    pub fn add(&mut self, path: &str, code: &str, message: impl Into<String>) {
        let mut place = &mut self.0;
        for key in path.split('.') {
            let next = place.entry(key).or_insert_with(|| json!({}));
            let Value::Object(inner) = next else { return };
            place = inner;
        }
        let list = place.entry("_errors").or_insert_with(|| json!([]));
        if let Value::Array(list) = list {
            list.push(json!({"code": code, "message": message.into()}));
        }
    }

    /// Notes a text that is too long, counted in Unicode code points.
    pub fn check_length(&mut self, path: &str, text: &str, most: usize) {
        if text.chars().count() > most {
            self.add(
                path,
                "BASE_TYPE_MAX_LENGTH",
                format!("Must be {most} or fewer in length."),
            );
        }
    }

    /// Notes a text that is too short or too long, counted in Unicode code points.
    pub fn check_bounds(&mut self, path: &str, text: &str, least: usize, most: usize) {
        if !(least..=most).contains(&text.chars().count()) {
            let sentence = format!("Must be between {least} and {most} in length.");
            self.add(path, "BASE_TYPE_BAD_LENGTH", sentence);
        }
    }

    /// Nothing wrong, or everything that is.
    pub fn finish(self) -> Result<(), Refusal> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(self.into_refusal())
        }
    }

    fn into_refusal(self) -> Refusal {
        Refusal {
            errors: Some(Value::Object(self.0)),
            ..Refusal::invalid_form()
        }
    }
}
