//! What Beadle says while a course is set up.

use jiff::Timestamp;

use super::courses::{NAME_CHARS, channels, digest_words, roles, what_is_lacking};
use crate::app::courses::CourseSettings;
use crate::app::effect::{Card, Outgoing};
use crate::app::interaction::{Button, Choice, Controls, Field, Form, Grounds, Pick, Style};
use crate::domain::course::{Course, words};
use crate::domain::quote;

/// A menu shows no more.
const MOST: usize = 25;

/// A set-up that is over, or was never this person's.
pub(crate) fn setup_is_over() -> Outgoing {
    Outgoing::text("This set-up is over. `/course setup` begins a new one.")
}

/// A set-up was broken off.
pub(crate) fn setup_is_cancelled() -> Outgoing {
    Outgoing::text("Nothing was changed.")
}

/// Which course is to be set up, on a server that has some: those kept in Discord, by row and name,
/// and those kept in files, by name and file.
pub(crate) fn which_to_set_up(
    here: &[(i64, String)],
    files: &[(String, String)],
    id: &str,
) -> Outgoing {
    let change = here.iter().take(MOST - 1).map(|(row, name)| {
        let label = quote::plain(&format!("Change {name}"), 100);
        (label, row.to_string(), false)
    });
    let mut options: Vec<_> = change.collect();
    options.push(("Make another course".to_owned(), "new".to_owned(), false));
    let mut text = "This server has a course already. Which one do you want to set up?".to_owned();
    for (name, file) in files.iter().take(5) {
        text += &format!(
            "\n{} is kept in the file `{}` and changed there.",
            quote::label(name, NAME_CHARS),
            quote::plain(file, NAME_CHARS).replace('`', "'"),
        );
    }
    Outgoing::text(text).with(vec![Controls::Choice(Choice {
        id: id.to_owned(),
        prompt: "Which course".to_owned(),
        from: Pick::These(options),
        least: 1,
        most: 1,
    })])
}

/// A set-up that is under way.
pub(crate) struct Panel<'a> {
    /// What has been chosen so far.
    pub settings: &'a CourseSettings,
    /// Whether the course is new.
    pub is_new: bool,
    /// The time zones to choose from.
    pub zones: Vec<String>,
    /// The present moment.
    pub now: Timestamp,
    /// What was not right just now, safe to be shown.
    pub mistakes: &'a [String],
    /// What the controls' ids begin with.
    pub id: &'a str,
}

/// The message on which a course is set up.
pub(crate) fn setup_panel(panel: &Panel<'_>) -> Outgoing {
    let settings = panel.settings;
    let title = match panel.is_new {
        true => "A new course",
        false => "Change a course",
    };
    Outgoing::card(Card {
        title: title.to_owned(),
        url: None,
        body: summary(panel),
        footer: "Nothing counts before the last button is pressed.".to_owned(),
    })
    .with(vec![
        picker(
            panel,
            "watch",
            "Where students ask: channels and forums",
            true,
            ids(&settings.watch),
            25,
        ),
        Controls::Choice(Choice {
            id: format!("{}staff", panel.id),
            prompt: "Who is staff: the roles of teachers and assistants".to_owned(),
            from: Pick::Roles {
                chosen: settings.staff_roles.iter().map(|id| id.get()).collect(),
            },
            least: 0,
            most: 25,
        }),
        picker(
            panel,
            "digest",
            "Where the daily digest is posted, for staff",
            false,
            ids(settings.digest_channel.as_slice()),
            1,
        ),
        Controls::Choice(Choice {
            id: format!("{}zone", panel.id),
            prompt: "Whose clock the digest follows".to_owned(),
            from: Pick::These(
                panel
                    .zones
                    .iter()
                    .map(|zone| zone_option(zone, panel))
                    .collect(),
            ),
            least: 1,
            most: 1,
        }),
        Controls::Buttons(vec![
            Button::new("Name, hour, prefix…", format!("{}form", panel.id)),
            Button::new("Cancel", format!("{}cancel", panel.id)),
            Button::new(
                if panel.is_new {
                    "Create the course"
                } else {
                    "Save"
                },
                format!("{}done", panel.id),
            )
            .style(Style::Good)
            .enabled(!settings.watch.is_empty()),
        ]),
    ])
}

fn ids(channels: &[crate::domain::ids::ChannelId]) -> Vec<u64> {
    channels.iter().map(|id| id.get()).take(MOST).collect()
}

fn picker(
    panel: &Panel<'_>,
    what: &str,
    prompt: &str,
    forums: bool,
    chosen: Vec<u64>,
    most: u8,
) -> Controls {
    Controls::Choice(Choice {
        id: format!("{}{what}", panel.id),
        prompt: prompt.to_owned(),
        from: Pick::Channels { forums, chosen },
        least: 0,
        most,
    })
}

