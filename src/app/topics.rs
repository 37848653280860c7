//! Topic tables in Discord: `/topic add`, `edit`, `remove`, `import`, `export`, `history` and `undo`.
//!
//! A table is changed whole, so that it is right before and after ([`change`]); every change keeps who
//! made it and what stood there before. A table that a file keeps is changed in that file.

mod change;
mod import;

use self::change::Change;
pub(crate) use self::change::{history, undo};
pub(crate) use self::import::{control as import_control, export, import};
use super::courses::{ServedCourse, ServedLecture, Side, imported_table};
use super::interaction::{Asked, Form, Given, Response, Stopped};
use super::turn::Turn;
use super::{lookup, reply};
use crate::domain::lecture::Topic;
use crate::domain::offset::{Offset, OffsetError};
use crate::store::StoreError;

/// The tag of the forms for one topic: `topic:add:LECTURE` and `topic:edit:LECTURE:SECONDS`.
const TAG: &str = "topic";

/// The lecture that somebody means whose table can be changed here.
///
/// # Errors
/// A response that says which lectures there are, or where else the table is kept.
fn lecture<'a>(
    turn: &Turn<'a>,
    asked: &Asked<'_>,
) -> Result<(&'a ServedCourse, &'a ServedLecture), Response> {
    let (served, lecture) = any_lecture(turn, asked)?;
    is_kept_here(served, lecture)?;
    Ok((served, lecture))
}

/// The lecture that somebody means.
///
/// # Errors
/// A response that says which lectures there are.
fn any_lecture<'a>(
    turn: &Turn<'a>,
    asked: &Asked<'_>,
) -> Result<(&'a ServedCourse, &'a ServedLecture), Response> {
    let served = asked.course(turn)?;
    let meant = match asked.given.text("lecture") {
        Some(name) => lookup::named(name, &served.lectures),
        None => served
            .lecture_meant(asked.place(), turn.now)
            .ok_or(lookup::Mistake::WhichLecture),
    };
    let lecture =
        meant.map_err(|mistake| Response::Privately(vec![lookup::mistaken(served, &mistake)]))?;
    Ok((served, lecture))
}

/// The lecture of that row.
///
/// # Errors
/// A response that says that it is gone, or where else its table is kept.
fn numbered<'a>(
    turn: &Turn<'a>,
    asked: &Asked<'_>,
    id: i64,
) -> Result<(&'a ServedCourse, &'a ServedLecture), Response> {
    let served = asked.course(turn)?;
    let lecture = served.lecture(id);
    let lecture = lecture.ok_or_else(|| Response::privately(reply::LECTURE_GONE))?;
    is_kept_here(served, lecture)?;
    Ok((served, lecture))
}

fn is_kept_here(served: &ServedCourse, lecture: &ServedLecture) -> Result<(), Response> {
    match &lecture.table {
        Side::Discord => Ok(()),
        Side::File(file) => {
            let sentence = reply::table_in_file(&served.course.slug, &lecture.lecture, file);
            Err(Response::privately(sentence))
        }
    }
}

/// `/topic add`: as it is given, or by a form while something is missing.
pub(crate) async fn add(turn: &mut Turn<'_>, asked: Asked<'_>) -> Result<Response, Stopped> {
    let (_, lecture) = lecture(turn, &asked)?;
    if asked.given.text("at").is_none() || asked.given.text("title").is_none() {
        let id = format!("{TAG}:add:{}", lecture.id);
        let fields = Fields::of(asked.given);
        return Ok(Response::Asks(form(id, reply::NEW_TOPIC, &fields)));
    }
    Ok(put(turn, &asked, lecture, None).await?)
}

/// `/topic edit`: a form that shows what the topic is.
pub(crate) async fn edit(turn: &mut Turn<'_>, asked: Asked<'_>) -> Result<Response, Stopped> {
    let (_, lecture) = lecture(turn, &asked)?;
    let topic = meant(asked.given, lecture)?;
    let id = format!("{TAG}:edit:{}:{}", lecture.id, topic.start.seconds());
    let end = topic.end.map(|end| end.to_string());
    let start = topic.start.to_string();
    let fields = Fields {
        at: &start,
        until: end.as_deref().unwrap_or_default(),
        title: &topic.title,
        note: topic.note.as_deref().unwrap_or_default(),
    };
    Ok(Response::Asks(form(id, reply::EDIT_TOPIC, &fields)))
}

