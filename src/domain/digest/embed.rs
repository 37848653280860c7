//! The digest in Discord's markdown, for embeds.

use jiff::civil::Date;

use super::order::{Place, Section, arrange, busiest};
use super::split::{Entry, split, utf16_len};
use super::{Closed, DigestInput, DigestItem, DigestLecture, DigestPart, How, OLD_MARK, wording};
use crate::domain::quote::{NAME_MAX_CHARS, label, name, quote};

/// The asking sentences take at most a line or two.
const ASKING_MAX_CHARS: usize = 280;

/// A title longer than this is cut.
const LABEL_MAX_CHARS: usize = 120;

/// The course's name in the digest's title.
const NAME_IN_TITLE_MAX_CHARS: usize = 100;

/// A link longer than this is left out, and its words stay: Discord's own and recordings' are far shorter.
const LINK_MAX_BYTES: usize = 300;

/// So many similar questions are linked; the rest are counted.
const SIMILAR_MAX: usize = 3;

/// Left free under the figures on top, which change as questions are closed.
const ROOM_ON_TOP: usize = 64;

/// What is kept free for the top of a digest, in UTF-16 code units.
const TOP_MAX: usize = 1_500;

/// The whole digest, in as many parts as it needs; each is one embed of one message. Nothing open: one line.
pub fn parts(input: &DigestInput) -> Vec<DigestPart> {
    let sections = arrange(input);
    let late = wording::lateness(input);
    if sections.is_empty() {
        let line = wording::nothing_open(&label(&input.course, LABEL_MAX_CHARS), input);
        let body = late.map_or(line.clone(), |late| format!("{line} {late}"));
        return vec![DigestPart {
            title: None,
            body,
            footer: None,
            questions: Vec::new(),
        }];
    }
    let top = top(input, &sections, late);
    // The same room whatever the top says just now: the busiest topic changes as items close.
    let spare = TOP_MAX.saturating_sub(utf16_len(&top)).max(ROOM_ON_TOP);
    let mut parts = split(&top, spare, &entries(input, &sections));
    parts[0].title = Some(title(&input.course, input.date));
    parts
}

/// How the first part of a course's digest of a date begins, whatever is open: its title, or its one
/// line. By one of them it is known again.
pub fn beginnings(course: &str, date: Date) -> [String; 2] {
    let one_line = wording::nothing_open_on(&label(course, LABEL_MAX_CHARS), date);
    [title(course, date), one_line]
}

/// Within the title's limit whatever the course is called: a name's characters count at most twice.
fn title(course: &str, date: Date) -> String {
    format!(
        "{}: {}",
        label(course, NAME_IN_TITLE_MAX_CHARS),
        wording::subject(date)
    )
}

