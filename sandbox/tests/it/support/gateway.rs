//! A gateway client without a library.

use futures_util::{SinkExt, StreamExt};
use sandbox::{Bot, Sandbox};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

use super::INTENTS;

/// A connection to the gateway, and what it has learnt of its session.
pub struct Gateway {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    token: String,
    pub hello: Value,
    pub session: String,
    pub seq: u64,
}

impl Gateway {
    /// Connects, and hears HELLO.
    pub async fn open(discord: &Sandbox, bot: &Bot) -> Self {
        let url = format!(
            "{}/?v=10&encoding=json",
            discord.url().replace("http", "ws")
        );
        let (socket, _) = tokio_tungstenite::connect_async(url).await.unwrap();
        let mut gateway = Self {
            socket,
            token: bot.token(),
            hello: Value::Null,
            session: String::new(),
            seq: 0,
        };
        gateway.hello = gateway.next().await.unwrap();
        gateway
    }

    /// Connects and identifies.
    pub async fn identified(discord: &Sandbox, bot: &Bot, intents: u64) -> Self {
        let mut gateway = Self::open(discord, bot).await;
        gateway.identify(intents, json!([0, 1])).await;
        gateway
    }

    /// Connects, identifies, and hears the whole greeting.
    pub async fn ready(discord: &Sandbox, bot: &Bot) -> Self {
        let mut gateway = Self::identified(discord, bot, INTENTS).await;
        let ready = gateway.event("READY").await;
        for _ in ready["guilds"].as_array().unwrap() {
            gateway.event("GUILD_CREATE").await;
        }
        gateway
    }

    pub async fn identify(&mut self, intents: u64, shard: Value) {
        let token = self.token.clone();
        self.send(json!({"op": 2, "d": {
            "token": token, "intents": intents, "shard": shard, "compress": true, "properties": {},
        }}))
        .await;
    }

    /// Connects anew and resumes this session.
    pub async fn resumed(self, discord: &Sandbox, bot: &Bot) -> Self {
        let mut fresh = Self::open(discord, bot).await;
        let data = json!({"token": self.token, "session_id": self.session, "seq": self.seq});
        fresh.session = self.session;
        fresh.seq = self.seq;
        fresh.send(json!({"op": 6, "d": data})).await;
        fresh
    }

    pub async fn send(&mut self, payload: Value) {
        self.socket
            .send(Message::text(payload.to_string()))
            .await
            .unwrap();
    }

    /// The next payload; the close code, or nothing, where the connection ends.
    pub async fn next(&mut self) -> Result<Value, Option<u16>> {
        loop {
            match self.socket.next().await {
                Some(Ok(Message::Text(text))) => {
                    let payload: Value = serde_json::from_str(&text).unwrap();
                    self.seq = payload["s"].as_u64().unwrap_or(self.seq);
                    if payload["t"] == "READY" {
                        self.session = payload["d"]["session_id"].as_str().unwrap().to_owned();
                    }
                    return Ok(payload);
                }
                Some(Ok(Message::Close(frame))) => return Err(frame.map(|frame| frame.code.into())),
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return Err(None),
            }
        }
    }

    /// The next payload, which must be this event.
    pub async fn event(&mut self, name: &str) -> Value {
        let payload = self.next().await.unwrap();
        assert_eq!(payload["t"], name, "{payload}");
        payload["d"].clone()
    }

    /// The texts of the next few messages.
    pub async fn texts(&mut self, count: usize) -> Vec<String> {
        let mut texts = Vec::new();
        while texts.len() < count {
            let message = self.event("MESSAGE_CREATE").await;
            texts.push(message["content"].as_str().unwrap().to_owned());
        }
        texts
    }

    /// Reads on until the connection ends, and tells with which code.
    pub async fn ending(&mut self) -> Option<u16> {
        loop {
            if let Err(code) = self.next().await {
                return code;
            }
        }
    }
}
