//! What stands in a course's digest: what waits for an answer now, or what stood in a digest before and
//! has become of it.

use std::collections::HashMap;

use jiff::Timestamp;
use jiff::civil::Date;

use super::super::courses::{ServedCourse, ServedLecture, offset_from_db};
use super::super::{gather, life, link};
use crate::domain::digest::{
    Closed, Counts, DigestInput, DigestItem, DigestLecture, DigestTopic, How, Late, MaybeAnswered,
    Probably, Snoozed,
};
use crate::domain::lecture::Lecture;
use crate::domain::question::{AnswerState, QuestionState, Why};
use crate::reading::{PROBABLE, Signature, SimilarIndex, probable_topic};
use crate::store::digests::{self, DigestRow};
use crate::store::questions::{self, QuestionRow};
use crate::store::verdicts::{self, SnoozeRow};
use crate::store::{StoreError, Tx, answers, transitions};

/// A suggested answer is shown from this confidence on: what is likelier wrong than right costs an instructor
/// more than it saves.
const WORTH_A_GLANCE: f64 = 0.5;
/// How many similar questions are named at most.
const SIMILAR: usize = 3;

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
    let mut waiting = questions::waiting_questions(tx, served.id).await?;
    let snoozed = verdicts::snoozed(tx, served.id, now.as_millisecond()).await?;
    let all = waiting.len();
    waiting.retain(|row| !snoozed.contains_key(&row.id));
    let is_first = since_ms.is_none();
    let since_ms = since_ms.unwrap_or(0);
    let new = waiting.iter().filter(|row| row.asked_at_ms > since_ms);
    let new = new.count() as u32;
    let answered = questions::count_answered_since(tx, served.id, since_ms).await?;
    let counts = Counts {
        open: waiting.len() as u32,
        new,
        answered: u32::try_from(answered).unwrap_or(0),
        snoozed: (all - waiting.len()) as u32,
    };
    Ok(DigestInput {
        late,
        is_first,
        counts,
        items: items(tx, served, &waiting, now).await?,
        ..empty(served, date, now)
    })
}

/// What a digest that stands already says now: of the questions that stand in it, what has become of
/// them. Its figures and ages are those of the moment at which it was made.
pub(crate) async fn compose_again(
    tx: &mut Tx,
    served: &ServedCourse,
    digest: &DigestRow,
) -> Result<DigestInput, StoreError> {
    let made_at = Timestamp::from_millisecond(digest.claimed_at_ms).unwrap_or_default();
    let planned = Timestamp::from_millisecond(digest.planned_at_ms).ok();
    let rows = digests::questions_of_digest(tx, digest.id).await?;
    let mut items = items(tx, served, &rows, made_at).await?;
    let snoozed = verdicts::snoozed(tx, served.id, made_at.as_millisecond()).await?;
    for (item, row) in items.iter_mut().zip(&rows) {
        item.closed = closed(tx, served, row).await?;
        let snooze = snoozed.get(&row.id).filter(|_| item.closed.is_none());
        item.snoozed = snooze.map(snoozed_by);
    }
    let count = |count: i64| u32::try_from(count).unwrap_or(0);
    Ok(DigestInput {
        late: Late {
            planned: planned.filter(|_| digest.is_late),
            missed: count(digest.missed_count),
        },
        is_first: digest.is_first,
        counts: Counts {
            open: count(digest.open_count),
            new: count(digest.new_count),
            answered: count(digest.answered_count),
            snoozed: count(digest.snoozed_count),
        },
        items,
        ..empty(
            served,
            digest.local_date.parse().unwrap_or_default(),
            made_at,
        )
    })
}

/// A digest without anything in it.
fn empty(served: &ServedCourse, date: Date, now: Timestamp) -> DigestInput {
    DigestInput {
        course: served.course.name.clone(),
        date,
        timezone: served.course.timezone.clone(),
        now,
        late: Late::default(),
        is_first: false,
        counts: Counts::default(),
        lectures: served.lectures.iter().map(lecture).collect(),
        items: Vec::new(),
    }
}

/// An item for each question.
async fn items(
    tx: &mut Tx,
    served: &ServedCourse,
    rows: &[QuestionRow],
    now: Timestamp,
) -> Result<Vec<DigestItem>, StoreError> {
    let askers = questions::askers_of_questions(tx, served.id).await?;
    let askers: HashMap<i64, i64> = askers.into_iter().collect();
    let mut items = Vec::with_capacity(rows.len());
    for (row, similar) in rows.iter().zip(similar_to(rows)) {
        let asked_by = askers.get(&row.id).copied().unwrap_or(1);
        let mut item = item(served, row, now);
        item.asked_by = u32::try_from(asked_by).unwrap_or(1).max(1);
        item.similar = similar
            .iter()
            .map(|&other| jump(served, &rows[other]))
            .collect();
        item.maybe_answered = maybe_answered(tx, served, row).await?;
        items.push(item);
    }
    Ok(items)
}

