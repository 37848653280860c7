//! Words that mean the same where somebody asks: general English, chosen by hand, and a few words of what goes
//! on around lectures. No subject's terms are here.
//!
//! Only where a question stays the same when one takes the other's place, or is its noun or its verb
//! (`divide`, `division`). Opposites, kinds of one thing and parts of it are no synonyms: they make another
//! question. Nor are words of which some subject makes two terms, however alike they are elsewhere: `mean` and
//! `define`, `likelihood` and `probability`, `solution` and `dissolve`, `class` and `lecture`.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::irregular::uninflected;
use super::stem;

/// Each line is one meaning, under its first word. No word stands in two.
const MEANINGS: &[&str] = &[
    // Doing.
    "get obtain acquire receive",
    "make create build produce develop",
    "begin start commence launch initial",
    "end finish stop quit cease",
    "vanish disappear",
    "improve increase enhance raise strengthen rise",
    "reduce decrease lessen diminish decline shrink",
    "prevent avoid avert",
    "fix repair solve resolve mend",
    "remove delete erase eliminate",
    "change alter modify alteration modification",
    "replace substitute",
    "convert transform conversion transformation",
    "connect link connection",
    "combine combination",
    "divide division",
    "include contain consist comprise",
    "exclude omit",
    "keep retain",
    "hide conceal",
    "find discover discovery locate",
    "search seek",
    "see watch",
    "look appear",
    "show display demonstrate",
    "speak talk",
    "say tell",
    "ask inquire",
    "answer reply respond",
    "choose pick select choice selection",
    "try attempt",
    "allow permit permission",
    "forbid forbidden ban prohibit",
    "need require necessary requirement must",
    "help assist aid",
    "use usage utilize",
    "run execute",
    "happen occur",
    "give provide",
    "send deliver delivery",
    "own possess",
    "live reside dwell",
    "fail failure",
    "win victory",
    "prepare preparation",
    "install installation",
    "train training",
    "enrol enroll register",
    "download downloadable",
    // Thinking.
    "believe think opinion thought",
    "understand comprehend grasp",
    "explain describe clarify explanation description",
    "define definition",
    "learn study",
    "teach educate education",
    "want desire wish",
    "feel feeling",
    "predict prediction forecast",
    "suggest suggestion recommend recommendation advice",
    "assume assumption suppose",
    "approximate approximation",
    "compute calculate calculation computation",
    "prove proof",
    "derive derivation",
    "compare comparison",
    "differ difference different distinguish distinction versus vs",
    "similar alike resemble similarity",
    "equal same identical",
    "opposite contrary",
    "cause reason why",
    "result consequence outcome",
    "affect effect impact influence",
    "origin originate",
    "chance probability",
    "true actual genuine",
    "correct right",
    "error mistake wrong",
    "problem issue trouble",
    "kind type",
    "part portion piece",
    "way method technique approach procedure",
    "aim goal purpose",
    "important essential importance",
    "benefit beneficial advantage",
    "disadvantage drawback downside",
    "danger dangerous",
    "risk risky",
    "hazard hazardous",
    "safe safety",
    "secure security",
    "protect protection",
    "random randomness",
    "independent independence",
    "previous earlier former",
    "next following subsequent",
    "maximum largest biggest",
    "minimum smallest",
    "optimal optimum",
    // Measure and quality.
    "good better best great excellent",
    "bad worst worse awful terrible",
    "big large huge",
    "small little tiny",
    "high tall height",
    "deep depth",
    "wide width",
    "fast quick rapid speed",
    "easy simple",
    "hard difficult difficulty tough",
    "strong strength",
    "power powerful",
    "weak weakness",
    "hot warm",
    "cold cool",
    "new latest recent",
    "old elderly",
    "young youth",
    "rich wealthy wealth",
    "empty blank",
    "whole entire",
    "near nearby",
    "far distant",
    "strange weird",
    "famous popular",
    "smart intelligent clever intelligence",
    "happy happiness",
    "sad sadness",
    "depressed depression",
    "angry anger",
    "afraid scared fear",
    "anxious anxiety",
    "lonely loneliness",
    "confident confidence",
    "amount quantity",
    "time duration",
    "often frequent frequently",
    "newbie novice",
    // Money and work.
    "cost expensive expense",
    "buy purchase",
    "sell sale",
    "money cash",
    "pay payment",
    "salary wage",
    "invest investment investor",
    "profit profitable",
    "tax taxation",
    "job profession",
    "company firm business corporation",
    "employee staff",
    "hire recruit recruitment",
    "advertise advertisement ad",
    // People.
    "person people folks",
    "human humanity mankind",
    "child kid children",
    "man male",
    "woman female",
    "mother mom mum",
    "father dad",
    "marry marriage married",
    "pregnant pregnancy",
    "sex sexual",
    "student pupil",
    "instructor professor",
    "doctor physician",
    "president presidency",
    "king monarch",
    "soldier troop",
    "citizen citizenship",
    "immigrate immigration immigrant",
    // Body and health.
    "ill illness sick sickness disease",
    "infect infection infectious contagious",
    "spread transmit transmission",
    "cure heal remedy",
    "treat treatment therapy",
    "recover recovery",
    "vaccine vaccinate vaccination",
    "die death dead fatal fatality mortality deadly lethal",
    "kill murder",
    "hurt harm damage injure injury",
    "pain painful ache sore",
    "tooth teeth dental",
    "muscle muscular",
    // Places and states.
    "city town",
    "house home",
    "street road",
    "usa america american",
    "uk britain british",
    "india indian",
    "china chinese",
    "politics political politician",
    "legal lawful",
    "empire imperial",
    "colony colonial colonialism colonize",
    "invade invasion",
    "revolt rebellion uprising rebel",
    "treaty pact",
    // School and science.
    "exam examination",
    "homework assignment",
    "lecture lesson",
    "college university",
    "grade mark",
    "deadline due",
    "book textbook",
    "write writing",
    "read reading reader",
    "story tale",
    "language linguistic",
    "chart plot",
    "math mathematics mathematical",
    "statistics stats statistical",
    "chemistry chemical",
    "biology biological",
    "history historical historic",
    "economy economic economics",
    "psychology psychological",
    "philosophy philosophical",
    "science scientific scientist",
    "technology technological tech",
    "engineer engineering",
    "acid acidic acidity",
    "boil boiling",
    "melt melting",
    "dissolve soluble",
    "atom atomic",
    "molecule molecular",
    "cell cellular",
    "gene genetic",
    "evolve evolution",
    "environment environmental",
    "sun solar",
    "moon lunar",
    // Things.
    "movie film",
    "picture photo photograph",
    "song sing singer",
    "music musical",
    "car automobile vehicle",
    "bike bicycle",
    "airplane aircraft",
    "phone cellphone smartphone telephone",
    "television tv",
    "program programming",
    "code coding",
    "folder directory",
    "internet web",
    "email mail",
    "password passcode",
    "hack hacker",
    "holiday vacation",
];

