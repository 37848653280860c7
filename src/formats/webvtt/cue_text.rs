//! A line of a cue's text: marks such as `<v Ada>` and references such as `&amp;`, there and back.

/// What a line says, without marks and with its references resolved.
pub(super) fn plain(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    // Past the last `>` no mark is looked for, lest each `<` search the whole line in vain.
    let last_close = line.rfind('>').unwrap_or(0);
    let mut rest = line;
    while let Some(at) = rest.find(['<', '&']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let (said, length) = match rest.starts_with('<') {
            true if line.len() - rest.len() < last_close => mark(rest),
            true => ("<", 1),
            false => reference(rest),
        };
        out.push_str(said);
        rest = &rest[length..];
    }
    out + rest
}

/// A mark says nothing; a `<` that opens none is text.
fn mark(text: &str) -> (&str, usize) {
    let opens = text[1..].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '/');
    match text.find('>').filter(|_| opens) {
        Some(close) => ("", close + 1),
        None => ("<", 1),
    }
}

/// The references that a cue may hold (WebVTT, section 4.2.2); any other `&` is text.
const REFERENCES: &[(&str, &str)] = &[
    ("&amp;", "&"),
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&quot;", "\""),
    ("&#39;", "'"),
    ("&nbsp;", "\u{A0}"),
    ("&lrm;", "\u{200E}"),
    ("&rlm;", "\u{200F}"),
];

fn reference(text: &str) -> (&str, usize) {
    REFERENCES
        .iter()
        .find(|(name, _)| text.starts_with(name))
        .map_or(("&", 1), |(name, says)| (*says, name.len()))
}

/// A line as a cue may hold it. A blank one would end the cue, so that it becomes a space that is seen.
pub(super) fn escaped(line: &str) -> String {
    if line.trim().is_empty() {
        return "&nbsp;".to_owned();
    }
    line.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_taken_off_and_references_resolved() {
        assert_eq!(plain("<v Ada>Knots &amp; <i>bends</i>"), "Knots & bends");
        assert_eq!(plain("<00:10.000>a < b && c &copy;"), "a < b && c &copy;");
        assert_eq!(plain("&lt;b&gt; <unclosed"), "<b> <unclosed");
    }

    #[test]
    fn many_openings_without_an_end_take_no_longer() {
        let line = "<a".repeat(200_000);
        assert_eq!(plain(&line), line);
    }

    proptest::proptest! {
        #[test]
        fn what_is_escaped_is_plain_again(line in r"[a-z&;<>#/ ]{0,30}[a-z]") {
            proptest::prop_assert_eq!(plain(&escaped(&line)), line);
        }
    }
}
