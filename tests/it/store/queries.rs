//! Every query, on both engines.

use beadle::domain::ids::{ChannelId, MessageId, ServerId, UserId};
use beadle::store::answers::{self, AnswerRow};
use beadle::store::cursors::{self, Cursor};
use beadle::store::digests::{self, DigestItemRow, DigestPartRow, DigestRow, Moment};
use beadle::store::lookups::{self, LookupRow};
use beadle::store::marks::{self, ReactionRow};
use beadle::store::outbox::{self, DoneEffect, NewEffect};
use beadle::store::questions::{self, QuestionRow};
use beadle::store::topics::{self, TopicChangeRow, TopicRow};
use beadle::store::transitions::{self, TransitionRow};
use beadle::store::{Store, StoreError, Tx, courses, known};

use crate::support::databases::on_every_database;

const CHANNEL: ChannelId = ChannelId::new(1_200_000_000_000_000_101);

pub(super) async fn begin(store: &Store) -> Tx {
    store.begin().await.expect("a transaction")
}

/// A course and a lecture of it.
pub(super) async fn lecture(tx: &mut Tx) -> (i64, i64) {
    let course = courses::course_seen(tx, "cs224n", ServerId::new(7), 1_000)
        .await
        .expect("a course");
    let lecture = courses::lecture_seen(tx, course.id, "10")
        .await
        .expect("a lecture");
    (course.id, lecture)
}

pub(super) fn asked(course_id: i64, lecture_id: i64, message_id: i64) -> QuestionRow {
    QuestionRow {
        id: 0,
        course_id,
        lecture_id: Some(lecture_id),
        server_id: 7,
        channel_id: CHANNEL.to_db(),
        message_id,
        asker_id: 500 + message_id,
        asker_name: "maya".to_owned(),
        text: "Great. Why beta?".to_owned(),
        asking: "Why beta?".to_owned(),
        offset_s: Some(3_134),
        state: "open".to_owned(),
        merged_into: None,
        by_hand: false,
        asked_at_ms: 10_000 + message_id,
        edited_at_ms: 10_000 + message_id,
        closed_at_ms: None,
        asks: true,
        gone: false,
        same_key: Some(42),
    }
}

pub(super) async fn put(tx: &mut Tx, row: &QuestionRow) -> i64 {
    let ids = questions::new_ids(tx, 1).await.expect("it works");
    let row = QuestionRow {
        id: ids[0],
        ..row.clone()
    };
    let rows = std::slice::from_ref(&row);
    questions::put_questions(tx, rows).await.expect("it is new");
    row.id
}

fn change(question_id: i64, to: &str) -> TransitionRow {
    TransitionRow {
        question_id,
        from_state: "open".to_owned(),
        to_state: to.to_owned(),
        who_id: Some(9),
        who_name: "tara".to_owned(),
        why: "staff-reply".to_owned(),
        message_id: Some(77),
        at_ms: 20_000,
    }
}

pub(super) fn answer(question_id: i64, message_id: i64) -> AnswerRow {
    AnswerRow {
        id: 0,
        question_id,
        channel_id: CHANNEL.to_db(),
        message_id,
        author_id: 9,
        author_name: "tara".to_owned(),
        text: "It weighs the penalty.".to_owned(),
        state: "suggested".to_owned(),
        confidence: 0.75,
        linked_by: "reply".to_owned(),
        linked_at_ms: 20_000,
    }
}

on_every_database!(a_course_keeps_its_row_and_its_beginning, async |store| {
    let mut tx = begin(&store).await;
    let (course, lecture_id) = lecture(&mut tx).await;
    let again = courses::course_seen(&mut tx, "cs224n", ServerId::new(8), 9_000)
        .await
        .unwrap();
    assert_eq!((again.id, again.created_at_ms), (course, 1_000));
    assert_eq!(
        courses::lecture_seen(&mut tx, course, "10").await.unwrap(),
        lecture_id
    );
    assert_eq!(
        courses::courses(&mut tx).await.unwrap(),
        [(course, "cs224n".to_owned())]
    );
    let lectures = courses::lectures_of_course(&mut tx, course).await.unwrap();
    assert_eq!(lectures, [(lecture_id, "10".to_owned())]);
});

