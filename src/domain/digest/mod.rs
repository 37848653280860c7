//! The digest's text: what is open, where in the recordings it stands, and how urgent it is.
//!
//! Data in, text out: [`parts`] for Discord's embeds, [`plain_text`] for terminals. It must never ask the time, look
//! anything up, or know how the text is sent. What people wrote passes through [`super::quote`].

mod embed;
mod order;
mod plain;
mod split;
#[cfg(test)]
mod tests;
pub mod timeline;
mod wording;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::offset::Offset;

pub use embed::{beginnings, parts, parts_as_before};
pub use plain::plain_text;

/// An embed's description holds so many characters (Discord's reference, "Embed Limits"), counted here in UTF-16 code
/// units, the largest way to count.
pub const BODY_MAX: usize = 4_096;

/// An embed's title holds so many characters, counted likewise.
pub const TITLE_MAX: usize = 256;

/// So many questions stand in one part: a select below it holds no more options (its reference, "Select Menu").
pub const ITEMS_MAX: usize = 25;

/// An option of a select holds so many characters.
pub const CHOICE_MAX: usize = 100;

/// A question open for longer than this is marked with [`OLD_MARK`].
pub const OLD_AFTER: SignedDuration = SignedDuration::from_hours(72);

/// Stands before a question that has been open for too long.
pub const OLD_MARK: &str = "⏳";

/// Everything that a digest says.
#[derive(Debug, Clone, PartialEq)]
pub struct DigestInput {
    /// The course's name.
    pub course: String,
    /// The course's local date.
    pub date: Date,
    /// The course's time zone.
    pub timezone: TimeZone,
    /// The moment from which ages are counted. To show the same digest again with an item closed, bring the first
    /// moment again: then no item changes its place.
    pub now: Timestamp,
    /// Whether it comes later than planned, and after how many that did not come at all.
    pub late: Late,
    /// Whether it is the course's first: then it has no last one to count from.
    pub is_first: bool,
    /// The figures on top.
    pub counts: Counts,
    /// The course's lectures in their order; one without a question is left out of the text.
    pub lectures: Vec<DigestLecture>,
    /// The questions, in any order.
    pub items: Vec<DigestItem>,
}

/// How late a digest is; by default it is on time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Late {
    /// When it should have come, if it comes later than that.
    pub planned: Option<Timestamp>,
    /// How many days before it had no digest at all.
    pub missed: u32,
}

/// The figures on top of a digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Questions open now, those with a suggested answer included.
    pub open: u32,
    /// Of those, asked since the last digest; without a last one, all.
    pub new: u32,
    /// Questions answered since the last digest; without a last one, ever.
    pub answered: u32,
    /// Questions that wait too, but were put off: they are not among those that are open.
    pub snoozed: u32,
}

/// A lecture that questions may be about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DigestLecture {
    /// Its short name.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// A link to the recording.
    pub link: Option<String>,
    /// The recording's length, if it is known.
    pub length: Option<Offset>,
    /// Its topics in the order of the recording; one without a question is left out of the text.
    pub topics: Vec<DigestTopic>,
}

/// A topic that questions may be about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DigestTopic {
    /// Its title.
    pub title: String,
    /// Where it starts; no two of a lecture start together.
    pub start: Offset,
    /// Where it ends, if that is known.
    pub end: Option<Offset>,
}

/// A question in a digest.
#[derive(Debug, Clone, PartialEq)]
pub struct DigestItem {
    /// The question's own number.
    pub id: i64,
    /// The slug of its lecture, if it has one.
    pub lecture: Option<String>,
    /// The start of its topic, if it lies in one.
    pub topic: Option<Offset>,
    /// Where in the recording it points.
    pub offset: Option<Offset>,
    /// A link into the recording at that second.
    pub offset_link: Option<String>,
    /// The sentences that ask, in order; as people wrote them.
    pub asks: Vec<String>,
    /// How many people asked it, at least 1.
    pub asked_by: u32,
    /// When it was first asked.
    pub asked_at: Timestamp,
    /// Who asked first, as people see the name; `None` when askers stay hidden.
    pub asker: Option<String>,
    /// A link to the message.
    pub jump: String,
    /// The message that may have answered it.
    pub maybe_answered: Option<MaybeAnswered>,
    /// Where in the recording it probably belongs, if it names no offset.
    pub probably: Option<Probably>,
    /// Links to messages that may ask the same.
    pub similar: Vec<String>,
    /// Given once it needs nobody any more: it is then struck through.
    pub closed: Option<Closed>,
    /// Given once it was put off: it then says so.
    pub snoozed: Option<Snoozed>,
}

/// That a question was left out of the digests to come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snoozed {
    /// Until when.
    pub until: Timestamp,
    /// By whom.
    pub by: String,
}

/// A suggested answer.
#[derive(Debug, Clone, PartialEq)]
pub struct MaybeAnswered {
    /// A link to the message.
    pub jump: String,
    /// How sure Beadle is, 0 to 1.
    pub confidence: f64,
}

/// A topic that a question is probably about, by its words alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Probably {
    /// The topic's title.
    pub title: String,
    /// Where it starts.
    pub start: Offset,
    /// A link into the recording at that second.
    pub link: Option<String>,
}

/// How a question of the digest came to need nobody any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closed {
    /// What happened.
    pub how: How,
    /// The name of whoever did it, if it may be told.
    pub by: Option<String>,
}

/// What happened to a question that is no longer open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// It has a confirmed answer.
    Answered,
    /// Staff found it to be no question.
    Dismissed,
    /// It was folded into another.
    Merged,
    /// Its asker took it back.
    TakenBack,
    /// Its message was deleted.
    Gone,
    /// As it reads now, its message asks nothing any more.
    EditedAway,
}

/// What goes into one embed of one message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DigestPart {
    /// The embed's title, on the first part only; at most [`TITLE_MAX`].
    pub title: Option<String>,
    /// The embed's description; at most [`BODY_MAX`].
    pub body: String,
    /// The embed's footer: `part 2 of 3`, if there are several.
    pub footer: Option<String>,
    /// The questions in it, in the order of the text; at most [`ITEMS_MAX`].
    pub questions: Vec<i64>,
    /// What each of them is called where one is to be chosen, in plain text; at most [`CHOICE_MAX`] characters.
    pub choices: Vec<String>,
}

impl DigestItem {
    /// Whether it has been open for longer than [`OLD_AFTER`].
    pub fn is_old(&self, now: Timestamp) -> bool {
        self.closed.is_none() && now.duration_since(self.asked_at) > OLD_AFTER
    }
}
