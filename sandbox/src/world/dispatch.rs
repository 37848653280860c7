//! Who hears of what: every event goes to the sessions whose intents, shard and permissions let it through.

use std::sync::Arc;

use serde_json::{Value, json};

use super::World;
use super::message_shapes::hide_content;
use super::messages::MESSAGES;
use super::session::{Dispatch, Order};
use super::state::Message;
use crate::intents;
use crate::time::Snowflake;

impl World {
    /// Tells everybody who sees a channel. `intents`: the one needed in a server, and in a direct conversation.
    pub fn tell_channel(
        &mut self,
        name: &'static str,
        channel: Snowflake,
        intents: (u64, u64),
        event: &Value,
    ) {
        let listeners = self.listeners_in(channel, intents);
        self.tell(name, &listeners, event);
    }

    /// Tells everybody on a server, whatever channels they see.
    pub fn tell_guild(&mut self, name: &'static str, guild: Snowflake, intent: u64, event: &Value) {
        let Some(state) = self.guilds.get(&guild) else {
            return;
        };
        let listeners: Vec<u64> = self
            .sessions
            .values()
            .filter(|session| session.intents & intent == intent && session.covers(Some(guild)))
            .filter(|session| state.members.contains_key(&session.bot))
            .map(|session| session.number)
            .collect();
        self.tell(name, &listeners, event);
    }

    /// Tells one bot about a server.
    pub fn tell_bot(
        &mut self,
        name: &'static str,
        bot: Snowflake,
        guild: Snowflake,
        event: &Value,
    ) {
        let listeners: Vec<u64> = self
            .sessions
            .values()
            .filter(|session| session.bot == bot && session.covers(Some(guild)))
            .filter(|session| session.intents & intents::GUILDS != 0)
            .map(|session| session.number)
            .collect();
        self.tell(name, &listeners, event);
    }

    /// Tells a bot of an interaction, whatever its intents.
    pub fn tell_interaction(&mut self, bot: Snowflake, guild: Option<Snowflake>, event: &Value) {
        let listeners: Vec<u64> = self
            .sessions
            .values()
            .filter(|session| session.bot == bot && session.covers(guild))
            .map(|session| session.number)
            .collect();
        self.tell("INTERACTION_CREATE", &listeners, event);
    }

    /// Tells of a new or changed message, to each as much of it as they may read.
    pub fn tell_message(&mut self, name: &'static str, channel: Snowflake, id: Snowflake) {
        let listeners = self.listeners_in(channel, MESSAGES);
        let Ok(message) = self.message(channel, id) else {
            return;
        };
        let (mut readers, mut others) = (Vec::new(), Vec::new());
        for number in listeners {
            let Some(session) = self.sessions.get(&number) else {
                continue;
            };
            let has_intent = session.intents & intents::MESSAGE_CONTENT != 0;
            match self.may_read_content(message, session.bot, has_intent) {
                true => readers.push(number),
                false => others.push(number),
            }
        }
        if readers.is_empty() && others.is_empty() {
            return;
        }
        let mut event = self.message_event_shape(message, 0);
        if name == "MESSAGE_CREATE"
            && let Some(nonce) = &message.nonce
        {
            event["nonce"] = nonce.clone();
        }
        self.tell(name, &readers, &event);
        if !others.is_empty() {
            hide_content(&mut event);
            self.tell(name, &others, &event);
        }
    }

    /// Whether `reader` gets a message's text: by intent and grant, or since the message is theirs, to them, or names them.
    pub fn may_read_content(&self, message: &Message, reader: Snowflake, has_intent: bool) -> bool {
        let is_granted = self
            .bots
            .get(&reader)
            .is_none_or(|bot| bot.granted_intents & intents::MESSAGE_CONTENT != 0);
        (has_intent && is_granted)
            || message.author == reader
            || message.guild.is_none()
            || message.mentions.users.contains(&reader)
    }

    fn listeners_in(&self, channel: Snowflake, (in_guild, in_direct): (u64, u64)) -> Vec<u64> {
        let Some(channel) = self.channels.get(&channel) else {
            return Vec::new();
        };
        let intent = if channel.guild.is_some() {
            in_guild
        } else {
            in_direct
        };
        self.sessions
            .values()
            .filter(|session| session.intents & intent == intent && session.covers(channel.guild))
            .filter(|session| self.can_view(channel, session.bot))
            .map(|session| session.number)
            .collect()
    }

