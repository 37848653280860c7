//! `explain`, `lookup` and `replay`: reading without Discord.

use serde_json::Value;

use super::{beadle, beadle_in, course_folder};

fn objects(text: &str) -> Vec<Value> {
    text.lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect()
}

#[test]
fn explain_writes_an_object_for_each_line() {
    let ran = beadle(
        &["explain", "--jsonl"],
        "{\"id\": \"a\", \"text\": \"At 2:05, why does the bee turn left?\"}\n{\"id\": 7, \"text\": \"thanks!\"}\n",
    );
    let said = objects(&ran.out);
    assert_eq!((ran.code, said.len()), (Some(0), 2), "{}", ran.err);
    assert_eq!(said[0]["id"], "a");
    assert_eq!(said[0]["question"], true);
    assert_eq!(said[0]["offsets"], serde_json::json!([125]));
    assert!(said[0]["score"].is_number() && said[0]["rules"].is_array());
    assert_eq!(said[1]["id"], 7);
    assert_eq!(said[1]["question"], false);
}

#[test]
fn explain_compares_pairs() {
    let ran = beadle(
        &["explain", "--pairs", "--jsonl"],
        "{\"id\": 1, \"a\": \"why do bees dance in circles?\", \"b\": \"Why do bees dance in circles\"}\n",
    );
    let said = objects(&ran.out);
    assert_eq!(said[0]["same"], true, "{}{}", ran.out, ran.err);
    assert!(said[0]["similar"].is_boolean() && said[0]["score"].is_number());
}

#[test]
fn a_line_that_cannot_be_read_is_named_and_does_not_stop_the_rest() {
    let lines =
        "{\"text\": \"fine\"}\nnot so\n\n{\"id\": 3}\n{\"id\": 4, \"text\": \"why is it dark\"}\n";
    let ran = beadle(&["explain", "--jsonl"], lines);
    assert_eq!(ran.code, Some(1));
    let told: Vec<&str> = ran.err.lines().collect();
    assert_eq!(told.len(), 2, "{}", ran.err);
    assert!(told[0].contains("standard input:2:"), "{}", ran.err);
    assert!(told[1].contains("standard input:4:"), "{}", ran.err);
    assert!(told[1].contains("`text`"), "{}", ran.err);
    let said = objects(&ran.out);
    assert_eq!(said.len(), 2);
    assert_eq!(
        (&said[1]["id"], &said[1]["question"]),
        (&4.into(), &true.into())
    );
}

#[test]
fn explain_tells_a_person_about_each_line() {
    let ran = beadle(
        &["explain", "--duration", "30:00"],
        "why does the bee turn left at 2:05\nwe meet at 3:15 pm, not at 31:00\n",
    );
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    for part in [
        "asks (",
        "offset: 2:05",
        "not a question",
        "no offset: 3:15 (clock time)",
        "no offset: 31:00 (past the recording's end)",
    ] {
        assert!(ran.out.contains(part), "{part} is not in\n{}", ran.out);
    }
}

#[test]
fn a_lookup_names_the_topic_that_covers_the_offset() {
    let folder = course_folder();
    let course = ["--course", "config/courses/bees.toml"];
    let ran = beadle_in(&folder, &["lookup", "12:00", course[0], course[1]], "");
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(
        ran.out.contains("The waggle") && !ran.out.contains("**"),
        "{}",
        ran.out
    );
    let ran = beadle_in(
        &folder,
        &["lookup", "12:00", "--json", course[0], course[1]],
        "",
    );
    let said = &objects(&ran.out)[0];
    assert_eq!(
        (&said["lecture"], &said["topic"]["start"]),
        (&"1".into(), &600.into())
    );
}

#[test]
fn a_mistaken_lookup_is_one_sentence_with_a_right_form() {
    let folder = course_folder();
    let ran = beadle_in(
        &folder,
        &["lookup", "12:75", "--course", "config/courses/bees.toml"],
        "",
    );
    assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""));
    assert!(
        ran.err.lines().count() == 1 && ran.err.contains("12:75"),
        "{}",
        ran.err
    );
    let lost = [
        "lookup",
        "1:00",
        "--lecture",
        "9",
        "--course",
        "config/courses/bees.toml",
    ];
    let ran = beadle_in(&folder, &lost, "");
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.contains("`1`, `2`"), "{}", ran.err);
}

#[test]
fn a_lookup_is_understood_as_in_a_chat() {
    let folder = course_folder();
    let looked_up = |words: &str| {
        let course = ["--course", "config/courses/bees.toml"];
        beadle_in(&folder, &["lookup", words, course[0], course[1]], "")
    };
    let expected = looked_up("12:00").out;
    assert!(expected.contains("The waggle"), "{expected}");
    for words in ["at 12:00 please", "hi, 12:00", "12m", "@12:00, thanks!"] {
        let ran = looked_up(words);
        assert_eq!(
            (ran.code, &ran.out),
            (Some(0), &expected),
            "{words}: {}",
            ran.err
        );
    }
    for (number, right) in [("12", "`!t 12:00`"), ("3134", "`!t 3134s`")] {
        let ran = looked_up(number);
        assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""), "{number}");
        assert!(ran.err.contains(right), "{}", ran.err);
    }
    assert!(
        looked_up("please").err.is_empty(),
        "a word by itself is searched for"
    );
}

