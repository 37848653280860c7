use proptest::prelude::*;

use super::*;

fn check(text: &str, question: bool) {
    let reading = read(text, None);
    assert_eq!(reading.question, question, "{text:?}: {:?}", reading.rules);
}

#[test]
fn questions_are_questions_with_or_without_a_mark() {
    for text in [
        "At 44:35, does backprop through the reward here means updating the decoder only model or just the policy network",
        "Can someone explain this",
        "can someone explain this?",
        "Why is there a beta in the objective",
        "sir what is the purpose of the value head",
        "is the reference model frozen or also trained",
        "57:16 how did he get from the first line to the second",
        "Great lecture! One doubt, why do we need the old policy",
        "So the mask is shared?",
        "Please explain the clipping",
    ] {
        check(text, true);
    }
}

#[test]
fn what_only_looks_like_a_question_is_none() {
    for text in [
        "What a great lecture",
        "Thank you so much, this cleared all my doubts!",
        "22:40",
        "38:20 for RLHF",
        "The question at 50:10 is interesting!",
        "That is why I love this course",
        "who knows, maybe it works",
        "Do you want to earn money? Subscribe and check out my channel",
        "0:00 Intro 4:10 What is a reward? 9:30 How to train it 20:15 Summary",
        "!help",
        "?rank maya",
        "/play why not",
        "👍",
        "",
    ] {
        check(text, false);
    }
}

#[test]
fn the_asking_sentences_are_known() {
    let text =
        "Thanks for this! At 52:14, why is beta there? I got lost. Also can you share the slides";
    let asking = read(text, None).asking(text);
    assert_eq!(
        asking,
        [
            "At 52:14, why is beta there?",
            "Also can you share the slides"
        ]
    );
}

#[test]
fn a_bare_what_asks_but_is_not_worth_gathering() {
    for text in ["what?", "why", "??", "huh?"] {
        assert!(!read(text, None).worth_gathering(), "{text}");
    }
    assert!(read("why", None).question);
    assert!(read("why is that?", None).worth_gathering());
}

#[test]
fn a_link_is_no_question_mark() {
    check("https://video.example/watch?v=abc", false);
    check("`x = a ? b : c`", false);
}

#[test]
fn every_rule_fires_on_its_example() {
    for rule in english::ENGLISH.rules {
        let fired = read(rule.example, None).rules;
        assert!(
            fired.iter().any(|fired| fired.name == rule.name),
            "{} on {:?}: {fired:?}",
            rule.name,
            rule.example
        );
    }
}

#[test]
fn rules_have_different_names_and_lists_are_sorted() {
    let mut names: Vec<_> = english::ENGLISH
        .rules
        .iter()
        .map(|rule| rule.name)
        .collect();
    names.sort_unstable();
    assert!(names.windows(2).all(|two| two[0] != two[1]));
    assert!(english::ENGLISH.leads.is_sorted() && english::ENGLISH.function_words.is_sorted());
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "\\PC*") {
        let reading = read(&text, None);
        reading.asking(&text);
    }

    #[test]
    fn clauses_lie_within_the_text_and_in_order(text in "([a-zé]{0,5}|[?.!,;`@\n ]|😀|？|<t:1>|https://a\\.b){0,16}") {
        let reading = read(&text, None);
        let mut from = 0;
        for clause in &reading.clauses {
            prop_assert!(clause.at.start >= from && clause.at.end <= text.len());
            prop_assert!(text.get(clause.at.clone()).is_some());
            from = clause.at.end;
        }
    }
}
