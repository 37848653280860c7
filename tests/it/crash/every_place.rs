//! The process ends at each named place.

use std::collections::BTreeSet;

use beadle::crash::POINTS;
use regex::Regex;

use super::class::Class;
use super::{Death, is_settled, live_and_die};
use crate::house::sources;
use crate::support::databases::TestDatabase;
use crate::support::dice::Dice;

/// Ends it at every place, each time after the place was passed so often. Returns the places that
/// it did not come by.
async fn die_everywhere(database: &TestDatabase, passings: usize) -> Vec<&'static str> {
    let mut class = Class::new(POINTS.len(), database, Dice::fresh_seed()).await;
    let mut missed = Vec::new();
    for place in POINTS {
        let death = Death::Place {
            failpoints: format!("{place}={passings}*off->return"),
            is_sure: passings == 0,
        };
        if !live_and_die(&mut class, &death).await {
            missed.push(*place);
        }
    }
    is_settled(&mut class).await;
    missed
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn at_every_place_the_first_time() {
    let missed = die_everywhere(&TestDatabase::sqlite(), 0).await;
    assert!(missed.is_empty(), "it did not come by {missed:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn at_every_place_the_third_time() {
    die_everywhere(&TestDatabase::sqlite(), 2).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn at_every_place_the_tenth_time() {
    die_everywhere(&TestDatabase::sqlite(), 9).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn at_every_place_on_postgres() {
    if let Some(database) = TestDatabase::postgres() {
        let missed = die_everywhere(&database, 0).await;
        assert!(missed.is_empty(), "it did not come by {missed:?}");
    }
}

#[test]
fn every_place_in_the_list_stands_in_the_code_and_the_other_way_round() {
    let place = Regex::new(r#"crash::point!\(\s*"([^"]+)""#).expect("a pattern");
    let mut in_code = Vec::new();
    for file in sources::all() {
        let found = place.captures_iter(&file.code);
        in_code.extend(found.map(|found| found[1].to_owned()));
    }
    let unique: BTreeSet<&str> = in_code.iter().map(String::as_str).collect();
    assert_eq!(
        unique.len(),
        in_code.len(),
        "a name for one place: {in_code:?}"
    );
    assert_eq!(unique, POINTS.iter().copied().collect());
}
