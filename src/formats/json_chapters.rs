//! What the JSON formats have in common: an array of chapters whose offsets are seconds.

use serde::Deserialize;
use serde_json::value::RawValue;

use super::draft::{Cell, Draft, Timed, TimedRow};
use super::json_value::{Unreadable, Value};
use super::seconds;
use super::source::Source;
use crate::domain::offset::Offset;

/// A chapter's values, whatever the format calls them.
pub(super) struct Chapter<'s> {
    pub start: Option<&'s RawValue>,
    pub end: Option<&'s RawValue>,
    pub title: Option<&'s RawValue>,
    pub note: Option<&'s RawValue>,
    /// What the format calls the start.
    pub start_key: &'static str,
}

/// Whether the text is a JSON object.
pub(super) fn is_object(text: &str) -> bool {
    text.trim_start()
        .strip_prefix('{')
        .is_some_and(|rest| rest.trim_start().starts_with(['"', '}']))
}

/// The input's outermost object; what is wrong with it is said.
pub(super) fn root<'s, T: Deserialize<'s>>(source: &'s Source, draft: &mut Draft<'_>) -> Option<T> {
    let root = Value::whole(source).read();
    root.map_err(|error| say(draft, error)).ok()
}

/// The elements of `chapters`, which the format calls `key`; `None` if that is no array, which is said,
/// or holds none.
pub(super) fn elements<'s>(
    source: &'s Source,
    draft: &mut Draft<'_>,
    key: &str,
    chapters: Option<&'s RawValue>,
) -> Option<Vec<Value<'s>>> {
    let chapters = Value::of(source, chapters?);
    if !chapters.is_array() {
        draft.problem(
            chapters.at,
            format!("`{key}` is no array; write it as [{{…}}, {{…}}]"),
        );
        return Some(Vec::new());
    }
    let elements: Vec<&RawValue> = chapters.read().map_err(|error| say(draft, error)).ok()?;
    let elements = elements.into_iter().map(|raw| Value::of(source, raw));
    Some(elements.collect()).filter(|elements: &Vec<_>| !elements.is_empty())
}

/// One chapter as a format's own type; what is wrong with it is said.
pub(super) fn chapter<'s, T: Deserialize<'s>>(
    draft: &mut Draft<'_>,
    element: Value<'s>,
) -> Option<T> {
    if !element.is_object() {
        draft.problem(element.at, "this is no chapter; write it as an object, {…}");
        return None;
    }
    element.read().map_err(|error| say(draft, error)).ok()
}

/// Takes a chapter that stands at `at` as a row.
pub(super) fn take(source: &Source, draft: &mut Draft<'_>, chapter: &Chapter<'_>, at: usize) {
    let start = match chapter.start {
        Some(raw) => offset(draft, Value::of(source, raw)),
        None => {
            let key = chapter.start_key;
            draft.problem(
                at,
                format!("the start is missing; write it as \"{key}\": 3134"),
            );
            Timed { offset: None, at }
        }
    };
    let end = chapter.end.map(|raw| offset(draft, Value::of(source, raw)));
    let (title, note) = (
        text(source, draft, chapter.title),
        text(source, draft, chapter.note),
    );
    let (Ok(title), Ok(note)) = (title, note) else {
        return;
    };
    let (title, title_at) = title.unwrap_or((String::new(), at));
    draft.timed_row(TimedRow {
        start,
        end,
        title: Cell {
            text: &title,
            at: title_at,
        },
        note: note.as_ref().map(|(note, at)| Cell {
            text: note,
            at: *at,
        }),
    });
}

/// A text and where it stands.
type Placed = (String, usize);

/// A text, if there is one; what is none is said.
fn text(
    source: &Source,
    draft: &mut Draft<'_>,
    raw: Option<&RawValue>,
) -> Result<Option<Placed>, ()> {
    let Some(value) = raw.map(|raw| Value::of(source, raw)) else {
        return Ok(None);
    };
    match value.read::<String>() {
        Ok(text) => Ok(Some((text, value.at))),
        Err(_) => {
            draft.problem(value.at, "this is no text; put it in double quotes");
            Err(())
        }
    }
}

/// The offset that a value is, if it is one.
pub(super) fn offset_in(value: Value<'_>) -> Option<Offset> {
    match value.read::<String>() {
        Ok(text) => seconds::whole_or_clock(&text),
        Err(_) => seconds::whole(value.text),
    }
}

/// A number of seconds, or a text that holds one or a time such as `52:14`.
fn offset(draft: &mut Draft<'_>, value: Value<'_>) -> Timed {
    let offset = offset_in(value);
    if offset.is_none() {
        draft.problem(
            value.at,
            "this is no number of seconds, such as 3134 or 3134.5",
        );
    }
    Timed {
        offset,
        at: value.at,
    }
}

fn say(draft: &mut Draft<'_>, error: Unreadable) {
    let message = if error.is_broken {
        format!("this is not JSON: {}", error.words)
    } else {
        error.words
    };
    draft.problem(error.at, message);
}
