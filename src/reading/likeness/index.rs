//! The questions of a course, and which of them are similar to one, without comparing it with each.

use std::borrow::Borrow;

use super::company::{self, Company};
use super::comparison::Compared;
use super::pair::Pair;
use super::vocabulary::{Glance, Spelled, Vocabulary, WordId, tells};
use super::{Likeness, Signature};

/// Questions by the words in them. A question is compared only with those that share telling words with it,
/// the rarest first, so that one more costs the same however many there are.
///
/// It knows in how many questions each word stands, and in what company each question is: which others are
/// most like it.
#[derive(Debug, Default)]
pub struct SimilarIndex {
    vocabulary: Vocabulary,
    questions: Vec<Spelled>,
    /// For each question, those most like it.
    companies: Vec<Company>,
    /// For each word, the questions that have it, in their order. Only of words that tell something.
    by_word: Vec<Vec<u32>>,
}

/// A question that is compared with those of the index: its number if it is one of them.
#[derive(Clone, Copy)]
struct Asked<'q> {
    question: &'q Spelled,
    company: &'q Company,
    number: Option<usize>,
}

impl SimilarIndex {
    /// How many mentions of its words are followed for a question, the rarest words first; of a word that
    /// stands in more, those in the newest questions.
    const MENTIONS: usize = 4_096;
    /// How many questions, those that share most, are looked at for a question's company.
    const NEAR: usize = 400;
    /// How many of them, the most alike, are compared in all ways.
    const COMPARED: usize = 128;

    /// An index of questions, which are numbered from 0 in their order. Each is compared in the light of all.
    pub fn of(questions: impl IntoIterator<Item = impl Borrow<Signature>>) -> Self {
        let mut index = Self::default();
        for question in questions {
            index.place(question.borrow());
        }
        let scale = Scale::of_all(&index);
        let numbers = 0..index.questions.len();
        let companies = numbers.map(|number| {
            let question = &index.questions[number];
            Company::of(index.near(&scale, question, |other| other != number))
        });
        index.companies = companies.collect();
        index
    }

    /// Adds a question without looking for its company.
    fn place(&mut self, question: &Signature) -> usize {
        let number = self.questions.len();
        let spelled = self.vocabulary.count(question);
        let glance = self.vocabulary.glance(&[]);
        for &word in &spelled.words {
            if self.by_word.len() <= word as usize {
                self.by_word.resize_with(word as usize + 1, Vec::new);
            }
            if tells(glance.word(word).kind) {
                self.by_word[word as usize].push(index_of(number));
            }
        }
        self.questions.push(spelled);
        self.companies.push(Company::default());
        number
    }

    /// The questions that are similar to a new one, most alike first, at most `most` of them; each with its
    /// score.
    pub fn similar(&self, to: &Signature, most: usize) -> Vec<(usize, f32)> {
        let glance = self.vocabulary.glance(&[to]);
        let question = glance.spell(to);
        let scale = Scale::of(self.vocabulary.glance(&[to]));
        let near = self.near(&scale, &question, |_| true);
        let asked = Asked {
            company: &Company::of(near.clone()),
            question: &question,
            number: None,
        };
        self.similar_of(&glance, asked, near, most)
    }

    /// The same for one of its own questions: of the others that `among` holds for, those that are similar
    /// to it.
    pub fn similar_to(
        &self,
        number: usize,
        most: usize,
        among: impl Fn(usize) -> bool,
    ) -> Vec<(usize, f32)> {
        let Some(asked) = self.asked(number) else {
            return Vec::new();
        };
        let glance = self.vocabulary.glance(&[]);
        let scale = Scale::of(self.vocabulary.glance(&[]));
        let others = |other| other != number && among(other);
        let near = self.near(&scale, asked.question, others);
        self.similar_of(&glance, asked, near, most)
    }

    /// How alike two of its questions are, by their numbers; `None` if it has no such question.
    pub fn likeness(&self, first: usize, second: usize) -> Option<Likeness> {
        let (first, second) = (self.asked(first)?, self.asked(second)?);
        let compared = self.compared(&self.vocabulary.glance(&[]), first, second);
        Some(compared.likeness())
    }

