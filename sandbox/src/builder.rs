//! The settings of a sandbox, and its start.

use std::net::Ipv4Addr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;

use crate::sandbox::{Sandbox, StartError, serve};
use crate::schema::Schema;
use crate::shared::Shared;
use crate::world::clock::Clock;
use crate::world::{Settings, World};

/// How a sandbox is to be. Every setting has a default.
#[must_use]
pub struct SandboxBuilder {
    clock: Clock,
    openapi: Option<PathBuf>,
    check_responses: bool,
    heartbeat_interval_ms: u64,
    nonce_window_ms: u64,
    replayed_events: usize,
    remembered_requests: usize,
    bucket: Option<(u32, u64)>,
    patience: Duration,
}

impl Default for SandboxBuilder {
    fn default() -> Self {
        Self {
            clock: Clock::system(),
            openapi: None,
            check_responses: false,
            heartbeat_interval_ms: 41_250,
            nonce_window_ms: 5 * 60 * 1_000,
            replayed_events: 10_000,
            remembered_requests: 10_000,
            bucket: None,
            patience: Duration::from_secs(10),
        }
    }
}

impl SandboxBuilder {
    /// The time, in UTC milliseconds since 1970. Default: the machine's clock.
    pub fn clock(mut self, now_ms: impl Fn() -> u64 + Send + Sync + 'static) -> Self {
        self.clock = Clock::new(now_ms);
        self
    }

    /// Discord's OpenAPI description (JSON), against which every request is checked. Without the feature `openapi`, or
    /// when there is no such file, nothing is checked.
    pub fn openapi(mut self, path: impl Into<PathBuf>) -> Self {
        self.openapi = Some(path.into());
        self
    }

    /// Whether the sandbox's own answers are checked as well. Default: no.
    pub fn check_responses(mut self, check: bool) -> Self {
        self.check_responses = check;
        self
    }

    /// What HELLO tells clients. Default: 41,250 ms.
    pub fn heartbeat_interval_ms(mut self, interval_ms: u64) -> Self {
        self.heartbeat_interval_ms = interval_ms;
        self
    }

    /// How long `enforce_nonce` remembers a nonce, by the sandbox's clock. Default: five minutes.
    pub fn nonce_window_ms(mut self, window_ms: u64) -> Self {
        self.nonce_window_ms = window_ms;
        self
    }

    /// How many events a session keeps for a resume. Default: 10,000.
    pub fn replayed_events(mut self, count: usize) -> Self {
        self.replayed_events = count;
        self
    }

    /// How many requests [`Sandbox::requests`] goes back. Default: 10,000.
    pub fn remembered_requests(mut self, count: usize) -> Self {
        self.remembered_requests = count;
        self
    }

    /// Real rate limits: so many requests in so many milliseconds for each route and channel. Default: none.
    pub fn rate_limits(mut self, requests: u32, per_ms: u64) -> Self {
        self.bucket = Some((requests, per_ms));
        self
    }

    /// How long a wait lasts before it panics. Default: ten seconds.
    pub fn patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// Starts.
    ///
    /// # Errors
    ///
    /// When no port on loopback can be had.
    pub async fn start(self) -> Result<Sandbox, StartError> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let url = format!("http://{}", listener.local_addr()?);
        let world = World::new(Settings {
            clock: self.clock,
            url: url.clone(),
            heartbeat_interval_ms: self.heartbeat_interval_ms,
            nonce_window_ms: self.nonce_window_ms,
            replayed_events: self.replayed_events,
            remembered_requests: self.remembered_requests,
            bucket: self.bucket,
        });
        let schema = self.openapi.as_deref().and_then(Schema::load);
        let shared = Arc::new(Shared::new(
            world,
            self.patience,
            schema,
            self.check_responses,
        ));
        serve(listener, Arc::clone(&shared));
        Ok(Sandbox::new(shared, url))
    }
}
