//! What Beadle says of a course's lectures.

use crate::app::courses::{ServedCourse, ServedLecture};
use crate::app::effect::{Card, Outgoing};
use crate::app::interaction::{Button, Controls, Field, Form, Style};
use crate::domain::course::words::SLUG_MAX_CHARS;
use crate::domain::quote;

/// How much of a title is shown.
const TITLE_CHARS: usize = 120;
/// How many lectures stand on a page.
const A_PAGE: usize = 20;

fn named(lecture: &ServedLecture) -> String {
    let (slug, title) = (&lecture.lecture.slug, &lecture.lecture.title);
    format!("Lecture {slug}, {}", quote::label(title, TITLE_CHARS))
}

/// What a form for a lecture holds already.
#[derive(Debug, Clone, Default)]
pub struct LectureForm {
    /// The control's id.
    pub id: String,
    /// Whether the lecture is new.
    pub is_new: bool,
    /// What stands in the fields.
    pub title: String,
    /// As above.
    pub slug: String,
    /// As above.
    pub date: String,
    /// As above.
    pub video: String,
    /// As above.
    pub duration: String,
}

/// The form for a lecture.
pub fn lecture_form(form: LectureForm) -> Form {
    let slug_chars = SLUG_MAX_CHARS as u16;
    Form {
        id: form.id,
        title: match form.is_new {
            true => "A new lecture".to_owned(),
            false => "A lecture".to_owned(),
        },
        fields: vec![
            Field::line("title", "Title", 200).holding(form.title),
            Field::line("slug", "Short name, as in !t 10 52:14", slug_chars).holding(form.slug),
            Field::line("date", "Day on which it is held", 20)
                .holding(form.date)
                .hint("2026-02-09")
                .optional(),
            Field::line("video", "Where the recording is watched", 2_000)
                .holding(form.video)
                .hint("https://…")
                .optional(),
            Field::line("duration", "How long the recording is", 20)
                .holding(form.duration)
                .hint("1:16:15")
                .optional(),
        ],
    }
}

/// What was given is not right: everything at once. The mistakes are safe to be shown.
pub fn not_right(mistakes: &[String]) -> String {
    let lines = mistakes.iter().take(6);
    let lines: Vec<String> = lines.map(|mistake| format!("- {mistake}")).collect();
    format!("Nothing was changed:\n{}", lines.join("\n"))
}

/// No lecture is called that.
pub fn no_such_lecture(name: &str) -> String {
    format!(
        "There is no lecture {}; `/lecture list` shows them.",
        quote::quote(name, 60)
    )
}

/// A lecture was added.
pub fn lecture_added(slug: &str, title: &str, prefix: &str) -> String {
    format!(
        "Lecture {slug}, {}, is there. `/topic import` gives it a topic table; then `{prefix}t {slug} 52:14` says what \
         is taught at that second.",
        quote::label(title, TITLE_CHARS)
    )
}

/// A lecture was changed.
pub fn lecture_changed(slug: &str, title: &str) -> String {
    format!(
        "Lecture {slug}, {}, is changed.",
        quote::label(title, TITLE_CHARS)
    )
}

/// Nothing of a lecture was to be changed, by what was given.
pub const LECTURE_UNCHANGED: &str = "That is what it is already. Nothing was changed.";

/// Whether a lecture is really to be taken away. `id`: what the controls are about.
pub fn lecture_goes(lecture: &ServedLecture, questions: i64, id: &str) -> Outgoing {
    let questions = match questions {
        0 => "No question was asked about it.".to_owned(),
        1 => "The question that was asked about it stays, under no lecture.".to_owned(),
        n => format!("The {n} questions that were asked about it stay, under no lecture."),
    };
    let text = format!(
        "Take {} away? {questions} Its topic table is kept for as long as nobody gives the short name to another: \
         adding it again brings both back.",
        named(lecture)
    );
    Outgoing::text(text).with(vec![Controls::Buttons(vec![
        Button::new("Take it away", format!("{id}:away")).style(Style::Danger),
        Button::new("Keep it", format!("{id}:keep")),
    ])])
}

/// A lecture was taken away.
pub fn lecture_gone(lecture: &ServedLecture) -> Outgoing {
    Outgoing::text(format!("{} is taken away.", named(lecture)))
}

/// A lecture was not taken away after all.
pub fn lecture_kept(lecture: &ServedLecture) -> Outgoing {
    Outgoing::text(format!("{} stays.", named(lecture)))
}

/// The lecture that a control is about is not there any more.
pub fn lecture_gone_before() -> Outgoing {
    Outgoing::text("That lecture is taken away already.")
}

/// A page of a course's lectures, newest first; the first page is 0. `tag`: of the controls.
pub fn lectures(served: &ServedCourse, page: usize, tag: &str) -> Outgoing {
    let newest_first: Vec<&ServedLecture> = served.lectures.iter().rev().collect();
    let pages = newest_first.len().div_ceil(A_PAGE).max(1);
    let page = page.min(pages - 1);
    let shown = newest_first.iter().skip(page * A_PAGE).take(A_PAGE);
    let lines: Vec<String> = shown.map(|lecture| line(lecture)).collect();
    let body = match lines.is_empty() {
        true => "There is none yet; `/lecture add` adds one.".to_owned(),
        false => lines.join("\n"),
    };
    let card = Outgoing::card(Card {
        title: quote::plain(&format!("Lectures of {}", served.course.name), 200),
        url: None,
        body,
        footer: match pages {
            1 => String::new(),
            _ => format!("Page {} of {pages}", page + 1),
        },
    });
    if pages == 1 {
        return card;
    }
    let before = page.saturating_sub(1);
    card.with(vec![Controls::Buttons(vec![
        Button::new("Newer", format!("{tag}:page:{before}:newer")).enabled(page > 0),
        Button::new("Older", format!("{tag}:page:{}:older", page + 1)).enabled(page + 1 < pages),
    ])])
}

fn line(lecture: &ServedLecture) -> String {
    let it = &lecture.lecture;
    let title = quote::label(&it.title, 80);
    let title = match &it.video {
        // Longer addresses would not leave room for the others.
        Some(video) if video.as_str().len() <= 80 => format!("[{title}](<{}>)", video.as_str()),
        _ => title,
    };
    let table = match it.topics.len() {
        0 => "no topic table".to_owned(),
        1 => "1 topic".to_owned(),
        n => format!("{n} topics"),
    };
    let channels: Vec<String> = lecture
        .channels
        .iter()
        .take(3)
        .map(|id| format!("<#{id}>"))
        .collect();
    let more = [
        it.date.map(|date| date.to_string()),
        it.duration.map(|duration| duration.to_string()),
        Some(table),
        Some(channels.join(" ")).filter(|channels| !channels.is_empty()),
    ];
    let more: Vec<String> = more.into_iter().flatten().collect();
    format!("**{}** {title} · {}", it.slug, more.join(" · "))
}
