//! Interactions: what people do with a bot's commands, controls and forms, and what the bot makes of it.
//! Here is what is remembered of each; what people do is in `typed`, `controls` and `modal`, what bots answer in `answer`
//! and `webhook`.
//!
//! Source: Discord's documentation, "Receiving and Responding to Interactions".

mod answer;
pub(crate) mod controls;
mod event;
mod line;
pub(crate) mod modal;
mod offered;
mod origin;
mod resolve;
pub(crate) mod typed;
pub(crate) mod values;
mod webhook;

use serde_json::Value;

use super::World;
use super::state::{Attachment, Message, message_flag};
use crate::time::Snowflake;
pub(crate) use origin::{Origin, Provenance, Target};
pub(crate) use webhook::Sought;

/// How long a bot has for its first answer, by the sandbox's clock.
const ANSWER_WITHIN_MS: u64 = 3_000;
/// How long an interaction's token is good, by the sandbox's clock.
const TOKEN_GOOD_FOR_MS: u64 = 15 * 60 * 1_000;

/// A kind of interaction, by Discord's number.
pub(crate) mod kind {
    pub const COMMAND: u8 = 2;
    pub const COMPONENT: u8 = 3;
    pub const AUTOCOMPLETE: u8 = 4;
    pub const MODAL: u8 = 5;
}

/// Where a message is; one that only one person sees has a channel as well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    pub channel: Snowflake,
    pub message: Snowflake,
}

/// A message that only one person sees. It is in no channel's history.
#[derive(Debug, Clone)]
pub(crate) struct Ephemeral {
    pub viewer: Snowflake,
    pub message: Message,
}

/// How a bot answered first.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum FirstAnswer {
    Message,
    DeferredMessage,
    DeferredUpdate,
    Update,
    Choices(Vec<Value>),
    Modal(Value),
}

/// What somebody does with an application, before it is told of it.
#[derive(Debug)]
pub(crate) struct Deed {
    pub kind: u8,
    pub bot: Snowflake,
    pub user: Snowflake,
    pub channel: Snowflake,
    /// The deed in words, for the transcript: `/soup size:2`, `[Taste]`.
    pub words: String,
    /// The event's `data`.
    pub data: Value,
    /// Files that came along.
    pub attachments: Vec<Attachment>,
    /// The message whose control was used, also where a form came in between.
    pub message: Option<Place>,
    pub origin: Origin,
}

/// Something somebody did with an application, and what came of it.
#[derive(Debug)]
pub(crate) struct Interaction {
    pub id: Snowflake,
    pub token: String,
    pub at_ms: u64,
    pub deed: Deed,
    pub answer: Option<FirstAnswer>,
    /// What `@original` stands for: the first answer, or the message whose control was used.
    pub original: Option<Place>,
    pub followups: Vec<Place>,
    /// Whether the message whose control was used has been changed through this interaction.
    pub has_updated: bool,
}

impl Interaction {
    /// Whether the first answer was put off.
    pub fn was_deferred(&self) -> bool {
        matches!(
            self.answer,
            Some(FirstAnswer::DeferredMessage | FirstAnswer::DeferredUpdate)
        )
    }

    /// Whether it has got no answer and gets none any more.
    pub fn has_failed(&self, now_ms: u64) -> bool {
        self.answer.is_none() && now_ms.saturating_sub(self.at_ms) >= ANSWER_WITHIN_MS
    }

    fn token_is_good(&self, now_ms: u64) -> bool {
        now_ms.saturating_sub(self.at_ms) < TOKEN_GOOD_FOR_MS
    }
}

impl World {
    /// Lets somebody do something with an application, and tells the application.
    pub fn begin_interaction(&mut self, deed: Deed) -> Snowflake {
        let id = self.next_id();
        let token = format!("sandbox.{:032x}", id.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        let (bot, channel) = (deed.bot, deed.channel);
        let interaction = Interaction {
            id,
            token,
            at_ms: self.now_ms(),
            deed,
            answer: None,
            original: None,
            followups: Vec::new(),
            has_updated: false,
        };
        let event = self.interaction_event(&interaction);
        self.interactions.insert(id, interaction);
        let guild = self
            .channels
            .get(&channel)
            .and_then(|channel| channel.guild);
        self.tell_interaction(bot, guild, &event);
        id
    }

    /// A message wherever it is: in a channel, or before one person's eyes.
    pub fn message_at(&self, place: Place) -> Option<&Message> {
        let in_channel = self.message(place.channel, place.message).ok();
        in_channel.or_else(|| {
            let ephemeral = self.ephemerals.get(&place.message)?;
            Some(&ephemeral.message)
        })
    }

    /// A message as `viewer` may see it: one that only somebody else sees is not there.
    pub fn message_seen_by(&self, viewer: Snowflake, place: Place) -> Option<&Message> {
        match self.ephemerals.get(&place.message) {
            Some(ephemeral) if ephemeral.viewer != viewer => None,
            _ => self.message_at(place),
        }
    }

    /// The first answer once there is something to see: not while it is put off.
    pub fn finished_reply(&self, id: Snowflake) -> Option<&Message> {
        let interaction = self.interactions.get(&id)?;
        if !matches!(
            interaction.answer,
            Some(FirstAnswer::Message | FirstAnswer::DeferredMessage)
        ) {
            return None;
        }
        let message = self.message_at(interaction.original?)?;
        (message.flags & message_flag::LOADING == 0).then_some(message)
    }

    /// A file that came with a command, or lies under a message that only one person sees.
    pub fn private_attachment(&self, id: Snowflake) -> Option<&Attachment> {
        let with_deeds = self.interactions.values().flat_map(|i| &i.deed.attachments);
        let ephemeral = self
            .ephemerals
            .values()
            .flat_map(|e| &e.message.attachments);
        with_deeds.chain(ephemeral).find(|file| file.id == id)
    }
}
