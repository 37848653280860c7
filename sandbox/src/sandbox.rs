//! Starting and stopping a Discord, and asking it what happened.

use std::sync::Arc;

use axum::Router;
use axum::routing::get;
use tokio::net::TcpListener;

use crate::builder::SandboxBuilder;
use crate::cuttable::{Cut, CuttableListener};
use crate::fault::Fault;
use crate::handles::InChannel;
use crate::handles::bot::Bot;
use crate::handles::message::Message;
use crate::handles::server::Server;
use crate::record::RecordedRequest;
use crate::shared::Shared;
use crate::world::World;

/// Why there is no sandbox.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// No port on loopback could be had.
    #[error("cannot listen on 127.0.0.1: {0}; is the limit of open files reached?")]
    Listen(#[from] std::io::Error),
}

/// A Discord of one's own. It ends when the last clone of this handle is dropped.
#[derive(Clone)]
pub struct Sandbox {
    shared: Arc<Shared>,
    url: String,
    _stop: Arc<StopOnDrop>,
}

struct StopOnDrop(Arc<Shared>);

impl Drop for StopOnDrop {
    fn drop(&mut self) {
        self.0.stop();
    }
}

/// Serves until the sandbox is to stop.
pub(crate) fn serve(listener: TcpListener, shared: Arc<Shared>) {
    let mut stopping = shared.stopping();
    let router = Router::new()
        .route("/", get(crate::gateway::connect))
        .route(
            "/attachments/{channel}/{id}/{name}",
            get(crate::rest::server::attachment),
        )
        .fallback(crate::rest::server::serve)
        .layer(axum::extract::DefaultBodyLimit::max(64 * 1024 * 1024))
        .with_state(shared)
        .into_make_service_with_connect_info::<Cut>();
    let server =
        axum::serve(CuttableListener(listener), router).with_graceful_shutdown(async move {
            let _ = stopping.wait_for(|stop| *stop).await;
        });
    tokio::spawn(server.into_future());
}

impl Sandbox {
    pub(crate) fn new(shared: Arc<Shared>, url: String) -> Self {
        Self {
            _stop: Arc::new(StopOnDrop(Arc::clone(&shared))),
            shared,
            url,
        }
    }

    /// Starts a Discord with every setting at its default.
    ///
    /// # Errors
    ///
    /// When no port on loopback can be had.
    pub async fn start() -> Result<Self, StartError> {
        Self::builder().start().await
    }

    /// For those who want some setting otherwise.
    pub fn builder() -> SandboxBuilder {
        SandboxBuilder::default()
    }

    /// Where it listens, such as `http://127.0.0.1:41234`; REST is below `/api/v10`, the gateway where `GET /gateway` says.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Makes an application with its bot user. All privileged intents are granted to it.
    #[must_use]
    pub fn bot(&self, name: &str) -> Bot {
        let id = self.shared.write(|world| world.add_bot(name));
        Bot::new(Arc::clone(&self.shared), id)
    }

    /// Makes a server with an owner and nothing else in it.
    #[must_use]
    pub fn server(&self, name: &str) -> Server {
        let id = self.shared.write(|world| world.add_guild(name));
        Server::new(Arc::clone(&self.shared), id)
    }

    /// A handle on a message that was seen somewhere, such as one a bot sent.
    #[must_use]
    pub fn message(&self, message: &impl InChannel) -> Message {
        Message::existing(&self.shared, message.channel_id(), message.message_id())
    }

