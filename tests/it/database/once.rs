//! One digest a course and local date: whatever clocks, settings and other processes do.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, ToSpan as _};

use super::bees::{Bees, DAILY};
use crate::support::databases::{TestDatabase, on_every_database};

const FIRST: &str = "digest:1:2026-06-01:1";
const SECOND: &str = "digest:1:2026-06-02:1";
const THIRD: &str = "digest:1:2026-06-03:1";

/// 2026-06-01, 13:00 in Los Angeles.
const AFTERNOON: &str = "2026-06-01T20:00:00Z";
/// 18:00 there.
const HOUR: &str = "2026-06-02T01:00:00Z";

on_every_database!(a_clock_that_jumps_back_brings_none_again, async |store| {
    let process = DAILY.at(&store, AFTERNOON).await;
    assert_eq!(process.posts_at(HOUR).await, [FIRST]);
    for back in [
        "2026-06-02T00:30:00Z", // half an hour
        HOUR,
        "2026-06-02T01:00:30Z",
        "2026-06-01T01:00:00Z", // a day
        "2026-06-01T12:00:00Z",
        HOUR,
        "2026-06-02T12:00:00Z",
    ] {
        assert!(process.posts_at(back).await.is_empty(), "at {back}");
    }
    assert_eq!(process.posts_at("2026-06-03T01:00:00Z").await, [SECOND]);
});

on_every_database!(a_clock_that_jumps_forward_makes_one, async |store| {
    let process = DAILY.at(&store, AFTERNOON).await;
    assert_eq!(process.posts_at(HOUR).await, [FIRST]);
    let text = process.digest_at("2026-06-10T03:00:00Z").await;
    assert!(text.contains("Tue 9 Jun 2026"), "{text}");
    assert!(
        text.contains("The 7 digests before it were missed"),
        "{text}"
    );
});

on_every_database!(
    a_clock_that_was_a_year_ahead_for_a_moment_silences_nobody,
    async |store| {
        let process = DAILY.at(&store, AFTERNOON).await;
        let ahead = process.posts_at("2027-06-02T01:00:00Z").await;
        assert_eq!(ahead, ["digest:1:2027-06-01:1"]);
        assert_eq!(process.posts_at(HOUR).await, [FIRST]);
        assert!(process.posts_at("2026-06-02T01:00:10Z").await.is_empty());
        assert_eq!(process.posts_at("2026-06-03T01:00:00Z").await, [SECOND]);
    }
);

on_every_database!(
    another_hour_on_the_same_day_makes_none_again,
    async |store| {
        let process = DAILY.at(&store, AFTERNOON).await;
        assert_eq!(process.posts_at(HOUR).await, [FIRST]);
        let later = Bees {
            at: "20:00",
            ..DAILY
        };
        let process = later.at(&store, "2026-06-02T02:00:00Z").await;
        assert!(process.posts_at("2026-06-02T03:00:00Z").await.is_empty());
        assert_eq!(process.posts_at("2026-06-03T03:00:00Z").await, [SECOND]);
        let earlier = Bees {
            at: "9:00",
            ..DAILY
        };
        let process = earlier.at(&store, "2026-06-03T04:00:00Z").await;
        assert!(process.looks().await.is_empty());
        assert_eq!(process.posts_at("2026-06-03T16:00:00Z").await, [THIRD]);
    }
);

on_every_database!(
    another_time_zone_makes_none_of_a_date_again,
    async |store| {
        let process = DAILY.at(&store, AFTERNOON).await;
        assert_eq!(process.posts_at(HOUR).await, [FIRST]);
        // In Auckland it is the afternoon of the 2nd, and its own evening is to come.
        let east = Bees {
            timezone: "Pacific/Auckland",
            ..DAILY
        };
        let process = east.at(&store, "2026-06-02T02:00:00Z").await;
        assert!(process.looks().await.is_empty());
        assert_eq!(process.posts_at("2026-06-02T06:00:00Z").await, [SECOND]);
        // In Honolulu the 1st has not ended, and has had its digest; so has the 2nd.
        let west = Bees {
            timezone: "Pacific/Honolulu",
            ..DAILY
        };
        let process = west.at(&store, "2026-06-02T07:00:00Z").await;
        assert!(process.looks().await.is_empty());
        assert!(process.posts_at("2026-06-03T04:00:00Z").await.is_empty());
        assert_eq!(process.posts_at("2026-06-04T04:00:00Z").await, [THIRD]);
    }
);

on_every_database!(days_that_are_not_chosen_have_none, async |store| {
    // The 1st of June 2026 is a Monday.
    let some = Bees {
        days: r#""mon", "thu""#,
        ..DAILY
    };
    let process = some.at(&store, AFTERNOON).await;
    assert_eq!(process.posts_at(HOUR).await, [FIRST]);
    for day in 3..=4 {
        let evening = format!("2026-06-0{day}T01:00:00Z");
        assert!(process.posts_at(&evening).await.is_empty());
    }
    let text = process.digest_at("2026-06-05T01:00:00Z").await;
    assert!(!text.contains("missed"), "{text}");
});