fn snoozed_by(row: &SnoozeRow) -> Snoozed {
    Snoozed {
        until: Timestamp::from_millisecond(row.until_ms).unwrap_or_default(),
        by: row.who_name.clone(),
    }
}

/// How a question came to need nobody any more, and by whom; `None` while it waits.
pub(crate) async fn closed(
    tx: &mut Tx,
    served: &ServedCourse,
    row: &QuestionRow,
) -> Result<Option<Closed>, StoreError> {
    let state = life::state_of(row);
    if state.waits() {
        return Ok(None);
    }
    let changes = transitions::transitions_of(tx, row.id).await?;
    let mut newest_first = changes.into_iter().rev();
    let last = newest_first.find(|change| change.to_state == state.name());
    let because = |why: Why| last.as_ref().is_some_and(|last| last.why == why.name());
    let how = match state {
        QuestionState::Answered => How::Answered,
        QuestionState::Dismissed => How::Dismissed,
        QuestionState::Merged => How::Merged,
        _ if [Why::AskersCross, Why::TakenBack, Why::GatheringTakenBack]
            .into_iter()
            .any(because) =>
        {
            How::TakenBack
        }
        _ if because(Why::EditedAway) => How::EditedAway,
        _ => How::Gone,
    };
    // Only what somebody did to it tells more by a name; an asker who shall stay hidden stays so.
    let is_told = |id: &i64| shows_askers(served) || *id != row.asker_id;
    let by = match how {
        How::Answered | How::Dismissed => last
            .as_ref()
            .filter(|last| last.who_id.as_ref().is_some_and(is_told))
            .map(|last| last.who_name.clone()),
        How::Merged | How::TakenBack | How::Gone | How::EditedAway => None,
    };
    Ok(Some(Closed { how, by }))
}

/// Whether the course's digest names who asked.
pub(crate) fn shows_askers(served: &ServedCourse) -> bool {
    let digest = served.course.digest.as_ref();
    digest.is_none_or(|digest| digest.show_askers)
}

/// The address of a question's message.
pub(crate) fn jump(served: &ServedCourse, row: &QuestionRow) -> String {
    link::message(served.course.server, row.channel_id, row.message_id)
}

fn item(served: &ServedCourse, row: &QuestionRow, now: Timestamp) -> DigestItem {
    let lecture = row.lecture_id.and_then(|id| served.lecture(id));
    let offset = row.offset_s.map(offset_from_db);
    let topic = lecture
        .zip(offset)
        .and_then(|(lecture, offset)| Some(lecture.lecture.at(offset).topic()?.start));
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
        asker: shows_askers(served).then(|| row.asker_name.clone()),
        jump: jump(served, row),
        maybe_answered: None,
        probably: lecture
            .filter(|_| offset.is_none())
            .and_then(|served| probably(&served.lecture, &row.asking)),
        similar: Vec::new(),
        closed: None,
        snoozed: None,
    }
}

/// The topic that a question without an offset is probably about.
fn probably(lecture: &Lecture, asking: &str) -> Option<Probably> {
    let found = probable_topic(asking, &lecture.topics)?;
    let topic = lecture.topics.as_slice().get(found.place)?;
    (found.confidence >= PROBABLE).then(|| Probably {
        title: topic.title.clone(),
        start: topic.start,
        link: lecture.link_at(topic.start),
    })
}

async fn maybe_answered(
    tx: &mut Tx,
    served: &ServedCourse,
    row: &QuestionRow,
) -> Result<Option<MaybeAnswered>, StoreError> {
    let answers = answers::answers_of(tx, row.id).await?;
    let best = answers
        .into_iter()
        .find(|answer| answer.state == AnswerState::Suggested.name())
        .filter(|answer| answer.confidence >= WORTH_A_GLANCE);
    Ok(best.map(|answer| MaybeAnswered {
        jump: link::message(served.course.server, answer.channel_id, answer.message_id),
        confidence: answer.confidence,
    }))
}

/// For each question, which of the others of its lecture may ask the same: most alike first. How much a word
/// tells follows from all that wait in the course.
fn similar_to(waiting: &[QuestionRow]) -> Vec<Vec<usize>> {
    let signatures: Vec<Signature> = waiting
        .iter()
        .map(|row| gather::signature_of(&row.asking))
        .collect();
    let index = SimilarIndex::of(&signatures);
    let others = |own: usize| -> Vec<usize> {
        let lecture = waiting[own].lecture_id;
        let of_lecture = |other: usize| waiting[other].lecture_id == lecture;
        let similar = index.similar_to(own, SIMILAR, of_lecture);
        similar.into_iter().map(|(other, _)| other).collect()
    };
    (0..waiting.len()).map(others).collect()
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
        length: lecture.duration,
        topics: topics.collect(),
    }
}
