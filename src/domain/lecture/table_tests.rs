use super::super::{MAX_NOTE_CHARS, MAX_TITLE_CHARS};
use super::*;

fn at(seconds: u32) -> Offset {
    Offset::from_seconds(seconds)
}

fn topic(start: u32, title: &str) -> Topic {
    Topic {
        start: at(start),
        title: title.to_owned(),
        ..Topic::default()
    }
}

fn mistakes(rows: Vec<Topic>, duration: Option<u32>) -> String {
    let errors = TopicTable::build(rows, duration.map(at)).unwrap_err();
    errors
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn rows_in_any_order_become_a_table_in_the_recordings() {
    let built = TopicTable::build(vec![topic(50, "late"), topic(10, "early")], None).unwrap();
    assert_eq!(
        built
            .table
            .iter()
            .map(|topic| topic.title.as_str())
            .collect::<Vec<_>>(),
        ["early", "late"]
    );
    assert!(built.sorted);
}

#[test]
fn the_same_row_twice_is_kept_once() {
    let built = TopicTable::build(
        vec![topic(10, "once"), topic(5, "other"), topic(10, " once ")],
        None,
    )
    .unwrap();
    assert_eq!(built.table.len(), 2);
    assert_eq!(built.folded, [Folded { row: 2, same_as: 0 }]);
}

#[test]
fn every_mistake_is_named_in_one_go() {
    let rows = vec![
        topic(10, "one"),
        topic(10, "another"),
        topic(20, " "),
        Topic {
            end: Some(at(30)),
            ..topic(30, "no length")
        },
        Topic {
            end: Some(at(90)),
            ..topic(70, "past the end")
        },
        Topic {
            note: Some("n".repeat(MAX_NOTE_CHARS + 1)),
            ..topic(40, &"t".repeat(MAX_TITLE_CHARS + 1))
        },
    ];
    insta::assert_snapshot!(mistakes(rows, Some(60)), @"
    row 2: two different topics start at 0:10; keep one, or move one (the other is row 1)
    row 3: the title is empty; say in a few words what is taught from 0:20 on
    row 4: the topic ends at 0:30, which is not after its start at 0:30
    row 5: 1:10 is past the recording's end at 1:00
    row 5: 1:30 is past the recording's end at 1:00
    row 6: the title has 201 characters; keep it to 200 and put the rest in the note
    row 6: the note has 1001 characters; keep it to 1000
    ");
}

#[test]
fn a_table_has_an_end_to_its_patience() {
    let rows = (0..=MAX_TOPICS).map(|row| topic(row as u32, "x")).collect();
    insta::assert_snapshot!(mistakes(rows, None), @"row 10001: there are 10001 rows; a table holds at most 10000");
}

#[test]
fn titles_are_one_line_and_notes_have_no_stray_spaces() {
    let rows = vec![Topic {
        note: Some(" a \r\n  b  c\t\n".to_owned()),
        ..topic(1, "two\nlines\u{0} ")
    }];
    let table = TopicTable::new(rows).unwrap();
    assert_eq!(
        (
            table.get(0).unwrap().title.as_str(),
            table.get(0).unwrap().note.as_deref()
        ),
        ("two lines", Some("a\nb c"))
    );
}

#[test]
fn words_find_topics() {
    let table = TopicTable::new(vec![
        topic(5, "Warm-up"),
        topic(9, "Reward models"),
        topic(12, "Models of language"),
    ])
    .unwrap();
    assert_eq!(table.search("reward model"), [1, 2]);
    assert!(table.search("nothing of it").is_empty());
}

proptest::proptest! {
    #[test]
    fn a_table_is_sorted_and_no_two_topics_start_together(rows in proptest::collection::vec((0..40u32, 0..3u32, 0..2usize), 0..20)) {
        let rows: Vec<Topic> = rows
            .into_iter()
            .map(|(start, length, title)| Topic {
                end: (length > 0).then(|| at(start + length)),
                ..topic(start, ["a", "b"][title])
            })
            .collect();
        if let Ok(table) = TopicTable::new(rows.clone()) {
            proptest::prop_assert!(table.as_slice().is_sorted_by(|a, b| a.start < b.start));
            proptest::prop_assert!(rows.iter().all(|row| table.as_slice().contains(row)));
        }
    }
}
