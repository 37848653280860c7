//! `/course setup`: from a fresh invite to a working course, on one message with a picker for each
//! thing that has to be chosen.

mod draft;
mod zones;

use std::str::FromStr;

use self::draft::{Draft, Sides, sides, slug_for};
use super::courses::{add_course, keep_course};
use super::interaction::{Asked, Response};
use super::reply::{self, Panel};
use super::turn::Turn;
use crate::store::{StoreError, drafts};

/// The tag of its controls and forms.
const TAG: &str = "setup";

/// `/course setup`: asks which course, if there are any, and shows what there is to choose.
pub(crate) async fn begin(turn: &mut Turn<'_>, asked: Asked<'_>) -> Result<Response, StoreError> {
    let Sides { here, files } = sides(turn, asked.place().server);
    if !here.is_empty() || !files.is_empty() {
        let message = reply::which_to_set_up(&here, &files, &format!("{TAG}:which"));
        return Ok(Response::Privately(vec![message]));
    }
    let draft = Draft::begin(turn, &asked, None).await?;
    let panel = panel(turn, &asked, &draft, &[]);
    Ok(Response::Privately(vec![panel]))
}

/// Its controls and its form.
pub(crate) async fn control(turn: &mut Turn<'_>, asked: Asked<'_>) -> Result<Response, StoreError> {
    let (first, what) = asked.about.split_once(':').unwrap_or((asked.about, ""));
    match first {
        "which" => {
            let chosen = asked.chosen.first().and_then(|id| id.parse().ok());
            let draft = Draft::begin(turn, &asked, chosen).await?;
            Ok(Response::changes(panel(turn, &asked, &draft, &[])))
        }
        "check" => check(turn, &asked, what),
        id => {
            let id = id.parse().unwrap_or_default();
            match Draft::open(turn, &asked, id).await? {
                Some(draft) => go_on(turn, &asked, draft, what).await,
                None => Ok(Response::changes(reply::setup_is_over())),
            }
        }
    }
}

/// One choice of a set-up that is under way.
async fn go_on(
    turn: &mut Turn<'_>,
    asked: &Asked<'_>,
    mut draft: Draft,
    what: &str,
) -> Result<Response, StoreError> {
    let mut mistakes = Vec::new();
    match what {
        "watch" => draft.settings.watch = chosen(asked),
        "staff" => draft.settings.staff_roles = chosen(asked),
        "digest" => draft.settings.digest_channel = chosen(asked).first().copied(),
        "zone" => {
            if let Some(zone) = asked.chosen.first() {
                draft.settings.timezone.clone_from(zone);
            }
        }
        "form" => {
            return Ok(Response::Asks(reply::setup_form(
                &draft.settings,
                &id(&draft, "details"),
            )));
        }
        "details" => mistakes = draft.take(asked.given),
        "cancel" => {
            drafts::end_draft(turn.tx, draft.id).await?;
            return Ok(Response::changes(reply::setup_is_cancelled()));
        }
        _ => return finish(turn, asked, draft).await,
    }
    draft.keep(turn).await?;
    Ok(Response::changes(panel(turn, asked, &draft, &mistakes)))
}

fn chosen<T: FromStr>(asked: &Asked<'_>) -> Vec<T> {
    let ids = asked.chosen.iter();
    ids.filter_map(|id| id.parse().ok()).collect()
}

fn id(draft: &Draft, what: &str) -> String {
    format!("{TAG}:{}:{what}", draft.id)
}

fn panel(
    turn: &Turn<'_>,
    asked: &Asked<'_>,
    draft: &Draft,
    mistakes: &[String],
) -> super::effect::Outgoing {
    let language = &asked.grounds().language;
    reply::setup_panel(&Panel {
        settings: &draft.settings,
        is_new: draft.course_id.is_none(),
        zones: zones::to_choose_from(&draft.settings.timezone, language),
        now: turn.now,
        mistakes,
        id: &id(draft, ""),
    })
}

/// Makes or changes the course, unless something stands against it.
async fn finish(
    turn: &mut Turn<'_>,
    asked: &Asked<'_>,
    draft: Draft,
) -> Result<Response, StoreError> {
    let (courses, server) = (turn.courses, asked.place().server);
    let served = draft.course_id.and_then(|id| courses.numbered(id));
    let is_there = served.is_some_and(|it| it.is_changed_here("").is_ok());
    if draft.course_id.is_some() && !is_there {
        return Ok(Response::changes(reply::setup_is_over()));
    }
    let slug = match served {
        Some(served) => served.course.slug.clone(),
        None => slug_for(turn, &draft.settings.name, server).await?,
    };
    let (mut course, mistakes) = draft.course(turn, &slug, server);
    if !mistakes.is_empty() {
        return Ok(Response::changes(panel(turn, asked, &draft, &mistakes)));
    }
    let row = match served {
        Some(served) => {
            course.lectures.clone_from(&served.course.lectures);
            keep_course(turn, served, &course).await?;
            served.id
        }
        None => add_course(turn, &course).await?,
    };
    drafts::end_draft(turn.tx, draft.id).await?;
    let done = reply::course_is_set_up(
        &course,
        served.is_none(),
        asked.grounds(),
        turn.hears_words,
        &format!("{TAG}:check:{row}"),
    );
    Ok(Response::changes(done))
}

/// Looks again whether everything is allowed that the course needs.
fn check(turn: &Turn<'_>, asked: &Asked<'_>, row: &str) -> Result<Response, StoreError> {
    let served = row.parse().ok().and_then(|row| turn.courses.numbered(row));
    let server = asked.place().server;
    Ok(match served.filter(|it| it.course.server == server) {
        None => Response::changes(reply::setup_is_over()),
        Some(served) => Response::changes(reply::course_is_set_up(
            &served.course,
            false,
            asked.grounds(),
            turn.hears_words,
            &format!("{TAG}:check:{row}"),
        )),
    })
}
