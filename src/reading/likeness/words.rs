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

impl Kind {
    /// What a word of this kind weighs; long words say more than short ones.
    pub(super) fn weight(self, stem: &str) -> f32 {
        match self {
            Self::Polite => 0.0,
            Self::Article => 0.02,
            Self::Function => 0.1,
            Self::Asking => 0.25,
            Self::Common => 0.45,
            Self::Negation => 0.5,
            Self::Number => 1.0,
            Self::Content => 0.7 + 0.06 * (stem.len().min(9) as f32),
        }
    }
}

/// The words of a text in lower case, compatibility forms unified, apostrophes gone.
pub(super) fn of(text: &str) -> Vec<String> {
    let unified: String = text
        .nfkc()
        .filter(|c| !matches!(c, '\'' | '’'))
        .collect::<String>()
        .to_lowercase();
    unified
        .unicode_words()
        .map(|word| word.replace([',', '.', '_'], ""))
        .filter(|word| !word.is_empty())
        .collect()
}

/// One spelling for the short forms of chat.
pub(super) fn usual_spelling(word: &str) -> &str {
    match word {
        "u" | "ya" => "you",
        "r" => "are",
        "ur" => "your",
        "y" => "why",
        "whats" => "what",
        "hows" => "how",
        "wheres" => "where",
        "whos" => "who",
        "dont" | "doesnt" | "didnt" | "isnt" | "arent" | "wasnt" | "cant" | "couldnt" | "wont"
        | "wouldnt" | "cannot" => "not",
        "thru" => "through",
        "ppl" => "people",
        "b4" => "before",
        other => other,
    }
}

/// One word for those that may stand for each other without making another question: `do you` and
/// `does one`, `batch` and `batches`.
pub(super) fn levelled(word: &str) -> &str {
    match word {
        "i" | "we" | "one" => "you",
        "my" | "our" => "your",
        "are" => "is",
        "does" => "do",
        "on" | "at" => "in",
        "way" | "ways" => "way",
        "this" | "is" | "as" | "was" | "has" | "us" => word,
        _ if word.ends_with("ss") || word.len() < 5 => word,
        _ => word.strip_suffix('s').unwrap_or(word),
    }
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