/// `/topic remove`.
pub(crate) async fn remove(turn: &mut Turn<'_>, asked: Asked<'_>) -> Result<Response, Stopped> {
    let (_, lecture) = lecture(turn, &asked)?;
    let topic = meant(asked.given, lecture)?.clone();
    // The database may know more than what is served: a table that the command line imported.
    let table = imported_table(turn.db().await?, lecture.id).await?;
    let rows = table.iter().filter(|it| **it != topic);
    let rows = rows.cloned().collect();
    Ok(change::make(turn, &asked, lecture, rows, Change::Removed).await?)
}

/// The forms for one topic.
pub(crate) async fn form_sent(turn: &mut Turn<'_>, asked: Asked<'_>) -> Result<Response, Stopped> {
    let mut about = asked.about.split(':').skip(1);
    let mut number = || about.next().and_then(|number| number.parse::<i64>().ok());
    let (id, start) = (number().unwrap_or_default(), number());
    let (_, lecture) = numbered(turn, &asked, id)?;
    let start = start.and_then(|start| u32::try_from(start).ok());
    Ok(put(turn, &asked, lecture, start.map(Offset::from_seconds)).await?)
}

/// Puts the topic that is given into the table, in the place of the one that starts at `instead_of`.
async fn put(
    turn: &mut Turn<'_>,
    asked: &Asked<'_>,
    lecture: &ServedLecture,
    instead_of: Option<Offset>,
) -> Result<Response, StoreError> {
    let topic = match Fields::of(asked.given).topic() {
        Ok(topic) => topic,
        Err(error) => {
            return Ok(Response::privately(reply::topic_mistake(
                &error.to_string(),
            )));
        }
    };
    let table = imported_table(turn.db().await?, lecture.id).await?;
    let stands = |start: Offset| table.iter().any(|it| it.start == start);
    let change = match instead_of {
        Some(start) if !stands(start) => {
            return Ok(Response::privately(reply::no_topic_there(
                &lecture.lecture,
                start,
            )));
        }
        Some(_) => Change::Edited,
        None => Change::Added,
    };
    let kept = table.iter().filter(|it| Some(it.start) != instead_of);
    let mut rows: Vec<Topic> = kept.cloned().collect();
    rows.push(topic);
    change::make(turn, asked, lecture, rows, change).await
}

/// The topic that is meant by an offset within it, or by its words.
///
/// # Errors
/// A response that says that there is none.
fn meant<'l>(given: &Given, lecture: &'l ServedLecture) -> Result<&'l Topic, Response> {
    let name = given.text("topic").unwrap_or_default();
    let table = &lecture.lecture.topics;
    let found = match name.parse::<Offset>() {
        Ok(offset) => {
            let starts = table.iter().find(|topic| topic.start == offset);
            starts.or_else(|| {
                lecture
                    .lecture
                    .at(offset)
                    .topic()
                    .map(|covered| covered.topic)
            })
        }
        Err(_) => table
            .search(name)
            .first()
            .and_then(|index| table.get(*index)),
    };
    found.ok_or_else(|| Response::privately(reply::no_such_topic(&lecture.lecture, name)))
}

/// What is written of a topic.
struct Fields<'g> {
    at: &'g str,
    until: &'g str,
    title: &'g str,
    note: &'g str,
}

impl<'g> Fields<'g> {
    fn of(given: &'g Given) -> Self {
        let text = |name| given.text(name).unwrap_or_default();
        Self {
            at: text("at"),
            until: text("until"),
            title: text("title"),
            note: text("note"),
        }
    }

    /// The topic that is meant; whether it fits into its table is judged there.
    fn topic(&self) -> Result<Topic, OffsetError> {
        let end = Some(self.until).filter(|until| !until.is_empty());
        let note = Some(self.note).filter(|note| !note.is_empty());
        Ok(Topic {
            start: self.at.parse()?,
            end: end.map(str::parse).transpose()?,
            title: self.title.to_owned(),
            note: note.map(str::to_owned),
        })
    }
}

fn form(id: String, title: &str, fields: &Fields<'_>) -> Form {
    Form {
        id,
        title: title.to_owned(),
        fields: reply::topic_fields([fields.at, fields.until, fields.title, fields.note]),
    }
}