on_every_database!(a_cursor_moves_on_and_never_back, async |store| {
    let mut tx = begin(&store).await;
    assert_eq!(cursors::cursor(&mut tx, CHANNEL).await.unwrap(), None);
    for (to, stands) in [(10, 10), (30, 30), (20, 30)] {
        let to = Cursor {
            message: MessageId::new(to),
            since: MessageId::new(to),
        };
        cursors::advance_cursors(&mut tx, &[(CHANNEL, to)])
            .await
            .unwrap();
        let now = cursors::cursor(&mut tx, CHANNEL)
            .await
            .unwrap()
            .expect("a cursor");
        assert_eq!((now.message.get(), now.since.get()), (stands, 10));
    }
});

on_every_database!(a_message_is_one_question, async |store| {
    let mut tx = begin(&store).await;
    let (course, lecture) = lecture(&mut tx).await;
    let row = asked(course, lecture, 1);
    let id = put(&mut tx, &row).await;
    let ids = questions::new_ids(&mut tx, 2).await.unwrap();
    assert!(ids.len() == 2 && !ids.contains(&id), "{ids:?} after {id}");
    let again = QuestionRow {
        id: ids[0],
        ..row.clone()
    };
    let raced = questions::put_questions(&mut tx, &[again]).await;
    assert!(matches!(raced, Err(StoreError::Raced)), "{raced:?}");
    let keys = questions::same_keys(&mut tx, course, Some(lecture)).await;
    assert_eq!(keys.unwrap(), [42]);
    let found = questions::question_by_message(&mut tx, MessageId::new(1))
        .await
        .unwrap();
    assert_eq!(found, Some(QuestionRow { id, ..row }));
    assert_eq!(questions::question(&mut tx, id).await.unwrap(), found);
    assert_eq!(questions::question(&mut tx, id + 1).await.unwrap(), None);
});

on_every_database!(
    questions_are_listed_by_state_channel_and_span,
    async |store| {
        let mut tx = begin(&store).await;
        let (course, lecture) = lecture(&mut tx).await;
        let (one, two) = (
            put(&mut tx, &asked(course, lecture, 1)).await,
            put(&mut tx, &asked(course, lecture, 2)).await,
        );
        questions::change_state(&mut tx, two, "answered", None, Some(20_000))
            .await
            .unwrap();
        let ids = |rows: Vec<QuestionRow>| rows.into_iter().map(|row| row.id).collect::<Vec<_>>();
        assert_eq!(
            ids(questions::questions_of_course(&mut tx, course, None)
                .await
                .unwrap()),
            [one, two]
        );
        assert_eq!(
            ids(
                questions::questions_of_course(&mut tx, course, Some("answered"))
                    .await
                    .unwrap()
            ),
            [two]
        );
        assert_eq!(
            ids(questions::waiting_questions(&mut tx, course).await.unwrap()),
            [one]
        );
        for (lecture, same_key, earlier, later) in [
            (Some(lecture), 42, vec![one], vec![two]),
            (None, 42, vec![], vec![]),
            (Some(lecture), 43, vec![], vec![]),
        ] {
            let (first, second) = ((10_001, 1), (10_002, 2));
            let before =
                questions::same_questions_before(&mut tx, course, lecture, same_key, second);
            assert_eq!(ids(before.await.unwrap()), earlier);
            let after = questions::same_questions_after(&mut tx, course, lecture, same_key, first);
            assert_eq!(ids(after.await.unwrap()), later);
        }
        let end = (i64::MAX, 0);
        for (since_ms, before, limit, newest_first) in [
            (0, end, 5, vec![two, one]),
            (0, end, 1, vec![two]),
            (10_002, end, 5, vec![two]),
            (0, (10_002, 2), 5, vec![one]),
        ] {
            let before = questions::questions_before(&mut tx, CHANNEL, since_ms, before, limit);
            assert_eq!(
                ids(before.await.unwrap()),
                newest_first,
                "whatever its state"
            );
        }
        for (from, limit, oldest_first) in [
            ((10_001, 1), 5, vec![one, two]),
            ((10_001, 1), 1, vec![one]),
            ((10_001, 2), 5, vec![two]),
        ] {
            let from = questions::questions_from(&mut tx, CHANNEL, from, limit);
            assert_eq!(ids(from.await.unwrap()), oldest_first);
        }
        for (closed_since, messages) in [(19_999, vec![1, 2]), (20_000, vec![1])] {
            let server = ServerId::new(7);
            let to_reread = questions::messages_to_reread(&mut tx, server, closed_since).await;
            let expected: Vec<_> = messages.into_iter().map(MessageId::new).collect();
            let found = to_reread.unwrap();
            let found: Vec<_> = found.into_iter().map(|(_, message)| message).collect();
            assert_eq!(found, expected, "closed since {closed_since}");
        }
        assert_eq!(
            questions::count_waiting_within(&mut tx, lecture, 3_134, 3_135)
                .await
                .unwrap(),
            1
        );
        assert_eq!(
            questions::count_waiting_within(&mut tx, lecture, 0, 3_134)
                .await
                .unwrap(),
            0
        );
        let answered = questions::answered_within(&mut tx, lecture, 3_134, i64::MAX, 3)
            .await
            .unwrap();
        assert_eq!(ids(answered), [two]);
        assert_eq!(
            questions::count_answered_since(&mut tx, course, 19_999)
                .await
                .unwrap(),
            1
        );
        assert_eq!(
            questions::count_answered_since(&mut tx, course, 20_000)
                .await
                .unwrap(),
            0
        );
    }
);

