//! Discussions that happened elsewhere, read so that they can be replayed.
//!
//! A reader only says who said what, where and when; what it means is for others to judge.

mod comments;
mod exporter;
mod id;
mod json_lines;
mod moments;
mod named;
mod plain;
mod window;

use std::collections::HashSet;
use std::fmt;
use std::str::FromStr;

use super::json_value::first_known_key;
use super::remarks::Remarks;
use super::source::Source;
use super::{Problem, yt_dlp};

/// What a discussion may come as, in a sentence for those whose text is none.
pub const FORMS: &str = "Beadle reads lines such as `Name: text` or `[14:05] Name: text`; text copied \
     out of Discord's window (`Name — Today at 2:05 PM`, and what was said below it); JSON Lines; \
     DiscordChatExporter's JSON; yt-dlp's info.json with comments; and, told `--format plain`, any lines, \
     each as a message of somebody unnamed";

/// The channel of messages that name none.
pub const UNNAMED_CHANNEL: &str = "discussion";

/// One message of a discussion.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Said {
    /// Its id, never the same twice in a discussion; messages without one are numbered.
    pub id: String,
    /// Where it was said; [`UNNAMED_CHANNEL`] if that is unknown.
    pub channel: String,
    /// Who said it; empty for somebody unnamed, who need not be the same person each time.
    pub author: String,
    /// Their id, where a name need not be one person's only.
    pub author_id: Option<String>,
    /// In which role.
    pub role: Role,
    /// The ids of their roles on Discord.
    pub roles: Vec<String>,
    /// Whether it is a program that speaks.
    pub is_bot: bool,
    /// What was said.
    pub text: String,
    /// When.
    pub at: Option<jiff::Timestamp>,
    /// When the text was last edited.
    pub edited_at: Option<jiff::Timestamp>,
    /// The id of the message that it replies to.
    pub reply_to: Option<String>,
    /// Whether somebody gathers it as a question by hand. If not, what it reads like decides.
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
    /// What DiscordChatExporter writes as JSON.
    Exporter,
    /// A video's comments, as yt-dlp writes them.
    Comments,
    /// `Name: text`, or what a chat's window shows; if it is asked for, any lines.
    Plain,
}

impl DiscussionFormat {
    /// All formats.
    pub const ALL: &[Self] = &[Self::JsonLines, Self::Exporter, Self::Comments, Self::Plain];

    fn name(self) -> &'static str {
        match self {
            Self::JsonLines => "jsonl",
            Self::Exporter => "discord-export",
            Self::Comments => "yt-dlp",
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
#[error("there is no discussion format `{0}`; take `jsonl`, `discord-export`, `yt-dlp` or `plain`")]
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
    if let Some(rest) = first.strip_prefix('[') {
        // In a chat, brackets hold the time.
        return match rest.trim_start().starts_with('{') {
            true => DiscussionFormat::Comments,
            false => DiscussionFormat::Plain,
        };
    }
    if !first.starts_with('{') {
        return DiscussionFormat::Plain;
    }
    first_known_key(first, of_key)
        .or_else(|| yt_dlp::is_info(first).then_some(DiscussionFormat::Comments))
        .unwrap_or(DiscussionFormat::JsonLines)
}

/// The format in whose objects a key stands, and in no other's.
fn of_key(key: &str) -> Option<DiscussionFormat> {
    match key {
        "text" => Some(DiscussionFormat::JsonLines),
        "guild" | "messages" => Some(DiscussionFormat::Exporter),
        "comments" => Some(DiscussionFormat::Comments),
        _ => None,
    }
}

/// A discussion that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Discussion {
    /// What was said, in the order of the input.
    pub said: Vec<Said>,
    /// In which format it came.
    pub format: DiscussionFormat,
    /// What was left out, by line; no mistakes.
    pub notes: Vec<Problem>,
}

/// Reads a discussion, whole or not at all, in the order in which it stands. Without a format its
/// content decides, and plain text in which nobody is named is a mistake.
///
/// # Errors
/// Everything that cannot be read, by line and column.
pub fn read_discussion(
    text: impl Into<String>,
    format: Option<DiscussionFormat>,
) -> Result<Discussion, Vec<Problem>> {
    let source = Source::of(text);
    let is_asked = format.is_some();
    let format = format.unwrap_or_else(|| recognise_discussion(source.text()));
    let mut remarks = Remarks::default();
    let reading = match format {
        DiscussionFormat::JsonLines => json_lines::read(&source, &mut remarks),
        DiscussionFormat::Exporter => exporter::read(&source, &mut remarks),
        DiscussionFormat::Comments => comments::read(&source, &mut remarks),
        DiscussionFormat::Plain => plain::read(&source, is_asked, &mut remarks),
    };
    find_repeats(&reading.drafts, &mut remarks);
    if !remarks.is_empty() {
        return Err(remarks.placed(&source));
    }
    Ok(Discussion {
        said: number(&source, reading.drafts),
        format,
        notes: reading.notes.placed(&source),
    })
}

/// What a format makes of an input, besides mistakes.
#[derive(Default)]
struct Reading {
    drafts: Vec<SaidDraft>,
    notes: Remarks,
}

/// A message whose id may still be missing, with the byte at which it stands.
struct SaidDraft {
    id: Option<String>,
    at_byte: usize,
    said: Said,
}

/// An id given twice is a mistake, since replies could not be told apart.
fn find_repeats(drafts: &[SaidDraft], remarks: &mut Remarks) {
    let mut taken: HashSet<&str> = HashSet::new();
    for draft in drafts {
        let Some(id) = &draft.id else { continue };
        if !taken.insert(id) {
            let id: String = id.chars().take(40).collect();
            remarks.tell(
                draft.at_byte,
                format!("another message has the id `{id}` already; give each its own"),
            );
        }
    }
}

/// Gives every message an id of its own.
fn number(source: &Source, drafts: Vec<SaidDraft>) -> Vec<Said> {
    let taken: HashSet<String> = drafts.iter().filter_map(|draft| draft.id.clone()).collect();
    let mut next = 0_u64;
    let mut fresh = || loop {
        next += 1;
        if !taken.contains(&next.to_string()) {
            return next.to_string();
        }
    };
    let said = drafts.into_iter().map(|draft| Said {
        id: draft.id.unwrap_or_else(&mut fresh),
        line: source.line(draft.at_byte),
        ..draft.said
    });
    said.collect()
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
