//! A word without its ending, so that `trained`, `training` and `trains` meet.
//!
//! Lighter than Porter's stemmer: a handful of endings, and only where enough of the word remains.

/// Endings and what takes their place, longest first; the number is how many letters must remain.
const ENDINGS: [(&str, &str, usize); 17] = [
    ("ations", "ate", 3),
    ("ation", "ate", 3),
    ("ments", "", 4),
    ("ment", "", 4),
    ("ness", "", 4),
    ("ings", "", 3),
    ("ies", "y", 2),
    ("ing", "", 3),
    ("ied", "y", 2),
    ("ers", "", 4),
    ("ed", "", 3),
    ("ly", "", 4),
    ("er", "", 4),
    ("es", "", 3),
    ("al", "", 5),
    ("s", "", 3),
    ("e", "", 3),
];

/// The word's stem. Expects lower case; leaves short words and numbers as they are.
pub(super) fn of(word: &str) -> String {
    if word.ends_with("ss") || !word.is_ascii() {
        return word.to_owned();
    }
    for (ending, instead, remaining) in ENDINGS {
        if let Some(rest) = word
            .strip_suffix(ending)
            .filter(|rest| rest.len() >= remaining)
        {
            return without_doubled_letter(rest, ending) + instead.trim_end_matches('e');
        }
    }
    word.to_owned()
}

/// `stopp` is what remains of `stopped`.
fn without_doubled_letter(rest: &str, ending: &str) -> String {
    let letters = rest.as_bytes();
    let doubled = letters.len() > 3
        && matches!(ending, "ing" | "ings" | "ed" | "er" | "ers")
        && letters[letters.len() - 1] == letters[letters.len() - 2]
        && !b"aeiouls".contains(&letters[letters.len() - 1]);
    let end = rest.len() - usize::from(doubled);
    rest[..end].trim_end_matches('e').to_owned()
}
