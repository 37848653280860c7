//! What people do with bots: commands, menus, buttons and selects.

use std::sync::Arc;

use serde_json::Value;

use super::Person;
use crate::handles::channel::Channel;
use crate::handles::used::Used;
use crate::handles::view::MessageView;
use crate::handles::{Account, InChannel};
use crate::time::Snowflake;
use crate::world::World;
use crate::world::draft::Upload;
use crate::world::interactions::typed::Typist;
use crate::world::interactions::{Deed, FirstAnswer, Place, Target};

/// Something that a bot suggests while a command is being typed.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// What the person sees.
    pub name: String,
    /// What the bot gets when it is chosen: a text or a number.
    pub value: Value,
}

impl Person {
    /// Sends a slash command as it would be typed: `/topic add at:52:14 title:Reward models`. A value runs to the next
    /// name of an option. Users, channels and roles are written as a mention, a name or an id.
    pub async fn uses(&self, channel: &Channel, line: &str) -> Used {
        let typist = self.at(channel);
        self.acts(line, |world| world.slash_deed(typist, line, None))
            .await
    }

    /// Sends a slash command with a file in one of its options.
    pub async fn uses_with_file(
        &self,
        channel: &Channel,
        line: &str,
        option: &str,
        file: &str,
        bytes: &[u8],
    ) -> Used {
        let typist = self.at(channel);
        let upload = Upload::named(file, bytes);
        self.acts(line, |world| {
            world.slash_deed(typist, line, Some((option, upload)))
        })
        .await
    }

    /// Chooses a command in the menu of a message.
    pub async fn uses_on(&self, message: &impl InChannel, command: &str) -> Used {
        let place = place_of(message);
        let typist = Typist {
            user: self.id,
            channel: place.channel,
        };
        self.acts(command, |world| {
            world.place_seen_by(self.id, place)?;
            world.menu_deed(typist, command, Target::Message(place))
        })
        .await
    }

    /// Chooses a command in the menu of a user.
    pub async fn uses_on_user(
        &self,
        channel: &Channel,
        whom: &impl Account,
        command: &str,
    ) -> Used {
        let (typist, whom) = (self.at(channel), whom.account_id());
        self.acts(command, |world| {
            world.menu_deed(typist, command, Target::User(whom))
        })
        .await
    }

    /// What is suggested once the command has been typed so far and the cursor stands in one of its options.
    ///
    /// # Panics
    ///
    /// When that option suggests nothing, or the bot does not answer in time.
    pub async fn types(&self, channel: &Channel, line: &str, option: &str) -> Vec<Choice> {
        let typist = self.at(channel);
        let typed = self
            .acts(line, |world| world.autocomplete_deed(typist, line, option))
            .await;
        let choices = |answer: &FirstAnswer| match answer {
            FirstAnswer::Choices(choices) => Some(choices.clone()),
            _ => None,
        };
        let choices = typed.first_answer(choices).await;
        let choices = choices.iter().map(|choice| Choice {
            name: choice["name"].as_str().unwrap_or("").to_owned(),
            value: choice["value"].clone(),
        });
        choices.collect()
    }

    /// Clicks a button, by its label or custom id.
    pub async fn clicks(&self, message: &impl InChannel, button: &str) -> Used {
        let place = place_of(message);
        self.acts(button, |world| world.click_deed(self.id, place, button))
            .await
    }

    /// Chooses in a select that is called by its placeholder or custom id. Choices are called by label or value; users,
    /// channels and roles by a mention, a name or an id.
    pub async fn selects(&self, message: &impl InChannel, select: &str, chosen: &[&str]) -> Used {
        let place = place_of(message);
        self.acts(select, |world| {
            world.select_deed(self.id, place, select, chosen)
        })
        .await
    }

    /// The messages in a channel that nobody but they see, oldest first.
    #[must_use]
    pub fn private_messages(&self, channel: &Channel) -> Vec<MessageView> {
        self.shared.read(|world| {
            let shown = world.ephemerals.values().filter(|ephemeral| {
                ephemeral.viewer == self.id && ephemeral.message.channel == channel.id()
            });
            shown
                .map(|ephemeral| MessageView::of(&ephemeral.message))
                .collect()
        })
    }

    fn at(&self, channel: &Channel) -> Typist {
        Typist {
            user: self.id,
            channel: channel.id(),
        }
    }

    pub(in crate::handles) async fn acts(
        &self,
        what: &str,
        deed: impl FnOnce(&mut World) -> Result<Deed, String>,
    ) -> Used {
        let begun: Result<Snowflake, String> = self.shared.write(|world| {
            let deed = deed(world)?;
            Ok(world.begin_interaction(deed))
        });
        let id = begun.unwrap_or_else(|why| panic!("{} cannot use `{what}`: {why}", self.name));
        // Lets the gateway's tasks take the event up, also where there is but one thread.
        tokio::task::yield_now().await;
        Used::new(Arc::clone(&self.shared), self.clone(), id)
    }
}

fn place_of(message: &impl InChannel) -> Place {
    Place {
        channel: message.channel_id(),
        message: message.message_id(),
    }
}
