//! Lays a digest's entries out over as many embeds as they need.

use super::{BODY_MAX, DigestPart, ITEMS_MAX};

/// A question's lines and the headings above it.
#[derive(Debug)]
pub(super) struct Entry {
    /// The lecture's heading; empty: none is shown.
    pub lecture: String,
    /// The heading of the place in the lecture, if there is one.
    pub place: Option<String>,
    /// The question's own lines.
    pub text: String,
    /// How many UTF-16 code units to count for it, at least those of `text`.
    pub room: usize,
    /// Whose lines they are.
    pub question: i64,
    /// What it is called where one is to be chosen.
    pub choice: String,
}

/// Discord counts characters; a character takes one or two UTF-16 code units, so this never counts too few.
pub(super) fn utf16_len(text: &str) -> usize {
    text.encode_utf16().count()
}

/// `top`, then the entries in order. A heading is written when it changes, and again, with "(continued)", on top of
/// every further part; it is never the last line of one. `spare` is kept free in the first part. Never empty.
pub(super) fn split(top: &str, spare: usize, entries: &[Entry]) -> Vec<DigestPart> {
    let mut parts = vec![part(top.to_owned())];
    let mut used = utf16_len(top) + spare;
    let mut before: Option<&Entry> = None;
    for entry in entries {
        let headings = headings(entry, before, false);
        let needed = utf16_len(&headings) + entry.room + 1;
        let is_room = parts
            .last()
            .is_some_and(|part| part.questions.len() < ITEMS_MAX);
        if is_room && used + needed <= BODY_MAX {
            used += needed;
            push(&mut parts, &headings, entry);
        } else {
            let headings = self::headings(entry, before, true);
            used = utf16_len(&headings) + entry.room + 1;
            parts.push(part(String::new()));
            push(&mut parts, &headings, entry);
        }
        before = Some(entry);
    }
    number(&mut parts);
    parts
}

/// `top`, then the entries in the parts in which they stood before: `layout` names the questions of each. One that is
/// not among the entries any more is left out.
pub(super) fn split_as_before(
    top: &str,
    entries: &[Entry],
    layout: &[Vec<i64>],
) -> Vec<DigestPart> {
    let mut parts = Vec::with_capacity(layout.len());
    let mut before: Option<&Entry> = None;
    for (index, questions) in layout.iter().enumerate() {
        parts.push(part(if index == 0 {
            top.to_owned()
        } else {
            String::new()
        }));
        let mut is_new_part = index > 0;
        for question in questions {
            let Some(entry) = entries.iter().find(|entry| entry.question == *question) else {
                continue;
            };
            let headings = headings(entry, before, is_new_part);
            push(&mut parts, &headings, entry);
            (is_new_part, before) = (false, Some(entry));
        }
    }
    number(&mut parts);
    parts
}

fn part(body: String) -> DigestPart {
    DigestPart {
        title: None,
        body,
        footer: None,
        questions: Vec::new(),
        choices: Vec::new(),
    }
}

fn push(parts: &mut [DigestPart], headings: &str, entry: &Entry) {
    if let Some(last) = parts.last_mut() {
        last.body += headings;
        last.body += "\n";
        last.body += &entry.text;
        last.body = last.body.trim_start().to_owned();
        last.questions.push(entry.question);
        last.choices.push(entry.choice.clone());
    }
}

/// The headings that an entry needs after the one before it, each after a line break.
fn headings(entry: &Entry, before: Option<&Entry>, new_part: bool) -> String {
    let same_lecture = before.is_some_and(|before| before.lecture == entry.lecture);
    let same_place = same_lecture && before.is_some_and(|before| before.place == entry.place);
    let mut headings = String::new();
    if !entry.lecture.is_empty() && (!same_lecture || new_part) {
        headings += &format!("\n{}{}", entry.lecture, continued(same_lecture));
    }
    if let Some(place) = entry.place.as_ref().filter(|_| !same_place || new_part) {
        headings += &format!("\n{place}{}", continued(same_place));
    }
    headings
}

fn continued(is: bool) -> &'static str {
    if is { " (continued)" } else { "" }
}

fn number(parts: &mut [DigestPart]) {
    let of = parts.len();
    if of > 1 {
        for (index, part) in parts.iter_mut().enumerate() {
            part.footer = Some(format!("part {} of {of}", index + 1));
        }
    }
}
