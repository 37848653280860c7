//! What a lookup is answered with.

use crate::app::effect::{Card, Outgoing};
use crate::app::lookup::{Answered, Here, Lookup, Mistake, What};
use crate::domain::lecture::{Coverage, Covered, Lecture, Topic};
use crate::domain::offset::Offset;
use crate::domain::quote;

/// What a card's body may hold. Discord allows 4,096 characters; the rest is for its way of
/// counting.
const BODY_CHARS: usize = 3_900;
/// How much of an answered question is shown.
const QUESTION_CHARS: usize = 120;
/// Over how many messages a table may go, so that a lookup cannot flood a channel.
const MOST_PARTS: usize = 5;
/// Of more digits a number is neither a minute nor a second of any recording.
const LONGEST_OFFSET: usize = 6;
/// How many topics are shown that match words.
const MATCHES: usize = 8;

/// The answer to a lookup, over as many messages as it takes. `here` tells what was asked about the
/// topic that covers the offset.
pub fn lookup(lookup: &Lookup<'_>, here: &Here) -> Vec<Outgoing> {
    let lecture = &lookup.lecture.lecture;
    if lecture.topics.is_empty() {
        return vec![no_table(lecture)];
    }
    match &lookup.what {
        What::Table => table(lecture),
        What::At(offset) => vec![at(lecture, *offset, here)],
        What::Range(from, to) => range(lecture, *from, *to),
        What::Words(words) => vec![matches(lecture, words)],
    }
}

/// What is wrong with a lookup, in one sentence with a right form.
pub fn lookup_mistake<'a>(
    mistake: &Mistake,
    lectures: impl Iterator<Item = &'a Lecture>,
    prefix: &str,
) -> Outgoing {
    let lectures: Vec<&Lecture> = lectures.collect();
    Outgoing::text(match mistake {
        Mistake::Offset(error) => sentence(&error.to_string()),
        Mistake::NoSuchLecture(_) | Mistake::BareNumber(_) | Mistake::WhichLecture
            if lectures.is_empty() =>
        {
            "This course has no lectures yet.".to_owned()
        }
        Mistake::BareNumber(number) if number.len() <= LONGEST_OFFSET => {
            // A longer one was rather counted in seconds.
            let (unit, offset) = match number.len() {
                ..=3 => ("minute", format!("{number}:00")),
                _ => ("second", format!("{number}s")),
            };
            format!(
                "There is no lecture {}; the {unit} is written `{prefix}t {offset}`. {}",
                quote::quote(number, 60),
                choose_a_lecture(&lectures, prefix)
            )
        }
        Mistake::NoSuchLecture(name) | Mistake::BareNumber(name) => format!(
            "There is no lecture {}. {}",
            quote::quote(name, 60),
            choose_a_lecture(&lectures, prefix)
        ),
        Mistake::WhichLecture => {
            format!(
                "I cannot tell which lecture you mean. {}",
                choose_a_lecture(&lectures, prefix)
            )
        }
    })
}

fn choose_a_lecture(lectures: &[&Lecture], prefix: &str) -> String {
    const SHOWN: usize = 15;
    let shown = &lectures[lectures.len().saturating_sub(SHOWN)..];
    let list: Vec<String> = shown
        .iter()
        .map(|lecture| format!("`{}` {}", lecture.slug, quote::label(&lecture.title, 60)))
        .collect();
    let example = shown.last().map_or("10", |lecture| lecture.slug.as_str());
    let more = lectures.len() - shown.len();
    let earlier = if more > 0 {
        format!(" (and {more} earlier ones)")
    } else {
        String::new()
    };
    format!(
        "Name one, as in `{prefix}t {example} 52:14`: {}{earlier}.",
        list.join(", ")
    )
}

/// An error's text as a sentence of its own.
pub(super) fn sentence(text: &str) -> String {
    let ends = text.ends_with(['.', '!', '?']);
    format!("{text}{}", if ends { "" } else { "." })
}

