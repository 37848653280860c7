//! What the commands take.

use super::row::{Kind, Offers, OptionRow};

pub(super) const LECTURE: OptionRow = OptionRow::text(
    "lecture",
    "The lecture, by its short name or words of its title; none: the one that is meant here",
    100,
)
.offering(Offers::Lectures);

pub(super) const AT: OptionRow = OptionRow::text(
    "at",
    "A time as in 52:14, a range as in 47:09-52:14, or words as in reward model",
    200,
)
.offering(Offers::Topics);

pub(super) const QUESTION_TO_ASK: OptionRow =
    OptionRow::text("question", "What you want to know, in words", 1_000).required();

pub(super) const WHERE: OptionRow =
    OptionRow::text("at", "Where in the recording, as in 52:14", 100).offering(Offers::Topics);

pub(super) const STATE: OptionRow = OptionRow {
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

pub(super) const TITLE: OptionRow = OptionRow::text("title", "What it is called", 200);

pub(super) const SLUG: OptionRow = OptionRow::text(
    "slug",
    "Its short name, as in !t 10 52:14; none: the next number",
    32,
);

pub(super) const VIDEO: OptionRow = OptionRow::text(
    "video",
    "Where the recording is watched, as a web address; - for none",
    2_000,
);

pub(super) const DURATION: OptionRow = OptionRow::text(
    "duration",
    "How long the recording is, such as 1:16:15; - for unknown",
    20,
);

pub(super) const DATE: OptionRow = OptionRow::text(
    "date",
    "The day it is held, such as 2026-02-09; - for none",
    20,
);

pub(super) const CHANNEL: OptionRow = OptionRow {
    name: "channel",
    about: "A channel of its own; one that it has already is taken away from it",
    kind: Kind::Channel,
    required: false,
    offers: None,
};

pub(super) const TOPIC: OptionRow = OptionRow::text(
    "topic",
    "The topic, by where it starts or by words of its title",
    100,
)
.required()
.offering(Offers::Topics);

pub(super) const UNDER_TOPIC: OptionRow = OptionRow::text(
    "topic",
    "A topic of the lecture, by words of its title or a time in it",
    100,
)
.offering(Offers::Topics);

pub(super) const MINE: OptionRow = OptionRow {
    name: "mine",
    about: "Only what you asked",
    kind: Kind::Truth,
    required: false,
    offers: None,
};

pub(super) const QUESTION: OptionRow = OptionRow::text(
    "question",
    "The question: choose one, or give the link to its message",
    100,
)
.required()
.offering(Offers::Questions);

pub(super) const ANSWER: OptionRow = OptionRow::text(
    "text",
    "Your answer; none: a form with room for more",
    2_000,
);

/// Formats in which a table is read and written: what is shown, and the format's name.
pub(super) const FORMATS: &[(&str, &str)] = &[
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
