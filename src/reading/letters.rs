//! Letters and marks beyond ASCII: what asks, what has a plain letter under its accents, and which
//! scripts put no blanks between words.

use unicode_normalization::char::decompose_canonical;

/// Other languages' question marks: full-width, Arabic, Greek, Armenian, Ethiopic, doubled, small, turned.
pub(super) const fn is_question_mark(c: char) -> bool {
    matches!(
        c,
        '？' | '؟' | '\u{37E}' | '՞' | '፧' | '⁇' | '⁈' | '⁉' | '‽' | '⸮' | '﹖' | '︖' | '꘏'
    )
}

/// Is it a letter of any script? The commonest scripts and symbols are told by where they stand, since
/// to look a character up takes longer than all else that is done with it.
pub(super) fn is_letter(c: char) -> bool {
    match c {
        // Cyrillic and most of Greek, Arabic, Devanagari, kana, Chinese characters, Hangul.
        '\u{388}'..='\u{481}'
        | '\u{48A}'..='\u{52F}'
        | '\u{620}'..='\u{64A}'
        | '\u{904}'..='\u{939}'
        | '\u{3041}'..='\u{3096}'
        | '\u{30A1}'..='\u{30FA}'
        | '\u{4E00}'..='\u{9FFF}'
        | '\u{AC00}'..='\u{D7A3}' => true,
        // Punctuation and symbols, what chooses a picture's variant, pictures.
        '\u{2000}'..='\u{206F}'
        | '\u{2190}'..='\u{23FF}'
        | '\u{2600}'..='\u{27BF}'
        | '\u{FE00}'..='\u{FE0F}'
        | '\u{1F300}'..='\u{1FAFF}' => false,
        c => c.is_alphabetic(),
    }
}

/// Is the last letter Greek? Greek asks with what others take for a semicolon.
pub(super) fn ends_in_greek(text: &str) -> bool {
    let last = text.trim_end().chars().next_back();
    last.is_some_and(|c| matches!(c, '\u{370}'..='\u{3FF}' | '\u{1F00}'..='\u{1FFF}'))
}

/// Is it of a script without blanks between words: Thai and Lao, Khmer, kana and Chinese characters?
pub(super) const fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{E00}'..='\u{EFF}' | '\u{1780}'..='\u{17FF}' | '\u{3040}'..='\u{9FFF}')
}

/// The Latin letter under the accents, in lower case; `~` where there is none.
pub(super) fn base(c: char) -> u8 {
    let mut base = b'~';
    decompose_canonical(c, |part| {
        if part.is_ascii_alphabetic() {
            base = part.to_ascii_lowercase() as u8;
        }
    });
    base
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_are_taken_off() {
        let bases: String = "éÀñüžŁø".chars().map(|c| char::from(base(c))).collect();
        assert_eq!(bases, "eanuz~~");
    }

    #[test]
    fn a_letter_is_one_in_every_script() {
        for c in "sßжΩλم한कのカ漢ไՀא".chars() {
            assert!(is_letter(c), "{c}");
        }
        for c in "…—→☃❤🎉，。؟।1\u{FE0F}\u{200D}".chars() {
            assert!(!is_letter(c), "{c}");
        }
    }
}