    /// Every request that any bot made, oldest first.
    #[must_use]
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.shared
            .read(|world| world.record.requests.iter().cloned().collect())
    }

    /// The requests that the rules refused: a limit, a form, a permission, something unknown.
    #[must_use]
    pub fn refusals(&self) -> Vec<RecordedRequest> {
        let mut requests = self.requests();
        requests.retain(|request| request.refusal.is_some());
        requests
    }

    /// Waits for a request for which `wanted` holds; one made earlier counts.
    ///
    /// # Panics
    ///
    /// When there is none in time.
    pub async fn wait_for_request(
        &self,
        wanted: impl Fn(&RecordedRequest) -> bool,
    ) -> RecordedRequest {
        let find = |world: &World| {
            world
                .record
                .requests
                .iter()
                .find(|request| wanted(request))
                .cloned()
        };
        match self.shared.wait(find).await {
            Some(request) => request,
            None => self
                .shared
                .give_up("nobody made the request that was waited for"),
        }
    }

    /// What was wrong with requests according to Discord's OpenAPI description.
    #[must_use]
    pub fn schema_violations(&self) -> Vec<String> {
        self.shared
            .read(|world| world.record.schema_violations.clone())
    }

    /// What was wrong with the sandbox's own answers, where they are checked.
    #[must_use]
    pub fn response_violations(&self) -> Vec<String> {
        self.shared
            .read(|world| world.record.response_violations.clone())
    }

    /// Makes something go wrong.
    pub fn fault(&self, fault: impl Into<Fault>) {
        let fault = fault.into();
        self.shared.write(|world| world.inflict(fault));
    }

    /// Ends every lasting fault. Events that were held back come now.
    pub fn mend(&self) {
        self.shared.write(World::mend);
    }

    /// What HELLO tells clients from now on, in milliseconds.
    pub fn set_heartbeat_interval_ms(&self, interval_ms: u64) {
        self.shared
            .write(|world| world.settings.heartbeat_interval_ms = interval_ms);
    }

    /// How many shards `GET /gateway/bot` recommends from now on. Default: one.
    pub fn recommend_shards(&self, shards: u32) {
        self.shared.write(|world| world.entrance.shards = shards);
    }

    /// How many sessions may still be started, and for how many milliseconds it stays so. Who identifies once more has
    /// the token reset, as Discord does it.
    pub fn limit_sessions(&self, remaining: u32, reset_after_ms: u64) {
        self.shared.write(|world| {
            world.entrance.remaining = remaining;
            world.entrance.resets_at_ms = Some(world.now_ms() + reset_after_ms);
        });
    }

    /// How many gateway connections have a session.
    #[must_use]
    pub fn connections(&self) -> usize {
        self.shared.read(|world| {
            world
                .connections
                .values()
                .filter(|connection| connection.session.is_some())
                .count()
        })
    }

    /// Waits until a bot has identified; it may not have been greeted yet.
    ///
    /// # Panics
    ///
    /// When it does not in time.
    pub async fn wait_identified(&self, bot: &Bot) {
        let id = bot.id();
        let has_session = |world: &World| {
            let mut sessions = world.sessions.values();
            sessions.any(|session| session.bot == id && session.connection.is_some())
        };
        let identified = self
            .shared
            .wait(|world| has_session(world).then_some(()))
            .await;
        if identified.is_none() {
            self.shared.give_up("the bot did not identify");
        }
    }

    /// Waits until a bot is connected and has been sent READY and its servers.
    ///
    /// # Panics
    ///
    /// When it does not come in time.
    pub async fn wait_connected(&self, bot: &Bot) {
        let id = bot.id();
        let connected = self
            .shared
            .wait(|world| world.is_connected(id).then_some(()))
            .await;
        if connected.is_none() {
            self.shared
                .give_up("the bot did not connect to the gateway");
        }
    }

    /// Waits until a bot is connected by a connection that was opened after the last fault.
    ///
    /// # Panics
    ///
    /// When it does not come back in time.
    pub async fn wait_reconnected(&self, bot: &Bot) {
        let id = bot.id();
        let is_back = |world: &World| world.is_connected_since(id, world.last_number_at_fault);
        let back = self.shared.wait(|world| is_back(world).then_some(())).await;
        if back.is_none() {
            self.shared.give_up("the bot did not come back");
        }
    }

    /// Waits until a bot has no connection left.
    ///
    /// # Panics
    ///
    /// When it stays connected.
    pub async fn wait_disconnected(&self, bot: &Bot) {
        let id = bot.id();
        let is_gone = |world: &World| {
            world
                .sessions
                .values()
                .all(|session| session.bot != id || session.connection.is_none())
        };
        if self
            .shared
            .wait(|world| is_gone(world).then_some(()))
            .await
            .is_none()
        {
            self.shared
                .give_up("the bot stayed connected to the gateway");
        }
    }

    /// Waits until every event has been written to the connections it goes to. What a bot makes of them may take longer.
    ///
    /// # Panics
    ///
    /// When that does not happen in time.
    pub async fn idle(&self) {
        let is_idle = |world: &World| {
            let mut sessions = world
                .sessions
                .values()
                .filter(|session| session.connection.is_some());
            sessions.all(|session| session.written == session.seq)
        };
        if self
            .shared
            .wait(|world| is_idle(world).then_some(()))
            .await
            .is_none()
        {
            self.shared
                .give_up("events were not taken from the gateway");
        }
    }

    /// Everything that was said, channel by channel, for people to read.
    #[must_use]
    pub fn transcript(&self) -> String {
        self.shared.read(World::transcript)
    }

    /// Now, in Unix milliseconds, by the sandbox's clock.
    #[must_use]
    pub fn now_ms(&self) -> u64 {
        self.shared.read(World::now_ms)
    }
}

impl World {
    fn is_connected(&self, bot: crate::Snowflake) -> bool {
        self.is_connected_since(bot, 0)
    }

    /// Whether a bot has been greeted on a connection of a higher number.
    fn is_connected_since(&self, bot: crate::Snowflake, number: u64) -> bool {
        self.sessions.values().any(|session| {
            session.bot == bot
                && session
                    .connection
                    .is_some_and(|connection| connection > number)
                && session.written >= session.greeted.max(1)
        })
    }
}
