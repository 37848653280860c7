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
fn a_line_that_is_no_json_is_named_by_its_number() {
    let ran = beadle(&["explain", "--jsonl"], "{\"text\": \"fine\"}\nnot so\n");
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.contains("standard input:2:"), "{}", ran.err);
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
