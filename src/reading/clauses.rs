//! A message cut into clauses, each brought to plain letters so that rules stay short.
//!
//! *Plain* means: ASCII in lower case, one blank between words, no apostrophes (`dont`), no letter more
//! than twice in a row, `~` for a letter of another script; a line break where a comma stood; without
//! the words that merely lead in (`hello sir, but`). Code and links become one word.

use std::ops::Range;

use super::offsets::quiet;
use super::rules::Language;

/// A clause in plain letters, and where it stands in the message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PlainClause {
    /// In bytes of [`Plain::text`].
    pub plain: Range<usize>,
    /// In bytes of the message, its closing marks included.
    pub at: Range<usize>,
    /// Does it end in a question mark?
    pub question_mark: bool,
    /// How many words it has, those that lead in included.
    pub words: usize,
    /// Is any of them a function word of the language?
    pub function_word: bool,
}

/// A message in plain letters.
#[derive(Debug, Default)]
pub(super) struct Plain {
    pub text: String,
    pub clauses: Vec<PlainClause>,
}

/// Cuts a message into its clauses.
pub(super) fn plain(text: &str, language: &Language) -> Plain {
    let mut writer = Writer::new(text, language);
    let places = quiet::places(text);
    let mut from = 0;
    for place in &places {
        writer.read(from..place.at.start);
        writer.placeholder(&place.at);
        from = place.at.end;
    }
    writer.read(from..text.len());
    writer.end_clause(text.len(), false);
    writer.out
}

struct Writer<'a> {
    text: &'a str,
    language: &'a Language,
    out: Plain,
    /// Where the current clause, its current comma part and its current word start in `out.text`.
    clause: usize,
    part: usize,
    word: usize,
    /// Where the current clause starts in the message, once it has a word.
    at: Option<usize>,
    leading: bool,
    words: usize,
    function_word: bool,
}

impl<'a> Writer<'a> {
    fn new(text: &'a str, language: &'a Language) -> Self {
        let out = Plain {
            text: String::with_capacity(text.len() + 8),
            clauses: Vec::new(),
        };
        Self {
            text,
            language,
            out,
            clause: 0,
            part: 0,
            word: 0,
            at: None,
            leading: true,
            words: 0,
            function_word: false,
        }
    }

    fn read(&mut self, range: Range<usize>) {
        let bytes = self.text.as_bytes();
        let mut at = range.start;
        while at < range.end {
            let byte = bytes[at];
            if !byte.is_ascii() {
                at += self.other_script(at);
                continue;
            }
            match byte {
                b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' => {
                    self.letter(at, byte.to_ascii_lowercase())
                }
                b'\'' | b'`' | b'*' | b'_' => {}
                b'?' if !self.inside_a_word(at) => at = self.closing_marks(at),
                b'!' | b';' | b'\n' => self.end_clause(at + 1, false),
                b'.' if !self.before_a_digit(at) => at = self.closing_marks(at),
                b',' => self.end_part(),
                b'@' => self.mention(&mut at),
                _ => self.end_word(),
            }
            at += 1;
        }
    }

    /// A character beyond ASCII; says how many bytes it has.
    fn other_script(&mut self, at: usize) -> usize {
        let Some(c) = self.text[at..].chars().next() else {
            return 1;
        };
        match c {
            '\u{2019}' | '\u{2018}' => {}
            '？' | '؟' | '‽' | '⁇' | '⁉' => self.end_clause(at + c.len_utf8(), true),
            '。' | '！' | '…' => self.end_clause(at + c.len_utf8(), false),
            c if c.is_alphabetic() => self.letter(at, b'~'),
            _ => self.end_word(),
        }
        c.len_utf8()
    }

    fn letter(&mut self, at: usize, plain: u8) {
        self.at.get_or_insert(at);
        let written = self.out.text.as_bytes();
        let twice =
            written.len() >= self.word + 2 && written[written.len() - 2..] == [plain, plain];
        if twice && plain.is_ascii_lowercase() {
            return;
        }
        self.out.text.push(char::from(plain));
    }

    /// Code or a link: one word that no rule knows.
    fn placeholder(&mut self, place: &Range<usize>) {
        self.end_word();
        self.at.get_or_insert(place.start);
        self.out.text.push('~');
        self.end_word();
    }

    /// `@name` addresses somebody and says nothing else.
    fn mention(&mut self, at: &mut usize) {
        self.end_word();
        let name = self.text[*at + 1..]
            .bytes()
            .take_while(|b| b.is_ascii_alphanumeric() || *b == b'_')
            .count();
        if name > 0 {
            self.at.get_or_insert(*at);
        }
        *at += name;
    }

    fn end_word(&mut self) {
        let word = &self.out.text[self.word..];
        if word.is_empty() {
            return;
        }
        self.words += 1;

        self.function_word =
            self.function_word || self.language.function_words.binary_search(&word).is_ok();
        self.leading = self.leading
            && (word.starts_with(|c: char| c.is_ascii_digit())
                || self.language.leads.binary_search(&word).is_ok());
        if self.leading {
            self.out.text.truncate(self.part);
        } else {
            self.out.text.push(' ');
        }
        self.word = self.out.text.len();
    }

    /// A comma: what follows may be a question of its own.
    fn end_part(&mut self) {
        self.end_word();
        if self.out.text.len() > self.part {
            self.out.text.pop();
            self.out.text.push('\n');
        }
        self.part = self.out.text.len();
        self.word = self.part;
        self.leading = true;
    }

    /// `?`, `?!`, `...`: ends the clause after the last of them; gives the last one's place.
    fn closing_marks(&mut self, at: usize) -> usize {
        let marks = self.text[at..]
            .bytes()
            .take_while(|b| matches!(b, b'?' | b'!' | b'.'))
            .count();
        let question_mark = self.text[at..at + marks].contains('?');
        self.end_clause(at + marks, question_mark);
        at + marks - 1
    }

    fn end_clause(&mut self, end: usize, question_mark: bool) {
        self.end_word();
        if let Some(start) = self.at.take() {
            while self.out.text.len() > self.clause && self.out.text.ends_with([' ', '\n']) {
                self.out.text.pop();
            }
            let plain = self.clause..self.out.text.len();
            let (words, function_word) = (self.words, self.function_word);
            let at = start..start + self.text[start..end].trim_end().len();
            self.out.clauses.push(PlainClause {
                plain,
                at,
                question_mark,
                words,
                function_word,
            });
        } else if question_mark {
            self.mark_the_last(end);
        }
        (self.clause, self.part, self.word) = (
            self.out.text.len(),
            self.out.text.len(),
            self.out.text.len(),
        );
        (self.leading, self.words, self.function_word) = (true, 0, false);
    }

    /// A question mark by itself (`why is that 🤔 ?`) belongs to the clause before it on the same line.
    fn mark_the_last(&mut self, end: usize) {
        if let Some(last) = self.out.clauses.last_mut()
            && !self.text[last.at.end..end].contains('\n')
        {
            last.question_mark = true;
            last.at.end = end;
        }
    }

    /// `watch?v=`: a parameter follows, not the next sentence.
    fn inside_a_word(&self, at: usize) -> bool {
        let after = &self.text[at + 1..];
        let name = after
            .bytes()
            .take_while(|b| b.is_ascii_alphanumeric())
            .count();
        name > 0 && after[name..].starts_with('=')
    }

    fn before_a_digit(&self, at: usize) -> bool {
        self.text
            .as_bytes()
            .get(at + 1)
            .is_some_and(u8::is_ascii_digit)
    }
}
