//! What a person does with Beadle's commands, menus and controls in Discord, told without serenity's
//! types; and what Beadle responds.
//!
//! Unlike an [`Event`](super::event::Event), an interaction is in no history and comes once. It is dealt with at once, in a
//! transaction of its own ([`App::interact`]), so that nobody waits behind what a busy channel says. A
//! response is for the person who waits: it passes, and is not recorded. Whatever matters beyond it is
//! an effect, like everything else.

mod given;
mod grounds;
mod response;
mod stopped;

pub use given::{File, Given, Value};
pub use grounds::{Ground, Grounds};
pub use response::{Button, Choice, Controls, Field, Form, Pick, Response, Style};
pub(crate) use stopped::{Stopped, told};

use std::collections::HashSet;

use super::courses::{Belongs, ServedCourse};
use super::effect::Entry;
use super::event::{Message, Person, Place};
use super::turn::Turn;
use super::{App, by_hand, command, messages, reply};
use crate::domain::ids::{InteractionId, MessageId};
use crate::store::StoreError;
use command::{By, Run};

/// Something that a person did with one of Beadle's commands or controls.
#[derive(Debug, Clone, PartialEq)]
pub struct Interaction {
    /// Its id.
    pub id: InteractionId,
    /// Where.
    pub place: Place,
    /// Who.
    pub person: Person,
    /// Whether Beadle may post messages there.
    pub lets_beadle_post: bool,
    /// What.
    pub deed: Deed,
    /// What Beadle sees of the server, where [`command::looks_around`].
    pub grounds: Grounds,
}

/// What was done.
#[derive(Debug, Clone, PartialEq)]
pub enum Deed {
    /// A slash command was used.
    Command {
        /// Its name with those of its subcommands: `digest preview`.
        path: String,
        /// What was given with it.
        given: Given,
    },
    /// A command's menu was used where that makes no sense; the sentence says why.
    Unusable(&'static str),
    /// A command of a message's menu was used.
    Menu {
        /// Its name.
        name: String,
        /// The message, which is told whole even where Beadle may not read messages.
        target: Box<Message>,
    },
    /// A button was pressed or something was chosen.
    Control {
        /// The control's id, as Beadle made it: its tag, and behind a colon what it is about. What is
        /// about a message of the channel begins with `message=` and its number.
        id: String,
        /// The message that it is about, if it is about one that is still there.
        about: Option<Box<Message>>,
        /// What was chosen, by its value.
        chosen: Vec<String>,
        /// The message that the control is on.
        on: MessageId,
    },
    /// A form was sent.
    Form {
        /// The form's id, as Beadle made it: its tag, and behind a colon what it is about.
        id: String,
        /// What was written, by the names of the fields.
        given: Given,
        /// The message with the control that asked for the form, if one did.
        on: Option<MessageId>,
    },
}

/// What a command, menu, control or form is handed: who did it where, and with what.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asked<'t> {
    /// The whole of it.
    pub interaction: &'t Interaction,
    /// What was given with a command or written into a form.
    pub given: &'t Given,
    /// What a control or form is about: what stands behind the tag of its id.
    pub about: &'t str,
    /// What was chosen.
    pub chosen: &'t [String],
    /// The message whose menu was used, or that a control is about.
    pub target: Option<&'t Message>,
    /// The message that a control is on.
    pub on: Option<MessageId>,
}

impl<'t> Asked<'t> {
    /// Where.
    pub fn place(&self) -> &Place {
        &self.interaction.place
    }

    /// Who.
    pub fn person(&self) -> &Person {
        &self.interaction.person
    }

    /// What Beadle sees of the server, and may do there.
    pub fn grounds(&self) -> &'t Grounds {
        &self.interaction.grounds
    }

    /// The course that the place belongs to.
    ///
    /// # Errors
    /// A response that says that there is none, or several.
    pub fn course<'a>(&self, turn: &Turn<'a>) -> Result<&'a ServedCourse, Response> {
        let courses = turn.courses;
        match courses.of_command(self.place()) {
            Belongs::To(served) => Ok(served),
            Belongs::ToNone => Err(Response::privately(reply::NO_COURSE)),
            Belongs::ToSeveral => {
                let sentence = reply::which_course(&courses.channels_on(self.place().server));
                Err(Response::privately(sentence))
            }
        }
    }
}

