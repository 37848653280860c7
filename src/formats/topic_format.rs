//! The list of topic-table formats, and telling which one a text is in.

use std::fmt;
use std::str::FromStr;

use super::{
    Definition, csv, ffmetadata, json, markdown, podcasting, podlove, start_lines, toml, webvtt,
    youtube, yt_dlp,
};

macro_rules! topic_formats {
    ($($(#[$doc:meta])* $variant:ident => $module:ident),+ $(,)?) => {
        /// A format in which a topic table comes or goes.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum TopicFormat {
            $($(#[$doc])* $variant),+
        }

        impl TopicFormat {
            /// All formats, the likelier first where a text could be of either.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            pub(super) fn definition(self) -> &'static Definition {
                match self {
                    $(Self::$variant => &$module::DEFINITION),+
                }
            }
        }
    };
}

topic_formats! {
    /// A spreadsheet's rows: `start,end,title,note`.
    Csv => csv,
    /// `[[topic]]` tables with `start`, `end`, `title` and `note`.
    Toml => toml,
    /// Titles followed by `(start: 25:29)`, one a line or all on one.
    StartLines => start_lines,
    /// A video's description: an offset and a title on each line.
    YouTube => youtube,
    /// yt-dlp's `info.json`, with its video's chapters.
    YtDlp => yt_dlp,
    /// WebVTT with a cue for each chapter.
    WebVtt => webvtt,
    /// Podcasting 2.0's `chapters.json`.
    Podcasting => podcasting,
    /// Podlove Simple Chapters: `<psc:chapter start="52:14" title="…"/>`.
    Podlove => podlove,
    /// FFmpeg's metadata file, with `[CHAPTER]` sections.
    FfMetadata => ffmetadata,
    /// A table for people, with links.
    Markdown => markdown,
    /// A table for machines.
    Json => json,
}

impl TopicFormat {
    /// How files of this format end, without the dot.
    pub fn extension(self) -> &'static str {
        let ends = self.definition().extensions;
        ends.first().copied().unwrap_or("txt")
    }
}

impl fmt::Display for TopicFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.definition().name)
    }
}

/// A name that no format has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no format `{0}`; take one of {all}", all = names())]
pub struct UnknownFormat(String);

impl FromStr for TopicFormat {
    type Err = UnknownFormat;

    fn from_str(text: &str) -> Result<Self, UnknownFormat> {
        let name = text.trim().to_lowercase().replace('_', "-");
        let found = Self::ALL
            .iter()
            .find(|format| format.definition().name == name);
        found.copied().ok_or_else(|| UnknownFormat(text.to_owned()))
    }
}

fn names() -> String {
    TopicFormat::ALL
        .iter()
        .map(|format| format!("`{format}`"))
        .collect::<Vec<_>>()
        .join(", ")
}

/// The format of a topic table: what its content looks like, and where that could be several
/// things or nothing, how the file's name ends.
pub fn recognise(text: &str, file_name: Option<&str>) -> TopicFormat {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let extension = file_name
        .and_then(|name| name.rsplit_once('.'))
        .map(|(_, end)| end.to_lowercase());
    let named = |format: &TopicFormat| {
        extension
            .as_deref()
            .is_some_and(|end| format.definition().extensions.contains(&end))
    };
    let sureness = |format: &TopicFormat| ((format.definition().likelihood)(text), named(format));
    // Reversed, since `max_by_key` takes the last of equals and the first is wanted.
    let best = TopicFormat::ALL.iter().copied().rev().max_by_key(sureness);
    best.filter(|format| sureness(format) > (0, false))
        .unwrap_or(TopicFormat::YouTube)
}
