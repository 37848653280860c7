//! Plain text, as people copy a chat: [lines with a name](super::named), or what a
//! [window](super::window) shows.
//!
//! Where lines have names, those without one go on with the message before, and so do indented ones.
//! A text in which nobody is named is no chat; whoever says that it is gets a message a line, since a
//! list of comments may hold colons anywhere. What a chat program announces (who came and went) is
//! left out; a web page is refused.

use std::collections::HashSet;
use std::sync::LazyLock;

use regex::Regex;

use super::super::remarks::Remarks;
use super::super::source::{Line, Source};
use super::moments::{Clock, DateOrder, When, when};
use super::named::{Named, named, time_before};
use super::window::{self, Window};
use super::{FORMS, Reading, Said, SaidDraft, UNNAMED_CHANNEL};

/// What a chat program announces, as such lines begin and go on.
static ANNOUNCED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)^(?:\[[^\]]{3,40}\]\s*|\d\d?:\d\d(?::\d\d)?\s+)?(?:",
        r"(?:-!-|-->|<--|\*{3})\s",
        r"|\*\s+\S+ (?:has )?(?:joined|left|quit|parted)\b",
        r"|-{3,}\s*(?:day changed|log opened|log closed)\b)",
        r"|^\d\d?[/.]\d\d?[/.]\d{2,4},?\s+\d\d?:\d\d(?:\s?[ap]\.?m\.?)?\s+-\s[^:]*$"
    ))
    .expect("a well-formed pattern")
});

/// How a web page or another file with marks begins, in small letters.
const MARKUP: &[&str] = &["<!doctype", "<html", "<?xml"];

/// How a text is told.
enum Told {
    /// As a window shows it.
    Window(Window),
    /// Each message begins with a name.
    Names,
    /// Nobody is named, or hardly anybody.
    Lines,
}

/// Reads a chat. `is_chat` says that it is one, whatever it looks like.
pub(super) fn read(source: &Source, is_chat: bool, remarks: &mut Remarks) -> Reading {
    let mut reading = Reading::default();
    if is_markup(source.text()) {
        remarks.tell(
            0,
            "this is a web page or XML, not a chat; export the discussion as text or JSON",
        );
        return reading;
    }
    let is_blank = |line: &Line<'_>| line.text.trim().is_empty();
    let lines: Vec<Line<'_>> = source.lines().filter(|line| !is_blank(line)).collect();
    let (announced, spoken): (Vec<_>, Vec<_>) = lines
        .into_iter()
        .partition(|line| ANNOUNCED.is_match(line.text));
    let texts = || spoken.iter().map(|line| line.text);
    let order = DateOrder::of(texts().filter_map(|line| {
        let of_window = window::header(line).map(|header| header.when);
        of_window.or_else(|| time_before(line))
    }));
    let mut chat = Chat::of(order);
    match told(&spoken, order) {
        Told::Window(kind) => spoken.iter().for_each(|line| chat.hear_window(*line, kind)),
        Told::Names => spoken.iter().for_each(|line| chat.hear_names(*line, true)),
        Told::Lines if is_chat => spoken.iter().for_each(|line| chat.hear_names(*line, false)),
        Told::Lines if spoken.is_empty() => (),
        Told::Lines => remarks.tell(
            spoken[0].at,
            format!("0 messages were found: this is no chat, as nobody is named in it. {FORMS}"),
        ),
    }
    reading.drafts = chat.drafts;
    if let Some(first) = announced.first() {
        let number = announced.len();
        let message = format!("announcements of who came and went, {number} in all, were left out");
        reading.notes.tell(first.at, message);
    }
    reading
}

fn is_markup(text: &str) -> bool {
    let text = text.trim_start();
    MARKUP.iter().any(|mark| {
        text.get(..mark.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(mark))
    })
}

