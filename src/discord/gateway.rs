//! The live stream: serenity's gateway, heard in order.
//!
//! serenity runs each event's handler in a task of its own, so that events overtake each other. Its
//! collectors hear every event in order, in the shard's own loop; so one collector takes everything,
//! and the handlers only see to it that it is there.

use std::collections::HashMap;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};

use futures_util::Stream;
use secrecy::{ExposeSecret, SecretString};
use serenity::async_trait;
use serenity::client::{Client, ClientBuilder, Context, EventHandler};
use serenity::gateway::GatewayError;
use serenity::http::HttpBuilder;
use serenity::model::event::{Event as DiscordEvent, ResumedEvent};
use serenity::model::gateway::{GatewayIntents, Ready};
use serenity::model::id::ShardId;
use tracing::{debug, info};

use super::directory::Directory;
use super::hear::hear;
use super::queue::Queue;
use crate::app::App;

/// What Beadle asks the gateway for.
pub(super) const INTENTS: GatewayIntents = GatewayIntents::GUILDS
    .union(GatewayIntents::GUILD_MESSAGES)
    .union(GatewayIntents::GUILD_MESSAGE_REACTIONS)
    .union(GatewayIntents::MESSAGE_CONTENT);

/// Why the gateway let Beadle go for good.
#[derive(Debug, thiserror::Error)]
pub enum GatewayRefusal {
    /// Close code 4004.
    #[error(
        "Discord refuses the token; reset it in the developer portal (Bot › Reset Token) and set it anew"
    )]
    Token,
    /// Close codes 4013 and 4014.
    #[error(
        "Discord does not grant the Message Content intent; in the developer portal, under Bot › Privileged \
         Gateway Intents, turn Message Content Intent on"
    )]
    Intents,
    /// Anything else that serenity gives up on.
    #[error("the gateway ended: {0}")]
    Other(String),
}

/// A client that is ready to start. With `root`, REST goes there, and the gateway is what it names.
///
/// # Errors
/// When serenity cannot make one.
pub(super) async fn client(
    token: &SecretString,
    root: Option<&str>,
    ears: Ears,
) -> Result<Client, GatewayRefusal> {
    let mut http = HttpBuilder::new(token.expose_secret());
    if let Some(root) = root {
        // With its own limiter on, serenity would send past the address that is set.
        http = http.proxy(root).ratelimiter_disabled(true);
    }
    ClientBuilder::new_with_http(http.build(), INTENTS)
        .event_handler(ears)
        .await
        .map_err(|error| GatewayRefusal::Other(error.to_string()))
}

/// What serenity's error means.
pub(super) fn refusal(error: &serenity::Error) -> GatewayRefusal {
    match error {
        serenity::Error::Gateway(GatewayError::InvalidAuthentication) => GatewayRefusal::Token,
        serenity::Error::Gateway(
            GatewayError::InvalidGatewayIntents | GatewayError::DisallowedGatewayIntents,
        ) => GatewayRefusal::Intents,
        serenity::Error::Http(error)
            if error
                .status_code()
                .is_some_and(|status| status.as_u16() == 401) =>
        {
            GatewayRefusal::Token
        }
        other => GatewayRefusal::Other(other.to_string()),
    }
}

/// Hears what happens.
pub(super) struct Ears {
    pub app: Arc<App>,
    pub queue: Queue,
    pub directory: Directory,
    /// The collectors, one a shard; each ends when it is dropped.
    pub collectors: Mutex<HashMap<ShardId, Collector>>,
}

/// Keeps a collector alive.
pub(super) type Collector = Pin<Box<dyn Stream<Item = ()> + Send>>;

impl Ears {
    /// Ears that have not heard anything yet.
    pub fn new(app: Arc<App>, queue: Queue, directory: Directory) -> Self {
        Self {
            app,
            queue,
            directory,
            collectors: Mutex::default(),
        }
    }

    /// Takes every event of a shard from now on, in order.
    fn listen(&self, context: &Context) {
        let (queue, directory, app) =
            (self.queue.clone(), self.directory.clone(), self.app.clone());
        let collector =
            serenity::collector::collect(&context.shard, move |event: &DiscordEvent| {
                hear(event, &directory, &queue, &app);
                None::<()>
            });
        let mut collectors = self
            .collectors
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        collectors.insert(context.shard_id, Box::pin(collector));
    }
}

#[async_trait]
impl EventHandler for Ears {
    async fn ready(&self, context: Context, ready: Ready) {
        let pause = self.queue.pause();
        self.listen(&context);
        drop(pause);
        info!(bot.id = %ready.user.id, bot.name = ready.user.name, shard.id = %context.shard_id, servers = ready.guilds.len(), "connected to Discord");
    }

    async fn resume(&self, context: Context, _: ResumedEvent) {
        debug!(shard.id = %context.shard_id, "resumed");
    }
}
