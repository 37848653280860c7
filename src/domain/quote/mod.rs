//! What people wrote, made safe to stand inside Beadle's own words.
//!
//! A text passes three stages: [`clean`] takes out what cannot be seen, [`dissolve`] turns Discord's markup, links and
//! mass mentions into plain words, [`markdown`] escapes what Discord would still read as layout. The functions here
//! combine them. Nothing here may know what a text is about.

mod clean;
mod dissolve;
mod markdown;
#[cfg(test)]
mod tests;

use markdown::Fit;

/// A display name longer than this is cut; Discord itself allows 32.
pub const NAME_MAX_CHARS: usize = 40;

/// No message of Discord's is as long; what a file holds beyond this is not looked at.
const READ_MAX_CHARS: usize = 16_000;

/// A person's words for an embed or a message: one line in quotation marks that pings nobody, links nowhere and lays
/// nothing out. At most `max_chars` characters, escapes and quotation marks included; what is cut ends in `…`.
pub fn quote(text: &str, max_chars: usize) -> String {
    let said = neutral_quotes(&harmless(text));
    if max_chars < 3 {
        return cut_mark(max_chars);
    }
    format!(
        "“{}”",
        or_cut_mark(markdown::fit(&said, max_chars - 2, Fit::Escaped))
    )
}

/// A person's words for a terminal: one line, no control characters, no markdown escapes, no quotation marks around.
/// At most `max_chars` characters; what is cut ends in `…`.
pub fn plain(text: &str, max_chars: usize) -> String {
    markdown::fit(&harmless(text), max_chars, Fit::Plain)
}

/// A person's words for a terminal, in quotation marks: [`plain`], with the marks inside made single.
pub fn plain_quote(text: &str, max_chars: usize) -> String {
    if max_chars < 3 {
        return cut_mark(max_chars);
    }
    let said = neutral_quotes(&harmless(text));
    format!(
        "“{}”",
        or_cut_mark(markdown::fit(&said, max_chars - 2, Fit::Plain))
    )
}

/// A person's words over several lines, each of them marked as quoted: they ping nobody, link nowhere and lay nothing
/// out. Blank lines are left out. At most `max_chars` characters, marks and escapes included; what is cut ends in `…`.
pub fn block(text: &str, max_chars: usize) -> String {
    const MARK: &str = "> ";
    let mut block = String::new();
    let mut left = max_chars;
    for line in text.lines() {
        let room = left.saturating_sub(MARK.len() + 1);
        let line = label(line, room);
        if room == 0 || line.is_empty() {
            continue;
        }
        if !block.is_empty() {
            block.push('\n');
        }
        left = room - line.chars().count();
        block.push_str(MARK);
        block.push_str(&line);
    }
    block
}

/// A title that staff wrote, such as a lecture's or a topic's, for an embed or a message: as [`quote`], but without
/// quotation marks, and safe at the start of a line.
pub fn label(text: &str, max_chars: usize) -> String {
    markdown::fit(&harmless(text), max_chars, Fit::EscapedAtLineStart)
}

/// A person's display name; `someone` when nothing of it can be seen.
pub fn name(text: &str) -> String {
    Some(label(text, NAME_MAX_CHARS))
        .filter(|name| !name.is_empty())
        .unwrap_or_else(|| "someone".to_owned())
}

/// A person's display name for a terminal.
pub fn plain_name(text: &str) -> String {
    Some(plain(text, NAME_MAX_CHARS))
        .filter(|name| !name.is_empty())
        .unwrap_or_else(|| "someone".to_owned())
}

fn harmless(text: &str) -> String {
    match text.char_indices().nth(READ_MAX_CHARS) {
        Some((end, _)) => in_words(&text[..end]) + "…",
        None => in_words(text),
    }
}

/// Cleaned once more at the end, for what was dissolved may have left a mark to the letter before it.
fn in_words(text: &str) -> String {
    clean::clean(&dissolve::dissolve(&clean::clean(text)))
}

/// Double quotation marks become single ones, so that no text can close the quotation it stands in.
fn neutral_quotes(text: &str) -> String {
    let single = |c: char| match c {
        '“' | '„' | '‟' | '«' | '❝' | '〝' | '‹' => '‘',
        '”' | '»' | '❞' | '〞' | '〟' | '›' => '’',
        '"' | '＂' | '″' | 'ˮ' | '״' => '\'',
        other => other,
    };
    text.chars().map(single).collect()
}

fn or_cut_mark(text: String) -> String {
    if text.is_empty() { cut_mark(1) } else { text }
}

fn cut_mark(max_chars: usize) -> String {
    if max_chars == 0 {
        String::new()
    } else {
        "…".to_owned()
    }
}
