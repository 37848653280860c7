//! What a course's words may be: slugs, prefixes, emoji, time zones, dates. The same rules hold for course files and
//! for what is set up in Discord; a refusal is a sentence for whoever wrote it.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use unicode_segmentation::UnicodeSegmentation;

use crate::domain::ids::RoleId;

/// Short enough to type, and to stand in a link or a button.
pub const SLUG_MAX_CHARS: usize = 32;

/// A slug: letters, digits, `-`, `_` and `.`, beginning with a letter or digit.
pub fn slug(text: &str) -> Result<String, String> {
    let within = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let good = text.len() <= SLUG_MAX_CHARS
        && text.starts_with(|c: char| c.is_ascii_alphanumeric())
        && text.chars().all(within);
    match good {
        true => Ok(text.to_owned()),
        false => Err(format!(
            "`{text}` cannot be a slug; use up to {SLUG_MAX_CHARS} letters, digits, `-`, `_` and `.`, such as `10`"
        )),
    }
}

/// An IANA time zone's name.
pub fn timezone(text: &str) -> Result<TimeZone, String> {
    let zone = TimeZone::get(text)
        .ok()
        .filter(|zone| zone.iana_name().is_some());
    zone.ok_or_else(|| {
        format!(
            "`{text}` is not a time zone; write one such as `Europe/Berlin` or `America/New_York`"
        )
    })
}

/// A command's prefix: 1 to 5 visible characters. The last is neither letter nor digit, since with a prefix `b` the
/// word "but" would be a command; the first is not one that Discord itself gives a meaning.
pub fn prefix(text: &str) -> Result<String, String> {
    let length = text.chars().count();
    let visible = !text.chars().any(|c| c.is_whitespace() || c.is_control());
    let ended = !text.ends_with(char::is_alphanumeric);
    let free = !text.starts_with(['/', '@', '#', '<', '>', '`']);
    match (1..=5).contains(&length) && visible && ended && free {
        true => Ok(text.to_owned()),
        false => Err(format!(
            "`{text}` cannot be a prefix; use 1 to 5 characters without spaces, not ending in a letter or digit, not \
             beginning with / @ # < > or a backtick, such as `!` or `b!`"
        )),
    }
}

/// An emoji, or a server's own as `<:name:id>` or `name:id`, which becomes `name:id`; `None` when empty.
pub fn reaction(text: &str) -> Result<Option<String>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    if is_emoji(text) {
        return Ok(Some(text.to_owned()));
    }
    let inside = text
        .strip_prefix('<')
        .and_then(|text| text.strip_suffix('>'))
        .unwrap_or(text);
    let inside = inside
        .strip_prefix("a:")
        .or_else(|| inside.strip_prefix(':'))
        .unwrap_or(inside);
    let own = inside.split_once(':').filter(|(name, id)| {
        let named = (2..=32).contains(&name.len())
            && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
        named && id.parse::<RoleId>().is_ok()
    });
    own.map(|_| Some(inside.to_owned())).ok_or_else(|| {
        format!("`{text}` is not an emoji; write one such as `📌`, a server's own as `name:id`, or nothing for none")
    })
}

/// One visible character with a symbol in it; whether Discord knows it, only Discord can say.
fn is_emoji(text: &str) -> bool {
    let pictorial = |c: char| {
        matches!(c, '\u{a9}' | '\u{ae}' | '\u{203c}' | '\u{2049}' | '\u{20e3}' | '\u{2122}' | '\u{2139}'
            | '\u{2190}'..='\u{2bff}' | '\u{3030}' | '\u{303d}' | '\u{3297}' | '\u{3299}' | '\u{1f000}'..='\u{1faff}')
    };
    text.graphemes(true).count() == 1 && text.chars().any(pictorial)
}

/// A day, such as `2026-02-09`.
pub fn date(text: &str) -> Result<Date, String> {
    // A moment would parse as a date too, and hide that its hour is not looked at.
    let day = Some(text.trim()).filter(|text| text.len() == 10);
    day.and_then(|day| day.parse().ok())
        .ok_or_else(|| format!("`{text}` is not a day; write one such as 2026-02-09"))
}

/// A title or a name: something in one line.
pub fn title(text: &str) -> Result<String, String> {
    let title = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match title.is_empty() {
        true => Err("a title is empty; write what it is called".to_owned()),
        false => Ok(title),
    }
}
