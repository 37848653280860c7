//! What is said of digests, and of a question chosen from one.

use crate::domain::digest::{Closed, How};
use crate::domain::quote::{label, name, quote};

/// Stands in the select below a digest.
pub const CHOOSE: &str = "Choose a question to close it, put it off or open it again";

/// The course has no digest.
pub const NO_DIGEST: &str = "This course has no digest: its settings name no channel for it. \
     `/course show` says where they are.";

/// What the preview of a digest is introduced with.
pub fn preview(planned_s: i64) -> String {
    format!("A preview, for you alone. The digest itself comes <t:{planned_s}:R>.")
}

/// The preview of a digest that no moment is planned for.
pub const PREVIEW: &str = "A preview, for you alone.";

/// The digest is posted at once.
pub fn posted_now(channel: u64) -> String {
    format!("Today's digest goes to <#{channel}> now, instead of at its hour.")
}

/// Today's digest was posted before.
pub fn posted_already(link: Option<&str>) -> String {
    let preview = "`/digest preview` shows what it would say now";
    match link {
        Some(link) => format!("Today's digest is there already: {link}. {preview}."),
        None => format!("Today's digest is done already. {preview}."),
    }
}

/// When the digest comes.
pub struct Hour<'a> {
    /// The local time, `18:00`.
    pub at: &'a str,
    /// `every day`, or the days.
    pub days: &'a str,
    /// `America/Los_Angeles`.
    pub timezone: &'a str,
    /// Where.
    pub channel: u64,
    /// When it comes next, in UTC seconds.
    pub next_s: Option<i64>,
    /// Whether that was changed just now.
    pub is_new: bool,
}

/// When and where the digest comes.
pub fn schedule(hour: &Hour<'_>) -> String {
    let Hour {
        at,
        days,
        timezone,
        channel,
        next_s,
        is_new,
    } = hour;
    let next = next_s.map_or_else(String::new, |next_s| {
        format!(" The next one: <t:{next_s}:F> (<t:{next_s}:R>).")
    });
    let from_now = if *is_new { "From now on the" } else { "The" };
    format!("{from_now} digest comes at {at} ({timezone}), {days}, in <#{channel}>.{next}")
}

/// A new hour that means nothing; `why` says so.
pub fn schedule_mistake(why: &str) -> String {
    format!("Nothing was changed: {why}.")
}

/// The chosen question is not there any more.
pub const QUESTION_GONE: &str = "That question is not kept any more.";

/// A question that was chosen.
pub struct Panel<'a> {
    /// `Lecture 10 · Prompting · 52:30`, safe already; empty: nothing is known.
    pub place: String,
    /// A link into the recording.
    pub recording: Option<String>,
    /// What it asks, as it was written.
    pub asking: &'a str,
    /// Who asked, unless askers stay hidden.
    pub asker: Option<&'a str>,
    /// How many asked it.
    pub asked_by: u32,
    /// When, in UTC seconds.
    pub asked_s: i64,
    /// A link to its message.
    pub jump: String,
    /// How it was closed.
    pub closed: Option<Closed>,
    /// Until when it is put off (UTC seconds), and by whom.
    pub snoozed: Option<(i64, &'a str)>,
    /// What may answer it, the surest first.
    pub answers: Vec<PanelAnswer<'a>>,
}

/// An answer to a question that was chosen.
pub struct PanelAnswer<'a> {
    /// A link to its message.
    pub jump: String,
    /// Who wrote it.
    pub author: &'a str,
    /// Whether a person has said that it answers.
    pub confirmed: bool,
    /// What it says, as it was written.
    pub text: &'a str,
}

/// So many answers are shown at most; further ones are counted.
const ANSWERS_MAX: usize = 5;

/// A question that was chosen, with its answers.
pub fn panel(panel: &Panel<'_>) -> String {
    let mut lines = Vec::new();
    if !panel.place.is_empty() {
        lines.push(panel.place.clone());
    }
    let asking = match panel.asking.trim() {
        "" => "(its text is gone)".to_owned(),
        said => quote(said, 1_000),
    };
    lines.push(asking);
    let who = match (panel.asked_by, panel.asker.map(name)) {
        (0 | 1, Some(asker)) => format!("Asked by {asker}"),
        (0 | 1, None) => "Asked".to_owned(),
        (many, Some(asker)) => format!("Asked by {many}, first {asker},"),
        (many, None) => format!("Asked by {many}, first"),
    };
    let recording = panel.recording.as_ref();
    let recording = recording.map_or_else(String::new, |link| format!(" · [recording](<{link}>)"));
    lines.push(format!(
        "{who} <t:{}:R> · [message]({}){recording}",
        panel.asked_s, panel.jump
    ));
    lines.push(format!("**{}**", standing(panel)));
    for answer in panel.answers.iter().take(ANSWERS_MAX) {
        let what = if answer.confirmed {
            "answer"
        } else {
            "maybe an answer"
        };
        let said = quote(answer.text, 200);
        lines.push(format!(
            "- [{what}]({}) by {}: {said}",
            answer.jump,
            name(answer.author)
        ));
    }
    if panel.answers.len() > ANSWERS_MAX {
        lines.push(format!("and {} more", panel.answers.len() - ANSWERS_MAX));
    }
    lines.join("\n")
}

/// Where a question stands.
fn standing(panel: &Panel<'_>) -> String {
    let Some(closed) = &panel.closed else {
        return match panel.snoozed {
            Some((until_s, by)) => format!("Put off until <t:{until_s}:f> by {}", name(by)),
            None if panel.answers.is_empty() => "Open".to_owned(),
            None => "Open, maybe answered".to_owned(),
        };
    };
    let how = match closed.how {
        How::Answered => "Answered",
        How::Dismissed => "Dismissed",
        How::Merged => "Merged into another question",
        How::TakenBack => "Taken back by its asker",
        How::Gone => "Its message was deleted",
        How::EditedAway => "Its message was edited and asks nothing any more",
    };
    match &closed.by {
        Some(by) => format!("{how} by {}", name(by)),
        None => how.to_owned(),
    }
}

/// What stands above a question: its lecture, its topic and its offset, as far as they are known.
pub fn place(lecture: Option<(&str, &str)>, topic: Option<&str>, offset: Option<String>) -> String {
    let lecture =
        lecture.map(|(slug, title)| format!("Lecture {} · {}", label(slug, 40), label(title, 120)));
    let topic = topic.map(|topic| label(topic, 120));
    let parts: Vec<String> = [lecture, topic, offset].into_iter().flatten().collect();
    parts.join(" · ")
}

/// The button that shows a form for the answer.
pub const ANSWER: &str = "Answer …";
/// The button that says a question is answered.
pub const ANSWERED: &str = "Answered";
/// The button that says a question needs no answer.
pub const DISMISS: &str = "Dismiss";
/// The button that opens a question again.
pub const REOPEN: &str = "Reopen";
/// Stands in the select that puts a question off.
pub const SNOOZE: &str = "Put off …";
/// For how long a question can be put off: what is shown, and days.
pub const SNOOZES: [(&str, i64); 3] = [
    ("until tomorrow", 1),
    ("for three days", 3),
    ("for a week", 7),
];
