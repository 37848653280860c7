//! `lookup`: what a person means by the words, as `!t` understands them.

use super::{COURSE, Ran, beadle_in, course_folder};

/// What the words look up in the course `bees`, of which the lecture about hives is called `hi`.
fn looked_up(words: &str) -> Ran {
    let folder = course_folder();
    let file = folder.path().join("config/courses/bees.toml");
    let course = COURSE.replace("slug = \"2\"", "slug = \"hi\"");
    std::fs::write(file, course).expect("written");
    let course = ["--course", "config/courses/bees.toml"];
    beadle_in(&folder, &["lookup", words, course[0], course[1]], "")
}

#[test]
fn a_lecture_that_is_called_like_a_greeting_is_reached() {
    for words in ["hi 12:00", "12:00 hi", "please hi 12:00", "HI"] {
        let ran = looked_up(words);
        assert!(
            ran.out.contains("(Hives)"),
            "{words}: {}{}",
            ran.out,
            ran.err
        );
    }
    for words in ["hello 12:00", "hi, 12:00", "12:00 please"] {
        let ran = looked_up(words);
        assert!(
            ran.out.contains("The waggle"),
            "{words}: {}{}",
            ran.out,
            ran.err
        );
    }
}

#[test]
fn a_number_that_is_no_lecture_may_be_a_minute_or_a_second_unless_it_is_long() {
    for (number, meant) in [
        ("52", "`!t 52:00`"),
        ("3134", "`!t 3134s`"),
        ("313400", "`!t 313400s`"),
    ] {
        let ran = looked_up(number);
        assert!(ran.err.contains(meant), "{number}: {}", ran.err);
    }
    for number in ["1200000", "1200000000000000101"] {
        let ran = looked_up(number);
        assert_eq!(ran.code, Some(1));
        let no_lecture = format!("There is no lecture “{number}”. Name one");
        assert!(ran.err.contains(&no_lecture), "{}", ran.err);
    }
}
