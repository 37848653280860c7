//! Do two questions ask the same? First version: the words that carry meaning, in one form.
//!
//! Pure; it must never know who asked, or where.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;

/// At least so alike, and two questions are folded without a person.
const SAME: f32 = 0.86;
/// At least so alike, and one is offered as similar to the other.
const SIMILAR: f32 = 0.5;
/// Fewer words of meaning than this say too little to be folded: "can someone explain this?".
const ENOUGH_WORDS: usize = 2;

/// How alike two questions are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Likeness {
    /// So alike that they are folded without a person.
    pub same: bool,
    /// Alike enough to be offered.
    pub similar: bool,
    /// From 0 to 1: the words that both have over the words that either has (Jaccard's index).
    pub score: f32,
}

/// What a question asks, prepared for comparison: its words of meaning, stemmed, each once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature(BTreeSet<String>);

impl Signature {
    /// Prepares a question.
    pub fn of(text: &str) -> Self {
        let folded: String = text.nfkc().flat_map(char::to_lowercase).collect();
        let words = folded
            .split(|c: char| !c.is_alphanumeric() && c != '\'')
            .filter_map(|word| {
                let word = word.trim_matches('\'');
                (!word.is_empty() && !SMALL_WORDS.contains(&word)).then(|| stem(word).to_owned())
            });
        Self(words.collect())
    }

    /// How many words of meaning two texts share.
    pub fn shared(&self, other: &Self) -> usize {
        self.0.intersection(&other.0).count()
    }

    /// How alike this question is to another.
    pub fn likeness(&self, other: &Self) -> Likeness {
        let both = self.0.intersection(&other.0).count();
        let either = self.0.len() + other.0.len() - both;
        let score = if either == 0 {
            0.0
        } else {
            both as f32 / either as f32
        };
        Likeness {
            same: score >= SAME && both >= ENOUGH_WORDS,
            similar: score >= SIMILAR && both >= ENOUGH_WORDS,
            score,
        }
    }
}

/// How alike two questions are.
pub fn compare(a: &str, b: &str) -> Likeness {
    Signature::of(a).likeness(&Signature::of(b))
}

/// English words that a question has whatever it is about.
const SMALL_WORDS: &[&str] = &[
    "a", "about", "actually", "also", "am", "an", "and", "any", "anyone", "are", "as", "at", "be",
    "but", "by", "can", "could", "did", "do", "does", "doing", "explain", "for", "from", "get",
    "has", "have", "he", "here", "hi", "how", "i", "i'm", "if", "in", "is", "it", "it's", "its",
    "just", "know", "like", "me", "my", "of", "on", "or", "please", "really", "say", "she",
    "should", "so", "some", "somebody", "someone", "tell", "than", "that", "the", "their", "them",
    "then", "there", "they", "this", "those", "to", "us", "was", "we", "were", "what", "what's",
    "when", "where", "which", "who", "why", "will", "with", "would", "you", "your",
];

/// A word without the commonest English endings; light on purpose, since folding is final.
fn stem(word: &str) -> &str {
    const ENDINGS: &[&str] = &[
        "ations", "ation", "ings", "ing", "edly", "ied", "ies", "ed", "es", "ly", "s",
    ];
    ENDINGS
        .iter()
        .find_map(|ending| word.strip_suffix(ending).filter(|stem| stem.len() >= 4))
        .unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_words_in_another_order_and_case_are_the_same_question() {
        let likeness = compare(
            "Why is there a beta in front of the KL term?",
            "why is there a BETA in front of the kl term",
        );
        assert!(likeness.same && likeness.similar, "{likeness:?}");
    }

    #[test]
    fn a_paraphrase_is_offered_and_not_folded() {
        let likeness = compare(
            "Why is there a beta in front of the KL penalty?",
            "What does the beta before the KL penalty do?",
        );
        assert!(!likeness.same && likeness.similar, "{likeness:?}");
    }

    #[test]
    fn questions_that_only_point_are_never_the_same() {
        assert!(!compare("can someone explain this?", "Can someone explain this").same);
        assert!(!compare("what?", "what?").similar);
    }
}
