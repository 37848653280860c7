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
    let index = SimilarIndex::of(asked.map(Signature::of));
    for number in 0..asked.len() {
        let found: Vec<usize> = index
            .similar_to(number, 10, |_| true)
            .iter()
            .map(|(number, _)| *number)
            .collect();
        let others = (0..asked.len()).filter(|other| *other != number);
        let mut alike: Vec<(usize, f32)> = others
            .filter_map(|other| Some((other, index.likeness(number, other)?)))
            .filter(|(_, likeness)| likeness.similar)
            .map(|(other, likeness)| (other, likeness.score))
            .collect();
        alike.sort_by(|a, b| b.1.total_cmp(&a.1));
        let alike: Vec<usize> = alike.iter().map(|(other, _)| *other).collect();
        assert_eq!(found, alike, "{}", asked[number]);
    }
    assert_eq!(
        index.similar_to(0, 1, |_| true),
        index.similar_to(0, 9, |other| other == 2)
    );
    assert_eq!(index.similar(&Signature::of(asked[0]), 1)[0].0, 0);
    assert_eq!(index.likeness(0, 6), None);
}

/// Questions of one course, many about the same few things.
const OF_A_COURSE: [&str; 40] = [
    "why do we center the covariates before the regression",
    "what does the intercept of the regression mean",
    "is the regression still fine with few samples",
    "how do we choose the covariates of the regression",
    "does the regression assume that residuals are normal",
    "what are residuals in the regression",
    "can the regression have two outcomes",
    "where is the regression used in the project",
    "why is the variance of the regression so high",
    "which regression do we use for counts",
    "does the regression need scaled covariates",
    "when is ridge better than the plain regression",
    "what is the lasso penalty in the regression",
    "how is the penalty of the lasso chosen",
    "do outliers matter for the regression",
    "what happens to the regression when covariates correlate",
    "is the regression the same as projecting the outcome",
    "why is the regression called linear",
    "how many covariates are too many for the regression",
    "what is a confounder in the regression",
    "how do we test whether the slope is zero",
    "is the slope of the regression causal",
    "what does the slope tell when covariates are scaled",
    "why does the slope change when a covariate is added",
    "how wide is the interval for the slope",
    "what is the bootstrap for in the regression",
    "how often does the bootstrap draw samples",
    "are the bootstrap samples independent",
    "when does the bootstrap of the regression fail",
    "do we need the bootstrap in the project",
    "when is the project due",
    "can we do the project in pairs",
    "how long may the project report be",
    "does the project need its own data",
    "where do we hand in the project",
    "is there an example of the project report",
    "will the regression be in the exam",
    "is the exam open book",
    "how long is the exam",
    "where is the room of the exam",
];

fn score_among(others: &[&str], a: &str, b: &str) -> f32 {
    let texts = [a, b].into_iter().chain(others.iter().copied());
    let index = SimilarIndex::of(texts.map(Signature::of));
    index.likeness(0, 1).unwrap().score
}

#[test]
fn a_word_that_many_questions_of_a_course_have_tells_little() {
    let (a, b) = (
        "why is the regression biased",
        "who invented the regression",
    );
    let (alone, among) = (score_among(&[], a, b), score_among(&OF_A_COURSE, a, b));
    assert!(alone >= SIMILAR && among < SIMILAR, "{alone} {among}");
    let (a, b) = (
        "why is the jackknife biased",
        "how come the jackknife has bias",
    );
    let among = score_among(&OF_A_COURSE, a, b);
    assert!(among >= SIMILAR, "{among}");
}

#[test]
fn other_words_for_the_same_are_seen() {
    for (a, b) in [
        // Statistics
        (
            "How do we calculate the variance?",
            "how is the variance computed",
        ),
        // History
        (
            "What caused the revolt of the Silesian weavers?",
            "Why did the Silesian weavers rebel?",
        ),
        // Chemistry
        (
            "How long does the ester take to boil?",
            "how much time until the ester is boiling?",
        ),
        // Programming
        (
            "How can I get rid of the borrow error?",
            "what's the best way to remove the borrow error",
        ),
        // A typo, and two words of one family
        (
            "What is the eigenvalue of a rotation?",
            "what is the eigenvlaue of the rotations",
        ),
    ] {
        let likeness = compare(a, b);
        assert!(
            likeness.similar && !likeness.same,
            "{a} | {b}: {likeness:?}"
        );
    }
}

#[test]
fn a_word_in_anothers_place_makes_another_question() {
    for (a, b) in [
        (
            "Which acid turns the litmus red?",
            "Which indicator turns the litmus red?",
        ),
        (
            "What did Cavour want in the war?",
            "What did Garibaldi want in the war?",
        ),
        (
            "How do I sort a vector in Rust?",
            "How do I sort a vector in Haskell?",
        ),
        (
            "Why is the median robust to outliers?",
            "Why is the mean robust to outliers?",
        ),
        ("why do cells divide", "why do genes divide"),
        (
            "Is exercise 3 of sheet 4 graded?",
            "Is exercise 5 of sheet 4 graded?",
        ),
    ] {
        assert!(!compare(a, b).similar, "{a} | {b}: {:?}", compare(a, b));
    }
    // What one adds may only elaborate.
    let added = compare(
        "How do I sort a vector in Rust?",
        "How do I sort a vector of structs in Rust, please?",
    );
    assert!(added.similar, "{added:?}");
}

#[test]
fn questions_with_the_same_acquaintances_are_more_alike() {
    let (a, b) = (
        "where did the strike begin",
        "what was the origin of the unrest",
    );
    let between = [
        "where did the unrest begin",
        "what was the origin of the strike",
        "did the strike and the unrest begin in the harbour",
        "was the harbour the origin of the strike and the unrest",
    ];
    assert!(score_among(&between, a, b) > score_among(&[], a, b) + 0.05);
}

#[test]
fn two_alone_are_as_alike_as_in_an_index_of_both() {
    for pair in OF_A_COURSE.windows(2) {
        let [a, b] = [pair[0], pair[1]].map(Signature::of);
        let index = SimilarIndex::of([&a, &b]);
        assert_eq!(index.likeness(0, 1), Some(a.likeness(&b)), "{pair:?}");
    }
}

#[test]
fn long_texts_of_near_twins_are_compared_by_their_first_words() {
    let text = |ending: &str| -> String {
        let words = (0..2_000).map(|nth| format!("eigenvector{nth}{ending} "));
        words.collect()
    };
    let (a, b) = (text("s"), text("en"));
    assert!(compare(&a, &a).same && compare(&a, &a).similar);
    assert!(!compare(&a, &b).same);
    let other_end = format!("{a} and why");
    assert!(!compare(&a, &other_end).same);
    assert!(compare(&a, &other_end).similar);
}

#[test]
fn a_comparison_says_why() {
    let asked = [
        "Is the Haber process exothermic?",
        "Why is the Haber process exothermal?",
    ];
    let [a, b] = asked.map(Signature::of);
    let why = Comparison::of(&a, &b);
    let shared: Vec<&str> = why.shared.iter().map(|word| word.word.as_str()).collect();
    assert!(
        shared.contains(&"haber") && shared.contains(&"exothermic"),
        "{why:?}"
    );
    let family = why.shared.iter().find(|word| word.word == "exothermic");
    assert_eq!(family.unwrap().other.as_deref(), Some("exothermal"));
    assert_eq!(why.only_second[0].word, "why");
    assert!(
        why.remarks
            .iter()
            .any(|(why, factor)| why.contains("whether") && *factor < 1.0)
    );
    assert_eq!(why.likeness, a.likeness(&b));
}
