//! The order of a digest: by lecture, then by topic as the recording goes, then by how much waiting weighs on a question.

use std::cmp::Reverse;

use super::{DigestInput, DigestItem, DigestLecture, DigestTopic};

/// The questions of one lecture, or those of none.
#[derive(Debug)]
pub(super) struct Section<'a> {
    pub lecture: Option<&'a DigestLecture>,
    pub groups: Vec<Group<'a>>,
}

/// The questions of one place in a lecture; never none.
#[derive(Debug)]
pub(super) struct Group<'a> {
    pub place: Place<'a>,
    pub items: Vec<&'a DigestItem>,
}

/// A place in a lecture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place<'a> {
    /// In that topic.
    Topic(&'a DigestTopic),
    /// In no topic, though the lecture has questions in some.
    Elsewhere,
    /// The lecture, or none, as a whole.
    Whole,
}

/// Every question once, lectures and topics without one left out.
pub(super) fn arrange(input: &DigestInput) -> Vec<Section<'_>> {
    let mut left: Vec<&DigestItem> = input.items.iter().collect();
    let mut sections = Vec::new();
    for lecture in &input.lectures {
        let here = take(&mut left, |item| {
            item.lecture.as_ref() == Some(&lecture.slug)
        });
        sections.push(Section {
            lecture: Some(lecture),
            groups: by_topic(input, lecture, here),
        });
    }
    // What names a lecture that is not listed is not lost: it stands with those that name none.
    let rest = Group {
        place: Place::Whole,
        items: by_weight(input, left),
    };
    sections.push(Section {
        lecture: None,
        groups: vec![rest],
    });
    for section in &mut sections {
        section.groups.retain(|group| !group.items.is_empty());
    }
    sections.retain(|section| !section.groups.is_empty());
    sections
}

fn by_topic<'a>(
    input: &DigestInput,
    lecture: &'a DigestLecture,
    mut items: Vec<&'a DigestItem>,
) -> Vec<Group<'a>> {
    let mut groups = Vec::new();
    for topic in &lecture.topics {
        let here = take(&mut items, |item| item.topic == Some(topic.start));
        if !here.is_empty() {
            groups.push(Group {
                place: Place::Topic(topic),
                items: by_weight(input, here),
            });
        }
    }
    let place = if groups.is_empty() {
        Place::Whole
    } else {
        Place::Elsewhere
    };
    let mut rest = by_weight(input, items);
    rest.sort_by_key(|item| (item.offset.is_none(), item.offset));
    groups.push(Group { place, items: rest });
    groups
}

/// The oldest and most-asked first: by the time that all who asked have waited together, so that three who wait since
/// yesterday weigh as much as one who waits for three days.
fn by_weight<'a>(input: &DigestInput, mut items: Vec<&'a DigestItem>) -> Vec<&'a DigestItem> {
    let waited = |item: &DigestItem| {
        let each_s = input.now.duration_since(item.asked_at).as_secs().max(0);
        each_s.saturating_mul(i64::from(item.asked_by.max(1)))
    };
    items.sort_by_key(|item| (Reverse(waited(item)), item.asked_at, item.id));
    items
}

/// Moves what is wanted out of the list.
fn take<'a>(
    from: &mut Vec<&'a DigestItem>,
    wanted: impl Fn(&DigestItem) -> bool,
) -> Vec<&'a DigestItem> {
    let (taken, kept) = from.drain(..).partition(|item| wanted(item));
    *from = kept;
    taken
}

/// The topic with the most questions, its lecture and how many: told when there are at least two; of
/// equals, the one that most people asked about, then the first.
pub(super) fn busiest<'a>(
    sections: &[Section<'a>],
) -> Option<(&'a DigestLecture, &'a DigestTopic, usize)> {
    let mut busiest: Option<(&DigestLecture, &DigestTopic, usize)> = None;
    let mut most = (1, u32::MAX);
    for section in sections {
        for group in &section.groups {
            let (Some(lecture), Place::Topic(topic)) = (section.lecture, group.place) else {
                continue;
            };
            let askers = group.items.iter().map(|item| item.asked_by).sum();
            let here = (group.items.len(), askers);
            if here > most {
                most = here;
                busiest = Some((lecture, topic, here.0));
            }
        }
    }
    busiest
}
