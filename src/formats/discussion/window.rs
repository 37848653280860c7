//! What is copied out of a chat's window: `maya — 02/09/2023 2:05 PM`, and below it what maya says, up
//! to the next such line. What the same person says next may stand below its time alone, `[2:06 PM]`.
//!
//! A line of prose or of a list of topics may look like one of the lesser forms: a dash and a number
//! with a colon. Those count only where the whole text is told that way.

use super::Role;
use super::moments::{DateOrder, When, when};
use super::named::role;
use crate::domain::offset::Offset;

/// The longest name, in words and in characters.
const LONGEST_NAME: (usize, usize) = (4, 40);

/// What stands between a name and a moment.
const DASHES: [&str; 3] = [" — ", " – ", " - "];

/// What a window shows behind the names of programs.
const BOTS: [&str; 4] = ["APP", "BOT", "SYSTEM", "WEBHOOK"];

/// A line above what somebody says.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Header<'s> {
    /// Who.
    pub author: &'s str,
    /// In which role, as a mark behind the name tells.
    pub role: Role,
    /// Whether it is a program that speaks.
    pub is_bot: bool,
    /// When, as it stands there.
    pub when: &'s str,
    /// Whether nothing but a header looks like that.
    pub is_sure: bool,
    /// Whether it tells a time and no day.
    is_time: bool,
    /// Whether it says which half of the day it is.
    says_half: bool,
}

/// The header that a line is, or may be.
pub(super) fn header(line: &str) -> Option<Header<'_>> {
    let line = trimmed(line);
    let by_dash = DASHES.iter().find_map(|dash| line.rsplit_once(dash));
    // `Maya  2:05 PM`, with more than one space.
    let by_space = || line.rsplit_once("  ").or_else(|| line.rsplit_once('\t'));
    let (who, at) = by_dash.or_else(by_space)?;
    let by_long_dash = line[who.len()..].starts_with(DASHES[0]);
    // A date is one in either order.
    let told = when(at, DateOrder::DayFirst).or_else(|| when(at, DateOrder::MonthFirst))?;
    // A heading may end with a day, a topic with its offset: these need the long dash at least.
    let is_sure = !matches!(
        told,
        When::Day(_, None)
            | When::Time {
                says_half: false,
                ..
            }
    );
    let is_time = matches!(told, When::Time { .. });
    let may_be = if is_sure {
        by_dash.is_some() || is_time
    } else {
        by_long_dash
    };
    let (author, role, is_bot) = who_is(who).filter(|_| may_be)?;
    let says_half = at.trim_end_matches('.').ends_with(['m', 'M']);
    Some(Header {
        author,
        role,
        is_bot,
        when: at.trim(),
        is_sure,
        is_time,
        says_half,
    })
}

/// The name, the role and whether it is a program, of what stands before the moment.
fn who_is(text: &str) -> Option<(&str, Role, bool)> {
    let mut name = text.trim().trim_start_matches('@');
    let (mut is_staff, mut is_bot) = (false, false);
    if let Some((before, tag)) = name.split_once("Role icon, ") {
        is_staff = role(tag) == Role::Staff;
        name = before.trim_end_matches([' ', ',']);
    }
    while let Some((before, last)) = name.rsplit_once(char::is_whitespace) {
        let tag = last.trim_matches(['(', ')', '[', ']']);
        if BOTS.contains(&tag) {
            is_bot = true;
        } else if role(tag) == Role::Staff {
            is_staff = true;
        } else if tag != "OP" && !matches!(tag, "✓" | "✔" | "✅" | "☑") {
            break;
        }
        name = before.trim_end();
    }
    let (words, chars) = LONGEST_NAME;
    let is_name = !name.is_empty()
        && name.split_whitespace().count() <= words
        && name.chars().nth(chars).is_none()
        && !name.ends_with([',', ';', '?'])
        && name
            .split_whitespace()
            // `Ana: lunch - 2:05 PM` is what Ana says.
            .all(|word| {
                !word.ends_with(':') && (!word.contains(':') || word.parse::<Offset>().is_err())
            });
    let role = if is_staff { Role::Staff } else { Role::Student };
    is_name.then_some((name, role, is_bot))
}

/// A time by itself, or before a text, as a window copies what the same person says next.
pub(super) fn again(line: &str) -> Option<(&str, &str)> {
    let (at, text) = trimmed(line).strip_prefix('[')?.split_once(']')?;
    let is_time = matches!(when(at, DateOrder::default()), Some(When::Time { .. }));
    is_time.then_some((at, text.trim()))
}

/// What a window shows between messages: the day, or where the new ones begin.
pub(super) fn divider(line: &str) -> Option<Option<When>> {
    let line = trimmed(line).trim_matches(['—', '-', '–']).trim();
    if line == "NEW" {
        return Some(None);
    }
    let by_name = line.starts_with(char::is_alphabetic);
    let day = when(line, DateOrder::default()).filter(|it| matches!(it, When::Day(_, None)));
    day.filter(|_| by_name).map(Some)
}

/// A line of a message without what the window adds to it.
pub(super) fn said(line: &str) -> &str {
    let line = line.trim();
    line.strip_suffix("(edited)").map_or(line, str::trim_end)
}

/// Without the marks that say in which direction a line is read.
fn trimmed(line: &str) -> &str {
    line.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{200E}' | '\u{200F}'))
}

/// How a whole text is told that was copied out of a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Window {
    /// Whether its headers say which half of the day it is. Then `KL — 12:30` in it is none.
    says_half: bool,
}

impl Window {
    /// Whether a text was copied out of a window, by its lines: it begins with a header that is surely
    /// one, or has two of those; or it begins with one of the lesser kind, has two, and below whatever
    /// looks so something is said.
    pub fn of<'s>(lines: impl Iterator<Item = &'s str>) -> Option<Self> {
        let headers: Vec<Option<Header<'_>>> = lines.map(header).collect();
        let sure = headers.iter().flatten().filter(|it| it.is_sure).count();
        let begins = headers.first()?.as_ref();
        let is_one = match begins {
            _ if sure >= 2 => true,
            None => false,
            Some(begins) if begins.is_sure => true,
            Some(_) => {
                let number = headers.iter().flatten().count();
                let one_follows = |two: &[Option<Header<'_>>]| two[0].is_some() && two[1].is_some();
                let says_nothing = headers.windows(2).any(one_follows);
                number >= 2 && !says_nothing && headers.last().is_some_and(Option::is_none)
            }
        };
        let says_half = headers.iter().flatten().any(|it| it.says_half);
        is_one.then_some(Self { says_half })
    }

    /// Whether that line is a header here.
    pub fn takes(self, header: &Header<'_>) -> bool {
        header.is_sure || !header.is_time || !self.says_half
    }
}
