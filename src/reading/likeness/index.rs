//! Which of many questions are similar to one, without comparing it with each.

use std::collections::HashMap;

use super::{Kind, Signature};

/// Questions by the words in them. A question is compared only with those that share telling words with it,
/// the rarest first, so that one more costs the same however many there are.
#[derive(Debug, Default)]
pub struct SimilarIndex {
    questions: Vec<Signature>,
    /// For each stem, the questions that have it, in the order of adding.
    by_stem: HashMap<u64, Vec<u32>>,
}

impl SimilarIndex {
    /// How many mentions of its words are followed for a question, the rarest words first; of a word that
    /// stands in more, those in the newest questions.
    const MENTIONS: usize = 4_096;
    /// How many questions, those that share most, are compared word by word.
    const COMPARED: usize = 128;

    /// Adds a question and returns its number: they are counted from 0.
    pub fn add(&mut self, question: Signature) -> usize {
        let number = self.questions.len();
        for term in question.telling_terms() {
            let mentions = self.by_stem.entry(term.stem).or_default();
            // More than four thousand million questions do not fit into memory.
            mentions.push(u32::try_from(number).unwrap_or(u32::MAX));
        }
        self.questions.push(question);
        number
    }

    /// The question of that number.
    pub fn get(&self, number: usize) -> Option<&Signature> {
        self.questions.get(number)
    }

    /// The questions that are similar to one, most alike first, at most `most` of them; each with its score.
    /// A question that was added is among those similar to itself.
    pub fn similar(&self, to: &Signature, most: usize) -> Vec<(usize, f32)> {
        let mut similar: Vec<(usize, f32)> = self
            .candidates(to)
            .into_iter()
            .filter_map(|number| {
                let likeness = self.questions.get(number)?.likeness(to);
                likeness.similar.then_some((number, likeness.score))
            })
            .collect();
        similar.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        similar.truncate(most);
        similar
    }

    /// The questions with which a comparison is worth it.
    fn candidates(&self, to: &Signature) -> Vec<usize> {
        let mut mentioned: Vec<(&[u32], f32)> = to
            .telling_terms()
            .filter_map(|term| Some((self.by_stem.get(&term.stem)?.as_slice(), term.weight)))
            .collect();
        mentioned.sort_by_key(|(questions, _)| questions.len());
        let mut shared: HashMap<u32, f32> = HashMap::new();
        let mut left = Self::MENTIONS;
        for (questions, weight) in mentioned {
            let followed = questions.len().min(left);
            left -= followed;
            for question in questions.iter().rev().take(followed) {
                *shared.entry(*question).or_default() += weight;
            }
        }
        let mut shared: Vec<(u32, f32)> = shared.into_iter().collect();
        let most_first = |a: &(u32, f32), b: &(u32, f32)| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0));
        if shared.len() > Self::COMPARED {
            shared.select_nth_unstable_by(Self::COMPARED, most_first);
            shared.truncate(Self::COMPARED);
        }
        shared
            .into_iter()
            .map(|(number, _)| number as usize)
            .collect()
    }
}

impl Signature {
    /// The words that say what it is about, those among them that stand in many questions.
    fn telling_terms(&self) -> impl Iterator<Item = &super::Term> {
        self.terms
            .iter()
            .filter(|term| term.weight >= Kind::Common.weight(""))
    }
}