fn no_table(lecture: &Lecture) -> Outgoing {
    Outgoing::text(format!(
        "{} has no topic table yet, so I cannot tell what is taught when. Its staff can add one.",
        name(lecture)
    ))
}

/// The lecture as sentences name it.
fn name(lecture: &Lecture) -> String {
    format!(
        "Lecture {} ({})",
        quote::label(&lecture.slug, 40),
        quote::label(&lecture.title, 120)
    )
}

/// The lecture as a card's title names it.
fn title(lecture: &Lecture) -> String {
    quote::plain(&format!("{} · {}", lecture.slug, lecture.title), 240)
}

fn card(lecture: &Lecture, link: Option<String>, body: String, footer: String) -> Outgoing {
    Outgoing::card(Card {
        title: title(lecture),
        url: link,
        body,
        footer,
    })
}

/// An offset as a link to that second, or as it is where there is no recording.
fn linked(lecture: &Lecture, offset: Offset) -> String {
    match lecture.link_at(offset) {
        Some(link) => format!("[{offset}](<{link}>)"),
        None => offset.to_string(),
    }
}

fn span(lecture: &Lecture, covered: &Covered<'_>) -> String {
    match covered.end {
        Some(end) => format!("{} – {end}", linked(lecture, covered.start)),
        None => format!("from {}", linked(lecture, covered.start)),
    }
}

fn heading(topic: &Topic) -> String {
    quote::label(&topic.title, 220)
}

fn row(lecture: &Lecture, topic: &Topic) -> String {
    format!("{} {}", linked(lecture, topic.start), heading(topic))
}

fn at(lecture: &Lecture, offset: Offset, here: &Here) -> Outgoing {
    let coverage = lecture.at(offset);
    let Coverage::Topic(covered) = coverage else {
        return not_covered(lecture, offset, &coverage);
    };
    let mut body = format!(
        "**{}**\n{}\n",
        heading(covered.topic),
        span(lecture, &covered)
    );
    if let Some(note) = &covered.topic.note {
        body.push_str(&quote::label(note, 1_000));
        body.push('\n');
    }
    if let Some(link) = lecture.link_at(offset) {
        body.push_str(&format!("▶ [Watch from {offset}](<{link}>)\n"));
    }
    body.push('\n');
    if let Some(before) = covered.before {
        body.push_str(&format!("Before: {}\n", row(lecture, before)));
    }
    if let Some(after) = covered.after {
        body.push_str(&format!("After: {}\n", row(lecture, after)));
    }
    body.push_str(&asked_here(here));
    card(
        lecture,
        lecture.link_at(offset),
        body.trim_end().to_owned(),
        String::new(),
    )
}

fn asked_here(here: &Here) -> String {
    let mut text = match here.open {
        0 => String::new(),
        1 => "\n1 open question here".to_owned(),
        n => format!("\n{n} open questions here"),
    };
    if !here.answered.is_empty() {
        text.push_str("\nAnswered here:");
    }
    for Answered {
        asking,
        question,
        answer,
    } in &here.answered
    {
        let asking = quote::quote(asking, QUESTION_CHARS);
        text.push_str(&match answer {
            Some(answer) => format!("\n• {asking} [question](<{question}>) · [answer](<{answer}>)"),
            None => format!("\n• {asking} [question](<{question}>)"),
        });
    }
    text
}

/// A plain sentence that names the nearest topic. Never a wrong topic.
fn not_covered(lecture: &Lecture, offset: Offset, coverage: &Coverage<'_>) -> Outgoing {
    let nearest = |covered: &Covered<'_>| {
        format!(
            "**{}** ({})",
            heading(covered.topic),
            span(lecture, covered)
        )
    };
    let body = match coverage {
        Coverage::BeforeFirst { first } => {
            format!(
                "{offset} is before the first topic. The first is {}.",
                nearest(first)
            )
        }
        Coverage::Gap { before, after } => {
            let sides: Vec<String> = [Some(before), after.as_ref()]
                .into_iter()
                .flatten()
                .map(nearest)
                .collect();
            format!(
                "No topic covers {offset}. Nearest: {}.",
                sides.join(", then ")
            )
        }
        Coverage::PastEnd { last, duration } => format!(
            "{offset} is past the end of the recording, which lasts {duration}. The last topic is {}.",
            nearest(last)
        ),
        Coverage::Topic(_) | Coverage::NoTopics => return no_table(lecture),
    };
    let link = coverage
        .nearest(offset)
        .and_then(|covered| lecture.link_at(covered.start));
    card(lecture, link, body, String::new())
}

