//! What is said of topic tables: what would change, what has changed, what is wrong with a file.

use super::lookup::{self, count};
use crate::app::effect::{Card, Outgoing};
use crate::app::interaction::Field;
use crate::domain::lecture::{Difference, Lecture, MAX_NOTE_CHARS, MAX_TITLE_CHARS, Topic};
use crate::domain::offset::Offset;
use crate::domain::quote;
use crate::formats::{Problem, Read, TopicFormat};
use crate::store::topics::TopicChangeRow;

/// What a card's body may hold, with room for Discord's way of counting.
const BODY_CHARS: usize = 3_600;
/// How many mistakes are told at once.
const MISTAKES: usize = 12;
/// How much of a topic is shown in a list.
const TITLE_CHARS: usize = 90;

/// The title of the form for a new topic.
pub const NEW_TOPIC: &str = "A new topic";
/// The title of the form for a topic that stands.
pub const EDIT_TOPIC: &str = "Edit a topic";
/// The button that puts a table in place.
pub const PUT_IN_PLACE: &str = "Put it in place";
/// The button that leaves everything as it is.
pub const LEAVE_IT: &str = "Leave it";

/// A change would change nothing.
pub const NOTHING_TO_CHANGE: &str = "That is what stands there already. Nothing was changed.";
/// There is no change that could be taken back.
pub const NOTHING_TO_UNDO: &str = "There is nothing to take back: no change of this table stands.";
/// A table was looked at and not put in place.
pub const LEFT_AS_IT_IS: &str = "Everything stays as it is.";
/// A table that was looked at is not kept any more.
pub const IMPORT_OVER: &str =
    "That was decided before, or too long ago. Use `/topic import` once more.";
/// A lecture is not there any more.
pub const LECTURE_GONE: &str = "That lecture is not there any more.";

/// The table is kept in a file.
pub fn table_in_file(course: &str, lecture: &Lecture, file: &str) -> String {
    format!(
        "The topic table of lecture {} is kept in a file: change {}, or take `topics` out of the course `{}` \
         to keep the table in Discord. Nothing was changed here.",
        quote::label(&lecture.slug, 40),
        quote::label(file, 120),
        quote::label(course, 40),
    )
}

/// The fields of the form for a topic: where it starts, where it ends, its title, its note.
pub fn topic_fields([at, until, title, note]: [&str; 4]) -> Vec<Field> {
    vec![
        Field::line("at", "Starts at", 20).hint("52:14").holding(at),
        Field::line("until", "Ends at (empty: where the next one starts)", 20)
            .optional()
            .hint("55:00")
            .holding(until),
        Field::line("title", "Title", MAX_TITLE_CHARS as u16).holding(title),
        Field::line("note", "Note", MAX_NOTE_CHARS as u16)
            .long()
            .optional()
            .holding(note),
    ]
}

/// What was written is no topic.
pub fn topic_mistake(why: &str) -> String {
    format!("{} Nothing was changed.", sentence(why))
}

/// Rows do not make a table.
pub fn table_mistakes(mistakes: &[String]) -> String {
    let told = mistakes.iter().take(MISTAKES).map(|it| sentence(it));
    let told: Vec<String> = told.map(|it| quote::label(&it, 300)).collect();
    format!("{} Nothing was changed.", told.join(" "))
}

/// No topic starts there.
pub fn no_topic_there(lecture: &Lecture, start: Offset) -> String {
    format!(
        "No topic of {} starts at {start} any more. Nothing was changed.",
        name(lecture)
    )
}

/// No topic is called so.
pub fn no_such_topic(lecture: &Lecture, wanted: &str) -> String {
    if lecture.topics.is_empty() {
        return format!(
            "{} has no topic yet; `/topic add` makes the first.",
            name(lecture)
        );
    }
    format!(
        "{} has no topic {}. Choose one from the list that appears as you type, or give an offset such as `{}`.",
        name(lecture),
        quote::quote(wanted, 60),
        lecture
            .topics
            .get(0)
            .map_or(Offset::from_seconds(0), |topic| topic.start),
    )
}

/// There is no table to be had.
pub fn nothing_to_export(lecture: &Lecture) -> String {
    format!(
        "{} has no topic yet, so there is no table to hand out.",
        name(lecture)
    )
}

/// A table goes with this as a file; what somebody should know of it holds titles.
pub fn table_exported(lecture: &Lecture, topics: usize, to_know: &[String]) -> String {
    let to_know = to_know
        .iter()
        .map(|sentence| format!(" {}.", capital(&quote::label(sentence, 500))));
    let to_know: String = to_know.collect();
    format!("{}: {}.{to_know}", name(lecture), count(topics, "topic"))
}

/// A file is no right table.
pub fn file_mistakes(file: &str, format: Option<TopicFormat>, problems: &[Problem]) -> String {
    let read_as = format
        .map(|format| format!(", read as `{format}`"))
        .unwrap_or_default();
    let mut said = format!(
        "{}{read_as}: {}. A table is taken whole or not at all; nothing was changed.\n",
        quote::label(file, 80),
        count(problems.len(), "mistake"),
    );
    for problem in problems.iter().take(MISTAKES) {
        said += &format!(
            "- line {}, column {}: {}\n",
            problem.line,
            problem.column,
            quote::label(&problem.message, 110)
        );
    }
    if problems.len() > MISTAKES {
        said += &format!("… and {} more\n", problems.len() - MISTAKES);
    }
    if format.is_some() {
        said += "If that is not the format, name it with `format`.";
    }
    said
}

