//! What is heard on the live stream, in order, and where it goes.
//!
//! serenity runs each event's handler in a task of its own, so that events overtake each other. Its
//! collectors hear every event in order, in the shard's own loop; so one collector takes everything,
//! and the handlers only see to it that it is there.

use std::collections::HashMap;
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context as TaskContext, Waker};

use futures_util::Stream;
use serenity::async_trait;
use serenity::client::{Context, EventHandler};
use serenity::model::event::{Event as DiscordEvent, ResumedEvent};
use serenity::model::gateway::Ready;
use serenity::model::id::ShardId;
use tracing::{debug, info};

use crate::app::App;
use crate::discord::directory::Directory;
use crate::discord::hear::hear;
use crate::discord::interactions::Counter;
use crate::discord::queue::Queue;

/// Hears what happens.
pub(in crate::discord) struct Ears {
    app: Arc<App>,
    queue: Queue,
    directory: Directory,
    counter: Counter,
    /// The collectors, one a shard; each ends when it is dropped.
    collectors: Mutex<HashMap<ShardId, Collector>>,
}

/// Keeps a collector alive.
type Collector = Pin<Box<dyn Stream<Item = ()> + Send>>;

impl Ears {
    /// Ears that have not heard anything yet.
    pub fn new(app: Arc<App>, queue: Queue, directory: Directory, counter: Counter) -> Self {
        Self {
            app,
            queue,
            directory,
            counter,
            collectors: Mutex::default(),
        }
    }

    /// Takes every event of a shard from now on, in order.
    fn listen(&self, context: &Context) {
        let (queue, directory, app) =
            (self.queue.clone(), self.directory.clone(), self.app.clone());
        let counter = self.counter.clone();
        let collector =
            serenity::collector::collect(&context.shard, move |event: &DiscordEvent| {
                if let DiscordEvent::InteractionCreate(event) = event {
                    counter.take(&event.interaction);
                } else {
                    hear(event, &directory, &queue, &app);
                }
                let_others_run();
                None::<()>
            });
        let mut collectors = self
            .collectors
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        collectors.insert(context.shard_id, Box::pin(collector));
    }
}

/// Counts an event as work, so that the shard's loop pauses after some. serenity makes a task of each
/// event, though nobody handles it, and goes on without a pause for as long as it finds events in its
/// buffers: in a flood thousands of tasks would pile up in memory.
fn let_others_run() {
    let counted = pin!(tokio::task::coop::consume_budget());
    // Whether the budget is spent, the loop finds out when it next reads.
    let _ = counted.poll(&mut TaskContext::from_waker(Waker::noop()));
}

#[async_trait]
impl EventHandler for Ears {
    /// A new session: serenity has made a new shard runner for it, on which nobody listens yet.
    ///
    /// This runs beside the shard's loop, so that what follows READY at once may go unheard. The
    /// interruption comes after the ears are open, and the history that is read for it holds all
    /// that went unheard before.
    async fn ready(&self, context: Context, ready: Ready) {
        let pause = self.queue.pause();
        self.listen(&context);
        drop(pause);
        info!(bot.id = %ready.user.id, bot.name = ready.user.name, shard.id = %context.shard_id, servers = ready.guilds.len(), "connected to Discord");
    }

    /// The same session on the same shard runner: its collector heard what Discord sent again.
    async fn resume(&self, context: Context, _: ResumedEvent) {
        debug!(shard.id = %context.shard_id, "resumed");
    }
}
