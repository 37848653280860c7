//! Places in a message where digits and colons mean something to a machine: code, links, Discord's own marks.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

/// A place whose digits are nobody's offset, and why.
pub(in crate::reading) struct Quiet {
    /// Where it stands, in bytes of the text.
    pub at: Range<usize>,
    /// The rule's name, for [`super::Refused::why`].
    pub why: &'static str,
}

/// One alternative a kind, in the order of [`KINDS`]. A fence that is never closed runs to the end,
/// as Discord shows it.
const PLACES: &str = concat!(
    r"(?s:(```.*?(?:```|\z)|``.+?``|`[^`\n]+`))",
    r"|((?i:[a-z][a-z0-9+.-]{1,15}://|www\.)[^\s<>]+)",
    r"|(<(?:t:|[@#]|/|a?:|id:)[^<>\s]*[^<>]{0,32}>)",
);

const KINDS: [&str; 3] = ["code", "link", "Discord mark"];

/// The quiet places of a text, in order.
pub(in crate::reading) fn places(text: &str) -> Vec<Quiet> {
    static FORM: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(PLACES).ok());
    let Some(form) = FORM.as_ref() else {
        return Vec::new();
    };
    if !(text.contains(['`', '<'])
        || text.contains("://")
        || text.contains("www.")
        || text.contains("WWW."))
    {
        return Vec::new();
    }
    form.captures_iter(text)
        .filter_map(|found| {
            let (nth, place) = (1..=KINDS.len()).find_map(|nth| Some((nth, found.get(nth)?)))?;
            Some(Quiet {
                at: place.range(),
                why: KINDS[nth - 1],
            })
        })
        .collect()
}
