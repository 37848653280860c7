//! Offsets as machines write them: seconds with a fraction. An offset is whole seconds, so the fraction
//! is cut off: whoever looks up that second then finds the topic that begins in it.

use crate::domain::offset::Offset;

/// The whole seconds of `3134`, `3134.5` or `3.1345e3`.
pub(super) fn whole(text: &str) -> Option<Offset> {
    // A number's words, such as `inf`, and signs are none of ours.
    let seconds: f64 = text
        .starts_with(|c: char| c.is_ascii_digit())
        .then(|| text.parse().ok())??;
    whole_of(seconds)
}

/// The whole seconds of a number of seconds.
pub(super) fn whole_of(seconds: f64) -> Option<Offset> {
    (0.0..=f64::from(u32::MAX))
        .contains(&seconds)
        .then(|| Offset::from_seconds(seconds as u32))
}

/// As [`whole`], or written for people: `00:52:14.250`.
pub(super) fn whole_or_clock(text: &str) -> Option<Offset> {
    let text = text.trim();
    whole(text).or_else(|| text.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fraction_is_cut_off() {
        let seconds = |text| whole_or_clock(text).map(Offset::seconds);
        assert_eq!(seconds("62.999"), Some(62));
        assert_eq!(seconds("62.50"), Some(62));
        assert_eq!(seconds("0"), Some(0));
        assert_eq!(seconds("1e2"), Some(100));
        assert_eq!(seconds("00:01:02.999"), Some(62));
    }

    #[test]
    fn what_is_no_number_of_seconds_is_refused() {
        for text in ["", "-1", "-0.5", "inf", "NaN", "1e99", "4294967296", "soon"] {
            assert_eq!(whole_or_clock(text), None, "{text}");
        }
    }
}
