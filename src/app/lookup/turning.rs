//! The buttons under a lookup's answer: the topic before, the topic after, and what was asked there.
//!
//! Whoever looked something up turns their own answer. It stands there for everybody, so others who
//! press get an answer of their own, which nobody else sees and which they may turn in turn.

use super::{Here, Lookup, What, asked_here};
use crate::app::courses::{ServedCourse, ServedLecture};
use crate::app::effect::Outgoing;
use crate::app::interaction::{Asked, Response};
use crate::app::listing::{self, Listing, Which};
use crate::app::reply;
use crate::app::turn::Turn;
use crate::domain::ids::{ServerId, UserId};
use crate::domain::offset::Offset;
use crate::store::{StoreError, lookups};

/// The answer to a lookup, with what its asker may turn it by.
pub(super) fn parts(lookup: &Lookup<'_>, here: &Here, asker: UserId) -> Vec<Outgoing> {
    let mut parts = reply::lookup(lookup, here);
    if let (What::At(offset), Some(first)) = (&lookup.what, parts.first_mut()) {
        first.controls = reply::turning(lookup.lecture, *offset, here, asker);
    }
    parts
}

/// A button under a lookup's answer: `to:LECTURE:OFFSET:ASKER`, or `here:LECTURE:OFFSET`.
pub(crate) async fn control(turn: &mut Turn<'_>, asked: Asked<'_>) -> Result<Response, StoreError> {
    let mut about = asked.about.split(':');
    let (what, lecture, offset) = (about.next(), number(about.next()), number(about.next()));
    let asker: Option<UserId> = about.next().and_then(|id| id.parse().ok());
    let server = asked.place().server;
    let found = lecture.and_then(|id| lecture_of(turn, server, id));
    let (Some((served, lecture)), Some(offset)) = (found, offset) else {
        return Ok(Response::privately(reply::LECTURE_IS_GONE));
    };
    let offset = Offset::from_seconds(offset);
    match (what, asker) {
        (Some("here"), _) => {
            let listing = Listing {
                which: Which::All,
                lecture: Some(lecture.id),
                topic: Some(i64::from(offset.seconds())),
                mine: false,
                page: 0,
            };
            let page = listing::page(turn, served, listing, asked.person()).await?;
            Ok(Response::Privately(vec![page]))
        }
        (Some("to"), Some(asker)) => {
            let lookup = Lookup {
                lecture,
                what: What::At(offset),
            };
            turned(turn, &asked, served, &lookup, asker).await
        }
        _ => Ok(Response::privately(reply::NOT_KNOWN_ANY_MORE)),
    }
}

/// The answer, turned to another topic: in its place for who asked, else beside it.
async fn turned(
    turn: &mut Turn<'_>,
    asked: &Asked<'_>,
    served: &ServedCourse,
    lookup: &Lookup<'_>,
    asker: UserId,
) -> Result<Response, StoreError> {
    let person = asked.person().id;
    let here = asked_here(turn.db().await?, served, lookup).await?;
    let mut parts = parts(lookup, &here, person);
    if person != asker {
        return Ok(Response::Privately(parts));
    }
    if let Some(answer) = asked.on {
        lookups::lookup_turned(turn.db().await?, answer).await?;
    }
    Ok(Response::changes(parts.swap_remove(0)))
}

fn number<T: std::str::FromStr>(part: Option<&str>) -> Option<T> {
    part?.parse().ok()
}

/// The lecture of that row, if a course of the server still has it.
fn lecture_of<'a>(
    turn: &Turn<'a>,
    server: ServerId,
    id: i64,
) -> Option<(&'a ServedCourse, &'a ServedLecture)> {
    turn.courses
        .on(server)
        .find_map(|served| Some((served, served.lecture(id)?)))
}
