use std::collections::HashSet;

use jiff::civil::date;
use proptest::prelude::*;

use super::split::utf16_len;
use super::*;

fn at(text: &str) -> Offset {
    text.parse().unwrap()
}

fn topic(title: &str, start: &str, end: Option<&str>) -> DigestTopic {
    DigestTopic {
        title: title.into(),
        start: at(start),
        end: end.map(at),
    }
}

/// A question asked so many hours before the digest.
fn item(id: i64, hours: i64, asks: &str) -> DigestItem {
    DigestItem {
        id,
        lecture: None,
        topic: None,
        offset: None,
        offset_link: None,
        asks: vec![asks.into()],
        asked_by: 1,
        asked_at: now() - SignedDuration::from_hours(hours),
        asker: Some("maya".into()),
        jump: format!("https://discord.com/channels/1/2/{id}"),
        maybe_answered: None,
        probably: None,
        similar: Vec::new(),
        closed: None,
        snoozed: None,
    }
}

fn in_lecture(
    slug: &str,
    topic: Option<&str>,
    offset: Option<&str>,
    item: DigestItem,
) -> DigestItem {
    DigestItem {
        lecture: Some(slug.into()),
        topic: topic.map(at),
        offset: offset.map(at),
        offset_link: offset.map(|o| format!("https://video.example/{slug}?t={}", at(o).seconds())),
        ..item
    }
}

fn now() -> Timestamp {
    "2026-03-12T18:00:00Z".parse().unwrap()
}

fn empty() -> DigestInput {
    DigestInput {
        course: "Signals and Systems".into(),
        date: date(2026, 3, 12),
        timezone: TimeZone::UTC,
        now: now(),
        late: Late::default(),
        is_first: false,
        counts: Counts::default(),
        lectures: vec![
            DigestLecture {
                slug: "3".into(),
                title: "Sampling".into(),
                link: Some("https://video.example/3".into()),
                length: Some(at("50:00")),
                topics: vec![
                    topic("Aliasing", "12:30", Some("25:00")),
                    topic("Reconstruction", "25:00", None),
                ],
            },
            DigestLecture {
                slug: "4".into(),
                title: "Filters".into(),
                link: None,
                length: None,
                topics: Vec::new(),
            },
        ],
        items: Vec::new(),
    }
}

pub(super) fn sample() -> DigestInput {
    let maybe = MaybeAnswered {
        jump: "https://discord.com/channels/1/2/90".into(),
        confidence: 0.804,
    };
    DigestInput {
        counts: Counts {
            open: 8,
            new: 5,
            answered: 2,
            snoozed: 0,
        },
        items: vec![
            item(8, 1, "When is the exam?"),
            in_lecture(
                "4",
                None,
                Some("8:10"),
                item(7, 5, "Why is the *ideal* filter not causal?"),
            ),
            in_lecture(
                "3",
                Some("12:30"),
                Some("14:02"),
                item(1, 3, "Where does the second copy come from?"),
            ),
            in_lecture(
                "3",
                Some("25:00"),
                Some("31:40"),
                DigestItem {
                    maybe_answered: Some(maybe),
                    similar: vec!["https://discord.com/channels/1/2/91".into()],
                    ..item(4, 80, "Is the sinc ever cut off in practice?")
                },
            ),
            in_lecture(
                "3",
                Some("12:30"),
                Some("13:30"),
                DigestItem {
                    asked_by: 3,
                    ..item(
                        2,
                        30,
                        "Why exactly twice the highest frequency? Would a bit less not do?",
                    )
                },
            ),
            in_lecture(
                "3",
                Some("12:30"),
                Some("20:00"),
                item(3, 100, "What does folding mean here"),
            ),
            in_lecture(
                "3",
                None,
                None,
                DigestItem {
                    asker: None,
                    probably: Some(Probably {
                        title: "Reconstruction".into(),
                        start: at("25:00"),
                        link: Some("https://video.example/3?t=1500".into()),
                    }),
                    ..item(5, 2, "Can somebody explain the last slide")
                },
            ),
            in_lecture("3", None, Some("2:00"), item(6, 2, "Is the microphone on?")),
        ],
        ..empty()
    }
}

