//! Podcasting 2.0's `chapters.json`, version 1.2: seconds with fractions, ends where the author gave
//! some. Notes have no place; pictures, links and places are not read.
//!
//! A chapter with `"toc": false` is silent: it changes the picture and is to stand in no table of
//! contents. It is left out with a note.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::draft::Draft;
use super::json_chapters::{self, Chapter};
use super::source::Source;
use super::{About, Definition};
use crate::domain::lecture::TopicTable;

pub(super) const DEFINITION: Definition = Definition {
    name: "podcasting",
    extensions: &["json"],
    likelihood,
    read,
    write,
    has_ends: true,
    needs_ends: false,
    has_notes: false,
};

#[derive(Deserialize)]
#[serde(expecting = "an object, {…}")]
struct Episode<'s> {
    #[serde(borrow, default)]
    chapters: Option<&'s RawValue>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct EpisodeChapter<'s> {
    #[serde(borrow, default)]
    start_time: Option<&'s RawValue>,
    #[serde(borrow, default)]
    end_time: Option<&'s RawValue>,
    #[serde(borrow, default)]
    title: Option<&'s RawValue>,
    #[serde(borrow, default)]
    toc: Option<&'s RawValue>,
}

#[derive(Serialize)]
struct WrittenEpisode<'a> {
    version: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    chapters: Vec<WrittenChapter<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct WrittenChapter<'a> {
    start_time: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_time: Option<u32>,
    title: &'a str,
}

/// Any JSON object is taken for one, so that what is missing in it is said in JSON's own terms.
fn likelihood(text: &str) -> u8 {
    match json_chapters::is_object(text) {
        true if text.contains("\"startTime\"") => 99,
        true => 97,
        false => 0,
    }
}

fn read(source: &Source, draft: &mut Draft<'_>) {
    let Some(episode) = json_chapters::root::<Episode<'_>>(source, draft) else {
        return;
    };
    let Some(chapters) = json_chapters::elements(source, draft, "chapters", episode.chapters)
    else {
        let at = episode.chapters.map_or(0, |raw| source.byte_of(raw.get()));
        draft.problem(
            at,
            "there are no chapters here; write them as {\"chapters\": [{\"startTime\": 3134, \"title\": \"…\"}]}",
        );
        return;
    };
    for element in chapters {
        let Some(chapter) = json_chapters::chapter::<EpisodeChapter<'_>>(draft, element) else {
            continue;
        };
        if chapter.toc.is_some_and(|toc| toc.get() == "false") {
            draft.note(
                element.at,
                "this chapter is silent (`toc` is false) and was left out",
            );
            continue;
        }
        let chapter = Chapter {
            start: chapter.start_time,
            end: chapter.end_time,
            title: chapter.title,
            note: None,
            start_key: "startTime",
        };
        json_chapters::take(source, draft, &chapter, element.at);
    }
}

fn write(table: &TopicTable, about: About<'_>) -> String {
    let chapters = table.iter().map(|topic| WrittenChapter {
        start_time: topic.start.seconds(),
        end_time: topic.end.map(|end| end.seconds()),
        title: &topic.title,
    });
    let episode = WrittenEpisode {
        version: "1.2.0",
        title: about.title,
        chapters: chapters.collect(),
    };
    // Strings and numbers always have a JSON form.
    serde_json::to_string_pretty(&episode).unwrap_or_default() + "\n"
}
