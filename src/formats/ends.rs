//! Ends that say nothing. Some formats give every topic an end, though most topics last until the
//! next one. Such ends are made up when a table is written, and not kept when it is read: a topic that
//! is put in between later would otherwise leave a gap.

use crate::domain::lecture::{Topic, TopicTable};
use crate::domain::offset::Offset;

/// How long the last topic is written if nobody knows when it ends, in seconds.
const LAST_S: u32 = 1;

/// Each topic with an end: its own, else the next topic's start, else the recording's end, else a
/// second after its start.
pub(super) fn with_ends(
    table: &TopicTable,
    duration: Option<Offset>,
) -> impl Iterator<Item = (&Topic, Offset)> {
    table.iter().enumerate().map(move |(index, topic)| {
        let next = table.get(index + 1).map(|next| next.start);
        let until = next.or(duration.filter(|&duration| duration > topic.start));
        let end = topic.end.or(until);
        (topic, end.unwrap_or_else(|| shortly_after(topic.start)))
    })
}

/// Takes away the ends that [`with_ends`] would put there again. Rows may stand in any order. The
/// recording may be known to be of several lengths, as a course and a file tell them.
pub(super) fn drop_implied(rows: &mut [Topic], durations: [Option<Offset>; 2]) {
    let mut starts: Vec<Offset> = rows.iter().map(|row| row.start).collect();
    starts.sort_unstable();
    for row in rows {
        let next = starts.partition_point(|&start| start <= row.start);
        let is_implied = |end: Offset| match starts.get(next) {
            Some(&next) => end == next,
            None => durations.contains(&Some(end)) || end == shortly_after(row.start),
        };
        // An end before its start stays, to be named as the mistake that it is.
        row.end = row.end.filter(|&end| end <= row.start || !is_implied(end));
    }
}

fn shortly_after(start: Offset) -> Offset {
    Offset::from_seconds(start.seconds().saturating_add(LAST_S))
}

/// How many of a table's ends differ from the next topic's start, and so would be missed.
pub(super) fn telling(table: &TopicTable) -> usize {
    let topics = table.as_slice();
    let next = |index: usize| topics.get(index + 1).map(|next| next.start);
    let ends = topics.iter().enumerate();
    ends.filter(|(index, topic)| topic.end.is_some() && topic.end != next(*index))
        .count()
}
