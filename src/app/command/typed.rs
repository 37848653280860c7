//! Which command a message is: behind a course's prefix, or behind a mention of Beadle.

use crate::domain::ids::UserId;
use crate::reading;

/// A command, with what was written behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Typed<'a> {
    /// Look something up in a recording.
    Lookup(&'a str),
    /// Gather a question by hand.
    Gather(&'a str),
    /// Say what can be asked.
    Help,
}

/// Makes a command of what was written behind its name.
type Make = fn(&str) -> Typed<'_>;

/// The commands behind a course's prefix.
const COMMANDS: &[(&str, Make)] = &[
    ("t", |words| Typed::Lookup(words)),
    ("q", |words| Typed::Gather(words)),
    ("beadle", |_| Typed::Help),
];

impl<'a> Typed<'a> {
    /// The command that a message is: behind the prefix (`!t 52:14`) or behind a mention of Beadle
    /// (`@Beadle 52:14`). `None` for everything else, other bots' commands among it.
    pub fn of(text: &'a str, prefix: &str, me: UserId) -> Option<Self> {
        let text = text.trim();
        match text.strip_prefix(prefix) {
            Some(behind) => Self::named(behind),
            None => Self::mentioned(mention(text, me)?),
        }
    }

    /// A name in any case, then its words; an offset may follow at once, as in `!t52:14`.
    fn named(behind: &'a str) -> Option<Self> {
        let letters = behind
            .find(|c: char| !c.is_ascii_alphabetic())
            .unwrap_or(behind.len());
        let (name, rest) = behind.split_at(letters);
        if !rest.is_empty() && !rest.starts_with(|c: char| c.is_whitespace() || c.is_ascii_digit())
        {
            return None;
        }
        COMMANDS
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, make)| make(rest.trim()))
    }

    /// What stands behind a mention: a command's name without its prefix, else a lookup. A question
    /// that mentions Beadle is no command but a question.
    fn mentioned(words: &'a str) -> Option<Self> {
        if words.is_empty() || words.eq_ignore_ascii_case("help") {
            return Some(Self::Help);
        }
        let (first, rest) = words.split_once(char::is_whitespace).unwrap_or((words, ""));
        let known = COMMANDS
            .iter()
            .find(|(name, _)| name.eq_ignore_ascii_case(first));
        match known {
            Some((_, make)) => Some(make(rest.trim())),
            None if reading::read(words, None).question => None,
            None => Some(Self::Lookup(words)),
        }
    }
}

/// What follows a mention of Beadle at the start of a message: `<@id>` or, from old clients,
/// `<@!id>`.
fn mention(text: &str, me: UserId) -> Option<&str> {
    let inner = text.strip_prefix("<@")?;
    let inner = inner.strip_prefix('!').unwrap_or(inner);
    let (id, rest) = inner.split_once('>')?;
    (id.parse() == Ok(me)).then(|| rest.trim_start_matches([',', ':']).trim())
}

/// Whether a message is meant for a bot: a sign that bots are called with, glued to a word. Such a
/// message is never gathered.
pub(crate) fn is_for_a_bot(text: &str) -> bool {
    let mut chars = text.trim_start().chars();
    matches!(
        chars.next(),
        Some('!' | '/' | '.' | '$' | '%' | '&' | ';' | '~' | '-' | '+' | '=')
    ) && chars.next().is_some_and(|c| c.is_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    const ME: UserId = UserId::new(77);

    fn command(text: &str) -> Option<Typed<'_>> {
        Typed::of(text, "!", ME)
    }

    #[test]
    fn a_lookup_is_known_by_prefix_and_by_mention() {
        for text in [
            "!t 52:14",
            "!T  52:14",
            "!t52:14",
            "<@77> 52:14",
            "<@!77> t 52:14",
            "<@77>, 52:14",
        ] {
            assert_eq!(command(text), Some(Typed::Lookup("52:14")), "{text}");
        }
    }

    #[test]
    fn a_command_without_words_is_one() {
        assert_eq!(command("!t"), Some(Typed::Lookup("")));
        assert_eq!(command("!q"), Some(Typed::Gather("")));
        assert_eq!(command("<@77>"), Some(Typed::Help));
    }

    #[test]
    fn other_bots_commands_are_not_beadles() {
        for text in [
            "!tp home",
            "!play",
            "!",
            "! t",
            "?t 52:14",
            "<@78> 52:14",
            "see !t 52:14",
            "!t?",
        ] {
            assert_eq!(command(text), None, "{text}");
        }
        assert!(is_for_a_bot("!tp home") && is_for_a_bot("/roll 2"));
        assert!(!is_for_a_bot("why?") && !is_for_a_bot("... why"));
    }

    #[test]
    fn a_question_that_mentions_beadle_is_a_question() {
        assert_eq!(
            command("<@77> why is there a beta in front of the KL term?"),
            None
        );
    }

    #[test]
    fn another_prefix_is_obeyed() {
        assert_eq!(Typed::of("b!t 1:00", "b!", ME), Some(Typed::Lookup("1:00")));
        assert_eq!(Typed::of("!t 1:00", "b!", ME), None);
    }
}
