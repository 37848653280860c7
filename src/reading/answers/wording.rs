//! How people answer in English: words by which an answer, a greeting or thanks can be told.
//!
//! Another language is another table of the same shape. Words are in lower case and without apostrophes.

use super::super::phrases::THANKS;

/// The words of one language that tell what a message does.
pub(super) struct Wording {
    /// Words that may stand before a message without changing what it does.
    pub leads: &'static [&'static str],
    /// A message that begins with one of these agrees, denies, or gives a reason.
    pub verdicts: &'static [&'static str],
    /// A message that begins with one of these tells what to do, or what is so.
    pub advice: &'static [&'static str],
    /// The same, after `you`.
    pub advice_to_you: &'static [&'static str],
    /// A message that begins with one of these greets, laughs or wonders.
    pub greetings: &'static [&'static str],
    /// Words of thanks, wherever they stand.
    pub thanks: &'static [&'static str],
    /// Two words that say that something helped.
    pub relief: &'static [[&'static str; 2]],
    /// Advice in the form of a question: `have you tried …?`
    pub advice_asked: &'static [[&'static str; 2]],
    /// Two words by which somebody has the same question.
    pub joining: &'static [[&'static str; 2]],
    /// Words by which somebody says that they do not know.
    pub not_knowing: &'static [&'static str],
    /// Two words that say the same.
    pub no_idea: &'static [[&'static str; 2]],
    /// Words by which somebody says how they like something, or how they feel about it.
    pub feeling: &'static [&'static str],
    /// Words that may be followed by a comma or a colon at the start of a message and name nobody.
    pub no_names: &'static [&'static str],
}

/// English.
pub(super) const ENGLISH: Wording = Wording {
    leads: &["just", "maybe", "then", "or", "and", "so", "well", "but"],
    verdicts: &[
        "yes", "yeah", "yep", "yup", "yea", "no", "nope", "nah", "sure", "not", "dunno",
        "probably", "depends", "because", "cause", "cuz", "since", "correct", "exactly",
    ],
    advice: &[
        "try", "use", "run", "check", "see", "look", "type", "install", "go", "open", "do", "add",
        "put", "read", "edit", "make", "get", "set", "that", "it", "its", "thats",
    ],
    advice_to_you: &[
        "can", "could", "should", "need", "have", "must", "might", "may", "want",
    ],
    greetings: &[
        "hi", "hello", "hey", "lol", "bye", "heh", "haha", "wow", "damn", "ok", "okay", "oh", "hm",
        "hmm", "brb", "omg", "wtf",
    ],
    thanks: &THANKS,
    relief: &[
        ["it", "works"],
        ["it", "worked"],
        ["that", "works"],
        ["that", "worked"],
        ["that", "helps"],
        ["that", "helped"],
        ["makes", "sense"],
        ["got", "it"],
    ],
    not_knowing: &["dunno", "idk", "dk"],
    no_idea: &[
        ["no", "idea"],
        ["no", "clue"],
        ["dont", "know"],
        ["not", "know"],
        ["not", "sure"],
        ["wondered", "too"],
        ["beats", "me"],
    ],
    feeling: &[
        "great",
        "best",
        "awesome",
        "amazing",
        "brilliant",
        "beautiful",
        "lovely",
        "love",
        "loved",
        "calming",
        "fun",
        "funny",
        "hilarious",
        "favourite",
        "favorite",
        "boring",
        "hate",
        "wonderful",
        "fantastic",
        "legend",
        "genius",
        "masterpiece",
        "lol",
        "lmao",
        "haha",
        "hahaha",
        "goosebumps",
        "underrated",
    ],
    advice_asked: &[
        ["you", "tried"],
        ["you", "try"],
        ["you", "looked"],
        ["you", "checked"],
        ["you", "check"],
        ["you", "read"],
        ["you", "seen"],
        ["try", "it"],
        ["why", "not"],
        ["how", "about"],
    ],
    joining: &[
        ["same", "here"],
        ["same", "question"],
        ["same", "problem"],
        ["same", "issue"],
        ["me", "too"],
        ["following", "this"],
    ],
    no_names: &[
        "actually",
        "ah",
        "again",
        "ahh",
        "all",
        "also",
        "although",
        "anyway",
        "basically",
        "bro",
        "correct",
        "damn",
        "dude",
        "edit",
        "error",
        "everyone",
        "exactly",
        "example",
        "finally",
        "fine",
        "first",
        "folks",
        "great",
        "guys",
        "haha",
        "hmm",
        "however",
        "lol",
        "maybe",
        "nah",
        "nice",
        "nope",
        "note",
        "now",
        "oh",
        "otherwise",
        "perhaps",
        "right",
        "second",
        "secondly",
        "sorry",
        "still",
        "sure",
        "though",
        "true",
        "unfortunately",
        "wait",
        "well",
        "wow",
        "yeah",
        "yep",
        "yes",
        "yup",
    ],
};

impl Wording {
    /// Whether two words that belong together stand next to each other.
    pub fn holds(pairs: &[[&str; 2]], words: &[&str]) -> bool {
        words
            .windows(2)
            .any(|two| pairs.iter().any(|pair| pair[..] == *two))
    }
}
