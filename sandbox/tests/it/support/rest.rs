//! REST without a library.

use reqwest::{Method, Response};
use sandbox::{Bot, Sandbox};
use serde_json::Value;

/// Somebody with a token.
#[derive(Clone)]
pub struct Rest {
    client: reqwest::Client,
    root: String,
    token: String,
}

impl Rest {
    pub fn new(discord: &Sandbox, bot: &Bot) -> Self {
        let root = format!("{}/api/v10", discord.url());
        Self {
            client: reqwest::Client::new(),
            root,
            token: format!("Bot {}", bot.token()),
        }
    }

    pub fn with_token(mut self, token: &str) -> Self {
        self.token = token.to_owned();
        self
    }

    /// Sends a request, and returns what came back, if anything did.
    pub async fn try_send(
        &self,
        method: &str,
        path: &str,
        body: Value,
    ) -> reqwest::Result<Response> {
        let method: Method = method.parse().unwrap();
        let request = self.client.request(method, format!("{}{path}", self.root));
        let request = request.header("authorization", &self.token);
        let request = if body.is_null() {
            request
        } else {
            request.json(&body)
        };
        request.send().await
    }

    pub async fn send(&self, method: &str, path: &str, body: Value) -> (u16, Value) {
        let response = self.try_send(method, path, body).await.unwrap();
        let status = response.status().as_u16();
        let text = response.text().await.unwrap();
        (status, serde_json::from_str(&text).unwrap_or(Value::Null))
    }

    pub async fn get(&self, path: &str) -> (u16, Value) {
        self.send("GET", path, Value::Null).await
    }

    pub async fn post(&self, path: &str, body: Value) -> (u16, Value) {
        self.send("POST", path, body).await
    }

    /// Sends a form with one file.
    pub async fn post_file(
        &self,
        path: &str,
        json: Value,
        name: &str,
        bytes: Vec<u8>,
    ) -> (u16, Value) {
        let part = reqwest::multipart::Part::bytes(bytes).file_name(name.to_owned());
        let form = reqwest::multipart::Form::new()
            .text("payload_json", json.to_string())
            .part("files[0]", part);
        let request = self.client.post(format!("{}{path}", self.root));
        let response = request
            .header("authorization", &self.token)
            .multipart(form)
            .send()
            .await
            .unwrap();
        (response.status().as_u16(), response.json().await.unwrap())
    }
}

/// The first error of a field, by its dotted path.
pub fn error_at(body: &Value, path: &str) -> String {
    let field = path
        .split('.')
        .fold(&body["errors"], |value, key| &value[key]);
    field["_errors"][0]["code"]
        .as_str()
        .unwrap_or_default()
        .to_owned()
}