/// What a table would change, before it does.
pub fn table_to_come(lecture: &Lecture, read: &Read, differences: &[Difference<'_>]) -> Outgoing {
    let mut notes = String::new();
    for note in read.notes.iter().take(3) {
        notes += &format!("\nline {}: {}", note.line, quote::label(&note.message, 120));
    }
    let body = format!(
        "Read as `{}`: {}. It would {}\n{}{notes}",
        read.format,
        count(read.table.len(), "topic"),
        tally(differences, ["add", "change", "remove"]),
        list(differences),
    );
    card(lecture, body)
}

/// What has changed.
pub fn table_changed(lecture: &Lecture, differences: &[Difference<'_>], topics: usize) -> Outgoing {
    let body = format!(
        "Done: {}\n{}\n{} now. `/topic undo` takes this back.",
        tally(differences, ["added", "changed", "removed"]),
        list(differences),
        count(topics, "topic"),
    );
    card(lecture, body)
}

/// A change was taken back.
pub fn table_undone(
    lecture: &Lecture,
    change: &TopicChangeRow,
    differences: &[Difference<'_>],
    topics: usize,
) -> Outgoing {
    let body = format!(
        "Taken back: what {} did <t:{}:R>.\n{}\n{} now. `/topic undo` takes the change before that back.",
        quote::name(&change.changed_by),
        change.changed_at_ms / 1_000,
        list(differences),
        count(topics, "topic"),
    );
    card(lecture, body)
}

/// One change in a history.
pub fn topic_change(change: &TopicChangeRow, differences: &[Difference<'_>]) -> String {
    let who = quote::name(&change.changed_by);
    let when = change.changed_at_ms / 1_000;
    match (&change.undone_by, change.undone_at_ms) {
        (Some(by), Some(at_ms)) => format!(
            "<t:{when}:f> {who} · ~~{}~~ taken back by {} <t:{}:R>",
            change.what,
            quote::name(by),
            at_ms / 1_000
        ),
        _ => {
            let first: Vec<String> = differences.iter().take(3).map(line).collect();
            let more = differences.len().saturating_sub(3);
            let more = if more > 0 {
                format!("\n> … and {more} more")
            } else {
                String::new()
            };
            format!(
                "<t:{when}:f> {who} · {}\n> {}{more}",
                tally(differences, ["added", "changed", "removed"]),
                first.join("\n> ")
            )
        }
    }
}

/// The changes of a table, the newest first.
pub fn topic_history(lecture: &Lecture, changes: &[String]) -> Outgoing {
    if changes.is_empty() {
        return Outgoing::text(format!(
            "The table of {} was never changed in Discord.",
            name(lecture)
        ));
    }
    card(lecture, fitting(changes, "\n"))
}

fn card(lecture: &Lecture, body: String) -> Outgoing {
    Outgoing::card(Card {
        title: quote::plain(&format!("{} · {}", lecture.slug, lecture.title), 240),
        body,
        ..Card::default()
    })
}

fn name(lecture: &Lecture) -> String {
    format!("Lecture {}", quote::label(&lecture.slug, 40))
}

fn tally(differences: &[Difference<'_>], [added, changed, removed]: [&str; 3]) -> String {
    let number = |is: fn(&Difference<'_>) -> bool| differences.iter().filter(|it| is(it)).count();
    let numbers = [
        (number(|it| matches!(it, Difference::Added(_))), added),
        (
            number(|it| matches!(it, Difference::Changed { .. })),
            changed,
        ),
        (number(|it| matches!(it, Difference::Removed(_))), removed),
    ];
    let told = numbers.iter().filter(|(number, _)| *number > 0);
    let told: Vec<String> = told
        .map(|(number, what)| format!("{what} {number}"))
        .collect();
    told.join(", ")
}

fn list(differences: &[Difference<'_>]) -> String {
    let lines: Vec<String> = differences.iter().map(line).collect();
    fitting(&lines, "\n")
}

/// As many lines as fit, and how many do not.
fn fitting(lines: &[String], between: &str) -> String {
    let mut said = String::new();
    let mut chars = 0;
    for (number, line) in lines.iter().enumerate() {
        chars += line.chars().count() + between.len();
        if chars > BODY_CHARS {
            return format!("{said}{between}… and {} more", lines.len() - number);
        }
        if number > 0 {
            said += between;
        }
        said += line;
    }
    said
}

fn line(difference: &Difference<'_>) -> String {
    match difference {
        Difference::Added(topic) => format!("➕ {}", shown(topic)),
        Difference::Removed(topic) => format!("➖ {}", shown(topic)),
        Difference::Changed { before, after } => {
            let old = [
                before.start.to_string(),
                quote::label(&before.title, TITLE_CHARS),
            ];
            let what = match (before.start == after.start, before.title == after.title) {
                (true, true) if before.end != after.end => "its end".to_owned(),
                (true, true) => "its note".to_owned(),
                (false, true) => format!("from {}", old[0]),
                (true, false) => format!("was {}", old[1]),
                (false, false) => format!("was {} {}", old[0], old[1]),
            };
            format!("✏️ {} ({what})", shown(after))
        }
    }
}

fn shown(topic: &Topic) -> String {
    let end = topic.end.map(|end| format!("–{end}")).unwrap_or_default();
    format!(
        "{}{end} {}",
        topic.start,
        quote::label(&topic.title, TITLE_CHARS)
    )
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().collect::<String>() + chars.as_str()
    })
}

/// An error's text as a sentence of its own, with a capital.
fn sentence(text: &str) -> String {
    capital(&lookup::sentence(text))
}
