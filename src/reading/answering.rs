//! Does a message answer a question? First version: named features with weights that a person set.
//!
//! The score is the logistic function of the sum of the weights of what holds, so that it reads as a
//! chance. Pure; it must never know the store, nor who is staff by which role.

use super::likeness::Signature;
use super::question::Fired;

/// A message that replies to a question, or stands in its thread, is suggested from here on.
pub const REPLY_THRESHOLD: f32 = 0.3;
/// A message that nothing links to a question is suggested from here on.
pub const SUGGEST_THRESHOLD: f32 = 0.5;

/// A message that may answer a question, and what is known around the two.
#[derive(Debug, Clone, Copy, Default)]
pub struct Candidate<'a> {
    /// What the question says.
    pub question: &'a str,
    /// Who asked.
    pub asker_name: &'a str,
    /// What the message says.
    pub answer: &'a str,
    /// Who wrote it.
    pub author_name: &'a str,
    /// Whether staff wrote it.
    pub by_staff: bool,
    /// Whether the asker wrote it.
    pub by_asker: bool,
    /// Whether it is a reply to the question.
    pub replies_to_question: bool,
    /// Whether it stands in the question's thread.
    pub in_questions_thread: bool,
    /// How long after the question it came.
    pub minutes_between: f32,
    /// How many messages stand between.
    pub messages_between: u32,
}

/// How likely a message answers a question, and why.
#[derive(Debug, Clone, PartialEq)]
pub struct Answering {
    /// From 0 to 1.
    pub confidence: f32,
    /// The features that hold, with their weights.
    pub rules: Vec<Fired>,
}

/// Where the sum begins: most messages answer nothing.
const BIAS: f32 = -2.6;

/// A named feature: whether it holds, and what it adds.
struct Feature {
    name: &'static str,
    weight: f32,
    holds: fn(&Seen<'_>) -> bool,
}

/// A candidate and what was read off it.
struct Seen<'a> {
    of: &'a Candidate<'a>,
    lower: String,
    shared: usize,
    words: usize,
}

/// The features, strongest first.
const FEATURES: &[Feature] = &[
    // A reply to the question in Discord's own sense.
    Feature {
        name: "replies",
        weight: 3.2,
        holds: |seen| seen.of.replies_to_question,
    },
    // Said in the thread that was opened from the question.
    Feature {
        name: "in-thread",
        weight: 2.2,
        holds: |seen| seen.of.in_questions_thread,
    },
    // The asker is called by name: "maya, it keeps the model close to where it started".
    Feature {
        name: "names-asker",
        weight: 2.0,
        holds: names_asker,
    },
    // Two or more words of meaning are the question's own.
    Feature {
        name: "shares-words",
        weight: 1.7,
        holds: |seen| seen.shared >= 2,
    },
    // One word of meaning is the question's own.
    Feature {
        name: "shares-a-word",
        weight: 0.9,
        holds: |seen| seen.shared == 1,
    },
    // Opens or argues as explanations do: "because …", "it means …", "basically …".
    Feature {
        name: "explains",
        weight: 1.3,
        holds: explains,
    },
    // Staff speak to be of use.
    Feature {
        name: "by-staff",
        weight: 0.8,
        holds: |seen| seen.of.by_staff,
    },
    // Said within five minutes.
    Feature {
        name: "soon",
        weight: 0.6,
        holds: |seen| seen.of.minutes_between <= 5.0,
    },
    // Said after half an hour or more, without a link.
    Feature {
        name: "late",
        weight: -0.8,
        holds: |seen| seen.of.minutes_between > 30.0 && !is_linked(seen),
    },
    // Four words or fewer explain little.
    Feature {
        name: "short",
        weight: -1.2,
        holds: |seen| seen.words <= 4,
    },
    // "same here", "I was wondering too".
    Feature {
        name: "wonders-too",
        weight: -2.5,
        holds: wonders_too,
    },
    // Thanks and praise answer nothing.
    Feature {
        name: "thanks",
        weight: -2.5,
        holds: |seen| is_thanks(seen.of.answer),
    },
    // A question is no answer.
    Feature {
        name: "asks",
        weight: -2.5,
        holds: |seen| seen.of.answer.trim_end().ends_with('?'),
    },
    // Whoever asked does not answer.
    Feature {
        name: "by-asker",
        weight: -4.0,
        holds: |seen| seen.of.by_asker,
    },
];

