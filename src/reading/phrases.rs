//! Small questions about a message that several use cases ask: is it in words, is it thanks, does it
//! ask back?

use super::Reading;

/// Words of thanks.
pub(super) const THANKS: [&str; 9] = [
    "thanks",
    "thank",
    "thx",
    "thnx",
    "ty",
    "tysm",
    "tyvm",
    "cheers",
    "appreciated",
];

/// Words that thank as well where a message says little else.
const ALSO_THANKS: [&str; 4] = ["appreciate", "helps", "helped", "sense"];

/// Words that stand beside them in a message of thanks.
const BESIDE_THANKS: [&str; 17] = [
    "perfect", "great", "awesome", "got", "it", "you", "u", "so", "much", "very", "a", "lot",
    "that", "makes", "ok", "okay", "works",
];

/// Does the message say anything in words? An emoji, a bare link, `+1`, a custom emoji do not.
pub fn in_words(text: &str) -> bool {
    words(text).next().is_some()
}

/// Is the message thanks and nothing else?
pub fn is_thanks(text: &str) -> bool {
    let (mut count, mut others, mut thanking) = (0, 0, false);
    for word in words(text) {
        let word = word.to_lowercase();
        let thanks = THANKS.contains(&&*word) || ALSO_THANKS.contains(&&*word);
        count += 1;
        others += usize::from(!thanks && !BESIDE_THANKS.contains(&&*word));
        thanking |= thanks;
    }
    thanking && others * 2 <= count
}

/// Does the message ask back instead of answering, as `which equation do you mean?` does? One that
/// says more than it asks is an answer with a question in it.
pub(super) fn asks_more_than_it_says(text: &str, reading: &Reading) -> bool {
    let words_of = |asking: bool| -> usize {
        let clauses = reading.clauses.iter().filter(|it| it.asks == asking);
        clauses.map(|it| words(&text[it.at.clone()]).count()).sum()
    };
    reading.question && words_of(false) <= words_of(true).max(MOST_WORDS_BESIDE)
}

/// `Sorry, I am not sure I follow.` may stand beside a counter-question.
const MOST_WORDS_BESIDE: usize = 8;

/// The words of a text: those with at least two letters, or `i` and `a`. Links and Discord's marks are none.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace()
        .filter(|word| !word.contains("://") && !word.starts_with('<') && !is_shortcode(word))
        .flat_map(|word| word.split(|c: char| !c.is_alphanumeric() && c != '\''))
        .filter(|word| {
            let letters = word.chars().filter(|c| c.is_alphabetic()).count();
            letters >= 2
                || matches!(*word, "i" | "I" | "a" | "A" | "u")
                || letters == 1 && !word.is_ascii()
        })
}

/// `:thumbsup:`
fn is_shortcode(word: &str) -> bool {
    word.len() > 2 && word.starts_with(':') && word.ends_with(':')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_told_from_marks_and_links() {
        for text in ["yes", "It is the KL term", "是的"] {
            assert!(in_words(text), "{text}");
        }
        for text in [
            "",
            "👍",
            "+1",
            "https://notes.example/a",
            "<:tick:1200000000000000001>",
            ":tada:",
            "52:14",
            "?",
        ] {
            assert!(!in_words(text), "{text}");
        }
    }

    #[test]
    fn thanks_are_thanks_only_by_themselves() {
        for text in [
            "Thanks!",
            "thank you so much",
            "ok that makes sense",
            "ty Maya",
        ] {
            assert!(is_thanks(text), "{text}");
        }
        for text in [
            "thanks, but why is the second term negative",
            "it is the KL term",
            "great",
        ] {
            assert!(!is_thanks(text), "{text}");
        }
    }

    #[test]
    fn asking_back_is_no_answer() {
        let is_counter_question =
            |text| asks_more_than_it_says(text, &super::super::read(text, None));
        assert!(is_counter_question("which equation do you mean?"));
        assert!(is_counter_question("Hm. What does your loss look like?"));
        assert!(!is_counter_question(
            "It keeps the policy near the old one, since the reward is only good there. Does that help?"
        ));
        assert!(!is_counter_question(
            "Because the reward model was trained on it."
        ));
    }
}
