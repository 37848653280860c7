//! `/lecture add`, `edit`, `list` and `remove`: the lectures of a course that is set up in Discord.

mod given;

use self::given::Wanted;
use super::courses::{ServedCourse, ServedLecture, keep_lecture, take_lecture_away};
use super::interaction::{Asked, Response, Stopped};
use super::lookup::named;
use super::reply::{self, LectureForm};
use super::turn::Turn;
use crate::domain::course::LectureSettings;
use crate::domain::ids::ChannelId;
use crate::store::{StoreError, courses};

/// The tag of their controls and forms.
const TAG: &str = "lecture";
/// What to change in the file of a course that is kept in one.
const KEY: &str = "its `[[lecture]]` tables";

/// `/lecture add`: as it is given, or by a form while its title is missing.
pub(crate) async fn add(turn: &mut Turn<'_>, asked: Asked<'_>) -> Result<Response, Stopped> {
    let served = its_course(turn, &asked)?;
    let wanted = Wanted::of(asked.given, asked.given.channel("channel"));
    if wanted.title.is_none() {
        let channel = wanted.channel.map_or(0, ChannelId::get);
        let slug = wanted.slug.map_or_else(|| next_slug(served), str::to_owned);
        return Ok(Response::Asks(reply::lecture_form(LectureForm {
            id: format!("{TAG}:add:{channel}"),
            is_new: true,
            slug,
            date: wanted.date.unwrap_or_default().to_owned(),
            video: wanted.video.unwrap_or_default().to_owned(),
            duration: wanted.duration.unwrap_or_default().to_owned(),
            ..LectureForm::default()
        })));
    }
    Ok(keep(turn, served, None, &wanted).await?)
}

/// `/lecture edit`: as it is given, or by a form that shows what the lecture is.
pub(crate) async fn edit(turn: &mut Turn<'_>, asked: Asked<'_>) -> Result<Response, Stopped> {
    let (served, lecture) = its_lecture(turn, &asked)?;
    let wanted = Wanted::of(asked.given, asked.given.channel("channel"));
    if !wanted.is_nothing() {
        return Ok(keep(turn, served, Some(lecture), &wanted).await?);
    }
    let it = &lecture.lecture;
    let video = it.video.as_ref().map(|video| video.as_str().to_owned());
    Ok(Response::Asks(reply::lecture_form(LectureForm {
        id: format!("{TAG}:edit:{}", lecture.id),
        is_new: false,
        title: it.title.clone(),
        slug: it.slug.clone(),
        date: it.date.map(|it| it.to_string()).unwrap_or_default(),
        video: video.unwrap_or_default(),
        duration: it.duration.map(|it| it.to_string()).unwrap_or_default(),
    })))
}

/// `/lecture list`.
pub(crate) async fn list(turn: &mut Turn<'_>, asked: Asked<'_>) -> Result<Response, Stopped> {
    let served = asked.course(turn)?;
    Ok(Response::Privately(vec![reply::lectures(served, 0, TAG)]))
}

/// `/lecture remove`: asks first.
pub(crate) async fn remove(turn: &mut Turn<'_>, asked: Asked<'_>) -> Result<Response, Stopped> {
    let (_, lecture) = its_lecture(turn, &asked)?;
    let asked_about = courses::questions_about(turn.db().await?, lecture.id).await?;
    let id = format!("{TAG}:remove:{}", lecture.id);
    let sentence = reply::lecture_goes(lecture, asked_about, &id);
    Ok(Response::Privately(vec![sentence]))
}

