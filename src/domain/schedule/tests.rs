use jiff::ToSpan;
use jiff::civil::date;
use proptest::prelude::*;

use super::*;

fn schedule(at: &str, days: &[&str], zone: &str) -> Schedule {
    Schedule {
        at: parse_time(at).unwrap(),
        days: Weekdays::parse(days).unwrap(),
        timezone: TimeZone::get(zone).unwrap(),
    }
}

fn daily(at: &str, zone: &str) -> Schedule {
    Schedule {
        days: Weekdays::EVERY,
        ..schedule(at, &["mon"], zone)
    }
}

fn moment(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn due(schedule: &Schedule, now: &str, last: Option<Date>) -> Due {
    schedule.due(
        moment(now),
        last,
        moment("2020-01-01T00:00:00Z"),
        LATE_LIMIT,
    )
}

#[test]
fn a_time_of_day_is_hours_and_minutes() {
    assert_eq!(parse_time("18:00"), Ok(Time::constant(18, 0, 0, 0)));
    assert_eq!(parse_time(" 9:05 "), Ok(Time::constant(9, 5, 0, 0)));
    for wrong in [
        "24:00",
        "18",
        "6pm",
        "18:60",
        "+1:00",
        "18:0",
        "",
        ":",
        "18:00:00",
        "１８:00",
    ] {
        assert_eq!(
            parse_time(wrong),
            Err(ScheduleError::Time(wrong.to_owned()))
        );
    }
}

#[test]
fn days_are_read_short_or_whole_and_must_be_some() {
    let days = Weekdays::parse(&["Mon", "thursday"]).unwrap();
    assert_eq!(days.to_string(), "mon, thu");
    assert!(days.contains(Weekday::Thursday) && !days.contains(Weekday::Friday));
    assert_eq!(
        Weekdays::parse(&["mon", "noon"]),
        Err(ScheduleError::Day("noon".into()))
    );
    assert_eq!(Weekdays::parse::<&str>(&[]), Err(ScheduleError::NoDay));
}

#[test]
fn the_hour_is_the_course_s_own_in_summer_and_in_winter() {
    let evening = daily("18:00", "America/Los_Angeles");
    assert_eq!(
        evening.occurrence(date(2026, 1, 15)),
        Some(moment("2026-01-16T02:00:00Z"))
    );
    assert_eq!(
        evening.occurrence(date(2026, 7, 15)),
        Some(moment("2026-07-16T01:00:00Z"))
    );
}

#[test]
fn a_skipped_local_time_falls_to_the_first_that_exists() {
    // Clocks jump from 02:00 to 03:00.
    let night = daily("02:30", "America/Los_Angeles");
    assert_eq!(
        night.occurrence(date(2026, 3, 8)),
        Some(moment("2026-03-08T03:00:00-07:00"))
    );
    let on_the_edge = daily("02:00", "America/Los_Angeles");
    assert_eq!(
        on_the_edge.occurrence(date(2026, 3, 8)),
        Some(moment("2026-03-08T03:00:00-07:00"))
    );
}

#[test]
fn a_local_time_that_comes_twice_counts_the_first_time() {
    let night = daily("01:30", "America/Los_Angeles");
    assert_eq!(
        night.occurrence(date(2026, 11, 1)),
        Some(moment("2026-11-01T01:30:00-07:00"))
    );
}

#[test]
fn a_date_that_a_country_skipped_has_no_digest() {
    let samoa = daily("18:00", "Pacific/Apia");
    assert_eq!(samoa.occurrence(date(2011, 12, 30)), None);
    let after = samoa
        .next_after(samoa.occurrence(date(2011, 12, 29)).unwrap())
        .unwrap();
    assert_eq!(after.date, date(2011, 12, 31));
}

#[test]
fn a_jump_over_midnight_still_leaves_that_date_its_digest() {
    // Nuuk's clocks jump from 23:00 to midnight.
    let late = daily("23:30", "America/Nuuk");
    assert_eq!(
        late.occurrence(date(2025, 3, 29)),
        Some(moment("2025-03-30T00:00:00-01:00"))
    );
    assert_eq!(
        late.occurrence(date(2025, 3, 30)),
        Some(moment("2025-03-30T23:30:00-01:00"))
    );
    let latest = late
        .latest_until(moment("2025-03-30T00:10:00-01:00"))
        .unwrap();
    assert_eq!(latest.date, date(2025, 3, 29));
}

#[test]
fn days_that_are_not_chosen_are_passed_over() {
    let weekly = schedule("18:00", &["thu"], "Europe/London");
    assert_eq!(weekly.occurrence(date(2026, 1, 7)), None);
    assert_eq!(
        weekly
            .next_after(moment("2026-01-08T18:00:00Z"))
            .unwrap()
            .date,
        date(2026, 1, 15)
    );
    assert_eq!(
        weekly
            .latest_until(moment("2026-01-08T18:00:00Z"))
            .unwrap()
            .date,
        date(2026, 1, 8)
    );
    assert_eq!(
        weekly
            .latest_until(moment("2026-01-08T17:59:59Z"))
            .unwrap()
            .date,
        date(2026, 1, 1)
    );
}

#[test]
fn at_its_hour_the_digest_is_due_and_afterwards_it_is_not() {
    let evening = daily("18:00", "Europe/London");
    let yesterday = Some(date(2026, 1, 7));
    let today = Occurrence {
        date: date(2026, 1, 8),
        planned: moment("2026-01-08T18:00:00Z"),
    };
    assert_eq!(
        due(&evening, "2026-01-08T17:59:59Z", yesterday),
        Due::Nothing { next: Some(today) }
    );
    assert_eq!(
        due(&evening, "2026-01-08T18:00:00Z", yesterday),
        Due::Now {
            due: today,
            missed: 0
        }
    );
    let Due::Nothing { next: Some(next) } = due(&evening, "2026-01-08T18:00:01Z", Some(today.date))
    else {
        panic!("a second digest on one date");
    };
    assert_eq!(next.date, date(2026, 1, 9));
}

#[test]
fn missed_by_less_than_twelve_hours_it_comes_late() {
    let evening = daily("18:00", "Europe/London");
    let today = Occurrence {
        date: date(2026, 1, 8),
        planned: moment("2026-01-08T18:00:00Z"),
    };
    let yesterday = Some(date(2026, 1, 7));
    assert_eq!(
        due(&evening, "2026-01-08T20:00:00Z", yesterday),
        Due::Late {
            due: today,
            missed: 0
        }
    );
    assert_eq!(
        due(&evening, "2026-01-09T06:00:00Z", yesterday),
        Due::Late {
            due: today,
            missed: 0
        }
    );
    let too_late = due(&evening, "2026-01-09T06:00:01Z", yesterday);
    assert!(
        matches!(too_late, Due::TooLate { due, next: Some(next) } if due == today && next.date == date(2026, 1, 9))
    );
}

#[test]
fn several_missed_days_make_one() {
    let evening = daily("18:00", "Europe/London");
    let answer = due(&evening, "2026-01-08T20:00:00Z", Some(date(2026, 1, 4)));
    assert!(
        matches!(answer, Due::Late { due, missed: 3 } if due.date == date(2026, 1, 8)),
        "{answer:?}"
    );
    let on_time = due(&evening, "2026-01-08T18:00:02Z", Some(date(2026, 1, 4)));
    assert!(matches!(on_time, Due::Now { missed: 3, .. }), "{on_time:?}");
}

#[test]
fn a_course_owes_nothing_from_before_it_came_to_be() {
    let evening = daily("18:00", "Europe/London");
    let now = moment("2026-01-08T19:00:00Z");
    assert!(matches!(
        evening.due(now, None, moment("2026-01-08T18:30:00Z"), LATE_LIMIT),
        Due::Nothing { .. }
    ));
    let first = evening.due(now, None, moment("2026-01-08T17:30:00Z"), LATE_LIMIT);
    assert!(matches!(first, Due::Late { missed: 0, .. }), "{first:?}");
}

#[test]
fn a_later_hour_another_zone_or_a_clock_set_back_gives_no_second_digest() {
    let posted = Some(date(2026, 1, 8));
    let later_hour = daily("21:00", "Europe/London");
    assert!(matches!(
        due(&later_hour, "2026-01-08T21:00:00Z", posted),
        Due::Nothing { .. }
    ));
    let further_west = daily("18:00", "America/Los_Angeles");
    assert!(matches!(
        due(&further_west, "2026-01-09T02:00:00Z", posted),
        Due::Nothing { .. }
    ));
    let set_back = due(
        &daily("18:00", "Europe/London"),
        "2026-01-07T18:00:00Z",
        posted,
    );
    let Due::Nothing { next: Some(next) } = set_back else {
        panic!("{set_back:?}")
    };
    assert_eq!(next.date, date(2026, 1, 9));
}

/// Zones with jumps of half an hour, of a day, at midnight, against the season, and none at all.
const ZONES: [&str; 14] = [
    "UTC",
    "America/Los_Angeles",
    "Europe/Berlin",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "America/Nuuk",
    "America/Sao_Paulo",
    "Africa/Casablanca",
    "Asia/Kathmandu",
    "Asia/Tehran",
    "Europe/Dublin",
    "America/Havana",
    "Pacific/Chatham",
    "Antarctica/Troll",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_chosen_date_has_exactly_one_digest_in_order(
        zone in proptest::sample::select(&ZONES[..]),
        year in 1985i16..2060,
        minute_of_day in 0i16..1440,
        chosen in proptest::array::uniform7(any::<bool>()),
    ) {
        prop_assume!(chosen.contains(&true));
        let schedule = Schedule {
            at: Time::midnight() + i64::from(minute_of_day).minutes(),
            days: Weekdays(chosen),
            timezone: TimeZone::get(zone).unwrap(),
        };
        let first = date(year, 1, 1);
        let wanted: Vec<Date> = first
            .series(1.day())
            .take(400)
            .filter(|day| schedule.days.contains(day.weekday()) && schedule.exists(*day))
            .collect();

        let mut walked = Vec::new();
        let mut now = schedule.latest_until(schedule.occurrence(wanted[0]).unwrap()).unwrap();
        while walked.len() < wanted.len() {
            walked.push(now.date);
            prop_assert_eq!(schedule.latest_until(now.planned), Some(now));
            let next = schedule.next_after(now.planned).unwrap();
            prop_assert!(next.planned > now.planned);
            prop_assert_eq!(schedule.latest_until(next.planned - SignedDuration::from_nanos(1)), Some(now));
            now = next;
        }
        prop_assert_eq!(walked, wanted);
    }

    #[test]
    fn however_often_one_looks_no_date_is_due_twice(
        zone in proptest::sample::select(&ZONES[..]),
        minute_of_day in 0i16..1440,
        start_s in 1_400_000_000i64..1_900_000_000,
        steps_s in proptest::collection::vec(-7_200i64..90_000, 1..80),
    ) {
        let schedule = Schedule {
            at: Time::midnight() + i64::from(minute_of_day).minutes(),
            days: Weekdays::EVERY,
            timezone: TimeZone::get(zone).unwrap(),
        };
        let since = Timestamp::from_second(start_s).unwrap();
        let (mut now, mut last) = (since, None);
        for step in steps_s {
            now += SignedDuration::from_secs(step);
            if let Due::Now { due, .. } | Due::Late { due, .. } = schedule.due(now, last, since, LATE_LIMIT) {
                prop_assert!(last.is_none_or(|posted| due.date > posted));
                prop_assert!(due.planned <= now && due.planned >= since);
                last = Some(due.date);
            }
        }
    }
}
