//! JSON for machines: whole seconds, and the same offsets as people write them. Read again, either will
//! do; where both stand and differ, somebody changed one of them, and nobody can say which is right.
//!
//! What Beadle prints of questions and digests is JSON as well, and no topic table: it is told by its
//! first line and refused.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::draft::Draft;
use super::json_chapters::{self, Chapter};
use super::json_value::{Value, first_known_key};
use super::source::Source;
use super::{About, Definition};
use crate::domain::lecture::{Topic, TopicTable};
use crate::domain::recording::Recording;

pub(super) const DEFINITION: Definition = Definition {
    name: "json",
    extensions: &["json"],
    likelihood,
    read,
    write,
    has_ends: true,
    needs_ends: false,
    has_notes: true,
};

#[derive(Deserialize)]
#[serde(expecting = "an object, {…}")]
struct ReadTable<'s> {
    #[serde(borrow, default)]
    topics: Option<&'s RawValue>,
}

#[derive(Deserialize)]
struct ReadRow<'s> {
    #[serde(borrow, default)]
    start: Option<&'s RawValue>,
    #[serde(borrow, default)]
    start_s: Option<&'s RawValue>,
    #[serde(borrow, default)]
    end: Option<&'s RawValue>,
    #[serde(borrow, default)]
    end_s: Option<&'s RawValue>,
    #[serde(borrow, default)]
    title: Option<&'s RawValue>,
    #[serde(borrow, default)]
    note: Option<&'s RawValue>,
}

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

fn likelihood(text: &str) -> u8 {
    let has_topics = || first_known_key(text, |key| (key == "topics").then_some(())).is_some();
    match json_chapters::is_object(text) {
        true if is_listing(text) || has_topics() => 100,
        _ => 0,
    }
}

/// Whether this is a line of what `questions`, `replay` or `digest` print for machines.
pub(super) fn is_listing(text: &str) -> bool {
    #[derive(Deserialize)]
    struct Line<'s> {
        #[serde(rename = "type")]
        kind: &'s str,
        #[serde(borrow, default)]
        state: Option<&'s RawValue>,
        #[serde(borrow, default)]
        reply: Option<&'s RawValue>,
        #[serde(borrow, default)]
        author: Option<&'s RawValue>,
    }
    let first = text.trim_start().lines().next().unwrap_or_default();
    serde_json::from_str::<Line<'_>>(first).is_ok_and(|line| match line.kind {
        "question" => line.state.is_some(),
        "lookup" | "reply" => line.reply.is_some(),
        "digest" => line.author.is_none(),
        _ => false,
    })
}

fn read(source: &Source, draft: &mut Draft<'_>) {
    if is_listing(source.text()) {
        draft.problem(
            0,
            "this is what Beadle prints of questions, lookups or a digest, and no topic table; \
             `beadle topics export` writes those",
        );
        return;
    }
    let Some(table) = json_chapters::root::<ReadTable<'_>>(source, draft) else {
        return;
    };
    if table.topics.is_none() {
        draft.problem(
            0,
            "there are no topics here; write them as {\"topics\": [{\"start\": \"52:14\", \"title\": \"…\"}]}",
        );
    }
    let rows = json_chapters::elements(source, draft, "topics", table.topics);
    for element in rows.unwrap_or_default() {
        let Some(row) = json_chapters::chapter::<ReadRow<'_>>(draft, element) else {
            continue;
        };
        let chapter = Chapter {
            start: one_of(source, draft, row.start, row.start_s),
            end: one_of(source, draft, row.end, row.end_s),
            title: row.title,
            note: row.note,
            start_key: "start",
        };
        json_chapters::take(source, draft, &chapter, element.at);
    }
}

/// An offset that may stand twice: as people write it, and in seconds.
fn one_of<'s>(
    source: &Source,
    draft: &mut Draft<'_>,
    as_text: Option<&'s RawValue>,
    in_seconds: Option<&'s RawValue>,
) -> Option<&'s RawValue> {
    if let (Some(text), Some(seconds)) = (as_text, in_seconds) {
        let (text, seconds) = (Value::of(source, text), Value::of(source, seconds));
        let read = (
            json_chapters::offset_in(text),
            json_chapters::offset_in(seconds),
        );
        if let (Some(one), Some(other)) = read
            && one != other
        {
            let message =
                format!("this is {one}, and {other} in seconds beside it; keep one of them");
            draft.problem(text.at, message);
        }
    }
    as_text.or(in_seconds)
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
