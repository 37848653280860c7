use jiff::civil::date;

use super::*;
use crate::domain::course::{LookupSettings, WhenEmpty};
use crate::domain::ids::ChannelId;
use crate::domain::schedule::Weekdays;

const SAMPLE: &str = include_str!("../../../config/courses/cs224n.toml");

const SMALL: &str =
    "[course]\nslug = \"ee1\"\nname = \"Circuits\"\nserver = \"7\"\ntimezone = \"Europe/Berlin\"\n";

fn course(text: &str) -> Result<Course, String> {
    let lines = |problems: Vec<Problem>| {
        problems
            .iter()
            .map(Problem::to_string)
            .collect::<Vec<_>>()
            .join("\n")
    };
    CourseFile::parse(text, Path::new("courses/ee1.toml"))
        .map(|file| file.course)
        .map_err(lines)
}

#[test]
fn the_sample_is_a_whole_course() {
    let file = CourseFile::parse(SAMPLE, Path::new("config/courses/cs224n.toml")).unwrap();
    let course = file.course;
    assert_eq!(
        (course.slug.as_str(), course.timezone_name()),
        ("cs224n", "America/Los_Angeles")
    );
    assert_eq!(
        (course.prefix.as_str(), course.gathered_reaction.as_deref()),
        ("!", Some("📌"))
    );
    assert_eq!(course.lookup, LookupSettings::default());
    let digest = course.digest.unwrap();
    assert_eq!(
        (digest.schedule.days, digest.when_empty),
        (Weekdays::EVERY, WhenEmpty::Line)
    );
    assert!(digest.show_askers);
    let lecture = &course.lectures[0];
    assert_eq!(
        (lecture.slug.as_str(), lecture.date),
        ("10", Some(date(2023, 2, 9)))
    );
    assert_eq!(
        lecture
            .duration
            .map(|duration| duration.to_string())
            .as_deref(),
        Some("1:16:15")
    );
    assert_eq!(
        lecture.topics.as_deref(),
        Some(Path::new("config/courses/../topics/cs224n-10.csv"))
    );
}

#[test]
fn little_is_enough() {
    let course = course(SMALL).unwrap();
    assert_eq!(
        (course.prefix.as_str(), course.gathered_reaction.as_deref()),
        ("!", Some("📌"))
    );
    assert_eq!((course.digest, course.lectures.len()), (None, 0));
}

#[test]
fn a_digest_needs_only_a_channel() {
    let digest = course(&format!("{SMALL}[digest]\nchannel = \"5\"\n"))
        .unwrap()
        .digest
        .unwrap();
    assert_eq!(digest.schedule.at, jiff::civil::time(18, 0, 0, 0));
    assert_eq!(digest.schedule.timezone.iana_name(), Some("Europe/Berlin"));
}

#[test]
fn a_sign_may_be_none_or_a_server_s_own() {
    let sign = |sign: &str| {
        course(&format!("{SMALL}gathered_reaction = \"{sign}\"\n"))
            .unwrap()
            .gathered_reaction
    };
    assert_eq!(sign(""), None);
    assert_eq!(sign("<:hand:42>").as_deref(), Some("hand:42"));
    assert_eq!(sign("<a:hand:42>").as_deref(), Some("hand:42"));
    assert_eq!(sign("hand:42").as_deref(), Some("hand:42"));
    assert_eq!(sign("👩‍🏫").as_deref(), Some("👩‍🏫"));
    assert_eq!(sign("1️⃣").as_deref(), Some("1️⃣"));
}

