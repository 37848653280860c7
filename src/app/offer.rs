//! What is offered while somebody types an option of a slash command: lectures, topics, questions.
//!
//! It only reads, and fast: Discord gives it three seconds and asks again at every key.

use super::App;
use super::command::Offers;
use super::courses::{Belongs, ServedCourse, ServedLecture};
use super::event::{Person, Place};
use super::interaction::Given;
use super::lookup;
use crate::domain::offset::{Offset, Span};
use crate::domain::quote;
use crate::domain::search;
use crate::store::{StoreError, questions};

/// Discord shows no more.
const MOST: usize = 25;
/// Nor more of one, in characters.
const MOST_CHARS: usize = 100;

/// Something that is offered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// What is shown, at most 100 characters.
    pub label: String,
    /// What is given when it is chosen, at most 100 characters.
    pub value: String,
}

impl Offer {
    fn new(label: &str, value: impl Into<String>) -> Self {
        Self {
            label: quote::plain(label, MOST_CHARS),
            value: value.into(),
        }
    }
}

/// An option that is being typed.
#[derive(Debug, Clone)]
pub struct Typing<'a> {
    /// Where.
    pub place: Place,
    /// Who.
    pub person: Person,
    /// What the option offers.
    pub offers: Offers,
    /// What has been typed so far.
    pub typed: &'a str,
    /// The command's other options, as far as they are given.
    pub given: &'a Given,
}

impl App {
    /// What to offer, at most 25, best first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn offer(&self, typing: &Typing<'_>) -> Result<Vec<Offer>, StoreError> {
        let courses = self.courses();
        let Belongs::To(served) = courses.of_command(&typing.place) else {
            return Ok(Vec::new());
        };
        let typed = typing.typed.trim();
        let mut offers = match typing.offers {
            Offers::Lectures => lectures(served, typed),
            Offers::Topics => self.topics(served, typing, typed),
            Offers::Questions => self.questions(served, typing, typed).await?,
        };
        offers.retain(|offer| !offer.value.is_empty() && offer.value.chars().count() <= MOST_CHARS);
        offers.truncate(MOST);
        Ok(offers)
    }

    fn topics(&self, served: &ServedCourse, typing: &Typing<'_>, typed: &str) -> Vec<Offer> {
        let meant = match typing.given.text("lecture") {
            None => served.lecture_meant(&typing.place, self.clock.now()),
            Some(name) => lookup::named(name, &served.lectures).ok(),
        };
        meant.map_or_else(Vec::new, |lecture| topics_of(lecture, typed))
    }

    async fn questions(
        &self,
        served: &ServedCourse,
        typing: &Typing<'_>,
        typed: &str,
    ) -> Result<Vec<Offer>, StoreError> {
        let mut tx = self.store.read().await?;
        let mut waiting = questions::waiting_questions(&mut tx, served.id).await?;
        // Their own come first.
        let me = typing.person.id.to_db();
        waiting.sort_by_key(|row| (row.asker_id != me, row.asked_at_ms));
        let found = found(typed, &waiting, |row| [(row.asking.as_str(), 1)]);
        let offer = |index: usize| {
            let row = &waiting[index];
            let asking = row.asking.replace('\n', " ");
            let offset = row.offset_s.map(super::courses::offset_from_db);
            let label = match offset {
                Some(offset) => format!("{offset} {asking}"),
                None => asking,
            };
            Offer::new(&label, row.id.to_string())
        };
        Ok(found.into_iter().map(offer).collect())
    }
}

fn lectures(served: &ServedCourse, typed: &str) -> Vec<Offer> {
    let offer = |lecture: &ServedLecture| {
        let lecture = &lecture.lecture;
        Offer::new(
            &format!("{} · {}", lecture.slug, lecture.title),
            &lecture.slug,
        )
    };
    let begins = |lecture: &&ServedLecture| {
        let slug = lecture.lecture.slug.to_lowercase();
        !typed.is_empty() && slug.starts_with(&typed.to_lowercase())
    };
    // The newest are wanted most.
    let newest_first: Vec<&ServedLecture> = served.lectures.iter().rev().collect();
    let by_slug = newest_first.iter().copied().filter(begins);
    let by_title = found(typed, &newest_first, |lecture| {
        [(lecture.lecture.title.as_str(), 1)]
    });
    let mut offers: Vec<Offer> = by_slug.map(offer).collect();
    for index in by_title {
        let next = offer(newest_first[index]);
        if !offers.contains(&next) {
            offers.push(next);
        }
    }
    offers
}

/// Topics by words, or those from the typed offset on, the one that covers it first.
fn topics_of(lecture: &ServedLecture, typed: &str) -> Vec<Offer> {
    let table = &lecture.lecture.topics;
    let offer = |index: usize| {
        let topic = table.get(index)?;
        let label = format!("{} {}", topic.start, topic.title);
        Some(Offer::new(&label, topic.start.to_string()))
    };
    if typed.parse::<Span>().is_ok_and(|span| span.end.is_some()) {
        return Vec::new();
    }
    if let Some(at) = offset_typed(typed) {
        let first = (0..table.len())
            .rev()
            .find(|&index| table.get(index).is_some_and(|topic| topic.start <= at));
        let title = first.and_then(|index| Some(table.get(index)?.title.clone()));
        let exactly = Offer::new(
            &format!("{at} {}", title.unwrap_or_default()),
            at.to_string(),
        );
        let next = first.map_or(0, |index| index + 1);
        return std::iter::once(exactly)
            .chain((next..table.len()).filter_map(offer))
            .collect();
    }
    let topics: Vec<_> = table.iter().collect();
    let ranked = found(typed, &topics, |topic| {
        [
            (topic.title.as_str(), search::TITLE),
            (topic.note.as_deref().unwrap_or_default(), search::NOTE),
        ]
    });
    ranked.into_iter().filter_map(offer).collect()
}

/// The offset that somebody is about to type: whole, or its minutes with the colon behind them.
fn offset_typed(typed: &str) -> Option<Offset> {
    if let Ok(span) = typed.parse::<Span>() {
        return Some(span.start);
    }
    let minutes: u32 = typed.strip_suffix(':')?.parse().ok()?;
    Some(Offset::from_seconds(minutes.checked_mul(60)?))
}

/// The places of the items that match what is typed, best first; all in their order while nothing is.
fn found<'a, T, F>(typed: &str, items: &'a [T], fields: impl Fn(&'a T) -> F) -> Vec<usize>
where
    F: IntoIterator<Item = (&'a str, u32)>,
{
    if typed.is_empty() {
        return (0..items.len()).collect();
    }
    let typed_lower = typed.to_lowercase();
    let mut ranked = search::rank(typed, items, &fields);
    // A word that is not finished yet is none of the item's words.
    for (index, item) in items.iter().enumerate() {
        let begins = |text: &str| {
            let text = text.to_lowercase();
            text.starts_with(&typed_lower) || text.contains(&format!(" {typed_lower}"))
        };
        if !ranked.contains(&index) && fields(item).into_iter().any(|(text, _)| begins(text)) {
            ranked.push(index);
        }
    }
    ranked
}
