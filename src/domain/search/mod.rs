//! Finding topics, or lectures, by words.
//!
//! Forgiving as a person is: a typo, another ending, capitals and accents do not matter. Words are
//! compared by their stems, and by edit distance where they are long enough to be recognised with a
//! letter wrong. Knows nothing of what it searches but its texts.

mod distance;
mod words;

use words::{Fit, Letters, Word};

/// How much a match in a title counts.
pub const TITLE: u32 = 3;
/// How much a match in a note counts.
pub const NOTE: u32 = 1;

/// A whole query found beats any number of its words found: the step between the two.
const ALL_FOUND: u32 = 1_000_000;
/// Added, per weight, if the query's words stand side by side and in order.
const IN_ORDER: u32 = 200;
/// Queries longer than this are cut, in words; nobody looks up an essay.
const MAX_WORDS: usize = 16;

/// The items that match the words, best first, as places among `items`; none if nothing matches.
///
/// `fields` gives each item's texts with their weights ([`TITLE`], [`NOTE`]). Items that hold every
/// word come before those that hold some; among these, a word counts by how well it fits and by the
/// field's weight; among equals the items' own order stands. Words such as "the" only count where
/// the query has no others.
pub fn rank<'a, T, F>(query: &str, items: &'a [T], fields: impl Fn(&'a T) -> F) -> Vec<usize>
where
    F: IntoIterator<Item = (&'a str, u32)>,
{
    let mut query = words::of_query(query);
    query.truncate(MAX_WORDS);
    if query.is_empty() {
        return Vec::new();
    }
    let scores = items.iter().map(|item| score(&query, fields(item)));
    let mut found: Vec<(usize, u32)> = scores.enumerate().filter(|&(_, score)| score > 0).collect();
    found.sort_by_key(|&(index, score)| (std::cmp::Reverse(score), index));
    found.into_iter().map(|(index, _)| index).collect()
}

/// For each item, how well it holds each of a text's telling words: from 0 to 1, in its best field,
/// where a field's weight is its share of [`TITLE`]. Any item's numbers stand for the same words.
pub fn held<'a, T, F>(text: &'a str, items: &'a [T], fields: impl Fn(&'a T) -> F) -> Vec<Vec<f32>>
where
    F: IntoIterator<Item = (&'a str, u32)>,
{
    let words = words::of_query(text);
    let of_item = |item: &'a T| {
        let mut best = vec![0; words.len()];
        for (text, weight) in fields(item) {
            for token in words::tokens(text).map(Word::of) {
                for (best, word) in best.iter_mut().zip(&words) {
                    *best = weight.saturating_mul(word.fit(&token).score()).max(*best);
                }
            }
        }
        best.into_iter().map(share_of_title).collect()
    };
    items.iter().map(of_item).collect()
}

#[expect(clippy::cast_precision_loss, reason = "a weight times a hundred")]
fn share_of_title(score: u32) -> f32 {
    score as f32 / (TITLE * Fit::Same.score()) as f32
}

/// How well an item matches; 0 not at all.
fn score<'a>(query: &[Word], fields: impl IntoIterator<Item = (&'a str, u32)>) -> u32 {
    let mut best = [0_u32; MAX_WORDS];
    let mut in_order = 0;
    for (text, weight) in fields {
        let mut phrase = Phrase::default();
        for token in words::tokens(text) {
            let letters = Letters::of(token);
            if !query.iter().any(|word| word.may_fit(letters)) {
                phrase.next();
                continue;
            }
            let token = Word::of(token);
            for (place, word) in query.iter().enumerate() {
                let fit = word.fit(&token);
                best[place] = best[place].max(fit.score() * weight);
                phrase.see(place, fit);
            }
            phrase.next();
        }
        if query.len() > 1 && phrase.longest == query.len() {
            in_order = in_order.max(IN_ORDER * weight);
        }
    }
    let found = best[..query.len()]
        .iter()
        .filter(|&&score| score > 0)
        .count();
    let all = if found == query.len() { ALL_FOUND } else { 0 };
    // Half the words at least, or a long query would match everything a little.
    if found * 2 < query.len() {
        0
    } else {
        all + in_order + best.iter().sum::<u32>()
    }
}

/// The longest run of the query's words, in order, that ends at the token in hand.
#[derive(Default)]
struct Phrase {
    before: usize,
    now: usize,
    longest: usize,
}

impl Phrase {
    fn see(&mut self, place: usize, fit: Fit) {
        if fit != Fit::None && (place == 0 || self.before == place) {
            self.now = self.now.max(place + 1);
        }
    }

    fn next(&mut self) {
        self.longest = self.longest.max(self.now);
        self.before = std::mem::take(&mut self.now);
    }
}

#[cfg(test)]
mod tests;
