//! What the controls below a digest do: a question is chosen, shown to whoever chose it, and said to be
//! answered, dismissed, open again or put off.
//!
//! All they know stands in their ids, so they work on old digests and after a restart.

use jiff::{Timestamp, ToSpan as _};

use super::compose::{closed, jump, shows_askers};
use super::message::{PICK, TAG};
use crate::app::courses::{ServedCourse, offset_from_db};
use crate::app::effect::{Card, Outgoing};
use crate::app::interaction::{Asked, Button, Choice, Controls, Pick, Response, Style};
use crate::app::reply::{self, digest as say};
use crate::app::turn::Turn;
use crate::app::verdict::{self, Verdict};
use crate::app::{life, link, listing};
use crate::domain::question::{AnswerState, QuestionState};
use crate::store::answers::AnswerRow;
use crate::store::questions::{self, QuestionRow};
use crate::store::verdicts::{self, SnoozeRow};
use crate::store::{StoreError, answers};

const ANSWERED: &str = "answered";
const DISMISS: &str = "dismiss";
const REOPEN: &str = "reopen";
const SNOOZE: &str = "snooze";

/// Deals with a control below a digest, or with one that came of it.
pub(crate) async fn control(turn: &mut Turn<'_>, asked: Asked<'_>) -> Result<Response, StoreError> {
    let (what, about) = asked.about.split_once(':').unwrap_or((asked.about, ""));
    let chosen = asked.chosen.first().map_or("", String::as_str);
    let id = if what == PICK { chosen } else { about };
    let Some((served, row)) = listing::numbered(turn, &asked, id).await? else {
        return Ok(Response::privately(say::QUESTION_GONE));
    };
    let person = asked.person();
    if !served.is_staff(person) && !person.manages_server {
        return Ok(Response::privately(reply::FOR_STAFF));
    }
    let row = life::standing_for(turn, row).await?;
    let word = match what {
        ANSWERED => Some(Verdict::Answered),
        DISMISS => Some(Verdict::Dismissed),
        REOPEN => Some(Verdict::Reopened),
        _ => None,
    };
    let row = match (word, what) {
        // Nothing can be said of what was taken back; what is shown tells why.
        _ if verdict::is_withdrawn(&row) => row,
        // The panel was opened earlier, and somebody has closed it since: what is shown tells who.
        _ if [ANSWERED, DISMISS, SNOOZE].contains(&what) && !life::state_of(&row).waits() => row,
        (Some(word), _) => verdict::say(turn, row, word, person).await?,
        (None, SNOOZE) => match chosen
            .parse()
            .ok()
            .and_then(|days| midnight(turn, served, days))
        {
            Some(until) => verdict::snooze(turn, row, until, person).await?,
            None => row,
        },
        (None, PICK) => row,
        (None, _) => return Ok(Response::privately(reply::NOT_KNOWN_ANY_MORE)),
    };
    let panel = panel(turn, served, &row).await?;
    Ok(match what {
        PICK => Response::Privately(vec![panel]),
        _ => Response::changes(panel),
    })
}

/// The beginning of the course's day so many days from now: a digest of that day has the question again.
fn midnight(turn: &Turn<'_>, served: &ServedCourse, days: i64) -> Option<Timestamp> {
    let day = served.today(turn.now).checked_add(days.days()).ok()?;
    let begins = day.to_zoned(served.course.timezone.clone()).ok()?;
    Some(begins.timestamp())
}

/// A question as it is shown to staff, with what can be said of it.
async fn panel(
    turn: &mut Turn<'_>,
    served: &ServedCourse,
    row: &QuestionRow,
) -> Result<Outgoing, StoreError> {
    let now_ms = turn.now_ms();
    let db = turn.all().await?;
    let linked = answers::answers_of(db, row.id).await?;
    let askers = questions::askers_of_questions(db, served.id).await?;
    let asked_by = askers.iter().find(|(id, _)| *id == row.id);
    let snoozed = verdicts::snoozed(db, served.id, now_ms).await?;
    let snooze = snoozed.get(&row.id).filter(|_| life::state_of(row).waits());
    let lecture = row.lecture_id.and_then(|id| served.lecture(id));
    let lecture = lecture.map(|served| &served.lecture);
    let offset = row.offset_s.map(offset_from_db);
    let at = lecture.zip(offset);
    let covered = at.and_then(|(lecture, offset)| lecture.at(offset).topic());
    let topic = covered.map(|covered| covered.topic.title.clone());
    let told = say::Panel {
        place: say::place(
            lecture.map(|lecture| (lecture.slug.as_str(), lecture.title.as_str())),
            topic.as_deref(),
            offset.map(|offset| offset.to_string()),
        ),
        recording: at.and_then(|(lecture, offset)| lecture.link_at(offset)),
        asking: &row.asking,
        asker: shows_askers(served).then_some(row.asker_name.as_str()),
        asked_by: asked_by.map_or(1, |(_, many)| u32::try_from(*many).unwrap_or(1)),
        asked_s: row.asked_at_ms.div_euclid(1_000),
        jump: jump(served, row),
        closed: closed(db, served, row).await?,
        snoozed: snooze.map(|row| (row.until_ms.div_euclid(1_000), row.who_name.as_str())),
        answers: linked
            .iter()
            .map(|answer| answer_of(served, answer))
            .collect(),
    };
    let card = Card {
        body: say::panel(&told),
        ..Card::default()
    };
    Ok(Outgoing::card(card).with(controls(row, snooze)))
}

fn answer_of<'a>(served: &ServedCourse, answer: &'a AnswerRow) -> say::PanelAnswer<'a> {
    say::PanelAnswer {
        jump: link::message(served.course.server, answer.channel_id, answer.message_id),
        author: &answer.author_name,
        confirmed: AnswerState::named(&answer.state) == AnswerState::Confirmed,
        text: &answer.text,
    }
}

/// What can be said of a question as it stands; nothing of one that was taken back.
fn controls(row: &QuestionRow, snooze: Option<&SnoozeRow>) -> Vec<Controls> {
    let state = life::state_of(row);
    if state == QuestionState::Withdrawn {
        return Vec::new();
    }
    let id = |what: &str| format!("{TAG}:{what}:{}", row.id);
    let waits = state.waits();
    let buttons = vec![
        // Its form is that of `/answer`.
        Button::new(say::ANSWER, format!("answer:{}", row.id))
            .style(Style::Main)
            .enabled(waits),
        Button::new(say::ANSWERED, id(ANSWERED))
            .style(Style::Good)
            .enabled(waits),
        Button::new(say::DISMISS, id(DISMISS)).enabled(waits),
        Button::new(say::REOPEN, id(REOPEN)).enabled(!waits || snooze.is_some()),
    ];
    let days = say::SNOOZES.iter();
    let days = days.map(|(label, days)| ((*label).to_owned(), days.to_string(), false));
    let choice = Choice {
        id: id(SNOOZE),
        prompt: say::SNOOZE.to_owned(),
        from: Pick::These(days.collect()),
        least: 1,
        most: 1,
    };
    let mut controls = vec![Controls::Buttons(buttons)];
    controls.extend(waits.then_some(Controls::Choice(choice)));
    controls
}
