//! Changes of a topic table: made whole, remembered, and taken back.

use crate::app::courses::{ServedLecture, imported_table, topic_to_row};
use crate::app::gather::storable;
use crate::app::interaction::{Asked, Response, Stopped};
use crate::app::reply;
use crate::app::turn::Turn;
use crate::domain::lecture::{Difference, Topic, TopicTable};
use crate::formats::{About, TopicFormat, read_topics, write_topics};
use crate::store::topics::{self, TopicChangeRow};
use crate::store::{StoreError, Tx};

/// How many changes are shown.
const SHOWN: i64 = 15;

/// What is done to a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Change {
    Added,
    Edited,
    Removed,
    Imported,
}

impl Change {
    /// Its name in the database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Edited => "edited",
            Self::Removed => "removed",
            Self::Imported => "imported",
        }
    }
}

/// Puts rows in the place of a lecture's table, if they make a right one.
pub(super) async fn make(
    turn: &mut Turn<'_>,
    asked: &Asked<'_>,
    lecture: &ServedLecture,
    rows: Vec<Topic>,
    change: Change,
) -> Result<Response, StoreError> {
    let built = match TopicTable::build(rows, lecture.lecture.duration) {
        Ok(built) => built,
        Err(mistakes) => {
            let mistakes: Vec<String> = mistakes.iter().map(|it| it.mistake.to_string()).collect();
            return Ok(Response::privately(reply::table_mistakes(&mistakes)));
        }
    };
    replace(turn, asked, lecture, &built.table, change).await
}

/// Puts a table in the place of a lecture's, and keeps what stood there.
pub(super) async fn replace(
    turn: &mut Turn<'_>,
    asked: &Asked<'_>,
    lecture: &ServedLecture,
    table: &TopicTable,
    change: Change,
) -> Result<Response, StoreError> {
    let before = imported_table(turn.db().await?, lecture.id).await?;
    let differences = Difference::between(&before, table);
    if differences.is_empty() {
        return Ok(Response::privately(reply::NOTHING_TO_CHANGE));
    }
    let row = TopicChangeRow {
        id: 0,
        lecture_id: lecture.id,
        changed_by: storable(&asked.person().name),
        changed_at_ms: turn.now_ms(),
        before_csv: as_csv(&before),
        what: change.name().to_owned(),
        undone_by: None,
        undone_at_ms: None,
    };
    topics::put_topic_change(turn.db().await?, &row).await?;
    put(turn.db().await?, lecture.id, table).await?;
    turn.courses_changed = true;
    let sentence = reply::table_changed(&lecture.lecture, &differences, table.len());
    Ok(Response::Privately(vec![sentence]))
}

async fn put(tx: &mut Tx, lecture_id: i64, table: &TopicTable) -> Result<(), StoreError> {
    let rows: Vec<_> = table.iter().map(topic_to_row).collect();
    topics::replace_topics(tx, lecture_id, &rows).await
}

/// `/topic history`: the last changes, the newest first.
pub(crate) async fn history(turn: &mut Turn<'_>, asked: Asked<'_>) -> Result<Response, Stopped> {
    let (_, lecture) = super::lecture(turn, &asked)?;
    let changes = topics::last_topic_changes(turn.db().await?, lecture.id, SHOWN).await?;
    let mut after = lecture.lecture.topics.clone();
    let mut told = Vec::with_capacity(changes.len());
    for change in &changes {
        // What was taken back has left no trace in the tables after it.
        let before = from_csv(&change.before_csv);
        let differences = match change.undone_at_ms {
            Some(_) => Vec::new(),
            None => Difference::between(&before, &after),
        };
        told.push(reply::topic_change(change, &differences));
        if change.undone_at_ms.is_none() {
            after = before;
        }
    }
    let sentence = reply::topic_history(&lecture.lecture, &told);
    Ok(Response::Privately(vec![sentence]))
}

/// `/topic undo`: takes the last change back that stands; again, the one before.
pub(crate) async fn undo(turn: &mut Turn<'_>, asked: Asked<'_>) -> Result<Response, Stopped> {
    let (_, lecture) = super::lecture(turn, &asked)?;
    let last = topics::standing_topic_change(turn.db().await?, lecture.id).await?;
    let Some(last) = last else {
        return Ok(Response::privately(reply::NOTHING_TO_UNDO));
    };
    let now = imported_table(turn.db().await?, lecture.id).await?;
    let before = from_csv(&last.before_csv);
    put(turn.db().await?, lecture.id, &before).await?;
    let (now_ms, name) = (turn.now_ms(), storable(&asked.person().name));
    topics::mark_topic_change_undone(turn.db().await?, last.id, &name, now_ms).await?;
    turn.courses_changed = true;
    let differences = Difference::between(&now, &before);
    let sentence = reply::table_undone(&lecture.lecture, &last, &differences, before.len());
    Ok(Response::Privately(vec![sentence]))
}

/// A table as changes and imports keep it.
pub(super) fn as_csv(table: &TopicTable) -> String {
    write_topics(table, TopicFormat::Csv, About::default())
}

/// A table that was kept so. What no version of Beadle wrote is none.
pub(super) fn from_csv(csv: &str) -> TopicTable {
    let read = read_topics(csv.as_bytes(), Some(TopicFormat::Csv), None);
    read.map(|read| read.table).unwrap_or_default()
}
