//! yt-dlp's `info.json`: what it knows of a video, among it the chapters, in seconds with fractions.
//!
//! The video's own `duration` is the recording's where no better is known. yt-dlp gives every chapter
//! an end. Notes have no place.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::draft::Draft;
use super::json_chapters::{self, Chapter};
use super::source::Source;
use super::{About, Definition, ends, json_value, seconds};
use crate::domain::lecture::TopicTable;
use crate::domain::recording::Recording;

pub(super) const DEFINITION: Definition = Definition {
    name: "yt-dlp",
    extensions: &[],
    likelihood,
    read,
    write,
    has_ends: true,
    needs_ends: true,
    has_notes: false,
};

#[derive(Deserialize)]
#[serde(expecting = "an object, {…}")]
struct Video<'s> {
    #[serde(borrow, default)]
    chapters: Option<&'s RawValue>,
    #[serde(borrow, default)]
    duration: Option<&'s RawValue>,
}

#[derive(Deserialize)]
struct VideoChapter<'s> {
    #[serde(borrow, default)]
    start_time: Option<&'s RawValue>,
    #[serde(borrow, default)]
    end_time: Option<&'s RawValue>,
    #[serde(borrow, default)]
    title: Option<&'s RawValue>,
}

#[derive(Serialize)]
struct WrittenVideo<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    webpage_url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    duration: Option<u32>,
    chapters: Vec<WrittenChapter<'a>>,
}

#[derive(Serialize)]
struct WrittenChapter<'a> {
    start_time: u32,
    end_time: u32,
    title: &'a str,
}

fn likelihood(text: &str) -> u8 {
    if !json_chapters::is_object(text) {
        return 0;
    }
    let is_known = text.contains("\"start_time\"") || is_info(text);
    if is_known { 100 } else { 0 }
}

/// Whether the outermost object is yt-dlp's, by keys that only its own have.
pub(super) fn is_info(text: &str) -> bool {
    let meaning = |key: &str| {
        matches!(
            key,
            "formats" | "extractor" | "extractor_key" | "webpage_url" | "_type" | "display_id"
        )
        .then_some(())
    };
    json_value::first_known_key(text, meaning).is_some()
}

fn read(source: &Source, draft: &mut Draft<'_>) {
    draft.ends_are_required();
    let Some(video) = json_chapters::root::<Video<'_>>(source, draft) else {
        return;
    };
    if let Some(duration) = video.duration.and_then(|raw| seconds::whole(raw.get())) {
        draft.lasts(duration);
    }
    let Some(chapters) = json_chapters::elements(source, draft, "chapters", video.chapters) else {
        let at = video.chapters.map_or(0, |raw| source.byte_of(raw.get()));
        draft.problem(
            at,
            "this video has no chapters; write a table by hand, or take its description",
        );
        return;
    };
    for element in chapters {
        if let Some(chapter) = json_chapters::chapter::<VideoChapter<'_>>(draft, element) {
            let chapter = Chapter {
                start: chapter.start_time,
                end: chapter.end_time,
                title: chapter.title,
                note: None,
                start_key: "start_time",
            };
            json_chapters::take(source, draft, &chapter, element.at);
        }
    }
}

fn write(table: &TopicTable, about: About<'_>) -> String {
    let chapters = ends::with_ends(table, about.duration).map(|(topic, end)| WrittenChapter {
        start_time: topic.start.seconds(),
        end_time: end.seconds(),
        title: &topic.title,
    });
    let video = WrittenVideo {
        title: about.title,
        webpage_url: about.recording.map(Recording::as_str),
        duration: about.duration.map(|duration| duration.seconds()),
        chapters: chapters.collect(),
    };
    // Strings and numbers always have a JSON form.
    serde_json::to_string_pretty(&video).unwrap_or_default() + "\n"
}