#[test]
fn every_mistake_is_told_with_its_line_and_column() {
    let text = r##"
[course]
slug = "two words"
server = 7
timezone = "Mars/Olympus"
watch = ["12", "general"]
prefix = "but"
gathered_reaction = "pin"
staff_role = ["3"]

[lookup]
repeat_s = -1

[digest]
at = "6 pm"
days = ["mon", "moon"]
when_empty = "joke"
show_askers = "no"

[[lecture]]
slug = "1"
title = " "
date = 2026-02-30

[lecturers]
"##;
    insta::assert_snapshot!(course(text).unwrap_err(), @"courses/ee1.toml:23:8: this is not TOML: invalid date, expected day between 01 and 28; texts stand in quotation marks, days as 2026-02-09");
    insta::assert_snapshot!(course(&text.replace("date = 2026-02-30", "date = 2026")).unwrap_err(), @r#"
    courses/ee1.toml:2:1: [course] needs `name`
    courses/ee1.toml:3:8: `two words` cannot be a slug; use up to 32 letters, digits, `-`, `_` and `.`, such as `10`
    courses/ee1.toml:4:10: `server` must be a text: put it in quotation marks
    courses/ee1.toml:5:12: `Mars/Olympus` is not a time zone; write one such as `Europe/Berlin` or `America/New_York`
    courses/ee1.toml:6:16: `general` is not a Discord id; ids are whole numbers such as `1200000000000000101`
    courses/ee1.toml:7:10: `but` cannot be a prefix; use 1 to 5 characters without spaces, not ending in a letter or digit, not beginning with / @ # < > or a backtick, such as `!` or `b!`
    courses/ee1.toml:8:21: `pin` is not an emoji; write one such as `📌`, a server's own as `name:id`, or nothing for none
    courses/ee1.toml:9:1: [course] has no key `staff_role`; did you mean `staff_roles`?
    courses/ee1.toml:12:12: `repeat_s` must be a whole number from 0 to 86400
    courses/ee1.toml:14:1: [digest] needs `channel`
    courses/ee1.toml:15:6: `6 pm` is not a time of day; write hours and minutes from `00:00` to `23:59`, such as `18:00`
    courses/ee1.toml:16:16: `moon` is not a day of the week; write `mon`, `tue`, `wed`, `thu`, `fri`, `sat` or `sun`
    courses/ee1.toml:17:14: `joke` is neither `line` nor `nothing`, the two things Beadle can say when nothing is open
    courses/ee1.toml:18:15: `show_askers` must be `true` or `false`
    courses/ee1.toml:22:9: `title` is empty
    courses/ee1.toml:23:8: `date` must be a day, such as 2026-02-09
    courses/ee1.toml:25:2: the file has no key `lecturers`; did you mean `lecture`?
    "#);
}

#[test]
fn lectures_share_neither_slug_nor_channel() {
    let lecture = "[[lecture]]\nslug = \"1\"\ntitle = \"First\"\nchannels = [\"9\"]\n";
    insta::assert_snapshot!(course(&format!("{SMALL}{lecture}{lecture}")).unwrap_err(), @r#"
    courses/ee1.toml:11:8: there is another lecture `1`; each needs a slug of its own
    courses/ee1.toml:13:13: this channel belongs to lecture `1` already
    "#);
}

#[test]
fn an_empty_file_and_empty_days_are_told() {
    insta::assert_snapshot!(course("").unwrap_err(), @"courses/ee1.toml:1:1: there is no [course]; it names the course, its server and its time zone");
    insta::assert_snapshot!(course(&format!("{SMALL}[digest]\nchannel = \"5\"\ndays = []")).unwrap_err(), @r#"
    courses/ee1.toml:8:8: no day is chosen; name at least one, such as `days = ["mon", "thu"]`
    "#);
}

#[test]
fn a_folder_of_courses_is_taken_whole_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write("b.toml", &SMALL.replace("ee1", "b"));
    write("a.toml", &format!("{SMALL}watch = [\"3\"]\n"));
    write("notes.txt", "not a course");
    let slugs: Vec<_> = load_courses(folder.path())
        .unwrap()
        .into_iter()
        .map(|file| file.course.slug)
        .collect();
    assert_eq!(slugs, ["ee1", "b"]);

    write("c.toml", &format!("{SMALL}watch = [\"3\"]\n"));
    write("d.toml", "[course]\n");
    let problems = load_courses(folder.path()).unwrap_err();
    let told: Vec<_> = problems
        .iter()
        .map(|problem| problem.message.as_str())
        .collect();
    assert!(
        told[0].starts_with("the slug `ee1` is that of "),
        "{told:?}"
    );
    assert!(
        told[1].starts_with("channel 3 belongs to the course of "),
        "{told:?}"
    );
    assert_eq!(told[2], "[course] needs `slug`");
}

#[test]
fn only_the_usual_folder_may_be_absent() {
    let told = load_courses(Path::new("/nonexistent/courses")).unwrap_err();
    assert!(
        told[0]
            .to_string()
            .starts_with("/nonexistent/courses: cannot be read: "),
        "{told:?}"
    );
}

#[test]
fn a_channel_is_read_once_and_knows_its_lecture() {
    let lecture = "[[lecture]]\nslug = \"1\"\ntitle = \"First\"\nchannels = [\"9\", \"8\"]\n";
    let course = course(&format!("{SMALL}watch = [\"8\", \"3\"]\n{lecture}")).unwrap();
    assert_eq!(course.read_channels(), [8, 3, 9].map(ChannelId::new));
    assert_eq!(
        course
            .lecture_of_channel(ChannelId::new(9))
            .map(|lecture| lecture.slug.as_str()),
        Some("1")
    );
    assert_eq!(course.lecture("2"), None);
}

#[test]
fn what_is_written_reads_as_the_same_course() {
    let sample = CourseFile::parse(SAMPLE, Path::new("cs224n.toml"))
        .unwrap()
        .course;
    let odd = course(&format!(
        "{SMALL}gathered_reaction = \"\"\nprefix = '\"'\nstaff_roles = [\"1\", \"2\"]\n\
         [[lecture]]\nslug = \"a.b\"\ntitle = 'A \"quoted\" \\ title'\nchannels = [\"9\"]\n"
    ))
    .unwrap();
    let weekdays = course(&format!(
        "{SMALL}[digest]\nchannel = \"5\"\nat = \"9:05\"\ndays = [\"sat\", \"mon\"]\nwhen_empty = \"nothing\"\n"
    ))
    .unwrap();
    for course in [sample, odd, weekdays] {
        let text = CourseFile::text_of(&course);
        let again = CourseFile::parse(&text, Path::new("again.toml"));
        assert_eq!(again.unwrap().course, course, "{text}");
    }
}
