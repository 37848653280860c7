//! How the demo looks on a terminal.

use std::io::IsTerminal;
use std::sync::LazyLock;

use regex::Regex;

use crate::app::effect::{Card, Outgoing};

/// How wide the demo prints, in characters.
const WIDTH: usize = 96;
/// Where Beadle's words begin.
const INDENT: &str = "             ";

/// Prints, in colour where there is a terminal.
pub(super) struct Printer {
    colour: bool,
}

impl Printer {
    /// A printer to standard output. `NO_COLOR` is obeyed (no-color.org).
    pub fn new() -> Self {
        let plain = std::env::var_os("NO_COLOR").is_some_and(|set| !set.is_empty());
        Self {
            colour: std::io::stdout().is_terminal() && !plain,
        }
    }

    fn painted(&self, code: &str, text: &str) -> String {
        if self.colour {
            format!("\x1b[{code}m{text}\x1b[0m")
        } else {
            text.to_owned()
        }
    }

    /// A headline.
    pub fn headline(&self, text: &str) {
        println!("\n{}\n", self.painted("1", text));
    }

    /// Something that is told beside the chat.
    pub fn aside(&self, text: &str) {
        for line in wrapped(text, WIDTH) {
            println!("{}", self.painted("2", &line));
        }
    }

    /// What a person does.
    pub fn person(&self, time: &str, who: &str, text: &str) {
        let name = self.painted(&format!("1;{}", colour_of(who)), &format!("{who:<6}"));
        let mut lines = wrapped(text, WIDTH - INDENT.len()).into_iter();
        println!(
            "{} {name} {}",
            self.painted("2", time),
            lines.next().unwrap_or_default()
        );
        for line in lines {
            println!("{INDENT}{line}");
        }
    }

    /// What Beadle does.
    pub fn beadle(&self, text: &str) {
        for line in text
            .lines()
            .flat_map(|line| wrapped(line, WIDTH - INDENT.len() - 2))
        {
            println!("{INDENT}{} {line}", self.painted("36", "│"));
        }
    }

    /// Beadle's message as its readers see it.
    pub fn message(&self, view: &sandbox::MessageView) {
        self.beadle(&plain(view));
    }
}

/// A message without markdown, links spelled out.
pub(super) fn plain(view: &sandbox::MessageView) -> String {
    let embed = view.embeds.first();
    let text = |pointer: &str| {
        let value = embed.and_then(|embed| embed.pointer(pointer));
        value
            .and_then(|value| value.as_str())
            .unwrap_or_default()
            .to_owned()
    };
    let card = embed.map(|_| Card {
        title: text("/title"),
        url: None,
        body: as_shown(&text("/description"), view.sent_at_ms()),
        footer: text("/footer/text"),
    });
    Outgoing {
        text: as_shown(&view.content, view.sent_at_ms()),
        card,
        ..Outgoing::default()
    }
    .plain()
}

/// Markdown as Discord shows it: a link as its words, a moment as an age, a heading as its text.
fn as_shown(markdown: &str, now_ms: u64) -> String {
    static LINK: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"\[([^\]]+)\]\(<?https?://[^)]*\)").expect("a right pattern"));
    static AGE: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"<t:([0-9]+):R>").expect("a right pattern"));
    let links = LINK.replace_all(markdown, "$1");
    let ages = AGE.replace_all(&links, |found: &regex::Captures<'_>| {
        let then_s: u64 = found[1].parse().unwrap_or_default();
        match (now_ms / 1_000).saturating_sub(then_s) / 60 {
            minutes if minutes < 60 => format!("{minutes} minutes ago"),
            minutes if minutes < 120 => "an hour ago".to_owned(),
            minutes => format!("{} hours ago", minutes / 60),
        }
    });
    let lines = ages.lines().map(|line| line.trim_start_matches("### "));
    lines.collect::<Vec<_>>().join("\n")
}

fn colour_of(who: &str) -> u8 {
    const COLOURS: [u8; 5] = [33, 32, 35, 34, 31];
    COLOURS[who.bytes().map(usize::from).sum::<usize>() % COLOURS.len()]
}

/// A line folded at spaces; a word longer than the width stays whole.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let last = lines.len() - 1;
        let fits = lines[last].chars().count() + 1 + word.chars().count() <= width;
        if lines[last].is_empty() {
            lines[last].push_str(word);
        } else if fits {
            lines[last].push(' ');
            lines[last].push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines
}
