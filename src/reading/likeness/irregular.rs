//! Forms of words that no ending explains.

use std::collections::HashMap;
use std::sync::LazyLock;

/// A word, and its forms.
const IRREGULAR: &[&str] = &[
    "be is are was were am been being",
    "become became",
    "begin began begun",
    "break broke broken",
    "bring brought",
    "build built",
    "buy bought",
    "can could",
    "catch caught",
    "child children",
    "choose chose chosen",
    "come came",
    "die died dying dies",
    "do does did done",
    "drive drove driven",
    "eat ate eaten",
    "fall fell fallen",
    "feel felt",
    "fight fought",
    "find found",
    "foot feet",
    "forget forgot forgotten",
    "get got gotten",
    "give gave given",
    "go went gone",
    "good better best",
    "bad worse worst",
    "grow grew grown",
    "have has had having",
    "hear heard",
    "hide hid hidden",
    "hold held",
    "index indices",
    "keep kept",
    "know knew known",
    "leave left",
    "life lives",
    "lose lost",
    "make made",
    "man men",
    "matrix matrices",
    "mean meant",
    "meet met",
    "mouse mice",
    "pay paid",
    "person people persons",
    "rise rose risen",
    "run ran",
    "say said",
    "see saw seen",
    "sell sold",
    "send sent",
    "shall should",
    "show shown",
    "sleep slept",
    "speak spoke spoken",
    "spend spent",
    "steal stole stolen",
    "swim swam",
    "take took taken",
    "teach taught",
    "tell told",
    "think thought",
    "throw threw thrown",
    "understand understood",
    "vertex vertices",
    "wear wore worn",
    "wife wives",
    "will would",
    "may might",
    "win won",
    "woman women",
    "write wrote written",
];

/// The word of which another, in lower case, is a form; itself if it is none of these.
pub(super) fn uninflected(word: &str) -> &str {
    UNINFLECTED.get(word).copied().unwrap_or(word)
}

static UNINFLECTED: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
    let words = IRREGULAR.iter().filter_map(|line| line.split_once(' '));
    words
        .flat_map(|(word, forms)| forms.split(' ').map(move |form| (form, word)))
        .collect()
});