/// The controls and forms of all of them.
pub(crate) async fn control(turn: &mut Turn<'_>, asked: Asked<'_>) -> Result<Response, Stopped> {
    let mut about = asked.about.split(':');
    let (what, id) = (about.next().unwrap_or_default(), about.next());
    let id = id.and_then(|id| id.parse().ok()).unwrap_or_default();
    match what {
        "page" => {
            let page = usize::try_from(id).unwrap_or(0);
            let served = asked.course(turn)?;
            Ok(Response::changes(reply::lectures(served, page, TAG)))
        }
        "add" => {
            let served = its_course(turn, &asked)?;
            let channel = u64::try_from(id).ok().filter(|id| *id != 0);
            let wanted = Wanted::of(asked.given, channel.map(ChannelId::new));
            Ok(keep(turn, served, None, &wanted).await?)
        }
        "edit" => match numbered(turn, &asked, id) {
            Some((served, lecture)) => {
                let wanted = Wanted::of_form(asked.given);
                Ok(keep(turn, served, Some(lecture), &wanted).await?)
            }
            None => Ok(Response::changes(reply::lecture_gone_before())),
        },
        "remove" => match numbered(turn, &asked, id) {
            Some((served, lecture)) if about.next() == Some("away") => {
                take_lecture_away(turn, served, lecture).await?;
                Ok(Response::changes(reply::lecture_gone(lecture)))
            }
            Some((_, lecture)) => Ok(Response::changes(reply::lecture_kept(lecture))),
            None => Ok(Response::changes(reply::lecture_gone_before())),
        },
        _ => Ok(Response::privately(reply::NOT_KNOWN_ANY_MORE)),
    }
}

/// The course in whose place something was asked, if it is changed in Discord.
fn its_course<'a>(turn: &Turn<'a>, asked: &Asked<'_>) -> Result<&'a ServedCourse, Response> {
    let served = asked.course(turn)?;
    served.is_changed_here(KEY)?;
    Ok(served)
}

/// The lecture that was named, if it is changed in Discord.
fn its_lecture<'a>(
    turn: &Turn<'a>,
    asked: &Asked<'_>,
) -> Result<(&'a ServedCourse, &'a ServedLecture), Response> {
    let served = its_course(turn, asked)?;
    let name = asked.given.text("lecture").unwrap_or_default();
    match named(name, &served.lectures) {
        Ok(lecture) => Ok((served, lecture)),
        Err(_) => Err(Response::privately(reply::no_such_lecture(name))),
    }
}

/// The lecture that a control is about, if the person is staff of its course and it still is changed in
/// Discord.
fn numbered<'a>(
    turn: &Turn<'a>,
    asked: &Asked<'_>,
    id: i64,
) -> Option<(&'a ServedCourse, &'a ServedLecture)> {
    let courses = turn.courses;
    let mut here = courses.on(asked.place().server);
    let (served, lecture) = here.find_map(|served| Some((served, served.lecture(id)?)))?;
    let may = asked.person().manages_server || served.is_staff(asked.person());
    (may && served.is_changed_here(KEY).is_ok()).then_some((served, lecture))
}

/// A number that no lecture of the course has yet.
fn next_slug(served: &ServedCourse) -> String {
    let numbers = served.lectures.iter();
    let numbers = numbers.filter_map(|lecture| lecture.lecture.slug.parse::<u32>().ok());
    let last = numbers.max().unwrap_or(0);
    last.saturating_add(1).to_string()
}

/// Keeps a lecture as it is wanted, or says everything that is wrong with it.
async fn keep(
    turn: &mut Turn<'_>,
    served: &ServedCourse,
    before: Option<&ServedLecture>,
    wanted: &Wanted<'_>,
) -> Result<Response, StoreError> {
    let known = courses::lectures_of_course(turn.db().await?, served.id).await?;
    let lecture = match wanted.checked(turn.courses, served, before, &known) {
        Ok(lecture) => lecture,
        Err(mistakes) => return Ok(Response::privately(reply::not_right(&mistakes))),
    };
    let is_now = |known: &LectureSettings| *known == lecture;
    if before.is_some() && served.course.lectures.iter().any(is_now) {
        return Ok(Response::privately(reply::LECTURE_UNCHANGED));
    }
    keep_lecture(turn, served, before, &lecture).await?;
    let (slug, title) = (&lecture.slug, &lecture.title);
    Ok(Response::privately(match before {
        None => reply::lecture_added(slug, title, &served.course.prefix),
        Some(_) => reply::lecture_changed(slug, title),
    }))
}