const CHAT: &[&str] = &[
    r#"{"id": "q1", "author": "ana", "text": "At 12:00, why does the bee waggle before it turns?", "at": "2026-03-02T10:00:00Z"}"#,
    r#"{"id": "t1", "author": "ben", "text": "thanks for the recording!", "at": "2026-03-02T10:01:00Z"}"#,
    r#"{"id": "a1", "author": "dr", "role": "staff", "text": "It points to the flowers, relative to the sun.", "at": "2026-03-02T10:02:00Z", "reply_to": "q1"}"#,
    r#"{"id": "l1", "author": "ben", "text": "!t 12:00", "at": "2026-03-02T10:03:00Z"}"#,
    r#"{"id": "q2", "author": "cem", "text": "How do the other bees see anything in the dark hive?", "at": "2026-03-02T10:04:00Z"}"#,
];

fn replayed(lines: &[&str]) -> Vec<Value> {
    let folder = course_folder();
    let arguments = [
        "replay",
        "-",
        "--json",
        "--course",
        "config/courses/bees.toml",
        "--lecture",
        "1",
    ];
    let ran = beadle_in(&folder, &arguments, &(lines.join("\n") + "\n"));
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    objects(&ran.out)
}

#[test]
fn a_replay_tells_questions_lookups_and_the_digest() {
    let said = replayed(CHAT);
    let of = |kind: &str| {
        said.iter()
            .filter(|line| line["type"] == kind)
            .collect::<Vec<_>>()
    };
    let questions = of("question");
    assert_eq!(questions.len(), 2, "{said:#?}");
    assert_eq!(questions[0]["message"], "q1");
    assert_eq!(questions[0]["state"], "answered");
    assert_eq!(questions[0]["topic"], "The waggle");
    assert_eq!(questions[0]["answers"][0]["message"], "a1");
    assert_eq!(questions[0]["answers"][0]["state"], "confirmed");
    assert_eq!(questions[1]["state"], "open");
    assert_eq!(of("lookup")[0]["message"], "l1");
    let digest = of("digest")[0]["text"].as_str().expect("a text");
    assert!(
        digest.contains("dark hive") && !digest.contains("turns?"),
        "{digest}"
    );
}

#[test]
fn a_replay_is_the_same_again_and_in_another_order_of_lines() {
    let first = replayed(CHAT);
    assert_eq!(replayed(CHAT), first);
    let mut shuffled = CHAT.to_vec();
    shuffled.reverse();
    shuffled.swap(0, 2);
    assert_eq!(replayed(&shuffled), first);
}

const EXPORT: &str = r#"{"guild": {"id": "1200000000000000001"}, "channel": {"id": "1200000000000000101"}, "messages": [
{"id": "1300000000000000001", "type": "ChannelPinnedMessage", "timestamp": "2026-03-02T09:59:00+00:00", "content": "Pinned a message.", "author": {"id": "1100000000000000001", "name": "ana"}},
{"id": "1300000000000000002", "type": "Default", "timestamp": "2026-03-02T10:00:00+00:00", "content": "At 12:00, why does the bee waggle before it turns?", "author": {"id": "1100000000000000001", "name": "ana", "roles": []}},
{"id": "1300000000000000003", "type": "Default", "timestamp": "2026-03-02T10:01:00+00:00", "content": "How do I look after an old hive?", "author": {"id": "1100000000000000009", "name": "Helper", "isBot": true}},
{"id": "1300000000000000004", "type": "Reply", "timestamp": "2026-03-02T10:02:00+00:00", "timestampEdited": "2026-03-02T10:03:00+00:00", "content": "It points to the flowers, relative to the sun.", "author": {"id": "1100000000000000002", "name": "ana", "nickname": "Dr Ana", "roles": [{"id": "1200000000000000010", "name": "Teacher"}]}, "reference": {"messageId": "1300000000000000002", "channelId": "1200000000000000101"}}
], "messageCount": 4}"#;

#[test]
fn an_export_of_discords_is_replayed_with_the_courses_staff() {
    let folder = course_folder();
    let course = ["--course", "config/courses/bees.toml"];
    let ran = beadle_in(
        &folder,
        &["replay", "-", "--json", course[0], course[1]],
        EXPORT,
    );
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let said = objects(&ran.out);
    let questions: Vec<&Value> = said
        .iter()
        .filter(|line| line["type"] == "question")
        .collect();
    assert_eq!(questions.len(), 1, "{said:#?}");
    assert_eq!(questions[0]["message"], "1300000000000000002");
    assert_eq!(questions[0]["state"], "answered");
    assert_eq!(questions[0]["answers"][0]["message"], "1300000000000000004");
    assert!(
        ran.err.lines().count() == 1 && ran.err.contains("`ChannelPinnedMessage`"),
        "{}",
        ran.err
    );
}

