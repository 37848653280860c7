//! What the commands begin with that only look at what is there: the database, which is never made here,
//! and the courses. One course file with mistakes does not keep them from the other courses.

use super::courses::sound_sources_of;
use super::failure::Failure;
use super::output::remark;
use super::run::Files;
use crate::app::courses::{CourseSource, Courses, ServedCourse};
use crate::config::{Environment, Problem, load_sound_courses};
use crate::store::{Store, Tx};

/// What becomes of the courses of broken files.
pub(super) const LEFT_OUT: &str = "the courses of these files are left out";

/// What is there.
pub(super) struct Look {
    /// On the database; nothing of it is meant to last.
    pub tx: Tx,
    /// The courses whose files are right.
    pub sources: Vec<CourseSource>,
    /// What is wrong with the others.
    problems: Vec<Problem>,
}

impl Look {
    /// Opens the database and reads the course files; says on standard error what is wrong with those, and
    /// what becomes of their courses.
    pub async fn at(files: &Files, of_broken_files: &str) -> Result<Self, Failure> {
        let settings = files.settings(&Environment::of_process())?;
        let store = Store::open_existing(settings.database.url.as_str()).await?;
        let (files, mut problems) = load_sound_courses(&settings.courses.dir)
            .map_err(|problem| Failure::problems(&[problem]))?;
        let (sources, of_tables) = sound_sources_of(files);
        problems.extend(of_tables);
        for problem in &problems {
            remark(&format!("warning: {problem}"));
        }
        if !problems.is_empty() {
            remark(&format!(
                "warning: {of_broken_files}; `beadle check` tells more"
            ));
        }
        Ok(Self {
            tx: store.begin().await?,
            sources,
            problems,
        })
    }

    /// The course of that slug, or all.
    pub fn wanted<'c>(
        &self,
        courses: &'c Courses,
        slug: Option<&str>,
    ) -> Result<Vec<&'c ServedCourse>, Failure> {
        wanted(courses, slug).map_err(|failure| match &self.problems[..] {
            [] => failure,
            _ => Failure::Settings(format!("{failure}; or mend the files named above")),
        })
    }
}

/// The course of that slug, or all.
pub(super) fn wanted<'c>(
    courses: &'c Courses,
    slug: Option<&str>,
) -> Result<Vec<&'c ServedCourse>, Failure> {
    let Some(slug) = slug else {
        return Ok(courses.iter().collect());
    };
    let found = courses.named(slug).map(|served| vec![served]);
    found.ok_or_else(|| {
        let slugs = courses.iter().map(|it| format!("`{}`", it.course.slug));
        let slugs: Vec<String> = slugs.collect();
        let known = match &slugs[..] {
            [] => "there is none yet".to_owned(),
            _ => format!("take one of {}", slugs.join(", ")),
        };
        Failure::input(format!("there is no course `{slug}`; {known}"))
    })
}
