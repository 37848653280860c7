//! What may not stand twice in a folder of course files.

use super::super::Problem;
use super::CourseFile;

/// What a further course file may not share with those before it: the course's slug, and a channel that would then
/// belong to two courses.
pub(super) fn clashes<'c>(
    before: impl Iterator<Item = &'c CourseFile>,
    new: &CourseFile,
) -> Vec<Problem> {
    let mut problems = Vec::new();
    for other in before {
        let file = other.path.display();
        if other.course.slug == new.course.slug {
            let message = format!(
                "the slug `{}` is that of {file} as well; give one of them another",
                new.course.slug
            );
            problems.push(Problem::path(&new.path, message));
        }
        let theirs = other.course.read_channels();
        for channel in new
            .course
            .read_channels()
            .into_iter()
            .filter(|channel| theirs.contains(channel))
        {
            let message = format!(
                "channel {channel} belongs to the course of {file} already; a channel has one course"
            );
            problems.push(Problem::path(&new.path, message));
        }
    }
    problems
}
