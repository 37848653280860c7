//! Whole tables: from a file, looked at before they are put in place, and back into one.

use super::change::{Change, as_csv, from_csv, make};
use crate::app::courses::imported_table;
use crate::app::effect::{Attachment, Content, Outgoing};
use crate::app::interaction::{Asked, Button, Controls, Response, Stopped, Style};
use crate::app::reply;
use crate::app::turn::Turn;
use crate::domain::lecture::Difference;
use crate::formats::{self, About, TopicFormat, read_topics, recognise, write_topics};
use crate::store::topics;

/// The tag of the controls below a table that is looked at: `import:put:NUMBER`, `import:drop:NUMBER`.
const TAG: &str = "import";

/// `/topic import`: reads an attached file and shows what it would change.
pub(crate) async fn import(turn: &mut Turn<'_>, asked: Asked<'_>) -> Result<Response, Stopped> {
    let (_, lecture) = super::lecture(turn, &asked)?;
    let Some(file) = asked.given.file("file") else {
        return Ok(Response::privately(reply::FILE_NOT_THERE));
    };
    let bytes = match &file.bytes {
        Ok(bytes) => bytes,
        Err(why) => return Ok(Response::privately(why)),
    };
    let format = asked
        .given
        .text("format")
        .and_then(|name| name.parse().ok());
    let format = format.or_else(|| {
        let text = std::str::from_utf8(bytes).ok()?;
        Some(recognise(text, Some(&file.name)))
    });
    let read = match read_topics(bytes, format, lecture.lecture.duration) {
        Ok(read) => read,
        Err(problems) => {
            let sentence = reply::file_mistakes(&file.name, format, &problems);
            return Ok(Response::privately(sentence));
        }
    };
    let before = imported_table(turn.db().await?, lecture.id).await?;
    let differences = Difference::between(&before, &read.table);
    if differences.is_empty() {
        return Ok(Response::privately(reply::NOTHING_TO_CHANGE));
    }
    let (csv, now_ms) = (as_csv(&read.table), turn.now_ms());
    let id = topics::put_topic_import(turn.db().await?, lecture.id, &csv, now_ms).await?;
    let shown = reply::table_to_come(&lecture.lecture, &read, &differences);
    let buttons = Controls::Buttons(vec![
        Button::new(reply::PUT_IN_PLACE, format!("{TAG}:put:{id}")).style(Style::Main),
        Button::new(reply::LEAVE_IT, format!("{TAG}:drop:{id}")),
    ]);
    Ok(Response::Privately(vec![shown.with(vec![buttons])]))
}

/// Puts a table in place that was looked at, or leaves everything as it is.
pub(crate) async fn control(turn: &mut Turn<'_>, asked: Asked<'_>) -> Result<Response, Stopped> {
    let (what, id) = asked.about.split_once(':').unwrap_or_default();
    let id = id.parse().unwrap_or_default();
    let Some((lecture_id, csv)) = topics::take_topic_import(turn.db().await?, id).await? else {
        return Ok(Response::changes(Outgoing::text(reply::IMPORT_OVER)));
    };
    if what != "put" {
        return Ok(Response::changes(Outgoing::text(reply::LEFT_AS_IT_IS)));
    }
    let (_, lecture) = super::numbered(turn, &asked, lecture_id)?;
    let rows = from_csv(&csv).iter().cloned().collect();
    let done = make(turn, &asked, lecture, rows, Change::Imported).await?;
    Ok(match done {
        Response::Privately(mut said) if said.len() == 1 => Response::changes(said.remove(0)),
        other => other,
    })
}

/// `/topic export`: the table as a file, in any format. Tables that a file keeps can be had as well.
pub(crate) async fn export(turn: &mut Turn<'_>, asked: Asked<'_>) -> Result<Response, Stopped> {
    let (served, lecture) = super::any_lecture(turn, &asked)?;
    let format = asked
        .given
        .text("format")
        .and_then(|name| name.parse().ok());
    let format = format.unwrap_or(TopicFormat::Csv);
    let it = &lecture.lecture;
    if it.topics.is_empty() {
        return Ok(Response::privately(reply::nothing_to_export(it)));
    }
    let about = About {
        title: Some(&it.title),
        recording: it.video.as_ref(),
        duration: it.duration,
    };
    let text = write_topics(&it.topics, format, about);
    let to_know = formats::to_know(&it.topics, format, about, &text);
    let file = Attachment {
        name: format!("{}-{}.{}", served.course.slug, it.slug, format.extension()),
        description: String::new(),
        content: Content::Text(text),
    };
    let sentence = reply::table_exported(it, it.topics.len(), &to_know);
    Ok(Response::Privately(vec![
        Outgoing::text(sentence).attaching(file),
    ]))
}
