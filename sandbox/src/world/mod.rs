//! The whole of a Discord in memory: its state, its rules, and the events they cause. No sockets, no tasks, no waiting:
//! everything here is a plain function on [`World`], called under one lock by REST, by the gateway and by people.

pub(crate) mod access;
pub(crate) mod clock;
pub(crate) mod commands;
mod components;
pub(crate) mod dispatch;
pub(crate) mod draft;
mod embeds;
pub(crate) mod entrance;
mod guild_shapes;
pub(crate) mod history;
pub(crate) mod interactions;
mod members;
pub(crate) mod mentions;
mod message_shapes;
mod messages;
mod nonces;
mod places;
mod reactions;
pub(crate) mod refusal;
pub(crate) mod revision;
pub(crate) mod session;
pub(crate) mod shapes;
pub(crate) mod state;
pub(crate) mod thread_changes;
mod threads;

use std::collections::{BTreeMap, HashMap, VecDeque};

use crate::fault::Faults;
use crate::record::Record;
use crate::time::{Snowflake, first_id_at};
use clock::Clock;
use entrance::Entrance;
use interactions::{Ephemeral, Interaction};
use refusal::Refusal;
use session::{Connection, Session};
use state::{Bot, Channel, Guild, Message, User};

/// What a sandbox was started with.
pub(crate) struct Settings {
    pub clock: Clock,
    /// `http://127.0.0.1:PORT`.
    pub url: String,
    pub heartbeat_interval_ms: u64,
    /// How long a nonce is remembered for `enforce_nonce`.
    pub nonce_window_ms: u64,
    /// How many events a session keeps for a resume.
    pub replayed_events: usize,
    /// How many requests are remembered.
    pub remembered_requests: usize,
    /// Requests a bucket lets through, and in how many milliseconds.
    pub bucket: Option<(u32, u64)>,
}

pub(crate) struct World {
    pub settings: Settings,
    pub users: BTreeMap<Snowflake, User>,
    pub bots: BTreeMap<Snowflake, Bot>,
    pub guilds: BTreeMap<Snowflake, Guild>,
    pub channels: BTreeMap<Snowflake, Channel>,
    pub interactions: BTreeMap<Snowflake, Interaction>,
    pub ephemerals: BTreeMap<Snowflake, Ephemeral>,
    pub sessions: BTreeMap<u64, Session>,
    pub connections: BTreeMap<u64, Connection>,
    pub faults: Faults,
    pub entrance: Entrance,
    pub record: Record,
    pub buckets: HashMap<String, VecDeque<u64>>,
    nonces: HashMap<(Snowflake, Snowflake, String), (Snowflake, u64)>,
    last_id: Snowflake,
    last_number: u64,
    /// What [`World::last_number`] was when something was last made to go wrong.
    pub last_number_at_fault: u64,
}

impl World {
    pub fn new(settings: Settings) -> Self {
        Self {
            record: Record::new(settings.remembered_requests),
            settings,
            users: BTreeMap::new(),
            bots: BTreeMap::new(),
            guilds: BTreeMap::new(),
            channels: BTreeMap::new(),
            interactions: BTreeMap::new(),
            ephemerals: BTreeMap::new(),
            sessions: BTreeMap::new(),
            connections: BTreeMap::new(),
            faults: Faults::default(),
            entrance: Entrance::default(),
            buckets: HashMap::new(),
            nonces: HashMap::new(),
            last_id: 0,
            last_number: 0,
            last_number_at_fault: 0,
        }
    }

    /// Now, in Unix milliseconds, by the sandbox's clock.
    pub fn now_ms(&self) -> u64 {
        self.settings.clock.now_ms()
    }

    /// A new id, larger than every one before it even when the clock stands still or goes back.
    pub fn next_id(&mut self) -> Snowflake {
        self.last_id = first_id_at(self.now_ms()).max(self.last_id + 1);
        self.last_id
    }

    /// A new small number, for connections and sessions.
    pub fn next_number(&mut self) -> u64 {
        self.last_number += 1;
        self.last_number
    }

    /// The newest of those numbers.
    pub fn last_number(&self) -> u64 {
        self.last_number
    }

    pub fn channel(&self, id: Snowflake) -> Result<&Channel, Refusal> {
        self.channels.get(&id).ok_or_else(Refusal::unknown_channel)
    }

    pub fn channel_mut(&mut self, id: Snowflake) -> Result<&mut Channel, Refusal> {
        self.channels
            .get_mut(&id)
            .ok_or_else(Refusal::unknown_channel)
    }

    pub fn message(&self, channel: Snowflake, id: Snowflake) -> Result<&Message, Refusal> {
        self.channel(channel)?
            .messages
            .get(&id)
            .ok_or_else(Refusal::unknown_message)
    }

    pub fn message_mut(
        &mut self,
        channel: Snowflake,
        id: Snowflake,
    ) -> Result<&mut Message, Refusal> {
        self.channel_mut(channel)?
            .messages
            .get_mut(&id)
            .ok_or_else(Refusal::unknown_message)
    }

    /// Adds a user of any sort.
    pub fn add_user(&mut self, name: &str, is_bot: bool, is_webhook: bool) -> Snowflake {
        let id = self.next_id();
        let name = name.to_owned();
        self.users.insert(
            id,
            User {
                id,
                name,
                is_bot,
                is_webhook,
            },
        );
        id
    }

    /// The bot whose token a request carries.
    pub fn bot_by_token(&self, token: &str) -> Option<&Bot> {
        self.bots
            .values()
            .find(|bot| bot.token == token && !bot.token_revoked)
    }
}
