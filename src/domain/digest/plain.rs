//! The digest for terminals and files: no markdown, links spelled out, lines of at most [`COLUMNS`].

use super::order::{Place, arrange, busiest};
use super::{DigestInput, DigestItem, DigestLecture, OLD_MARK, wording};
use crate::domain::quote::{plain, plain_name, plain_quote};

/// Lines are broken before this column; links never are.
const COLUMNS: usize = 92;

/// The asking sentences take at most a few lines.
const ASKING_MAX_CHARS: usize = 280;

/// A title longer than this is cut.
const TITLE_MAX_CHARS: usize = 80;

/// How far a question's lines stand from the left.
const INDENT: &str = "       ";

/// The whole digest as text, each line ended.
pub fn plain_text(input: &DigestInput) -> String {
    let sections = arrange(input);
    let course = plain(&input.course, TITLE_MAX_CHARS);
    let late = wording::lateness(input);
    let mut lines = Vec::new();
    if sections.is_empty() {
        lines.push(wording::nothing_open(&course, input));
        lines.extend(late);
        return ended(&lines);
    }
    lines.extend(wrapped(
        "",
        "",
        &format!("{course}: {}", wording::subject(input.date)),
    ));
    lines.push(wording::figures(input));
    lines.extend(late);
    if let Some((lecture, topic, number)) = busiest(&sections) {
        let (topic, slug) = (
            plain(&topic.title, TITLE_MAX_CHARS),
            plain(&lecture.slug, TITLE_MAX_CHARS),
        );
        lines.extend(wrapped(
            "",
            "",
            &format!("Most questions: {topic} ({number}, lecture {slug})"),
        ));
    }
    for section in &sections {
        lines.push(String::new());
        lines.extend(wrapped("", "  ", &lecture_heading(section.lecture)));
        for group in &section.groups {
            lines.extend(place_heading(group.place));
            for item in &group.items {
                lines.extend(item_lines(input, item));
            }
        }
    }
    ended(&lines)
}

fn lecture_heading(lecture: Option<&DigestLecture>) -> String {
    let Some(lecture) = lecture else {
        return "Not about one lecture".to_owned();
    };
    let (slug, title) = (
        plain(&lecture.slug, TITLE_MAX_CHARS),
        plain(&lecture.title, TITLE_MAX_CHARS),
    );
    format!("Lecture {slug} · {title}")
}

fn place_heading(place: Place<'_>) -> Option<String> {
    match place {
        Place::Topic(topic) => Some(format!(
            "  {} · {}",
            plain(&topic.title, TITLE_MAX_CHARS),
            wording::range(topic)
        )),
        Place::Elsewhere => Some("  Elsewhere in the lecture".to_owned()),
        Place::Whole => None,
    }
}

fn item_lines(input: &DigestInput, item: &DigestItem) -> Vec<String> {
    let asking = wording::asking(item, |said| plain_quote(said, ASKING_MAX_CHARS));
    let place = item
        .offset
        .map(|offset| format!("{offset}  "))
        .unwrap_or_default();
    let mark = match (&item.closed, item.is_old(input.now)) {
        (Some(_), _) => "   ✓   ".to_owned(),
        (None, true) => format!("    {OLD_MARK} "),
        (None, false) => "    -  ".to_owned(),
    };
    let mut lines = wrapped(&mark, INDENT, &format!("{place}{asking}"));
    lines.push(format!("{INDENT}{}", facts(input, item)));
    lines.push(format!("{INDENT}{}", item.jump));
    if item.closed.is_none() {
        lines.extend(
            item.offset_link
                .as_ref()
                .map(|link| format!("{INDENT}recording: {link}")),
        );
        lines.extend(item.probably.as_ref().map(|probably| {
            let title = plain(&probably.title, TITLE_MAX_CHARS);
            format!("{INDENT}probably {}  {title}", probably.start)
        }));
        lines.extend(item.maybe_answered.as_ref().map(|maybe| {
            format!(
                "{INDENT}maybe answered ({} %): {}",
                wording::percent(maybe.confidence),
                maybe.jump
            )
        }));
        lines.extend(
            item.similar
                .iter()
                .map(|jump| format!("{INDENT}similar: {jump}")),
        );
    }
    lines
}

fn facts(input: &DigestInput, item: &DigestItem) -> String {
    let closing = item
        .closed
        .as_ref()
        .map(|closed| wording::closing(closed, plain_name));
    let age = wording::age(item.asked_at, input.now);
    let snoozed = item.snoozed.as_ref().map(|snoozed| {
        let until = snoozed.until.to_zoned(input.timezone.clone());
        let by = plain_name(&snoozed.by);
        format!("put off until {} by {by}", until.strftime("%a %-d %b"))
    });
    let facts = [
        closing,
        wording::askers(item, plain_name),
        Some(age),
        snoozed,
    ];
    facts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// The text broken at spaces, with `first` before its first line and `rest` before the others.
fn wrapped(first: &str, rest: &str, text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = first.to_owned();
    let mut empty = true;
    for word in text.split(' ') {
        if !empty && line.chars().count() + 1 + word.chars().count() > COLUMNS {
            lines.push(std::mem::replace(&mut line, rest.to_owned()));
            empty = true;
        }
        if !empty {
            line.push(' ');
        }
        line += word;
        empty = false;
    }
    lines.push(line);
    lines
}

fn ended(lines: &[String]) -> String {
    lines.iter().map(|line| format!("{line}\n")).collect()
}
