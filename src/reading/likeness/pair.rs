//! Two questions held against each other: what both say, what only one says, and whether one says
//! something in the other's place.
//!
//! Words that one adds may elaborate; a word that stands in another's place makes another question, the more
//! so the more the rest agrees (`which acid …`, `which base …`). The numbers are round, and were chosen among
//! others by how well they do on labelled pairs: docs/reading.md tells more.

use super::ideas::Asks;
use super::vocabulary::{Glance, Spelled, WordId};
use super::words::Kind;

/// What a word weighs that tells what a question is about: `good` a little more, `with` less.
const TELLING: f32 = 3.0;
/// What a word weighs that is known to be rare: more than any has as long as there are few questions.
const RARE: f32 = 6.0;
/// How much of a word's weight two words share that look like one with a typo, or like two of one family.
const LOOK_ALIKE: f32 = 0.8;
/// How alike their letters must be, from 0 to 1.
const ALIKE_LETTERS: f32 = 0.5;
/// What is added to what both say, so that few words prove less than many.
const DOUBT: f32 = 5.0;
/// How much of two questions must agree, word by word, for the rest to be a gap that each fills in its way.
const SAME_FRAME: f32 = 0.75;
/// Beyond as many words questions are not aligned.
const ALIGNED_WORDS: usize = 80;
/// Where the words that only one has are more, multiplied, they are not searched for look-alikes: of two texts
/// that long a few typos decide nothing.
const LOOKED_AT: usize = 80 * 80;

/// Why two questions are less or more alike than their words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Remark {
    /// The words agree but for one, in whose place another stands.
    OtherInSameFrame,
    /// A rare word stands in the place of a rare word.
    RareForRare,
    /// Each has a number that the other has not.
    OtherNumbers,
    /// One asks whether, the other what or why.
    WhetherOrWhat,
    /// Both ask what something is, which tells least about what is asked.
    BothWhatIs,
    SameFirst,
    SameLast,
}

/// A word and its weight.
pub(super) type Weighed = (WordId, f32);

/// Two questions held against each other.
#[derive(Debug)]
pub(super) struct Pair {
    pub shared: Vec<Weighed>,
    /// A word of the first and one of the second that look alike, and what they weigh.
    pub look_alike: Vec<(WordId, WordId, f32)>,
    pub only_first: Vec<Weighed>,
    pub only_second: Vec<Weighed>,
    /// How much of all they say both say, from 0 to 1.
    pub overlap: f32,
    /// What makes them more or less alike, and by which factor.
    pub remarks: Vec<(Remark, f32)>,
}

impl Pair {
    /// Holds two questions against each other; the same both ways round.
    pub fn of(glance: &Glance<'_>, first: &Spelled, second: &Spelled) -> Self {
        let counted = [u32::from(first.counted), u32::from(second.counted)];
        let both = counted[0] + counted[1];
        let only = |of: &Spelled, other: &Spelled, having| -> Vec<Weighed> {
            let words = of.words.iter().filter(|word| !other.has(**word));
            words
                .map(|&word| (word, glance.weight(word, having, both)))
                .collect()
        };
        let shared = first.words.iter().filter(|word| second.has(**word));
        let mut pair = Self {
            shared: shared
                .map(|&word| (word, glance.weight(word, both, both)))
                .collect(),
            look_alike: Vec::new(),
            only_first: only(first, second, counted[0]),
            only_second: only(second, first, counted[1]),
            overlap: 0.0,
            remarks: Vec::new(),
        };
        pair.match_look_alikes(glance);
        pair.overlap = pair.overlap();
        pair.remark(glance, first, second);
        pair
    }

    /// All factors multiplied.
    pub fn factor(&self) -> f32 {
        self.remarks.iter().map(|(_, factor)| factor).product()
    }

    /// Takes the words that look alike out of those that only one has: the most alike first.
    fn match_look_alikes(&mut self, glance: &Glance<'_>) {
        if self.only_first.len() * self.only_second.len() > LOOKED_AT {
            return;
        }
        let mut alike = Vec::new();
        for (at, &(a, _)) in self.only_first.iter().enumerate() {
            for (place, &(b, _)) in self.only_second.iter().enumerate() {
                let (one, other) = (glance.word(a), glance.word(b));
                let letters = alike_letters(&one.runs, &other.runs);
                if letters >= ALIKE_LETTERS {
                    let hashes = (one.hash.min(other.hash), one.hash.max(other.hash));
                    alike.push((letters, hashes, at, place));
                }
            }
        }
        alike.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut taken_first = vec![false; self.only_first.len()];
        let mut taken_second = vec![false; self.only_second.len()];
        for (_, _, at, place) in alike {
            if !taken_first[at] && !taken_second[place] {
                (taken_first[at], taken_second[place]) = (true, true);
                let ((a, of_a), (b, of_b)) = (self.only_first[at], self.only_second[place]);
                self.look_alike.push((a, b, f32::midpoint(of_a, of_b)));
            }
        }
        leave(&mut self.only_first, &taken_first);
        leave(&mut self.only_second, &taken_second);
    }