impl App {
    /// Deals with an interaction, in a transaction of its own. Returns what the person is told, and
    /// what is to be done on Discord besides, which the outbox holds by then.
    ///
    /// # Errors
    /// When the database fails; then nothing of it was done.
    pub async fn interact(
        &self,
        interaction: &Interaction,
    ) -> Result<(Response, Vec<Entry>), StoreError> {
        let mut memory = self.memory.lock().await;
        for _ in 0..Self::RACES {
            let courses = self.courses();
            let mut tx = self.store.begin().await?;
            let named = messages_of(interaction);
            let mut turn = self.turn(&mut tx, &courses, &mut memory, named).await?;
            let dealt = async {
                let response = respond(&mut turn, interaction).await?;
                messages::weigh_again(&mut turn).await?;
                Ok((response, turn.finish().await?))
            };
            let settled = match dealt.await {
                Ok((response, finished)) => {
                    let committed = self.commit(tx, &courses, finished).await;
                    committed.map(|entries| (response, entries))
                }
                Err(error) => Err(error),
            };
            match settled {
                Err(StoreError::Raced) => memory.forget(),
                Err(error) => {
                    memory.forget();
                    return Err(error);
                }
                Ok(done) => return Ok(done),
            }
        }
        Err(StoreError::Raced)
    }
}

fn messages_of(interaction: &Interaction) -> HashSet<MessageId> {
    match &interaction.deed {
        Deed::Menu { target, .. } => target.with_linked().collect(),
        Deed::Control { about, .. } => about.iter().flat_map(|it| it.with_linked()).collect(),
        Deed::Command { .. } | Deed::Unusable(_) | Deed::Form { .. } => HashSet::new(),
    }
}

/// Finds what was used, asks whether this person may, and has it done.
async fn respond(turn: &mut Turn<'_>, interaction: &Interaction) -> Result<Response, StoreError> {
    let nothing = Given::default();
    let mut asked = Asked {
        interaction,
        given: &nothing,
        about: "",
        chosen: &[],
        target: None,
        on: None,
    };
    let found: Option<(By, Run)> = match &interaction.deed {
        Deed::Command { path, given } => {
            asked.given = given;
            command::named(path).map(|row| (row.by, row.run))
        }
        Deed::Unusable(why) => return Ok(Response::privately(*why)),
        Deed::Menu { name, target } => {
            asked.target = Some(target);
            command::menu(name).map(|row| (row.by, row.run))
        }
        Deed::Control {
            id,
            about,
            chosen,
            on,
        } => {
            (asked.chosen, asked.on) = (chosen, Some(*on));
            asked.target = about.as_deref();
            let (tag, about) = id.split_once(':').unwrap_or((id, ""));
            asked.about = about;
            command::control(tag).map(|row| (row.by, row.run))
        }
        Deed::Form { id, given, on } => {
            (asked.given, asked.on) = (given, *on);
            let (tag, about) = id.split_once(':').unwrap_or((id, ""));
            asked.about = about;
            command::control(tag).map(|row| (row.by, row.run))
        }
    };
    let Some((by, run)) = found else {
        // An older or a newer version of Beadle made it.
        return Ok(Response::privately(reply::NOT_KNOWN_ANY_MORE));
    };
    if let Err(refusal) = may(turn, &asked, by) {
        return Ok(refusal);
    }
    run(turn, asked).await
}

/// Whether a person may use what is for `by`.
///
/// # Errors
/// A response that says who may.
fn may(turn: &Turn<'_>, asked: &Asked<'_>, by: By) -> Result<(), Response> {
    match by {
        By::Anybody => Ok(()),
        By::Staff if asked.person().manages_server => Ok(()),
        By::Staff => match asked.course(turn)?.is_staff(asked.person()) {
            true => Ok(()),
            false => Err(Response::privately(reply::FOR_STAFF)),
        },
        By::Administrators if asked.person().manages_server => Ok(()),
        By::Administrators => Err(Response::privately(reply::FOR_ADMINISTRATORS)),
    }
}

/// `/help`: what can be asked.
pub(crate) async fn help(turn: &mut Turn<'_>, asked: Asked<'_>) -> Result<Response, StoreError> {
    let prefix = by_hand::prefix_in(turn, asked.place()).unwrap_or("!");
    Ok(Response::privately(reply::help(prefix)))
}

/// The message that a control is about, by the control's id.
pub fn message_in(id: &str) -> Option<MessageId> {
    let (_, about) = id.split_once(":message=")?;
    about.split(':').next()?.parse().ok()
}
