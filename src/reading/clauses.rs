//! A message cut into clauses, each brought to plain letters so that rules stay short.
//!
//! *Plain* means: ASCII in lower case without accents, one blank between words, no apostrophes (`dont`),
//! no letter more than twice in a row, words in their usual spelling (`you` for `u`); a line break where
//! a comma stood; without the words that merely lead in (`hello sir, but`). A number or a name among
//! those leaves a `#`, since it may be what the sentence is about (`49:40 is my favourite`). Code, links,
//! quotations and words of other scripts become `~`.

use std::ops::Range;

use super::letters;
use super::lexicon::Lexicon;
use super::offsets::quiet;
use super::quotation::quotations;

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
    /// Is any of them of another script?
    pub other_script: bool,
}

/// A message in plain letters.
#[derive(Debug, Default)]
pub(super) struct Plain {
    /// A line or more for each clause.
    pub text: String,
    pub clauses: Vec<PlainClause>,
}

impl Plain {
    /// A clause's text; nothing for one that is not there.
    pub fn of(&self, nth: usize) -> &str {
        self.clauses
            .get(nth)
            .map_or("", |clause| &self.text[clause.plain.clone()])
    }
}

/// Cuts a message into its clauses.
pub(super) fn plain(text: &str, lexicon: &Lexicon) -> Plain {
    let mut writer = Writer::new(text, lexicon);
    let mut from = 0;
    for place in places(text) {
        // A quotation may hold a link.
        if place.start < from {
            continue;
        }
        writer.read(from..place.start);
        writer.place(&place);
        from = place.end;
    }
    writer.read(from..text.len());
    writer.end_clause(text.len(), false);
    writer.out
}

/// Where somebody else speaks, or something to a machine; in order.
fn places(text: &str) -> Vec<Range<usize>> {
    let mut places: Vec<_> = quiet::places(text).into_iter().map(|it| it.at).collect();
    let quiet = places.len();
    places.extend(quotations(text));
    if quiet > 0 {
        places.sort_unstable_by_key(|place| place.start);
    }
    places
}

struct Writer<'a> {
    text: &'a str,
    lexicon: &'a Lexicon,
    out: Plain,
    /// Where the current clause, its current comma part and its current word start in `out.text`.
    clause: usize,
    part: usize,
    word: usize,
    /// Where the current clause starts in the message, once it has a word.
    at: Option<usize>,
    now: Sofar,
}

/// What has been seen of the current clause.
#[derive(Debug, Default)]
struct Sofar {
    words: usize,
    function_word: bool,
    other_script: bool,
    /// Letters of scripts that put no blanks between words.
    unspaced: usize,
    /// Has the current part got past the words that lead in?
    led: bool,
    /// Was the last of them a greeting?
    greeted: bool,
    /// Was it a number or somebody's name?
    named: bool,
}

impl<'a> Writer<'a> {
    fn new(text: &'a str, lexicon: &'a Lexicon) -> Self {
        let out = Plain {
            text: String::with_capacity(text.len() + text.len() / 4 + 8),
            clauses: Vec::new(),
        };
        Self {
            text,
            lexicon,
            out,
            clause: 0,
            part: 0,
            word: 0,
            at: None,
            now: Sofar::default(),
        }
    }