    fn asked(&self, number: usize) -> Option<Asked<'_>> {
        Some(Asked {
            question: self.questions.get(number)?,
            company: self.companies.get(number)?,
            number: Some(number),
        })
    }

    fn compared(&self, glance: &Glance<'_>, first: Asked<'_>, second: Asked<'_>) -> Compared {
        let besides = first.number.iter().count() + second.number.iter().count();
        let popularity = company::popularity(
            first.company.closest(second.number),
            second.company.closest(first.number),
            self.questions.len().saturating_sub(besides),
        );
        Compared {
            pair: Pair::of(glance, first.question, second.question),
            same: first.question.is_same(second.question),
            in_common: first
                .company
                .in_common(first.number, second.company, second.number),
            popularity,
        }
    }

    /// Of questions that are near to one, those similar to it.
    fn similar_of(
        &self,
        glance: &Glance<'_>,
        to: Asked<'_>,
        mut near: Vec<(u32, f32)>,
        most: usize,
    ) -> Vec<(usize, f32)> {
        if near.len() > Self::COMPARED {
            near.select_nth_unstable_by(Self::COMPARED, company::most_alike_first);
            near.truncate(Self::COMPARED);
        }
        let near = near.iter().filter_map(|&(number, _)| {
            let number = number as usize;
            let likeness = self.compared(glance, self.asked(number)?, to).likeness();
            likeness.similar.then_some((number, likeness.score))
        });
        let mut similar: Vec<(usize, f32)> = near.collect();
        similar.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        similar.truncate(most);
        similar
    }

    /// The questions that share most with one, of those that `among` holds for, and how alike they are by
    /// their words alone, from 0 to 1.
    fn near(
        &self,
        scale: &Scale<'_>,
        to: &Spelled,
        among: impl Fn(usize) -> bool,
    ) -> Vec<(u32, f32)> {
        let own = scale.all(to);
        let candidates = self.candidates(scale, to, among);
        let near = candidates.into_iter().map(|number| {
            let other = &self.questions[number as usize];
            let shared = other.words.iter().filter(|word| to.has(**word));
            let shared: f32 = shared.map(|&word| scale.weight(word)).sum();
            let total = scale.totals.get(number as usize).copied();
            let all = own + total.unwrap_or_else(|| scale.all(other));
            (number, if all > 0.0 { 2.0 * shared / all } else { 0.0 })
        });
        near.collect()
    }

    /// The questions with which a comparison is worth it, of those that `among` holds for.
    fn candidates(
        &self,
        scale: &Scale<'_>,
        to: &Spelled,
        among: impl Fn(usize) -> bool,
    ) -> Vec<u32> {
        let words = to.words.iter();
        let mut mentioned: Vec<(&[u32], f32)> = words
            .filter_map(|&word| {
                let questions = self.by_word.get(word as usize)?.as_slice();
                (!questions.is_empty()).then(|| (questions, scale.weight(word)))
            })
            .collect();
        mentioned.sort_by_key(|(questions, _)| questions.len());
        let mut shared = vec![0.0_f32; self.questions.len()];
        let mut near: Vec<u32> = Vec::new();
        let mut left = Self::MENTIONS;
        for (questions, weight) in mentioned {
            let followed = questions.len().min(left);
            left -= followed;
            for &question in questions.iter().rev().take(followed) {
                let sum = &mut shared[question as usize];
                if *sum == 0.0 {
                    near.push(question);
                }
                // Never zero, so that it is not taken for one that shares nothing.
                *sum += weight.max(f32::MIN_POSITIVE);
            }
        }
        near.retain(|&question| among(question as usize));
        let most_first = |a: &u32, b: &u32| {
            let (of_a, of_b) = (shared[*a as usize], shared[*b as usize]);
            of_b.total_cmp(&of_a).then(a.cmp(b))
        };
        if near.len() > Self::NEAR {
            near.select_nth_unstable_by(Self::NEAR, most_first);
            near.truncate(Self::NEAR);
        }
        near
    }
}

/// What words tell in an index.
struct Scale<'v> {
    glance: Glance<'v>,
    /// For each word and each question what it tells, reckoned beforehand, or nothing.
    weights: Vec<f32>,
    totals: Vec<f32>,
}

impl<'v> Scale<'v> {
    fn of(glance: Glance<'v>) -> Self {
        Self {
            glance,
            weights: Vec::new(),
            totals: Vec::new(),
        }
    }

    fn of_all(index: &'v SimilarIndex) -> Self {
        let mut scale = Self::of(index.vocabulary.glance(&[]));
        let words = 0..index_of(index.by_word.len());
        scale.weights = words.map(|word| scale.weight(word)).collect();
        scale.totals = index.questions.iter().map(|it| scale.all(it)).collect();
        scale
    }

    fn weight(&self, word: WordId) -> f32 {
        let known = self.weights.get(word as usize).copied();
        known.unwrap_or_else(|| self.glance.weight(word, 1, 1))
    }

    fn all(&self, question: &Spelled) -> f32 {
        question.words.iter().map(|&word| self.weight(word)).sum()
    }
}

/// More than four thousand million questions do not fit into memory.
fn index_of(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
