use super::*;

fn at(seconds: u32) -> Offset {
    Offset::from_seconds(seconds)
}

/// A table of `start-end` or `start` seconds; a topic's title is its text.
fn table(rows: &str) -> TopicTable {
    let rows = rows.split_whitespace().map(|row| {
        let (start, end) = row.split_once('-').unwrap_or((row, ""));
        let end = end.parse().ok().map(at);
        Topic {
            start: at(start.parse().unwrap()),
            end,
            title: row.to_owned(),
            note: None,
        }
    });
    TopicTable::new(rows.collect()).unwrap()
}

/// What the table says of a second, in a word or two.
fn said(rows: &str, offset: u32, duration: Option<u32>) -> String {
    let table = table(rows);
    match table.at(at(offset), duration.map(at)) {
        Coverage::Topic(covered) => format!(
            "{} until {:?}",
            covered.topic.title,
            covered.end.map(Offset::seconds)
        ),
        Coverage::BeforeFirst { first } => format!("before {}", first.topic.title),
        Coverage::Gap { before, after } => {
            format!(
                "between {} and {:?}",
                before.topic.title,
                after.map(|after| &after.topic.title)
            )
        }
        Coverage::PastEnd { last, duration } => {
            format!("past {duration}, last {}", last.topic.title)
        }
        Coverage::NoTopics => "no topics".to_owned(),
    }
}

#[test]
fn a_topic_covers_from_its_start_up_to_the_next() {
    assert_eq!(said("10 20 30", 10, None), "10 until Some(20)");
    assert_eq!(said("10 20 30", 19, None), "10 until Some(20)");
    assert_eq!(said("10 20 30", 20, None), "20 until Some(30)");
}

#[test]
fn the_last_topic_runs_to_the_recordings_end_and_holds_it() {
    assert_eq!(said("10 20", 500, None), "20 until None");
    assert_eq!(said("10 20", 60, Some(60)), "20 until Some(60)");
    assert_eq!(said("10 20-60", 60, Some(60)), "20-60 until Some(60)");
    assert_eq!(said("10 20", 61, Some(60)), "past 1:00, last 20");
}

#[test]
fn an_offset_outside_all_topics_names_none() {
    assert_eq!(said("10 20", 9, None), "before 10");
    assert_eq!(said("10-15 20", 15, None), "between 10-15 and Some(\"20\")");
    assert_eq!(said("10-15 20-25", 25, Some(60)), "between 20-25 and None");
    assert_eq!(said("", 9, Some(5)), "no topics");
}

#[test]
fn where_topics_overlap_the_one_that_began_last_is_named() {
    assert_eq!(said("10-50 20-30", 25, None), "20-30 until Some(30)");
    assert_eq!(said("10-50 20-30", 40, None), "10-50 until Some(50)");
    assert_eq!(said("10-50 20-30", 50, None), "between 20-30 and None");
}

#[test]
fn in_a_gap_the_nearer_neighbour_is_named() {
    let table = table("10-15 30");
    let nearest = |offset| {
        table
            .at(at(offset), None)
            .nearest(at(offset))
            .map(|covered| covered.index)
    };
    assert_eq!(
        (nearest(9), nearest(16), nearest(22), nearest(23)),
        (Some(0), Some(0), Some(0), Some(1))
    );
}

#[test]
fn a_topic_knows_its_neighbours() {
    let table = table("10 20 30");
    let covered = table.at(at(25), None).topic().unwrap();
    let titles =
        [covered.before, covered.after].map(|topic| topic.map(|topic| topic.title.as_str()));
    assert_eq!((covered.index, titles), (1, [Some("10"), Some("30")]));
}

#[test]
fn a_range_names_the_topics_taught_in_it() {
    let table = table("10 20-25 30 40");
    let within = |start, end| {
        table
            .within(at(start), at(end), Some(at(60)))
            .iter()
            .map(|covered| covered.index)
            .collect::<Vec<_>>()
    };
    assert_eq!(within(15, 35), [0, 1, 2]);
    assert_eq!(within(20, 30), [1]);
    assert_eq!(within(26, 29), [0_usize; 0]);
    assert_eq!(within(35, 15), [0, 1, 2]);
    assert_eq!(within(60, 60), [3]);
    assert_eq!(within(61, 90), [0_usize; 0]);
    assert_eq!(within(20, 20), [1]);
}

proptest::proptest! {
    #[test]
    fn no_topic_is_named_that_does_not_cover_the_offset(
        rows in proptest::collection::btree_map(0..60u32, 0..30u32, 0..12),
        offset in 0..100u32,
        duration in proptest::option::of(30..90u32),
    ) {
        let rows = rows.iter().map(|(&start, &length)| Topic {
            start: at(start),
            end: (length > 0).then(|| at(start + length)),
            title: "x".to_owned(),
            note: None,
        });
        let table = TopicTable::new(rows.collect()).unwrap();
        let (offset, duration) = (at(offset), duration.map(at));
        let covers = |index: usize| {
            let (topic, end) = (table.get(index).unwrap(), table.end_of(index, duration));
            topic.start <= offset && end.is_none_or(|end| offset < end || (end == offset && duration == Some(end)))
        };
        let is_over = duration.is_some_and(|duration| offset > duration);
        match table.at(offset, duration) {
            Coverage::Topic(covered) => proptest::prop_assert!(!is_over && covers(covered.index)),
            _ => proptest::prop_assert!(is_over || !(0..table.len()).any(covers)),
        }
    }
}
