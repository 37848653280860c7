//! The course in which a discussion is replayed: a course file's, or one without lectures, which in
//! both cases watches every channel of the discussion.

use std::path::Path;

use jiff::tz::TimeZone;

use super::cast::Cast;
use crate::app::courses::CourseSource;
use crate::cli::courses::source_of;
use crate::cli::failure::Failure;
use crate::config::CourseFile;
use crate::domain::course::{Course, LookupSettings};
use crate::domain::ids::{ChannelId, RoleId, ServerId};

/// The course of a file, or an empty one. `lecture` is the one that the whole discussion is about.
pub(super) fn course_of(
    file: Option<&Path>,
    lecture: Option<&str>,
    cast: &Cast,
) -> Result<CourseSource, Failure> {
    let mut source = match file {
        Some(file) => load(file)?,
        None => CourseSource {
            course: empty(),
            lectures: Vec::new(),
            file: String::new(),
        },
    };
    if let Some(slug) = lecture {
        is_about(&mut source, slug, &cast.channels().collect::<Vec<_>>())?;
    }
    source.course.watch.extend(cast.channels());
    Ok(source)
}

/// A course file with its topic tables.
pub(in crate::cli) fn load(file: &Path) -> Result<CourseSource, Failure> {
    let file = CourseFile::load(file).map_err(|problems| Failure::problems(&problems))?;
    source_of(file).map_err(|problems| Failure::problems(&problems))
}

/// Makes all channels those of one lecture.
fn is_about(source: &mut CourseSource, slug: &str, channels: &[ChannelId]) -> Result<(), Failure> {
    if !source
        .lectures
        .iter()
        .any(|lecture| lecture.lecture.slug == slug)
    {
        return Err(no_such_lecture(source, slug));
    }
    for lecture in &mut source.lectures {
        lecture
            .channels
            .retain(|channel| !channels.contains(channel));
        if lecture.lecture.slug == slug {
            lecture.channels.extend(channels);
        }
    }
    Ok(())
}

/// The sentence for a lecture that a course does not have.
pub(in crate::cli) fn no_such_lecture(source: &CourseSource, slug: &str) -> Failure {
    let slugs: Vec<String> = source
        .lectures
        .iter()
        .map(|lecture| format!("`{}`", lecture.lecture.slug))
        .collect();
    let course = &source.course.slug;
    Failure::input(match &slugs[..] {
        [] => format!("the course `{course}` has no lectures, so leave out --lecture"),
        _ => format!(
            "the course `{course}` has no lecture `{slug}`; take one of {}",
            slugs.join(", ")
        ),
    })
}

fn empty() -> Course {
    Course {
        slug: "replay".to_owned(),
        name: "Replay".to_owned(),
        server: ServerId::new(1),
        timezone: TimeZone::UTC,
        staff_roles: vec![RoleId::new(1)],
        watch: Vec::new(),
        prefix: Course::DEFAULT_PREFIX.to_owned(),
        gathered_reaction: None,
        lookup: LookupSettings::default(),
        digest: None,
        lectures: Vec::new(),
    }
}
