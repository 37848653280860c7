//! The topic table: how rows become one, and the law that it then keeps.

use super::super::offset::Offset;
use super::super::search;
use super::Topic;
use super::mistake::{MAX_TOPICS, Mistake, TableError, mistakes_of};

/// A lecture's topics, sorted by start, no two with the same start.
///
/// Made only by [`TopicTable::new`] and [`TopicTable::build`], so that the law holds wherever a
/// table is met.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TopicTable {
    topics: Vec<Topic>,
    /// For each row, the latest explicit end of it and of all rows before: tells when looking
    /// further back for a topic that still runs is in vain.
    reach: Vec<Option<Offset>>,
}

/// A row that said the same as an earlier one, and was left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Folded {
    /// The row left out, counted from 0 in the order given.
    pub row: usize,
    /// The row that says the same.
    pub same_as: usize,
}

/// A table, and what was done to the rows on the way.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Built {
    /// The table.
    pub table: TopicTable,
    /// Rows left out since an earlier one says the same.
    pub folded: Vec<Folded>,
    /// Whether the rows came in another order than the recording's.
    pub sorted: bool,
}

impl TopicTable {
    /// A table of these rows, in any order; the identical row twice becomes one.
    ///
    /// # Errors
    /// Every mistake in every row, in the order of the rows.
    pub fn new(rows: Vec<Topic>) -> Result<Self, Vec<TableError>> {
        Self::build(rows, None).map(|built| built.table)
    }

    /// As [`TopicTable::new`], also refusing rows past the recording's end where its duration is
    /// known, and telling what was folded or sorted.
    ///
    /// # Errors
    /// Every mistake in every row, in the order of the rows.
    pub fn build(mut rows: Vec<Topic>, duration: Option<Offset>) -> Result<Built, Vec<TableError>> {
        if rows.len() > MAX_TOPICS {
            let mistake = Mistake::TooMany(rows.len());
            return Err(vec![TableError {
                row: MAX_TOPICS,
                mistake,
            }]);
        }
        rows.iter_mut().for_each(tidy);
        let mut errors: Vec<TableError> = rows
            .iter()
            .enumerate()
            .flat_map(|(row, topic)| {
                mistakes_of(topic, duration)
                    .into_iter()
                    .map(move |mistake| TableError { row, mistake })
            })
            .collect();
        let sorted = !rows.is_sorted_by_key(|topic| topic.start);
        let mut order: Vec<usize> = (0..rows.len()).collect();
        order.sort_by_key(|&row| rows[row].start);
        let (kept, folded) = fold(&rows, &order, &mut errors);
        if !errors.is_empty() {
            errors.sort_by_key(|error| error.row);
            return Err(errors);
        }
        let topics = kept
            .into_iter()
            .map(|row| std::mem::take(&mut rows[row]))
            .collect();
        Ok(Built {
            table: Self::of_sorted(topics),
            folded,
            sorted,
        })
    }

    fn of_sorted(topics: Vec<Topic>) -> Self {
        let mut furthest = None;
        let reach = topics
            .iter()
            .map(|topic| {
                furthest = furthest.max(topic.end);
                furthest
            })
            .collect();
        Self { topics, reach }
    }

    /// The topics in the order of the recording.
    pub fn iter(&self) -> std::slice::Iter<'_, Topic> {
        self.topics.iter()
    }

    /// How many topics there are.
    pub fn len(&self) -> usize {
        self.topics.len()
    }

    /// Whether nobody has written a topic yet.
    pub fn is_empty(&self) -> bool {
        self.topics.is_empty()
    }

    /// The topic at that place of the table, counted from 0.
    pub fn get(&self, index: usize) -> Option<&Topic> {
        self.topics.get(index)
    }

    /// All topics as a slice, in the order of the recording.
    pub fn as_slice(&self) -> &[Topic] {
        &self.topics
    }

    /// The topics whose titles or notes match the words, best first, as places in the table.
    /// The rules are those of [`search`](super::super::search).
    pub fn search(&self, words: &str) -> Vec<usize> {
        search::rank(words, &self.topics, |topic| {
            [
                (topic.title.as_str(), search::TITLE),
                (topic.note.as_deref().unwrap_or(""), search::NOTE),
            ]
        })
    }

    /// For row `index`: the latest explicit end of it and all rows before.
    pub(super) fn reach(&self, index: usize) -> Option<Offset> {
        self.reach.get(index).copied().flatten()
    }
}

impl<'a> IntoIterator for &'a TopicTable {
    type Item = &'a Topic;
    type IntoIter = std::slice::Iter<'a, Topic>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// A title is one line and a note has no stray spaces, whatever the file looked like.
fn tidy(topic: &mut Topic) {
    topic.title = one_line(&topic.title);
    topic.note = topic
        .note
        .take()
        .map(|note| tidy_note(&note))
        .filter(|note| !note.is_empty());
}

fn one_line(text: &str) -> String {
    text.split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

fn tidy_note(note: &str) -> String {
    note.lines()
        .map(one_line)
        .collect::<Vec<_>>()
        .join("\n")
        .trim()
        .to_owned()
}

/// Walks rows by start and leaves out repeats; rows that share a start but differ are mistakes.
fn fold(
    rows: &[Topic],
    order: &[usize],
    errors: &mut Vec<TableError>,
) -> (Vec<usize>, Vec<Folded>) {
    let mut kept: Vec<usize> = Vec::with_capacity(rows.len());
    let mut folded = Vec::new();
    for &row in order {
        match kept
            .last()
            .copied()
            .filter(|&first| rows[first].start == rows[row].start)
        {
            None => kept.push(row),
            Some(first) if rows[first] == rows[row] => folded.push(Folded {
                row,
                same_as: first,
            }),
            Some(first_row) => {
                let mistake = Mistake::SameStart {
                    start: rows[row].start,
                    first_row,
                };
                errors.push(TableError { row, mistake });
            }
        }
    }
    folded.sort_by_key(|folded| folded.row);
    (kept, folded)
}

#[cfg(test)]
#[path = "table_tests.rs"]
mod tests;
