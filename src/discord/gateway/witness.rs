//! Hears serenity say that Discord closed the door for good, where serenity itself does not draw
//! the consequence.
//!
//! Of the close codes after which a client must not come back, serenity 0.12.5 ends on 4004, 4013
//! and 4014 only. On 4010 and 4011 its shard runner spins without ever giving way to another task;
//! on 4012 it comes back for ever. All that it lets out is a log line. So the gateway's thread logs
//! through a [`Witness`], which listens for those lines, whatever level the host logs at, and hands
//! everything on. The tests drive serenity into each of these, so that other words in another
//! version do not go unnoticed.

use std::fmt::{Debug, Write as _};

use tokio::sync::mpsc;
use tracing::field::{Field, Visit};
use tracing::level_filters::LevelFilter;
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::Interest;
use tracing::{Dispatch, Event, Level, Metadata, Subscriber};

use super::GatewayRefusal;

/// Where the telling lines come from.
const SPEAKER: &str = "serenity::gateway";

/// What serenity says, and what it means.
const SAYINGS: [(&str, GatewayRefusal); 3] = [
    ("Sent invalid shard data", GatewayRefusal::NoSuchShard),
    (
        "Shard has too many guilds",
        GatewayRefusal::MoreShardsNeeded,
    ),
    ("Unknown unclean close 4012", GatewayRefusal::Version),
];

/// A subscriber for the gateway's thread alone. Spans are left out: serenity makes several for each
/// event, and they tell nothing to a host.
pub(super) struct Witness {
    /// Where the log goes otherwise.
    log: Dispatch,
    /// The most that either wants to hear.
    level: LevelFilter,
    tell: mpsc::UnboundedSender<GatewayRefusal>,
}

impl Witness {
    /// A witness in front of the log as it is here and now.
    pub fn new(tell: mpsc::UnboundedSender<GatewayRefusal>) -> Self {
        Self {
            log: tracing::dispatcher::get_default(Dispatch::clone),
            level: LevelFilter::current().max(LevelFilter::WARN),
            tell,
        }
    }
}

fn may_tell(line: &Metadata<'_>) -> bool {
    line.is_event() && *line.level() <= Level::WARN && line.target().starts_with(SPEAKER)
}

/// The text of a log line.
#[derive(Default)]
struct Text(String);

impl Visit for Text {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        if field.name() == "message" {
            // Writing to a text does not fail.
            let _ = write!(self.0, "{value:?}");
        }
    }
}

impl Subscriber for Witness {
    fn register_callsite(&self, line: &'static Metadata<'static>) -> Interest {
        match () {
            () if may_tell(line) => Interest::always(),
            () if line.is_event() => self.log.register_callsite(line),
            () => Interest::never(),
        }
    }

    fn enabled(&self, line: &Metadata<'_>) -> bool {
        may_tell(line) || (line.is_event() && self.log.enabled(line))
    }

    fn max_level_hint(&self) -> Option<LevelFilter> {
        Some(self.level)
    }

    fn event(&self, event: &Event<'_>) {
        if may_tell(event.metadata()) {
            let mut text = Text::default();
            event.record(&mut text);
            let saying = SAYINGS.iter().find(|(words, _)| text.0.contains(words));
            if let Some((_, refusal)) = saying {
                // Beadle may be stopping already.
                let _ = self.tell.send(refusal.clone());
            }
        }
        if self.log.enabled(event.metadata()) {
            self.log.event(event);
        }
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}
