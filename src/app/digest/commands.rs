//! `/digest preview`, `/digest now` and `/digest schedule`.

use super::{Post, compose, last, message, message_of};
use crate::app::courses::{self, ServedCourse};
use crate::app::effect::Outgoing;
use crate::app::interaction::{Asked, Given, Response, Stopped};
use crate::app::link;
use crate::app::reply::digest as say;
use crate::app::turn::Turn;
use crate::domain::course::DigestSettings;
use crate::domain::digest::timeline::timeline;
use crate::domain::digest::{self, Late};
use crate::domain::schedule::{Occurrence, ScheduleError, Weekdays, parse_time};
use crate::store::digests::DigestRow;
use crate::store::{StoreError, outbox};

/// The course in which a command was used, and its digest.
fn meant<'a>(
    turn: &Turn<'a>,
    asked: &Asked<'_>,
) -> Result<(&'a ServedCourse, &'a DigestSettings), Response> {
    let served = asked.course(turn)?;
    match &served.course.digest {
        Some(settings) => Ok((served, settings)),
        None => Err(Response::privately(say::NO_DIGEST)),
    }
}

/// `/digest preview`: what the digest would say now.
pub(crate) async fn preview(turn: &mut Turn<'_>, asked: Asked<'_>) -> Result<Response, Stopped> {
    let (served, settings) = meant(turn, &asked)?;
    let now = turn.now;
    let last = last(turn.db().await?, served, now).await?;
    let next = next(served, settings, turn, last.as_ref());
    let date = next.map_or(served.today(now), |next| next.date);
    let since_ms = last.map(|last| last.claimed_at_ms);
    let on_time = Late::default();
    let input = compose(turn.db().await?, served, date, now, on_time, since_ms).await?;
    let mut parts: Vec<Outgoing> = digest::parts(&input).into_iter().map(message_of).collect();
    if let Some(first) = parts.first_mut() {
        first.text = next.map_or_else(
            || say::PREVIEW.to_owned(),
            |next| say::preview(next.planned.as_second()),
        );
        first.file = timeline(&input).map(message::picture_of);
    }
    Ok(Response::Privately(parts))
}

/// The next digest to come by itself.
fn next(
    served: &ServedCourse,
    settings: &DigestSettings,
    turn: &Turn<'_>,
    last: Option<&DigestRow>,
) -> Option<Occurrence> {
    let next = settings.schedule.next_after(turn.now)?;
    let today = served.today(turn.now);
    let is_done = last.is_some_and(|last| last.local_date == today.to_string());
    if next.date == today && is_done {
        // Posted early: it does not come once more.
        return settings.schedule.next_after(next.planned);
    }
    Some(next)
}

/// `/digest now`: posts today's digest at once, in the place of the one that would come today.
pub(crate) async fn now(turn: &mut Turn<'_>, asked: Asked<'_>) -> Result<Response, Stopped> {
    let (served, settings) = meant(turn, &asked)?;
    let (now, today) = (turn.now, served.today(turn.now));
    let last = last(turn.db().await?, served, now).await?;
    if let Some(last) = &last
        && last.local_date >= today.to_string()
    {
        return Ok(posted_already(turn, served, last).await?);
    }
    let post = Post {
        served,
        settings,
        of: Occurrence {
            date: today,
            planned: now,
        },
        late: Late::default(),
        // Somebody has asked: there is an answer.
        silent: false,
    };
    if post.claim(turn, last).await? {
        let sentence = say::posted_now(settings.channel.get());
        return Ok(Response::privately(sentence));
    }
    // Another process was faster.
    Ok(Response::privately(say::posted_already(None)))
}

async fn posted_already(
    turn: &mut Turn<'_>,
    served: &ServedCourse,
    digest: &DigestRow,
) -> Result<Response, StoreError> {
    let key = format!("digest:{}:{}:1", served.id, digest.local_date);
    let message = outbox::message_made_by(turn.db().await?, &key).await?;
    let link = digest.channel_id.zip(message);
    let link = link
        .map(|(channel, message)| link::message(served.course.server, channel, message.to_db()));
    Ok(Response::privately(say::posted_already(link.as_deref())))
}

/// `/digest schedule`: tells when the digest comes and where, or changes it.
pub(crate) async fn schedule(turn: &mut Turn<'_>, asked: Asked<'_>) -> Result<Response, Stopped> {
    let (served, settings) = meant(turn, &asked)?;
    let changed = match changed(settings, asked.given) {
        Ok(changed) => changed,
        Err(error) => {
            return Ok(Response::privately(say::schedule_mistake(
                &error.to_string(),
            )));
        }
    };
    let is_new = changed != *settings;
    if is_new {
        served.is_changed_here("the section `[digest]`")?;
        courses::set_digest(turn, served, Some(changed.clone())).await?;
    }
    let now = turn.now;
    let last = last(turn.db().await?, served, now).await?;
    let next = next(served, &changed, turn, last.as_ref());
    Ok(Response::privately(told(&changed, next, is_new)))
}

/// The settings with what was given in the place of what stands.
fn changed(settings: &DigestSettings, given: &Given) -> Result<DigestSettings, ScheduleError> {
    let mut changed = settings.clone();
    if let Some(at) = given.text("at") {
        changed.schedule.at = parse_time(at)?;
    }
    if let Some(days) = given.text("days") {
        changed.schedule.days = days_in(days)?;
    }
    if let Some(channel) = given.channel("channel") {
        changed.channel = channel;
    }
    Ok(changed)
}

/// `mon, thu`, `mon thu` or `every day`.
fn days_in(text: &str) -> Result<Weekdays, ScheduleError> {
    let names: Vec<&str> = text
        .split([',', ' ', ';'])
        .filter(|name| !name.is_empty())
        .collect();
    let every = ["every", "daily", "all"];
    match names.first() {
        Some(first) if every.iter().any(|every| first.eq_ignore_ascii_case(every)) => {
            Ok(Weekdays::EVERY)
        }
        _ => Weekdays::parse(&names),
    }
}

fn told(settings: &DigestSettings, next: Option<Occurrence>, is_new: bool) -> String {
    let schedule = &settings.schedule;
    say::schedule(&say::Hour {
        at: &schedule.at.strftime("%H:%M").to_string(),
        days: &schedule.days.to_string(),
        timezone: schedule.timezone.iana_name().unwrap_or("UTC"),
        channel: settings.channel.get(),
        next_s: next.map(|next| next.planned.as_second()),
        is_new,
    })
}
