//! Every query, on both engines.

use beadle::domain::ids::{ChannelId, MessageId, ServerId, UserId};
use beadle::store::answers::{self, AnswerRow};
use beadle::store::cursors::{self, Cursor};
use beadle::store::lookups::{self, LookupRow};
use beadle::store::marks::{self, ReactionRow};
use beadle::store::outbox::{self, NewEffect};
use beadle::store::questions::{self, QuestionRow, TransitionRow};
use beadle::store::topics::{self, TopicRow};
use beadle::store::{Store, Tx, courses, digests};

use crate::support::databases::on_every_database;

const CHANNEL: ChannelId = ChannelId::new(1_200_000_000_000_000_101);

async fn begin(store: &Store) -> Tx {
    store.begin().await.expect("a transaction")
}

/// A course and a lecture of it.
async fn lecture(tx: &mut Tx) -> (i64, i64) {
    let course = courses::course_seen(tx, "cs224n", ServerId::new(7), 1_000)
        .await
        .expect("a course");
    let lecture = courses::lecture_seen(tx, course.id, "10")
        .await
        .expect("a lecture");
    (course.id, lecture)
}

fn asked(course_id: i64, lecture_id: i64, message_id: i64) -> QuestionRow {
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
    }
}

async fn put(tx: &mut Tx, row: &QuestionRow) -> i64 {
    questions::put_question(tx, row)
        .await
        .expect("it works")
        .expect("it is new")
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

fn answer(question_id: i64, message_id: i64) -> AnswerRow {
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
        cursors::advance_cursor(&mut tx, CHANNEL, to).await.unwrap();
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
    assert_eq!(questions::put_question(&mut tx, &row).await.unwrap(), None);
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
        questions::change_state(&mut tx, &change(two, "answered"), None, Some(20_000))
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
        assert_eq!(
            ids(
                questions::comparable_questions(&mut tx, course, Some(lecture))
                    .await
                    .unwrap()
            ),
            [one, two]
        );
        let elsewhere = questions::comparable_questions(&mut tx, course, None)
            .await
            .unwrap();
        assert!(elsewhere.is_empty());
        let recent = questions::recent_questions(&mut tx, CHANNEL, 10_000, MessageId::new(9), 5)
            .await
            .unwrap();
        assert_eq!(ids(recent), [one]);
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
        assert_eq!(
            questions::count_waiting_since(&mut tx, course, 0)
                .await
                .unwrap(),
            1
        );
    }
);

on_every_database!(a_change_of_state_is_kept_with_who_and_why, async |store| {
    let mut tx = begin(&store).await;
    let (course, lecture) = lecture(&mut tx).await;
    let id = put(&mut tx, &asked(course, lecture, 1)).await;
    let change = change(id, "answered");
    questions::change_state(&mut tx, &change, None, Some(20_000))
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
        questions::transitions_of(&mut tx, id).await.unwrap(),
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
    questions::change_state(&mut tx, &change(two, "merged"), Some(one), Some(20_000))
        .await
        .unwrap();
    assert_eq!(questions::merged_into(&mut tx, one).await.unwrap().len(), 1);
    assert_eq!(
        questions::askers_of_questions(&mut tx, course)
            .await
            .unwrap(),
        [(one, 2)]
    );
    let three = put(&mut tx, &asked(course, lecture, 3)).await;
    questions::fold_all_into(&mut tx, one, three).await.unwrap();
    assert_eq!(
        questions::merged_into(&mut tx, three).await.unwrap()[0].id,
        two
    );
});

on_every_database!(a_questions_text_is_rewritten_and_erased, async |store| {
    let mut tx = begin(&store).await;
    let (course, lecture) = lecture(&mut tx).await;
    let id = put(&mut tx, &asked(course, lecture, 1)).await;
    questions::rewrite_question(&mut tx, id, "Why gamma?", "Why gamma?", None, 11_000)
        .await
        .unwrap();
    let row = questions::question(&mut tx, id)
        .await
        .unwrap()
        .expect("it is there");
    assert_eq!(
        (row.text.as_str(), row.offset_s, row.edited_at_ms),
        ("Why gamma?", None, 11_000)
    );
    questions::forget_question_text(&mut tx, id).await.unwrap();
    let row = questions::question(&mut tx, id)
        .await
        .unwrap()
        .expect("it is there");
    assert_eq!((row.text.as_str(), row.asking.as_str()), ("", ""));
});

