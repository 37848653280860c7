//! What is known of single words, found in a few nanoseconds: reading looks up every word of every message.

use super::rules::Language;

/// What a language says of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Entry {
    /// The word as the rules know it: `you` for `u`, `what is` for `whats`.
    pub spelled: &'static str,
    /// May it stand before a question without changing it?
    pub lead: bool,
    /// May a name follow it that does not change the question either?
    pub greeting: bool,
    /// Is it a function word?
    pub function: bool,
}

/// A language's words: a hash table with open addressing.
pub(super) struct Lexicon {
    slots: Vec<Option<(&'static str, Entry)>>,
    longest: usize,
}

impl Lexicon {
    pub(super) fn of(language: &Language) -> Self {
        let lists = [language.leads, language.greetings, language.function_words];
        let words = || lists.into_iter().flatten().copied();
        let spellings = || language.spellings.iter().copied();
        let all = || words().map(|word| (word, word)).chain(spellings());
        let mut lexicon = Self {
            slots: vec![None; (all().count() * 4).next_power_of_two()],
            longest: all().map(|(word, _)| word.len()).max().unwrap_or(0),
        };
        for (word, spelled) in all() {
            // Of `what is`, the first word says what it does in its sentence.
            let first = spelled.split(' ').next().unwrap_or_default();
            let entry = Entry {
                spelled,
                lead: language.leads.contains(&spelled),
                greeting: language.greetings.contains(&spelled),
                function: language.function_words.contains(&first),
            };
            let slot = lexicon.slot(word);
            lexicon.slots[slot] = Some((word, entry));
        }
        lexicon
    }

    /// What the language says of a word in plain letters; most words, nothing.
    pub(super) fn get(&self, word: &str) -> Option<Entry> {
        if word.len() > self.longest {
            return None;
        }
        self.slots[self.slot(word)].map(|(_, entry)| entry)
    }

    /// Where the word stands, or would stand. The table is never more than a quarter full.
    fn slot(&self, word: &str) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = hash(word) & mask;
        while self.slots[at].is_some_and(|(found, _)| found != word) {
            at = (at + 1) & mask;
        }
        at
    }
}

/// FNV-1a, which is good enough for short words and costs next to nothing.
fn hash(word: &str) -> usize {
    let hash = word.bytes().fold(0x811C_9DC5_u32, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    (hash ^ (hash >> 15)) as usize
}

#[cfg(test)]
mod tests {
    use super::super::english::ENGLISH;
    use super::*;

    #[test]
    fn every_word_is_found_as_it_is_spelled() {
        let lexicon = Lexicon::of(&ENGLISH);
        for (word, spelled) in ENGLISH.spellings {
            assert_eq!(lexicon.get(word).map(|entry| entry.spelled), Some(*spelled));
        }
        for word in ENGLISH.leads {
            assert!(lexicon.get(word).is_some_and(|entry| entry.lead), "{word}");
        }
        assert!(lexicon.get("what").is_some_and(|entry| entry.function));
        assert!(lexicon.get("whats").is_some_and(|entry| entry.function));
        assert!(lexicon.get("hello").is_some_and(|entry| entry.greeting));
        assert_eq!(lexicon.get("gradient"), None);
        assert_eq!(lexicon.get(""), None);
    }
}
