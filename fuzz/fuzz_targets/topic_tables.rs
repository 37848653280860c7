//! Topic tables in every format: what was read, written and read again, is the same.

#![no_main]

use beadle::domain::lecture::{Topic, TopicTable};
use beadle::domain::offset::Offset;
use beadle::formats::{About, TopicFormat, read_topics, recognise, write_topics};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let duration = Some(Offset::from_seconds(4575));
    for format in TopicFormat::ALL.iter().copied().map(Some).chain([None]) {
        let Ok(read) = read_topics(bytes, format, duration) else {
            continue;
        };
        is_in_order(&read.table);
        keeps_everything(&read.table, TopicFormat::Csv);
        keeps_everything(&read.table, TopicFormat::Toml);
        if !read.table.is_empty() {
            for format in TopicFormat::ALL.iter().filter(|format| is_for_players(**format)) {
                keeps_what_it_has_a_place_for(&read.table, *format);
            }
        }
        keeps_what_it_has_a_place_for(&read.table, read.format);
    }
});

fn is_in_order(table: &TopicTable) {
    let topics = table.as_slice();
    assert!(topics.windows(2).all(|two| two[0].start < two[1].start));
    assert!(topics.iter().all(|topic| !topic.title.trim().is_empty()));
    assert!(
        topics
            .iter()
            .all(|topic| topic.end.is_none_or(|end| end > topic.start))
    );
}

fn keeps_everything(table: &TopicTable, format: TopicFormat) {
    let text = write_topics(table, format, About::default());
    let again = read_topics(text.as_bytes(), Some(format), None);
    let again = again.unwrap_or_else(|problems| panic!("{problems:?} in\n{text}"));
    assert_eq!(&again.table, table, "{text}");
    if !table.is_empty() {
        assert_eq!(recognise(&text, None), format, "{text}");
    }
}

/// Formats that machines write, in which any title has a place. A table without topics has none.
fn is_for_players(format: TopicFormat) -> bool {
    matches!(
        format,
        TopicFormat::YtDlp
            | TopicFormat::WebVtt
            | TopicFormat::Podcasting
            | TopicFormat::Podlove
            | TopicFormat::FfMetadata
    )
}

/// A description has no place for notes: what came from one goes back into one.
fn keeps_what_it_has_a_place_for(table: &TopicTable, format: TopicFormat) {
    let text = write_topics(table, format, About::default());
    let again = read_topics(text.as_bytes(), Some(format), None);
    let again = again.unwrap_or_else(|problems| panic!("{problems:?} in\n{text}"));
    let essence = |topic: &Topic| (topic.start, topic.title.clone());
    let (before, after): (Vec<_>, Vec<_>) = (
        table.iter().map(essence).collect(),
        again.table.iter().map(essence).collect(),
    );
    assert_eq!(after, before, "{format}:\n{text}");
}
