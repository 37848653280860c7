//! How many letters lie between two words.

/// The longest words compared, in bytes; longer ones are to be cut before.
pub(super) const MAX_BYTES: usize = 40;

/// Edits between two words, a swap of neighbours counting one (optimal string alignment: R. Lowrance
/// and R. A. Wagner, 1975, each part edited once), or `None` past `most`.
pub(super) fn distance(a: &str, b: &str, most: usize) -> Option<usize> {
    let (mut wide_a, mut wide_b) = (['\0'; MAX_BYTES], ['\0'; MAX_BYTES]);
    let (a, b) = (chars(a, &mut wide_a), chars(b, &mut wide_b));
    if a.len().abs_diff(b.len()) > most {
        return None;
    }
    let mut rows = [[0_u8; MAX_BYTES + 1]; 3];
    (0..=b.len()).for_each(|column| rows[0][column] = column as u8);
    for i in 1..=a.len() {
        let [before_last, last, row] = rotated(&mut rows, i);
        row[0] = i as u8;
        let mut least = row[0];
        for j in 1..=b.len() {
            let change = u8::from(a[i - 1] != b[j - 1]);
            let mut cost = (last[j] + 1).min(row[j - 1] + 1).min(last[j - 1] + change);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                cost = cost.min(before_last[j - 2] + 1);
            }
            row[j] = cost;
            least = least.min(cost);
        }
        if usize::from(least) > most {
            return None;
        }
    }
    Some(usize::from(rows[a.len() % 3][b.len()])).filter(|&edits| edits <= most)
}

type Cells = [u8; MAX_BYTES + 1];

/// The rows two above, one above and at hand, of the three that take turns.
fn rotated(rows: &mut [Cells; 3], i: usize) -> [&mut Cells; 3] {
    let [a, b, c] = rows;
    match i % 3 {
        0 => [b, c, a],
        1 => [c, a, b],
        _ => [a, b, c],
    }
}

fn chars<'b>(word: &str, buffer: &'b mut [char; MAX_BYTES]) -> &'b [char] {
    let mut length = 0;
    for (slot, c) in buffer.iter_mut().zip(word.chars()) {
        *slot = c;
        length += 1;
    }
    &buffer[..length]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_wrong_missing_too_many_or_swapped_is_one_edit() {
        for (typed, edits) in [
            ("model", 0),
            ("modal", 1),
            ("modl", 1),
            ("modell", 1),
            ("mdoel", 1),
            ("madal", 2),
        ] {
            assert_eq!(distance(typed, "model", 2), Some(edits), "{typed}");
        }
        assert_eq!(distance("madal", "model", 1), None);
        assert_eq!(distance("", "ab", 2), Some(2));
    }

    proptest::proptest! {
        #[test]
        fn it_is_the_same_both_ways(a in "[abcé]{0,10}", b in "[abcé]{0,10}") {
            proptest::prop_assert_eq!(distance(&a, &b, 3), distance(&b, &a, 3));
            proptest::prop_assert_eq!(distance(&a, &a, 0), Some(0));
        }
    }
}
