//! A digest stays one where the database was set back, or Beadle died in the middle of it.

use std::path::Path;

use beadle::store::backup;
use jiff::SignedDuration;
use sandbox::RestFault;

use crate::support::class::Class;

const BETA: &str = "why is there a beta in front of the KL term at 52:30?";

async fn asks_beta(class: &Class) {
    let asked = class.maya.says(&class.lecture, BETA).await;
    asked.reaction_from(&class.bot, "📌").await;
}

fn digests(class: &Class) -> usize {
    class.staff_room.messages_from(&class.bot).len()
}

/// Where the database is.
async fn file(class: &Class) -> std::path::PathBuf {
    let store = class.store().await;
    let path = store.path().expect("a file").to_owned();
    store.close().await;
    path
}

async fn copy(file: &Path, to: &Path) {
    let url = format!("sqlite://{}", file.display());
    backup::copy(&url, to).await.expect("a copy");
}

/// Loses everything since a copy was made.
fn restore(file: &Path, copy: &Path) {
    let journal = file.with_file_name("beadle.db-wal");
    assert!(!journal.exists(), "a database that was closed is whole");
    std::fs::remove_file(file).expect("removed");
    std::fs::copy(copy, file).expect("restored");
}

async fn is_not_posted_again_after_a_restore(class: &mut Class) {
    let folder = tempfile::tempdir().expect("a folder");
    let (file, saved) = (file(class).await, folder.path().join("copy.db"));
    copy(&file, &saved).await;
    class.digest().await;
    class.stop().await;
    restore(&file, &saved);
    class.later(SignedDuration::from_hours(2));
    class.start().await;
    class.settled().await;
    class.later(SignedDuration::from_hours(3));
    class.settled().await;
    assert_eq!(digests(class), 1);

    class.at("2023-02-11T02:00:01Z");
    class
        .staff_room
        .wait_for(|message| message.to_string().contains("Fri 10 Feb"))
        .await;
    assert_eq!(digests(class), 2, "the next day has its own");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restored_database_does_not_bring_the_day_s_digest_again() {
    let mut class = Class::of_cs224n().await;
    asks_beta(&class).await;
    is_not_posted_again_after_a_restore(&mut class).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nor_does_it_bring_again_that_nothing_was_open() {
    is_not_posted_again_after_a_restore(&mut Class::of_cs224n().await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_others_wrote_in_the_channel_is_no_digest() {
    let mut class = Class::of_cs224n().await;
    asks_beta(&class).await;
    class.kill().await;
    class.at("2023-02-10T03:00:00Z");
    let forged = "CS224N: open questions, Thu 9 Feb 2023";
    class.maya.says(&class.staff_room, forged).await;
    class.start().await;
    let digest = class
        .staff_room
        .wait_for(|message| message.author_id == class.bot.id())
        .await;
    assert!(digest.to_string().contains("Late: planned for 18:00"));
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_after_it_was_decided_and_before_it_was_sent_it_comes_once_at_the_next_start() {
    let mut class = Class::of_cs224n().await;
    asks_beta(&class).await;
    let posts = format!("/channels/{}/messages", class.staff_room.id());
    class
        .discord
        .fault(RestFault::error_before(503).on("POST", &posts).always());
    class.at("2023-02-10T02:00:01Z");
    class
        .discord
        .wait_for_request(|made| made.request.path == posts && made.request.method == "POST")
        .await;
    class.kill().await;
    class.discord.mend();
    assert_eq!(digests(&class), 0);
    class.later(SignedDuration::from_hours(1));
    class.start().await;
    class
        .staff_room
        .wait_for(|message| message.author_id == class.bot.id())
        .await;
    class.settled().await;
    assert_eq!(digests(&class), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_between_its_parts_it_goes_on_with_the_next_one() {
    let mut class = Class::with("[lookup]\nper_user = 0").await;
    for n in 0..40 {
        let text = format!(
            "why is the term number {n}{n} of equation {n} weighted by quantity{n} and not by matter{n} as before?"
        );
        let asked = class.maya.says(&class.lecture, &text).await;
        asked.reaction_from(&class.bot, "📌").await;
    }
    let posts = format!("/channels/{}/messages", class.staff_room.id());
    let is_second = |body: &str| body.contains("part 2 of");
    class.discord.fault(
        RestFault::error_before(503)
            .on("POST", &posts)
            .when(move |request| is_second(&request.body.to_string()))
            .always(),
    );
    class.at("2023-02-10T02:00:01Z");
    class
        .discord
        .wait_for_request(|made| is_second(&made.request.body.to_string()))
        .await;
    class.kill().await;
    class.discord.mend();
    assert_eq!(digests(&class), 1);
    class.later(SignedDuration::from_hours(1));
    class.start().await;
    let is_last = |text: &str| (2..20).any(|n| text.contains(&format!("part {n} of {n}")));
    class
        .staff_room
        .wait_for(|message| is_last(&message.to_string()))
        .await;
    class.settled().await;
    let said = class.staff_room.messages_from(&class.bot);
    let all: String = said.iter().map(ToString::to_string).collect();
    for n in 0..40 {
        let question = format!("quantity{n} ");
        assert_eq!(all.matches(&question).count(), 1, "question {n}");
    }
}
