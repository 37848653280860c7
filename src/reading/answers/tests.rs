use proptest::prelude::*;

use super::features::FEATURES;
use super::weights::WEIGHTS;
use super::*;

const QUESTION: &str = "why is there a beta in the objective?";

/// Who said what, in order; the first asks, and the last is judged.
fn judged(talk: &[(&str, &str)]) -> (bool, Answering) {
    judged_at(talk, talk.len() - 1)
}

/// The same, of a message after which more was said.
fn judged_at(talk: &[(&str, &str)], at: usize) -> (bool, Answering) {
    let sayings: Vec<Saying> = talk.iter().map(|(_, text)| Saying::of(text)).collect();
    let people: Vec<&str> = talk.iter().map(|(name, _)| *name).collect();
    let lines: Vec<Line> = talk
        .iter()
        .zip(&sayings)
        .zip(0..)
        .map(|(((name, _), said), minute)| Line {
            author: people.iter().position(|it| it == name).unwrap_or_default() as u64,
            called: Called::by(name),
            to: None,
            said,
            at_ms: minute * 60_000,
        })
        .collect();
    let talk = Talk::around(&lines, at);
    let answering = talk.answering(0, false);
    let suggested = answering.confidence >= SUGGEST && talk.may_answer(0);
    (suggested, answering)
}

fn check(talk: &[(&str, &str)], suggested: bool) {
    let (is, answering) = judged(talk);
    assert_eq!(is, suggested, "{talk:?}: {answering:?}");
    assert!((0.0..=1.0).contains(&answering.confidence));
}

#[test]
fn every_feature_has_its_weight() {
    let features: Vec<&str> = FEATURES.iter().map(|feature| feature.name).collect();
    let weights: Vec<&str> = WEIGHTS.iter().map(|(name, _)| *name).collect();
    assert_eq!(features, weights, "run examples/fit_answers again");
}

#[test]
fn who_speaks_next_about_the_same_thing_may_answer() {
    check(
        &[
            ("Maya", QUESTION),
            ("Tom", "the beta keeps the objective near the old policy"),
        ],
        true,
    );
}

#[test]
fn who_names_the_asker_speaks_to_the_asker() {
    let between = [
        ("Maya", QUESTION),
        ("Lena", "see you all on Thursday"),
        ("Noah", "the coffee machine is broken again"),
    ];
    let with = |answer| [&between[..], &[("Tom", answer)]].concat();
    check(&with("maya: it keeps the policy near the old one"), true);
    check(&with("lena: it starts at nine"), false);
    check(&with("stranger: it starts at nine"), false);
}

#[test]
fn who_does_not_know_either_answers_nothing() {
    for answer in ["no idea", "I don't know, sorry", "dunno", "not sure tbh"] {
        check(&[("Maya", QUESTION), ("Tom", answer)], false);
    }
    let knows = "I don't know its name, but the beta keeps the objective near the old policy";
    check(&[("Maya", QUESTION), ("Tom", knows)], true);
}

#[test]
fn a_question_that_names_somebody_is_answered_by_them() {
    let talk = |who| {
        [
            ("Maya", "tom, did you get the same loss?"),
            ("Lena", "see you all on Thursday"),
            (who, "yes, nearly the same"),
        ]
    };
    check(&talk("Tom"), true);
    check(&talk("Noah"), false);
}

#[test]
fn thanks_greetings_marks_and_counter_questions_are_no_answers() {
    for text in [
        "same question here",
        "best course on this platform, period",
        "his voice is so calming",
        "thanks for the link",
        "hello everyone",
        "👍",
        "which objective do you mean?",
        "where can I find the slides of last week?",
    ] {
        check(&[("Maya", QUESTION), ("Tom", text)], false);
    }
}

#[test]
fn advice_in_the_form_of_a_question_is_an_answer() {
    check(
        &[
            (
                "Maya",
                "my loss is NaN after the first step, what can I do?",
            ),
            ("Tom", "maya, have you tried a smaller learning rate?"),
        ],
        true,
    );
}

#[test]
fn thanks_by_the_asker_make_an_answer_surer() {
    let talk = [
        ("Maya", QUESTION),
        ("Lena", "see you all on Thursday"),
        ("Tom", "it keeps the policy near the old one"),
        ("Maya", "thanks Tom, that makes sense"),
    ];
    let (_, before) = judged(&talk[..3]);
    let (_, after) = judged_at(&talk, 2);
    assert!(
        after.confidence > before.confidence + 0.1,
        "{before:?} {after:?}"
    );
    let names: Vec<&str> = after.rules.iter().map(|fired| fired.name).collect();
    assert!(
        names.contains(&"the asker gives thanks afterwards"),
        "{names:?}"
    );
}

#[test]
fn what_stands_far_away_is_out_of_the_talk() {
    let said = Saying::of("hm");
    let line = Line {
        author: 1,
        called: Called::by("Maya"),
        to: None,
        said: &said,
        at_ms: 0,
    };
    let lines = vec![line; BEFORE + 5];
    let talk = Talk::around(&lines, BEFORE + 4);
    assert_eq!(talk.index_of(4), None);
    assert_eq!(talk.index_of(5), Some(0));
}

#[test]
fn a_reply_in_words_answers_unless_it_only_thanks_or_asks_back() {
    let question = Saying::of(QUESTION);
    let reply = |text| spoken_answer(&question, &Saying::of(text), Link::Reply, false).confidence;
    assert!(reply("it keeps the policy near the old one") >= SUGGEST);
    assert!(reply("thanks!") < SUGGEST);
    assert!(reply("👍") < SUGGEST);
    let thread = spoken_answer(&question, &Saying::of("see slide 40"), Link::Thread, false);
    assert!(
        thread.confidence < reply("see slide 40"),
        "a reply says more than a thread"
    );
}

#[test]
fn one_telling_word_is_shared_enough_and_an_everyday_word_is_not() {
    let question = Saying::of(QUESTION);
    let shares = |text| {
        let reply = spoken_answer(&question, &Saying::of(text), Link::Reply, false);
        let mut rules = reply.rules.iter();
        rules.any(|fired| fired.name == "shares words with the question")
    };
    assert!(shares("beta weighs the drift"));
    assert!(!shares("there is a slide on this"));
}

proptest! {
    #[test]
    fn no_talk_makes_it_panic_or_doubt_beyond_bounds(
        texts in proptest::collection::vec((0..4_usize, "\\PC{0,40}"), 2..12),
    ) {
        let people = ["Maya", "Tom", "", "ß ß"];
        let talk: Vec<(&str, &str)> = texts.iter().map(|(who, text)| (people[*who], &**text)).collect();
        let (_, answering) = judged(&talk);
        prop_assert!((0.0..=1.0).contains(&answering.confidence), "{answering:?}");
    }
}

#[test]
fn more_that_speaks_for_an_answer_is_surer_but_never_certain() {
    let sure: Vec<f32> = [-9.0, -1.0, 0.0, 1.3, 2.0, 4.0, 99.0]
        .map(confidence)
        .to_vec();
    assert!(sure.is_sorted_by(|a, b| a < b), "{sure:?}");
    assert!((sure[2] - 0.5).abs() < 1e-6 && sure[6] < 0.9, "{sure:?}");
}
