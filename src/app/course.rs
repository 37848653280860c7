//! `/course show` and `/course status`: what a course is set to, and how it is.

use super::courses::ServedCourse;
use super::digest;
use super::interaction::{Asked, Response, Stopped};
use super::reply::{self, Condition, Refused};
use super::turn::Turn;
use crate::domain::ids::ChannelId;
use crate::store::{StoreError, outbox, questions};

/// `/course show`.
pub(crate) async fn show(turn: &mut Turn<'_>, asked: Asked<'_>) -> Result<Response, Stopped> {
    let meant = those_meant(turn, &asked)?;
    let overruled = turn.courses.overruled();
    let cards = meant.into_iter();
    let cards = cards.map(|it| reply::course(it, overruled.contains(&it.course.slug)));
    Ok(Response::Privately(cards.collect()))
}

/// `/course status`.
pub(crate) async fn status(turn: &mut Turn<'_>, asked: Asked<'_>) -> Result<Response, Stopped> {
    let meant = those_meant(turn, &asked)?;
    let mut cards = Vec::new();
    for served in meant {
        let condition = condition(turn, &asked, served).await?;
        cards.push(reply::course_status(served, &condition));
    }
    Ok(Response::Privately(cards))
}

/// The course of the place, else all of the server's of which the person is staff.
fn those_meant<'a>(turn: &Turn<'a>, asked: &Asked<'_>) -> Result<Vec<&'a ServedCourse>, Response> {
    let refusal = match asked.course(turn) {
        Ok(served) => return Ok(vec![served]),
        Err(refusal) => refusal,
    };
    let courses = turn.courses;
    let is_theirs =
        |served: &&ServedCourse| asked.person().manages_server || served.is_staff(asked.person());
    let theirs = courses.on(asked.place().server).filter(is_theirs);
    let theirs: Vec<_> = theirs.collect();
    match theirs.is_empty() {
        true => Err(refusal),
        false => Ok(theirs),
    }
}

async fn condition<'t>(
    turn: &mut Turn<'_>,
    asked: &Asked<'t>,
    served: &ServedCourse,
) -> Result<Condition<'t>, StoreError> {
    let now = turn.now;
    let schedule = served.course.digest.as_ref().map(|it| &it.schedule);
    let hears_words = turn.hears_words;
    let db = turn.db().await?;
    let last = digest::last(db, served, now).await?;
    let last = last.and_then(|last| jiff::Timestamp::from_millisecond(last.claimed_at_ms).ok());
    let waiting = questions::waiting_questions(db, served.id).await?.len();
    let mut channels = served.course.read_channels();
    channels.extend(served.course.digest.as_ref().map(|digest| digest.channel));
    let refused = outbox::refused_on(db, served.course.server).await?;
    let refused = refused.into_iter().map(|row| Refused {
        channel: ChannelId::from_db(row.channel_id),
        why: row.failure,
        times: row.times,
        since_s: row.first_ms / 1_000,
    });
    Ok(Condition {
        grounds: asked.grounds(),
        hears_words,
        last_digest: last,
        next_digest: schedule.and_then(|it| Some(it.next_after(now)?.planned)),
        refused: refused
            .filter(|it| channels.contains(&it.channel))
            .collect(),
        waiting,
    })
}
