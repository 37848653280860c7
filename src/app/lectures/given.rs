//! What is given of a lecture, and whether it is right. The rules are those of course files.

use crate::app::courses::{Courses, ServedCourse, ServedLecture};
use crate::app::interaction::Given;
use crate::domain::course::{LectureSettings, words};
use crate::domain::ids::ChannelId;
use crate::domain::offset::Offset;
use crate::domain::quote;
use crate::domain::recording::Recording;

/// What is written for a thing that a lecture is to have no more.
const NONE: &str = "-";

/// What is given of a lecture, as it was written; what is not stays as it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Wanted<'g> {
    pub title: Option<&'g str>,
    pub slug: Option<&'g str>,
    pub date: Option<&'g str>,
    pub video: Option<&'g str>,
    pub duration: Option<&'g str>,
    pub channel: Option<ChannelId>,
}

impl<'g> Wanted<'g> {
    /// From a command's options.
    pub fn of(given: &'g Given, channel: Option<ChannelId>) -> Self {
        Self {
            title: given.text("title"),
            slug: given.text("slug"),
            date: given.text("date"),
            video: given.text("video"),
            duration: given.text("duration"),
            channel,
        }
    }

    /// From a form that showed what the lecture is: a field that was emptied takes the thing away.
    pub fn of_form(given: &'g Given) -> Self {
        let wanted = Self::of(given, None);
        Self {
            date: wanted.date.or(Some(NONE)),
            video: wanted.video.or(Some(NONE)),
            duration: wanted.duration.or(Some(NONE)),
            ..wanted
        }
    }

    /// Whether nothing is given.
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }

    /// The lecture that comes of it; `before` as it was. `known`: every lecture that the course ever
    /// had, by row and slug.
    ///
    /// # Errors
    /// Everything that is wrong, a sentence each, safe to be shown.
    pub fn checked(
        &self,
        courses: &Courses,
        served: &ServedCourse,
        before: Option<&ServedLecture>,
        known: &[(i64, String)],
    ) -> Result<LectureSettings, Vec<String>> {
        let was = before.and_then(|it| served.course.lecture(&it.lecture.slug));
        let mut mistakes = Vec::new();
        // A rule's sentence repeats what was written.
        let mut noted = |mistake: String| mistakes.push(quote::label(&mistake, 280));
        let title = self.title.map(words::title).transpose();
        let slug = self.slug.map(words::slug).transpose();
        let date = given(self.date, was.and_then(|was| was.date), words::date);
        let was_video = was.and_then(|was| was.video.clone());
        let video = given(self.video, was_video, |text| {
            let video = text.parse::<Recording>().map_err(|it| it.to_string())?;
            Ok(video.as_str().to_owned())
        });
        let was_duration = was.and_then(|was| was.duration);
        let duration = given(self.duration, was_duration, |text| {
            let duration: Offset = text.parse().map_err(|it| format!("{it}"))?;
            is_long_enough(duration, before)?;
            Ok(duration)
        });
        let title = title.map_err(&mut noted).ok().flatten();
        let slug = slug.map_err(&mut noted).ok().flatten();
        let date = date.map_err(&mut noted).ok().flatten();
        let video = video.map_err(&mut noted).ok().flatten();
        let duration = duration.map_err(&mut noted).ok().flatten();
        let was_slug = was.map(|was| was.slug.clone());
        let slug = slug
            .or(was_slug)
            .unwrap_or_else(|| super::next_slug(served));
        if let Err(mistake) = is_free(&slug, served, before, known) {
            noted(mistake);
        }
        let channels = channels(self.channel, courses, served, before);
        let channels = channels.unwrap_or_else(|mistake| {
            mistakes.push(mistake);
            Vec::new()
        });
        let was_title = was.map(|was| was.title.clone());
        let lecture = LectureSettings {
            slug,
            title: title.or(was_title).unwrap_or_default(),
            date,
            video,
            duration,
            channels,
            topics: None,
        };
        match mistakes.is_empty() {
            true => Ok(lecture),
            false => Err(mistakes),
        }
    }
}

/// A thing that may be given, taken away, or left as it was.
fn given<T>(
    text: Option<&str>,
    was: Option<T>,
    check: impl Fn(&str) -> Result<T, String>,
) -> Result<Option<T>, String> {
    match text {
        None => Ok(was),
        Some(NONE) => Ok(None),
        Some(text) => check(text).map(Some),
    }
}

/// That the topic table ends before the recording does.
fn is_long_enough(duration: Offset, lecture: Option<&ServedLecture>) -> Result<(), String> {
    let topics = lecture.map(|lecture| &lecture.lecture.topics);
    let last = topics.and_then(|topics| topics.iter().last());
    match last.filter(|last| last.start >= duration) {
        None => Ok(()),
        Some(last) => Err(format!(
            "a recording of {duration} would be over before the topic at {} begins",
            last.start
        )),
    }
}

/// That no other lecture has that short name. One that was taken away keeps its own, and gets it back
/// only by being added again.
fn is_free(
    slug: &str,
    served: &ServedCourse,
    before: Option<&ServedLecture>,
    known: &[(i64, String)],
) -> Result<(), String> {
    let same = |other: &str| other.eq_ignore_ascii_case(slug);
    let is_other = |id: i64| before.is_none_or(|before| before.id != id);
    let mut others = served.lectures.iter().filter(|it| is_other(it.id));
    if others.any(|other| same(&other.lecture.slug)) {
        return Err(format!(
            "there is another lecture `{slug}`; each needs a short name of its own"
        ));
    }
    let mut gone = known.iter().filter(|(id, _)| is_other(*id));
    match before {
        Some(_) if gone.any(|(_, other)| other == slug) => Err(format!(
            "`{slug}` was the short name of a lecture that was taken away, whose questions keep it; take another"
        )),
        _ => Ok(()),
    }
}

/// The lecture's channels with one more, or without one that it had.
fn channels(
    channel: Option<ChannelId>,
    courses: &Courses,
    served: &ServedCourse,
    before: Option<&ServedLecture>,
) -> Result<Vec<ChannelId>, String> {
    let mut channels = before.map_or_else(Vec::new, |before| before.channels.clone());
    let Some(channel) = channel else {
        return Ok(channels);
    };
    if channels.contains(&channel) {
        channels.retain(|known| *known != channel);
        return Ok(channels);
    }
    if let Some(other) = served.course.lecture_of_channel(channel) {
        return Err(format!(
            "<#{channel}> belongs to lecture {} already",
            other.slug
        ));
    }
    let mut others = courses
        .on(served.course.server)
        .filter(|it| it.id != served.id);
    if let Some(other) = others.find(|it| it.course.read_channels().contains(&channel)) {
        let name = quote::label(&other.course.name, 80);
        return Err(format!("<#{channel}> belongs to the course {name} already"));
    }
    channels.push(channel);
    Ok(channels)
}
