//! Checks requests and answers against Discord's own OpenAPI description, where there is one.
//! Knows nothing of the world: it sees methods, routes and JSON.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use jsonschema::{Registry, Validator};
use serde_json::{Value, json};

/// The name under which the description's parts refer to each other.
const ROOT: &str = "https://sandbox.invalid/openapi.json";
/// Violations told of one request or answer.
const TOLD: usize = 5;

/// A description, with a validator for each part of it that has been asked for.
pub(crate) struct Schema {
    document: Value,
    registry: Registry<'static>,
    validators: Mutex<HashMap<String, Option<Arc<Validator>>>>,
}

/// Every description that this process has read; each takes a while to read and is never changed.
fn known() -> &'static Mutex<HashMap<PathBuf, Option<Arc<Schema>>>> {
    static KNOWN: OnceLock<Mutex<HashMap<PathBuf, Option<Arc<Schema>>>>> = OnceLock::new();
    KNOWN.get_or_init(Mutex::default)
}

impl Schema {
    /// Reads a description, once a process. `None`, with a warning, when it cannot be read.
    pub fn load(path: &Path) -> Option<Arc<Self>> {
        let mut known = known().lock().unwrap_or_else(PoisonError::into_inner);
        let entry = known.entry(path.to_owned()).or_insert_with(|| match Self::read(path) {
            Ok(schema) => Some(Arc::new(schema)),
            Err(error) => {
                tracing::warn!(path = %path.display(), %error, "requests are not checked: no OpenAPI description");
                None
            }
        });
        entry.clone()
    }

    fn read(path: &Path) -> Result<Self, Box<dyn std::error::Error>> {
        Self::new(serde_json::from_slice(&std::fs::read(path)?)?)
    }

    fn new(document: Value) -> Result<Self, Box<dyn std::error::Error>> {
        let registry = Registry::new().add(ROOT, document.clone())?.prepare()?;
        Ok(Self {
            document,
            registry,
            validators: Mutex::default(),
        })
    }

    /// What is wrong with a request, in sentences that name it.
    pub fn check_request(
        &self,
        method: &str,
        route: &str,
        params: &[(String, String)],
        query: &[(String, String)],
        body: &Value,
    ) -> Vec<String> {
        let method_key = method.to_lowercase();
        let mut found = Vec::new();
        for (place, given) in [("path", params), ("query", query)] {
            found.extend(self.check_parameters(route, &method_key, place, given));
        }
        let pointer = format!(
            "/paths/{}/{method_key}/requestBody/content/application~1json/schema",
            escape(route)
        );
        let is_described = self.document.pointer(&pointer).is_some();
        if is_described && (!body.is_null() || self.body_is_required(route, &method_key)) {
            found.extend(self.check(&pointer, &coerced(body.clone())));
        }
        found
            .iter()
            .map(|wrong| format!("{method} {route}: {wrong}"))
            .collect()
    }

    /// What is wrong with an answer.
    pub fn check_response(
        &self,
        method: &str,
        route: &str,
        status: u16,
        body: &Value,
    ) -> Vec<String> {
        let pointer = format!(
            "/paths/{}/{}/responses/{status}/content/application~1json/schema",
            escape(route),
            method.to_lowercase()
        );
        if self.document.pointer(&pointer).is_none() {
            return vec![format!("{method} {route}: no answer {status} is described")];
        }
        let found = self.check(&pointer, body);
        found
            .iter()
            .map(|wrong| format!("{method} {route} answered: {wrong}"))
            .collect()
    }

    fn body_is_required(&self, route: &str, method: &str) -> bool {
        self.document["paths"][route][method]["requestBody"]["required"]
            .as_bool()
            .unwrap_or(false)
    }

    /// Parameters of one place, each as text, against the schemas of the path and of the operation.
    fn check_parameters(
        &self,
        route: &str,
        method: &str,
        place: &str,
        given: &[(String, String)],
    ) -> Vec<String> {
        let mut found = Vec::new();
        let mut described = Vec::new();
        for owner in ["", method] {
            let owner = if owner.is_empty() {
                String::new()
            } else {
                format!("/{owner}")
            };
            let list = format!("/paths/{}{owner}/parameters", escape(route));
            let parameters = self.document.pointer(&list).and_then(Value::as_array);
            for (n, parameter) in parameters.into_iter().flatten().enumerate() {
                if parameter["in"] != json!(place) {
                    continue;
                }
                let name = parameter["name"].as_str().unwrap_or("");
                described.push(name.to_owned());
                let Some((_, text)) = given.iter().find(|(key, _)| key == name) else {
                    continue;
                };
                let value = as_json(text, &parameter["schema"]);
                let wrong = self.check(&format!("{list}/{n}/schema"), &value);
                found.extend(wrong.iter().map(|wrong| format!("{place} {name}: {wrong}")));
            }
        }
        let unknown = given
            .iter()
            .filter(|(key, _)| place == "query" && !described.contains(key));
        found.extend(unknown.map(|(key, _)| format!("query {key}: no such parameter")));
        found
    }

