//! The digest: when it is due, what stands in it, and that it is posted once a local date.

use std::collections::HashMap;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan as _};

use super::courses::{ServedCourse, ServedLecture, offset_from_db};
use super::effect::{Card, Effect, Outgoing};
use super::turn::{Purpose, Turn};
use super::{gather, link};
use crate::domain::course::{DigestSettings, WhenEmpty};
use crate::domain::digest::{
    self, Counts, DigestInput, DigestItem, DigestLecture, DigestPart, DigestTopic, Late,
    MaybeAnswered,
};
use crate::domain::question::AnswerState;
use crate::domain::schedule::{Due, Occurrence};
use crate::reading::SimilarIndex;
use crate::store::digests::{self, DigestRow};
use crate::store::questions::{self, QuestionRow};
use crate::store::{StoreError, Tx, answers};

/// After how long a digest that could not be sent is of no use any more.
const SENT_WITHIN: SignedDuration = SignedDuration::from_hours(12);
/// A digest of a date further ahead than this was claimed by a clock that went wrong, and counts only
/// once its date has come. Less is left to time zones, which differ by up to 26 hours, and to clocks
/// that are set back.
const DAYS_AHEAD: i64 = 2;
/// How many similar questions are named at most.
const SIMILAR: usize = 3;

/// Deals with the moment of a course's digest: claims it and decides its messages, unless it was
/// claimed before or is not due.
pub(crate) async fn due(turn: &mut Turn<'_>, course: &str) -> Result<(), StoreError> {
    let courses = turn.courses;
    let Some(served) = courses.named(course) else {
        return Ok(());
    };
    let Some(settings) = &served.course.digest else {
        return Ok(());
    };
    let now = turn.now;
    let last = last(turn.db().await?, served, now).await?;
    let (due, planned, missed) = match is_due(served, settings, last.as_ref(), now, turn.late_limit)
    {
        Due::Now { due, missed } => (due, None, missed),
        Due::Late { due, missed } => (due, Some(due.planned), missed),
        Due::Nothing { .. } | Due::TooLate { .. } => return Ok(()),
    };
    let late = Late { planned, missed };
    post(turn, served, settings, due, late, last).await
}

/// The course's last digest as of a moment.
///
/// # Errors
/// When the database fails.
pub async fn last(
    tx: &mut Tx,
    served: &ServedCourse,
    now: Timestamp,
) -> Result<Option<DigestRow>, StoreError> {
    let until = served.today(now).saturating_add(DAYS_AHEAD.days());
    digests::last_digest(tx, served.id, &until.to_string()).await
}

/// What is to be done about the course's digest at a moment.
pub(crate) fn is_due(
    served: &ServedCourse,
    settings: &DigestSettings,
    last: Option<&DigestRow>,
    now: Timestamp,
    late_limit: SignedDuration,
) -> Due {
    let last_date: Option<Date> = last.and_then(|last| last.local_date.parse().ok());
    let schedule = &settings.schedule;
    schedule.due(now, last_date, served.since, late_limit)
}

async fn post(
    turn: &mut Turn<'_>,
    served: &ServedCourse,
    settings: &DigestSettings,
    due: Occurrence,
    late: Late,
    last: Option<DigestRow>,
) -> Result<(), StoreError> {
    let date = due.date.to_string();
    let (planned_ms, now_ms) = (due.planned.as_millisecond(), turn.now_ms());
    let claim =
        digests::claim_digest(turn.db().await?, served.id, &date, planned_ms, now_ms).await?;
    let Some(digest_id) = claim else {
        return Ok(());
    };
    crate::crash::point!("digest-after-claim");
    let since = last.map(|last| last.claimed_at_ms);
    let now = turn.now;
    let input = compose(turn.db().await?, served, due.date, now, late, since).await?;
    if input.items.is_empty() && settings.when_empty == WhenEmpty::Nothing {
        return Ok(());
    }
    let parts = digest::parts(&input);
    digests::set_digest_parts(turn.db().await?, digest_id, parts.len() as i64).await?;
    for (part, number) in parts.into_iter().zip(1..) {
        for question in &part.questions {
            digests::put_digest_item(turn.db().await?, digest_id, *question, number).await?;
        }
        let key = format!("digest:{}:{date}:{number}", served.id);
        let effect = Effect::Say {
            reply_to: None,
            message: message_of(part),
            lasting: true,
        };
        let expires_at = Some(turn.now + SENT_WITHIN);
        let purpose = Purpose {
            key,
            server: served.course.server,
            cause: None,
            expires_at,
        };
        turn.decide(settings.channel, effect, purpose);
        crate::crash::point!("digest-part-decided");
    }
    Ok(())
}

/// A part of a digest as a message.
pub fn message_of(part: DigestPart) -> Outgoing {
    Outgoing::card(Card {
        title: part.title.unwrap_or_default(),
        url: None,
        body: part.body,
        footer: part.footer.unwrap_or_default(),
    })
}

