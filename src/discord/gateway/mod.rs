//! The live stream: serenity's gateway, on a thread of its own.
//!
//! A shard runner of serenity's that Discord has turned away can spin without ever giving way to
//! another task, and then neither ends nor lets itself be shut down. On a thread of its own it keeps
//! nobody from noticing, from finishing what is in hand, and from ending the process. It must never
//! know what an event means to a course.

mod ears;
mod entrance;
mod pulse;
mod refusal;
mod witness;

use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use secrecy::{ExposeSecret, SecretString};
use serenity::client::{Client, ClientBuilder};
use serenity::http::HttpBuilder;
use serenity::model::gateway::GatewayIntents;
use tokio::sync::{mpsc, oneshot};
use tracing::Dispatch;

pub(super) use self::ears::Ears;
pub(super) use self::entrance::{Entrance, entrance};
pub use self::refusal::GatewayRefusal;
use self::witness::Witness;

/// What Beadle asks the gateway for, besides what people write.
const INTENTS: GatewayIntents = GatewayIntents::GUILDS
    .union(GatewayIntents::GUILD_MESSAGES)
    .union(GatewayIntents::GUILD_MESSAGE_REACTIONS);

/// The connection to the gateway. It ends when this is dropped.
pub(super) struct Gateway {
    refusals: mpsc::UnboundedReceiver<GatewayRefusal>,
    pulse: Arc<AtomicU64>,
    _open: oneshot::Sender<()>,
}

/// What the thread is started with.
struct Line {
    token: SecretString,
    root: Option<String>,
    intents: GatewayIntents,
    entrance: Entrance,
    ears: Ears,
    pulse: Arc<AtomicU64>,
    tell: mpsc::UnboundedSender<GatewayRefusal>,
    /// Ends with the [`Gateway`].
    open: oneshot::Receiver<()>,
}

impl Gateway {
    /// Connects, on a thread of its own. With `root`, serenity's REST goes there. What people write is
    /// asked for only if Discord would tell it: otherwise it lets nobody in.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn connect(
        token: SecretString,
        root: Option<&str>,
        entrance: Entrance,
        hears_words: bool,
        ears: Ears,
    ) -> Result<Self, GatewayRefusal> {
        let (tell, refusals) = mpsc::unbounded_channel();
        let (_open, open) = oneshot::channel();
        let pulse = Arc::new(AtomicU64::new(0));
        let line = Line {
            token,
            root: root.map(str::to_owned),
            intents: match hears_words {
                true => INTENTS | GatewayIntents::MESSAGE_CONTENT,
                false => INTENTS,
            },
            entrance,
            ears,
            pulse: pulse.clone(),
            tell,
            open,
        };
        std::thread::Builder::new()
            .name("gateway".to_owned())
            .spawn(move || line.run())
            .map_err(|error| GatewayRefusal::Other(error.to_string()))?;
        Ok(Self {
            refusals,
            pulse,
            _open,
        })
    }

    /// Waits until Discord lets Beadle in no more, and says why.
    pub async fn refused(&mut self) -> GatewayRefusal {
        tokio::select! {
            refusal = self.refusals.recv() => {
                refusal.unwrap_or_else(|| GatewayRefusal::Other("its thread has ended".to_owned()))
            }
            () = pulse::stands_still(&self.pulse) => GatewayRefusal::Stuck,
        }
    }
}

impl Line {
    fn run(self) {
        let tell = self.tell.clone();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build();
        match runtime {
            Ok(runtime) => {
                let witness = Dispatch::new(Witness::new(tell));
                tracing::dispatcher::with_default(&witness, || runtime.block_on(self.listen()));
                runtime.shutdown_background();
            }
            Err(error) => {
                // Beadle may be stopping already.
                let _ = tell.send(GatewayRefusal::Other(error.to_string()));
            }
        }
    }

    async fn listen(self) {
        let stream = async {
            let client = client(&self.token, self.root.as_deref(), self.intents, self.ears);
            match stream(client, &self.entrance).await {
                Ok(()) => GatewayRefusal::Other("its shards were shut down".to_owned()),
                Err(error) => GatewayRefusal::from(&error),
            }
        };
        tokio::select! {
            refusal = stream => {
                // Beadle may be stopping already.
                let _ = self.tell.send(refusal);
            }
            () = pulse::beat(&self.pulse) => {}
            _ = self.open => {}
        }
    }
}

async fn stream(
    client: impl Future<Output = serenity::Result<Client>>,
    entrance: &Entrance,
) -> serenity::Result<()> {
    let mut client = client.await?;
    // serenity asks for the address as well, but falls back on Discord's own when it gets none.
    client.ws_url.lock().await.clone_from(&entrance.url);
    let shards = entrance.shards;
    // The end of serenity's range is the last shard, not the one after it.
    client
        .start_shard_range(shards.first()..shards.last(), shards.total())
        .await
}

async fn client(
    token: &SecretString,
    root: Option<&str>,
    intents: GatewayIntents,
    ears: Ears,
) -> serenity::Result<Client> {
    let mut http = HttpBuilder::new(token.expose_secret());
    if let Some(root) = root {
        // With its own limiter on, serenity would send past the address that is set.
        http = http.proxy(root).ratelimiter_disabled(true);
    }
    ClientBuilder::new_with_http(http.build(), intents)
        .event_handler(ears)
        .await
}
