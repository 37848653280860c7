//! A picture of a digest: the recordings from left to right, their topics, and where the questions are.
//!
//! [`Timeline`] holds what is drawn, small enough to be kept until it is sent; [`Timeline::svg`] draws it (`drawing`). How an SVG
//! becomes a picture is not known here.

mod drawing;
#[cfg(test)]
mod tests;

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

use super::{DigestInput, DigestItem, DigestLecture};
use crate::domain::offset::Offset;
use crate::domain::quote::plain;

/// So many lectures are drawn at most, those with most questions.
const STRIPS_MAX: usize = 3;
/// So many questions and topics of one are drawn at most; what is beyond stands in the text.
const MARKS_MAX: usize = 200;
/// A recording of unknown length is drawn as a multiple of this, in seconds.
const LIKELY_S: u32 = 1_200;
/// A description of a picture holds so many characters (Discord's reference, "Attachment Object").
const DESCRIPTION_MAX: usize = 1_024;

/// Questions over the recordings that they are about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timeline {
    /// One to three lectures, in the course's order.
    pub strips: Vec<Strip>,
}

/// One lecture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Strip {
    /// `Lecture 10 · Prompting`, in plain text.
    pub title: String,
    /// The recording's length in seconds, at least 1; where it is not known, what is surely there.
    pub length_s: u32,
    /// Its topics in their order.
    pub topics: Vec<Band>,
    /// Its questions, in the order of the recording.
    pub questions: Vec<Dot>,
    /// How many more questions point nowhere in the recording.
    pub elsewhere: u32,
}

/// A topic.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Band {
    /// Its start in seconds.
    pub start_s: u32,
    /// Its end in seconds.
    pub end_s: u32,
    /// Its title, in plain text.
    pub title: String,
}

/// A question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dot {
    /// Where, in seconds.
    pub at_s: u32,
    /// By how many people it was asked.
    pub asked_by: u32,
    /// Whether it has waited for more than three days.
    pub old: bool,
}

/// The picture of a digest; `None` where no question points into a recording.
pub fn timeline(input: &DigestInput) -> Option<Timeline> {
    let strips = input.lectures.iter().map(|lecture| {
        let mut here: Vec<&DigestItem> = input
            .items
            .iter()
            .filter(|item| item.lecture.as_ref() == Some(&lecture.slug))
            .collect();
        here.sort_by_key(|item| (item.offset, item.id));
        strip(input, lecture, &here)
    });
    let mut strips: Vec<(usize, Strip)> = strips
        .enumerate()
        .filter(|(_, strip)| !strip.questions.is_empty())
        .collect();
    strips.sort_by_key(|(index, strip)| (std::cmp::Reverse(strip.asked()), *index));
    strips.truncate(STRIPS_MAX);
    strips.sort_by_key(|(index, _)| *index);
    let strips: Vec<Strip> = strips.into_iter().map(|(_, strip)| strip).collect();
    (!strips.is_empty()).then_some(Timeline { strips })
}

fn strip(input: &DigestInput, lecture: &DigestLecture, here: &[&DigestItem]) -> Strip {
    let offsets = here
        .iter()
        .filter_map(|item| item.offset.map(|at| (at, item)));
    let questions: Vec<Dot> = offsets
        .map(|(at, item)| Dot {
            at_s: at.seconds(),
            asked_by: item.asked_by,
            old: item.is_old(input.now),
        })
        .collect();
    let last = questions.last().map_or(0, |dot| dot.at_s);
    let topics = lecture.topics.iter();
    let known = topics.clone().map(|topic| topic.end.unwrap_or(topic.start));
    let known = known.chain(lecture.length).map(Offset::seconds).max();
    // Where nothing tells how long it is, it does not end with the last question.
    let likely = || (last + 1).next_multiple_of(LIKELY_S);
    let length_s = known.unwrap_or_else(likely).max(last + 1);
    Strip {
        title: plain(&format!("Lecture {} · {}", lecture.slug, lecture.title), 90),
        length_s,
        topics: topics
            .take(MARKS_MAX)
            .map(|topic| Band {
                start_s: topic.start.seconds(),
                end_s: topic.end.map_or(length_s, Offset::seconds),
                title: plain(&topic.title, 60),
            })
            .collect(),
        elsewhere: (here.len() - questions.len()) as u32,
        questions: questions.into_iter().take(MARKS_MAX).collect(),
    }
}

impl Strip {
    fn asked(&self) -> usize {
        self.questions.len() + self.elsewhere as usize
    }

    /// Its topics that hold questions, and how many.
    fn busy(&self) -> impl Iterator<Item = (&Band, usize)> {
        let count = |band: &Band| {
            let within = |dot: &&Dot| (band.start_s..band.end_s).contains(&dot.at_s);
            self.questions.iter().filter(within).count()
        };
        self.topics
            .iter()
            .map(move |band| (band, count(band)))
            .filter(|(_, count)| *count > 0)
    }
}

impl Timeline {
    /// What is to be seen, for whoever cannot see it; at most 1,024 characters.
    pub fn description(&self) -> String {
        let mut told = "Timeline of the open questions.".to_owned();
        for strip in &self.strips {
            let many = if strip.asked() == 1 {
                "question"
            } else {
                "questions"
            };
            let _ = write!(told, " {}: {} {many}", strip.title, strip.asked());
            let topics: Vec<String> = strip
                .busy()
                .map(|(band, count)| format!("{count} in {}", band.title))
                .collect();
            if !topics.is_empty() {
                let _ = write!(told, " ({})", topics.join(", "));
            }
            told.push('.');
        }
        plain(&told, DESCRIPTION_MAX)
    }
}
