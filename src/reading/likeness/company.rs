//! In what company a question is: which other questions of the course are most like it.
//!
//! Two questions that share few words may share their company: others word it between them (`where did it
//! start`, `where does it come from`, `what is its origin`). And what was asked several times is likely to be
//! asked again, while a question that is like no other has probably no twin either.

/// How many others a company has at most.
const MOST: usize = 40;
/// How alike, from 0 to 1, others must at least be: as much any two questions of a course may be, by its
/// commonest words.
const STRANGERS: f32 = 0.1;
/// Added to the strength of each company where they are compared, so that one acquaintance proves little.
const DOUBT: f32 = 0.5;
/// How alike, from 0 to 1, a question and the one most like it usually are: it is believed for as long as
/// there are fewer questions than `FEW`.
const USUAL: f32 = 0.5;
const FEW: f32 = 1_000.0;
/// More and less than that tells no more.
const RANGE: std::ops::RangeInclusive<f32> = 0.32..=0.6;

/// Others and how alike they are, from 0 to 1; sorted by number.
#[derive(Debug, Clone, Default)]
pub(super) struct Company(Vec<(u32, f32)>);

impl Company {
    /// The most alike of some questions.
    pub fn of(mut others: Vec<(u32, f32)>) -> Self {
        others.retain(|(_, likeness)| *likeness > STRANGERS);
        if others.len() > MOST {
            others.select_nth_unstable_by(MOST, most_alike_first);
            others.truncate(MOST);
        }
        others.sort_unstable_by_key(|(other, _)| *other);
        others.shrink_to_fit();
        Self(others)
    }

    /// How alike the other is that is most alike, one of them aside.
    pub fn closest(&self, aside: Option<usize>) -> f32 {
        let others = self.without(aside);
        others.map(|(_, likeness)| likeness).fold(0.0, f32::max)
    }

    /// How much of their company two questions have in common, from 0 to 1: the cosine of what they have,
    /// themselves aside.
    pub fn in_common(&self, own: Option<usize>, other: &Self, others: Option<usize>) -> f32 {
        let strength = |company: &Self, aside| -> f32 {
            let likeness = company.without(aside).map(|(_, likeness)| likeness);
            likeness.map(|it| (it - STRANGERS).powi(2)).sum()
        };
        let (mut a, mut b) = (
            self.without(others).peekable(),
            other.without(own).peekable(),
        );
        let mut product = 0.0;
        while let (Some(one), Some(two)) = (a.peek(), b.peek()) {
            match one.0.cmp(&two.0) {
                std::cmp::Ordering::Less => drop(a.next()),
                std::cmp::Ordering::Greater => drop(b.next()),
                std::cmp::Ordering::Equal => {
                    product += (one.1 - STRANGERS) * (two.1 - STRANGERS);
                    a.next();
                    b.next();
                }
            }
        }
        let strengths = (DOUBT + strength(self, others)) * (DOUBT + strength(other, own));
        product / strengths.sqrt()
    }

    fn without(&self, aside: Option<usize>) -> impl Iterator<Item = (u32, f32)> {
        let others = self.0.iter().copied();
        others.filter(move |(other, _)| Some(*other as usize) != aside)
    }
}

/// The order of others by how alike they are.
pub(super) fn most_alike_first(a: &(u32, f32), b: &(u32, f32)) -> std::cmp::Ordering {
    b.1.total_cmp(&a.1).then(a.0.cmp(&b.0))
}

/// How often what two questions ask is asked, for how alike each is to yet another question: a factor, 1 where
/// that is as usual. `others`: how many other questions there are.
pub(super) fn popularity(first: f32, second: f32, others: usize) -> f32 {
    let others = others as f32;
    let alike = (first * second).sqrt();
    let alike = (others * alike + FEW * USUAL) / (others + FEW);
    (alike.clamp(*RANGE.start(), *RANGE.end()) / USUAL).powf(2.5)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_company_keeps_the_most_alike() {
        let others = (0..50).map(|number| (number, 0.3 + 0.01 * number as f32));
        let company = Company::of(others.collect());
        let others: Vec<u32> = company.0.iter().map(|(other, _)| *other).collect();
        assert_eq!((others.len(), others[0], others[MOST - 1]), (MOST, 10, 49));
        assert!((company.closest(Some(49)) - 0.78).abs() < 1e-6);
    }

    #[test]
    fn questions_with_the_same_acquaintances_have_more_in_common() {
        let company = |others: &[u32]| Company::of(others.iter().map(|it| (*it, 0.5)).collect());
        let own = company(&[3, 4, 5, 6]);
        let common = |others: &[u32]| own.in_common(Some(1), &company(others), Some(2));
        assert!(common(&[3, 4, 5, 6]) > common(&[3, 4, 8, 9]));
        assert!(common(&[3, 4, 8, 9]) > 0.0);
        assert_eq!(common(&[7, 8]), 0.0);
        let near = |a: f32, b: f32| (a - b).abs() < 1e-6;
        assert!(near(
            own.in_common(Some(1), &company(&[1, 3]), None),
            common(&[3])
        ));
    }

    #[test]
    fn what_is_asked_often_is_likelier_asked_again_once_there_are_many_questions() {
        assert!(popularity(0.7, 0.7, 5_000) > 1.2);
        assert!(popularity(0.2, 0.2, 5_000) < 0.5);
        assert!((popularity(0.0, 0.0, 0) - 1.0).abs() < 1e-6);
        assert!(popularity(0.2, 0.2, 20) > 0.9);
    }
}
