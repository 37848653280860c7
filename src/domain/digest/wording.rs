//! The phrases that the digest uses in Discord and in a terminal alike.

use jiff::Timestamp;

use super::{Closed, Delay, DigestInput, DigestItem, DigestTopic, How, Late, OLD_MARK};

/// `8 open · 3 new and 2 answered since the last digest · ⏳ 2 open for more than three days`
pub(super) fn figures(input: &DigestInput) -> String {
    let counts = input.counts;
    let mut line = format!(
        "{} open · {} new and {} answered since the last digest",
        counts.open, counts.new, counts.answered
    );
    let old = input
        .items
        .iter()
        .filter(|item| item.is_old(input.now))
        .count();
    if old > 0 {
        line += &format!(" · {OLD_MARK} {old} open for more than three days");
    }
    line
}

/// The one line of a digest in which nothing is open; `course` is as it shall be shown.
pub(super) fn nothing_open(course: &str, answered: u32) -> String {
    match answered {
        0 => format!("No open questions in {course} today."),
        1 => format!("No open questions in {course} today; 1 was answered since the last digest."),
        many => format!(
            "No open questions in {course} today; {many} were answered since the last digest."
        ),
    }
}

/// `open questions, Thu 16 Mar 2023`
pub(super) fn subject(input: &DigestInput) -> String {
    format!("open questions, {}", input.date.strftime("%a %-d %b %Y"))
}

/// Why the digest comes only now.
pub(super) fn lateness(input: &DigestInput, late: Late) -> String {
    let planned = late.planned.to_zoned(input.timezone.clone());
    let why = match late.why {
        Delay::NotRunning => "Beadle was not running then",
        Delay::Discord => "Discord could not be reached then",
    };
    let missed = match late.missed {
        0 => String::new(),
        1 => " The digest before it was missed as well.".to_owned(),
        many => format!(" The {many} digests before it were missed as well."),
    };
    format!(
        "Late: planned for {}; {why}.{missed}",
        planned.strftime("%H:%M on %a %-d %b")
    )
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
        How::Merged => "merged into another question",
        How::Withdrawn => "withdrawn",
    };
    closed
        .by
        .as_deref()
        .map_or_else(|| how.to_owned(), |by| format!("{how} by {}", name(by)))
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
