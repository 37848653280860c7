//! From a course's files to a course that can be served: the topic tables that it names are read.

use std::path::Path;

use crate::app::courses::{CourseSource, LectureSource, Side};
use crate::config::{CourseFile, Place, Problem};
use crate::domain::course::LectureSettings;
use crate::domain::lecture::{Lecture, TopicTable};
use crate::domain::recording::Recording;
use crate::formats;

/// Reads what a course file names besides itself.
///
/// # Errors
/// Every mistake of every file, by line and column.
pub fn source_of(file: CourseFile) -> Result<CourseSource, Vec<Problem>> {
    let mut lectures = Vec::new();
    let mut problems = Vec::new();
    for settings in &file.course.lectures {
        match lecture_of(settings, &file.path) {
            Ok(lecture) => lectures.push(lecture),
            Err(mistakes) => problems.extend(mistakes),
        }
    }
    if problems.is_empty() {
        Ok(CourseSource {
            course: file.course,
            lectures,
            file: file.path.display().to_string(),
        })
    } else {
        Err(problems)
    }
}

/// As [`source_of`], for many; the mistakes of all of them are told.
///
/// # Errors
/// Every mistake of every file, by line and column.
pub fn sources_of(files: Vec<CourseFile>) -> Result<Vec<CourseSource>, Vec<Problem>> {
    let (sources, problems) = sound_sources_of(files);
    if problems.is_empty() {
        Ok(sources)
    } else {
        Err(problems)
    }
}

/// As [`sources_of`], for those who only look: the courses that are right, and what is wrong with the
/// others.
pub fn sound_sources_of(files: Vec<CourseFile>) -> (Vec<CourseSource>, Vec<Problem>) {
    let mut sources = Vec::new();
    let mut problems = Vec::new();
    for file in files {
        match source_of(file) {
            Ok(source) => sources.push(source),
            Err(mistakes) => problems.extend(mistakes),
        }
    }
    (sources, problems)
}

fn lecture_of(settings: &LectureSettings, file: &Path) -> Result<LectureSource, Vec<Problem>> {
    let problem = |message: String| Problem {
        place: Place::Path(file.display().to_string()),
        message: format!("lecture `{}`: {message}", settings.slug),
    };
    let mut problems = Vec::new();
    let video = match settings
        .video
        .as_deref()
        .map(str::parse::<Recording>)
        .transpose()
    {
        Ok(video) => video,
        Err(error) => {
            problems.push(problem(error.to_string()));
            None
        }
    };
    let topics = match &settings.topics {
        None => TopicTable::default(),
        Some(path) => match table_of(path, settings) {
            Ok(table) => table,
            Err(mistakes) => {
                problems.extend(mistakes);
                TopicTable::default()
            }
        },
    };
    if !problems.is_empty() {
        return Err(problems);
    }
    Ok(LectureSource {
        lecture: Lecture {
            slug: settings.slug.clone(),
            title: settings.title.clone(),
            video,
            duration: settings.duration,
            date: settings.date,
            topics,
        },
        channels: settings.channels.clone(),
        table: match &settings.topics {
            Some(path) => Side::File(path.display().to_string()),
            None => Side::Discord,
        },
    })
}

fn table_of(path: &Path, settings: &LectureSettings) -> Result<TopicTable, Vec<Problem>> {
    let name = path.display().to_string();
    let bytes = std::fs::read(path).map_err(|error| {
        let message = format!("the topic table cannot be read: {error}");
        vec![Problem {
            place: Place::Path(name.clone()),
            message,
        }]
    })?;
    let read = formats::read_topics(&bytes, None, settings.duration);
    read.map(|read| read.table).map_err(|mistakes| {
        let placed = |mistake: formats::Problem| Problem {
            place: Place::Line {
                file: name.clone(),
                line: mistake.line as usize,
                column: mistake.column as usize,
            },
            message: mistake.message,
        };
        mistakes.into_iter().map(placed).collect()
    })
}