on_every_database!(a_change_of_state_is_kept_with_who_and_why, async |store| {
    let mut tx = begin(&store).await;
    let (course, lecture) = lecture(&mut tx).await;
    let id = put(&mut tx, &asked(course, lecture, 1)).await;
    let change = change(id, "answered");
    questions::change_state(&mut tx, id, "answered", None, Some(20_000))
        .await
        .unwrap();
    transitions::put_transitions(&mut tx, std::slice::from_ref(&change))
        .await
        .unwrap();
    let row = questions::question(&mut tx, id)
        .await
        .unwrap()
        .expect("it is there");
    assert_eq!(
        (row.state.as_str(), row.closed_at_ms),
        ("answered", Some(20_000))
    );
    assert_eq!(
        transitions::transitions_of(&mut tx, id).await.unwrap(),
        [change]
    );
});

on_every_database!(folded_questions_count_their_askers, async |store| {
    let mut tx = begin(&store).await;
    let (course, lecture) = lecture(&mut tx).await;
    let (one, two) = (
        put(&mut tx, &asked(course, lecture, 1)).await,
        put(&mut tx, &asked(course, lecture, 2)).await,
    );
    questions::change_state(&mut tx, two, "merged", Some(one), Some(20_000))
        .await
        .unwrap();
    assert_eq!(questions::merged_into(&mut tx, one).await.unwrap().len(), 1);
    let standing =
        questions::same_questions_before(&mut tx, course, Some(lecture), 42, (i64::MAX, 0));
    let standing: Vec<_> = standing.await.unwrap().iter().map(|row| row.id).collect();
    assert_eq!(standing, [one], "the other is folded into it");
    assert_eq!(
        questions::askers_of_questions(&mut tx, course)
            .await
            .unwrap(),
        [(one, 2)]
    );
    for (question, message) in [(one, 77), (two, 78)] {
        answers::put_answers(&mut tx, &[answer(question, message)])
            .await
            .unwrap();
    }
    let answers = answers::answers_of(&mut tx, one).await.unwrap();
    assert_eq!(answers.len(), 2, "what answers one of them answers both");
    let here = questions::messages_in(&mut tx, CHANNEL).await.unwrap();
    assert_eq!(here, [1, 2, 77, 78].map(MessageId::new));
    let reread = questions::messages_to_reread(&mut tx, ServerId::new(7), i64::MAX).await;
    assert_eq!(reread.unwrap().len(), 4, "one waits, so the other counts");
});

on_every_database!(a_questions_text_is_rewritten_and_erased, async |store| {
    let mut tx = begin(&store).await;
    let (course, lecture) = lecture(&mut tx).await;
    let id = put(&mut tx, &asked(course, lecture, 1)).await;
    let now = QuestionRow {
        id,
        text: "Why gamma?".to_owned(),
        asking: String::new(),
        offset_s: None,
        edited_at_ms: 11_000,
        asks: false,
        gone: true,
        by_hand: true,
        same_key: None,
        ..asked(course, lecture, 1)
    };
    questions::rewrite_question(&mut tx, &now).await.unwrap();
    let row = questions::question(&mut tx, id).await.unwrap();
    assert_eq!(row, Some(now));
});

