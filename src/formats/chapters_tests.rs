//! The formats of players and podcasts: chapters in, chapters out.

use proptest::prelude::*;

use super::tests::{lines, mistakes, read};
use super::*;
use crate::domain::lecture::Topic;

/// All formats of this file, each with what it has a place for.
const FORMATS: [TopicFormat; 5] = [
    TopicFormat::YtDlp,
    TopicFormat::WebVtt,
    TopicFormat::Podcasting,
    TopicFormat::Podlove,
    TopicFormat::FfMetadata,
];

#[test]
fn yt_dlps_chapters_are_read_among_all_else_it_knows() {
    insta::assert_snapshot!(read("\u{FEFF}{\"id\": \"x\", \"formats\": [{\"url\": \"https://videos.example\"}], \"duration\": 4575.3,\r\n \"chapters\": [\r\n {\"start_time\": 0.0, \"title\": \"Wind\", \"end_time\": 62.9},\r\n {\"start_time\": 62.9, \"end_time\": 100, \"title\": \"Tide \\u0026 time\"},\r\n {\"start_time\": 3000, \"end_time\": 4575.3, \"title\": \"Tar\"}]}"), @"
    [yt-dlp]
    0:00 Wind
    1:02-1:40 Tide & time
    50:00 Tar
    ");
}

#[test]
fn a_video_without_chapters_is_said_to_have_none() {
    insta::assert_snapshot!(mistakes("{\"id\": \"x\", \"_type\": \"video\",\n \"chapters\": null}"), @"1:1: this video has no chapters; write a table by hand, or take its description");
    insta::assert_snapshot!(mistakes("{\"extractor\": \"x\"}"), @"1:1: this video has no chapters; write a table by hand, or take its description");
    insta::assert_snapshot!(mistakes("{\"extractor\": \"x\",\n\"chapters\": []}"), @"2:13: this video has no chapters; write a table by hand, or take its description");
}

#[test]
fn every_mistake_in_json_chapters_is_named_with_its_place() {
    insta::assert_snapshot!(mistakes(concat!(
        "{\"duration\": 600, \"chapters\": [\n",
        "{\"start_time\": -3.5, \"title\": \"\"},\n",
        "{\"start_time\": 10.2, \"end_time\": 9, \"title\": \"Wind\"},\n",
        "{\"start_time\": 10.8, \"title\": \"Tide\"},\n",
        "{\"start_time\": \"soon\", \"title\": 5},\n",
        "{\"title\": \"Tar\"}, 7,\n",
        "{\"start_time\": 700, \"end_time\": true, \"title\": \"Far\"}]}",
    )), @r#"
    2:16: this is no number of seconds, such as 3134 or 3134.5
    2:31: the title is empty; say in a few words what is taught
    3:34: the topic ends at 0:09, which is not after its start at 0:10
    4:16: two different topics start at 0:10, here and on line 3; keep one, or move one
    5:16: this is no number of seconds, such as 3134 or 3134.5
    5:33: this is no text; put it in double quotes
    6:1: the start is missing; write it as "start_time": 3134
    6:19: this is no chapter; write it as an object, {…}
    7:33: this is no number of seconds, such as 3134 or 3134.5
    "#);
    insta::assert_snapshot!(mistakes("{\"chapters\": [{\"startTime\": 1,\n \"title\" \"x\"}]}"), @"2:10: this is not JSON: expected `:`");
    insta::assert_snapshot!(mistakes("{\"version\": \"1.2.0\", \"chapters\": {}}"), @"1:34: `chapters` is no array; write it as [{…}, {…}]");
    insta::assert_snapshot!(mistakes("{\"topics\": [\n\"0:10 Knots\"]}"), @"2:1: this is no chapter; write it as an object, {…}");
}

#[test]
fn the_videos_own_length_counts_where_no_better_is_known() {
    let text = b"{\"duration\": 600, \"chapters\": [{\"start_time\": 700, \"title\": \"Far\"}]}";
    let without = read_topics(text, None, None).unwrap_err();
    insta::assert_snapshot!(lines(&without), @"1:47: 11:40 is past the recording's end at 10:00");
    assert!(read_topics(text, None, Some(Offset::from_seconds(800))).is_ok());
}

#[test]
fn a_last_chapter_may_end_where_the_video_does_though_the_course_counts_otherwise() {
    let text = b"{\"duration\": 601, \"chapters\": [{\"start_time\": 9, \"end_time\": 601.2, \"title\": \"Tar\"}]}";
    let read = read_topics(text, None, Some(Offset::from_seconds(600))).unwrap();
    assert_eq!(read.table.get(0).unwrap().end, None);
}

#[test]
fn silent_chapters_of_a_podcast_are_left_out_with_a_note() {
    insta::assert_snapshot!(read(concat!(
        "{\"version\": \"1.2.0\", \"author\": \"Bo\", \"chapters\": [\n",
        "{\"startTime\": 0, \"img\": \"https://pictures.example/1.png\", \"toc\": false},\n",
        "{\"startTime\": 30.5, \"endTime\": 40, \"title\": \"Wind\", \"url\": \"https://wind.example\"},\n",
        "{\"startTime\": \"00:01:10.250\", \"title\": \"Tide\", \"toc\": true, \"location\": {\"name\": \"Sea\"}}]}",
    )), @"
    [podcasting]
    0:30-0:40 Wind
    1:10 Tide
    (2:1: this chapter is silent (`toc` is false) and was left out)
    ");
}

#[test]
fn webvtt_is_read_with_names_settings_comments_and_notes() {
    insta::assert_snapshot!(read(concat!(
        "\u{FEFF}WEBVTT - week two\r\nX-TIMESTAMP-MAP=MPEGTS:900000,LOCAL:00:00:00.000\r\n\r\n",
        "NOTE made by hand\r\n\r\nSTYLE\r\n::cue { color: red }\r\n\r\n",
        "intro\r\n00:00.000 --> 01:10.500 align:start line:0\r\n<v Ada>Wind &amp; <i>tide</i>\r\n\r\n",
        "01:10.500\t-->\t00:02:00.000\r\nKnots\r\nThe bowline\r\nand others\r\n \r\n",
        "1:00:00.000 --> 1:00:01.000\r\nTar",
    )), @"
    [webvtt]
    0:00 Wind & tide
    1:10-2:00 Knots // The bowline⏎and others
    1:00:00 Tar
    ");
}

#[test]
fn every_mistake_in_webvtt_is_named_with_its_place() {
    insta::assert_snapshot!(mistakes("WEBVTT\n\n0:1x --> 0:20.000\nWind\n\n00:30.000 -->\nTide\n\n00:50.000 --> 00:40.000\n\nlost words\n\n01:00.000 --> 01:75.000\nTar\n"), @"
    3:1: `0:1x` is not a time in a recording; try `52:14` or `1:02:03`
    6:14: the end is missing; write it as `55:00.000`
    9:1: the title is empty; say in a few words what is taught from 0:50 on
    9:15: the topic ends at 0:40, which is not after its start at 0:50
    11:1: this belongs to no cue; a cue begins with `52:14.000 --> 55:00.000`, and ends with a blank line
    13:15: `01:75.000` has 75 seconds, and a minute ends at 59; try `52:14`
    ");
    insta::assert_snapshot!(mistakes("WEBVTT\n\nNOTE nothing yet\n"), @"1:1: there is no cue here; write each as `52:14.000 --> 55:00.000` with its title below");
    let unsigned = read_topics(
        b"00:10.000 --> 00:20.000\nWind",
        Some(TopicFormat::WebVtt),
        None,
    );
    insta::assert_snapshot!(lines(&unsigned.unwrap_err()), @"1:1: this is not WebVTT; its first line is `WEBVTT`");
}

#[test]
fn podlove_chapters_are_read_by_themselves_and_out_of_a_feed() {
    insta::assert_snapshot!(read(concat!(
        "<?xml version=\"1.0\"?>\n<rss><channel><item><title>Sailing</title>\n",
        "<psc:chapters version=\"1.2\" xmlns:psc=\"http://podlove.org/simple-chapters\">\n",
        "<psc:chapter start=\"0\" title=\"Wind &amp; tide&#33;\" href=\"https://wind.example/?a=1&amp;b=2\"/>\n",
        "<psc:chapter start='00:01:02.345' title='Knots' />\n<psc:chapter title=\"Tar\" start=\"63.50\"></psc:chapter>\n",
        "<psc:chapter start=\"1:02:03\" title=\"Sails\"/></psc:chapters></item></channel></rss>",
    )), @"
    [podlove]
    0:00 Wind & tide!
    1:02 Knots
    1:03 Tar
    1:02:03 Sails
    ");
    insta::assert_snapshot!(read("<chapters xmlns='http://podlove.org/simple-chapters'><chapter start='1:10' title='Wind'/></chapters>"), @"
    [podlove]
    1:10 Wind
    ");
}

#[test]
fn every_mistake_in_podlove_chapters_is_named_with_its_place() {
    insta::assert_snapshot!(mistakes("<psc:chapters>\n<psc:chapter start=\"soon\" title=\"Wind\"/>\n<psc:chapter title=\"Tide\"/>\n<psc:chapter start=\"1:10\" title=\"&lot;\"/>\n<psc:chapter start=\"2:10\" title=\" \"/>\n</psc:chapters>"), @"
    2:21: `soon` is not a time in a recording; try `52:14` or `1:02:03`
    3:1: the start is missing; write it as `52:14` or `1:02:03`
    4:34: this is not XML: at 1..4: unrecognized entity `lot`
    5:34: the title is empty; say in a few words what is taught from 2:10 on
    ");
    insta::assert_snapshot!(mistakes("<psc:chapters><psc:chapter start=\"1:10\" title=\"Wind\"/>"), @"1:1: this element is never closed; is the end of the file missing?");
    insta::assert_snapshot!(mistakes("<?xml version=\"1.0\"?>\n<rss></rss>"), @r#"1:1: there is no `<psc:chapter start="52:14" title="…"/>` here; write one for each topic"#);
    insta::assert_snapshot!(mistakes("<a><psc:chapters><psc:chapter start='1' title='A'/></psc:chapters>\n<psc:chapters><psc:chapter start='1' title='B'/></psc:chapters></a>"), @"2:1: a second list of chapters begins here; keep one lecture's");
}

#[test]
fn ffmpegs_metadata_is_read_with_time_bases_and_escapes() {
    insta::assert_snapshot!(read(concat!(
        ";FFMETADATA1\r\ntitle=Week two\r\n# by hand\r\n[CHAPTER]\r\nTIMEBASE=1/1000\r\nSTART=0\r\nEND=62999\r\ntitle=a\\=b\\;c\\#d\\\\\r\ncomment=one\\\r\ntwo\r\n\r\n",
        "[CHAPTER]\r\nTIMEBASE=1001/30000\r\nSTART=3000\r\nEND=6000\r\ntitle=Tide\r\n",
        "[CHAPTER]\r\nSTART=300000000000\r\nEND=301000000000\r\nTITLE=Tar\r\n[STREAM]\r\ntitle=German\r\n",
    )), @"
    [ffmetadata]
    0:00-1:02 a=b;c#d\\ // one⏎two
    1:40-3:20 Tide
    5:00 Tar
    ");
}

#[test]
fn every_mistake_in_ffmpegs_metadata_is_named_with_its_place() {
    insta::assert_snapshot!(mistakes(concat!(
        ";FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/0\nSTART=x\ntitle=Wind\n[CHAPTER]\nTIMEBASE=1/1\nSTART=-5\ntitle=\n",
        "[CHAPTER]\ntitle=Tide\nover two lines\n[CHAPTER]\nTIMEBASE=1/1\nSTART=99999999999999\ntitle=Far\n",
    )), @"
    3:10: this is no time base; write it as `1/1000`
    4:7: this is no whole number of time bases, such as 3134000
    8:7: this is no whole number of time bases, such as 3134000
    9:7: the title is empty; say in a few words what is taught
    10:1: the start is missing; write it as `START=3134000`
    12:1: this line is neither `[CHAPTER]` nor a pair such as `title=…`; put a `\\` before a line break inside a text
    15:7: this is longer than any recording; look at `TIMEBASE`
    ");
    insta::assert_snapshot!(mistakes(";FFMETADATA1\ntitle=Week two\n"), @"1:1: there is no `[CHAPTER]` here; write one for each topic");
}

fn sails() -> TopicTable {
    let topic = |start, end, title: &str, note: Option<&str>| Topic {
        start: Offset::from_seconds(start),
        end: Option::map(end, Offset::from_seconds),
        title: title.to_owned(),
        note: note.map(str::to_owned),
    };
    TopicTable::new(vec![
        topic(5, Some(10), "Knots <b> & \"bends\"", Some("over;\n\nunder")),
        topic(60, None, "Tar", None),
        topic(3700, None, "Sails = set", None),
    ])
    .unwrap()
}

fn written(format: TopicFormat) -> String {
    let recording = "https://videos.example/2.mp4".parse().ok();
    let about = About {
        title: Some("Sea; manship"),
        recording: recording.as_ref(),
        duration: Some(Offset::from_seconds(4000)),
    };
    write_topics(&sails(), format, about)
}

#[test]
fn chapters_are_written_with_the_ends_that_their_formats_want() {
    insta::assert_snapshot!(written(TopicFormat::YtDlp), @r#"
    {
      "title": "Sea; manship",
      "webpage_url": "https://videos.example/2.mp4",
      "duration": 4000,
      "chapters": [
        {
          "start_time": 5,
          "end_time": 10,
          "title": "Knots <b> & \"bends\""
        },
        {
          "start_time": 60,
          "end_time": 3700,
          "title": "Tar"
        },
        {
          "start_time": 3700,
          "end_time": 4000,
          "title": "Sails = set"
        }
      ]
    }
    "#);
    insta::assert_snapshot!(written(TopicFormat::WebVtt), @r#"
    WEBVTT

    00:00:05.000 --> 00:00:10.000
    Knots &lt;b&gt; &amp; "bends"
    over;
    &nbsp;
    under

    00:01:00.000 --> 01:01:40.000
    Tar

    01:01:40.000 --> 01:06:40.000
    Sails = set
    "#);
    insta::assert_snapshot!(written(TopicFormat::FfMetadata), @r#"
    ;FFMETADATA1
    title=Sea\; manship

    [CHAPTER]
    TIMEBASE=1/1000
    START=5000
    END=10000
    title=Knots <b> & "bends"
    comment=over\;\
    \
    under

    [CHAPTER]
    TIMEBASE=1/1000
    START=60000
    END=3700000
    title=Tar

    [CHAPTER]
    TIMEBASE=1/1000
    START=3700000
    END=4000000
    title=Sails \= set
    "#);
}

#[test]
fn chapters_are_written_without_ends_where_nobody_gave_any() {
    insta::assert_snapshot!(written(TopicFormat::Podcasting), @r#"
    {
      "version": "1.2.0",
      "title": "Sea; manship",
      "chapters": [
        {
          "startTime": 5,
          "endTime": 10,
          "title": "Knots <b> & \"bends\""
        },
        {
          "startTime": 60,
          "title": "Tar"
        },
        {
          "startTime": 3700,
          "title": "Sails = set"
        }
      ]
    }
    "#);
    insta::assert_snapshot!(written(TopicFormat::Podlove), @r#"
    <?xml version="1.0" encoding="UTF-8"?>
    <psc:chapters version="1.2" xmlns:psc="http://podlove.org/simple-chapters">
      <psc:chapter start="00:00:05.000" title="Knots &lt;b&gt; &amp; &quot;bends&quot;"/>
      <psc:chapter start="00:01:00.000" title="Tar"/>
      <psc:chapter start="01:01:40.000" title="Sails = set"/>
    </psc:chapters>
    "#);
}

#[test]
fn what_a_format_has_no_place_for_is_said() {
    let said = |format| left_out(&sails(), format);
    insta::assert_snapshot!(said(TopicFormat::Podlove).unwrap(), @"`podlove` has no place for 1 end and 1 note, left out here");
    insta::assert_snapshot!(said(TopicFormat::Podcasting).unwrap(), @"`podcasting` has no place for 1 note, left out here");
    for format in [
        TopicFormat::WebVtt,
        TopicFormat::FfMetadata,
        TopicFormat::Csv,
    ] {
        assert_eq!(said(format), None, "{format}");
    }
}

#[test]
fn hostile_files_are_refused_in_good_time() {
    let deep = "[".repeat(1_000_000);
    assert!(read_topics(format!("{{\"chapters\": {deep}").as_bytes(), None, None).is_err());
    let elements = "<a>".repeat(500_000);
    assert!(read_topics(format!("<?xml?>{elements}").as_bytes(), None, None).is_err());
    let attributes: String = (0..100_000).map(|n| format!(" a{n}='1'")).collect();
    let wide = format!("<psc:chapters><psc:chapter{attributes}/></psc:chapters>");
    assert!(read_topics(wide.as_bytes(), None, None).is_err());
    let bomb = "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b '&c;&c;'><!ENTITY c '&b;&b;'>]><psc:chapters><psc:chapter start='1' title='&b;'/></psc:chapters>";
    assert!(mistakes(bomb).contains("unrecognized entity `b`"));
    let many = [
        format!(
            "{{\"chapters\": [{}0]}}",
            "{\"startTime\": -1},".repeat(100_000)
        ),
        format!(
            "<psc:chapters>{}</psc:chapters>",
            "<psc:chapter start='x'/>".repeat(100_000)
        ),
        format!("WEBVTT\n\n{}", "x --> y\n".repeat(100_000)),
        format!(";FFMETADATA1\n{}", "[CHAPTER]\n".repeat(100_000)),
    ];
    for text in many {
        let problems = read_topics(text.as_bytes(), None, None).unwrap_err();
        assert_eq!(problems.len(), 1_001);
        let last = problems.last().map(|problem| problem.message.as_str());
        assert!(
            last.unwrap().ends_with("more like these are not listed"),
            "{last:?}"
        );
    }
    let rows = "{\"startTime\": 1, \"title\": \"a\"},".repeat(100_000);
    let rows = format!("{{\"chapters\": [{rows}{{}}]}}");
    assert!(read_topics(rows.as_bytes(), None, None).is_err());
}

/// What a format keeps of a table: no notes or ends where it has no place, and no ends that say
/// nothing where it gives every topic one.
fn kept_by(format: TopicFormat, table: &TopicTable) -> TopicTable {
    let definition = format.definition();
    let gives_every_end = !matches!(format, TopicFormat::Podcasting | TopicFormat::Podlove);
    let topics = table.as_slice();
    let rows = topics.iter().enumerate().map(|(index, topic)| {
        let after = topics.get(index + 1).map(|next| next.start);
        let shortly = Offset::from_seconds(topic.start.seconds() + 1);
        let says_nothing = topic.end == Some(after.unwrap_or(shortly));
        Topic {
            end: topic
                .end
                .filter(|_| definition.has_ends && !(gives_every_end && says_nothing)),
            note: topic.note.clone().filter(|_| definition.has_notes),
            ..topic.clone()
        }
    });
    TopicTable::new(rows.collect()).unwrap()
}

proptest! {
    #[test]
    fn what_is_written_is_read_again(table in super::tests::any_table()) {
        for format in FORMATS {
            if table.is_empty() {
                continue;
            }
            let text = write_topics(&table, format, About::default());
            let again = read_topics(text.as_bytes(), Some(format), None).map(|read| read.table);
            prop_assert_eq!(again, Ok(kept_by(format, &table)), "{}", text);
            prop_assert_eq!(recognise(&text, None), format, "{}", text);
        }
    }

    #[test]
    fn no_chapters_panic(
        format in 0..FORMATS.len(),
        text in r#"(\PC|[\r\n\t,;"':\[\]{}=<>/\\&0-9a-z -]|WEBVTT\n\n| --> |\{"chapters": \[\{|"start_time": |"startTime": |<psc:chapter |start="|title="|;FFMETADATA1\n|\[CHAPTER\]\n|START=|TIMEBASE=1/){0,60}"#,
    ) {
        let _ = read_topics(text.as_bytes(), Some(FORMATS[format]), None);
        let _ = read_topics(text.as_bytes(), None, None);
    }
}
