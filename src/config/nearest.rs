//! The word that somebody probably meant.

/// `; did you mean …?` with the candidate nearest to the word, or nothing when none is near.
pub(super) fn did_you_mean<S: AsRef<str>>(word: &str, candidates: &[S]) -> String {
    let near = candidates
        .iter()
        .map(|candidate| (distance(word, candidate.as_ref()), candidate.as_ref()))
        .filter(|(distance, candidate)| *distance <= 1 + candidate.chars().count() / 4)
        .min();
    near.map(|(_, candidate)| format!("; did you mean `{candidate}`?"))
        .unwrap_or_default()
}

/// How many letters must be changed, added or left out (Levenshtein).
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().enumerate() {
        let mut diagonal = i;
        row[0] = i + 1;
        for (j, to) in b.iter().enumerate() {
            let changed = diagonal + usize::from(from != *to);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_keyboard_is_understood() {
        let keys = ["channel", "at", "days", "when_empty"];
        assert_eq!(did_you_mean("chanel", &keys), "; did you mean `channel`?");
        assert_eq!(
            did_you_mean("when-empty", &keys),
            "; did you mean `when_empty`?"
        );
        assert_eq!(did_you_mean("colour", &keys), "");
    }
}