fn table(lecture: &Lecture) -> Vec<Outgoing> {
    let rows = (0..lecture.topics.len())
        .filter_map(|index| lecture.topics.covered(index, lecture.duration))
        .map(|covered| row(lecture, covered.topic));
    let length = lecture
        .duration
        .map_or(String::new(), |length| format!(" · recording {length}"));
    split(
        lecture,
        rows,
        &format!("{}{length}", count(lecture.topics.len(), "topic")),
    )
}

fn range(lecture: &Lecture, from: Offset, to: Offset) -> Vec<Outgoing> {
    let covered = lecture.within(from, to);
    if covered.is_empty() {
        let body = format!("No topic lies between {from} and {to}.");
        return vec![card(lecture, lecture.link_at(from), body, String::new())];
    }
    let rows = covered.iter().map(|covered| {
        format!(
            "{} · **{}**",
            span(lecture, covered),
            heading(covered.topic)
        )
    });
    split(
        lecture,
        rows,
        &format!("{} from {from} to {to}", count(covered.len(), "topic")),
    )
}

fn matches(lecture: &Lecture, words: &str) -> Outgoing {
    let found = lecture.topics.search(words);
    let quoted = quote::quote(words, 80);
    if found.is_empty() {
        return Outgoing::text(format!(
            "No topic of {} matches {quoted}. Try fewer or other words, or look at the whole table.",
            name(lecture)
        ));
    }
    let mut body = String::new();
    let shown = found.iter().take(MATCHES);
    for covered in shown.filter_map(|&index| lecture.topics.covered(index, lecture.duration)) {
        body.push_str(&format!(
            "{} · **{}**\n",
            span(lecture, &covered),
            heading(covered.topic)
        ));
        if let Some(note) = &covered.topic.note {
            body.push_str(&format!("{}\n", quote::label(note, 200)));
        }
    }
    let more = found.len().saturating_sub(MATCHES);
    let footer = if more > 0 {
        format!("and {more} more: add a word")
    } else {
        String::new()
    };
    let first = found.first().and_then(|&index| lecture.topics.get(index));
    let link = first.and_then(|topic| lecture.link_at(topic.start));
    card(
        lecture,
        link,
        format!("Topics that match {quoted}:\n{}", body.trim_end()),
        footer,
    )
}

/// So many of something: `1 topic`, `2 topics`.
pub(super) fn count(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

/// Rows over as many cards as they need.
fn split(lecture: &Lecture, rows: impl Iterator<Item = String>, summary: &str) -> Vec<Outgoing> {
    let mut bodies = vec![String::new()];
    for row in rows {
        let last = bodies.last_mut().expect("there is one from the start");
        // Discord may count in UTF-16 units; that is the larger count.
        if last.encode_utf16().count() + row.encode_utf16().count() + 1 > BODY_CHARS {
            bodies.push(row);
        } else {
            if !last.is_empty() {
                last.push('\n');
            }
            last.push_str(&row);
        }
    }
    let cut = bodies.len() > MOST_PARTS;
    bodies.truncate(MOST_PARTS);
    let parts = bodies.len();
    let video = lecture
        .video
        .as_ref()
        .map(|video| video.as_str().to_owned());
    bodies
        .into_iter()
        .enumerate()
        .map(|(part, body)| {
            let footer = match parts {
                1 => summary.to_owned(),
                _ if cut && part + 1 == parts => {
                    format!(
                        "{summary}, of which these are the first: ask for a range to see others"
                    )
                }
                _ => format!("{summary} · part {} of {parts}", part + 1),
            };
            card(lecture, video.clone(), body, footer)
        })
        .collect()
}
