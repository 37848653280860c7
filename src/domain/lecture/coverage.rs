//! Which topic covers an offset, and when none does, why.

use super::super::offset::Offset;
use super::{Topic, TopicTable};

/// A topic with its place in the table and the offsets between which it is taught.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Covered<'a> {
    /// Its place in the table, counted from 0.
    pub index: usize,
    /// The topic.
    pub topic: &'a Topic,
    /// Where it begins.
    pub start: Offset,
    /// Where it stops: its own end, else the next topic's start, else the recording's end; `None`
    /// if it is the last and no end is known.
    pub end: Option<Offset>,
    /// The topic before it in the table.
    pub before: Option<&'a Topic>,
    /// The topic after it in the table.
    pub after: Option<&'a Topic>,
}

/// What the table says of an offset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coverage<'a> {
    /// This topic is taught there.
    Topic(Covered<'a>),
    /// The first topic begins later.
    BeforeFirst {
        /// The first topic.
        first: Covered<'a>,
    },
    /// A topic has ended and the next, if any, has not begun.
    Gap {
        /// The topic that began last.
        before: Covered<'a>,
        /// The topic that begins next.
        after: Option<Covered<'a>>,
    },
    /// The recording is over by then.
    PastEnd {
        /// The last topic.
        last: Covered<'a>,
        /// How long the recording is.
        duration: Offset,
    },
    /// The table is empty.
    NoTopics,
}

impl<'a> Coverage<'a> {
    /// The topic that covers the offset, if one does.
    pub fn topic(&self) -> Option<Covered<'a>> {
        match self {
            Self::Topic(covered) => Some(*covered),
            _ => None,
        }
    }

    /// The topic to name to somebody who asked for `offset`: the covering one, else the nearest.
    pub fn nearest(&self, offset: Offset) -> Option<Covered<'a>> {
        match *self {
            Self::Topic(covered) => Some(covered),
            Self::BeforeFirst { first } => Some(first),
            Self::Gap {
                before,
                after: None,
            } => Some(before),
            Self::Gap {
                before,
                after: Some(after),
            } => {
                let since = before
                    .end
                    .map_or(0, |end| offset.seconds().abs_diff(end.seconds()));
                let until = offset.seconds().abs_diff(after.start.seconds());
                Some(if until < since { after } else { before })
            }
            Self::PastEnd { last, .. } => Some(last),
            Self::NoTopics => None,
        }
    }
}

impl TopicTable {
    /// What is taught at the offset.
    ///
    /// A topic covers `[start, end)`. The recording's last second is not past its end, so an offset
    /// equal to the duration belongs to the topic that runs up to it. Where explicit ends make
    /// topics overlap, the one that began last is named.
    pub fn at(&self, offset: Offset, duration: Option<Offset>) -> Coverage<'_> {
        let Some(last) = self
            .len()
            .checked_sub(1)
            .and_then(|last| self.covered(last, duration))
        else {
            return Coverage::NoTopics;
        };
        if let Some(duration) = duration.filter(|&duration| offset > duration) {
            return Coverage::PastEnd { last, duration };
        }
        let begun = self
            .as_slice()
            .partition_point(|topic| topic.start <= offset);
        let Some(latest) = begun.checked_sub(1) else {
            let first = self.covered(0, duration).unwrap_or(last);
            return Coverage::BeforeFirst { first };
        };
        let running = (0..=latest)
            .rev()
            .take_while(|&index| {
                index == latest || self.reach(index).is_some_and(|end| end >= offset)
            })
            .filter_map(|index| self.covered(index, duration))
            .find(|covered| covered.holds(offset, duration));
        match running {
            Some(covered) => Coverage::Topic(covered),
            None => Coverage::Gap {
                before: self.covered(latest, duration).unwrap_or(last),
                after: self.covered(begun, duration),
            },
        }
    }

    /// The topics taught somewhere in `[start, end)`, in the order of the recording. A range of no
    /// length means its one second.
    pub fn within(&self, start: Offset, end: Offset, duration: Option<Offset>) -> Vec<Covered<'_>> {
        let (start, end) = (start.min(end), start.max(end));
        let past_start = Offset::from_seconds(start.seconds().saturating_add(1));
        let end = end.max(past_start);
        let begun = self.as_slice().partition_point(|topic| topic.start < end);
        (0..begun)
            .filter_map(|index| self.covered(index, duration))
            .filter(|covered| {
                covered.end.is_none_or(|end| end > start) || covered.holds(start, duration)
            })
            .collect()
    }

    /// Where the topic at that place stops: its own end, else the next topic's start, else the
    /// recording's end, and never past that.
    pub fn end_of(&self, index: usize, duration: Option<Offset>) -> Option<Offset> {
        let topic = self.get(index)?;
        let next = || self.get(index + 1).map(|next| next.start);
        let end = topic.end.or_else(next);
        match (end, duration) {
            (Some(end), Some(duration)) => Some(end.min(duration)),
            (end, duration) => end.or(duration),
        }
    }

    /// The topic at that place with its bounds and neighbours.
    pub fn covered(&self, index: usize, duration: Option<Offset>) -> Option<Covered<'_>> {
        let topic = self.get(index)?;
        Some(Covered {
            index,
            topic,
            start: topic.start,
            end: self.end_of(index, duration),
            before: index.checked_sub(1).and_then(|before| self.get(before)),
            after: self.get(index + 1),
        })
    }
}

impl Covered<'_> {
    /// Whether the topic is taught at the offset; see [`TopicTable::at`] for the edges.
    fn holds(&self, offset: Offset, duration: Option<Offset>) -> bool {
        let runs_out = duration == Some(offset) && self.end == Some(offset);
        self.start <= offset && (runs_out || self.end.is_none_or(|end| offset < end))
    }
}

#[cfg(test)]
#[path = "coverage_tests.rs"]
mod tests;