#[test]
fn an_instructor_reads_what_is_open_where_and_how_urgent() {
    let parts = parts(&sample());
    assert_eq!((parts.len(), &parts[0].footer), (1, &None));
    assert_eq!(parts[0].questions, [3, 2, 1, 4, 6, 5, 7, 8]);
    insta::assert_snapshot!(parts[0].title.as_deref().unwrap_or_default(), @"Signals and Systems: open questions, Thu 12 Mar 2026");
    insta::assert_snapshot!(parts[0].body, @r#"
    **8 open · 5 new and 2 answered since the last digest · ⏳ 2 open for more than three days**
    Most questions: Aliasing (3, lecture 3)
    ### Lecture 3 · [Sampling](https://video.example/3)
    **Aliasing** · 12:30–25:00
    - ⏳ [20:00](https://video.example/3?t=1200) “What does folding mean here” · maya · <t:1772978400:R> · [message](https://discord.com/channels/1/2/3)
    - [13:30](https://video.example/3?t=810) “Why exactly twice the highest frequency? Would a bit less not do?” · asked by 3, first maya · <t:1773230400:R> · [message](https://discord.com/channels/1/2/2)
    - [14:02](https://video.example/3?t=842) “Where does the second copy come from?” · maya · <t:1773327600:R> · [message](https://discord.com/channels/1/2/1)
    **Reconstruction** · from 25:00
    - ⏳ [31:40](https://video.example/3?t=1900) “Is the sinc ever cut off in practice?” · maya · <t:1773050400:R> · [message](https://discord.com/channels/1/2/4)
      ↳ [maybe answered](https://discord.com/channels/1/2/90) (80 %) · similar: [1](https://discord.com/channels/1/2/91)
    **Elsewhere in the lecture**
    - [2:00](https://video.example/3?t=120) “Is the microphone on?” · maya · <t:1773331200:R> · [message](https://discord.com/channels/1/2/6)
    - “Can somebody explain the last slide” · <t:1773331200:R> · [message](https://discord.com/channels/1/2/5)
      ↳ probably [25:00](https://video.example/3?t=1500) Reconstruction
    ### Lecture 4 · Filters
    - [8:10](https://video.example/4?t=490) “Why is the \*ideal\* filter not causal?” · maya · <t:1773320400:R> · [message](https://discord.com/channels/1/2/7)
    ### Not about one lecture
    - “When is the exam?” · maya · <t:1773334800:R> · [message](https://discord.com/channels/1/2/8)
    "#);
}

#[test]
fn a_terminal_shows_the_same_without_markdown() {
    insta::assert_snapshot!(plain_text(&sample()), @r#"
    Signals and Systems: open questions, Thu 12 Mar 2026
    8 open · 5 new and 2 answered since the last digest · ⏳ 2 open for more than three days
    Most questions: Aliasing (3, lecture 3)

    Lecture 3 · Sampling
      Aliasing · 12:30–25:00
        ⏳ 20:00  “What does folding mean here”
           maya · 4 days ago
           https://discord.com/channels/1/2/3
           recording: https://video.example/3?t=1200
        -  13:30  “Why exactly twice the highest frequency? Would a bit less not do?”
           asked by 3, first maya · 1 day ago
           https://discord.com/channels/1/2/2
           recording: https://video.example/3?t=810
        -  14:02  “Where does the second copy come from?”
           maya · 3 hours ago
           https://discord.com/channels/1/2/1
           recording: https://video.example/3?t=842
      Reconstruction · from 25:00
        ⏳ 31:40  “Is the sinc ever cut off in practice?”
           maya · 3 days ago
           https://discord.com/channels/1/2/4
           recording: https://video.example/3?t=1900
           maybe answered (80 %): https://discord.com/channels/1/2/90
           similar: https://discord.com/channels/1/2/91
      Elsewhere in the lecture
        -  2:00  “Is the microphone on?”
           maya · 2 hours ago
           https://discord.com/channels/1/2/6
           recording: https://video.example/3?t=120
        -  “Can somebody explain the last slide”
           2 hours ago
           https://discord.com/channels/1/2/5
           probably 25:00  Reconstruction

    Lecture 4 · Filters
        -  8:10  “Why is the *ideal* filter not causal?”
           maya · 5 hours ago
           https://discord.com/channels/1/2/7
           recording: https://video.example/4?t=490

    Not about one lecture
        -  “When is the exam?”
           maya · 1 hour ago
           https://discord.com/channels/1/2/8
    "#);
}

#[test]
fn what_is_done_is_struck_through_with_who_and_how() {
    let mut input = sample();
    input.items.retain(|item| item.id <= 3);
    let closings = [
        (How::Answered, Some("prof_k")),
        (How::Dismissed, None),
        (How::TakenBack, None),
    ];
    for (item, (how, by)) in input.items.iter_mut().zip(closings) {
        item.closed = Some(Closed {
            how,
            by: by.map(str::to_owned),
        });
    }
    input.items[2].asks.clear();
    insta::assert_snapshot!(parts(&input)[0].body, @r#"
    **8 open · 5 new and 2 answered since the last digest · all done since**
    Most questions: Aliasing (3, lecture 3)
    ### Lecture 3 · [Sampling](https://video.example/3)
    **Aliasing** · 12:30–25:00
    - ~~[20:00](https://video.example/3?t=1200) (its text is gone)~~ · taken back · [message](https://discord.com/channels/1/2/3)
    - ~~[13:30](https://video.example/3?t=810) “Why exactly twice the highest frequency? Would a bit less not do?”~~ · dismissed · [message](https://discord.com/channels/1/2/2)
    - ~~[14:02](https://video.example/3?t=842) “Where does the second copy come from?”~~ · answered by prof\_k · [message](https://discord.com/channels/1/2/1)
    "#);
}

#[test]
fn what_is_put_off_says_until_when_and_by_whom() {
    let mut input = sample();
    input.items.retain(|item| item.id == 8);
    input.counts.snoozed = 2;
    input.items[0].snoozed = Some(Snoozed {
        until: "2026-03-15T07:00:00Z".parse().unwrap(),
        by: "prof_k".into(),
    });
    insta::assert_snapshot!(parts(&input)[0].body, @r"
    **8 open · 5 new and 2 answered since the last digest · 2 put off**
    ### Not about one lecture
    - “When is the exam?” · maya · <t:1773334800:R> · [message](https://discord.com/channels/1/2/8) · put off until <t:1773558000:d> by prof\_k
    ");
    insta::assert_snapshot!(plain_text(&input), @r"
    Signals and Systems: open questions, Thu 12 Mar 2026
    8 open · 5 new and 2 answered since the last digest · 2 put off

    Not about one lecture
        -  “When is the exam?”
           maya · 1 hour ago · put off until Sun 15 Mar by prof_k
           https://discord.com/channels/1/2/8
    ");
}

#[test]
fn a_question_is_chosen_by_where_it_points_and_what_it_asks() {
    let mut input = sample();
    input.items.truncate(3);
    input.items[0].asks = vec!["When is the exam? ".repeat(20)];
    input.items[2].closed = Some(Closed {
        how: How::Answered,
        by: None,
    });
    insta::assert_snapshot!(parts(&input)[0].choices.join("\n"), @r"
    ✓ 14:02 Where does the second copy come from?
    8:10 Why is the *ideal* filter not causal?
    When is the exam? When is the exam? When is the exam? When is the exam? When is the exam? When is t…
    ");
}

#[test]
fn no_part_has_more_questions_than_can_be_chosen_from() {
    let mut input = empty();
    input.items = (1..=60).map(|id| item(id, 1, "Why?")).collect();
    let parts = parts(&input);
    let sizes: Vec<_> = parts.iter().map(|part| part.questions.len()).collect();
    assert!(sizes.iter().all(|size| *size <= ITEMS_MAX), "{sizes:?}");
    assert_eq!(sizes.iter().sum::<usize>(), 60);
}

#[test]
fn with_nothing_open_it_is_one_line() {
    let mut input = empty();
    assert_eq!(
        parts(&input)[0].body,
        "No open questions in Signals and Systems on Thu 12 Mar 2026."
    );
    input.counts.answered = 2;
    input.late.planned = Some(now());
    insta::assert_snapshot!(parts(&input)[0].body, @"No open questions in Signals and Systems on Thu 12 Mar 2026; 2 were answered since the last digest. Late: planned for 18:00 on Thu 12 Mar.");
    insta::assert_snapshot!(plain_text(&input), @r#"
    No open questions in Signals and Systems on Thu 12 Mar 2026; 2 were answered since the last digest.
    Late: planned for 18:00 on Thu 12 Mar.
    "#);
}

#[test]
fn the_first_digest_does_not_count_from_a_last_one() {
    let mut input = sample();
    input.is_first = true;
    let first_line = |input: &DigestInput| parts(input)[0].body.lines().next().map(str::to_owned);
    insta::assert_snapshot!(first_line(&input).unwrap(), @"**8 open · 2 answered so far · ⏳ 2 open for more than three days**");
    input.counts.answered = 0;
    insta::assert_snapshot!(first_line(&input).unwrap(), @"**8 open · ⏳ 2 open for more than three days**");
    input.items.clear();
    input.counts.answered = 1;
    insta::assert_snapshot!(first_line(&input).unwrap(), @"No open questions in Signals and Systems on Thu 12 Mar 2026; 1 was answered so far.");
}

#[test]
fn by_its_beginning_a_digest_is_known_again_whatever_is_open() {
    for input in [sample(), empty()] {
        let part = parts(&input).remove(0);
        let begins = part.title.unwrap_or(part.body);
        let known = |date| {
            beginnings(&input.course, date)
                .iter()
                .any(|head| begins.starts_with(head))
        };
        assert!(known(input.date), "{begins}");
        assert!(!known(input.date.yesterday().unwrap()), "{begins}");
    }
}

#[test]
fn a_late_digest_says_so_in_the_course_s_own_time() {
    let mut input = sample();
    input.timezone = TimeZone::get("America/Los_Angeles").unwrap();
    input.late = Late {
        planned: Some(now()),
        missed: 2,
    };
    let second_line = |input: &DigestInput| parts(input)[0].body.lines().nth(1).map(str::to_owned);
    insta::assert_snapshot!(second_line(&input).unwrap(), @"*Late: planned for 11:00 on Thu 12 Mar. The 2 digests before it were missed.*");
    input.late = Late {
        planned: None,
        missed: 1,
    };
    insta::assert_snapshot!(second_line(&input).unwrap(), @"*The digest before it was missed.*");
}

#[test]
fn a_long_digest_goes_on_with_its_headings_repeated() {
    let mut input = sample();
    input.items = (1..=60)
        .map(|id| {
            in_lecture(
                "3",
                Some("12:30"),
                Some("14:02"),
                item(id, 200 - id, &"Why does it fold? ".repeat(5)),
            )
        })
        .collect();
    let parts = parts(&input);
    assert!(parts.len() > 2);
    assert_eq!(parts[1].footer, Some(format!("part 2 of {}", parts.len())));
    assert_eq!(parts[1].title, None);
    let headings: Vec<_> = parts[1].body.lines().take(2).collect();
    insta::assert_snapshot!(headings.join("\n"), @r#"
    ### Lecture 3 · [Sampling](https://video.example/3) (continued)
    **Aliasing** · 12:30–25:00 (continued)
    "#);
}

#[test]
fn a_link_that_could_break_the_layout_is_encoded_or_left_out() {
    let mut input = sample();
    input.items.truncate(2);
    input.items[1].offset_link = Some("https://video.example/a) [b](c".into());
    assert!(
        parts(&input)[0]
            .body
            .contains("[8:10](https://video.example/a%29%20%5Bb%5D%28c)")
    );
    input.items[1].offset_link = Some("javascript:alert(1)".into());
    assert!(parts(&input)[0].body.contains("- 8:10 “Why"));
    input.items[1].offset_link = Some(format!("https://video.example/{}", "x".repeat(400)));
    assert!(parts(&input)[0].body.contains("- 8:10 “Why"));
}

#[test]
fn ages_are_told_in_the_largest_whole_unit() {
    let ago = |minutes| wording::age(now() - SignedDuration::from_mins(minutes), now());
    assert_eq!(
        [-5, 0, 1, 59, 60, 125, 1_440, 4_400].map(ago),
        [
            "just now",
            "just now",
            "1 minute ago",
            "59 minutes ago",
            "1 hour ago",
            "2 hours ago",
            "1 day ago",
            "3 days ago"
        ]
    );
}

/// Any question, about a lecture and topic that may or may not be listed.
fn any_item() -> impl Strategy<Value = DigestItem> {
    let place = (
        proptest::option::of("[345]"),
        proptest::option::of(0u32..3_000),
    );
    let text = prop_oneof!["\\PC{0,400}", "[*_<>\\[\\]#`]{0,400}", "[👩🏽é]{0,300}"];
    let hints = (
        proptest::option::of(any::<f64>()),
        0usize..9,
        any::<bool>(),
        "\\PC{0,60}",
    );
    (
        place,
        proptest::collection::vec(text, 0..3),
        0u32..9,
        -5i64..200,
        hints,
    )
        .prop_map(
            |((lecture, seconds), asks, asked_by, hours, (confidence, similar, closed, person))| {
                DigestItem {
                    lecture,
                    topic: seconds.map(|s| Offset::from_seconds(s / 750 * 750)),
                    offset: seconds.map(Offset::from_seconds),
                    offset_link: seconds.map(|s| format!("https://video.example/?t={s}")),
                    asked_by,
                    asker: Some(person.clone()),
                    maybe_answered: confidence.map(|confidence| MaybeAnswered {
                        jump: "https://discord.com/channels/1/3/1".into(),
                        confidence,
                    }),
                    probably: seconds.is_none().then(|| Probably {
                        title: asks.concat(),
                        start: at("12:30"),
                        link: None,
                    }),
                    asks,
                    similar: vec!["https://discord.com/channels/1/3/2".into(); similar],
                    closed: closed.then_some(Closed {
                        how: How::Answered,
                        by: Some(person),
                    }),
                    ..item(0, hours, "")
                }
            },
        )
}

fn any_input() -> impl Strategy<Value = DigestInput> {
    (proptest::collection::vec(any_item(), 0..60), "\\PC{0,300}").prop_map(|(mut items, title)| {
        for (item, id) in items.iter_mut().zip(1_000..) {
            item.id = id;
            item.jump = format!("https://discord.com/channels/1/2/{id}");
        }
        let mut input = DigestInput {
            items,
            course: title.clone(),
            ..empty()
        };
        input.lectures[0].title = title;
        input
    })
}

/// What may become of a question after it stood in a digest.
#[derive(Debug, Clone)]
enum Fate {
    Closed(Closed),
    Snoozed(String),
    Answered,
    Edited(Vec<String>, Option<u32>, u32),
}

impl Fate {
    fn befall(self, item: &mut DigestItem) {
        match self {
            Self::Closed(closed) => item.closed = Some(closed),
            Self::Snoozed(by) => item.snoozed = Some(Snoozed { until: now(), by }),
            Self::Answered => {
                item.maybe_answered = Some(MaybeAnswered {
                    jump: "https://discord.com/channels/1200000000000000001/1200000000000000002/3"
                        .into(),
                    confidence: 0.9,
                });
            }
            Self::Edited(asks, seconds, asked_by) => {
                item.asks = asks;
                item.asked_by = asked_by;
                item.offset = seconds.map(Offset::from_seconds);
                item.topic = seconds.map(|s| Offset::from_seconds(s / 750 * 750));
            }
        }
    }
}

fn any_fate() -> impl Strategy<Value = Fate> {
    let how = prop_oneof![
        Just(How::Answered),
        Just(How::Dismissed),
        Just(How::Merged),
        Just(How::TakenBack),
        Just(How::Gone),
        Just(How::EditedAway),
    ];
    let by = proptest::option::of("\\PC{0,60}");
    let text = prop_oneof!["\\PC{0,400}", "[*_<>\\[\\]#`]{0,400}"];
    let edited = (
        proptest::collection::vec(text, 0..3),
        proptest::option::of(0u32..30_000),
        1u32..2_000,
    );
    prop_oneof![
        (how, by).prop_map(|(how, by)| Fate::Closed(Closed { how, by })),
        "[*_W]{40}".prop_map(Fate::Snoozed),
        Just(Fate::Answered),
        edited.prop_map(|(asks, at, asked_by)| Fate::Edited(asks, at, asked_by)),
    ]
}

fn layout(parts: &[DigestPart]) -> Vec<Vec<i64>> {
    parts.iter().map(|part| part.questions.clone()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_part_is_within_limits_and_every_question_is_linked_once(input in any_input()) {
        let parts = parts(&input);
        for part in &parts {
            prop_assert!(utf16_len(&part.body) <= BODY_MAX && !part.body.is_empty());
            prop_assert!(part.title.as_deref().is_none_or(|title| utf16_len(title) <= TITLE_MAX));
            let jumps: Vec<String> = part.body.split("(https://discord.com/channels/1/2/").skip(1)
                .map(|after| after.chars().take_while(char::is_ascii_digit).collect()).collect();
            let listed: Vec<String> = part.questions.iter().map(i64::to_string).collect();
            prop_assert_eq!(jumps, listed);
        }
        let told: Vec<i64> = parts.iter().flat_map(|part| part.questions.clone()).collect();
        prop_assert_eq!(told.len(), input.items.len());
        prop_assert_eq!(told.iter().collect::<HashSet<_>>().len(), input.items.len());
        let text = plain_text(&input);
        for id in told {
            prop_assert_eq!(text.matches(&format!("/1/2/{id}\n")).count(), 1);
        }
    }

    #[test]
    fn shown_again_it_is_the_same(input in any_input()) {
        let before = parts(&input);
        prop_assert_eq!(parts_as_before(&input, &layout(&before)), before);
    }

    #[test]
    fn whatever_becomes_of_its_questions_nothing_moves_and_nothing_is_too_long(
        input in any_input(),
        fates in proptest::collection::vec(any_fate(), 60),
        title in "\\PC{0,300}",
    ) {
        let layout = layout(&parts(&input));
        let mut later = input.clone();
        for (item, fate) in later.items.iter_mut().zip(fates) {
            fate.befall(item);
        }
        later.lectures[0].title = title;
        let now = parts_as_before(&later, &layout);
        let told: Vec<_> = now.iter().map(|part| part.questions.clone()).collect();
        prop_assert_eq!(&told, &layout);
        for part in &now {
            prop_assert!(utf16_len(&part.body) <= BODY_MAX && !part.body.is_empty());
            prop_assert!(part.questions.len() <= ITEMS_MAX);
            for choice in &part.choices {
                prop_assert!(!choice.is_empty() && choice.chars().count() <= CHOICE_MAX);
            }
        }
    }
}