on_every_database!(
    an_answer_is_linked_once_confirmed_and_forgotten,
    async |store| {
        let mut tx = begin(&store).await;
        let (course, lecture) = lecture(&mut tx).await;
        let (one, two) = (
            put(&mut tx, &asked(course, lecture, 1)).await,
            put(&mut tx, &asked(course, lecture, 2)).await,
        );
        for new in [1, 0] {
            let put = answers::put_answers(&mut tx, &[answer(one, 77)]).await;
            assert_eq!(put.unwrap(), new);
        }
        let row = answers::answers_by_message(&mut tx, MessageId::new(77))
            .await
            .unwrap()
            .remove(0);
        assert_eq!(
            row,
            AnswerRow {
                id: row.id,
                ..answer(one, 77)
            }
        );
        answers::set_answer_state(&mut tx, row.id, "confirmed")
            .await
            .unwrap();
        let rewritten = AnswerRow {
            text: "It weighs it.".to_owned(),
            confidence: 0.9,
            ..row.clone()
        };
        answers::rewrite_answer(&mut tx, &rewritten).await.unwrap();
        answers::put_answers(&mut tx, &[answer(one, 78)])
            .await
            .unwrap();
        let of_one = answers::answers_of(&mut tx, one).await.unwrap();
        assert_eq!(
            (of_one[0].state.as_str(), of_one[0].text.as_str()),
            ("confirmed", "It weighs it.")
        );
        assert_eq!(answers::linked_to(&mut tx, one).await.unwrap(), of_one);
        assert_eq!(answers::linked_to(&mut tx, two).await.unwrap(), []);
        answers::forget_answer(&mut tx, row.id).await.unwrap();
        assert_eq!(answers::answers_of(&mut tx, one).await.unwrap().len(), 1);
    }
);

on_every_database!(
    the_newest_edit_and_a_deletion_are_remembered,
    async |store| {
        let mut tx = begin(&store).await;
        let message = MessageId::new(5);
        assert_eq!(
            marks::mark(&mut tx, message).await.unwrap(),
            marks::Mark::default()
        );
        for edited in [100, 300, 200] {
            marks::mark_edited(&mut tx, message, edited, 1_000)
                .await
                .unwrap();
        }
        marks::mark_deleted(&mut tx, message, 1_000).await.unwrap();
        let mark = marks::mark(&mut tx, message).await.unwrap();
        assert_eq!((mark.edited_at_ms, mark.deleted), (Some(300), true));
        marks::forget_marks(&mut tx, 1_001).await.unwrap();
        assert_eq!(
            marks::mark(&mut tx, message).await.unwrap(),
            marks::Mark::default()
        );
    }
);

on_every_database!(
    reactions_are_taken_and_stay_taken_against_older_news,
    async |store| {
        let mut tx = begin(&store).await;
        let row = |person_id, emoji: &str, at_ms| ReactionRow {
            since_ms: at_ms,
            message_id: 5,
            person_id,
            emoji: emoji.to_owned(),
            by_name: "maya".to_owned(),
            by_staff: true,
            at_ms,
        };
        let message = MessageId::new(5);
        for (reaction, is_news) in [
            (row(1, "✅", 1_000), true),
            (row(1, "✅", 1_001), false),
            (row(1, "❌", 1_000), true),
            (row(2, "✅", 1_000), true),
        ] {
            let changed = marks::put_reaction(&mut tx, &reaction, false)
                .await
                .unwrap();
            assert_eq!(changed, is_news, "{reaction:?}");
        }
        let taken =
            marks::take_reactions(&mut tx, message, Some(UserId::new(1)), Some("✅"), 2_000)
                .await
                .unwrap();
        assert_eq!(taken, 1);
        let old_news = marks::put_reaction(&mut tx, &row(1, "✅", 1_999), false)
            .await
            .unwrap();
        assert!(!old_news, "it was taken away after that");
        let standing = marks::reactions_on(&mut tx, &[message, MessageId::new(6)])
            .await
            .unwrap();
        assert_eq!(standing, [row(1, "❌", 1_000), row(2, "✅", 1_000)]);
        let all = marks::take_reactions(&mut tx, message, None, None, 3_000)
            .await
            .unwrap();
        assert_eq!(all, 2);
        let again = marks::put_reaction(&mut tx, &row(1, "✅", 3_001), false)
            .await
            .unwrap();
        assert!(again);
    }
);

