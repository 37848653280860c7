//! Every command, menu and control that Beadle has, one row each: what it is called, what it takes, who
//! may use it, who sees what comes of it, and the use case that deals with it.
//!
//! Discord is told of the commands from these rows, the README's table is tested against them, and
//! whoever types a prefix finds them here. To add one, add its row, its use case and its sentences.

mod typed;

use std::pin::Pin;

pub(crate) use self::typed::{Typed, is_for_a_bot};
use super::interaction::{self, Asked, Response};
use super::turn::Turn;
use super::{listing, lookup, menu, relay, undo};
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

/// A use case behind a pointer, so that it can stand in a table.
macro_rules! run {
    ($use_case:path) => {
        |turn, asked| Box::pin($use_case(turn, asked))
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

/// What is offered while an option is typed; see [`super::offer`].
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
    const fn text(name: &'static str, about: &'static str, most_chars: u16) -> Self {
        Self {
            name,
            about,
            kind: Kind::Text(most_chars),
            required: false,
            offers: None,
        }
    }

    const fn required(self) -> Self {
        Self {
            required: true,
            ..self
        }
    }

    const fn offering(self, offers: Offers) -> Self {
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

const LECTURE: OptionRow = OptionRow::text(
    "lecture",
    "The lecture, by its short name or words of its title; none: the one that is meant here",
    100,
)
.offering(Offers::Lectures);

const AT: OptionRow = OptionRow::text(
    "at",
    "A time as in 52:14, a range as in 47:09-52:14, or words as in reward model",
    200,
)
.offering(Offers::Topics);

const QUESTION_TO_ASK: OptionRow =
    OptionRow::text("question", "What you want to know, in words", 1_000).required();

const WHERE: OptionRow =
    OptionRow::text("at", "Where in the recording, as in 52:14", 100).offering(Offers::Topics);

const STATE: OptionRow = OptionRow {
    name: "state",
    about: "What became of them; none: those that are open",
    kind: Kind::OneOf(&[
        ("open", "open"),
        ("maybe answered", "suggested"),
        ("answered", "answered"),
        ("all", "all"),
        ("need no answer (staff)", "dismissed"),
        ("put off (staff)", "snoozed"),
    ]),
    required: false,
    offers: None,
};

const TOPIC: OptionRow = OptionRow::text(
    "topic",
    "A topic of the lecture, by words of its title or a time in it",
    100,
)
.offering(Offers::Topics);

const MINE: OptionRow = OptionRow {
    name: "mine",
    about: "Only what you asked",
    kind: Kind::Truth,
    required: false,
    offers: None,
};

const QUESTION: OptionRow = OptionRow::text(
    "question",
    "The question: choose one, or give the link to its message",
    100,
)
.required()
.offering(Offers::Questions);

const ANSWER: OptionRow = OptionRow::text(
    "text",
    "Your answer; none: a form with room for more",
    2_000,
);

/// Every slash command.
pub const COMMANDS: &[CommandRow] = &[
    CommandRow {
        path: "t",
        about: "What is taught at a time of a recording, or where something is taught",
        options: &[AT, LECTURE],
        by: By::Anybody,
        seen_by: SeenBy::Everybody,
        typed: Some("t"),
        run: run!(lookup::command),
    },
    CommandRow {
        path: "topics",
        about: "A lecture's whole topic table, with links into the recording",
        options: &[LECTURE],
        by: By::Anybody,
        seen_by: SeenBy::Asker,
        typed: None,
        run: run!(lookup::topics),
    },
    CommandRow {
        path: "ask",
        about: "Ask the class and the instructors something about a lecture",
        options: &[QUESTION_TO_ASK, LECTURE, WHERE],
        by: By::Anybody,
        seen_by: SeenBy::Asker,
        typed: Some("q"),
        run: run!(relay::ask),
    },
    CommandRow {
        path: "questions",
        about: "What was asked: by state, lecture, topic, or only what you asked",
        options: &[STATE, LECTURE, TOPIC, MINE],
        by: By::Anybody,
        seen_by: SeenBy::Asker,
        typed: None,
        run: run!(listing::list),
    },
    CommandRow {
        path: "answer",
        about: "Answer a question, as a reply to it; without a text you get a form",
        options: &[QUESTION, ANSWER],
        by: By::Anybody,
        seen_by: SeenBy::Asker,
        typed: None,
        run: run!(relay::answer),
    },
    CommandRow {
        path: "help",
        about: "What you can ask Beadle",
        options: &[],
        by: By::Anybody,
        seen_by: SeenBy::Asker,
        typed: Some("beadle"),
        run: run!(interaction::help),
    },
];

/// Every command of a message's menu.
pub const MENUS: &[MenuRow] = &[
    MenuRow {
        name: "Gather question",
        by: By::Anybody,
        run: run!(menu::gather),
    },
    MenuRow {
        name: "Mark as answer",
        by: By::Anybody,
        run: run!(menu::mark),
    },
    MenuRow {
        name: "Not a question",
        by: By::Anybody,
        run: run!(menu::dismiss),
    },
];

/// Every control and form.
pub const CONTROLS: &[ControlRow] = &[
    ControlRow {
        tag: "lookup",
        by: By::Anybody,
        run: run!(lookup::control),
    },
    ControlRow {
        tag: "questions",
        by: By::Anybody,
        run: run!(listing::control),
    },
    ControlRow {
        tag: "answer",
        by: By::Anybody,
        run: run!(relay::answer),
    },
    ControlRow {
        tag: "mark",
        by: By::Anybody,
        run: run!(menu::control),
    },
    ControlRow {
        tag: "undo",
        by: By::Anybody,
        run: run!(undo::control),
    },
];

/// The slash command of that name.
pub fn named(path: &str) -> Option<&'static CommandRow> {
    COMMANDS.iter().find(|row| row.path == path)
}

/// The menu command of that name.
pub fn menu(name: &str) -> Option<&'static MenuRow> {
    MENUS.iter().find(|row| row.name == name)
}

/// The control or form with that tag.
pub fn control(tag: &str) -> Option<&'static ControlRow> {
    CONTROLS.iter().find(|row| row.tag == tag)
}
