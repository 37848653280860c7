//! `/questions`: what was asked, by state, lecture, topic and asker, a page at a time and for one
//! person's eyes.
//!
//! What is listed, and which page, stands in the ids of the buttons, so that they work for as long as
//! the message stands.

use std::collections::HashMap;

use super::courses::{ServedCourse, offset_from_db};
use super::effect::Outgoing;
use super::event::Person;
use super::interaction::{Asked, Response, Stopped};
use super::reply::{ListedQuestion, Page};
use super::turn::Turn;
use super::{life, link, lookup, reply, verdict};
use crate::domain::ids::MessageId;
use crate::domain::lecture::Lecture;
use crate::domain::offset::Span;
use crate::store::StoreError;
use crate::store::listing::{self, Filter};
use crate::store::questions::{self, QuestionRow};
use crate::store::{answers, verdicts};

/// How many questions stand on a page: with two links each they fit into one card.
const ON_A_PAGE: i64 = 8;

/// Of which state the questions are that are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Which {
    /// They wait for an answer.
    Waiting,
    /// Something looks like an answer.
    Suggested,
    /// They are answered.
    Answered,
    /// Staff said that they need no answer.
    Dismissed,
    /// They wait, and are left out of the digest for a while.
    Snoozed,
    /// They stand, whatever became of them.
    All,
}

impl Which {
    const EACH: [Self; 6] = [
        Self::Waiting,
        Self::Suggested,
        Self::Answered,
        Self::Dismissed,
        Self::Snoozed,
        Self::All,
    ];

    /// As an option of the command and in ids.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Waiting => "open",
            Self::Suggested => "suggested",
            Self::Answered => "answered",
            Self::Dismissed => "dismissed",
            Self::Snoozed => "snoozed",
            Self::All => "all",
        }
    }

    fn named(name: &str) -> Option<Self> {
        Self::EACH.into_iter().find(|which| which.name() == name)
    }

    /// The names of the states, each between commas.
    const fn states(self, by_staff: bool) -> &'static str {
        match self {
            Self::Waiting | Self::Snoozed => ",open,suggested,",
            Self::Suggested => ",suggested,",
            Self::Answered => ",answered,",
            Self::Dismissed => ",dismissed,",
            Self::All if by_staff => ",open,suggested,answered,dismissed,",
            Self::All => ",open,suggested,answered,",
        }
    }

    /// What nobody but staff sees of others' questions.
    const fn is_for_staff(self) -> bool {
        matches!(self, Self::Dismissed | Self::Snoozed)
    }
}

/// What is listed, and which page of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Listing {
    /// Of which state.
    pub which: Which,
    /// The row of the lecture; none: of any, and of none.
    pub lecture: Option<i64>,
    /// An offset in the topic, in seconds; none: under any.
    pub topic: Option<i64>,
    /// Whether only what the person asked who looks.
    pub mine: bool,
    /// From 0.
    pub page: i64,
}

impl Listing {
    /// As the id of a control holds it: `open:3:3134:mine:0`.
    fn id(self) -> String {
        let or_none = |number: Option<i64>| number.map_or("-".to_owned(), |it| it.to_string());
        format!(
            "questions:{}:{}:{}:{}:{}",
            self.which.name(),
            or_none(self.lecture),
            or_none(self.topic),
            if self.mine { "mine" } else { "-" },
            self.page,
        )
    }

    fn of_id(about: &str) -> Option<Self> {
        let mut parts = about.split(':');
        let which = Which::named(parts.next()?)?;
        let mut number = || {
            let part = parts.next()?;
            Some(part.parse().ok())
        };
        let (lecture, topic) = (number()?, number()?);
        Some(Self {
            which,
            lecture,
            topic,
            mine: parts.next()? == "mine",
            page: parts.next()?.parse().ok()?,
        })
    }
}

/// `/questions`.
pub(crate) async fn list(turn: &mut Turn<'_>, asked: Asked<'_>) -> Result<Response, Stopped> {
    let served = asked.course(turn)?;
    let listing = listing_asked(turn, served, &asked)?;
    let page = page(turn, served, listing, asked.person()).await?;
    Ok(Response::Privately(vec![page]))
}

