//! The words of a question, and how much each kind of word matters when two questions are compared.

use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

/// What a word does in a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// `please`, `hello`: says nothing about what is asked.
    Polite,
    /// `a`, `the`
    Article,
    /// `of`, `is`, `you`: holds a sentence together.
    Function,
    /// `why`, `how`
    Asking,
    /// `not`, `never`
    Negation,
    /// `3`, `50,000`
    Number,
    /// `best`, `good`: in so many questions that sharing it says little.
    Common,
    /// All others.
    Content,
}

/// The words of a text in lower case, compatibility forms unified, contractions spelled out.
pub(super) fn of(text: &str) -> Vec<String> {
    let is_apostrophe = |c: &char| matches!(c, '\'' | '’');
    let unified = if text.is_ascii() {
        // Most messages: nothing in them has a compatibility form.
        let letters = text.chars().filter(|c| !is_apostrophe(c));
        letters.map(|c| c.to_ascii_lowercase()).collect()
    } else {
        let letters = text.nfkc().filter(|c| !is_apostrophe(c));
        letters.collect::<String>().to_lowercase()
    };
    let mut words = Vec::new();
    for word in unified.unicode_words() {
        let word = if word.contains([',', '.', '_']) {
            word.replace([',', '.', '_'], "")
        } else {
            word.to_owned()
        };
        match spelled_out(&word) {
            Some(two) => words.extend(two.map(str::to_owned)),
            None if word.is_empty() => (),
            None => words.push(word),
        }
    }
    words
}

/// One spelling for the short forms of chat.
pub(super) fn usual_spelling(word: &str) -> &str {
    match word {
        "u" | "ya" => "you",
        "r" => "are",
        "ur" => "your",
        "y" => "why",
        "thru" => "through",
        "ppl" => "people",
        "b4" => "before",
        other => other,
    }
}

/// The words that a contraction, without its apostrophe, stands for.
fn spelled_out(word: &str) -> Option<[&'static str; 2]> {
    Some(match word {
        "whats" => ["what", "is"],
        "hows" => ["how", "is"],
        "wheres" => ["where", "is"],
        "whos" => ["who", "is"],
        "im" => ["i", "am"],
        "dont" => ["do", "not"],
        "doesnt" => ["does", "not"],
        "didnt" => ["did", "not"],
        "isnt" => ["is", "not"],
        "arent" => ["are", "not"],
        "wasnt" => ["was", "not"],
        "cant" | "cannot" => ["can", "not"],
        "couldnt" => ["could", "not"],
        "wont" => ["will", "not"],
        "wouldnt" => ["would", "not"],
        _ => return None,
    })
}

/// The words of a question brought to one form each, in their order, without those that may come and go
/// while the question stays the same. Two questions of which these agree ask the same.
pub(super) fn levelled(words: &[String]) -> Vec<String> {
    let mut levelled: Vec<String> = Vec::with_capacity(words.len());
    for word in words {
        let word = usual_spelling(word);
        let kind = kind_of(word);
        if matches!(kind, Kind::Polite | Kind::Article) || FILLERS.contains(&word) {
            continue;
        }
        let before = levelled.last().map(|word| kind_of(word));
        let follows_how = levelled.last().is_some_and(|word| word == "how");
        match word {
            // `when does it end`, `when it ends`
            "do" | "does" if before == Some(Kind::Asking) => (),
            // `how can I`, `how do you`, `how to`: whoever is meant, the way is the same.
            "can" | "could" | "to" if follows_how => (),
            "i" | "one" if follows_how => levelled.push("you".to_owned()),
            word => levelled.push(singular(word)),
        }
    }
    levelled
}

/// Words that a question can do without.
const FILLERS: [&str; 5] = ["actually", "ever", "exactly", "really", "some"];

/// Words that end in `s` and are no plurals.
const NO_PLURALS: [&str; 13] = [
    "always", "bias", "bus", "does", "gas", "has", "its", "less", "perhaps", "plus", "this", "was",
    "yes",
];

/// `batches` and `batch`, `ends` and `end`, `are` and `is`: which of the two depends on words that may change
/// without changing the question.
fn singular(word: &str) -> String {
    match word {
        "are" => return "is".to_owned(),
        "does" => return "do".to_owned(),
        "on" | "at" => return "in".to_owned(),
        _ => (),
    }
    if NO_PLURALS.contains(&word) || word.len() < 4 || word.ends_with("ss") {
        return word.to_owned();
    }
    if let Some(rest) = word.strip_suffix("ies").filter(|rest| rest.len() > 2) {
        return format!("{rest}y");
    }
    let sibilant = ["ches", "shes", "xes", "sses"];
    let ending = if sibilant.iter().any(|it| word.ends_with(it)) {
        "es"
    } else {
        "s"
    };
    word.strip_suffix(ending).unwrap_or(word).to_owned()
}

/// What the word does.
pub(super) fn kind_of(word: &str) -> Kind {
    match usual_spelling(word) {
        "please" | "pls" | "plz" | "hi" | "hello" | "hey" | "sir" | "thanks" | "thank" | "bro"
        | "guys" | "so" | "um" | "ok" | "okay" => Kind::Polite,
        "a" | "an" | "the" => Kind::Article,
        "why" | "how" | "what" | "when" | "where" | "which" | "who" | "whom" | "whose" => {
            Kind::Asking
        }
        "not" | "no" | "never" | "without" | "nor" => Kind::Negation,
        "is" | "are" | "am" | "was" | "were" | "be" | "been" | "being" | "do" | "does" | "did"
        | "done" | "doing" | "can" | "could" | "will" | "would" | "shall" | "should" | "may"
        | "might" | "must" | "has" | "have" | "had" | "having" | "i" | "you" | "we" | "he"
        | "she" | "it" | "they" | "me" | "us" | "him" | "her" | "them" | "my" | "your" | "our"
        | "his" | "its" | "their" | "this" | "that" | "these" | "those" | "there" | "here"
        | "of" | "in" | "on" | "at" | "to" | "for" | "from" | "by" | "with" | "about" | "as"
        | "into" | "and" | "or" | "but" | "if" | "then" | "than" | "also" | "just" | "any"
        | "some" | "one" | "ever" | "really" | "actually" | "im" | "ive" => Kind::Function,
        "best" | "good" | "better" | "get" | "got" | "getting" | "make" | "way" | "ways"
        | "use" | "used" | "using" | "like" | "most" | "much" | "many" | "more" | "people"
        | "someone" | "anyone" | "thing" | "things" | "know" | "go" | "take" | "want" | "need"
        | "possible" | "happen" | "happens" | "mean" | "difference" | "think" | "give"
        | "explain" | "tell" | "new" | "work" | "long" | "long-term" => Kind::Common,
        word if word.starts_with(|c: char| c.is_numeric()) => Kind::Number,
        _ => Kind::Content,
    }
}
