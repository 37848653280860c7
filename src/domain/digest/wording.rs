//! The phrases that the digest uses in Discord and in a terminal alike.

use jiff::Timestamp;
use jiff::civil::Date;

use super::{CHOICE_MAX, Closed, DigestInput, DigestItem, DigestTopic, How, OLD_MARK};
use crate::domain::quote::plain;

/// `8 open · 3 new and 2 answered since the last digest · ⏳ 2 open for more than three days · 1 done since`
pub(super) fn figures(input: &DigestInput) -> String {
    let counts = input.counts;
    let mut line = match (input.is_first, counts.answered) {
        (true, 0) => format!("{} open", counts.open),
        (true, answered) => format!("{} open · {answered} answered so far", counts.open),
        (false, answered) => format!(
            "{} open · {} new and {answered} answered since the last digest",
            counts.open, counts.new
        ),
    };
    let old = input
        .items
        .iter()
        .filter(|item| item.is_old(input.now))
        .count();
    if old > 0 {
        line += &format!(" · {OLD_MARK} {old} open for more than three days");
    }
    if counts.snoozed > 0 {
        line += &format!(" · {} put off", counts.snoozed);
    }
    match input
        .items
        .iter()
        .filter(|item| item.closed.is_some())
        .count()
    {
        0 => {}
        done if done == input.items.len() => line += " · all done since",
        done => line += &format!(" · {done} done since"),
    }
    line
}

/// The one line of a digest in which nothing is open; `course` is as it shall be shown.
pub(super) fn nothing_open(course: &str, input: &DigestInput) -> String {
    let until = if input.is_first {
        "so far"
    } else {
        "since the last digest"
    };
    let answered = match input.counts.answered {
        0 => String::new(),
        1 => format!("; 1 was answered {until}"),
        many => format!("; {many} were answered {until}"),
    };
    let snoozed = match input.counts.snoozed {
        0 => String::new(),
        1 => "; 1 is put off".to_owned(),
        many => format!("; {many} are put off"),
    };
    let nothing = nothing_open_on(course, input.date);
    format!("{nothing}{answered}{snoozed}.")
}

/// All questions of a part have been forgotten.
pub(super) const NOTHING_LEFT: &str = "Nothing is left of what stood here.";

/// How that line begins: `No open questions in Bees on Thu 16 Mar 2023`
pub(super) fn nothing_open_on(course: &str, date: Date) -> String {
    format!("No open questions in {course} on {}", day(date))
}

/// `open questions, Thu 16 Mar 2023`
pub(super) fn subject(date: Date) -> String {
    format!("open questions, {}", day(date))
}

/// `Thu 16 Mar 2023`
fn day(date: Date) -> String {
    date.strftime("%a %-d %b %Y").to_string()
}

/// That the digest comes only now, and that others did not come at all; nothing when all went well.
pub(super) fn lateness(input: &DigestInput) -> Option<String> {
    let late = input.late.planned.map(|planned| {
        let planned = planned.to_zoned(input.timezone.clone());
        format!(
            "Late: planned for {}.",
            planned.strftime("%H:%M on %a %-d %b")
        )
    });
    let missed = match input.late.missed {
        0 => None,
        1 => Some("The digest before it was missed.".to_owned()),
        many => Some(format!("The {many} digests before it were missed.")),
    };
    let told: Vec<String> = [late, missed].into_iter().flatten().collect();
    (!told.is_empty()).then(|| told.join(" "))
}

/// `47:09–52:14`, or `from 47:09` when the end is not known.
pub(super) fn range(topic: &DigestTopic) -> String {
    match topic.end {
        Some(end) => format!("{}–{end}", topic.start),
        None => format!("from {}", topic.start),
    }
}

/// The asking sentences as one text, or what stands for them when there are none; `quote` makes them safe.
pub(super) fn asking(item: &DigestItem, quote: impl Fn(&str) -> String) -> String {
    let said = item.asks.join(" ");
    match (said.trim().is_empty(), &item.closed) {
        (false, _) => quote(&said),
        (true, None) => "(a message without words)".to_owned(),
        (true, Some(_)) => "(its text is gone)".to_owned(),
    }
}

/// `asked by 3, first maya`, `maya`, `asked by 3`, or nothing; `name` makes a name safe.
pub(super) fn askers(item: &DigestItem, name: impl Fn(&str) -> String) -> Option<String> {
    match (item.asked_by, item.asker.as_deref().map(name)) {
        (0 | 1, asker) => asker,
        (many, None) => Some(format!("asked by {many}")),
        (many, Some(first)) => Some(format!("asked by {many}, first {first}")),
    }
}

/// `answered by maya`; `name` makes a name safe.
pub(super) fn closing(closed: &Closed, name: impl Fn(&str) -> String) -> String {
    let how = match closed.how {
        How::Answered => "answered",
        How::Dismissed => "dismissed",
        How::Merged => "merged",
        How::TakenBack => "taken back",
        How::Gone => "deleted",
        How::EditedAway => "edited away",
    };
    closed
        .by
        .as_deref()
        .map_or_else(|| how.to_owned(), |by| format!("{how} by {}", name(by)))
}

/// `52:30 why is there a beta…`: what a question is called where one is to be chosen.
pub(super) fn choice(item: &DigestItem) -> String {
    let mark = if item.closed.is_some() { "✓ " } else { "" };
    let place = item.offset.map(|offset| format!("{offset} "));
    let before = format!("{mark}{}", place.unwrap_or_default());
    let room = CHOICE_MAX - before.chars().count();
    let asking = asking(item, |said| plain(said, room));
    format!("{before}{asking}")
}

/// How sure, in whole percent.
pub(super) fn percent(confidence: f64) -> u32 {
    // A NaN becomes 0.
    (confidence.clamp(0.0, 1.0) * 100.0).round() as u32
}

/// `2 days ago`, in the largest whole unit.
pub(super) fn age(asked_at: Timestamp, now: Timestamp) -> String {
    let minutes = now.duration_since(asked_at).as_mins();
    let (number, unit) = match minutes {
        ..1 => return "just now".to_owned(),
        1..60 => (minutes, "minute"),
        60..1_440 => (minutes / 60, "hour"),
        _ => (minutes / 1_440, "day"),
    };
    format!("{number} {unit}{} ago", if number == 1 { "" } else { "s" })
}
