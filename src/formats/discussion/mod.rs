//! Discussions that happened elsewhere, read so that they can be replayed.
//!
//! A reader only says who said what, where and when; what it means is for others to judge.

mod json_lines;
mod plain;

use std::collections::HashSet;
use std::fmt;
use std::str::FromStr;

use super::Problem;
use super::source::Source;

/// The channel of messages that name none.
pub const UNNAMED_CHANNEL: &str = "discussion";

/// One message of a discussion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Its id, never the same twice in a discussion; messages without one are numbered.
    pub id: String,
    /// Where it was said; [`UNNAMED_CHANNEL`] if that is unknown.
    pub channel: String,
    /// Who said it; empty for somebody unnamed, who need not be the same person each time.
    pub author: String,
    /// In which role.
    pub role: Role,
    /// What was said.
    pub text: String,
    /// When.
    pub at: Option<jiff::Timestamp>,
    /// The id of the message that it replies to.
    pub reply_to: Option<String>,
    /// Whether somebody gathers it as a question by hand.
    pub gather: bool,
    /// The line of the input, from 1.
    pub line: u32,
}

/// Who somebody is to the course.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Takes the course.
    #[default]
    Student,
    /// Teaches it.
    Staff,
}

/// A format in which a discussion comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DiscussionFormat {
    /// One JSON object a line.
    JsonLines,
    /// `Name: text`, or a message a line.
    Plain,
}

impl DiscussionFormat {
    /// All formats.
    pub const ALL: &[Self] = &[Self::JsonLines, Self::Plain];

    fn name(self) -> &'static str {
        match self {
            Self::JsonLines => "jsonl",
            Self::Plain => "plain",
        }
    }
}

impl fmt::Display for DiscussionFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// A name that no format of discussions has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no discussion format `{0}`; take `jsonl` or `plain`")]
pub struct UnknownDiscussionFormat(String);

impl FromStr for DiscussionFormat {
    type Err = UnknownDiscussionFormat;

    fn from_str(text: &str) -> Result<Self, UnknownDiscussionFormat> {
        let name = text.trim().to_lowercase();
        let found = Self::ALL.iter().find(|format| format.name() == name);
        found
            .copied()
            .ok_or_else(|| UnknownDiscussionFormat(text.to_owned()))
    }
}

/// The format of a discussion, by its content.
pub fn recognise_discussion(text: &str) -> DiscussionFormat {
    let first = text.trim_start_matches('\u{FEFF}').trim_start();
    if first.starts_with('{') {
        DiscussionFormat::JsonLines
    } else {
        DiscussionFormat::Plain
    }
}

/// Reads a discussion, whole or not at all, in the order in which it stands.
///
/// # Errors
/// Every line that cannot be read.
pub fn read_discussion(
    text: &str,
    format: Option<DiscussionFormat>,
) -> Result<Vec<Said>, Vec<Problem>> {
    let source = Source::of(text);
    let drafts = match format.unwrap_or_else(|| recognise_discussion(source.text())) {
        DiscussionFormat::JsonLines => json_lines::read(&source)?,
        DiscussionFormat::Plain => plain::read(&source),
    };
    number(&source, drafts)
}

/// A message whose id may still be missing, with the byte at which it stands.
struct SaidDraft {
    id: Option<String>,
    at_byte: usize,
    said: Said,
}

/// Gives every message an id of its own; an id given twice is a mistake, since replies could not
/// be told apart.
fn number(source: &Source, drafts: Vec<SaidDraft>) -> Result<Vec<Said>, Vec<Problem>> {
    let mut taken: HashSet<String> = HashSet::new();
    let mut problems = Vec::new();
    for draft in &drafts {
        let Some(id) = &draft.id else { continue };
        if !taken.insert(id.clone()) {
            let id: String = id.chars().take(40).collect();
            problems.push(source.problem(
                draft.at_byte,
                format!("another message has the id `{id}` already; give each its own"),
            ));
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let mut next = 0_u64;
    let mut fresh = || loop {
        next += 1;
        if !taken.contains(&next.to_string()) {
            return next.to_string();
        }
    };
    let said = drafts.into_iter().map(|draft| Said {
        id: draft.id.unwrap_or_else(&mut fresh),
        line: source.place(draft.at_byte).0,
        ..draft.said
    });
    Ok(said.collect())
}

/// A moment in RFC 3339; without a zone it is taken for UTC.
fn moment(text: &str) -> Option<jiff::Timestamp> {
    let text = text.trim();
    text.parse().ok().or_else(|| {
        let civil: jiff::civil::DateTime = text.parse().ok()?;
        civil
            .to_zoned(jiff::tz::TimeZone::UTC)
            .ok()
            .map(|zoned| zoned.timestamp())
    })
}

#[cfg(test)]
mod tests;