    fn check(&self, pointer: &str, value: &Value) -> Vec<String> {
        let Some(validator) = self.validator(pointer) else {
            return Vec::new();
        };
        let errors = validator.iter_errors(value).take(TOLD);
        errors
            .map(|error| format!("{} at `{}`", error, error.instance_path()))
            .collect()
    }

    fn validator(&self, pointer: &str) -> Option<Arc<Validator>> {
        let mut validators = self
            .validators
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = validators.get(pointer) {
            return known.clone();
        }
        let escaped: String = pointer.replace('{', "%7B").replace('}', "%7D");
        let schema = json!({"$ref": format!("{ROOT}#{escaped}")});
        let built = jsonschema::options()
            .with_registry(&self.registry)
            .build(&schema);
        let built = match built {
            Ok(validator) => Some(Arc::new(validator)),
            Err(error) => {
                tracing::warn!(pointer, %error, "this part of the description cannot be used");
                None
            }
        };
        validators.insert(pointer.to_owned(), built.clone());
        built
    }
}

/// A body as Discord reads it: its documentation lets permissions be text, and the number of a new file a number, though
/// its description says otherwise.
fn coerced(mut body: Value) -> Value {
    match &mut body {
        Value::Array(list) => list
            .iter_mut()
            .for_each(|item| *item = coerced(item.take())),
        Value::Object(fields) => {
            for (key, value) in fields.iter_mut() {
                match (key.as_str(), &*value) {
                    ("default_member_permissions", Value::String(bits)) => {
                        *value = bits.parse::<u64>().map_or(json!(bits), |bits| json!(bits));
                    }
                    ("attachments", Value::Array(files)) => {
                        *value = files.iter().cloned().map(with_id_as_text).collect();
                    }
                    _ => *value = coerced(value.take()),
                }
            }
        }
        _ => {}
    }
    body
}

fn with_id_as_text(mut file: Value) -> Value {
    if let Some(id) = file["id"].as_u64() {
        file["id"] = json!(id.to_string());
    }
    file
}

/// A route as one step of a JSON pointer (RFC 6901).
fn escape(route: &str) -> String {
    route.replace('~', "~0").replace('/', "~1")
}

/// A parameter's text as the JSON that its schema speaks of.
fn as_json(text: &str, schema: &Value) -> Value {
    let wants_text = schema["type"] == json!("string") || schema["$ref"].is_string();
    if wants_text {
        return json!(text);
    }
    serde_json::from_str(text).unwrap_or_else(|_| json!(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn schema() -> Schema {
        let id =
            json!({"name": "pot_id", "in": "path", "schema": {"$ref": "#/components/schemas/Id"}});
        let limit =
            json!({"name": "limit", "in": "query", "schema": {"type": "integer", "maximum": 9}});
        let body = json!({"required": true, "content": {"application/json": {"schema": {
            "type": "object", "required": ["lid"], "properties": {"lid": {"type": "boolean"}},
        }}}});
        Schema::new(json!({
            "paths": {"/pots/{pot_id}": {
                "parameters": [id],
                "post": {"parameters": [limit], "requestBody": body},
            }},
            "components": {"schemas": {"Id": {"type": "string", "pattern": "^[0-9]+$"}}},
        }))
        .unwrap()
    }

    fn check(id: &str, query: &[(&str, &str)], body: Value) -> String {
        let pairs = |pairs: &[(&str, &str)]| -> Vec<_> {
            pairs
                .iter()
                .map(|(key, value)| (key.to_string(), value.to_string()))
                .collect()
        };
        let params = pairs(&[("pot_id", id)]);
        schema()
            .check_request("POST", "/pots/{pot_id}", &params, &pairs(query), &body)
            .join("; ")
    }

    #[test]
    fn a_request_as_described_passes() {
        assert_eq!(check("7", &[("limit", "9")], json!({"lid": true})), "");
    }

    #[test]
    fn what_discord_reads_though_it_is_described_otherwise_is_read_so() {
        let body =
            json!([{"default_member_permissions": "8", "data": {"attachments": [{"id": 0}]}}]);
        let read =
            json!([{"default_member_permissions": 8, "data": {"attachments": [{"id": "0"}]}}]);
        assert_eq!(coerced(body), read);
    }

    #[test]
    fn path_query_and_body_are_each_checked() {
        assert!(check("x", &[], json!({"lid": true})).contains("path pot_id"));
        assert!(check("7", &[("limit", "10")], json!({"lid": true})).contains("query limit"));
        assert!(check("7", &[("size", "1")], json!({"lid": true})).contains("no such parameter"));
        assert!(check("7", &[], json!({"lid": "yes"})).contains("/lid"));
        assert!(check("7", &[], Value::Null).contains("POST /pots/{pot_id}"));
    }
}