/// How the text is told, by all its lines: a colon or a dash stands in any prose.
fn told(lines: &[Line<'_>], order: DateOrder) -> Told {
    let texts = || lines.iter().map(|line| line.text);
    let names: Vec<Named<'_>> = texts().filter_map(|text| named(text, order)).collect();
    let begins = lines
        .first()
        .is_some_and(|line| named(line.text, order).is_some());
    let are_most = names.len() * 2 > lines.len();
    if let Some(kind) = Window::of(texts().filter(|text| window::divider(text).is_none())) {
        let headers = texts().filter_map(window::header);
        let headers = headers.filter(|header| kind.takes(header)).count();
        // What is said in a window may begin with a name too, but hardly in most of its lines.
        return match names.len() > headers && (begins || are_most) {
            true => Told::Names,
            false => Told::Window(kind),
        };
    }
    let surely = names.iter().filter(|it| it.is_plain_header).count();
    let authors: HashSet<&str> = names.iter().map(|it| it.author).collect();
    let they_talk = authors.len() >= 2 && names.len() > authors.len();
    let is_most = |number: usize| number * 3 >= lines.len();
    match (begins && (is_most(names.len()) || they_talk))
        || surely >= 2
        || (surely == 1 && is_most(1))
        || are_most
    {
        true => Told::Names,
        false => Told::Lines,
    }
}

/// The messages so far.
struct Chat {
    order: DateOrder,
    clock: Clock,
    drafts: Vec<SaidDraft>,
}

impl Chat {
    fn of(order: DateOrder) -> Self {
        Self {
            order,
            clock: Clock::default(),
            drafts: Vec::new(),
        }
    }

    /// A line of a text in which messages begin with names; or of one in which hardly any does, and each
    /// line is a message.
    fn hear_names(&mut self, line: Line<'_>, goes_on: bool) {
        let indented = line.text.starts_with([' ', '\t']);
        let named = named(line.text, self.order).filter(|it| goes_on || it.is_plain_header);
        match named {
            Some(named) if !indented => self.says(line, &named),
            _ if (indented || goes_on) && !self.drafts.is_empty() => self.go_on(line.text.trim()),
            _ => self.draft(line, Said::default(), line.text.trim()),
        }
    }

    /// A line of a text that was copied out of a window.
    fn hear_window(&mut self, line: Line<'_>, kind: Window) {
        if let Some(day) = window::divider(line.text) {
            day.and_then(|day| self.clock.moment(day));
            return;
        }
        if let Some(header) = window::header(line.text).filter(|it| kind.takes(it)) {
            let said = Said {
                author: header.author.to_owned(),
                role: header.role,
                is_bot: header.is_bot,
                at: self.moment(when(header.when, self.order)),
                ..Said::default()
            };
            return self.draft(line, said, "");
        }
        if let Some(named) = named(line.text, self.order).filter(|it| it.when.is_some()) {
            return self.says(line, &named);
        }
        let text = window::said(line.text);
        let Some(before) = self.drafts.last().map(|it| &it.said) else {
            return self.draft(line, Said::default(), text);
        };
        match window::again(text) {
            // The first of a group may have its time twice.
            Some((_, rest)) if before.text.is_empty() => self.go_on(rest),
            Some((at, rest)) => {
                let said = Said {
                    author: before.author.clone(),
                    role: before.role,
                    is_bot: before.is_bot,
                    at: self.moment(when(at, self.order)),
                    ..Said::default()
                };
                self.draft(line, said, rest);
            }
            None => self.go_on(text),
        }
    }

    fn says(&mut self, line: Line<'_>, named: &Named<'_>) {
        let said = Said {
            author: named.author.to_owned(),
            role: named.role,
            at: self.moment(named.when),
            ..Said::default()
        };
        self.draft(line, said, named.text);
    }

    fn moment(&mut self, when: Option<When>) -> Option<jiff::Timestamp> {
        self.clock.moment(when?)
    }

    fn draft(&mut self, line: Line<'_>, said: Said, text: &str) {
        let said = Said {
            channel: UNNAMED_CHANNEL.to_owned(),
            text: text.to_owned(),
            ..said
        };
        self.drafts.push(SaidDraft {
            id: None,
            at_byte: line.at,
            said,
        });
    }

    /// The last message goes on in this line.
    fn go_on(&mut self, line: &str) {
        let Some(last) = self.drafts.last_mut().filter(|_| !line.is_empty()) else {
            return;
        };
        let text = &mut last.said.text;
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(line);
    }
}