on_every_database!(
    late_is_said_and_too_late_is_left_to_the_next,
    async |store| {
        let process = DAILY.at(&store, AFTERNOON).await;
        let text = process.digest_at("2026-06-02T13:00:00Z").await;
        assert!(
            text.contains("Late: planned for 18:00 on Mon 1 Jun."),
            "{text}"
        );
        assert!(!text.contains("since the last digest"), "{text}");
        assert!(process.posts_at("2026-06-03T13:00:01Z").await.is_empty());
        let text = process.digest_at("2026-06-04T01:00:00Z").await;
        assert!(text.contains("The digest before it was missed."), "{text}");
        assert!(!text.contains("Late"), "{text}");
    }
);

on_every_database!(two_courses_have_one_each, async |store| {
    let process = DAILY.at(&store, AFTERNOON).await;
    assert_eq!(process.posts_at(HOUR).await, [FIRST]);
    let mut tx = store.begin().await.unwrap();
    let other = beadle::store::courses::course_seen(
        &mut tx,
        "wasps",
        beadle::domain::ids::ServerId::new(1),
        0,
    );
    let other = other.await.unwrap().id;
    let claim = beadle::store::digests::claim_digest(&mut tx, other, "2026-06-01", 0, 0).await;
    assert!(claim.unwrap().is_some());
});

/// Two processes look every half an hour for six days around a change of the clocks.
async fn around(change: Date, bees: Bees<'_>) -> Vec<String> {
    let database = TestDatabase::sqlite();
    let store = database.open().await;
    let zone = TimeZone::get(bees.timezone).expect("a zone");
    let start = change.saturating_sub(3.days()).at(12, 0, 0, 0);
    let start = start.to_zoned(zone).expect("a moment").timestamp();
    let (one, other) = (
        bees.at(&store, &start.to_string()).await,
        bees.at(&store, &start.to_string()).await,
    );
    let mut posted = Vec::new();
    for half_hour in 0..6 * 48 {
        let now = start + SignedDuration::from_mins(30) * half_hour;
        for process in [&one, &other] {
            posted.extend(process.posts_at(&now.to_string()).await);
        }
    }
    posted
}

#[tokio::test(flavor = "multi_thread")]
async fn days_of_23_and_25_hours_have_one_each() {
    // By an hour at night, by half an hour, and at midnight itself: at a time that is skipped on one
    // day of the year and comes twice on another.
    for (timezone, at, changes) in [
        ("America/Los_Angeles", "2:00", ["2026-03-08", "2026-11-01"]),
        ("America/Los_Angeles", "1:30", ["2026-03-08", "2026-11-01"]),
        ("Australia/Lord_Howe", "1:45", ["2026-04-05", "2026-10-04"]),
        ("Australia/Lord_Howe", "2:15", ["2026-04-05", "2026-10-04"]),
        ("America/Santiago", "0:00", ["2026-04-04", "2026-09-06"]),
        ("America/Santiago", "23:30", ["2026-04-04", "2026-09-06"]),
        ("Asia/Beirut", "0:30", ["2026-03-29", "2026-10-25"]),
        ("Asia/Beirut", "23:30", ["2026-03-29", "2026-10-24"]),
    ] {
        for change in changes {
            let change: Date = change.parse().expect("a date");
            let posted = around(
                change,
                Bees {
                    timezone,
                    at,
                    ..DAILY
                },
            )
            .await;
            let dates = change.saturating_sub(2.days()).series(1.day()).take(5);
            let wanted: Vec<String> = dates.map(|date| format!("digest:1:{date}:1")).collect();
            let mut once = posted.clone();
            once.sort();
            once.dedup();
            assert_eq!(once, posted, "{timezone} at {at}: in order, none twice");
            let missing = wanted.iter().find(|key| !posted.contains(key));
            assert_eq!(missing, None, "{timezone} at {at}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_processes_that_look_at_the_same_moment_one_posts() {
    let Some(database) = TestDatabase::postgres() else {
        return;
    };
    let (store, other) = (database.open().await, database.open().await);
    let one = DAILY.at(&store, AFTERNOON).await;
    let two = DAILY.at(&other, AFTERNOON).await;
    one.hears(1).await.expect("a question");
    for day in 2..=28 {
        let evening = format!("2026-06-{day:02}T01:00:00Z");
        one.at(&evening);
        two.at(&evening);
        let (by_one, by_two) = tokio::join!(one.looks(), two.looks());
        assert_eq!(by_one.len() + by_two.len(), 1, "{by_one:?} {by_two:?}");
    }
}