    fn tell(&mut self, name: &'static str, sessions: &[u64], event: &Value) {
        if sessions.is_empty() {
            return;
        }
        let dispatch = Dispatch {
            name,
            payload: Arc::from(event.to_string()),
        };
        for number in sessions {
            self.dispatch_with_faults(*number, dispatch.clone());
        }
    }

    fn dispatch_with_faults(&mut self, number: u64, dispatch: Dispatch) {
        let events = self.faults.events;
        let keep = self.settings.replayed_events;
        let Some(session) = self.sessions.get_mut(&number) else {
            return;
        };
        if events.lose {
            return;
        }
        if events.hold {
            session.held.push(dispatch);
            return;
        }
        if let Some(window) = events.shuffle {
            session.held.push(dispatch);
            if session.held.len() >= window {
                shuffle(&mut session.held);
                session.release(keep);
            }
            return;
        }
        if events.duplicate {
            session.enqueue(dispatch.clone(), keep);
        }
        session.enqueue(dispatch, keep);
    }

    /// Lets go of every event that a fault held back.
    pub fn release_held_events(&mut self) {
        let keep = self.settings.replayed_events;
        self.sessions
            .values_mut()
            .for_each(|session| session.release(keep));
    }

    /// Has every open connection do something.
    pub fn order_all(&mut self, order: &Order) {
        for connection in self.connections.values_mut() {
            connection.orders.push_back(order.clone());
        }
    }

    /// Queues the greeting of a session that has just identified: READY, then its servers.
    pub fn greet(&mut self, number: u64) {
        let keep = self.settings.replayed_events;
        let is_held = self.faults.hold_greetings;
        let Some(session) = self.sessions.get(&number) else {
            return;
        };
        let (bot, intents) = (session.bot, session.intents);
        let guilds: Vec<Snowflake> = self
            .guilds
            .values()
            .filter(|guild| guild.members.contains_key(&bot) && session.covers(Some(guild.id)))
            .map(|guild| guild.id)
            .collect();
        let mut greeting = vec![("READY", self.ready_shape(number, &guilds))];
        if intents & intents::GUILDS != 0 {
            let all_members = intents & intents::GUILD_MEMBERS != 0;
            let shapes = guilds.iter().filter_map(|id| self.guilds.get(id));
            let shapes = shapes.map(|guild| self.guild_create_shape(guild, bot, all_members));
            greeting.extend(shapes.map(|shape| ("GUILD_CREATE", shape)));
        }
        let Some(session) = self.sessions.get_mut(&number) else {
            return;
        };
        let greeting = greeting.into_iter().map(|(name, event)| Dispatch {
            name,
            payload: Arc::from(event.to_string()),
        });
        if is_held {
            session.held.extend(greeting);
            return;
        }
        greeting.for_each(|dispatch| session.enqueue(dispatch, keep));
        session.greeted = session.seq;
    }

    fn ready_shape(&self, number: u64, guilds: &[Snowflake]) -> Value {
        let Some(session) = self.sessions.get(&number) else {
            return Value::Null;
        };
        let bot = session.bot;
        let flags = self
            .bots
            .get(&bot)
            .map_or(0, super::guild_shapes::application_flags);
        let guilds = guilds
            .iter()
            .map(|id| json!({"id": id.to_string(), "unavailable": true}));
        json!({
            "v": 10,
            "user": self.own_user_shape(bot),
            "guilds": guilds.collect::<Vec<_>>(),
            "session_id": session.id(),
            "session_type": "normal",
            "resume_gateway_url": self.gateway_url(),
            "shard": [session.shard.0, session.shard.1],
            "application": {"id": bot.to_string(), "flags": flags},
            "private_channels": [], "presences": [], "relationships": [],
            "user_settings": {}, "geo_ordered_rtc_regions": [], "_trace": [],
        })
    }

    /// Where the gateway listens.
    pub fn gateway_url(&self) -> String {
        self.settings.url.replacen("http://", "ws://", 1)
    }
}

impl super::session::Session {
    fn release(&mut self, keep: usize) {
        for dispatch in std::mem::take(&mut self.held) {
            self.enqueue(dispatch, keep);
        }
    }
}

/// Deals the events out like two halves of a pack of cards, second half first: always another order, always the same one.
fn shuffle(events: &mut Vec<Dispatch>) {
    let second = events.split_off(events.len() / 2);
    let first = std::mem::take(events);
    let mut first = first.into_iter();
    for dispatch in second {
        events.push(dispatch);
        events.extend(first.next());
    }
    events.extend(first);
}