/// How likely a message answers a question.
pub fn answers(candidate: &Candidate<'_>) -> Answering {
    let question = Signature::of(candidate.question);
    let seen = Seen {
        of: candidate,
        lower: candidate.answer.to_lowercase(),
        shared: question.shared(&Signature::of(candidate.answer)),
        words: candidate.answer.split_whitespace().count(),
    };
    let rules: Vec<Fired> = FEATURES
        .iter()
        .filter(|feature| (feature.holds)(&seen))
        .map(|feature| Fired {
            name: feature.name,
            weight: feature.weight,
            clause: None,
        })
        .collect();
    let sum = BIAS + rules.iter().map(|fired| fired.weight).sum::<f32>();
    Answering {
        confidence: 1.0 / (1.0 + (-sum).exp()),
        rules,
    }
}

fn is_linked(seen: &Seen<'_>) -> bool {
    seen.of.replies_to_question || seen.of.in_questions_thread
}

fn names_asker(seen: &Seen<'_>) -> bool {
    let name = seen.of.asker_name.to_lowercase();
    name.chars().count() >= 3
        && seen
            .lower
            .split(|c: char| !c.is_alphanumeric())
            .any(|word| word == name)
}

fn explains(seen: &Seen<'_>) -> bool {
    const PHRASES: &[&str] = &[
        "because",
        "it means",
        "that means",
        "basically",
        "the reason",
        "it's just",
        "it is just",
        "so that",
        "otherwise",
        "it keeps",
        "in other words",
        "the idea is",
        "you can",
        "yes,",
        "no,",
        "think of",
        "it's the",
        "it is the",
        "that's the",
        "refers to",
        "instead of",
    ];
    PHRASES.iter().any(|phrase| seen.lower.contains(phrase))
}

fn wonders_too(seen: &Seen<'_>) -> bool {
    const PHRASES: &[&str] = &[
        "same question",
        "same here",
        "wondering too",
        "also wondering",
        "me too",
        "+1",
        "no idea",
        "don't know",
    ];
    PHRASES.iter().any(|phrase| seen.lower.contains(phrase))
}

/// Whether a message asks back instead of answering: "which equation do you mean?".
pub fn is_counter_question(text: &str) -> bool {
    const OPENINGS: &[&str] = &[
        "which",
        "what do you mean",
        "what exactly",
        "where",
        "do you mean",
        "did you",
        "have you",
        "can you",
        "could you",
        "when you say",
        "you mean",
        "at what",
        "at which",
        "what have you",
    ];
    let text = text.trim().to_lowercase();
    text.ends_with(['?', '？', '؟'])
        && (text.split_whitespace().count() <= 4
            || OPENINGS.iter().any(|opening| text.starts_with(opening))
                && !text.trim_end_matches('?').contains(['.', '!', '?']))
}

/// Whether a message only thanks.
pub fn is_thanks(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "thanks",
        "thank",
        "thx",
        "ty",
        "tysm",
        "cheers",
        "appreciated",
    ];
    let lower = text.to_lowercase();
    let mut words = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    lower.split_whitespace().count() <= 12 && words.any(|word| WORDS.contains(&word))
}

/// Whether a message says anything in words: not an emoji, a bare link or "+1".
pub fn in_words(text: &str) -> bool {
    text.split_whitespace()
        .filter(|word| !word.contains("://") && !word.starts_with('<'))
        .any(|word| word.chars().filter(|c| c.is_alphabetic()).count() >= 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    const QUESTION: &str = "Why is there a beta in front of the KL term?";

    fn confidence(answer: &str, replies: bool) -> f32 {
        let candidate = Candidate {
            question: QUESTION,
            asker_name: "maya",
            answer,
            author_name: "ken",
            replies_to_question: replies,
            minutes_between: 2.0,
            ..Candidate::default()
        };
        answers(&candidate).confidence
    }

    #[test]
    fn an_explanation_in_the_questions_own_words_is_suggested() {
        assert!(
            confidence(
                "the beta scales the KL term, because otherwise it drifts off",
                false
            ) >= SUGGEST_THRESHOLD
        );
    }

    #[test]
    fn chatter_after_a_question_is_not() {
        for chatter in [
            "love this lecture",
            "same question",
            "thanks!",
            "lol",
            "is the exam next week?",
        ] {
            assert!(confidence(chatter, false) < SUGGEST_THRESHOLD, "{chatter}");
        }
    }

    #[test]
    fn a_reply_in_words_is_suggested_and_thanks_are_not() {
        assert!(confidence("it sets how much drifting costs", true) >= REPLY_THRESHOLD);
        assert!(confidence("same question", true) < REPLY_THRESHOLD);
    }

    #[test]
    fn asking_back_is_no_answer() {
        assert!(is_counter_question("Which equation do you mean?"));
        assert!(!is_counter_question(
            "It is the weight of the penalty. Does that help?"
        ));
    }

    #[test]
    fn an_emoji_or_a_link_is_not_in_words() {
        assert!(in_words("see slide 12"));
        for nothing in ["👍", "+1", "https://example.org/slides", "", "<:yes:123>"] {
            assert!(!in_words(nothing), "{nothing}");
        }
    }
}
