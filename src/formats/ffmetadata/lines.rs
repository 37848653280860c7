//! The lines of a metadata file: sections, and pairs in which `\` takes the meaning off the
//! character after it, be it a line break.

use std::borrow::Cow;

/// A value with its escapes resolved, and the byte at which it stands.
pub(super) struct Said<'s> {
    pub text: Cow<'s, str>,
    pub at: usize,
}

/// A line that says something.
pub(super) enum Entry<'s> {
    /// `[CHAPTER]`.
    Section { name: &'s str, at: usize },
    /// `title=Knots`.
    Pair { key: Cow<'s, str>, value: Said<'s> },
    /// Anything else.
    Other { at: usize },
}

/// What a text says, without comments and blank lines.
pub(super) fn entries(text: &str) -> impl Iterator<Item = Entry<'_>> {
    let mut from = 0;
    let lines = std::iter::from_fn(move || {
        let rest = text.get(from..).filter(|rest| !rest.is_empty())?;
        let at = from;
        let length = unescaped(rest, &['\n', '\r']).unwrap_or(rest.len());
        from += (length + 1).min(rest.len());
        Some((&rest[..length], at))
    });
    lines.filter_map(|(line, at)| entry(line, at))
}

fn entry(line: &str, at: usize) -> Option<Entry<'_>> {
    if line.trim().is_empty() || line.starts_with([';', '#']) {
        return None;
    }
    let section = line
        .trim_end()
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'));
    if let Some(name) = section {
        return Some(Entry::Section { name, at });
    }
    Some(match unescaped(line, &['=']) {
        Some(equals) => Entry::Pair {
            key: plain(&line[..equals]),
            value: Said {
                text: plain(&line[equals + 1..]),
                at: at + equals + 1,
            },
        },
        None => Entry::Other { at },
    })
}

/// The first of these characters that no `\` stands before. After a `\`, CR and LF are one break.
fn unescaped(text: &str, wanted: &[char]) -> Option<usize> {
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if c == '\\' {
            if chars.next().is_some_and(|(_, c)| c == '\r') {
                chars.next_if(|(_, c)| *c == '\n');
            }
        } else if wanted.contains(&c) {
            return Some(at);
        }
    }
    None
}

fn plain(text: &str) -> Cow<'_, str> {
    if !text.contains('\\') {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        out.push(if c == '\\' {
            // At the very end it stands for itself.
            chars.next().unwrap_or('\\')
        } else {
            c
        });
    }
    out.into()
}

/// A text as a value may hold it.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '=' | ';' | '#' | '\\' | '\n' | '\r') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
