//! Podlove Simple Chapters 1.2: `<psc:chapter start="00:52:14.250" title="…"/>` in
//! `<psc:chapters>`, by itself or within a podcast's feed. Ends and notes have no place; links and
//! pictures are not read.
//!
//! Elements are known by name whatever their namespace, since what people cut out of a feed has often
//! lost its declaration. Entities that a document declares itself are not expanded.

use std::fmt::Write as _;

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::draft::{Cell, Draft, Row};
use super::source::Source;
use super::{About, Definition, seconds};
use crate::domain::lecture::TopicTable;

pub(super) const DEFINITION: Definition = Definition {
    name: "podlove",
    extensions: &["psc", "xml"],
    likelihood,
    read,
    write,
    has_ends: false,
    needs_ends: false,
    has_notes: false,
};

const NO_CHAPTERS: &str =
    "there is no `<psc:chapter start=\"52:14\" title=\"…\"/>` here; write one for each topic";

fn likelihood(text: &str) -> u8 {
    let text = text.trim_start();
    let is_chapters = || {
        let mut openings = text.match_indices('<');
        openings.any(|(at, _)| {
            let name = &text[at + 1..];
            name.starts_with("psc:chapter") || name.starts_with("chapters")
        })
    };
    match text.starts_with('<') {
        true if is_chapters() => 100,
        true if text.starts_with("<?xml") => 97,
        _ => 0,
    }
}

/// How far the reader has come.
#[derive(Default)]
struct Progress {
    /// Where `<psc:chapters>` was opened, if it is not closed yet.
    open: Option<usize>,
    /// How many lists of chapters there were.
    lists: usize,
    /// How many chapters there were.
    chapters: usize,
}

fn read(source: &Source, draft: &mut Draft<'_>) {
    let mut reader = Reader::from_str(source.text());
    let mut progress = Progress::default();
    loop {
        let from = position(reader.buffer_position());
        match reader.read_event() {
            Ok(Event::Start(element)) => {
                element_of(source, draft, &mut progress, &element, from);
                if element.local_name().as_ref() == "chapters" {
                    progress.open = Some(from);
                }
            }
            Ok(Event::Empty(element)) => {
                element_of(source, draft, &mut progress, &element, from);
            }
            Ok(Event::End(element)) if element.local_name().as_ref() == "chapters" => {
                progress.open = None;
            }
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(error) => {
                let at = position(reader.error_position());
                draft.problem(at, format!("this is not XML: {error}"));
                return;
            }
        }
    }
    if let Some(at) = progress.open {
        draft.problem(
            at,
            "this element is never closed; is the end of the file missing?",
        );
    } else if progress.chapters == 0 {
        draft.problem(0, NO_CHAPTERS);
    }
}

fn position(position: u64) -> usize {
    usize::try_from(position).unwrap_or(usize::MAX)
}

fn element_of(
    source: &Source,
    draft: &mut Draft<'_>,
    progress: &mut Progress,
    element: &BytesStart<'_>,
    at: usize,
) {
    match element.local_name().as_ref() {
        "chapters" => {
            progress.lists += 1;
            if progress.lists == 2 {
                draft.problem(
                    at,
                    "a second list of chapters begins here; keep one lecture's",
                );
            }
        }
        "chapter" if progress.lists < 2 => {
            progress.chapters += 1;
            read_chapter(source, draft, element, at);
        }
        _ => {}
    }
}

fn read_chapter(source: &Source, draft: &mut Draft<'_>, element: &BytesStart<'_>, at: usize) {
    let (mut start, mut title) = (None, None);
    // The parser's own look for attributes given twice takes time by the square of their number.
    for attribute in element.attributes().with_checks(false) {
        let attribute = match attribute {
            Ok(attribute) => attribute,
            Err(error) => {
                draft.problem(at, format!("this is not XML: {error}"));
                return;
            }
        };
        let slot = match attribute.key.as_ref() {
            "start" => &mut start,
            "title" => &mut title,
            _ => continue,
        };
        let value_at = source.byte_of(&attribute.value);
        match attribute.normalized_value(XmlVersion::Implicit1_0) {
            Ok(value) => *slot = Some((value.into_owned(), value_at)),
            Err(error) => {
                draft.problem(value_at, format!("this is not XML: {error}"));
                return;
            }
        }
    }
    // A bare number is seconds here; elsewhere it would be no offset.
    if let Some((text, _)) = &mut start
        && let Some(offset) = seconds::whole(text.trim())
    {
        *text = offset.to_string();
    }
    draft.row(Row {
        start: cell(start.as_ref(), at),
        end: None,
        title: cell(title.as_ref(), at),
        note: None,
    });
}

/// An attribute's text; of one that is missing, none, at the element.
fn cell(found: Option<&(String, usize)>, element_at: usize) -> Cell<'_> {
    found.map_or(
        Cell {
            text: "",
            at: element_at,
        },
        |(text, at)| Cell { text, at: *at },
    )
}

fn write(table: &TopicTable, _: About<'_>) -> String {
    let mut out = String::from(concat!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n",
        "<psc:chapters version=\"1.2\" xmlns:psc=\"http://podlove.org/simple-chapters\">\n",
    ));
    for topic in table {
        let seconds = topic.start.seconds();
        let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        let title = quick_xml::escape::escape(topic.title.as_str());
        let _ = writeln!(
            out,
            "  <psc:chapter start=\"{hours:02}:{minutes:02}:{seconds:02}.000\" title=\"{title}\"/>"
        );
    }
    out.push_str("</psc:chapters>\n");
    out
}