on_every_database!(
    what_is_known_of_messages_is_told_in_one_query,
    async |store| {
        let mut tx = begin(&store).await;
        let (course, lecture) = lecture(&mut tx).await;
        let id = put(&mut tx, &asked(course, lecture, 1)).await;
        answers::put_answers(&mut tx, &[answer(id, 2)])
            .await
            .unwrap();
        marks::mark_deleted(&mut tx, MessageId::new(3), 1_000)
            .await
            .unwrap();
        let asked_for: std::collections::HashSet<_> = (0..2_500).map(MessageId::new).collect();
        let known = known::known(&mut tx, asked_for.clone()).await.unwrap();
        let only = |id| std::collections::HashSet::from([MessageId::new(id)]);
        assert_eq!(known.looked_up, asked_for);
        assert_eq!(known.questions, only(1));
        assert_eq!(known.answers, only(2));
        assert_eq!(known.marks, only(3));
        assert!(known.reactions.is_empty() && known.lookups.is_empty());
        let nothing = known::known(&mut tx, Default::default()).await.unwrap();
        assert_eq!(nothing, known::Known::default());
    }
);

on_every_database!(
    lookups_tell_repeats_and_rates_and_keep_the_newest,
    async |store| {
        let mut tx = begin(&store).await;
        let row = |message_id, outcome: &str| LookupRow {
            message_id,
            server_id: 7,
            channel_id: CHANNEL.to_db(),
            asker_id: 9,
            asked_at_ms: 1_000 * message_id,
            subject: "1:at:3134".to_owned(),
            outcome: outcome.to_owned(),
            keys: "lookup:1:0:7".to_owned(),
        };
        lookups::put_lookup(&mut tx, &row(1, "answered"))
            .await
            .unwrap();
        lookups::put_lookup(&mut tx, &row(2, "repeat"))
            .await
            .unwrap();
        let now = MessageId::new(3);
        assert!(
            lookups::answered_since(&mut tx, CHANNEL, "1:at:3134", 999, now)
                .await
                .unwrap()
        );
        assert!(
            !lookups::answered_since(&mut tx, CHANNEL, "1:at:3134", 1_000, now)
                .await
                .unwrap()
        );
        assert!(
            !lookups::answered_since(&mut tx, CHANNEL, "1:table", 0, now)
                .await
                .unwrap()
        );
        assert_eq!(
            lookups::outcomes_since(&mut tx, UserId::new(9), 0)
                .await
                .unwrap(),
            ["answered", "repeat"]
        );
        lookups::put_lookup(&mut tx, &row(2, "silent"))
            .await
            .unwrap();
        let found = lookups::lookup_by_message(&mut tx, MessageId::new(2))
            .await
            .unwrap();
        assert_eq!(found, Some(row(2, "silent")));
        lookups::forget_lookup(&mut tx, MessageId::new(2))
            .await
            .unwrap();
        for message in 10..10 + lookups::KEPT_PER_CHANNEL {
            lookups::put_lookup(&mut tx, &row(message, "answered"))
                .await
                .unwrap();
        }
        lookups::forget_old_lookups(&mut tx).await.unwrap();
        assert_eq!(
            lookups::lookup_by_message(&mut tx, MessageId::new(1))
                .await
                .unwrap(),
            None
        );
        assert!(
            lookups::lookup_by_message(&mut tx, MessageId::new(10))
                .await
                .unwrap()
                .is_some()
        );
    }
);

async fn decided(tx: &mut Tx, new: NewEffect<'_>) -> i64 {
    let put = outbox::put_effects(tx, &[new]).await.expect("it works");
    put.first().expect("it is new").0
}

