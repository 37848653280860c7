//! Where in the lecture does a text without an offset probably belong?
//!
//! By the words that it shares with topics' titles and notes; a word that one topic alone has tells more
//! than one that many have. It is a guess, offered as one, and never takes an offset's place.

use super::english::ENGLISH;
use crate::domain::lecture::{Topic, TopicTable};
use crate::domain::search;

/// The confidence from which on a topic is worth naming.
pub const PROBABLE: f32 = 0.5;

/// A topic that a text is probably about.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ProbableTopic {
    /// Its place in the table, counted from 0.
    pub place: usize,
    /// From 0 to 1; from [`PROBABLE`] on it is worth naming.
    pub confidence: f32,
}

/// Words in a note count so much, where those in a title count [`search::TITLE`].
const NOTE: u32 = 2;
/// A lead over the next topic of so much makes an even chance. One word of the title that no other of
/// seven topics has is a lead of about 2.
const EVEN: f32 = 1.3;

/// The topic that a text is probably about; none where no topic's words lead over all others'.
///
/// ```
/// use beadle::domain::lecture::{Topic, TopicTable};
/// use beadle::reading::{PROBABLE, probable_topic};
/// let topic = |start: &str, title: &str| Topic {
///     start: start.parse().expect("an offset"),
///     title: title.to_owned(),
///     ..Topic::default()
/// };
/// let table = TopicTable::new(vec![
///     topic("0:00", "Rates and half-lives"),
///     topic("12:40", "The rate-determining step"),
///     topic("21:30", "Choosing a solvent"),
/// ]);
/// let table = table.expect("a table");
/// let probable = probable_topic("why does the solvent matter", &table).expect("a topic");
/// assert_eq!(probable.place, 2);
/// assert!(probable.confidence >= PROBABLE);
/// ```
pub fn probable_topic(text: &str, table: &TopicTable) -> Option<ProbableTopic> {
    let telling = telling_words(text);
    let held = search::held(&telling, table.as_slice(), fields);
    let weights = weights_of_words(&held);
    let score = |fits: &Vec<f32>| -> f32 {
        let words = fits.iter().zip(&weights);
        words.map(|(fit, weight)| fit * weight).sum()
    };
    let scores: Vec<f32> = held.iter().map(score).collect();
    let (place, best) = scores
        .iter()
        .copied()
        .enumerate()
        .max_by(|(_, a), (_, b)| a.total_cmp(b))?;
    let others = scores.iter().enumerate().filter(|(at, _)| *at != place);
    let next = others.map(|(_, score)| *score).fold(0.0, f32::max);
    let lead = best - next;
    (lead > 0.0).then(|| ProbableTopic {
        place,
        confidence: lead / (lead + EVEN),
    })
}

fn fields(topic: &Topic) -> [(&str, u32); 2] {
    [
        (topic.title.as_str(), search::TITLE),
        (topic.note.as_deref().unwrap_or_default(), NOTE),
    ]
}

/// The text without the words that are in every sentence: those it would share with any note.
fn telling_words(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’');
    let telling = words.filter(|word| {
        let plain = word.to_lowercase().replace(['\'', '’'], "");
        word.chars().count() > 1 && !ENGLISH.function_words.contains(&plain.as_str())
    });
    telling.collect::<Vec<_>>().join(" ")
}

/// What each word tells: the fewer topics have it, the more.
#[expect(clippy::cast_precision_loss, reason = "counts of some hundred topics")]
fn weights_of_words(held: &[Vec<f32>]) -> Vec<f32> {
    let words = held.first().map_or(0, Vec::len);
    let having = |word: usize| held.iter().filter(|fits| fits[word] > 0.0).count();
    (0..words)
        .map(|word| (1.0 + held.len() as f32 / having(word).max(1) as f32).ln())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> TopicTable {
        let rows = [
            ("0:00", "What a contract is", ""),
            (
                "8:05",
                "Offers and shop windows",
                "An invitation to treat is no offer",
            ),
            (
                "17:00",
                "Silence as acceptance",
                "Dealings between merchants",
            ),
            (
                "22:40",
                "Void and voidable contracts",
                "Mistake, threat, deceit",
            ),
            (
                "31:00",
                "Revocation by letter",
                "Who bears the risk of the post",
            ),
            (
                "44:00",
                "The snail in the bottle",
                "Duty of care without a contract",
            ),
        ];
        let topic = |(start, title, note): (&str, &str, &str)| Topic {
            start: start.parse().expect("an offset"),
            title: title.to_owned(),
            note: Some(note.to_owned()).filter(|note| !note.is_empty()),
            ..Topic::default()
        };
        TopicTable::new(rows.into_iter().map(topic).collect()).expect("a table")
    }

    fn check(text: &str, expected: Option<usize>) {
        let found = probable_topic(text, &table());
        let named = found.filter(|found| found.confidence >= PROBABLE);
        assert_eq!(
            named.map(|found| found.place),
            expected,
            "{text:?}: {found:?}"
        );
    }

    #[test]
    fn a_topic_is_told_by_a_word_that_no_other_has() {
        check("is silence ever an answer", Some(2));
        check("what if the letters cross in the post", Some(4));
        check("why is it voidable and not nothing at all", Some(3));
        check("did they ever find the other half of the snail", Some(5));
    }

    #[test]
    fn endings_and_a_typo_are_forgiven() {
        check("can a window be an offer", Some(1));
        check("when is silense acceptence", Some(2));
    }

    #[test]
    fn words_of_many_topics_and_of_none_tell_nothing() {
        for text in [
            "is that a contract?",
            "when is the exam",
            "why?",
            "",
            "what is it about",
        ] {
            check(text, None);
        }
    }

    #[test]
    fn two_words_tell_more_than_one() {
        let confidence = |text| probable_topic(text, &table()).map_or(0.0, |it| it.confidence);
        assert!(confidence("the snail") < confidence("the snail in the bottle"));
    }

    #[test]
    fn an_empty_table_has_no_topic() {
        assert_eq!(probable_topic("the snail", &TopicTable::default()), None);
    }
}
