//! A course as code: one TOML file a course, in one folder.

mod check;
mod read;
#[cfg(test)]
mod tests;
mod write;

use std::path::{Path, PathBuf};

use super::Problem;
use super::document::{Mistakes, Table};
use crate::domain::course::Course;

/// Where the course files lie unless the settings say otherwise; this folder alone may be absent.
pub const DEFAULT_COURSES_DIR: &str = "config/courses";

/// A course and the file that decides about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CourseFile {
    /// The file.
    pub path: PathBuf,
    /// What stands in it; paths in it are resolved already.
    pub course: Course,
}

impl CourseFile {
    /// Reads a course file's text; `path` names it in mistakes, and paths in it are relative to it. All mistakes are
    /// told in one pass, in the order of the file.
    pub fn parse(text: &str, path: &Path) -> Result<Self, Vec<Problem>> {
        let file = path.display().to_string();
        let mistakes = Mistakes::new(&file, text);
        let root = mistakes.parse();
        if !mistakes.is_empty() {
            // With its syntax broken, half a file would be told to lack the other half.
            return Err(mistakes.into_problems());
        }
        let folder = path.parent().unwrap_or(Path::new(""));
        let course = read::course(&Table::root(&root, &mistakes), &mistakes, folder);
        match course.filter(|_| mistakes.is_empty()) {
            Some(course) => Ok(Self {
                path: path.to_owned(),
                course,
            }),
            None => Err(mistakes.into_problems()),
        }
    }

    /// The text of a file that reads as this course. Paths of topic tables stand in it as the course has
    /// them.
    pub fn text_of(course: &Course) -> String {
        write::course(course)
    }

    /// Reads a course file.
    pub fn load(path: &Path) -> Result<Self, Vec<Problem>> {
        match std::fs::read_to_string(path) {
            Ok(text) => Self::parse(&text, path),
            Err(error) => Err(vec![Problem::path(
                path,
                format!("cannot be read: {error}"),
            )]),
        }
    }
}

/// Every `*.toml` of a folder, sorted by name; or the mistakes of all of them. A folder that is not there is one,
/// unless it is the usual one: courses may as well be set up in Discord.
pub fn load_courses(dir: &Path) -> Result<Vec<CourseFile>, Vec<Problem>> {
    let (courses, problems) = load_sound_courses(dir).map_err(|problem| vec![problem])?;
    if problems.is_empty() {
        Ok(courses)
    } else {
        Err(problems)
    }
}

/// As [`load_courses`], for those who only look: the files that are right, and what is wrong with the others. Of two
/// that clash the first counts as right. A folder that cannot be read is a problem by itself.
pub fn load_sound_courses(dir: &Path) -> Result<(Vec<CourseFile>, Vec<Problem>), Problem> {
    let mut read: Vec<(CourseFile, bool)> = Vec::new();
    let mut problems = Vec::new();
    for path in files_in(dir)? {
        match CourseFile::load(&path) {
            Ok(course) => {
                let before = read.iter().map(|(course, _)| course);
                let clashes = check::clashes(before, &course);
                read.push((course, clashes.is_empty()));
                problems.extend(clashes);
            }
            Err(mistakes) => problems.extend(mistakes),
        }
    }
    let sound = read.into_iter().filter(|(_, is_sound)| *is_sound);
    Ok((sound.map(|(course, _)| course).collect(), problems))
}

fn files_in(dir: &Path) -> Result<Vec<PathBuf>, Problem> {
    let unreadable = |error: std::io::Error| {
        Problem::path(
            dir,
            format!("cannot be read: {error}; name the folder of course files in `courses.dir`"),
        )
    };
    let entries = match std::fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(error)
            if error.kind() == std::io::ErrorKind::NotFound
                && dir == Path::new(DEFAULT_COURSES_DIR) =>
        {
            return Ok(Vec::new());
        }
        Err(error) => return Err(unreadable(error)),
    };
    let paths: Result<Vec<_>, _> = entries
        .map(|entry| entry.map(|entry| entry.path()))
        .collect();
    let mut files = paths.map_err(unreadable)?;
    files.retain(|path| {
        path.extension()
            .is_some_and(|extension| extension == "toml")
    });
    files.sort();
    Ok(files)
}