on_every_database!(an_effect_is_decided_once_and_ticked_off, async |store| {
    let mut tx = begin(&store).await;
    let new = |key| NewEffect {
        key,
        server: ServerId::new(7),
        channel: CHANNEL,
        cause: Some(MessageId::new(5)),
        effect: "{}",
        nonce: "00",
        created_at_ms: 1_000,
        expires_at_ms: Some(2_000),
    };
    let id = decided(&mut tx, new("lookup:5:0")).await;
    let again = [new("lookup:5:0"), new("sign:5:0")];
    let put = outbox::put_effects(&mut tx, &again).await.unwrap();
    assert_eq!(put.len(), 1, "the other stands already: {put:?}");
    let waiting = outbox::waiting_effects(&mut tx).await.unwrap();
    assert_eq!((waiting.len(), waiting[0].id), (2, id));
    assert!(outbox::is_waiting(&mut tx, id).await.unwrap());
    let done = DoneEffect {
        id,
        done_at_ms: 1_300,
        message: Some(MessageId::new(6)),
        failure: None,
    };
    outbox::effects_done(&mut tx, &[done]).await.unwrap();
    assert!(!outbox::is_waiting(&mut tx, id).await.unwrap());
    assert_eq!(outbox::waiting_effects(&mut tx).await.unwrap().len(), 1);
    let made = outbox::message_made_by(&mut tx, "lookup:5:0").await;
    assert_eq!(made.unwrap(), Some(MessageId::new(6)));
    for (message, is_made) in [(6, true), (7, false)] {
        let found = outbox::is_made_by_an_effect(&mut tx, MessageId::new(message)).await;
        assert_eq!(found.unwrap(), is_made);
    }
    outbox::forget_effects(&mut tx, 9_000).await.unwrap();
    // Nothing asks for it any more, so that its key may be used again.
    decided(&mut tx, new("lookup:5:0")).await;
});

on_every_database!(any_number_of_effects_is_ticked_off_at_once, async |store| {
    let mut tx = begin(&store).await;
    outbox::effects_done(&mut tx, &[]).await.unwrap();
    let mut done = Vec::new();
    for number in 0..600 {
        let new = NewEffect {
            key: &format!("sign:{number}"),
            server: ServerId::new(7),
            channel: CHANNEL,
            cause: None,
            effect: "{}",
            nonce: "00",
            created_at_ms: 1_000,
            expires_at_ms: None,
        };
        done.push(DoneEffect {
            id: decided(&mut tx, new).await,
            done_at_ms: 1_300 + number,
            message: (number % 2 == 0).then(|| MessageId::new(7_000 + number as u64)),
            failure: (number % 2 == 1).then_some("gone"),
        });
    }
    outbox::effects_done(&mut tx, &done[1..]).await.unwrap();
    let waiting = outbox::waiting_effects(&mut tx).await.unwrap();
    assert_eq!((waiting.len(), waiting[0].id), (1, done[0].id));
    let made = outbox::message_made_by(&mut tx, "sign:598").await;
    assert_eq!(made.unwrap(), Some(MessageId::new(7_598)));
    let failed = outbox::message_made_by(&mut tx, "sign:599").await;
    assert_eq!(failed.unwrap(), None);
    assert!(!outbox::is_waiting(&mut tx, done[599].id).await.unwrap());
});

on_every_database!(a_digest_is_claimed_once_a_date, async |store| {
    let mut tx = begin(&store).await;
    let (course, lecture) = lecture(&mut tx).await;
    let id = digests::claim_digest(&mut tx, course, "2026-11-23", 1_000, 1_001)
        .await
        .unwrap()
        .expect("the first");
    assert_eq!(
        digests::claim_digest(&mut tx, course, "2026-11-23", 1_000, 1_002)
            .await
            .unwrap(),
        None
    );
    digests::claim_digest(&mut tx, course, "2026-11-22", 900, 901)
        .await
        .unwrap();
    let last = digests::last_digest(&mut tx, course, "2026-11-23").await;
    let last = last.unwrap().expect("one");
    assert_eq!(
        (last.local_date.as_str(), last.claimed_at_ms),
        ("2026-11-23", 1_001)
    );
    let before = digests::last_digest(&mut tx, course, "2026-11-22").await;
    assert_eq!(before.unwrap().expect("one").local_date, "2026-11-22");
    let row = DigestRow {
        channel_id: Some(5),
        parts: 2,
        open_count: 7,
        is_late: true,
        ..last
    };
    digests::write_digest(&mut tx, &row).await.unwrap();
    let last = digests::last_digest(&mut tx, course, "2026-11-23").await;
    assert_eq!(last.unwrap(), Some(row));
    let question = put(&mut tx, &asked(course, lecture, 1)).await;
    for _ in 0..2 {
        let item = DigestItemRow {
            digest_id: id,
            question_id: question,
            part: 1,
            position: 0,
        };
        digests::put_digest_item(&mut tx, &item).await.unwrap();
        assert_eq!(digests::digest_items(&mut tx, id).await.unwrap(), [item]);
    }
    let in_it = digests::questions_of_digest(&mut tx, id).await.unwrap();
    assert_eq!(
        in_it.iter().map(|row| row.id).collect::<Vec<_>>(),
        [question]
    );
});

