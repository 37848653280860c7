//! JSON for machines: whole seconds, and the same offsets as people write them. Only written.

use serde::Serialize;

use super::{About, Definition};
use crate::domain::lecture::{Topic, TopicTable};
use crate::domain::recording::Recording;

pub(super) const DEFINITION: Definition = Definition {
    name: "json",
    extensions: &["json"],
    likelihood: |_| 0,
    read: None,
    write,
    has_ends: true,
    has_notes: true,
};

#[derive(Serialize)]
struct Table<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    recording: Option<&'a str>,
    topics: Vec<Row<'a>>,
}

#[derive(Serialize)]
struct Row<'a> {
    start: String,
    start_s: u32,
    end: Option<String>,
    end_s: Option<u32>,
    title: &'a str,
    note: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    link: Option<String>,
}

impl<'a> Row<'a> {
    fn of(topic: &'a Topic, recording: Option<&Recording>) -> Self {
        Self {
            start: topic.start.to_string(),
            start_s: topic.start.seconds(),
            end: topic.end.map(|end| end.to_string()),
            end_s: topic.end.map(|end| end.seconds()),
            title: &topic.title,
            note: topic.note.as_deref(),
            link: recording.map(|recording| recording.at(topic.start)),
        }
    }
}

fn write(table: &TopicTable, about: About<'_>) -> String {
    let topics = table
        .iter()
        .map(|topic| Row::of(topic, about.recording))
        .collect();
    let recording = about.recording.map(Recording::as_str);
    let table = Table {
        title: about.title,
        recording,
        topics,
    };
    // Strings and numbers always have a JSON form.
    serde_json::to_string_pretty(&table).unwrap_or_default() + "\n"
}
