//! What a message that answers an interaction says about it.
//!
//! Source: Discord's documentation, "Message", "Message Interaction Metadata".

use serde_json::{Value, json};

use super::{Interaction, Place, kind};
use crate::time::Snowflake;
use crate::world::World;
use crate::world::state::{Message, Reference, message_kind};

/// By which way an interaction came about.
#[derive(Debug, Clone)]
pub(crate) enum Origin {
    /// A slash command, by its whole name: `digest preview`.
    Slash {
        name: String,
    },
    /// A command of a message's or a user's menu.
    Menu {
        name: String,
        on: Target,
    },
    Component,
    /// A form that another interaction brought.
    Modal {
        of: Snowflake,
    },
}

/// What a menu was opened on.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Target {
    Message(Place),
    User(Snowflake),
}

/// What a message tells of the interaction that it answers.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Provenance {
    metadata: Value,
    /// The older form of the same, which only commands have.
    legacy: Option<Value>,
}

impl Provenance {
    pub fn add_to(&self, shape: &mut Value) {
        shape["interaction_metadata"] = self.metadata.clone();
        if let Some(legacy) = &self.legacy {
            shape["interaction"] = legacy.clone();
        }
    }
}

impl World {
    pub(super) fn provenance(
        &self,
        interaction: &Interaction,
        original: Option<Snowflake>,
    ) -> Provenance {
        let mut metadata = self.metadata(interaction);
        if let Some(original) = original {
            metadata["original_response_message_id"] = json!(original.to_string());
        }
        let name = match &interaction.deed.origin {
            Origin::Slash { name } | Origin::Menu { name, .. } => Some(name),
            Origin::Component | Origin::Modal { .. } => None,
        };
        let legacy = name.map(|name| {
            json!({
                "id": interaction.id.to_string(),
                "type": kind::COMMAND,
                "name": name,
                "user": self.user_shape(interaction.deed.user),
            })
        });
        Provenance { metadata, legacy }
    }

    fn metadata(&self, interaction: &Interaction) -> Value {
        let deed = &interaction.deed;
        let mut metadata = json!({
            "id": interaction.id.to_string(),
            "type": deed.kind,
            "user": self.user_shape(deed.user),
            "authorizing_integration_owners": self.owners_shape(deed.channel),
        });
        match &deed.origin {
            Origin::Slash { .. } => {}
            Origin::Menu {
                on: Target::Message(place),
                ..
            } => {
                metadata["target_message_id"] = json!(place.message.to_string());
            }
            Origin::Menu {
                on: Target::User(user),
                ..
            } => {
                metadata["target_user"] = self.user_shape(*user);
            }
            Origin::Component => {
                let message = deed.message.map_or(0, |place| place.message);
                metadata["interacted_message_id"] = json!(message.to_string());
            }
            Origin::Modal { of } => {
                let trigger = self.interactions.get(of);
                metadata["triggering_interaction_metadata"] =
                    trigger.map_or(Value::Null, |trigger| self.metadata(trigger));
            }
        }
        metadata
    }

    /// For whom the application was installed where this happens.
    pub(super) fn owners_shape(&self, channel: Snowflake) -> Value {
        let guild = self
            .channels
            .get(&channel)
            .and_then(|channel| channel.guild);
        json!({"0": guild.unwrap_or(0).to_string()})
    }

    /// The kind of message that a first answer is: a command's, or a reply to the message whose control was used.
    pub(super) fn mark_as_answer(&self, message: &mut Message, interaction: &Interaction) {
        match &interaction.deed.origin {
            Origin::Slash { .. } => message.kind = message_kind::SLASH_COMMAND,
            Origin::Menu { .. } => message.kind = message_kind::MENU_COMMAND,
            Origin::Component => mark_as_reply(message, interaction.deed.message),
            Origin::Modal { of } => {
                if let Some(trigger) = self.interactions.get(of) {
                    self.mark_as_answer(message, trigger);
                }
            }
        }
    }
}

pub(super) fn mark_as_reply(message: &mut Message, to: Option<Place>) {
    let Some(place) = to else { return };
    message.kind = message_kind::REPLY;
    message.reference = Some(Reference {
        channel: place.channel,
        message: Some(place.message),
    });
}
