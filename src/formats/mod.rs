//! Topic tables and discussions, in and out.
//!
//! Text goes in, domain types and [`Problem`]s come out; nothing here opens a file or knows where
//! the text came from. A format is one file with a [`Definition`] and one line in the list of
//! [`TopicFormat`]s below.

mod csv;
pub mod discussion;
mod draft;
mod ends;
mod ffmetadata;
mod json;
mod json_chapters;
mod json_value;
mod markdown;
mod podcasting;
mod podlove;
mod problem;
mod remarks;
mod seconds;
mod source;
mod start_lines;
mod toml;
mod topic_format;
mod webvtt;
mod youtube;
mod yt_dlp;

pub use problem::Problem;
pub use topic_format::{TopicFormat, UnknownFormat, recognise};

use std::collections::HashSet;

use crate::domain::lecture::{Topic, TopicTable};
use crate::domain::offset::Offset;
use crate::domain::recording::Recording;
use draft::Draft;
use source::Source;

/// A topic table that was read, and what a curator may want to hear of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read {
    /// The table.
    pub table: TopicTable,
    /// In which format it came.
    pub format: TopicFormat,
    /// How long the input itself says that the recording is.
    pub duration: Option<Offset>,
    /// What was done on the way (rows folded, lines left out), by line; no mistakes.
    pub notes: Vec<Problem>,
}

/// What a written table says about its lecture besides the topics.
#[derive(Debug, Clone, Copy, Default)]
pub struct About<'a> {
    /// The lecture's title, for formats with a heading.
    pub title: Option<&'a str>,
    /// The recording, for formats with links to each topic's second.
    pub recording: Option<&'a Recording>,
    /// How long the recording is, for formats in which the last topic must end.
    pub duration: Option<Offset>,
}

/// What each format's file provides.
struct Definition {
    /// As `--format` names it.
    name: &'static str,
    /// How files of this format end, in small letters, without the dot.
    extensions: &'static [&'static str],
    /// How surely a text is of this format: 0 not, 100 nothing else looks like it.
    likelihood: fn(&str) -> u8,
    /// Puts the text's rows into the draft.
    read: fn(&Source, &mut Draft<'_>),
    /// The table in this format, with a line break at the end.
    write: fn(&TopicTable, About<'_>) -> String,
    /// Whether what is written has a place for ends.
    has_ends: bool,
    /// Whether it gives every topic an end, known or not.
    needs_ends: bool,
    /// Whether what is written has a place for notes.
    has_notes: bool,
}

/// Reads a topic table, whole or not at all.
///
/// Without a format, the text's content decides. With the recording's duration, offsets past it
/// are mistakes.
///
/// # Errors
/// Every mistake there is, by line and column.
pub fn read_topics(
    bytes: &[u8],
    format: Option<TopicFormat>,
    duration: Option<Offset>,
) -> Result<Read, Vec<Problem>> {
    let source = Source::decode(bytes).map_err(|problem| vec![problem])?;
    let format = format.unwrap_or_else(|| recognise(source.text(), None));
    let mut draft = Draft::of(&source);
    (format.definition().read)(&source, &mut draft);
    let own_duration = draft.duration();
    let (table, notes) = draft.finish(duration)?;
    Ok(Read {
        table,
        format,
        duration: own_duration,
        notes,
    })
}

/// Writes a topic table; what the format has no place for (such as ends and notes in a YouTube
/// description) is left out, which [`to_know`] tells.
pub fn write_topics(table: &TopicTable, format: TopicFormat, about: About<'_>) -> String {
    (format.definition().write)(table, about)
}

/// What somebody should know of a table that was written as that text: what the format has no place for,
/// what it made up, and whether it is another table when it is read again. A sentence each.
pub fn to_know(
    table: &TopicTable,
    format: TopicFormat,
    about: About<'_>,
    text: &str,
) -> Vec<String> {
    let sentences = [
        left_out(table, format),
        made_up(table, format, about),
        misread(table, format, text),
    ];
    sentences.into_iter().flatten().collect()
}

/// What of a table is lost in a format, as a sentence; `None` if nothing is.
fn left_out(table: &TopicTable, format: TopicFormat) -> Option<String> {
    let definition = format.definition();
    let notes = table.iter().filter(|topic| topic.note.is_some()).count();
    let lost = [
        (!definition.has_ends, ends::telling(table), "end"),
        (!definition.has_notes, notes, "note"),
    ];
    let lost: Vec<String> = lost
        .into_iter()
        .filter(|(is_lost, number, _)| *is_lost && *number > 0)
        .map(|(_, number, what)| format!("{number} {what}{}", if number == 1 { "" } else { "s" }))
        .collect();
    (!lost.is_empty()).then(|| {
        let lost = lost.join(" and ");
        format!("`{format}` has no place for {lost}, left out here")
    })
}

/// What a format made up, as a sentence: where every topic has an end, the last one's, which nobody told.
fn made_up(table: &TopicTable, format: TopicFormat, about: About<'_>) -> Option<String> {
    let last = table
        .as_slice()
        .last()
        .filter(|topic| topic.end.is_none())?;
    let is_known = about.duration.is_some_and(|end| end > last.start);
    (format.definition().needs_ends && !is_known).then(|| {
        format!(
            "`{format}` gives every topic an end, and nobody told when the last one, “{}”, ends: it is \
             written to end a second after its start at {}; say how long the recording is (`--duration \
             1:16:15` on the command line, the lecture's `duration` in Discord)",
            last.title, last.start
        )
    })
}

/// Whether a table that was written is another when it is read again, as a sentence. Some formats have
/// no way to say that an offset in a title is no topic of its own.
fn misread(table: &TopicTable, format: TopicFormat, text: &str) -> Option<String> {
    let again = read_topics(text.as_bytes(), Some(format), None);
    // Where it is no table at all any more, the line tells which title is to blame.
    let (again, line) = match again {
        Ok(read) => (read.table, None),
        Err(problems) => {
            let at = problems.first().map(|problem| problem.line);
            let mut lines = text.lines().zip(1..);
            let line = lines.find_map(|(line, number)| (Some(number) == at).then_some(line));
            (TopicTable::default(), line)
        }
    };
    let is_to_blame = |topic: &Topic| line.is_none_or(|line| line.contains(&topic.title));
    let told = |topic: &Topic| (topic.start, topic.title.clone());
    let (written, read) = (table.iter().map(told), again.iter().map(told));
    if written.eq(read) {
        return None;
    }
    let read: HashSet<_> = again.iter().map(told).collect();
    let lost = table
        .iter()
        .find(|topic| is_to_blame(topic) && !read.contains(&told(topic)));
    let place = lost.map_or_else(String::new, |topic| {
        format!(", such as the one of {} (“{}”)", topic.start, topic.title)
    });
    Some(format!(
        "`{format}` cannot tell titles like these from its own marks{place}: read again, this would be \
         another table; take `csv` or `toml` to keep it"
    ))
}

#[cfg(test)]
mod chapters_tests;
#[cfg(test)]
mod tests;