on_every_database!(
    a_digest_is_brought_up_to_date_until_the_next,
    async |store| {
        let mut tx = begin(&store).await;
        let (course, lecture) = lecture(&mut tx).await;
        let question = put(&mut tx, &asked(course, lecture, 1)).await;
        let id = digest_of(&mut tx, course, "2026-11-23", question).await;
        let stale = async |tx: &mut Tx| {
            let rows = digests::stale_digests(tx).await.unwrap();
            rows.iter()
                .map(|row| (row.id, row.redraw_at_ms))
                .collect::<Vec<_>>()
        };
        let at = |soon_ms| Moment {
            soon_ms,
            gap_ms: 60_000,
        };
        let meant = digests::newest_stale(&mut tx, &[question + 1], at(2_000)).await;
        assert_eq!(meant.unwrap(), 0, "the question stands in none");
        for soon_ms in [100_000, 101_000] {
            let meant = digests::newest_stale(&mut tx, &[question], at(soon_ms)).await;
            assert_eq!(meant.unwrap(), 1);
            assert_eq!(
                stale(&mut tx).await,
                [(id, Some(100_000))],
                "the first moment stays"
            );
        }
        assert!(digests::take_redraw(&mut tx, id).await.unwrap());
        assert!(!digests::take_redraw(&mut tx, id).await.unwrap(), "once");
        digests::digest_redrawn(&mut tx, id, 100_000).await.unwrap();
        digests::newest_stale(&mut tx, &[question], at(102_000))
            .await
            .unwrap();
        assert_eq!(
            stale(&mut tx).await,
            [(id, Some(160_000))],
            "not before a minute has passed"
        );
        digests::take_redraw(&mut tx, id).await.unwrap();
        digest_of(&mut tx, course, "2026-11-24", question + 1).await;
        let meant = digests::newest_stale(&mut tx, &[question], at(200_000)).await;
        assert_eq!(meant.unwrap(), 0, "the next one came");
        let meant = digests::all_stale(&mut tx, &[question], at(200_000)).await;
        assert_eq!(meant.unwrap(), 1);
    }
);

/// A digest with one question and one message, which the effect with its key has posted.
async fn digest_of(tx: &mut Tx, course: i64, date: &str, question: i64) -> i64 {
    let id = digests::claim_digest(tx, course, date, 1_000, 1_001)
        .await
        .unwrap();
    let id = id.expect("the first of its date");
    let claimed = digests::last_digest(tx, course, date)
        .await
        .unwrap()
        .expect("it");
    let row = DigestRow {
        channel_id: Some(5),
        parts: 1,
        ..claimed
    };
    digests::write_digest(tx, &row).await.unwrap();
    let item = DigestItemRow {
        digest_id: id,
        question_id: question,
        part: 1,
        position: 0,
    };
    if question == 1 {
        digests::put_digest_item(tx, &item).await.unwrap();
    }
    let part = DigestPartRow {
        digest_id: id,
        part: 1,
        key: format!("digest:{course}:{date}:1"),
        said: -7,
        edits: 0,
        gone: false,
    };
    digests::put_digest_part(tx, &part).await.unwrap();
    id
}

