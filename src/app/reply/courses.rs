//! What Beadle says of courses: what they are set to, where they are kept, and how they are.

use jiff::Timestamp;

use crate::app::courses::{ServedCourse, Side};
use crate::app::effect::{Card, Outgoing};
use crate::app::interaction::Grounds;
use crate::domain::course::{Course, DigestSettings, WhenEmpty};
use crate::domain::ids::{ChannelId, RoleId};
use crate::domain::quote;

/// A command was used on a server that has no course.
pub const NO_COURSE: &str = "No course is set up on this server yet. Whoever may manage the server does \
     that with `/course setup`; the host of this bot can also add one as a file.";

/// How much of a course's name is shown.
pub(super) const NAME_CHARS: usize = 100;
/// How many channels are named at most.
const CHANNELS: usize = 30;

/// Something was to be changed in Discord that is kept in a course file; `key` is what to change there.
pub fn kept_in_file(name: &str, file: &str, key: &str) -> String {
    format!(
        "{} is kept in a file, so it is not changed here. In `{}`, change {key}; the host of this bot then starts me \
         again.",
        quote::label(name, NAME_CHARS),
        quote::plain(file, NAME_CHARS).replace('`', "'"),
    )
}

/// Channels, as links.
pub(super) fn channels(channels: &[ChannelId]) -> String {
    let mut shown: Vec<String> = channels
        .iter()
        .take(CHANNELS)
        .map(|id| format!("<#{id}>"))
        .collect();
    if channels.len() > CHANNELS {
        shown.push(format!("and {} more", channels.len() - CHANNELS));
    }
    shown.join(" ")
}

/// Roles, as Discord names them; nobody is pinged.
pub(super) fn roles(roles: &[RoleId]) -> String {
    let shown: Vec<String> = roles
        .iter()
        .take(CHANNELS)
        .map(|id| format!("<@&{id}>"))
        .collect();
    shown.join(" ")
}

/// Where and when a digest comes.
pub(super) fn digest_words(digest: &DigestSettings) -> String {
    let schedule = &digest.schedule;
    format!(
        "<#{}>, {} {}",
        digest.channel,
        schedule.at.strftime("%H:%M"),
        schedule.days
    )
}

/// What a course lacks to work, a line each, with what to click.
pub(super) fn what_is_lacking(
    course: &Course,
    grounds: &Grounds,
    hears_words: bool,
) -> Vec<String> {
    let mut lines = Vec::new();
    if !hears_words {
        lines.push(NO_MESSAGE_CONTENT.to_owned());
    }
    for channel in channels_of(course) {
        match grounds.channel(channel) {
            None => lines.push(format!(
                "⚠️ <#{channel}>: I do not see it. In its settings, under Permissions, allow me View Channel; if it \
                 was deleted, take it out of the course."
            )),
            Some(ground) if !ground.lacks.is_empty() => lines.push(format!(
                "⚠️ <#{channel}>: in its settings, under Permissions, allow me {}.",
                ground.lacks.join(", ")
            )),
            Some(_) => {}
        }
    }
    lines
}

/// What the bot's host has to switch on, and what goes without.
const NO_MESSAGE_CONTENT: &str = "⚠️ Discord does not tell me what people write: whoever hosts me turns on Message \
     Content Intent in the developer portal, under Bot › Privileged Gateway Intents, and starts me again. Until then \
     slash commands, menus and mentions work, but I gather nothing by myself and hear no typed commands.";

/// The channels in which a course needs something, each once.
fn channels_of(course: &Course) -> Vec<ChannelId> {
    let mut channels = course.read_channels();
    let digest = course.digest.as_ref().map(|digest| digest.channel);
    channels.extend(digest.filter(|channel| !channels.contains(channel)));
    channels
}

