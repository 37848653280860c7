//! What stands in a row of the tables of commands, menus and controls. It must never know which there
//! are.

use std::pin::Pin;

use crate::app::interaction::{Asked, Response};
use crate::app::turn::Turn;
use crate::store::StoreError;

/// Who may use a command or a control.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// Whoever can see it.
    Anybody,
    /// The course's staff, and whoever may manage the server.
    Staff,
    /// Whoever may manage the server.
    Administrators,
}

/// Who sees what comes of a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SeenBy {
    /// Everybody in the channel. Mistakes are for whoever made them all the same.
    Everybody,
    /// Only who used it.
    Asker,
}

/// A use case as a row names it.
pub(crate) type Run =
    for<'t, 'a> fn(
        &'t mut Turn<'a>,
        Asked<'t>,
    ) -> Pin<Box<dyn Future<Output = Result<Response, StoreError>> + Send + 't>>;

/// A use case behind a pointer, so that it can stand in a table. What stops it by a refusal is told.
macro_rules! run {
    ($use_case:path) => {
        |turn, asked| {
            Box::pin(async move { $crate::app::interaction::told($use_case(turn, asked).await) })
        }
    };
}

/// A slash command.
pub struct CommandRow {
    /// Its name, behind those of the commands that it is a subcommand of: `digest preview`.
    pub path: &'static str,
    /// What it does, at most 100 characters.
    pub about: &'static str,
    /// What it takes: what has to be given stands first.
    pub options: &'static [OptionRow],
    /// Who may use it.
    pub by: By,
    /// Who sees what comes of it.
    pub seen_by: SeenBy,
    /// How it is typed behind a course's prefix, as [`Typed`] knows it; `None`: it is not.
    pub typed: Option<&'static str>,
    pub(crate) run: Run,
}

/// What a command takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OptionRow {
    /// Its name.
    pub name: &'static str,
    /// What it is, at most 100 characters.
    pub about: &'static str,
    /// What can be given.
    pub kind: Kind,
    /// Whether it has to be given.
    pub required: bool,
    /// What is offered while it is typed.
    pub offers: Option<Offers>,
}

/// What can be given for an option.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Words, at most so many characters.
    Text(u16),
    /// One of these: what is shown, and the value.
    OneOf(&'static [(&'static str, &'static str)]),
    /// Yes or no.
    Truth,
    /// A text channel of the server.
    Channel,
    /// A role of the server.
    Role,
    /// A file.
    File,
}

/// What is offered while an option is typed; see [`crate::app::offer`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Offers {
    /// The course's lectures.
    Lectures,
    /// Topics of the lecture that is meant, by words and by time.
    Topics,
    /// Questions that wait for an answer.
    Questions,
}

impl OptionRow {
    /// Words that may be left out.
    pub(super) const fn text(name: &'static str, about: &'static str, most_chars: u16) -> Self {
        Self {
            name,
            about,
            kind: Kind::Text(most_chars),
            required: false,
            offers: None,
        }
    }

    pub(super) const fn required(self) -> Self {
        Self {
            required: true,
            ..self
        }
    }

    pub(super) const fn offering(self, offers: Offers) -> Self {
        Self {
            offers: Some(offers),
            ..self
        }
    }
}

/// A command of a message's menu.
pub struct MenuRow {
    /// Its name, at most 32 characters.
    pub name: &'static str,
    /// Who may use it.
    pub by: By,
    pub(crate) run: Run,
}

/// A control under one of Beadle's messages, or a form.
pub struct ControlRow {
    /// What its id begins with. Ids stay on messages for as long as these do, so a tag once used keeps
    /// its meaning.
    pub tag: &'static str,
    /// Who may use it.
    pub by: By,
    pub(crate) run: Run,
}

pub(super) use run;
