//! The bot that is being tried.

use std::sync::Arc;

use serde_json::Value;

use super::server::Server;
use super::{Account, Overwritable};
use crate::intents;
use crate::shared::Shared;
use crate::time::Snowflake;
use crate::world::state::Bot as BotState;

/// An application and its bot user.
#[derive(Clone)]
pub struct Bot {
    shared: Arc<Shared>,
    id: Snowflake,
}

impl Bot {
    pub(crate) fn new(shared: Arc<Shared>, id: Snowflake) -> Self {
        Self { shared, id }
    }

    /// The bot user's id.
    #[must_use]
    pub fn id(&self) -> Snowflake {
        self.id
    }

    /// The application's id: the same number, as for every application of the last years.
    #[must_use]
    pub fn application_id(&self) -> Snowflake {
        self.id
    }

    /// What the bot logs in with.
    #[must_use]
    pub fn token(&self) -> String {
        self.shared.read(|world| {
            world
                .bots
                .get(&self.id)
                .map_or_else(String::new, |bot| bot.token.clone())
        })
    }

    /// Switches the Message Content intent off: to identify with it closes the connection with 4014.
    #[must_use]
    pub fn without_message_content(self) -> Self {
        self.change(|bot| bot.granted_intents &= !intents::MESSAGE_CONTENT);
        self
    }

    /// Switches the Message Content intent on again.
    pub fn grant_message_content(&self) {
        self.change(|bot| bot.granted_intents |= intents::MESSAGE_CONTENT);
    }

    /// Makes the token worthless: REST answers 401, the gateway closes with 4004.
    pub fn revoke_token(&self) {
        self.change(|bot| bot.token_revoked = true);
    }

    /// The commands it registered for everywhere, as Discord would list them.
    #[must_use]
    pub fn commands(&self) -> Vec<Value> {
        self.commands_of(None)
    }

    /// The commands it registered for one server.
    #[must_use]
    pub fn commands_in(&self, server: &Server) -> Vec<Value> {
        self.commands_of(Some(server.id()))
    }

    /// How many times it wrote commands, wherever to: whole lists and single ones, deletions too.
    #[must_use]
    pub fn registrations(&self) -> usize {
        self.shared.read(|world| {
            let bot = world.bots.get(&self.id);
            bot.map_or(0, |bot| bot.registrations)
        })
    }

    fn commands_of(&self, scope: Option<Snowflake>) -> Vec<Value> {
        self.shared.read(|world| {
            let bot = world.bots.get(&self.id);
            bot.and_then(|bot| bot.commands.get(&scope))
                .cloned()
                .unwrap_or_default()
        })
    }

    fn change(&self, change: impl FnOnce(&mut BotState)) {
        self.shared
            .write(|world| world.bots.get_mut(&self.id).map(change));
    }
}

impl Account for Bot {
    fn account_id(&self) -> Snowflake {
        self.id
    }
}

impl Overwritable for Bot {
    fn target_id(&self) -> Snowflake {
        self.id
    }

    fn is_role(&self) -> bool {
        false
    }
}