/// What a course is set to; whether it was set up in Discord before its file came to be.
pub(crate) fn course(served: &ServedCourse, is_overruled: bool) -> Outgoing {
    let course = &served.course;
    let or = |text: String, otherwise: &str| match text.is_empty() {
        true => otherwise.to_owned(),
        false => text,
    };
    let lookup = &course.lookup;
    let limit = match (lookup.per_user, lookup.per_user_window_s) {
        (0, _) | (_, 0) => "any number of lookups a person".to_owned(),
        (most, window) => format!("{most} lookups a person in {window} seconds"),
    };
    let repeat = match lookup.repeat_s {
        0 => "the same one always gets an answer".to_owned(),
        seconds => format!("the same one again within {seconds} seconds gets a 👆"),
    };
    let mut lines = vec![
        format!("Short name: {}", course.slug),
        format!("Watched: {}", or(channels(&course.watch), "nothing")),
        format!(
            "Staff: {}",
            or(roles(&course.staff_roles), "whoever may manage messages")
        ),
        format!(
            "Time zone: {}",
            quote::label(&course.timezone_name().replace('_', " "), 60)
        ),
        format!("Prefix: {}", quote::label(&course.prefix, 20)),
        format!(
            "Sign on gathered questions: {}",
            or(super::setup::sign(course), "none")
        ),
        format!("Lookups: {limit}; {repeat}"),
    ];
    lines.extend(match &course.digest {
        None => vec!["Digest: none".to_owned()],
        Some(digest) => vec![
            format!("Digest: {}", digest_words(digest)),
            match digest.when_empty {
                WhenEmpty::Line => "With nothing open it says so in a line.".to_owned(),
                WhenEmpty::Nothing => "With nothing open there is none.".to_owned(),
            },
            match digest.show_askers {
                true => "It names who asked.".to_owned(),
                false => "It does not name who asked.".to_owned(),
            },
        ],
    });
    lines.push(format!(
        "Lectures: {} (`/lecture list`)",
        served.lectures.len()
    ));
    lines.push(match &served.side {
        Side::Discord => "Set up in Discord: `/course setup` changes it.".to_owned(),
        Side::File(file) => format!(
            "Kept in the file `{}`, and changed there.",
            quote::plain(file, NAME_CHARS).replace('`', "'")
        ),
    });
    if is_overruled {
        lines
            .push("It was set up in Discord before; what was set there counts no more.".to_owned());
    }
    card(course, lines)
}

/// How a course is: what works, what does not and since when.
pub(crate) struct Condition<'a> {
    /// What Beadle may do on its server.
    pub grounds: &'a Grounds,
    /// Whether Discord tells what people write.
    pub hears_words: bool,
    /// When its last digest was made.
    pub last_digest: Option<Timestamp>,
    /// When the next is due.
    pub next_digest: Option<Timestamp>,
    /// What Discord refused.
    pub refused: Vec<Refused>,
    /// How many questions wait.
    pub waiting: usize,
}

/// What Discord refused in a channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refused {
    /// The channel.
    pub channel: ChannelId,
    /// Why, in Discord's words.
    pub why: String,
    /// How often.
    pub times: i64,
    /// When first, in seconds since 1970.
    pub since_s: i64,
}

/// How a course is.
pub(crate) fn course_status(served: &ServedCourse, condition: &Condition<'_>) -> Outgoing {
    let course = &served.course;
    let mut lines = what_is_lacking(course, condition.grounds, condition.hears_words);
    for channel in channels_of(course) {
        let ground = condition.grounds.channel(channel);
        if let Some((since, why)) = ground.and_then(|ground| ground.unread.as_ref()) {
            lines.push(format!(
                "⚠️ <#{channel}>: what was said there is not read since {}: {}.",
                relative(*since),
                quote::label(why, 150)
            ));
        }
    }
    for refused in condition.refused.iter().take(10) {
        let times = match refused.times {
            1 => "once".to_owned(),
            n => format!("{n} times"),
        };
        lines.push(format!(
            "⚠️ <#{}>: Discord refused {times} what I had to do there, first <t:{}:R>: {}.",
            refused.channel,
            refused.since_s,
            quote::label(&refused.why, 150)
        ));
    }
    if lines.is_empty() {
        let n = channels_of(course).len();
        lines.push(format!(
            "✅ I am allowed everything that I need in its {n} channels."
        ));
        lines.push("✅ Everything that was said there is read.".to_owned());
    }
    lines.push(format!(
        "{} questions wait for an answer.",
        condition.waiting
    ));
    lines.push(match condition.last_digest {
        Some(last) => format!("The last digest was made {}.", relative(last)),
        None => "No digest was made yet.".to_owned(),
    });
    lines.push(match condition.next_digest {
        Some(next) => format!("The next digest comes <t:{}:F>.", next.as_second()),
        None => "No digest is to come: the course has no channel for it.".to_owned(),
    });
    card(course, lines)
}

fn relative(moment: Timestamp) -> String {
    format!("<t:{}:R>", moment.as_second())
}

fn card(course: &Course, mut lines: Vec<String>) -> Outgoing {
    // A line is never cut: what no longer fits is counted.
    let mut left = 4_000;
    let fitting = lines
        .iter()
        .take_while(|line| {
            let length = line.chars().count() + 1;
            let fits = length <= left;
            left = left.saturating_sub(length);
            fits
        })
        .count();
    if fitting < lines.len() {
        let beyond = lines.len() - fitting;
        lines.truncate(fitting);
        lines.push(format!("… and {beyond} lines more"));
    }
    Outgoing::card(Card {
        title: quote::plain(&course.name, 200),
        url: None,
        body: lines.join("\n"),
        footer: String::new(),
    })
}
