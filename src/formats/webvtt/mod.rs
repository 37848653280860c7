//! WebVTT chapters (W3C, *WebVTT: The Web Video Text Tracks Format*): a cue a topic, its first line the
//! title, the lines below it the note.
//!
//! Cues' names and settings, comments, styles and regions are not read, nor is HLS's
//! `X-TIMESTAMP-MAP`, which says where a piece of video stands among others. Every cue has an end.
//! Read by our own hand, since every mistake is to be named by its place.

mod cue_text;

use std::fmt::Write as _;

use super::draft::{Cell, Draft, Row};
use super::source::{Line, Source};
use super::{About, Definition, ends};
use crate::domain::lecture::TopicTable;
use crate::domain::offset::Offset;

pub(super) const DEFINITION: Definition = Definition {
    name: "webvtt",
    extensions: &["vtt"],
    likelihood,
    read,
    write,
    has_ends: true,
    needs_ends: true,
    has_notes: true,
};

const ARROW: &str = "-->";

fn likelihood(text: &str) -> u8 {
    let first = text.lines().next().unwrap_or_default();
    if is_signature(first) { 100 } else { 0 }
}

/// `WEBVTT`, perhaps with a remark behind it.
fn is_signature(line: &str) -> bool {
    line.strip_prefix("WEBVTT")
        .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']))
}

fn read(source: &Source, draft: &mut Draft<'_>) {
    draft.ends_are_required();
    let lines: Vec<Line<'_>> = source.lines().collect();
    if !lines.first().is_some_and(|line| is_signature(line.text)) {
        draft.problem(0, "this is not WebVTT; its first line is `WEBVTT`");
        return;
    }
    let is_blank = |line: &Line<'_>| line.text.trim().is_empty();
    let mut cues = 0;
    // What stands right below the signature belongs to it.
    for (index, block) in lines.split(is_blank).enumerate() {
        let body = if index == 0 { &block[1..] } else { block };
        cues += read_block(source, draft, body, index == 0);
    }
    if cues == 0 {
        draft.problem(
            0,
            "there is no cue here; write each as `52:14.000 --> 55:00.000` with its title below",
        );
    }
}

/// Takes the cues between two blank lines, and says how many there were.
fn read_block(
    source: &Source,
    draft: &mut Draft<'_>,
    block: &[Line<'_>],
    is_header: bool,
) -> usize {
    let is_skipped = |line: &Line<'_>| {
        let mut words = line.text.split_whitespace();
        matches!(words.next(), Some("NOTE" | "STYLE" | "REGION"))
    };
    let is_timing = |line: &Line<'_>| line.text.contains(ARROW);
    let Some(first) = block.first() else {
        return 0;
    };
    if is_skipped(first) && !is_timing(first) {
        return 0;
    }
    let timings: Vec<usize> = (0..block.len())
        .filter(|&index| is_timing(&block[index]))
        .collect();
    if timings.is_empty() && !is_header {
        draft.problem(
            first.at,
            "this belongs to no cue; a cue begins with `52:14.000 --> 55:00.000`, and ends with a blank line",
        );
    }
    for (nth, &at) in timings.iter().enumerate() {
        // A cue that follows without a blank line may have its name above it; it stays in the text
        // before, where its author sees it.
        let until = timings.get(nth + 1).copied().unwrap_or(block.len());
        read_cue(source, draft, block[at], &block[at + 1..until]);
    }
    timings.len()
}

fn read_cue(source: &Source, draft: &mut Draft<'_>, timing: Line<'_>, text: &[Line<'_>]) {
    let (start, rest) = timing.text.split_once(ARROW).unwrap_or((timing.text, ""));
    let end = rest.split_whitespace().next();
    if end.is_none() {
        let at = timing.at + timing.text.len();
        draft.problem(at, "the end is missing; write it as `55:00.000`");
    }
    let cell = |text| Cell {
        text,
        at: source.byte_of(text),
    };
    let title = text.first().map(|line| cue_text::plain(line.text));
    let title_at = text.first().map_or(timing.at, |line| line.at);
    let note: Vec<String> = text
        .iter()
        .skip(1)
        .map(|line| cue_text::plain(line.text))
        .collect();
    let note = note.join("\n");
    draft.row(Row {
        start: cell(start.trim()),
        end: end.map(cell),
        title: Cell {
            text: title.as_deref().unwrap_or_default(),
            at: title_at,
        },
        note: text.get(1).map(|line| Cell {
            text: &note,
            at: line.at,
        }),
    });
}

fn write(table: &TopicTable, about: About<'_>) -> String {
    let mut out = String::from("WEBVTT\n");
    for (topic, end) in ends::with_ends(table, about.duration) {
        let _ = writeln!(out, "\n{} --> {}", stamp(topic.start), stamp(end));
        out.push_str(&cue_text::escaped(&topic.title));
        out.push('\n');
        for line in topic.note.iter().flat_map(|note| note.lines()) {
            out.push_str(&cue_text::escaped(line));
            out.push('\n');
        }
    }
    out
}

fn stamp(offset: Offset) -> String {
    let seconds = offset.seconds();
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    format!("{hours:02}:{minutes:02}:{seconds:02}.000")
}
