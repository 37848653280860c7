//! Every command, menu and control that Beadle has, one row each: what it is called, what it takes, who
//! may use it, who sees what comes of it, and the use case that deals with it.
//!
//! Discord is told of the commands from these rows, the README's table is tested against them, and
//! whoever types a prefix finds them here. To add one, add its row, its use case and its sentences.

mod typed;

use std::pin::Pin;

pub(crate) use self::typed::{Typed, is_for_a_bot};
use super::interaction::{self, Asked, Deed, Response};
use super::turn::Turn;
use super::{course, digest, lectures, listing, lookup, menu, relay, setup, topics, undo};
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

const TITLE: OptionRow = OptionRow::text("title", "What it is called", 200);

const SLUG: OptionRow = OptionRow::text(
    "slug",
    "Its short name, as in !t 10 52:14; none: the next number",
    32,
);

const VIDEO: OptionRow = OptionRow::text(
    "video",
    "Where the recording is watched, as a web address; - for none",
    2_000,
);

const DURATION: OptionRow = OptionRow::text(
    "duration",
    "How long the recording is, such as 1:16:15; - for unknown",
    20,
);

const DATE: OptionRow = OptionRow::text(
    "date",
    "The day it is held, such as 2026-02-09; - for none",
    20,
);

const CHANNEL: OptionRow = OptionRow {
    name: "channel",
    about: "A channel of its own; one that it has already is taken away from it",
    kind: Kind::Channel,
    required: false,
    offers: None,
};

const TOPIC: OptionRow = OptionRow::text(
    "topic",
    "The topic, by where it starts or by words of its title",
    100,
)
.required()
.offering(Offers::Topics);

const UNDER_TOPIC: OptionRow = OptionRow::text(
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

/// Formats in which a table is read: what is shown, and the format's name.
const FORMATS_IN: &[(&str, &str)] = &[
    ("CSV", "csv"),
    ("TOML", "toml"),
    ("lines that end in (start: 25:29)", "start-lines"),
    ("a YouTube description", "youtube"),
    ("yt-dlp's info.json", "yt-dlp"),
    ("WebVTT chapters", "webvtt"),
    ("Podcasting 2.0 chapters.json", "podcasting"),
    ("Podlove Simple Chapters", "podlove"),
    ("FFMETADATA", "ffmetadata"),
];

/// Formats in which a table is written.
const FORMATS_OUT: &[(&str, &str)] = &[
    ("CSV", "csv"),
    ("TOML", "toml"),
    ("lines that end in (start: 25:29)", "start-lines"),
    ("a YouTube description", "youtube"),
    ("yt-dlp's info.json", "yt-dlp"),
    ("WebVTT chapters", "webvtt"),
    ("Podcasting 2.0 chapters.json", "podcasting"),
    ("Podlove Simple Chapters", "podlove"),
    ("FFMETADATA", "ffmetadata"),
    ("Markdown", "markdown"),
    ("JSON", "json"),
];

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
        options: &[STATE, LECTURE, UNDER_TOPIC, MINE],
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
        path: "course setup",
        about: "Set up a course on this server, or change one",
        options: &[],
        by: By::Administrators,
        seen_by: SeenBy::Asker,
        typed: None,
        run: run!(setup::begin),
    },
    CommandRow {
        path: "course show",
        about: "What the course is set to, and where that is changed",
        options: &[],
        by: By::Staff,
        seen_by: SeenBy::Asker,
        typed: None,
        run: run!(course::show),
    },
    CommandRow {
        path: "course status",
        about: "What works, what does not, and since when",
        options: &[],
        by: By::Staff,
        seen_by: SeenBy::Asker,
        typed: None,
        run: run!(course::status),
    },
    CommandRow {
        path: "lecture add",
        about: "Add a lecture; without anything given, a form asks for it",
        options: &[TITLE, SLUG, VIDEO, DURATION, DATE, CHANNEL],
        by: By::Staff,
        seen_by: SeenBy::Asker,
        typed: None,
        run: run!(lectures::add),
    },
    CommandRow {
        path: "lecture edit",
        about: "Change a lecture; without anything given, a form shows what it is now",
        options: &[
            LECTURE.required(),
            TITLE,
            SLUG,
            VIDEO,
            DURATION,
            DATE,
            CHANNEL,
        ],
        by: By::Staff,
        seen_by: SeenBy::Asker,
        typed: None,
        run: run!(lectures::edit),
    },
    CommandRow {
        path: "lecture list",
        about: "Every lecture, with what is known of it",
        options: &[],
        by: By::Staff,
        seen_by: SeenBy::Asker,
        typed: None,
        run: run!(lectures::list),
    },
    CommandRow {
        path: "lecture remove",
        about: "Take a lecture away; its questions stay",
        options: &[LECTURE.required()],
        by: By::Staff,
        seen_by: SeenBy::Asker,
        typed: None,
        run: run!(lectures::remove),
    },
    CommandRow {
        path: "topic add",
        about: "Adds a topic to a lecture's table",
        options: &[
            OptionRow::text("at", "Where it starts, as in 52:14", 20),
            OptionRow::text("title", "What is taught, in a few words", 200),
            OptionRow::text(
                "until",
                "Where it ends; none: where the next one starts",
                20,
            ),
            OptionRow::text("note", "What a student may want to know besides", 1_000),
            LECTURE,
        ],
        by: By::Staff,
        seen_by: SeenBy::Asker,
        typed: None,
        run: run!(topics::add),
    },
    CommandRow {
        path: "topic edit",
        about: "Changes a topic's time, title or note",
        options: &[TOPIC, LECTURE],
        by: By::Staff,
        seen_by: SeenBy::Asker,
        typed: None,
        run: run!(topics::edit),
    },
    CommandRow {
        path: "topic remove",
        about: "Takes a topic out of a lecture's table",
        options: &[TOPIC, LECTURE],
        by: By::Staff,
        seen_by: SeenBy::Asker,
        typed: None,
        run: run!(topics::remove),
    },
    CommandRow {
        path: "topic import",
        about: "Reads a whole table from a file, and shows what would change first",
        options: &[
            OptionRow {
                kind: Kind::File,
                ..OptionRow::text(
                    "file",
                    "The table; its format is recognised by its content",
                    0,
                )
            }
            .required(),
            LECTURE,
            OptionRow {
                kind: Kind::OneOf(FORMATS_IN),
                ..OptionRow::text("format", "The file's format, if it is not recognised", 0)
            },
        ],
        by: By::Staff,
        seen_by: SeenBy::Asker,
        typed: None,
        run: run!(topics::import),
    },
    CommandRow {
        path: "topic export",
        about: "Hands a lecture's table out as a file",
        options: &[
            OptionRow {
                kind: Kind::OneOf(FORMATS_OUT),
                ..OptionRow::text("format", "The file's format; none: CSV", 0)
            },
            LECTURE,
        ],
        by: By::Staff,
        seen_by: SeenBy::Asker,
        typed: None,
        run: run!(topics::export),
    },
    CommandRow {
        path: "topic history",
        about: "Who changed a lecture's table, when, and what",
        options: &[LECTURE],
        by: By::Staff,
        seen_by: SeenBy::Asker,
        typed: None,
        run: run!(topics::history),
    },
    CommandRow {
        path: "topic undo",
        about: "Takes the last change of a lecture's table back",
        options: &[LECTURE],
        by: By::Staff,
        seen_by: SeenBy::Asker,
        typed: None,
        run: run!(topics::undo),
    },
    CommandRow {
        path: "digest preview",
        about: "What the digest would say now; only you see it",
        options: &[],
        by: By::Staff,
        seen_by: SeenBy::Asker,
        typed: None,
        run: run!(digest::commands::preview),
    },
    CommandRow {
        path: "digest now",
        about: "Post today's digest at once instead of at its hour",
        options: &[],
        by: By::Staff,
        seen_by: SeenBy::Asker,
        typed: None,
        run: run!(digest::commands::now),
    },
    CommandRow {
        path: "digest schedule",
        about: "When and where the digest comes; with options: change it",
        options: &[
            OptionRow::text("at", "The local time of day, as in 18:00", 20),
            OptionRow::text(
                "days",
                "The days of the week, as in mon, wed, fri, or: every day",
                100,
            ),
            OptionRow {
                kind: Kind::Channel,
                ..OptionRow::text("channel", "The channel for the instructors", 0)
            },
        ],
        by: By::Staff,
        seen_by: SeenBy::Asker,
        typed: None,
        run: run!(digest::commands::schedule),
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
    ControlRow {
        tag: "digest",
        // Two courses may share a channel for their digests: it asks for the staff of the question's own.
        by: By::Anybody,
        run: run!(digest::panel::control),
    },
    ControlRow {
        tag: "lecture",
        by: By::Staff,
        run: run!(lectures::control),
    },
    ControlRow {
        tag: "topic",
        by: By::Staff,
        run: run!(topics::form_sent),
    },
    ControlRow {
        tag: "import",
        by: By::Staff,
        run: run!(topics::import_control),
    },
    ControlRow {
        tag: "setup",
        by: By::Administrators,
        run: run!(setup::control),
    },
];

