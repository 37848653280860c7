//! What a gateway client says, and what it gets for it.
//!
//! Source: Discord's documentation, "Gateway" and "Opcodes and Status Codes".

use serde_json::{Value, json};

use crate::intents;
use crate::time::Snowflake;
use crate::world::World;
use crate::world::session::{Dispatch, Order, Session};

/// The largest payload a client may send, in bytes.
const PAYLOAD_MAX: usize = 4_096;

const UNKNOWN_OPCODE: u16 = 4001;
const DECODE_ERROR: u16 = 4002;
const NOT_AUTHENTICATED: u16 = 4003;
const AUTHENTICATION_FAILED: u16 = 4004;
const ALREADY_AUTHENTICATED: u16 = 4005;
const INVALID_SEQ: u16 = 4007;
const INVALID_SHARD: u16 = 4010;
const INVALID_INTENTS: u16 = 4013;
const DISALLOWED_INTENTS: u16 = 4014;

/// What comes of something a client said.
pub(super) enum Reaction {
    Nothing,
    Send(Value),
    Close(u16),
}

/// Discord's words for a close code.
pub(super) fn close_reason(code: u16) -> &'static str {
    match code {
        4000 => "Unknown error.",
        UNKNOWN_OPCODE => "Unknown opcode.",
        DECODE_ERROR => "Error while decoding payload.",
        NOT_AUTHENTICATED => "Not authenticated.",
        AUTHENTICATION_FAILED => "Authentication failed.",
        ALREADY_AUTHENTICATED => "Already authenticated.",
        INVALID_SEQ => "Invalid seq.",
        4008 => "Rate limited.",
        4009 => "Session timed out.",
        INVALID_SHARD => "Invalid shard.",
        4011 => "Sharding required.",
        4012 => "Invalid API version.",
        INVALID_INTENTS => "Invalid intent(s).",
        DISALLOWED_INTENTS => "Disallowed intent(s).",
        _ => "",
    }
}

impl World {
    /// Deals with one payload of a client.
    pub(super) fn hear(&mut self, connection: u64, text: &str) -> Reaction {
        if text.len() > PAYLOAD_MAX {
            return Reaction::Close(DECODE_ERROR);
        }
        let Ok(payload) = serde_json::from_str::<Value>(text) else {
            return Reaction::Close(DECODE_ERROR);
        };
        let data = &payload["d"];
        match payload["op"].as_u64() {
            Some(1) if self.faults.ignore_heartbeats => Reaction::Nothing,
            Some(1) => Reaction::Send(json!({"op": 11})),
            Some(2) => self
                .identify(connection, data)
                .unwrap_or_else(Reaction::Close),
            Some(6) => self
                .resume(connection, data)
                .unwrap_or_else(Reaction::Close),
            Some(3 | 4 | 8 | 31) if self.session_of(connection).is_none() => {
                Reaction::Close(NOT_AUTHENTICATED)
            }
            // Presence, voice and requests for members or sounds are taken, and lead to nothing.
            Some(3 | 4 | 8 | 31) => Reaction::Nothing,
            Some(_) => Reaction::Close(UNKNOWN_OPCODE),
            None => Reaction::Close(DECODE_ERROR),
        }
    }

    fn session_of(&self, connection: u64) -> Option<&Session> {
        self.sessions
            .get(&self.connections.get(&connection)?.session?)
    }

    fn identify(&mut self, connection: u64, data: &Value) -> Result<Reaction, u16> {
        if self.session_of(connection).is_some() {
            return Err(ALREADY_AUTHENTICATED);
        }
        let bot = self.authenticate(data)?;
        let intents = data["intents"].as_u64().ok_or(DECODE_ERROR)?;
        self.check_intents(bot, intents)?;
        let shard = shard(data)?;
        if !self.count_session(bot) {
            return Err(AUTHENTICATION_FAILED);
        }
        let number = self.next_number();
        let mut session = Session::new(number, bot, intents, shard);
        session.connection = Some(connection);
        self.sessions.insert(number, session);
        self.attach(connection, number);
        self.greet(number);
        Ok(Reaction::Nothing)
    }