/// Everything that a course's digest of a date says. `since_ms`: when the last one was made, in UTC
/// milliseconds, if there was one.
///
/// # Errors
/// When the database fails.
pub async fn compose(
    tx: &mut Tx,
    served: &ServedCourse,
    date: Date,
    now: Timestamp,
    late: Late,
    since_ms: Option<i64>,
) -> Result<DigestInput, StoreError> {
    let waiting = questions::waiting_questions(tx, served.id).await?;
    let askers = questions::askers_of_questions(tx, served.id).await?;
    let similar = similar_to(&waiting);
    let is_first = since_ms.is_none();
    let since_ms = since_ms.unwrap_or(0);
    let new = waiting
        .iter()
        .filter(|row| row.asked_at_ms > since_ms)
        .count();
    let answered = questions::count_answered_since(tx, served.id, since_ms).await?;
    let mut items = Vec::with_capacity(waiting.len());
    for (row, similar) in waiting.iter().zip(similar) {
        let asked_by = askers
            .iter()
            .find(|(id, _)| *id == row.id)
            .map_or(1, |(_, n)| *n);
        let mut item = item(served, row, now);
        item.asked_by = u32::try_from(asked_by).unwrap_or(1).max(1);
        item.similar = similar
            .iter()
            .map(|&other| jump(served, &waiting[other]))
            .collect();
        item.maybe_answered = maybe_answered(tx, served, row).await?;
        items.push(item);
    }
    Ok(DigestInput {
        course: served.course.name.clone(),
        date,
        timezone: served.course.timezone.clone(),
        now,
        late,
        is_first,
        counts: Counts {
            open: waiting.len() as u32,
            new: new as u32,
            answered: u32::try_from(answered).unwrap_or(0),
        },
        lectures: served.lectures.iter().map(lecture).collect(),
        items,
    })
}

fn jump(served: &ServedCourse, row: &QuestionRow) -> String {
    link::message(served.course.server, row.channel_id, row.message_id)
}

fn item(served: &ServedCourse, row: &QuestionRow, now: Timestamp) -> DigestItem {
    let lecture = row.lecture_id.and_then(|id| served.lecture(id));
    let offset = row.offset_s.map(offset_from_db);
    let topic = lecture
        .zip(offset)
        .and_then(|(lecture, offset)| Some(lecture.lecture.at(offset).topic()?.start));
    let shows_askers = served
        .course
        .digest
        .as_ref()
        .is_none_or(|digest| digest.show_askers);
    DigestItem {
        id: row.id,
        lecture: lecture.map(|lecture| lecture.lecture.slug.clone()),
        topic,
        offset,
        offset_link: lecture
            .zip(offset)
            .and_then(|(l, offset)| l.lecture.link_at(offset)),
        asks: row.asking.lines().map(str::to_owned).collect(),
        asked_by: 1,
        asked_at: Timestamp::from_millisecond(row.asked_at_ms).unwrap_or(now),
        asker: shows_askers.then(|| row.asker_name.clone()),
        jump: jump(served, row),
        maybe_answered: None,
        similar: Vec::new(),
        closed: None,
    }
}

async fn maybe_answered(
    tx: &mut Tx,
    served: &ServedCourse,
    row: &QuestionRow,
) -> Result<Option<MaybeAnswered>, StoreError> {
    let answers = answers::answers_of(tx, row.id).await?;
    let best = answers
        .into_iter()
        .find(|answer| answer.state == AnswerState::Suggested.name());
    Ok(best.map(|answer| MaybeAnswered {
        jump: link::message(served.course.server, answer.channel_id, answer.message_id),
        confidence: answer.confidence,
    }))
}

/// For each question, which of the others of its lecture may ask the same: most alike first.
fn similar_to(waiting: &[QuestionRow]) -> Vec<Vec<usize>> {
    let mut lectures: HashMap<Option<i64>, (SimilarIndex, Vec<usize>)> = HashMap::new();
    let mut placed = Vec::with_capacity(waiting.len());
    for (nth, row) in waiting.iter().enumerate() {
        let (index, questions) = lectures.entry(row.lecture_id).or_default();
        questions.push(nth);
        placed.push(index.add(gather::signature_of(&row.asking)));
    }
    let others = |(row, own): (&QuestionRow, usize)| -> Vec<usize> {
        let Some((index, questions)) = lectures.get(&row.lecture_id) else {
            return Vec::new();
        };
        let Some(signature) = index.get(own) else {
            return Vec::new();
        };
        let similar = index.similar(signature, SIMILAR + 1);
        let others = similar.into_iter().filter(|(number, _)| *number != own);
        others
            .map(|(number, _)| questions[number])
            .take(SIMILAR)
            .collect()
    };
    waiting.iter().zip(placed).map(others).collect()
}

fn lecture(served: &ServedLecture) -> DigestLecture {
    let lecture = &served.lecture;
    let topics = (0..lecture.topics.len())
        .filter_map(|index| lecture.topics.covered(index, lecture.duration))
        .map(|covered| DigestTopic {
            title: covered.topic.title.clone(),
            start: covered.start,
            end: covered.end,
        });
    DigestLecture {
        slug: lecture.slug.clone(),
        title: lecture.title.clone(),
        link: lecture
            .video
            .as_ref()
            .map(|video| video.as_str().to_owned()),
        topics: topics.collect(),
    }
}
