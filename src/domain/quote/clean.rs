//! Takes out what cannot be seen, or what spoils the lines around it: controls, terminal escapes, invisible and
//! direction-changing characters, towers of combining marks, line breaks.

use std::iter::Peekable;
use std::str::Chars;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Diacritics that Latin, Greek and Cyrillic stack by hand; two are plenty for any language.
const DIACRITICS_MAX: usize = 2;

/// Vowel signs and cantillation of other scripts, which rightly carry more.
const MARKS_MAX: usize = 4;

/// Visible characters on one line, composed (NFC), single spaces between words.
pub(super) fn clean(text: &str) -> String {
    let visible = without_invisible(&without_terminal_escapes(text));
    let composed: String = visible.nfc().collect();
    one_line(&without_towers(&composed))
}

/// Leaves out ECMA-48 control sequences (`ESC [ … letter`) and strings (`ESC ] … BEL`), with what they carry.
fn without_terminal_escapes(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\u{1b}' if chars.next_if_eq(&'[').is_some() => skip_sequence(&mut chars),
            '\u{1b}'
                if chars
                    .next_if(|c| matches!(c, ']' | 'P' | '_' | '^' | 'X'))
                    .is_some() =>
            {
                skip_string(&mut chars);
            }
            '\u{9b}' => skip_sequence(&mut chars),
            '\u{9d}' | '\u{90}' | '\u{9f}' | '\u{9e}' | '\u{98}' => skip_string(&mut chars),
            _ => kept.push(c),
        }
    }
    kept
}

/// A control sequence's parameters (0x20–0x3F), then its one final letter (0x40–0x7E).
fn skip_sequence(chars: &mut Peekable<Chars<'_>>) {
    while chars.next_if(|c| matches!(c, ' '..='?')).is_some() {}
    chars.next_if(|c| matches!(c, '@'..='~'));
}

/// A control string: up to BEL or ST on the same line; an unclosed one takes nothing with it.
fn skip_string(chars: &mut Peekable<Chars<'_>>) {
    let mut ahead = chars.clone();
    while let Some(c) = ahead.next() {
        match c {
            '\u{7}' | '\u{9c}' => return *chars = ahead,
            '\u{1b}' if ahead.next_if_eq(&'\\').is_some() => return *chars = ahead,
            '\n' => return,
            _ => {}
        }
    }
}

fn without_invisible(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    let mut before = ' ';
    while let Some(c) = chars.next() {
        let joins_emoji = match c {
            '\u{200d}' => is_pictorial(before) && chars.peek().copied().is_some_and(is_pictorial),
            '\u{fe0f}' => is_pictorial(before) && before != c,
            _ => false,
        };
        if c.is_whitespace() {
            kept.push(' ');
        } else if joins_emoji || !is_invisible(c) {
            kept.push(c);
        } else {
            continue;
        }
        before = c;
    }
    kept
}

/// Symbols and emoji, roughly: the blocks in which joiners and presentation selectors have a meaning.
fn is_pictorial(c: char) -> bool {
    matches!(c, '\u{2190}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}' | '\u{fe0f}')
        && !is_invisible_blank(c)
}

/// Controls, Unicode's Default_Ignorable_Code_Point, blanks that pass for letters, private use and noncharacters.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || is_invisible_blank(c)
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{70f}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff0}'..='\u{fffb}'
            | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}'
            | '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}' | '\u{fdd0}'..='\u{fdef}')
        || (c as u32) & 0xfffe == 0xfffe
}

/// Letters and symbols that are drawn as nothing: the Hangul fillers and the empty Braille cell.
fn is_invisible_blank(c: char) -> bool {
    matches!(
        c,
        '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' | '\u{2800}'
    )
}

/// Marks on nothing are dropped, and those past the limit on one letter.
fn without_towers(text: &str) -> String {
    let mut marks = usize::MAX;
    let keep = |c: &char| {
        if !is_combining_mark(*c) {
            marks = if *c == ' ' { usize::MAX } else { 0 };
            return true;
        }
        let limit = if is_diacritic(*c) {
            DIACRITICS_MAX
        } else {
            MARKS_MAX
        };
        marks = marks.saturating_add(1);
        marks <= limit
    };
    text.chars().filter(keep).collect()
}

fn is_diacritic(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
}

/// Single spaces between words, none around them.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