    /// Dice's coefficient over weighed words: twice what is shared, by all there is.
    fn overlap(&self) -> f32 {
        let sum = |words: &[Weighed]| words.iter().map(|(_, weight)| weight).sum::<f32>();
        let alike: f32 = self.look_alike.iter().map(|(_, _, weight)| weight).sum();
        let shared = 2.0 * (sum(&self.shared) + LOOK_ALIKE * alike);
        let apart = sum(&self.only_first) + sum(&self.only_second);
        shared / (shared + apart + 2.0 * (1.0 - LOOK_ALIKE) * alike + DOUBT)
    }

    fn remark(&mut self, glance: &Glance<'_>, first: &Spelled, second: &Spelled) {
        let mut remarks = Vec::new();
        // Of several ways to align them the first is taken, which must be the same both ways round.
        let hashes = |question: &Spelled| -> Vec<u64> {
            let words = question.order.iter();
            words.map(|word| glance.word(*word).hash).collect()
        };
        let aligned = if hashes(first) <= hashes(second) {
            self.aligned(first, second)
        } else {
            self.aligned(second, first)
        };
        if let Some((frame, replaced)) = aligned {
            if frame > SAME_FRAME && replaced > TELLING {
                remarks.push((Remark::OtherInSameFrame, 0.1));
            }
            if replaced > RARE {
                remarks.push((Remark::RareForRare, (-0.3 * (replaced - RARE)).exp()));
            }
        }
        let has_number = |words: &[Weighed]| {
            let mut words = words.iter();
            words.any(|&(word, _)| glance.word(word).kind == Kind::Number)
        };
        if has_number(&self.only_first) && has_number(&self.only_second) {
            remarks.push((Remark::OtherNumbers, 0.4));
        }
        match (first.asks, second.asks) {
            (Asks::WhatIs, Asks::WhatIs) => remarks.push((Remark::BothWhatIs, 0.8)),
            (Asks::Whether, Asks::WhatIs | Asks::Open)
            | (Asks::WhatIs | Asks::Open, Asks::Whether) => {
                remarks.push((Remark::WhetherOrWhat, 0.7));
            }
            _ => (),
        }
        if let (Some(a), Some(b)) = (first.ends, second.ends) {
            if a.0 == b.0 {
                remarks.push((Remark::SameFirst, 1.2));
            }
            if a.1 == b.1 {
                remarks.push((Remark::SameLast, 1.2));
            }
        }
        self.remarks = remarks;
    }

    /// How much of the two agrees word by word, in order, from 0 to 1; and what the most telling word weighs
    /// that stands in the place of another: the lighter of the two.
    fn aligned(&self, first: &Spelled, second: &Spelled) -> Option<(f32, f32)> {
        // What looks alike is one word here.
        let one = |word: &WordId| {
            let mut pairs = self.look_alike.iter();
            let pair = pairs.find(|(_, second, _)| second == word);
            pair.map_or(*word, |(first, _, _)| *first)
        };
        let a: Vec<WordId> = first.order.iter().map(one).collect();
        let b: Vec<WordId> = second.order.iter().map(one).collect();
        if a.is_empty() || b.is_empty() || a.len().max(b.len()) > ALIGNED_WORDS {
            return None;
        }
        let common = common_in_order(&a, &b);
        // Where one word stands for one, nothing else differs, however short both are.
        let is_but_one = a.len() == b.len() && common.len() + 1 == a.len() && !common.is_empty();
        let frame = if is_but_one {
            1.0
        } else {
            2.0 * common.len() as f32 / (a.len() + b.len()) as f32
        };
        // No word stands in both lists, so it does not matter which question is whose.
        let most_telling = |gap: &[WordId]| {
            let only = self.only_first.iter().chain(&self.only_second);
            let only = only.filter(|(word, _)| gap.contains(word));
            only.map(|(_, weight)| *weight).fold(0.0, f32::max)
        };
        let mut replaced: f32 = 0.0;
        let mut from = (0, 0);
        for at in common.into_iter().chain([(a.len(), b.len())]) {
            let in_first = most_telling(&a[from.0..at.0]);
            let in_second = most_telling(&b[from.1..at.1]);
            replaced = replaced.max(in_first.min(in_second));
            from = (at.0 + 1, at.1 + 1);
        }
        Some((frame, replaced))
    }
}

/// Keeps the words that are not taken.
fn leave(words: &mut Vec<Weighed>, taken: &[bool]) {
    let mut taken = taken.iter();
    words.retain(|_| taken.next() != Some(&true));
}

/// Where the longest run of words stands in both that they have in common, in order, other words between.
fn common_in_order(a: &[WordId], b: &[WordId]) -> Vec<(usize, usize)> {
    let width = b.len() + 1;
    // How many words the rest from there has in common.
    let mut longest = vec![0_u16; (a.len() + 1) * width];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            longest[i * width + j] = if a[i] == b[j] {
                longest[(i + 1) * width + j + 1] + 1
            } else {
                longest[(i + 1) * width + j].max(longest[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut common = Vec::new();
    while i < a.len() && j < b.len() {
        if a[i] == b[j] {
            common.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if longest[(i + 1) * width + j] >= longest[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    common
}

/// Dice's coefficient over the runs of letters of two words, from 0 to 1.
fn alike_letters(a: &[u32], b: &[u32]) -> f32 {
    let all = a.len() + b.len();
    if a.is_empty() || b.is_empty() {
        return 0.0;
    }
    let shared = a.iter().filter(|run| b.binary_search(run).is_ok()).count();
    2.0 * shared as f32 / all as f32
}
