//! A bot with commands, answered by hand.

use serde_json::{Value, json};

use super::{Gateway, Kitchen};

/// What the kitchen's bot offers.
pub fn offered() -> Value {
    let dish = json!({"type": 3, "name": "dish", "description": "What?", "required": true,
        "autocomplete": true, "max_length": 20});
    let size = json!({"type": 4, "name": "size", "description": "For how many?",
        "min_value": 1, "max_value": 8});
    let spice = json!({"type": 3, "name": "spice", "description": "How hot?",
        "choices": [{"name": "Not at all", "value": "none"}, {"name": "Very", "value": "hot"}]});
    let cook = json!({"type": 6, "name": "cook", "description": "Who?"});
    let place = json!({"type": 7, "name": "place", "description": "Where?", "channel_types": [0]});
    let chilled = json!({"type": 5, "name": "chilled", "description": "Cold?"});
    let list = json!({"type": 11, "name": "file", "description": "A list.", "required": true});
    json!([
        {"name": "order", "description": "Orders a dish.",
            "options": [dish, size, spice, cook, place, chilled]},
        {"name": "menu", "description": "The menu.", "options": [
            {"type": 1, "name": "show", "description": "Shows it."},
            {"type": 1, "name": "import", "description": "Reads it.", "options": [list]},
        ]},
        {"name": "close", "description": "Closes the kitchen.", "default_member_permissions": "8192"},
        {"name": "Save recipe", "type": 3},
        {"name": "Praise", "type": 2},
    ])
}

/// An interaction as the bot got it, to be answered.
pub struct Heard<'a> {
    kitchen: &'a Kitchen,
    pub event: Value,
}

impl Kitchen {
    /// Registers the commands, and connects.
    pub async fn serving(&self) -> Gateway {
        let path = format!("/applications/{}/commands", self.bot.id());
        let (status, answer) = self.rest.send("PUT", &path, offered()).await;
        assert_eq!(status, 200, "{answer}");
        self.gateway().await
    }

    /// The next event, which must be an interaction.
    pub async fn heard(&self, gateway: &mut Gateway) -> Heard<'_> {
        let event = gateway.event("INTERACTION_CREATE").await;
        Heard {
            kitchen: self,
            event,
        }
    }
}

impl Heard<'_> {
    pub fn path(&self) -> String {
        let text = |key: &str| self.event[key].as_str().unwrap();
        format!("/interactions/{}/{}/callback", text("id"), text("token"))
    }

    /// The path below this interaction's webhook.
    pub fn webhook(&self, rest: &str) -> String {
        let text = |key: &str| self.event[key].as_str().unwrap();
        format!(
            "/webhooks/{}/{}{rest}",
            text("application_id"),
            text("token")
        )
    }

    /// Answers, and tells what Discord says to it.
    pub async fn answer(&self, kind: u64, data: Value) -> (u16, Value) {
        let body = match data {
            Value::Null => json!({"type": kind}),
            data => json!({"type": kind, "data": data}),
        };
        let nobody = self.kitchen.rest.clone().with_token("");
        nobody.post(&self.path(), body).await
    }

    pub async fn says(&self, content: &str) {
        let (status, refused) = self.answer(4, json!({"content": content})).await;
        assert_eq!(status, 204, "{refused}");
    }

    pub async fn whispers(&self, content: &str) {
        let data = json!({"content": content, "flags": 64});
        let (status, refused) = self.answer(4, data).await;
        assert_eq!(status, 204, "{refused}");
    }

    /// Sends to this interaction's webhook.
    pub async fn send(&self, method: &str, rest: &str, body: Value) -> (u16, Value) {
        self.kitchen
            .rest
            .send(method, &self.webhook(rest), body)
            .await
    }
}
