use proptest::prelude::*;

use super::*;

#[test]
fn the_same_words_in_another_dress_are_the_same_question() {
    assert!(compare("Why is there a beta?", "why is there a beta").same);
    assert!(
        compare(
            "Hello sir, what does the mask do??",
            "what does the mask do"
        )
        .same
    );
    assert!(compare("Don’t we sum over the batch?", "dont we sum over the batch").same);
}

#[test]
fn another_number_or_a_negation_makes_another_question() {
    assert!(!compare("Is lecture 9 recorded?", "Is lecture 10 recorded?").same);
    assert!(!compare("Do we sum over the batch?", "Do we not sum over the batch?").same);
    assert!(
        !compare(
            "Does the policy train the reward?",
            "Does the reward train the policy?"
        )
        .same
    );
}

#[test]
fn a_paraphrase_is_similar_and_another_topic_is_not() {
    let paraphrase = compare(
        "How is the reward model trained?",
        "how do we train the reward model",
    );
    assert!(paraphrase.similar && !paraphrase.same, "{paraphrase:?}");
    assert!(
        !compare(
            "How is the reward model trained?",
            "When is the second problem set due?"
        )
        .similar
    );
}

#[test]
fn texts_without_words_are_never_the_same() {
    assert!(!compare("??", "!!").same);
    assert!(!compare("", "").similar);
}

proptest! {
    #[test]
    fn a_question_is_as_like_another_as_the_other_way_round(a in "[a-z0-9 ?]{0,30}", b in "[a-z0-9 ?]{0,30}") {
        let (there, back) = (compare(&a, &b), compare(&b, &a));
        prop_assert!((there.score - back.score).abs() < 1e-5);
        prop_assert_eq!(there.same, back.same);
    }

    #[test]
    fn no_text_makes_it_panic(a in "\\PC*", b in "\\PC*") {
        compare(&a, &b);
    }
}

#[test]
fn words_that_can_come_and_go_leave_a_question_the_same() {
    for (a, b) in [
        ("What's the second term?", "what is the second term"),
        (
            "How can I freeze the encoder?",
            "how do you freeze the encoder",
        ),
        ("when does the baseline help", "when baselines really help?"),
        ("What are some batches for?", "what is a batch for"),
    ] {
        assert!(compare(a, b).same, "{a} | {b}");
    }
    for (a, b) in [
        ("Do I exist?", "Do we exist?"),
        ("Who did it?", "Who does it?"),
        ("why is it frozen", "why is it not frozen"),
    ] {
        assert!(!compare(a, b).same, "{a} | {b}");
    }
}

#[test]
fn the_index_finds_what_comparing_with_every_question_finds() {
    let asked = [
        "How is the reward model trained?",
        "When is the second problem set due?",
        "how do we train the reward model",
        "Where is the lecture hall?",
        "Do we train the reward model on comparisons?",
        "is the second problem set due on monday",
    ];
    let mut index = SimilarIndex::default();
    let numbers: Vec<usize> = asked
        .iter()
        .map(|text| index.add(Signature::of(text)))
        .collect();
    assert_eq!(numbers, [0, 1, 2, 3, 4, 5]);
    for text in asked {
        let to = Signature::of(text);
        let found: Vec<usize> = index
            .similar(&to, 10)
            .iter()
            .map(|(number, _)| *number)
            .collect();
        let mut alike: Vec<(usize, f32)> = asked
            .iter()
            .map(|other| Signature::of(other).likeness(&to))
            .enumerate()
            .filter(|(_, likeness)| likeness.similar)
            .map(|(number, likeness)| (number, likeness.score))
            .collect();
        alike.sort_by(|a, b| b.1.total_cmp(&a.1));
        let alike: Vec<usize> = alike.iter().map(|(number, _)| *number).collect();
        assert_eq!(found, alike, "{text}");
    }
    assert_eq!(index.similar(&Signature::of(asked[0]), 1).len(), 1);
}