/// The one form for a word, in lower case, and all that mean the same.
pub(super) fn form_of(word: &str) -> String {
    let stem = stem::of(uninflected(word));
    match FORMS.get(&stem) {
        Some(form) => form.clone(),
        None => stem,
    }
}

/// For the stem of each word of a meaning, the stem of its first one.
static FORMS: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    let mut forms = HashMap::new();
    for line in MEANINGS {
        let mut stems = line.split(' ').map(|word| stem::of(uninflected(word)));
        let Some(first) = stems.next() else { continue };
        forms.extend(stems.map(|stem| (stem, first.clone())));
        forms.insert(first.clone(), first);
    }
    forms
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_one_meaning_have_one_form() {
        for (a, b) in [
            ("bought", "purchases"),
            ("derivation", "derived"),
            ("films", "movie"),
            ("went", "goes"),
            ("calculating", "computation"),
        ] {
            assert_eq!(form_of(a), form_of(b), "{a}, {b}");
        }
        for (a, b) in [("buy", "sell"), ("lecture", "slide"), ("oxide", "acid")] {
            assert_ne!(form_of(a), form_of(b), "{a}, {b}");
        }
    }

    #[test]
    fn words_of_which_a_subject_makes_two_terms_have_two_forms() {
        for (a, b) in [
            ("mean", "definition"),
            ("sorting", "type"),
            ("class", "lecture"),
            ("solution", "dissolve"),
            ("positive", "benefit"),
            ("final", "last"),
            ("state", "government"),
            ("likelihood", "probability"),
            ("prior", "previous"),
            ("borrow", "debt"),
            ("query", "question"),
            ("differentiate", "differ"),
            ("clipping", "video"),
            ("price", "cost"),
            ("loss", "reduce"),
        ] {
            assert_ne!(form_of(a), form_of(b), "{a}, {b}");
        }
    }

    #[test]
    fn no_word_stands_in_two_meanings() {
        let mut lines = HashMap::new();
        let words = MEANINGS.iter().flat_map(|line| {
            let words = line.split(' ');
            words.map(move |word| (word, line))
        });
        let twice = words.filter(|(word, line)| {
            let other = lines.insert(stem::of(uninflected(word)), *line);
            other.is_some_and(|other| other != *line)
        });
        assert_eq!(twice.collect::<Vec<_>>(), []);
    }
}
