use proptest::prelude::*;

use super::*;

fn check(text: &str, seconds: u32) {
    assert_eq!(
        text.parse(),
        Ok(Offset::from_seconds(seconds)),
        "reading {text:?}"
    );
}

fn check_malformed(text: &str) {
    let read = text.parse::<Offset>();
    assert!(
        matches!(read, Err(OffsetError::Malformed(_))),
        "{text:?} was read as {read:?}"
    );
}

fn sentence(text: &str) -> String {
    match text.parse::<Span>() {
        Ok(span) => format!("read as {span}"),
        Err(error) => error.to_string(),
    }
}

#[test]
fn minutes_and_seconds_come_before_hours_and_minutes() {
    check("52:14", 3134);
    check("0:05", 5);
    check("00:34:20", 2060);
    check("1:11:12", 4272);
    check("75:20", 4520);
}

#[test]
fn units_are_read_with_and_without_spaces() {
    check("52m14s", 3134);
    check("1h11m12s", 4272);
    check("1h 2m", 3720);
    check("52m", 3120);
    check("3134s", 3134);
    check("PT52M14S", 3134);
    check("1 hour and 2 minutes", 3720);
}

#[test]
fn other_marks_than_colons_are_read() {
    check("52.14", 3134);
    check("52'14\"", 3134);
    check("52’14”", 3134);
    check("00:01:02.500", 62);
}

#[test]
fn a_link_to_a_moment_is_that_moment() {
    check("https://video.example/watch?v=abc&t=3134", 3134);
    check("https://video.example/watch?v=abc&amp;t=52m14s", 3134);
    check("https://video.example/embed/abc?start=90&end=95", 90);
    check("https://video.example/abc#t=52:14", 3134);
    check("t=52m14s", 3134);
    check_malformed("https://video.example/watch?v=abc");
}

#[test]
fn other_scripts_and_invisible_marks_do_not_disturb() {
    check("５２：１４", 3134);
    check("52∶14", 3134);
    check("52꞉14", 3134);
    check("٥٢:١٤", 3134);
    check("\u{200F}52:14\u{200E}", 3134);
}

#[test]
fn brackets_and_at_signs_around_an_offset_are_forgiven() {
    check("(52:14)", 3134);
    check("@52:14", 3134);
    check("at 52:14.", 3134);
}

#[test]
fn ranges_are_read_with_every_usual_separator() {
    for text in [
        "47:09-52:14",
        "47:09 – 52:14",
        "47:09—52:14",
        "47:09 to 52:14",
        "47:09..52:14",
        "47m9s-52m14s",
    ] {
        assert_eq!(
            text.parse::<Span>().map(|span| span.to_string()),
            Ok("47:09-52:14".into()),
            "{text}"
        );
    }
}

#[test]
fn what_is_no_offset_is_refused() {
    for text in [
        "",
        " ",
        "10",
        "reward model",
        "1:1:1",
        "52:5",
        ":30",
        "52:",
        "1:2:3:4",
        "m",
        "5d",
        "16:9",
        "-52:14",
        "52h14h",
    ] {
        check_malformed(text);
    }
}

#[test]
fn a_mistake_gets_a_sentence_with_a_right_form() {
    insta::assert_snapshot!(sentence("52:75"), @"`52:75` has 75 seconds, and a minute ends at 59; try `52:14`.");
    insta::assert_snapshot!(sentence("9:99:59"), @"`9:99:59` has 99 minutes after the hours, and an hour ends at 59; try `1:02:03`.");
    insta::assert_snapshot!(sentence("99999999999:00"), @"`99999999999:00` is longer than any recording; try `52:14` or `1:02:03`.");
    insta::assert_snapshot!(sentence("half `past`"), @"`half past` is not a time in a recording; try `52:14` or `1:02:03`.");
    insta::assert_snapshot!(sentence("52:14-47:09"), @"The range ends at 47:09, which is not after its start, 52:14; try `47:09-52:14`.");
}

#[test]
fn a_mistyped_offset_is_told_from_words_and_from_a_lecture() {
    for text in [
        "52:14",
        "52:75",
        "9:99:99",
        "47:09-52:14",
        "52m",
        "52:",
        "52:14-",
        "1h2",
        "5２：14",
    ] {
        assert!(looks_like_an_offset(text), "{text}");
    }
    for text in [
        "10",
        "reward model",
        "lecture 3: attention",
        "w:h",
        "",
        "2023",
        "m4",
        "3 to 5",
    ] {
        assert!(!looks_like_an_offset(text), "{text}");
    }
}

proptest! {
    #[test]
    fn printing_and_parsing_are_inverse(seconds: u32) {
        let offset = Offset::from_seconds(seconds);
        prop_assert_eq!(offset.to_string().parse(), Ok(offset));
    }

    #[test]
    fn printing_and_parsing_a_range_are_inverse(start in 0..40_000u32, length in 1..40_000u32) {
        let span = Span { start: Offset::from_seconds(start), end: Some(Offset::from_seconds(start + length)) };
        prop_assert_eq!(span.to_string().parse(), Ok(span));
    }

    #[test]
    fn no_text_makes_it_panic(text in "\\PC*") {
        let _ = text.parse::<Span>();
        let _ = looks_like_an_offset(&text);
    }

    #[test]
    fn no_near_offset_makes_it_panic(text in "[0-9:hms '\".at=?&#٥：-]{0,24}") {
        if let Ok(span) = text.parse::<Span>() {
            prop_assert!(looks_like_an_offset(&text));
            prop_assert!(span.end.is_none_or(|end| end > span.start));
        }
    }
}
