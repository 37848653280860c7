//! A course: what its staff decide about it, whether in a file or in Discord.
//!
//! Holds decisions only. It must never know where they were written down, nor any text of a person.

pub mod words;

use std::path::PathBuf;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::ids::{ChannelId, RoleId, ServerId};
use super::offset::Offset;
use super::schedule::Schedule;

/// A course of one server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Course {
    /// Its short name, one of its kind in all of Beadle: `cs224n`.
    pub slug: String,
    /// Its full name, as people read it.
    pub name: String,
    /// The server on which it is taught.
    pub server: ServerId,
    /// Whose clock its dates and its digest follow.
    pub timezone: TimeZone,
    /// Who is staff; none: whoever may manage messages.
    pub staff_roles: Vec<RoleId>,
    /// The channels and forums from which questions are gathered.
    pub watch: Vec<ChannelId>,
    /// What stands before a command: the `!` of `!t 52:14`.
    pub prefix: String,
    /// The sign left on a gathered question, an emoji or a server's own as `name:id`; `None`: no sign.
    pub gathered_reaction: Option<String>,
    /// How lookups are kept from flooding a channel.
    pub lookup: LookupSettings,
    /// The daily digest; `None`: there is none.
    pub digest: Option<DigestSettings>,
    /// Its lectures, in the order in which they were written down.
    pub lectures: Vec<LectureSettings>,
}

impl Course {
    /// The prefix where none is set.
    pub const DEFAULT_PREFIX: &str = "!";

    /// The sign of having been gathered where none is set.
    pub const DEFAULT_GATHERED_REACTION: &str = "📌";

    /// The time zone's IANA name, such as `America/Los_Angeles`.
    pub fn timezone_name(&self) -> &str {
        self.timezone.iana_name().unwrap_or("UTC")
    }

    /// The lecture of that slug.
    pub fn lecture(&self, slug: &str) -> Option<&LectureSettings> {
        self.lectures.iter().find(|lecture| lecture.slug == slug)
    }

    /// The lecture whose own channel that is.
    pub fn lecture_of_channel(&self, channel: ChannelId) -> Option<&LectureSettings> {
        self.lectures
            .iter()
            .find(|lecture| lecture.channels.contains(&channel))
    }

    /// Every channel that Beadle reads for the course: the watched ones, then those of lectures, each once.
    pub fn read_channels(&self) -> Vec<ChannelId> {
        let mut channels = Vec::new();
        let of_lectures = self.lectures.iter().flat_map(|lecture| &lecture.channels);
        for channel in self.watch.iter().chain(of_lectures) {
            if !channels.contains(channel) {
                channels.push(*channel);
            }
        }
        channels
    }
}

/// How lookups are kept from flooding a channel; 0 turns a limit off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LookupSettings {
    /// For so many seconds the same lookup in a channel gets a reaction instead of an answer.
    pub repeat_s: u32,
    /// So many lookups a person may make …
    pub per_user: u32,
    /// … within so many seconds.
    pub per_user_window_s: u32,
}

impl Default for LookupSettings {
    fn default() -> Self {
        Self {
            repeat_s: 30,
            per_user: 5,
            per_user_window_s: 20,
        }
    }
}

/// Where and when the digest is posted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DigestSettings {
    /// The instructors' channel.
    pub channel: ChannelId,
    /// When.
    pub schedule: Schedule,
    /// What is said when no question is open.
    pub when_empty: WhenEmpty,
    /// Whether it names who asked.
    pub show_askers: bool,
}

impl DigestSettings {
    /// The hour where none is set.
    pub const DEFAULT_AT: &str = "18:00";
}

/// What the digest says when no question is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum WhenEmpty {
    /// One line, so that everybody knows Beadle is alive.
    #[default]
    Line,
    /// Nothing at all.
    Nothing,
}

impl WhenEmpty {
    /// As course files write it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Line => "line",
            Self::Nothing => "nothing",
        }
    }
}

impl std::str::FromStr for WhenEmpty {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "line" => Ok(Self::Line),
            "nothing" => Ok(Self::Nothing),
            _ => Err(format!(
                "`{text}` is neither `line` nor `nothing`, the two things Beadle can say when nothing is open"
            )),
        }
    }
}

/// A lecture as the course's staff wrote it down; its topics stand in a file of their own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LectureSettings {
    /// Its short name, one of its kind in the course: `10`.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// The day it was given.
    pub date: Option<Date>,
    /// The recording's address, as written.
    pub video: Option<String>,
    /// The recording's length.
    pub duration: Option<Offset>,
    /// The channels of which it is the lecture.
    pub channels: Vec<ChannelId>,
    /// The file that holds its topic table.
    pub topics: Option<PathBuf>,
}
