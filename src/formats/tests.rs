use super::*;
use crate::domain::lecture::Topic;
use proptest::prelude::*;

/// What is read, a topic a line, with the format in front and the notes below.
pub(super) fn read(text: &str) -> String {
    let read = match read_topics(text.as_bytes(), None, Some(Offset::from_seconds(4575))) {
        Ok(read) => read,
        Err(problems) => panic!("{}", lines(&problems)),
    };
    let topics = read.table.iter().map(|topic| {
        let end = topic.end.map(|end| format!("-{end}")).unwrap_or_default();
        let note = topic
            .note
            .as_ref()
            .map(|note| format!(" // {}", note.replace('\n', "⏎")))
            .unwrap_or_default();
        format!("{}{end} {}{note}", topic.start, topic.title)
    });
    let notes = read.notes.iter().map(|note| format!("({note})"));
    std::iter::once(format!("[{}]", read.format))
        .chain(topics)
        .chain(notes)
        .collect::<Vec<_>>()
        .join("\n")
}

pub(super) fn mistakes(text: &str) -> String {
    lines(&read_topics(text.as_bytes(), None, Some(Offset::from_seconds(4575))).unwrap_err())
}

pub(super) fn lines(problems: &[Problem]) -> String {
    problems
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn csv_comes_in_any_column_order_and_with_a_spreadsheets_habits() {
    insta::assert_snapshot!(read("\u{FEFF}Topic;Time;Description;;\r\nSails;1:00;\"two\r\nlines; or so\";;\r\n;;;;\r\n\"The \"\"jib\"\"\";0:30;;;\r\n"), @r#"
    [csv]
    0:30 The "jib"
    1:00 Sails // two⏎lines; or so
    "#);
    insta::assert_snapshot!(read("start\ttitle\tend\n0:05\tKnots\t0:10\n"), @"
    [csv]
    0:05-0:10 Knots
    ");
}

#[test]
fn csv_needs_no_header() {
    insta::assert_snapshot!(read("0:05,Knots\n1:00,\"Sails, set\",slowly\n"), @"
    [csv]
    0:05 Knots
    1:00 Sails, set // slowly
    ");
}

#[test]
fn mistakes_in_csv_are_all_named_by_line_and_column() {
    insta::assert_snapshot!(mistakes("start,end,title,note\n5x:14,,Knots,\n\n1:00,0:59,\"a\nb\",\n2:00,,,\n3:00,,Tar,pitch, and\n4:00,,One,\n9:59:00,,Far,\n4:00,,Two,\n,,No start,\n"), @"
    2:1: `5x:14` is not a time in a recording; try `52:14` or `1:02:03`
    4:6: the topic ends at 0:59, which is not after its start at 1:00
    6:7: the title is empty; say in a few words what is taught from 2:00 on
    7:17: this row has 5 cells, the table 4 columns; put a text that holds `,` in double quotes
    9:1: 9:59:00 is past the recording's end at 1:16:15
    10:1: two different topics start at 4:00, here and on line 8; keep one, or move one
    11:1: the start is missing; write it as `52:14` or `1:02:03`
    ");
    insta::assert_snapshot!(mistakes("start,mood,title,start\n0:10,glad,Knots,0:20"), @"
    1:7: there is no column `mood`; the columns are `start`, `end`, `title` and `note`
    1:18: `start` names a column that the table already has; keep one of them
    ");
    insta::assert_snapshot!(mistakes("start,end,notes\n0:10,,x"), @"1:1: the table has no column `title`; begin it with the line `start,end,title,note`");
    insta::assert_snapshot!(mistakes("start,title\n0:10,\"Knots\n0:20,Sails"), @"2:6: this quote is never closed; close it, or double every quote inside the text");
}

#[test]
fn a_mistyped_header_is_named_and_not_taken_for_another_format() {
    insta::assert_snapshot!(mistakes("strat,titel\n0:10,Knots\n1:00,Sails\n"), @"
    1:1: the table has no column `start`; begin it with the line `start,end,title,note`
    1:1: the table has no column `title`; begin it with the line `start,end,title,note`
    1:1: there is no column `strat`; the columns are `start`, `end`, `title` and `note`
    1:7: there is no column `titel`; the columns are `start`, `end`, `title` and `note`
    ");
    insta::assert_snapshot!(mistakes("titel;start\nKnots;0:10\n\"Sails;\nset\";1:00\n"), @"
    1:1: the table has no column `title`; begin it with the line `start,end,title,note`
    1:1: there is no column `titel`; the columns are `start`, `end`, `title` and `note`
    ");
    insta::assert_snapshot!(read("Sailing, week two.\n0:00, Welcome\n1:10, Knots"), @"
    [youtube]
    0:00 , Welcome
    1:10 , Knots
    (1:1: this line has no offset and was left out)
    ");
}

#[test]
fn toml_is_read_with_its_places() {
    insta::assert_snapshot!(read("[[topic]]\nstart = \"1:00\"\ntitle = \"Sails\"\nnote = \"\"\"\na\nb\"\"\"\n[[topic]]\nstart = 30\nend = 00:00:45\ntitle = 'Knots'"), @"
    [toml]
    0:30-0:45 Knots
    1:00 Sails // a⏎b
    ");
    insta::assert_snapshot!(mistakes("lecture = 10\n[[topic]]\nstart = \"5x:14\"\nmood = 1\ntitle = \"\"\n[[topic]]\nstart = true\ntitle = \"a\"\n[[topic]]\nstart = \"1:00\""), @"
    1:1: `lecture` is not known here; a topic table holds only `[[topic]]`
    3:9: `5x:14` is not a time in a recording; try `52:14` or `1:02:03`
    4:1: a topic has no `mood`; its keys are `start`, `end`, `title` and `note`
    5:9: the title is empty; say in a few words what is taught
    7:9: this is no offset; write it as \"52:14\" or \"1:02:03\"
    9:1: the title is empty; say in a few words what is taught from 1:00 on
    ");
    assert!(mistakes("[[topic]]\nstart = 52:14\ntitle = \"a\"").starts_with("2:"));
}

#[test]
fn a_pasted_description_is_read_among_its_prose() {
    insta::assert_snapshot!(read("Sailing, week two.\nHosted at 3:15 pm by the club\n\n• 00:00 Welcome\n• [01:10] - Knots: the bowline\n• (1:02:03 – 1:03:00) Sails | set\n▶️ 12m30s Tar\n\nMore: https://sails.example/12:30\n"), @"
    [youtube]
    0:00 Welcome
    1:10 Knots: the bowline
    12:30 Tar
    1:02:03-1:03:00 Sails | set
    (1:1: 2 lines without an offset were left out)
    (9:1: this line has no offset and was left out)
    ");
    insta::assert_snapshot!(read("1. Welcome - 0:00\n2. Knots (1:10)\n* The 2 sails: [12:00 - 13:00]\n"), @"
    [youtube]
    0:00 Welcome
    1:10 Knots
    12:00-13:00 The 2 sails
    ");
    insta::assert_snapshot!(read("0:00\nWelcome\n1:10\nKnots"), @"
    [youtube]
    0:00 Welcome
    1:10 Knots
    ");
}

#[test]
fn a_broken_offset_in_a_description_is_a_mistake() {
    insta::assert_snapshot!(mistakes("0:00 Welcome\n1:1x Knots\n1:20\n2:00 Sails\nTar 3:00\n4:00 Rope"), @"
    2:1: `1:1x` is not a time in a recording; try `52:14` or `1:02:03`
    3:5: the title is empty; say in a few words what is taught from 1:20 on
    5:1: this line has its offset where the others have none; move it to the beginning
    ");
    insta::assert_snapshot!(mistakes("0:00 Welcome 1:10 Knots 2:00 Sails"), @"1:6: this line holds several offsets; put each topic on a line of its own");
    insta::assert_snapshot!(mistakes("nothing to see"), @"1:1: no topic was found; write each on a line of its own, as `52:14 Its title`");
}

#[test]
fn a_control_character_parts_offsets_as_the_space_that_it_becomes() {
    insta::assert_snapshot!(mistakes("Reefs 1:00\u{7}then 2:00 or so - 3:00"), @"1:1: this line holds several offsets; put each topic on a line of its own");
}

#[test]
fn a_control_character_before_a_title_leaves_no_mark_in_it() {
    let with = "Knots (start: 1:00)\n\u{0}.>.Reefs (start: 47:09)\n";
    let without = "Knots (start: 1:00)\n .>.Reefs (start: 47:09)\n";
    assert_eq!(read(with), read(without));
}

#[test]
fn start_lines_come_as_many_lines_or_as_one() {
    let as_lines = "Tar (start: 25:29)\nSails, set (start: 52:14)\nKnots (start: 47:09)\n";
    let table = |text: &str| read_topics(text.as_bytes(), None, None).unwrap().table;
    assert_eq!(
        read(as_lines),
        "[start-lines]\n25:29 Tar\n47:09 Knots\n52:14 Sails, set"
    );
    for between in [". ", "; ", ", ", " ", ".", " | "] {
        let one_line = format!(
            "Tar (start: 25:29){between}Sails, set (start: 52:14){between}Knots (start: 47:09){between}"
        );
        assert_eq!(table(&one_line), table(as_lines), "{one_line}");
    }
    insta::assert_snapshot!(read("Our list:\n\n- Tar (start: 25:29, end: 26:00).\n- Knots (Start=47:09)\nThat is all."), @"
    [start-lines]
    25:29-26:00 Tar
    47:09 Knots
    (1:1: this text has no `(start: …)` and was left out)
    (5:1: this text has no `(start: …)` and was left out)
    ");
    insta::assert_snapshot!(mistakes("Tar (start: soon). (start: 5:00)"), @"
    1:13: `soon` is not a time in a recording; try `52:14` or `1:02:03`
    1:20: the title is empty; say in a few words what is taught from 5:00 on
    ");
}

#[test]
fn the_same_row_twice_is_folded_with_a_note() {
    insta::assert_snapshot!(read("1:00 Knots\n2:00 Sails\n1:00 Knots"), @"
    [youtube]
    1:00 Knots
    2:00 Sails
    (3:1: the same row stands on line 1; one of them is kept)
    ");
}

#[test]
fn an_explicit_format_overrules() {
    let read = read_topics(b"0:05,Knots", Some(TopicFormat::YouTube), None).unwrap();
    assert_eq!(
        read.table.get(0).map(|topic| topic.title.as_str()),
        Some(",Knots")
    );
}

#[test]
fn offsets_stand_at_either_end_of_a_list_but_at_one() {
    let list = "0:00 Welcome\n1:10 Knots\n9:00 Tar";
    let expected = read(list);
    for at_the_end in [
        "Welcome 0:00\nKnots 1:10\nTar 9:00",
        "Welcome - 0:00\nKnots – 1:10\nTar (9:00)",
    ] {
        assert_eq!(read(at_the_end), expected);
    }
    insta::assert_snapshot!(mistakes("Hosted by the club\n0:00 Welcome\n1:10 Knots\nTar 9:00\nRope (9:30)\n"), @"
    4:1: this line has its offset where the others have none; move it to the beginning
    5:1: this line has its offset where the others have none; move it to the beginning
    ");
    insta::assert_snapshot!(mistakes("0:00 Welcome\n0:30 Wind\nKnots 1:10\nTar 9:00\nRope 9:30\n"), @"
    1:1: this line has its offset where the others have none; move it to the end
    2:1: this line has its offset where the others have none; move it to the end
    ");
}

#[test]
fn a_table_of_beadles_for_people_is_read_among_its_prose() {
    insta::assert_snapshot!(read("# Sailing\n\nOur list:\n\n| Note | Topic | Time |\n|---|:-:|--:|\n| a<br>b | Knots \\| \\*bends\\* | [0:05–0:10](https://videos.example/l) |\n| | Sails | 1:00\n\nThat is all.\n"), @"
    [markdown]
    0:05-0:10 Knots | *bends* // a⏎b
    1:00 Sails
    (3:1: this line is in no topic table and was left out)
    (10:1: this line is in no topic table and was left out)
    ");
    insta::assert_snapshot!(mistakes("| Offset | Topic |\n|---|---|\n| soon | Knots |\n| 1:00 | |\n| 2:00 | a | b |\n"), @r"
    3:3: `soon` is not a time in a recording; try `52:14` or `1:02:03`
    4:9: the title is empty; say in a few words what is taught from 1:00 on
    5:1: this row has 3 cells, the table 2 columns; write a `|` within a text as `\|`
    ");
    insta::assert_snapshot!(lines(&read_topics(b"| a | b |\n", Some(TopicFormat::Markdown), None).unwrap_err()), @"1:1: there is no table with the columns `Offset` and `Topic`; begin it with `| Offset | Topic | Note |`");
}

#[test]
fn a_table_of_beadles_for_machines_is_read_and_refused_where_it_contradicts_itself() {
    insta::assert_snapshot!(read("{\"topics\": [{\"start_s\": 60, \"title\": \"Sails\", \"note\": \"set\"}, {\"start\": \"0:05\", \"start_s\": 5, \"end\": null, \"end_s\": null, \"title\": \"Knots\"}]}"), @"
    [json]
    0:05 Knots
    1:00 Sails // set
    ");
    insta::assert_snapshot!(mistakes("{\"topics\": [{\"start\": \"0:06\", \"start_s\": 5, \"title\": \"Knots\", \"note\": 3}]}"), @"
    1:23: this is 0:06, and 0:05 in seconds beside it; keep one of them
    1:71: this is no text; put it in double quotes
    ");
    insta::assert_snapshot!(mistakes("Sails: open questions, Thu 9 Feb 2023\n1 open\n\n  Knots 1:10\n"), @"1:1: this is a digest of Beadle's, and no topic table; `beadle topics export` writes those");
}

#[test]
fn a_format_is_known_by_its_name_and_by_its_files() {
    for format in TopicFormat::ALL {
        assert_eq!(format.to_string().parse(), Ok(*format));
    }
    insta::assert_snapshot!("word".parse::<TopicFormat>().unwrap_err(), @"there is no format `word`; take one of `csv`, `toml`, `start-lines`, `youtube`, `yt-dlp`, `webvtt`, `podcasting`, `podlove`, `ffmetadata`, `markdown`, `json`");
    assert_eq!(recognise("", Some("Topics.TOML")), TopicFormat::Toml);
    assert_eq!(
        recognise("start,title\n", Some("topics.toml")),
        TopicFormat::Csv
    );
}

fn sails() -> TopicTable {
    let topic = |start, end, title: &str, note: Option<&str>| Topic {
        start: Offset::from_seconds(start),
        end: Option::map(end, Offset::from_seconds),
        title: title.to_owned(),
        note: note.map(str::to_owned),
    };
    TopicTable::new(vec![
        topic(5, Some(10), "Knots | *bends*", Some("over,\nunder")),
        topic(3700, None, "- \"Sails\"", None),
    ])
    .unwrap()
}

fn written(format: TopicFormat) -> String {
    let recording = "https://videos.example/l(1).mp4".parse().ok();
    write_topics(
        &sails(),
        format,
        About {
            title: Some("Sea_manship"),
            recording: recording.as_ref(),
            ..About::default()
        },
    )
}

#[test]
fn tables_are_written_in_every_format() {
    insta::assert_snapshot!(written(TopicFormat::Csv), @r#"
    start,end,title,note
    0:05,0:10,Knots | *bends*,"over,
    under"
    1:01:40,,"- ""Sails""",
    "#);
    insta::assert_snapshot!(written(TopicFormat::YouTube), @r#"
    0:05 Knots | *bends*
    1:01:40 - - "Sails"
    "#);
    insta::assert_snapshot!(written(TopicFormat::StartLines), @r#"
    Knots | *bends* (start: 0:05, end: 0:10)
    - - "Sails" (start: 1:01:40)
    "#);
    insta::assert_snapshot!(written(TopicFormat::Markdown), @r#"
    # Sea\_manship

    | Offset | Topic | Note |
    |---:|---|---|
    | [0:05–0:10](https://videos.example/l%281%29.mp4#t=5) | Knots \| \*bends\* | over,<br>under |
    | [1:01:40](https://videos.example/l%281%29.mp4#t=3700) | - "Sails" |  |
    "#);
    let json: serde_json::Value = serde_json::from_str(&written(TopicFormat::Json)).unwrap();
    assert_eq!(json["topics"][0]["end_s"], 10);
    assert_eq!(json["topics"][1]["start"], "1:01:40");
}

#[test]
fn the_table_that_comes_with_beadle_loads() {
    let text = include_str!("../../config/topics/cs224n-10.csv");
    let read = read_topics(text.as_bytes(), None, "1:16:15".parse().ok()).unwrap();
    assert_eq!((read.table.len(), read.notes.len()), (6, 0));
    assert_eq!(read.table.get(0).unwrap().start, "25:29".parse().unwrap());
}

pub(super) fn any_table() -> impl Strategy<Value = TopicTable> {
    let text = r#"[a-zA-Z0-9,;:"'|#\\=.\n\t\[\]()<>é😀 -]{0,30}"#;
    let row = (
        1..9000u32,
        proptest::option::of(1..500u32),
        "[a-z(\"#é-]",
        text,
        proptest::option::of(text),
    );
    proptest::collection::vec(row, 0..8).prop_filter_map("two topics start together", |rows| {
        let rows = rows
            .into_iter()
            .map(|(start, length, first, title, note)| Topic {
                start: Offset::from_seconds(start),
                end: length.map(|length| Offset::from_seconds(start + length)),
                title: first + &title,
                note,
            });
        TopicTable::new(rows.collect()).ok()
    })
}

proptest! {
    #[test]
    fn what_is_written_is_read_again(table in any_table()) {
        for format in [TopicFormat::Csv, TopicFormat::Toml, TopicFormat::Markdown, TopicFormat::Json] {
            let text = write_topics(&table, format, About::default());
            let again = read_topics(text.as_bytes(), Some(format), None).map(|read| read.table);
            prop_assert_eq!(again.as_ref(), Ok(&table), "{}", text);
            if !table.is_empty() {
                prop_assert_eq!(recognise(&text, None), format);
            }
        }
    }

    #[test]
    fn lines_are_read_as_the_same_table_or_that_is_told(table in any_table()) {
        for format in [TopicFormat::StartLines, TopicFormat::YouTube] {
            let text = write_topics(&table, format, About::default());
            let again = read_topics(text.as_bytes(), Some(format), None).map(|read| read.table);
            let has_ends = format.definition().has_ends;
            let kept = table.iter().map(|topic| Topic {
                end: topic.end.filter(|_| has_ends),
                note: None,
                ..topic.clone()
            });
            let kept = TopicTable::new(kept.collect()).unwrap();
            let is_told = table.is_empty() || misread(&table, format, &text).is_some();
            prop_assert!(is_told || again.as_ref() == Ok(&kept), "{}", text);
        }
    }

    #[test]
    fn a_description_keeps_starts_and_titles(rows in proptest::collection::btree_map(0..9000u32, r#"[-–:|a-z("'#!)][a-z ,.:|()"'!?&–-]{0,30}[a-z!?]"#, 1..8)) {
        let rows = rows.into_iter().map(|(start, title)| Topic { start: Offset::from_seconds(start), title, ..Topic::default() });
        let table = TopicTable::new(rows.collect()).unwrap();
        let text = write_topics(&table, TopicFormat::YouTube, About::default());
        let again = read_topics(text.as_bytes(), Some(TopicFormat::YouTube), None).map(|read| read.table);
        prop_assert_eq!(again, Ok(table), "{}", text);
    }

    #[test]
    fn no_input_panics(text in r#"(\PC|[\r\n\t,;"':\[\]()=0-9a-z -]|start|title|\[\[topic\]\]|\(start: |0:10){0,80}"#, bytes: Vec<u8>) {
        let formats = TopicFormat::ALL.iter().copied().map(Some).chain([None]);
        for format in formats {
            let _ = read_topics(text.as_bytes(), format, Some(Offset::from_seconds(600)));
            let _ = read_topics(&bytes, format, None);
        }
    }
}