    fn authenticate(&self, data: &Value) -> Result<Snowflake, u16> {
        if let Some(code) = self.faults.refuse_identify {
            return Err(code);
        }
        let token = data["token"].as_str().unwrap_or("");
        let token = token.strip_prefix("Bot ").unwrap_or(token);
        self.bot_by_token(token)
            .map(|bot| bot.id)
            .ok_or(AUTHENTICATION_FAILED)
    }

    fn check_intents(&self, bot: Snowflake, asked: u64) -> Result<(), u16> {
        if asked & !intents::DEFINED != 0 {
            return Err(INVALID_INTENTS);
        }
        let privileged =
            intents::GUILD_MEMBERS | intents::GUILD_PRESENCES | intents::MESSAGE_CONTENT;
        let granted = self.bots.get(&bot).map_or(0, |bot| bot.granted_intents);
        if asked & privileged & !granted != 0 {
            return Err(DISALLOWED_INTENTS);
        }
        Ok(())
    }

    fn resume(&mut self, connection: u64, data: &Value) -> Result<Reaction, u16> {
        if self.session_of(connection).is_some() {
            return Err(ALREADY_AUTHENTICATED);
        }
        let bot = self.authenticate(data)?;
        let seq = data["seq"].as_u64().ok_or(DECODE_ERROR)?;
        let id = data["session_id"].as_str().unwrap_or("");
        let keep = self.settings.replayed_events;
        let known = self
            .sessions
            .values_mut()
            .find(|session| session.id() == id && session.bot == bot);
        let Some(session) = known else {
            return Ok(Reaction::Send(json!({"op": 9, "d": false})));
        };
        if seq > session.seq {
            return Err(INVALID_SEQ);
        }
        let number = session.number;
        if !session.can_resume_from(seq) {
            self.sessions.remove(&number);
            return Ok(Reaction::Send(json!({"op": 9, "d": false})));
        }
        session.written = seq;
        session.enqueue(
            Dispatch {
                name: "RESUMED",
                payload: r#"{"_trace":[]}"#.into(),
            },
            keep,
        );
        let old = session.connection.replace(connection);
        if let Some(old) = old.and_then(|old| self.connections.get_mut(&old)) {
            old.session = None;
            old.orders.push_back(Order::Drop);
        }
        self.attach(connection, number);
        Ok(Reaction::Nothing)
    }

    fn attach(&mut self, connection: u64, session: u64) {
        if let Some(connection) = self.connections.get_mut(&connection) {
            connection.session = Some(session);
        }
    }

    pub(super) fn next_order(&mut self, connection: u64) -> Option<Order> {
        self.connections.get_mut(&connection)?.orders.pop_front()
    }

    pub(super) fn next_event(&self, connection: u64) -> Option<(u64, Dispatch)> {
        self.session_of(connection)?.next_to_write()
    }

    pub(super) fn event_written(&mut self, connection: u64, seq: u64) {
        let session = self
            .connections
            .get(&connection)
            .and_then(|connection| connection.session);
        if let Some(session) = session.and_then(|number| self.sessions.get_mut(&number)) {
            session.written = seq;
        }
    }

    /// A client that says goodbye with 1000 or 1001 gives its session up.
    pub(super) fn client_closed(&mut self, connection: u64, code: u16) {
        let session = self.session_of(connection).map(|session| session.number);
        if let Some(number) = session.filter(|_| matches!(code, 1_000 | 1_001)) {
            self.sessions.remove(&number);
        }
    }

    /// Forgets a connection; its session waits for a resume.
    pub(super) fn disconnect(&mut self, connection: u64) {
        let session = self
            .connections
            .remove(&connection)
            .and_then(|connection| connection.session);
        if let Some(session) = session.and_then(|number| self.sessions.get_mut(&number))
            && session.connection == Some(connection)
        {
            session.connection = None;
        }
    }
}

/// Which shard of how many; the only one where nothing is said.
fn shard(data: &Value) -> Result<(u64, u64), u16> {
    if data["shard"].is_null() {
        return Ok((0, 1));
    }
    let (shard, of) = (data["shard"][0].as_u64(), data["shard"][1].as_u64());
    match (shard, of) {
        (Some(shard), Some(of)) if shard < of => Ok((shard, of)),
        _ => Err(INVALID_SHARD),
    }
}
