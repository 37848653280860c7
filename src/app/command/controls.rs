//! The commands of a message's menu, the controls and the forms.

use super::row::{By, ControlRow, MenuRow, run};
use crate::app::{digest, lectures, listing, lookup, menu, relay, setup, topics, undo};

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
