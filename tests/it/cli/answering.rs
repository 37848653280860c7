//! Which messages answer, when nobody replies to anything: `explain --answers` and `replay`.

use serde_json::{Value, json};

use super::beadle;

/// The answers that `replay` links to the first question, by message, with their confidence.
fn answers(talk: &[(&str, &str)]) -> Vec<(String, f64)> {
    let lines = talk.iter().enumerate().map(|(nth, (author, text))| {
        let at = format!("2026-03-02T10:{nth:02}:00Z");
        json!({ "id": nth.to_string(), "author": author, "text": text, "at": at }).to_string()
    });
    let ran = beadle(
        &["replay", "-", "--json"],
        &(lines.collect::<Vec<_>>().join("\n") + "\n"),
    );
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let mut said = ran
        .out
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
    let first = said
        .find(|it| it["type"] == "question")
        .expect("the question was gathered");
    let linked = first["answers"].as_array().cloned().unwrap_or_default();
    linked
        .iter()
        .map(|it| {
            let message = it["message"].as_str().unwrap_or_default().to_owned();
            (message, it["confidence"].as_f64().unwrap_or_default())
        })
        .collect()
}

const ASKED: (&str, &str) = ("ana", "why does the bee waggle before it turns?");

#[test]
fn amid_other_talk_the_message_that_names_the_asker_is_suggested() {
    let linked = answers(&[
        ("dia", "I liked the part about the sun"),
        ASKED,
        ("cem", "the bus is late again"),
        ("dia", "cem: take the tram"),
        ("ben", "ana: the waggle points to the flowers"),
        ("cem", "lol"),
    ]);
    let messages: Vec<&str> = linked.iter().map(|(message, _)| &**message).collect();
    assert_eq!(messages, ["4"]);
}

#[test]
fn who_names_the_asker_answers_and_who_mentions_a_stranger_does_not() {
    let sure = |text| {
        let linked = answers(&[
            ("dia", "I liked the part about the sun"),
            ASKED,
            ("cem", "the bus is late again"),
            ("ben", text),
        ]);
        let ben = linked.iter().find(|(message, _)| message == "3");
        ben.map_or(0.0, |(_, confidence)| *confidence)
    };
    assert!(sure("ana it points to the flowers") > 0.5);
    assert_eq!(sure("<@1200000000000000042> it points to the flowers"), 0.0);
}

#[test]
fn thanks_by_the_asker_make_a_suggestion_surer() {
    let talk = [
        ASKED,
        ("ben", "ana: it points to the flowers"),
        ("ana", "thanks ben, that makes sense"),
    ];
    let (before, after) = (answers(&talk[..2]), answers(&talk));
    assert_eq!((before.len(), after.len()), (1, 1), "{before:?} {after:?}");
    assert!(after[0].1 > before[0].1, "{before:?} {after:?}");
}

#[test]
fn asking_the_asker_back_is_neither_an_answer_nor_a_question_for_the_class() {
    let talk = [ASKED, ("ben", "ana: which bee do you mean?")];
    assert_eq!(answers(&talk), []);
    let ran = beadle(
        &["replay", "-", "--json"],
        "ana: why does the bee waggle?\nben: ana: which bee do you mean?\n",
    );
    let questions = ran
        .out
        .lines()
        .filter(|line| line.contains(r#""type":"question""#));
    assert_eq!(questions.count(), 1, "{}", ran.out);
}

#[test]
fn explain_tells_why_a_message_may_be_an_answer() {
    let talk =
        "ana: why does the bee waggle before it turns?\nben: ana: it points to the flowers\n";
    let ran = beadle(&["explain", "--answers"], talk);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    for words in [
        "may answer “why does the bee waggle",
        "names the asker",
        "on it is suggested",
    ] {
        assert!(ran.out.contains(words), "{words}: {}", ran.out);
    }
}

#[test]
fn a_reply_that_advises_by_asking_is_suggested_and_asks_nothing_of_the_class() {
    let talk = r#"{"id": "q", "author": "ana", "text": "why does my hive hum at night?"}
{"id": "a", "author": "ben", "text": "have you tried to open the flap?", "reply_to": "q"}
"#;
    let ran = beadle(&["replay", "-", "--json"], talk);
    let questions: Vec<&str> = ran
        .out
        .lines()
        .filter(|line| line.contains(r#""type":"question""#))
        .collect();
    assert_eq!(questions.len(), 1, "{}", ran.out);
    assert!(
        questions[0].contains(r#""state":"suggested""#),
        "{}",
        ran.out
    );
}
