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
