//! The digest in Discord's markdown, for embeds.

use jiff::civil::Date;

use super::order::{Place, Section, arrange, busiest};
use super::split::{Entry, split, split_as_before, utf16_len};
use super::{
    BODY_MAX, Closed, DigestInput, DigestItem, DigestLecture, DigestPart, How, OLD_MARK, wording,
};
use crate::domain::quote::{label, name, quote};

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

/// The name of whoever closes a question, as far as room is kept for it.
const NAME_ROOM_CHARS: usize = 16;

/// How much is said where all of it does not fit.
#[derive(Debug, Clone, Copy)]
struct Brevity {
    /// Characters of the asking sentences.
    asking: usize,
    /// Whether suggested answers and similar questions are named.
    hints: bool,
    /// Whether people and recordings are.
    names: bool,
    /// Whether lectures and topics stand above the questions.
    headings: bool,
}

impl Brevity {
    const FULL: Self = Self {
        asking: ASKING_MAX_CHARS,
        hints: true,
        names: true,
        headings: true,
    };

    /// From less to least, which fits whatever stands there.
    const SHORTER: [Self; 4] = [
        Self {
            asking: 120,
            ..Self::FULL
        },
        Self {
            asking: 60,
            hints: false,
            ..Self::FULL
        },
        Self {
            asking: 0,
            hints: false,
            names: false,
            ..Self::FULL
        },
        Self {
            asking: 0,
            hints: false,
            names: false,
            headings: false,
        },
    ];
}

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
            choices: Vec::new(),
        }];
    }
    let top = top(input, &sections, late);
    let mut parts = split(&top, ROOM_ON_TOP, &entries(input, &sections, Brevity::FULL));
    parts[0].title = Some(title(&input.course, input.date));
    parts
}

/// The digest once more after something in it has changed, in the same parts: `layout` names the questions of each, as
/// [`parts`] told them. Nothing changes its place, whatever becomes of it. What does not fit any more where it stands
/// is said in fewer words.
pub fn parts_as_before(input: &DigestInput, layout: &[Vec<i64>]) -> Vec<DigestPart> {
    if input.items.is_empty() && layout.iter().all(Vec::is_empty) {
        return parts(input);
    }
    let sections = arrange(input);
    let top = top(input, &sections, wording::lateness(input));
    let draft = |brevity| split_as_before(&top, &entries(input, &sections, brevity), layout);
    let fits = |part: &DigestPart| utf16_len(&part.body) <= BODY_MAX;
    let mut parts = draft(Brevity::FULL);
    for brevity in Brevity::SHORTER {
        if parts.iter().all(fits) {
            break;
        }
        for (part, shorter) in parts.iter_mut().zip(draft(brevity)) {
            if !fits(part) {
                *part = shorter;
            }
        }
    }
    for part in &mut parts {
        if part.body.is_empty() {
            part.body = wording::NOTHING_LEFT.to_owned();
        }
    }
    if let Some(first) = parts.first_mut() {
        first.title = Some(title(&input.course, input.date));
    }
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

fn entries(input: &DigestInput, sections: &[Section<'_>], brevity: Brevity) -> Vec<Entry> {
    let mut entries = Vec::new();
    for section in sections {
        let lecture = brevity.headings.then(|| lecture_heading(section.lecture));
        let lecture = lecture.unwrap_or_default();
        for group in &section.groups {
            let place = place_heading(group.place).filter(|_| brevity.headings);
            for item in &group.items {
                entries.push(entry(input, item, (&lecture, place.as_deref()), brevity));
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

fn entry(
    input: &DigestInput,
    item: &DigestItem,
    (lecture, place): (&str, Option<&str>),
    brevity: Brevity,
) -> Entry {
    let text = match &item.closed {
        None => open_item(item, item.is_old(input.now), brevity),
        Some(closed) => closed_item(item, closed, brevity),
    };
    Entry {
        lecture: lecture.to_owned(),
        place: place.map(str::to_owned),
        room: room_for(item).max(utf16_len(&text)),
        text,
        question: item.id,
        choice: wording::choice(item),
    }
}

/// What the item takes in any of its usual states, so that it can be said in full as it changes.
fn room_for(item: &DigestItem) -> usize {
    let longest = Closed {
        how: How::Dismissed,
        by: Some("W".repeat(NAME_ROOM_CHARS)),
    };
    let open = utf16_len(&open_item(item, true, Brevity::FULL));
    open.max(utf16_len(&closed_item(item, &longest, Brevity::FULL)))
}

fn open_item(item: &DigestItem, old: bool, brevity: Brevity) -> String {
    let mark = if old {
        format!("{OLD_MARK} ")
    } else {
        String::new()
    };
    let mut facts = vec![format!("- {mark}{}", where_and_what(item, brevity))];
    facts.extend(wording::askers(item, name).filter(|_| brevity.names));
    facts.push(format!("<t:{}:R>", item.asked_at.as_second()));
    facts.push(linked("message", Some(&item.jump)));
    facts.extend(item.snoozed.as_ref().map(|snoozed| {
        let until = format!("put off until <t:{}:d>", snoozed.until.as_second());
        let by = format!(" by {}", name(&snoozed.by));
        until + if brevity.names { &by } else { "" }
    }));
    let mut text = facts.join(" · ");
    if let Some(hints) = hints(item).filter(|_| brevity.hints) {
        text += &format!("\n  ↳ {hints}");
    }
    text
}

fn closed_item(item: &DigestItem, closed: &Closed, brevity: Brevity) -> String {
    let nobody = Closed {
        by: None,
        ..closed.clone()
    };
    let done = wording::closing(if brevity.names { closed } else { &nobody }, name);
    format!(
        "- ~~{}~~ · {done} · {}",
        where_and_what(item, brevity),
        linked("message", Some(&item.jump))
    )
}

/// The offset as a link into the recording, and the asking sentences.
fn where_and_what(item: &DigestItem, brevity: Brevity) -> String {
    let asking = match brevity.asking {
        0 => "…".to_owned(),
        most => wording::asking(item, |said| quote(said, most)),
    };
    match item.offset {
        Some(offset) if !brevity.names => format!("{offset} {asking}"),
        Some(offset) => format!(
            "{} {asking}",
            linked(&offset.to_string(), item.offset_link.as_deref())
        ),
        None => asking,
    }
}

/// What may spare somebody the search or the answer: where it probably belongs, a suggested answer, and similar
/// questions.
fn hints(item: &DigestItem) -> Option<String> {
    let mut hints = Vec::new();
    if let Some(probably) = &item.probably {
        let start = linked(&probably.start.to_string(), probably.link.as_deref());
        let title = label(&probably.title, LABEL_MAX_CHARS);
        hints.push(format!("probably {start} {title}"));
    }
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