on_every_database!(a_message_of_a_digest_is_known_to_be_gone, async |store| {
    let mut tx = begin(&store).await;
    let (course, lecture) = lecture(&mut tx).await;
    put(&mut tx, &asked(course, lecture, 1)).await;
    let id = digest_of(&mut tx, course, "2026-11-23", 1).await;
    let key = format!("digest:{course}:2026-11-23:1");
    let part = async |tx: &mut Tx| digests::digest_parts(tx, id).await.unwrap().remove(0);
    let new = NewEffect {
        key: &key,
        server: ServerId::new(1),
        channel: ChannelId::new(5),
        cause: None,
        effect: "{}",
        nonce: "n",
        created_at_ms: 1_000,
        expires_at_ms: None,
    };
    let done = DoneEffect {
        id: decided(&mut tx, new).await,
        done_at_ms: 1_100,
        message: Some(MessageId::new(77)),
        failure: None,
    };
    outbox::effects_done(&mut tx, &[done]).await.unwrap();
    digests::digest_messages_gone(&mut tx, &[MessageId::new(76)])
        .await
        .unwrap();
    assert!(!part(&mut tx).await.gone);
    digests::digest_messages_gone(&mut tx, &[MessageId::new(76), MessageId::new(77)])
        .await
        .unwrap();
    let gone = part(&mut tx).await;
    assert!(gone.gone);
    let edited = DigestPartRow {
        said: 8,
        edits: 1,
        ..gone
    };
    digests::put_digest_part(&mut tx, &edited).await.unwrap();
    assert_eq!(part(&mut tx).await, edited);
    digest_of(&mut tx, course, "2026-11-24", 2).await;
    digests::digest_part_gone(&mut tx, &format!("digest:{course}:2026-11-24:1"))
        .await
        .unwrap();
});

on_every_database!(
    a_topic_table_takes_the_place_of_the_one_before,
    async |store| {
        let mut tx = begin(&store).await;
        let (_, lecture) = lecture(&mut tx).await;
        let row = |start_s| TopicRow {
            start_s,
            end_s: None,
            title: "Beta".to_owned(),
            note: None,
        };
        topics::replace_topics(&mut tx, lecture, &[row(20), row(10)])
            .await
            .unwrap();
        assert_eq!(
            topics::topics_of_lecture(&mut tx, lecture).await.unwrap(),
            [row(10), row(20)]
        );
        topics::replace_topics(&mut tx, lecture, &[row(30)])
            .await
            .unwrap();
        assert_eq!(
            topics::topics_of_lecture(&mut tx, lecture).await.unwrap(),
            [row(30)]
        );
    }
);

on_every_database!(
    changes_of_a_topic_table_are_kept_and_taken_back_newest_first,
    async |store| {
        let mut tx = begin(&store).await;
        let (_, lecture) = lecture(&mut tx).await;
        let change = |who: &str, at_ms| TopicChangeRow {
            id: 0,
            lecture_id: lecture,
            changed_by: who.to_owned(),
            changed_at_ms: at_ms,
            before_csv: "start,title\n10,Beta\n".to_owned(),
            what: "edited".to_owned(),
            undone_by: None,
            undone_at_ms: None,
        };
        for (who, at_ms) in [("tara", 1_000), ("ben", 2_000)] {
            topics::put_topic_change(&mut tx, &change(who, at_ms))
                .await
                .unwrap();
        }
        let standing = async |tx: &mut Tx| {
            let found = topics::standing_topic_change(tx, lecture).await.unwrap();
            found.map(|row| (row.id, row.changed_by))
        };
        let (id, who) = standing(&mut tx).await.expect("one stands");
        assert_eq!(who, "ben");
        topics::mark_topic_change_undone(&mut tx, id, "tara", 3_000)
            .await
            .unwrap();
        assert_eq!(standing(&mut tx).await.expect("one stands").1, "tara");
        let all = topics::last_topic_changes(&mut tx, lecture, 9)
            .await
            .unwrap();
        let told: Vec<_> = all
            .iter()
            .map(|row| (row.changed_by.as_str(), row.undone_by.as_deref()))
            .collect();
        assert_eq!(told, [("ben", Some("tara")), ("tara", None)]);
    }
);

on_every_database!(
    a_table_that_is_looked_at_is_taken_once_or_forgotten,
    async |store| {
        let mut tx = begin(&store).await;
        let (_, lecture) = lecture(&mut tx).await;
        let csv = "start,title\n10,Beta\n";
        let one = topics::put_topic_import(&mut tx, lecture, csv, 1_000)
            .await
            .unwrap();
        let two = topics::put_topic_import(&mut tx, lecture, csv, 2_000)
            .await
            .unwrap();
        topics::forget_topic_imports(&mut tx, 1_500).await.unwrap();
        assert_eq!(topics::take_topic_import(&mut tx, one).await.unwrap(), None);
        let taken = topics::take_topic_import(&mut tx, two).await.unwrap();
        assert_eq!(taken, Some((lecture, csv.to_owned())));
        assert_eq!(topics::take_topic_import(&mut tx, two).await.unwrap(), None);
    }
);
