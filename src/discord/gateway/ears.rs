//! What is heard on the live stream, in order, and where it goes.
//!
//! serenity runs each event's handler in a task of its own, so that events overtake each other. Its
//! collectors hear every event in order, in the shard's own loop; so one collector takes everything,
//! and the handlers only see to it that it is there.

use std::collections::HashMap;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};

use futures_util::Stream;
use serenity::async_trait;
use serenity::client::{Context, EventHandler};
use serenity::model::event::{Event as DiscordEvent, ResumedEvent};
use serenity::model::gateway::Ready;
use serenity::model::id::ShardId;
use tracing::{debug, info};

use crate::app::App;
use crate::discord::directory::Directory;
use crate::discord::queue::Queue;
use crate::discord::translate::{self, Meaning};
use crate::domain::ids::ServerId;

/// Hears what happens.
pub(in crate::discord) struct Ears {
    app: Arc<App>,
    queue: Queue,
    directory: Directory,
    /// The collectors, one a shard; each ends when it is dropped.
    collectors: Mutex<HashMap<ShardId, Collector>>,
}

/// Keeps a collector alive.
type Collector = Pin<Box<dyn Stream<Item = ()> + Send>>;

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

fn hear(event: &DiscordEvent, directory: &Directory, queue: &Queue, app: &App) {
    match translate::understand(event, directory) {
        Meaning::Event(event) => queue.take(*event),
        Meaning::ServerIsThere(server) if is_served(app, server) => {
            info!(server.id = %server, "the server is there");
            queue.interrupt();
        }
        Meaning::ChannelIsThere(channel) => {
            let place = directory
                .channel(channel)
                .map(|known| directory.place(ServerId::new(known.guild_id.get()), channel));
            if place.is_some_and(|place| app.courses().watching(&place).is_some()) {
                queue.look_at(channel);
            }
        }
        Meaning::ServerIsThere(_) | Meaning::Nothing => {}
    }
}

fn is_served(app: &App, server: ServerId) -> bool {
    app.courses().on(server).next().is_some()
}

#[async_trait]
impl EventHandler for Ears {
    /// A new session: serenity has made a new shard runner for it, on which nobody listens yet.
    ///
    /// This runs beside the shard's loop, so that what follows READY at once may go unheard. The
    /// interruption comes after the ears are open, and the history that is read for it holds all
    /// that went unheard before.
    async fn ready(&self, context: Context, ready: Ready) {
        self.listen(&context);
        info!(bot.id = %ready.user.id, bot.name = ready.user.name, shard.id = %context.shard_id, servers = ready.guilds.len(), "connected to Discord");
        self.queue.interrupt();
    }

    /// The same session on the same shard runner: its collector heard what Discord sent again.
    async fn resume(&self, context: Context, _: ResumedEvent) {
        debug!(shard.id = %context.shard_id, "resumed");
    }
}
