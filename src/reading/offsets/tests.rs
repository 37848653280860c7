use proptest::prelude::*;

use super::*;

fn found(text: &str) -> String {
    let shown = |found: FoundOffset| match found.end {
        Some(end) => format!("{}-{end}", found.start),
        None => found.start.to_string(),
    };
    offsets(text, None)
        .into_iter()
        .map(shown)
        .collect::<Vec<_>>()
        .join(" ")
}

fn check(text: &str, expected: &str) {
    assert_eq!(found(text), expected, "in {text:?}");
}

fn check_refused(text: &str, why: &str) {
    check(text, "");
    let refused: Vec<_> = refused(text, None)
        .into_iter()
        .map(|refused| refused.why)
        .collect();
    assert!(
        refused.contains(&why),
        "{text:?} was refused as {refused:?}"
    );
}

#[test]
fn offsets_are_found_where_people_put_them() {
    check("57:16 they did it the other way round", "57:16");
    check("At 44:35, does the mask change?", "44:35");
    check("the whole derivation (start: 25:29).", "25:29");
    check("(22:40). and 34:20, then @12:30", "22:40 34:20 12:30");
    check("around 9:05.why is that", "9:05");
    check("[1:09:41] 2:03:08", "1:09:41 2:03:08");
    check("1:08:56Summary 57:03with code", "1:08:56 57:03");
    check("what happens in 12m30s? no: at 12m30s", "12:30");
}

#[test]
fn a_range_is_one_offset_with_an_end() {
    check("I did not follow 4:03-4:48 at all", "4:03-4:48");
    check("from 12:30 to 13:05", "12:30-13:05");
    check("12:30 – 13:05 – 14:00", "12:30-13:05 14:00");
    check("from 13:05 to 12:30", "13:05 12:30");
}

#[test]
fn clock_times_are_told_by_what_stands_around_them() {
    for text in [
        "it is 3:15 pm",
        "3:15pm works",
        "at 10:30 tomorrow",
        "room 12:30",
        "office hours are at 14:00",
        "on Monday at 9:30",
        "open 9:00 am till 13:00 and 17:00 till 21:00",
        "10:30 - 11:30 am",
        "at 4:35 in the morning",
        "my train leaves 18:05",
        "lunch at 12:30?",
        "I will be there by 9:30",
        "18:30 in the library?",
    ] {
        check_refused(text, "clock time");
    }
}

#[test]
fn other_look_alikes_are_told_too() {
    check_refused("a 16:9 screen", "ratio");
    check_refused("an 80:20 split", "ratio");
    check_refused("we won 21:15", "score");
    check_refused("it was 2:45 hours long", "length of time");
    check("I am 2:45 hours in", "2:45:00");
    check_refused("it took 12m30s to train", "length of time");
    check_refused("Romans 8:28 and 9:16", "Bible verse");
    check_refused("since v2:01", "glued to what stands before");
    check_refused("listen on 10.0.0.1:53", "glued to what stands before");
    check_refused("00:1b:44:11:3a:b7", "address");
    check_refused("fe80::12:30", "address");
    check_refused("2023-02-09 10:30", "date");
    check_refused("the exam is on 12.03. at 10:30", "date");
    check_refused("it says `12:30` there", "code");
    check_refused("```\n12:30\n```", "code");
    check_refused("https://video.example/12:30", "link");
    check_refused("<t:1700000000:R> <a:12:30>", "Discord mark");
    check_refused("52:75", "no such time");
    check_refused("root 14 0.0 0.1 2214 916 tty1 S 22:14", "terminal output");
}

#[test]
fn nothing_lies_past_the_recordings_end() {
    let end = "1:16:15".parse().ok();
    let found: Vec<_> = offsets("1:16:15 or 1:16:16?", end)
        .into_iter()
        .map(|found| found.start.to_string())
        .collect();
    assert_eq!(found, ["1:16:15"]);
}

#[test]
fn places_are_those_of_the_text_itself() {
    let text = "um ５２：１４, so";
    let found = offsets(text, None);
    assert_eq!(&text[found[0].at.clone()], "５２：１４");
    assert_eq!(found[0].start.seconds(), 3134);
}

proptest! {
    #[test]
    fn the_strict_reader_never_finds_what_the_lenient_one_refuses(
        text in "([0-9]{1,3}|[:：٥]|[ .,()@/-]|am|m|s|to|at |é|`|<t:){0,14}",
    ) {
        for found in offsets(&text, None) {
            let read = text[found.at.clone()].parse::<crate::domain::offset::Span>();
            prop_assert_eq!(read.map(|span| (span.start, span.end)), Ok((found.start, found.end)));
        }
    }

    #[test]
    fn no_text_makes_it_panic(text in "\\PC*") {
        offsets(&text, None);
        refused(&text, None);
    }
}
