//! What a question says, word by word, so that other wordings of it say the same: turns of phrase made
//! plain, endings and synonyms brought to one form.

use super::synonyms;
use super::turns;
use super::words::{self, Kind, kind_of};

/// A word of a question.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Idea {
    /// The one form for its endings and its synonyms.
    pub form: Box<str>,
    /// The word itself, in lower case.
    pub word: Box<str>,
    pub kind: Kind,
}

/// In what way a question asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asks {
    /// `is it`, `does it`, `can I`: yes or no.
    Whether,
    /// `what is it`, `which is it`
    WhatIs,
    /// `what`, `why`, `who`, `where`, otherwise.
    Open,
    /// `how`, `when`, which a question of another form often stands for, or in no way of these.
    Otherwise,
}

/// How many words of a text are looked at: what comes later is no part of the question.
const WORDS: usize = 300;

/// The words of a text that say something, in their order, and in what way it asks.
pub(super) fn of(text: &str) -> (Vec<Idea>, Asks) {
    let mut words = words::of(&with_country_named(text));
    words.truncate(WORDS);
    let mut words = turns::plainly(words);
    words.retain(|word| kind_of(word) != Kind::Polite);
    let asks = asks(&words);
    let ideas = words.iter().map(|word| {
        let word = usual_spelling(word);
        Idea {
            form: synonyms::form_of(&word).into(),
            kind: kind(&word),
            word: word.into(),
        }
    });
    (ideas.collect(), asks)
}

/// `US` and `U.S.` are a country; in lower case letters they would be `us`.
fn with_country_named(text: &str) -> String {
    let shouted = !text.contains(char::is_lowercase);
    let country = |word: &str| {
        let named = match word.trim_end_matches(['.', '?', '!', ',', ';', ':', ')', '"']) {
            "US" => !shouted,
            "U.S" | "U.S.A" | "u.s" | "u.s.a" => true,
            _ => false,
        };
        if named { "usa" } else { word }.to_owned()
    };
    let words: Vec<String> = text.split_whitespace().map(country).collect();
    words.join(" ")
}

/// Small numbers in digits, `15k` as `15000`, American spelling.
fn usual_spelling(word: &str) -> String {
    const DIGITS: [(&str, &str); 9] = [
        ("two", "2"),
        ("three", "3"),
        ("four", "4"),
        ("five", "5"),
        ("six", "6"),
        ("seven", "7"),
        ("eight", "8"),
        ("nine", "9"),
        ("ten", "10"),
    ];
    let word = words::usual_spelling(word);
    if let Some((_, digits)) = DIGITS.iter().find(|(name, _)| *name == word) {
        return (*digits).to_owned();
    }
    if let Some(number) = word.strip_suffix('k')
        && !number.is_empty()
        && number.bytes().all(|byte| byte.is_ascii_digit())
    {
        return format!("{number}000");
    }
    american(word)
}

/// `organise`, `favourite`: with `z`, without `u`.
fn american(word: &str) -> String {
    let mut word = word.to_owned();
    if word.len() > 6 {
        let endings = [
            "ise", "ised", "ises", "ising", "isation", "isations", "iser", "isers",
        ];
        let ending = endings.iter().find(|ending| word.ends_with(*ending));
        if let Some(ending) = ending {
            let s = word.len() - ending.len() + 1;
            word.replace_range(s..=s, "z");
        }
    }
    if word.len() > 5 {
        let our = word.find("our").filter(|at| {
            let before = word.as_bytes()[..*at].last();
            before.is_some_and(|letter| b"bilmnv".contains(letter))
        });
        if let Some(at) = our {
            word.replace_range(at..at + 3, "or");
        }
    }
    word
}

/// What a word does in a question; more of them hold a sentence together than when it is asked whether
/// two questions are the same.
fn kind(word: &str) -> Kind {
    match word {
        "howlong" | "howmany" | "howmuch" | "howoften" | "howold" => Kind::Asking,
        "because" | "yet" | "still" | "already" | "even" | "too" | "very" | "such" | "both"
        | "each" | "every" | "other" | "another" | "while" | "during" | "after" | "before"
        | "over" | "under" | "up" | "down" | "out" | "off" | "through" | "between" | "among"
        | "against" | "now" | "only" | "let" | "lets" => Kind::Function,
        word => kind_of(word),
    }
}

/// Words before which stands what a question of yes or no is about.
const AUXILIARIES: [&str; 20] = [
    "am", "are", "can", "could", "did", "do", "does", "had", "has", "have", "is", "may", "might",
    "must", "shall", "should", "was", "were", "will", "would",
];

fn asks(words: &[String]) -> Asks {
    if let Some(first) = words.first()
        && AUXILIARIES.contains(&first.as_str())
    {
        return Asks::Whether;
    }
    let mut asking = words.iter().enumerate();
    let asking = asking.find(|(_, word)| kind_of(word) == Kind::Asking);
    let Some((at, word)) = asking else {
        return Asks::Otherwise;
    };
    let next = words.get(at + 1).map_or("", String::as_str);
    match word.as_str() {
        "which" => Asks::WhatIs,
        "what" if matches!(next, "is" | "are" | "was") => Asks::WhatIs,
        "what" | "why" | "who" | "where" => Asks::Open,
        _ => Asks::Otherwise,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forms(text: &str) -> Vec<String> {
        let (ideas, _) = of(text);
        ideas.iter().map(|idea| idea.form.to_string()).collect()
    }

    #[test]
    fn other_spellings_and_wordings_say_the_same() {
        for (a, b) in [
            (
                "What's your favourite colour?",
                "what is your favorite color",
            ),
            (
                "Are three moles of 15k J enough?",
                "are 3 moles of 15000 J enough",
            ),
            ("Hello, how do we normalise it?", "how do we normalize it"),
            ("elections in the U.S.", "elections in the US"),
            ("How come it was purchased?", "why was it bought"),
        ] {
            let (mut a, mut b) = (forms(a), forms(b));
            a.sort();
            b.sort();
            assert_eq!(a, b);
        }
        assert_ne!(forms("tell us"), forms("tell the US"));
    }

    #[test]
    fn the_way_of_asking_is_seen() {
        for (text, meant) in [
            ("Is the matrix symmetric?", Asks::Whether),
            ("Which isotope decays first?", Asks::WhatIs),
            ("What is the rank?", Asks::WhatIs),
            ("What did Bismarck want?", Asks::Open),
            ("How come it is stable?", Asks::Open),
            ("How do I borrow mutably?", Asks::Otherwise),
            ("the residuals again please", Asks::Otherwise),
        ] {
            assert_eq!(of(text).1, meant, "{text}");
        }
    }
}