/// Whether a deed needs to know what Beadle may do on the server.
pub fn looks_around(deed: &Deed) -> bool {
    match deed {
        Deed::Command { path, .. } => path.starts_with("course "),
        Deed::Control { id, .. } | Deed::Form { id, .. } => id.starts_with("setup:"),
        Deed::Menu { .. } | Deed::Unusable(_) => false,
    }
}

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::TopicFormat;

    #[test]
    fn every_format_can_be_chosen() {
        let names = |readable: bool| {
            let all = TopicFormat::ALL.iter();
            let all = all.filter(move |format| !readable || format.is_readable());
            all.map(ToString::to_string).collect::<Vec<_>>()
        };
        let values = |choices: &[(&str, &str)]| {
            let values = choices.iter().map(|(_, value)| (*value).to_owned());
            values.collect::<Vec<_>>()
        };
        assert_eq!(values(FORMATS_IN), names(true));
        assert_eq!(values(FORMATS_OUT), names(false));
    }

    /// Discord's reference, "Application Commands": lengths, and what has to be given stands first.
    #[test]
    fn every_row_is_one_that_discord_takes() {
        for row in COMMANDS {
            assert!(row.about.chars().count() <= 100, "{}", row.path);
            let required = row.options.iter().map(|option| option.required);
            assert!(required.is_sorted_by(|a, b| a >= b), "{}", row.path);
            for option in row.options {
                assert!(
                    option.about.chars().count() <= 100,
                    "{} {}",
                    row.path,
                    option.name
                );
            }
        }
    }

    #[test]
    fn no_two_rows_have_the_same_name() {
        let mut names: Vec<&str> = COMMANDS.iter().map(|row| row.path).collect();
        names.extend(MENUS.iter().map(|row| row.name));
        names.extend(CONTROLS.iter().map(|row| row.tag).filter(|tag| {
            // A control may be called like the command that shows it.
            !COMMANDS.iter().any(|row| row.path == *tag)
        }));
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count);
    }
}
