//! What a person is told who used a command or a control; and the controls that a message carries.

use serde::{Deserialize, Serialize};

use crate::app::effect::Outgoing;

/// What is told to whoever waits for it.
#[derive(Debug, Clone, PartialEq)]
pub enum Response {
    /// Said in the channel for everybody, over as many messages as it takes; never none.
    Openly(Vec<Outgoing>),
    /// Said so that only this person sees it, over as many messages as it takes; never none.
    Privately(Vec<Outgoing>),
    /// The message that the control is on says this from now on.
    Changes(Box<Outgoing>),
    /// A form is shown. It has to come at once: not after a second or more.
    Asks(Form),
    /// Nothing is said: what was done shows by itself.
    Nothing,
}

impl Response {
    /// A sentence that only this person sees.
    pub fn privately(sentence: impl Into<String>) -> Self {
        Self::Privately(vec![Outgoing::text(sentence)])
    }

    /// Another wording of the message that the control is on.
    pub fn changes(message: Outgoing) -> Self {
        Self::Changes(Box::new(message))
    }

    /// A sentence that everybody in the channel sees.
    pub fn openly(sentence: impl Into<String>) -> Self {
        Self::Openly(vec![Outgoing::text(sentence)])
    }
}

/// A row of controls under a message; a message has at most five.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Controls {
    /// At most five buttons.
    Buttons(Vec<Button>),
    /// Something to choose from; it fills its row.
    Choice(Choice),
}

/// A button.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Button {
    /// What stands on it, at most 80 characters.
    pub label: String,
    /// The control's id: its tag (see [`crate::app::command`]), and behind a colon what it is about;
    /// at most 100 characters. For a [`Style::Link`] the address.
    pub id: String,
    /// How it looks.
    #[serde(default)]
    pub style: Style,
    /// Whether it can be pressed.
    #[serde(default = "yes")]
    pub enabled: bool,
}

const fn yes() -> bool {
    true
}

impl Button {
    /// A plain button.
    pub fn new(label: impl Into<String>, id: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            id: id.into(),
            style: Style::Plain,
            enabled: true,
        }
    }

    /// The same in another style.
    #[must_use]
    pub fn style(self, style: Style) -> Self {
        Self { style, ..self }
    }

    /// The same, which can be pressed only if that holds.
    #[must_use]
    pub fn enabled(self, enabled: bool) -> Self {
        Self { enabled, ..self }
    }
}

/// How a button looks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Style {
    /// Grey.
    #[default]
    Plain,
    /// The one that is meant to be pressed.
    Main,
    /// Green: it confirms.
    Good,
    /// Red: it takes something away.
    Danger,
    /// It leads to an address.
    Link,
}

/// Something to choose from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// The control's id, as a [`Button`]'s.
    pub id: String,
    /// What stands there before anything is chosen, at most 150 characters.
    pub prompt: String,
    /// From what is chosen.
    pub from: Pick,
    /// How many have to be chosen at least.
    pub least: u8,
    /// How many may be chosen at most; 1 to 25.
    pub most: u8,
}

/// From what is chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pick {
    /// From these, 1 to 25: label, value (each at most 100 characters), and whether it is chosen
    /// already.
    These(Vec<(String, String, bool)>),
    /// From the server's text channels, and forums too if so said; these are chosen already.
    Channels {
        /// Whether forums may be chosen.
        forums: bool,
        /// Ids.
        chosen: Vec<u64>,
    },
    /// From the server's roles; these are chosen already.
    Roles {
        /// Ids.
        chosen: Vec<u64>,
    },
}

/// A form that a person fills in (Discord's modal).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// Its id, as a [`Button`]'s.
    pub id: String,
    /// At most 45 characters.
    pub title: String,
    /// One to five.
    pub fields: Vec<Field>,
}

/// A field of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Under which name what is written there is given.
    pub name: &'static str,
    /// What stands above it, at most 45 characters.
    pub label: String,
    /// What stands in it already.
    pub value: String,
    /// What stands in it, in grey, while it is empty; at most 100 characters.
    pub hint: String,
    /// Whether it has several lines.
    pub long: bool,
    /// Whether it has to be filled in.
    pub required: bool,
    /// How many characters fit, at most 4,000.
    pub most_chars: u16,
}

impl Field {
    /// A field of one line that has to be filled in.
    pub fn line(name: &'static str, label: impl Into<String>, most_chars: u16) -> Self {
        Self {
            name,
            label: label.into(),
            value: String::new(),
            hint: String::new(),
            long: false,
            required: true,
            most_chars,
        }
    }

    /// The same, which may be left empty.
    #[must_use]
    pub fn optional(self) -> Self {
        Self {
            required: false,
            ..self
        }
    }

    /// The same with several lines.
    #[must_use]
    pub fn long(self) -> Self {
        Self { long: true, ..self }
    }

    /// The same with something in it.
    #[must_use]
    pub fn holding(self, value: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            ..self
        }
    }

    /// The same with a hint.
    #[must_use]
    pub fn hint(self, hint: impl Into<String>) -> Self {
        Self {
            hint: hint.into(),
            ..self
        }
    }
}
