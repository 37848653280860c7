//! Embeds: their limits, and the shape in which Discord gives them back.
//!
//! Source: Discord's documentation, "Message", "Embed Limits".

use serde_json::{Map, Value, json};

use super::refusal::FieldErrors;

const EMBEDS_MAX: usize = 10;
const FIELDS_MAX: usize = 25;
/// All texts of all embeds of one message together.
const TEXT_MAX: usize = 6_000;

/// Checks a list of embeds and makes it what Discord would show; `None` where there is no list.
pub(crate) fn parse(value: &Value, errors: &mut FieldErrors) -> Option<Vec<Value>> {
    let list = value.as_array()?;
    if list.len() > EMBEDS_MAX {
        errors.add(
            "embeds",
            "BASE_TYPE_MAX_LENGTH",
            "Must be 10 or fewer in length.",
        );
    }
    for (n, embed) in list.iter().enumerate() {
        check(&format!("embeds.{n}"), embed, errors);
    }
    if list.iter().map(text_length).sum::<usize>() > TEXT_MAX {
        let sentence = "Embed size exceeds maximum size of 6000";
        errors.add("embeds", "MAX_EMBED_SIZE_EXCEEDED", sentence);
    }
    Some(list.iter().map(as_shown).collect())
}

fn check(path: &str, embed: &Value, errors: &mut FieldErrors) {
    let texts = [
        ("title", &embed["title"], 256),
        ("description", &embed["description"], 4_096),
        ("footer.text", &embed["footer"]["text"], 2_048),
        ("author.name", &embed["author"]["name"], 256),
    ];
    for (key, text, most) in texts {
        errors.check_length(&format!("{path}.{key}"), text.as_str().unwrap_or(""), most);
    }
    check_link(&format!("{path}.url"), &embed["url"], errors);
    check_fields(&format!("{path}.fields"), &embed["fields"], errors);
    if is_empty(embed) {
        errors.add(
            &format!("{path}.description"),
            "BASE_TYPE_REQUIRED",
            "This field is required",
        );
    }
    if embed["color"]
        .as_u64()
        .is_some_and(|colour| colour > 0xFF_FFFF)
    {
        let sentence = "int value should be less than or equal to 16777215.";
        errors.add(&format!("{path}.color"), "NUMBER_TYPE_MAX", sentence);
    }
}

fn check_fields(path: &str, fields: &Value, errors: &mut FieldErrors) {
    let Some(fields) = fields.as_array() else {
        return;
    };
    if fields.len() > FIELDS_MAX {
        errors.add(
            path,
            "BASE_TYPE_MAX_LENGTH",
            "Must be 25 or fewer in length.",
        );
    }
    for (n, field) in fields.iter().enumerate() {
        for (key, most) in [("name", 256), ("value", 1_024)] {
            let text = field[key].as_str().unwrap_or("");
            let path = format!("{path}.{n}.{key}");
            errors.check_length(&path, text, most);
            if text.trim().is_empty() {
                errors.add(&path, "BASE_TYPE_REQUIRED", "This field is required");
            }
        }
    }
}

fn check_link(path: &str, link: &Value, errors: &mut FieldErrors) {
    let Some(link) = link.as_str() else { return };
    if !link.starts_with("http://") && !link.starts_with("https://") {
        let sentence = "Scheme must be one of ('http', 'https').";
        errors.add(path, "URL_TYPE_INVALID_SCHEME", sentence);
    }
}

fn is_empty(embed: &Value) -> bool {
    let shows = [
        "title",
        "description",
        "fields",
        "footer",
        "author",
        "image",
        "thumbnail",
    ];
    !shows.iter().any(|key| match &embed[*key] {
        Value::Null => false,
        Value::String(text) => !text.trim().is_empty(),
        Value::Array(list) => !list.is_empty(),
        _ => true,
    })
}

fn text_length(embed: &Value) -> usize {
    let count = |text: &Value| text.as_str().map_or(0, |text| text.trim().chars().count());
    let fields = embed["fields"].as_array().into_iter().flatten();
    count(&embed["title"])
        + count(&embed["description"])
        + count(&embed["footer"]["text"])
        + count(&embed["author"]["name"])
        + fields
            .map(|field| count(&field["name"]) + count(&field["value"]))
            .sum::<usize>()
}

/// Without nulls, of type `rich`, each field with its `inline`.
fn as_shown(embed: &Value) -> Value {
    let mut shown = without_nulls(embed);
    if let Value::Object(shown) = &mut shown {
        shown.insert("type".into(), json!("rich"));
        if let Some(Value::Array(fields)) = shown.get_mut("fields") {
            fields.iter_mut().for_each(|field| {
                if field["inline"].is_null() {
                    field["inline"] = json!(false);
                }
            });
        }
    }
    shown
}

fn without_nulls(value: &Value) -> Value {
    match value {
        Value::Object(map) => Value::Object(
            map.iter()
                .filter(|(_, value)| !value.is_null())
                .map(|(key, value)| (key.clone(), without_nulls(value)))
                .collect::<Map<_, _>>(),
        ),
        Value::Array(list) => Value::Array(list.iter().map(without_nulls).collect()),
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn errors_of(embeds: Value) -> Value {
        let mut errors = FieldErrors::default();
        parse(&embeds, &mut errors);
        errors
            .finish()
            .err()
            .and_then(|r| r.errors)
            .unwrap_or(Value::Null)
    }

    #[test]
    fn each_text_of_an_embed_has_its_own_limit() {
        assert!(errors_of(json!([{"description": "d".repeat(4_096)}])).is_null());
        let errors =
            errors_of(json!([{"title": "t".repeat(257), "description": "d".repeat(4_097)}]));
        assert!(errors["embeds"]["0"]["title"]["_errors"].is_array());
        assert!(errors["embeds"]["0"]["description"]["_errors"].is_array());
    }

    #[test]
    fn all_embeds_of_a_message_share_6000_characters() {
        let embed = json!({"description": "d".repeat(3_001)});
        let errors = errors_of(json!([embed, embed]));
        assert_eq!(
            errors["embeds"]["_errors"][0]["code"],
            "MAX_EMBED_SIZE_EXCEEDED"
        );
    }

    #[test]
    fn an_embed_that_shows_nothing_is_refused() {
        assert!(!errors_of(json!([{"color": 3}])).is_null());
    }
}
