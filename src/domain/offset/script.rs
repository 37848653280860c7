//! Digits and colons of other scripts, brought to ASCII.
//!
//! Unicode's compatibility forms (NFKC) would map full-width characters but neither the ratio sign
//! nor Arabic-Indic digits, so the few that people type are listed here.

use std::borrow::Cow;

/// The first digit of each run of ten that people type instead of ASCII's.
const ZEROS: [char; 4] = [
    '\u{0660}', // Arabic-Indic
    '\u{06F0}', // Persian and Urdu
    '\u{0966}', // Devanagari
    '\u{FF10}', // full width
];

/// Is this a colon, in ASCII or as other keyboards write it?
pub const fn is_colon(c: char) -> bool {
    matches!(
        c,
        ':' | '\u{FF1A}' | '\u{FE55}' | '\u{FE13}' | '\u{2236}' | '\u{A789}' | '\u{02D0}'
    )
}

/// The text with digits, colons, quotes and full-width letters in ASCII, and without the invisible
/// marks that a text picks up between left-to-right and right-to-left writing.
///
/// ```
/// use beadle::domain::offset::to_ascii;
/// assert_eq!(to_ascii("５２：１４"), "52:14");
/// ```
pub fn to_ascii(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    Cow::Owned(
        text.chars()
            .filter(|c| !is_invisible(*c))
            .map(ascii_of)
            .collect(),
    )
}

fn ascii_of(c: char) -> char {
    if is_colon(c) {
        return ':';
    }
    if let Some(digit) = digit_of(c) {
        return char::from(b'0' + digit);
    }
    match c {
        '\u{2019}' | '\u{2032}' | '\u{2018}' => '\'',
        '\u{201D}' | '\u{2033}' | '\u{201C}' => '"',
        '\u{A0}' | '\u{202F}' | '\u{2009}' | '\u{3000}' => ' ',
        // Full-width ASCII stands in the same order as ASCII itself.
        '\u{FF01}'..='\u{FF5E}' => char::from((c as u32 - 0xFEE0) as u8),
        other => other,
    }
}

fn digit_of(c: char) -> Option<u8> {
    ZEROS.iter().find_map(|&zero| {
        let nth = (c as u32).checked_sub(zero as u32)?;
        u8::try_from(nth).ok().filter(|nth| *nth < 10)
    })
}

/// Marks of writing direction, zero-width spaces and the byte order mark.
const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{061C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}
