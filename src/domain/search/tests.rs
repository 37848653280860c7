use super::*;

const TOPICS: [(&str, &str); 5] = [
    ("Gradient descent", "walk downhill, a step at a time"),
    (
        "Choosing a step size",
        "too long a step diverges; schedules for gradients",
    ),
    ("Normalising the inputs", ""),
    (
        "Regularisation: penalties on large weights",
        "why large weights overfit",
    ),
    ("Reading the loss curve", "weights and biases, café talk"),
];

/// The titles that a query finds, best first.
fn found(query: &str) -> Vec<&'static str> {
    let fields = |topic: &'static (&str, &str)| [(topic.0, TITLE), (topic.1, NOTE)];
    static ALL: [(&str, &str); 5] = TOPICS;
    rank(query, &ALL, fields)
        .into_iter()
        .map(|index| TOPICS[index].0)
        .collect()
}

fn best(query: &str) -> Option<&'static str> {
    found(query).first().copied()
}

#[test]
fn a_title_weighs_more_than_a_note() {
    assert_eq!(found("step"), ["Choosing a step size", "Gradient descent"]);
    assert_eq!(
        found("gradient"),
        ["Gradient descent", "Choosing a step size"]
    );
}

#[test]
fn endings_and_spellings_do_not_matter() {
    assert_eq!(best("normalise input"), Some("Normalising the inputs"));
    assert_eq!(best("normalized"), Some("Normalising the inputs"));
    assert_eq!(
        best("regularize"),
        Some("Regularisation: penalties on large weights")
    );
    assert_eq!(
        best("penalty"),
        Some("Regularisation: penalties on large weights")
    );
    assert_eq!(best("CAFE"), Some("Reading the loss curve"));
}

#[test]
fn a_typo_is_forgiven_and_a_swap_is_one() {
    assert_eq!(best("graident"), Some("Gradient descent"));
    assert_eq!(best("descnet"), Some("Gradient descent"));
    assert_eq!(best("regularisashun"), None);
    assert_eq!(
        best("regularizatoin"),
        Some("Regularisation: penalties on large weights")
    );
    assert_eq!(best("stp"), None);
}

#[test]
fn rows_with_every_word_come_first() {
    assert_eq!(
        found("large weights")[0],
        "Regularisation: penalties on large weights"
    );
    assert_eq!(
        found("loss weights"),
        [
            "Reading the loss curve",
            "Regularisation: penalties on large weights"
        ]
    );
}

#[test]
fn words_that_hold_a_sentence_together_do_not_count() {
    assert_eq!(found("what is the loss curve"), ["Reading the loss curve"]);
    assert!(found("the").contains(&"Normalising the inputs"));
}

#[test]
fn nothing_is_found_where_nothing_fits() {
    assert!(found("quantum").is_empty());
    assert!(found("").is_empty());
    assert!(found(" ?! ").is_empty());
}

#[test]
fn numbers_have_no_typos() {
    let lectures = ["Lecture 1001", "Lecture 1002"];
    assert_eq!(rank("1002", &lectures, |title| [(*title, TITLE)]), [1]);
}

proptest::proptest! {
    #[test]
    fn every_topic_is_found_by_its_own_title(index in 0..TOPICS.len()) {
        proptest::prop_assert_eq!(best(TOPICS[index].0), Some(TOPICS[index].0));
    }

    #[test]
    fn no_words_panic(query: String, title: String, more in "[a-zà-ÿ0-9' ]{0,99}") {
        rank(&query, &[&title, &more], |text| [(text.as_str(), TITLE)]);
        rank(&more, &[&title, &query], |text| [(text.as_str(), TITLE)]);
    }

    #[test]
    fn one_letter_left_out_of_a_long_word_still_finds_it(word in "[a-z]{5,12}", at in 0..12usize) {
        let mut typed = word.clone();
        typed.remove(at % word.len());
        proptest::prop_assert_eq!(rank(&typed, &[word], |text| [(text.as_str(), TITLE)]), [0]);
    }
}