/// A button that turns the page.
pub(crate) async fn control(turn: &mut Turn<'_>, asked: Asked<'_>) -> Result<Response, Stopped> {
    let served = asked.course(turn)?;
    let Some(listing) = Listing::of_id(asked.about) else {
        return Ok(Response::privately(reply::NOT_KNOWN_ANY_MORE));
    };
    let page = page(turn, served, listing, asked.person()).await?;
    Ok(Response::changes(page))
}

/// What the options of the command mean.
fn listing_asked(
    turn: &Turn<'_>,
    served: &ServedCourse,
    asked: &Asked<'_>,
) -> Result<Listing, Response> {
    let refused = |mistake| {
        let sentence = lookup::mistaken(served, &mistake);
        Response::Privately(vec![sentence])
    };
    let named = asked.given.text("lecture");
    let named = named.map(|name| lookup::named(name, &served.lectures));
    let mut lecture = named.transpose().map_err(refused)?;
    let mut topic = None;
    if let Some(words) = asked.given.text("topic") {
        lecture = lecture.or_else(|| served.lecture_meant(asked.place(), turn.now));
        let lecture = lecture.ok_or_else(|| refused(lookup::Mistake::WhichLecture))?;
        let found = topic_meant(&lecture.lecture, words);
        topic =
            Some(found.ok_or_else(|| {
                Response::privately(reply::no_such_topic(&lecture.lecture, words))
            })?);
    }
    let which = asked.given.text("state").and_then(Which::named);
    let listing = Listing {
        which: which.unwrap_or(Which::Waiting),
        lecture: lecture.map(|lecture| lecture.id),
        topic,
        mine: asked.given.truth("mine").unwrap_or(false),
        page: 0,
    };
    let is_staff = verdict::has_staffs_say(served, asked.person());
    if listing.which.is_for_staff() && !listing.mine && !is_staff {
        return Err(Response::privately(reply::FOR_STAFF));
    }
    Ok(listing)
}

/// The start, in seconds, of the topic that an offset lies in or that words name.
fn topic_meant(lecture: &Lecture, words: &str) -> Option<i64> {
    let start = match words.parse::<Span>() {
        Ok(span) => lecture.at(span.start).topic()?.start,
        Err(_) => {
            let best = *lecture.topics.search(words).first()?;
            lecture.topics.get(best)?.start
        }
    };
    Some(i64::from(start.seconds()))
}

/// A page of what is listed, for a person. A page past the last is the last.
pub(crate) async fn page(
    turn: &mut Turn<'_>,
    served: &ServedCourse,
    listing: Listing,
    person: &Person,
) -> Result<Outgoing, StoreError> {
    let is_staff = verdict::has_staffs_say(served, person);
    let filter = filter(served, &listing, person, is_staff, turn.now_ms());
    let many = listing::count_listed(turn.db().await?, &filter).await?;
    let last = (many - 1).max(0) / ON_A_PAGE;
    let number = listing.page.clamp(0, last);
    let from = number * ON_A_PAGE;
    let rows = listing::listed(turn.db().await?, &filter, from, ON_A_PAGE).await?;
    let to_page = |page| Listing { page, ..listing }.id();
    let page = Page {
        which: listing.which,
        lecture: listing.lecture.and_then(|id| served.lecture(id)),
        topic: listing.topic.map(offset_from_db),
        mine: listing.mine,
        questions: listed(turn, served, &rows, is_staff).await?,
        first: from + 1,
        many,
        before: (number > 0).then(|| to_page(number - 1)),
        after: (number < last).then(|| to_page(number + 1)),
    };
    Ok(reply::questions(&page))
}