#[test]
fn a_videos_comments_are_replayed_with_its_uploader_as_staff() {
    let comments = r#"{"id": "x", "title": "Bees", "comments": [
        {"id": "a", "parent": "root", "text": "why does the bee waggle before it turns?", "timestamp": 1767607200, "author": "@ana", "author_id": "UC1"},
        {"id": "a.b", "parent": "a", "text": "It points to the flowers, relative to the sun.", "timestamp": 1767610800, "author": "@hives", "author_id": "UC2", "author_is_uploader": true}]}"#;
    let ran = beadle(&["replay", "-", "--json"], comments);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    let question = &objects(&ran.out)[0];
    assert_eq!(
        (&question["message"], &question["state"]),
        (&"a".into(), &"answered".into())
    );
    assert_eq!(question["answers"][0]["message"], "a.b");
}

#[test]
fn what_is_no_discussion_is_refused_by_place() {
    let ran = beadle(&["replay", "-"], "<!DOCTYPE html>\n<p>why?</p>\n");
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.contains("-:1:1: this is a web page"), "{}", ran.err);
}

#[test]
fn a_window_of_discords_is_replayed_by_who_said_what() {
    let folder = course_folder();
    let window = "ana — 02/09/2023 2:05 PM\nAt 12:00, why does the bee waggle before it turns?\n\n\
                  I did not get that part.\nDr. Lee [Staff] — 02/09/2023 2:07 PM\nIt points to the flowers, \
                  relative to the sun.\nben — Today at 2:08 PM\n!t 12:00\n";
    let course = ["--course", "config/courses/bees.toml", "--lecture", "1"];
    let replay = [
        "replay", "-", "--json", course[0], course[1], course[2], course[3],
    ];
    let ran = beadle_in(&folder, &replay, window);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    let said = objects(&ran.out);
    assert_eq!(said.len(), 3, "{said:#?}");
    assert_eq!(said[0]["type"], "question");
    assert_eq!(
        (&said[0]["message"], &said[0]["state"]),
        (&"1".into(), &"suggested".into())
    );
    assert_eq!(
        (&said[0]["offset"], &said[0]["topic"]),
        (&720.into(), &"The waggle".into())
    );
    assert_eq!(
        (&said[1]["type"], &said[1]["message"]),
        (&"lookup".into(), &"3".into())
    );
    let ran = beadle_in(&folder, &["replay", "-"], window);
    assert!(
        ran.out.contains("Question 1 (suggested) by ana:"),
        "{}",
        ran.out
    );
}

#[test]
fn prose_is_no_discussion_and_hears_what_would_be_one() {
    let prose =
        "The lecture begins with nectar. Why do bees dance? See 12:00.\nLater it comes to wax.\n";
    for nothing in [prose, "", "\n \n"] {
        let ran = beadle(&["replay", "-", "--json"], nothing);
        assert_eq!(
            (ran.code, ran.out.as_str()),
            (Some(1), ""),
            "{nothing:?}: {}",
            ran.err
        );
        for words in ["0 messages", "`Name: text`", "JSON Lines", "--format plain"] {
            assert!(ran.err.contains(words), "{words}: {}", ran.err);
        }
    }
    let ran = beadle(&["replay", "-", "--json", "--format", "plain"], prose);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert_eq!(objects(&ran.out)[0]["message"], "1", "{}", ran.out);
}

#[test]
fn what_is_not_gathered_by_hand_is_judged_as_if_nothing_were_said_of_it() {
    let with = |gather: &str| {
        let line = |text: &str| format!("{{\"author\": \"ana\", \"text\": \"{text}\"{gather}}}\n");
        let talk = line("why do bees dance before they fly off?") + &line("bees and wax");
        let ran = beadle(&["replay", "-", "--json"], &talk);
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
        ran.out
    };
    let absent = with("");
    assert_eq!(
        absent.matches("\"type\":\"question\"").count(),
        1,
        "{absent}"
    );
    assert_eq!(with(", \"gather\": false"), absent);
    assert_eq!(with(", \"gather\": null"), absent);
    let by_hand = with(", \"gather\": true");
    assert_eq!(
        by_hand.matches("\"type\":\"question\"").count(),
        2,
        "{by_hand}"
    );
}

#[test]
fn what_beadle_prints_of_questions_is_no_discussion_and_no_table() {
    let printed = replayed(CHAT)
        .iter()
        .map(|it| format!("{it}\n"))
        .collect::<String>();
    let digest = printed.lines().last().expect("a digest");
    for own in [printed.as_str(), digest] {
        for command in [
            &["replay", "-"][..],
            &["topics", "convert", "-", "--to", "csv"],
        ] {
            let ran = beadle(command, own);
            assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""), "{command:?}");
            assert!(
                ran.err.contains("this is what Beadle prints"),
                "{}",
                ran.err
            );
        }
    }
}
