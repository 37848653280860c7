//! Turns of phrase: several words that ask what one or two ask. Most are ways of asking; no turn is here whose
//! words also meet by chance where a subject is spoken of (`the sign in the sum`, `the log in the loss`).

use std::collections::HashMap;
use std::sync::LazyLock;

/// The words, and what takes their place. What is replaced may be part of another turn: they are looked
/// for twice.
const TURNS: &[(&str, &str)] = &[
    // Why.
    ("how come", "why"),
    ("what is the reason", "why"),
    ("what are the reasons", "why"),
    ("for what reason", "why"),
    ("for what reasons", "why"),
    ("what causes", "why"),
    ("what is the cause", "why"),
    // How.
    ("what is the best way to", "how to"),
    ("what are the best ways to", "how to"),
    ("what is the easiest way to", "how to"),
    ("what is the way to", "how to"),
    ("what are the ways to", "how to"),
    ("what are some ways to", "how to"),
    ("what should i do to", "how to"),
    ("what can i do to", "how to"),
    ("best way to", "how to"),
    ("in what way", "how"),
    ("in what ways", "how"),
    // Whether.
    ("is it possible to", "can"),
    ("is it possible that", "can"),
    ("is there a way to", "can"),
    ("is there any way to", "can"),
    ("am i able to", "can"),
    ("is it ok to", "should"),
    ("is it okay to", "should"),
    ("is it safe to", "should"),
    ("is it good to", "should"),
    ("is it worth", "should"),
    ("is it a good idea to", "should"),
    ("is it true that", "is"),
    ("do you think that", "is"),
    ("do you think", "is"),
    ("do you believe that", "is"),
    ("do you believe", "is"),
    ("does anyone know", "is"),
    // What it means.
    ("what is meant by", "what is"),
    ("what is the meaning of", "what is"),
    ("what is the definition of", "what is"),
    ("definition of", "what is"),
    ("what is the", "what is"),
    ("what are the", "what are"),
    ("what are some", "what are"),
    ("can someone explain", "explain"),
    ("can anyone explain", "explain"),
    // Which, when, where, who, how much: one word each.
    ("what kind of", "which"),
    ("what kinds of", "which"),
    ("what sort of", "which"),
    ("what type of", "which"),
    ("what types of", "which"),
    ("at what point", "when"),
    ("at what time", "when"),
    ("at which time", "when"),
    ("what time", "when"),
    ("on what date", "when"),
    ("in which place", "where"),
    ("what place", "where"),
    ("which person", "who"),
    ("what person", "who"),
    ("how much time", "how long"),
    ("what number of", "how many"),
    ("what amount of", "how much"),
    ("how long", "howlong"),
    ("how many", "howmany"),
    ("how much", "howmuch"),
    ("how often", "howoften"),
    ("how old", "howold"),
    // If.
    ("what would happen if", "what if"),
    ("what will happen if", "what if"),
    ("what happens if", "what if"),
    ("what happens when", "what if"),
    // What somebody thinks of it.
    ("what do you think of", "opinion"),
    ("what do you think about", "opinion"),
    ("what is your opinion on", "opinion"),
    ("what is your opinion about", "opinion"),
    ("what is your opinion of", "opinion"),
    ("what are your views on", "opinion"),
    ("what are your thoughts on", "opinion"),
    // Because, for, now.
    ("as a result of", "because"),
    ("because of", "because"),
    ("due to", "because"),
    ("on account of", "because"),
    ("owing to", "because"),
    ("in order to", "to"),
    ("such as", "like"),
    ("as well as", "and"),
    ("a lot of", "many"),
    ("lots of", "many"),
    ("at the moment", "now"),
    ("right now", "now"),
    ("these days", "now"),
    ("nowadays", "now"),
    ("currently", "now"),
    ("so far", "yet"),
    // Verbs of two words.
    ("come from", "origin"),
    ("comes from", "origin"),
    ("came from", "origin"),
    ("take place", "happen"),
    ("takes place", "happen"),
    ("took place", "happen"),
    ("carry out", "do"),
    ("figure out", "find"),
    ("find out", "find"),
    ("get rid of", "remove"),
    ("turn into", "become"),
    ("switch off", "disable"),
    ("turn off", "disable"),
    ("switch on", "enable"),
    ("turn on", "enable"),
    // Names of two words.
    ("side effect", "sideeffect"),
    ("side effects", "sideeffect"),
    ("pros and cons", "advantage disadvantage"),
    ("machine learning", "ml"),
    ("artificial intelligence", "ai"),
    ("united states of america", "usa"),
    ("united states", "usa"),
    ("the us", "usa"),
    // Contractions, without their apostrophes.
    ("ive", "i have"),
    ("youre", "you are"),
    ("youve", "you have"),
    ("theyre", "they are"),
    ("thats", "that is"),
    ("theres", "there is"),
    ("whens", "when is"),
    ("whys", "why is"),
    ("hasnt", "has not"),
    ("havent", "have not"),
    ("shouldnt", "should not"),
];

/// A turn after its first word.
struct Turn {
    rest: Vec<&'static str>,
    instead: Vec<&'static str>,
}

/// The turns by their first words, the longest first.
static BY_FIRST: LazyLock<HashMap<&str, Vec<Turn>>> = LazyLock::new(|| {
    let mut turns: HashMap<&str, Vec<Turn>> = HashMap::new();
    for (words, instead) in TURNS {
        let mut words = words.split(' ');
        let first = words.next().unwrap_or_default();
        turns.entry(first).or_default().push(Turn {
            rest: words.collect(),
            instead: instead.split(' ').collect(),
        });
    }
    for turns in turns.values_mut() {
        turns.sort_by_key(|turn| std::cmp::Reverse(turn.rest.len()));
    }
    turns
});

/// The words, in lower case, with plain ones in the place of turns of phrase.
pub(super) fn plainly(words: Vec<String>) -> Vec<String> {
    replaced(replaced(words))
}

fn replaced(words: Vec<String>) -> Vec<String> {
    let mut plain = Vec::with_capacity(words.len());
    let mut at = 0;
    while let Some(word) = words.get(at) {
        let turns = BY_FIRST.get(word.as_str()).into_iter().flatten();
        let after = &words[at + 1..];
        let mut turns = turns.filter(|turn| {
            after.len() >= turn.rest.len() && turn.rest.iter().zip(after).all(|(a, b)| a == b)
        });
        if let Some(turn) = turns.next() {
            plain.extend(turn.instead.iter().map(|&word| word.to_owned()));
            at += 1 + turn.rest.len();
        } else {
            plain.push(word.clone());
            at += 1;
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> String {
        plainly(text.split(' ').map(str::to_owned).collect()).join(" ")
    }

    #[test]
    fn turns_of_phrase_become_plain_words() {
        assert_eq!(
            plain("how come the salt dissolves"),
            "why the salt dissolves"
        );
        assert_eq!(plain("how much time do we have"), "howlong do we have");
        assert_eq!(
            plain("what is the best way to learn rust"),
            "how to learn rust"
        );
        assert_eq!(plain("how"), "how");
        for text in [
            "how did they work out the weight loss in us",
            "why is there a minus sign in the log in front",
        ] {
            assert_eq!(plain(text), text);
        }
    }
}