fn filter<'a>(
    served: &ServedCourse,
    listing: &Listing,
    person: &Person,
    is_staff: bool,
    now_ms: i64,
) -> Filter<'a> {
    let lecture = listing.lecture.and_then(|id| served.lecture(id));
    let within = lecture
        .zip(listing.topic)
        .and_then(|(lecture, at)| lookup::span_at(&lecture.lecture, offset_from_db(at)));
    Filter {
        course_id: served.id,
        states: listing.which.states(is_staff || listing.mine),
        lecture_id: listing.lecture,
        within,
        asker_id: listing.mine.then(|| person.id.to_db()),
        snoozed_at_ms: (listing.which == Which::Snoozed).then_some(now_ms),
        oldest_first: matches!(listing.which, Which::Waiting | Which::Snoozed),
    }
}

/// Rows as they are told.
async fn listed(
    turn: &mut Turn<'_>,
    served: &ServedCourse,
    rows: &[QuestionRow],
    is_staff: bool,
) -> Result<Vec<ListedQuestion>, StoreError> {
    let now_ms = turn.now_ms();
    let askers = questions::askers_of_questions(turn.db().await?, served.id).await?;
    let askers: HashMap<i64, i64> = askers.into_iter().collect();
    let snoozed = match is_staff {
        true => verdicts::snoozed(turn.db().await?, served.id, now_ms).await?,
        false => HashMap::new(),
    };
    let server = served.course.server;
    let mut listed = Vec::with_capacity(rows.len());
    for row in rows {
        let answer = answers::answers_of(turn.db().await?, row.id).await?;
        let answer = answer.first();
        let lecture = row.lecture_id.and_then(|id| served.lecture(id));
        let offset = row.offset_s.map(offset_from_db);
        listed.push(ListedQuestion {
            asking: row.asking.clone(),
            jump: link::message(server, row.channel_id, row.message_id),
            state: life::state_of(row),
            asked_at_s: row.asked_at_ms / 1_000,
            asked_by: askers.get(&row.id).copied().unwrap_or(1),
            lecture: lecture.map(|lecture| lecture.lecture.slug.clone()),
            offset,
            recording: lecture
                .zip(offset)
                .and_then(|(it, at)| it.lecture.link_at(at)),
            answer: answer.map(|it| link::message(server, it.channel_id, it.message_id)),
            snoozed_until_s: snoozed.get(&row.id).map(|it| it.until_ms / 1_000),
        });
    }
    Ok(listed)
}

/// The question of a course that somebody named: by what autocomplete gives for it, or by a link to its
/// message.
pub(crate) async fn named(
    turn: &mut Turn<'_>,
    served: &ServedCourse,
    name: &str,
) -> Result<Option<QuestionRow>, StoreError> {
    let last = name.rsplit('/').next().unwrap_or(name);
    let found = match last.parse::<i64>() {
        Err(_) => None,
        Ok(id) if last == name => questions::question(turn.db().await?, id).await?,
        Ok(id) => {
            let message = MessageId::from_db(id);
            questions::question_by_message(turn.db().await?, message).await?
        }
    };
    Ok(found.filter(|row| row.course_id == served.id))
}

/// The question of that number and its course, if it is one of this server.
pub(crate) async fn numbered<'a>(
    turn: &mut Turn<'a>,
    asked: &Asked<'_>,
    id: &str,
) -> Result<Option<(&'a ServedCourse, QuestionRow)>, StoreError> {
    let Ok(id) = id.parse() else {
        return Ok(None);
    };
    let row = questions::question(turn.db().await?, id).await?;
    let mut here = turn.courses.on(asked.place().server);
    Ok(row.and_then(|row| {
        let served = here.find(|served| served.id == row.course_id)?;
        Some((served, row))
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_listed_is_read_back_from_an_id_that_fits() {
        for which in Which::EACH {
            for (lecture, topic) in [(None, None), (Some(i64::MAX), Some(359_999))] {
                let listing = Listing {
                    which,
                    lecture,
                    topic,
                    mine: topic.is_some(),
                    page: 12,
                };
                let id = listing.id();
                assert!(id.len() <= 100, "{id}");
                let about = id.strip_prefix("questions:").expect("its tag");
                assert_eq!(Listing::of_id(about), Some(listing));
            }
        }
        assert_eq!(Listing::of_id("open:1"), None);
    }
}
