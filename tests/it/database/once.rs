//! One digest a course and local date: whatever clocks, settings and other processes do.

use beadle::store::Store;

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

/// Every hour of a year, two processes look at the same moment: each local date has one digest.
async fn a_year_of(store: &Store, bees: Bees<'_>, dates: usize) {
    let (one, other) = (
        bees.at(store, "2026-01-01T00:00:00Z").await,
        bees.at(store, "2026-01-01T00:00:00Z").await,
    );
    let mut posted = Vec::new();
    for hour in 0..dates as i64 * 24 + 48 {
        let now =
            super::bees::moment("2026-01-01T00:00:00Z") + jiff::SignedDuration::from_hours(hour);
        for process in [&one, &other] {
            posted.extend(process.posts_at(&now.to_string()).await);
        }
    }
    let mut once = posted.clone();
    once.dedup();
    assert_eq!(once, posted, "none twice");
    assert!(
        (dates..=dates + 2).contains(&posted.len()),
        "{}",
        posted.len()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn days_of_23_and_25_hours_have_one_each() {
    // Forward and back: by an hour at night, by half an hour, and at midnight itself.
    for (timezone, at) in [
        ("America/Los_Angeles", "2:30"),
        ("Australia/Lord_Howe", "1:45"),
        ("America/Santiago", "0:00"),
        ("Asia/Beirut", "0:30"),
    ] {
        let database = TestDatabase::sqlite();
        let store = database.open().await;
        a_year_of(
            &store,
            Bees {
                timezone,
                at,
                ..DAILY
            },
            365,
        )
        .await;
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