    fn read(&mut self, range: Range<usize>) {
        let bytes = self.text.as_bytes();
        let mut at = range.start;
        while at < range.end {
            let byte = bytes[at];
            if !byte.is_ascii() {
                at += self.beyond_ascii(at);
                continue;
            }
            match byte {
                b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' => {
                    self.letter(at, byte.to_ascii_lowercase());
                }
                b'\'' | b'`' | b'*' | b'_' => {}
                b'?' if !self.of_code(at) => at = self.closing_marks(at),
                b';' if self.now.other_script && letters::ends_in_greek(&self.text[..at]) => {
                    self.end_clause(at + 1, true);
                }
                b'!' | b';' | b'\n' => self.end_clause(at + 1, false),
                b'.' if self.abbreviated() => self.end_word(),
                b'.' if !self.before_a_digit(at) => at = self.closing_marks(at),
                b':' if self.before_a_blank(at + 1) => self.end_clause(at + 1, false),
                b'-' if self.is_dash(at, 1) => self.end_part(),
                b',' => self.end_part(),
                b'@' => self.mention(&mut at),
                _ => self.end_word(),
            }
            at += 1;
        }
    }

    /// A character beyond ASCII; says how many bytes it has.
    fn beyond_ascii(&mut self, at: usize) -> usize {
        let Some(c) = self.text[at..].chars().next() else {
            return 1;
        };
        match c {
            '\u{2019}' | '\u{2018}' => {}
            c if letters::is_question_mark(c) => self.end_clause(at + c.len_utf8(), true),
            '。' | '！' | '…' | '।' | '۔' => self.end_clause(at + c.len_utf8(), false),
            '、' | '，' | '،' => self.end_part(),
            '–' | '—' if self.is_dash(at, c.len_utf8()) => self.end_part(),
            '\u{C0}'..='\u{24F}' => self.letter(at, letters::base(c)),
            c if letters::is_letter(c) => self.other_letter(at, c),
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

    /// One `~` stands for a whole word of another script.
    fn other_letter(&mut self, at: usize, c: char) {
        self.at.get_or_insert(at);
        self.now.other_script = true;
        self.now.unspaced += usize::from(letters::is_unspaced(c));
        if !self.out.text[self.word..].ends_with('~') {
            self.out.text.push('~');
        }
    }

    /// Code, a link or a quotation: one word that no rule knows. `<@1200000000000000001>` is somebody's
    /// name, and a custom emoji is no word.
    fn place(&mut self, place: &Range<usize>) {
        self.end_word();
        let text = &self.text[place.clone()];
        if text.starts_with("<@") {
            self.name(place.start);
        } else if !(text.starts_with("<:") || text.starts_with("<a:")) {
            self.at.get_or_insert(place.start);
            self.out.text.push('~');
            self.end_word();
        }
    }

    /// `@name` addresses somebody and says nothing else.
    fn mention(&mut self, at: &mut usize) {
        self.end_word();
        let name = self.text[*at + 1..]
            .bytes()
            .take_while(|b| b.is_ascii_alphanumeric() || *b == b'_')
            .count();
        if name > 0 {
            self.name(*at);
        }
        *at += name;
    }

    fn name(&mut self, at: usize) {
        self.at.get_or_insert(at);
        self.now.named = !self.now.led;
    }

    fn end_word(&mut self) {
        let word = &self.out.text[self.word..];
        if word.is_empty() {
            return;
        }
        let known = self.lexicon.get(word);
        self.now.words += 1;
        self.now.function_word |= known.is_some_and(|word| word.function);
        if let Some(known) = known
            && known.spelled != word
        {
            self.out.text.truncate(self.word);
            self.out.text.push_str(known.spelled);
        }
        if self.now.led || !self.leads_in(known.map(|known| (known.lead, known.greeting))) {
            self.out.text.push(' ');
        } else {
            self.out.text.truncate(self.part);
        }
        self.word = self.out.text.len();
    }

    /// Does the word in hand merely lead in? What is known of it: is it a lead, and a greeting?
    fn leads_in(&mut self, known: Option<(bool, bool)>) -> bool {
        let number = self.out.text.as_bytes()[self.word].is_ascii_digit();
        let (lead, greeting) = known.unwrap_or((self.now.greeted, false));
        self.now.greeted = greeting;
        if number || lead {
            self.now.named = number;
            return true;
        }
        if self.now.named {
            self.out.text.insert_str(self.word, "# ");
        }
        (self.now.named, self.now.led) = (false, true);
        false
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
        (self.now.led, self.now.greeted, self.now.named) = (false, false, false);
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
            self.push_clause(start, end, question_mark);
        } else if question_mark && !self.mark_the_last(end) {
            // A bare `??`.
            let start = self.text[..end].trim_end_matches(['?', '!', '.']).len();
            self.push_clause(start.min(end), end, true);
        }
        self.clause = self.out.text.len();
        (self.part, self.word) = (self.clause, self.clause);
        self.now = Sofar::default();
    }

    fn push_clause(&mut self, start: usize, end: usize, question_mark: bool) {
        while self.out.text.len() > self.clause && self.out.text.ends_with([' ', '\n']) {
            self.out.text.pop();
        }
        self.out.clauses.push(PlainClause {
            plain: self.clause..self.out.text.len(),
            at: start..start + self.text[start..end].trim_end().len(),
            question_mark,
            // Where no blanks part the words, two letters are about one.
            words: self.now.words + self.now.unspaced / 2,
            function_word: self.now.function_word,
            other_script: self.now.other_script,
        });
        self.out.text.push('\n');
    }

    /// A question mark by itself (`why is that 🤔 ?`) belongs to the clause before it on the same line.
    fn mark_the_last(&mut self, end: usize) -> bool {
        let Some(last) = self.out.clauses.last_mut() else {
            return false;
        };
        if !self.text[last.at.end..end].contains('\n') {
            last.question_mark = true;
            last.at.end = end;
        }
        true
    }

    /// `watch?v=`, `{:?}`: no sentence ends here.
    fn of_code(&self, at: usize) -> bool {
        let after = &self.text[at + 1..];
        let name = after
            .bytes()
            .take_while(|b| b.is_ascii_alphanumeric())
            .count();
        name > 0 && after[name..].starts_with('=') || self.text[..at].ends_with([':', '{'])
    }

    /// `mr. Hale`, `e.g. this`: no sentence ends here.
    fn abbreviated(&self) -> bool {
        ABBREVIATIONS.contains(&&self.out.text[self.word..])
    }

    /// ` - `, not `n-1`.
    fn is_dash(&self, at: usize, bytes: usize) -> bool {
        self.text[..at].ends_with([' ', '\n']) && self.before_a_blank(at + bytes)
    }

    fn before_a_blank(&self, at: usize) -> bool {
        matches!(self.text.as_bytes().get(at), Some(b' ' | b'\n'))
    }

    fn before_a_digit(&self, at: usize) -> bool {
        self.text
            .as_bytes()
            .get(at + 1)
            .is_some_and(u8::is_ascii_digit)
    }
}

/// Words that end in a full stop in the middle of a sentence.
const ABBREVIATIONS: [&str; 10] = ["mr", "mrs", "ms", "dr", "prof", "vs", "e", "g", "eg", "ie"];