/// What stands above the questions.
fn top(input: &DigestInput, sections: &[Section<'_>], late: Option<String>) -> String {
    let mut lines = vec![format!("**{}**", wording::figures(input))];
    lines.extend(late.map(|late| format!("*{late}*")));
    if let Some((lecture, topic, number)) = busiest(sections) {
        let (topic, slug) = (
            label(&topic.title, LABEL_MAX_CHARS),
            label(&lecture.slug, LABEL_MAX_CHARS),
        );
        lines.push(format!(
            "Most questions: {topic} ({number}, lecture {slug})"
        ));
    }
    lines.join("\n")
}

fn entries(input: &DigestInput, sections: &[Section<'_>]) -> Vec<Entry> {
    let mut entries = Vec::new();
    for section in sections {
        let lecture = lecture_heading(section.lecture);
        for group in &section.groups {
            let place = place_heading(group.place);
            for item in &group.items {
                entries.push(entry(input, item, &lecture, place.as_deref()));
            }
        }
    }
    entries
}

fn lecture_heading(lecture: Option<&DigestLecture>) -> String {
    let Some(lecture) = lecture else {
        return "### Not about one lecture".to_owned();
    };
    let slug = label(&lecture.slug, LABEL_MAX_CHARS);
    let title = linked(
        &label(&lecture.title, LABEL_MAX_CHARS),
        lecture.link.as_deref(),
    );
    format!("### Lecture {slug} · {title}")
}

fn place_heading(place: Place<'_>) -> Option<String> {
    match place {
        Place::Topic(topic) => Some(format!(
            "**{}** · {}",
            label(&topic.title, LABEL_MAX_CHARS),
            wording::range(topic)
        )),
        Place::Elsewhere => Some("**Elsewhere in the lecture**".to_owned()),
        Place::Whole => None,
    }
}

fn entry(input: &DigestInput, item: &DigestItem, lecture: &str, place: Option<&str>) -> Entry {
    let text = match &item.closed {
        None => open_item(item, item.is_old(input.now)),
        Some(closed) => closed_item(item, closed),
    };
    Entry {
        lecture: lecture.to_owned(),
        place: place.map(str::to_owned),
        room: room_for(item).max(utf16_len(&text)),
        text,
        question: item.id,
    }
}

/// The most that the item takes in any of its states: counting with it, a digest that is shown again with an item
/// struck through has every item in the part where it was.
fn room_for(item: &DigestItem) -> usize {
    let longest = Closed {
        how: How::Dismissed,
        by: Some("W".repeat(NAME_MAX_CHARS)),
    };
    utf16_len(&open_item(item, true)).max(utf16_len(&closed_item(item, &longest)))
}

fn open_item(item: &DigestItem, old: bool) -> String {
    let mark = if old {
        format!("{OLD_MARK} ")
    } else {
        String::new()
    };
    let mut facts = vec![format!("- {mark}{}", where_and_what(item))];
    facts.extend(wording::askers(item, name));
    facts.push(format!("<t:{}:R>", item.asked_at.as_second()));
    facts.push(linked("message", Some(&item.jump)));
    let mut text = facts.join(" · ");
    if let Some(hints) = hints(item) {
        text += &format!("\n  ↳ {hints}");
    }
    text
}

fn closed_item(item: &DigestItem, closed: &Closed) -> String {
    let done = wording::closing(closed, name);
    format!(
        "- ~~{}~~ · {done} · {}",
        where_and_what(item),
        linked("message", Some(&item.jump))
    )
}

/// The offset as a link into the recording, and the asking sentences.
fn where_and_what(item: &DigestItem) -> String {
    let asking = wording::asking(item, |said| quote(said, ASKING_MAX_CHARS));
    match item.offset {
        Some(offset) => format!(
            "{} {asking}",
            linked(&offset.to_string(), item.offset_link.as_deref())
        ),
        None => asking,
    }
}

/// What may spare somebody the answer: a suggested one, and similar questions.
fn hints(item: &DigestItem) -> Option<String> {
    let mut hints = Vec::new();
    if let Some(maybe) = &item.maybe_answered {
        let link = linked("maybe answered", Some(&maybe.jump));
        hints.push(format!("{link} ({} %)", wording::percent(maybe.confidence)));
    }
    if !item.similar.is_empty() {
        let shown = item.similar.iter().take(SIMILAR_MAX).enumerate();
        let mut links: Vec<_> = shown
            .map(|(i, jump)| linked(&(i + 1).to_string(), Some(jump)))
            .collect();
        if item.similar.len() > SIMILAR_MAX {
            links.push(format!("and {} more", item.similar.len() - SIMILAR_MAX));
        }
        hints.push(format!("similar: {}", links.join(" ")));
    }
    (!hints.is_empty()).then(|| hints.join(" · "))
}

/// A link under these words, or the words alone when the address is none that can be followed.
fn linked(words: &str, url: Option<&str>) -> String {
    let web = |url: &&str| url.starts_with("https://") || url.starts_with("http://");
    let address = url
        .filter(web)
        .map(address)
        .filter(|address| address.len() <= LINK_MAX_BYTES);
    address.map_or_else(
        || words.to_owned(),
        |address| format!("[{words}]({address})"),
    )
}

/// The address with what would end a masked link percent-encoded (RFC 3986, 2.1).
fn address(url: &str) -> String {
    let mut address = String::with_capacity(url.len());
    for byte in url.bytes() {
        if byte.is_ascii_graphic()
            && !matches!(
                byte,
                b'(' | b')' | b'<' | b'>' | b'\\' | b'"' | b'[' | b']' | b'`'
            )
        {
            address.push(char::from(byte));
        } else {
            address += &format!("%{byte:02X}");
        }
    }
    address
}