/// A zone with what its clocks show now: so people recognise their own.
fn zone_option(zone: &str, panel: &Panel<'_>) -> (String, String, bool) {
    let label = match words::timezone(zone) {
        Ok(known) => {
            let there = panel.now.to_zoned(known);
            format!(
                "{} · it is {} there",
                zone.replace('_', " "),
                there.strftime("%H:%M")
            )
        }
        Err(_) => zone.to_owned(),
    };
    (label, zone.to_owned(), zone == panel.settings.timezone)
}

fn summary(panel: &Panel<'_>) -> String {
    let settings = panel.settings;
    let course = settings
        .clone()
        .course(String::new(), crate::domain::ids::ServerId::new(1));
    let mut lines = Vec::new();
    for mistake in panel.mistakes.iter().take(6) {
        lines.push(format!("⚠️ {mistake}"));
    }
    lines.push(format!("**{}**", quote::label(&settings.name, NAME_CHARS)));
    lines.push(format!(
        "Students ask in: {}",
        or(channels(&course.watch), "choose where, below")
    ));
    lines.push(format!(
        "Staff: {}",
        or(roles(&course.staff_roles), "whoever may manage messages")
    ));
    lines.push(match &course.digest {
        Some(digest) => format!("Digest: {}", digest_words(digest)),
        None => "Digest: none, while no channel is chosen".to_owned(),
    });
    let zone = course.timezone_name().replace('_', " ");
    lines.push(format!("Time zone: {}", quote::label(&zone, 60)));
    lines.push(format!(
        "Prefix: {} · sign on gathered questions: {}",
        quote::label(&course.prefix, 20),
        or(sign(&course), "none"),
    ));
    lines.join("\n")
}

fn or(text: String, otherwise: &str) -> String {
    if text.is_empty() {
        otherwise.to_owned()
    } else {
        text
    }
}

/// The sign left on gathered questions, as Discord shows it.
pub(super) fn sign(course: &Course) -> String {
    match course.gathered_reaction.as_deref() {
        Some(own) if own.contains(':') => format!("<:{own}>"),
        other => other.unwrap_or_default().to_owned(),
    }
}

/// The form for what is not picked.
pub(crate) fn setup_form(settings: &CourseSettings, id: &str) -> Form {
    let days = match settings.digest_days.len() {
        7 => "every day".to_owned(),
        _ => settings.digest_days.join(", "),
    };
    let name: String = settings.name.chars().take(NAME_CHARS).collect();
    Form {
        id: id.to_owned(),
        title: "A course's name and hours".to_owned(),
        fields: vec![
            Field::line("name", "Name", NAME_CHARS as u16).holding(name),
            Field::line("digest", "When the digest comes: hour and days", 80)
                .holding(format!("{} {days}", settings.digest_at))
                .hint("18:00 every day, or 18:00 mon, thu"),
            Field::line("timezone", "Time zone, or a city in it", 60)
                .holding(settings.timezone.clone())
                .hint("Europe/Berlin, New York, Pacific"),
            Field::line("prefix", "What stands before typed commands", 5)
                .holding(settings.prefix.clone())
                .hint("!"),
            Field::line("sign", "Sign on gathered questions; empty: none", 60)
                .holding(settings.gathered_reaction.clone())
                .hint("📌")
                .optional(),
        ],
    }
}

/// A course is set up: what is missing for it to work, and how to try it. `id`: of the control that
/// looks again.
pub(crate) fn course_is_set_up(
    course: &Course,
    is_new: bool,
    grounds: &Grounds,
    hears_words: bool,
    id: &str,
) -> Outgoing {
    let mut lines = Vec::new();
    let lacking = what_is_lacking(course, grounds, hears_words);
    match lacking.is_empty() {
        true => lines.push("✅ I am allowed everything that I need in its channels.".to_owned()),
        false => lines.extend(lacking),
    }
    let prefix = quote::label(&course.prefix, 20);
    lines.push(String::new());
    lines.push(match is_new {
        true => format!(
            "To try it: `/lecture add` adds your first lecture, `/topic import` gives it a topic table, and `/t` or \
             {prefix}t says what is taught when. Then ask something in {}.",
            course.watch.first().map(|id| format!("<#{id}>")).unwrap_or_default()
        ),
        false => format!("To try it: `/t` or {prefix}t, and `/lecture list`."),
    });
    if !course.staff_roles.is_empty() {
        lines.push(format!(
            "Discord shows the commands for staff to whoever may manage messages. Where {} may not, allow them those \
             commands under Server Settings › Integrations.",
            roles(&course.staff_roles)
        ));
    }
    lines.push("`/course status` tells at any time what works and what does not.".to_owned());
    Outgoing::card(Card {
        title: quote::plain(&format!("{} is set up", course.name), 200),
        url: None,
        body: lines.join("\n"),
        footer: String::new(),
    })
    .with(vec![Controls::Buttons(vec![Button::new(
        "Check again",
        id,
    )])])
}
