//! Writes a course as a file that reads as the same course.

use std::fmt::Write as _;

use crate::domain::course::{Course, DigestSettings, LectureSettings};

/// The text of a course's file. Paths of topic tables stand in it as the course has them.
pub(super) fn course(course: &Course) -> String {
    let mut out = String::new();
    // Writing to a text does not fail.
    let _ = write!(
        out,
        "[course]\nslug = {}\nname = {}\nserver = {}\ntimezone = {}\nstaff_roles = {}\nwatch = {}\n\
         prefix = {}\ngathered_reaction = {}\n",
        text(&course.slug),
        text(&course.name),
        text(&course.server.to_string()),
        text(course.timezone_name()),
        list(&course.staff_roles),
        list(&course.watch),
        text(&course.prefix),
        text(course.gathered_reaction.as_deref().unwrap_or_default()),
    );
    let lookup = &course.lookup;
    let _ = write!(
        out,
        "\n[lookup]\nrepeat_s = {}\nper_user = {}\nper_user_window_s = {}\n",
        lookup.repeat_s, lookup.per_user, lookup.per_user_window_s
    );
    if let Some(settings) = &course.digest {
        digest(&mut out, settings);
    }
    for settings in &course.lectures {
        lecture(&mut out, settings);
    }
    out
}

fn digest(out: &mut String, digest: &DigestSettings) {
    let _ = write!(
        out,
        "\n[digest]\nchannel = {}\nat = {}\ndays = {}\nwhen_empty = {}\nshow_askers = {}\n",
        text(&digest.channel.to_string()),
        text(&digest.schedule.at.strftime("%H:%M").to_string()),
        list(&digest.schedule.days.names()),
        text(digest.when_empty.name()),
        digest.show_askers,
    );
}

fn lecture(out: &mut String, lecture: &LectureSettings) {
    let (slug, title) = (text(&lecture.slug), text(&lecture.title));
    let _ = writeln!(out, "\n[[lecture]]\nslug = {slug}\ntitle = {title}");
    if let Some(date) = lecture.date {
        let _ = writeln!(out, "date = {date}");
    }
    if let Some(video) = &lecture.video {
        let _ = writeln!(out, "video = {}", text(video));
    }
    if let Some(duration) = lecture.duration {
        let _ = writeln!(out, "duration = {}", text(&duration.to_string()));
    }
    let _ = writeln!(out, "channels = {}", list(&lecture.channels));
    if let Some(topics) = &lecture.topics {
        let _ = writeln!(out, "topics = {}", text(&topics.display().to_string()));
    }
}

fn text(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

fn list<T: ToString>(entries: &[T]) -> String {
    let entries: Vec<String> = entries
        .iter()
        .map(|entry| text(&entry.to_string()))
        .collect();
    format!("[{}]", entries.join(", "))
}
