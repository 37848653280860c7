//! Courses, lectures and set-ups that are kept in the database, on both engines.

use beadle::domain::ids::{ChannelId, MessageId, ServerId, UserId};
use beadle::store::courses::{self, KeptLectureRow, SlugRow};
use beadle::store::cursors::{self, Cursor};
use beadle::store::outbox::{self, DoneEffect, NewEffect};
use beadle::store::{Store, Tx, drafts};

use crate::support::databases::on_every_database;

const SERVER: ServerId = ServerId::new(7);

async fn begin(store: &Store) -> Tx {
    store.begin().await.expect("a transaction")
}

async fn course(tx: &mut Tx, slug: &str) -> i64 {
    let row = courses::course_seen(tx, slug, SERVER, 1_000).await;
    row.expect("a course").id
}

on_every_database!(a_course_is_kept_with_what_it_is_set_to, async |store| {
    let mut tx = begin(&store).await;
    let (_, kept) = (
        course(&mut tx, "of-a-file").await,
        course(&mut tx, "kept").await,
    );
    courses::put_course_settings(&mut tx, kept, "{\"name\": 1}")
        .await
        .unwrap();
    let rows = courses::kept_courses(&mut tx).await.unwrap();
    let [row] = &rows[..] else {
        panic!("{rows:?}");
    };
    assert_eq!((row.id, row.slug.as_str()), (kept, "kept"));
    assert_eq!((row.server_id, row.created_at_ms), (7, 1_000));
    assert_eq!(row.settings, "{\"name\": 1}");
    for (slug, is_kept) in [("of-a-file", false), ("kept", true)] {
        let known = courses::course_of_slug(&mut tx, slug).await.unwrap();
        let server_id = 7;
        assert_eq!(known, Some(SlugRow { server_id, is_kept }));
    }
    assert_eq!(courses::course_of_slug(&mut tx, "x").await.unwrap(), None);
});

on_every_database!(a_lecture_that_is_taken_away_keeps_its_row, async |store| {
    let mut tx = begin(&store).await;
    let course = course(&mut tx, "kept").await;
    let id = courses::lecture_seen(&mut tx, course, "10").await.unwrap();
    assert_eq!(
        courses::kept_lectures(&mut tx, course).await.unwrap(),
        [],
        "a file's"
    );
    let row = KeptLectureRow {
        id,
        slug: "ten".to_owned(),
        title: "RLHF".to_owned(),
        video: None,
        duration_s: Some(4_575),
        held_on: Some("2023-02-09".to_owned()),
        channels: "11 12".to_owned(),
    };
    courses::put_lecture(&mut tx, &row).await.unwrap();
    assert_eq!(
        courses::kept_lectures(&mut tx, course).await.unwrap(),
        [row]
    );
    assert_eq!(courses::questions_about(&mut tx, id).await.unwrap(), 0);
    courses::take_lecture_away(&mut tx, id).await.unwrap();
    assert_eq!(courses::kept_lectures(&mut tx, course).await.unwrap(), []);
    let known = courses::lectures_of_course(&mut tx, course).await.unwrap();
    assert_eq!(known, [(id, "ten".to_owned())]);
});

on_every_database!(a_person_has_one_set_up_on_a_server, async |store| {
    let mut tx = begin(&store).await;
    let course = course(&mut tx, "kept").await;
    let me = UserId::new(5);
    let first = drafts::begin_draft(&mut tx, SERVER, me, None, "{}", 10).await;
    let first = first.unwrap();
    let second = drafts::begin_draft(&mut tx, SERVER, me, Some(course), "{}", 20).await;
    let second = second.unwrap();
    assert_eq!(drafts::draft(&mut tx, first).await.unwrap(), None);
    drafts::put_draft(&mut tx, second, "[1]", 30).await.unwrap();
    let row = drafts::draft(&mut tx, second).await.unwrap().unwrap();
    assert_eq!((row.server_id, row.who_id), (7, 5));
    assert_eq!(
        (row.course_id, row.settings.as_str()),
        (Some(course), "[1]")
    );
    drafts::forget_drafts(&mut tx, 30).await.unwrap();
    assert!(drafts::draft(&mut tx, second).await.unwrap().is_some());
    drafts::forget_drafts(&mut tx, 31).await.unwrap();
    assert!(drafts::draft(&mut tx, second).await.unwrap().is_none());
    let third = drafts::begin_draft(&mut tx, SERVER, me, None, "{}", 40).await;
    let third = third.unwrap();
    drafts::end_draft(&mut tx, third).await.unwrap();
    assert_eq!(drafts::draft(&mut tx, third).await.unwrap(), None);
});

on_every_database!(
    a_channel_that_is_read_no_more_loses_its_cursor,
    async |store| {
        let mut tx = begin(&store).await;
        let (one, other) = (ChannelId::new(1), ChannelId::new(2));
        let at = Cursor {
            message: MessageId::new(9),
            since: MessageId::new(8),
        };
        cursors::advance_cursors(&mut tx, &[(one, at), (other, at)])
            .await
            .unwrap();
        cursors::forget_cursors(&mut tx, &[one]).await.unwrap();
        assert_eq!(cursors::cursor(&mut tx, one).await.unwrap(), None);
        assert_eq!(cursors::cursor(&mut tx, other).await.unwrap(), Some(at));
    }
);

on_every_database!(refusals_are_counted_by_channel_and_reason, async |store| {
    let mut tx = begin(&store).await;
    let keys = ["a", "b", "c", "d"];
    let new: Vec<NewEffect<'_>> = keys
        .iter()
        .map(|key| NewEffect {
            key,
            server: SERVER,
            channel: ChannelId::new(1),
            cause: None,
            effect: "{}",
            nonce: key,
            created_at_ms: 1,
            expires_at_ms: None,
        })
        .collect();
    let ids = outbox::put_effects(&mut tx, &new).await.unwrap();
    let why = [Some("no"), Some("no"), Some("gone"), None];
    let done: Vec<DoneEffect<'_>> = ids
        .iter()
        .zip(why)
        .zip([10, 20, 30, 40])
        .map(|(((id, _), failure), done_at_ms)| DoneEffect {
            id: *id,
            done_at_ms,
            message: None,
            failure,
        })
        .collect();
    outbox::effects_done(&mut tx, &done).await.unwrap();
    let refused = outbox::refused_on(&mut tx, SERVER).await.unwrap();
    let refused: Vec<_> = refused
        .iter()
        .map(|row| (row.failure.as_str(), row.times, row.first_ms))
        .collect();
    assert_eq!(refused, [("gone", 1, 30), ("no", 2, 10)]);
    let elsewhere = outbox::refused_on(&mut tx, ServerId::new(8)).await.unwrap();
    assert_eq!(elsewhere, []);
});