on_every_database!(
    an_answer_is_linked_once_confirmed_moved_and_forgotten,
    async |store| {
        let mut tx = begin(&store).await;
        let (course, lecture) = lecture(&mut tx).await;
        let (one, two) = (
            put(&mut tx, &asked(course, lecture, 1)).await,
            put(&mut tx, &asked(course, lecture, 2)).await,
        );
        assert!(
            answers::put_answer(&mut tx, &answer(one, 77))
                .await
                .unwrap()
        );
        assert!(
            !answers::put_answer(&mut tx, &answer(one, 77))
                .await
                .unwrap()
        );
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
        answers::rewrite_answer(&mut tx, row.id, "It weighs it.")
            .await
            .unwrap();
        answers::put_answer(&mut tx, &answer(one, 78))
            .await
            .unwrap();
        let of_one = answers::answers_of(&mut tx, one).await.unwrap();
        assert_eq!(
            (of_one[0].state.as_str(), of_one[0].text.as_str()),
            ("confirmed", "It weighs it.")
        );
        answers::move_answers(&mut tx, one, two).await.unwrap();
        assert_eq!(answers::answers_of(&mut tx, two).await.unwrap().len(), 2);
        answers::forget_answer(&mut tx, row.id).await.unwrap();
        assert_eq!(answers::answers_of(&mut tx, two).await.unwrap().len(), 1);
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

on_every_database!(reactions_are_taken_by_person_and_by_emoji, async |store| {
    let mut tx = begin(&store).await;
    let row = |person_id, emoji: &str| ReactionRow {
        message_id: 5,
        person_id,
        emoji: emoji.to_owned(),
        by_name: "maya".to_owned(),
        by_staff: true,
        at_ms: 1_000 + person_id,
    };
    for reaction in [
        row(1, "✅"),
        row(1, "✅"),
        row(1, "❌"),
        row(2, "✅"),
        row(3, "✅"),
    ] {
        marks::put_reaction(&mut tx, &reaction).await.unwrap();
    }
    let message = MessageId::new(5);
    assert_eq!(
        marks::reactions_on(&mut tx, message).await.unwrap().len(),
        4
    );
    let one = marks::take_reactions(&mut tx, message, Some(UserId::new(1)), Some("✅"))
        .await
        .unwrap();
    assert_eq!(one, [row(1, "✅")]);
    assert_eq!(
        marks::take_reactions(&mut tx, message, None, Some("✅"))
            .await
            .unwrap()
            .len(),
        2
    );
    assert_eq!(
        marks::take_reactions(&mut tx, message, None, None)
            .await
            .unwrap(),
        [row(1, "❌")]
    );
});

on_every_database!(
    lookups_tell_repeats_and_rates_and_keep_the_newest,
    async |store| {
        let mut tx = begin(&store).await;
        let row = |message_id, outcome: &str| LookupRow {
            message_id,
            channel_id: CHANNEL.to_db(),
            asker_id: 9,
            asked_at_ms: 1_000 * message_id,
            subject: "1:at:3134".to_owned(),
            outcome: outcome.to_owned(),
            parts: 1,
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

on_every_database!(
    an_effect_is_decided_once_tried_and_ticked_off,
    async |store| {
        let mut tx = begin(&store).await;
        let new = |key| NewEffect {
            key,
            channel: CHANNEL,
            cause: Some(MessageId::new(5)),
            effect: "{}",
            nonce: "00",
            created_at_ms: 1_000,
            expires_at_ms: Some(2_000),
        };
        let id = outbox::put_effect(&mut tx, &new("lookup:5:0"))
            .await
            .unwrap()
            .expect("it is new");
        assert_eq!(
            outbox::put_effect(&mut tx, &new("lookup:5:0"))
                .await
                .unwrap(),
            None
        );
        let waiting = outbox::waiting_effects(&mut tx).await.unwrap();
        assert_eq!(
            (waiting.len(), waiting[0].id, waiting[0].tried_at_ms),
            (1, id, None)
        );
        assert_eq!(
            outbox::effect_tried(&mut tx, id, 1_100).await.unwrap(),
            Some(1_100)
        );
        assert_eq!(
            outbox::effect_tried(&mut tx, id, 1_200).await.unwrap(),
            Some(1_100),
            "the first try counts"
        );
        assert!(
            !outbox::cancel_effect(&mut tx, "lookup:5:0", 1_250)
                .await
                .unwrap(),
            "it was tried"
        );
        outbox::effect_done(&mut tx, id, 1_300, Some(MessageId::new(6)), None)
            .await
            .unwrap();
        assert_eq!(
            outbox::effect_tried(&mut tx, id, 1_400).await.unwrap(),
            None
        );
        assert!(outbox::waiting_effects(&mut tx).await.unwrap().is_empty());
        let made = outbox::message_made_by(&mut tx, "lookup:5:0")
            .await
            .unwrap();
        assert_eq!(made, Some(MessageId::new(6)));
        outbox::put_effect(&mut tx, &new("sign:5:0")).await.unwrap();
        assert!(
            outbox::cancel_effect(&mut tx, "sign:5:0", 1_500)
                .await
                .unwrap()
        );
        outbox::forget_effects(&mut tx, 9_000).await.unwrap();
        assert!(
            outbox::put_effect(&mut tx, &new("lookup:5:0"))
                .await
                .unwrap()
                .is_some(),
            "nothing asks for it any more"
        );
        outbox::effect_done(&mut tx, id + 2, 1_300, None, Some("gone"))
            .await
            .unwrap();
        outbox::forget_effect(&mut tx, "lookup:5:0").await.unwrap();
    }
);

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
    digests::set_digest_parts(&mut tx, id, 2).await.unwrap();
    let question = put(&mut tx, &asked(course, lecture, 1)).await;
    digests::put_digest_item(&mut tx, id, question, 1)
        .await
        .unwrap();
    digests::put_digest_item(&mut tx, id, question, 1)
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
        topics::put_topic_change(&mut tx, lecture, "tara", 1_000, "start,title\n10,Beta\n")
            .await
            .unwrap();
        assert_eq!(
            topics::topics_of_lecture(&mut tx, lecture).await.unwrap(),
            [row(30)]
        );
    }
);
