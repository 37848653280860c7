//! The queries of what people say with commands, menus and tags, and of what is listed for them; on both
//! engines.

use beadle::domain::ids::{ChannelId, MessageId, ServerId};
use beadle::store::answers;
use beadle::store::listing::{self, Filter};
use beadle::store::lookups::{self, LookupRow};
use beadle::store::marks::{self, ReactionRow};
use beadle::store::outbox::{self, DoneEffect, NewEffect};
use beadle::store::post_tags::{self, PostTag};
use beadle::store::questions::{self, Circle, QuestionRow, circle};
use beadle::store::verdicts::{self, AnswerMarkRow, VerdictRow};

use super::queries::{answer, asked, begin, lecture, put};
use crate::support::databases::on_every_database;

const POST: ChannelId = ChannelId::new(9_300_000_000_000_000_101);

fn word(question_id: i64, verdict: &str, at_ms: i64) -> VerdictRow {
    VerdictRow {
        id: 0,
        question_id,
        verdict: verdict.to_owned(),
        who_id: 9,
        who_name: "tara".to_owned(),
        at_ms,
    }
}

on_every_database!(
    the_last_word_counts_and_taken_back_the_one_before,
    async |store| {
        let mut tx = begin(&store).await;
        let (course, lecture) = lecture(&mut tx).await;
        let one = put(&mut tx, &asked(course, lecture, 1)).await;
        let two = put(&mut tx, &asked(course, lecture, 2)).await;
        questions::change_state(&mut tx, two, "merged", Some(one), Some(50))
            .await
            .unwrap();
        assert_eq!(
            circle::last_verdict(&mut tx, Circle::whole(one))
                .await
                .unwrap(),
            None
        );
        for said in [
            word(one, "answered", 100),
            word(two, "dismissed", 300),
            word(one, "reopened", 200),
            word(one, "answered", 200),
        ] {
            verdicts::put_verdict(&mut tx, &said).await.unwrap();
        }
        let last = circle::last_verdict(&mut tx, Circle::whole(one))
            .await
            .unwrap()
            .unwrap();
        assert_eq!(
            (last.question_id, last.verdict.as_str()),
            (two, "dismissed")
        );
        for before in ["answered", "reopened", "answered"] {
            let last = circle::last_verdict(&mut tx, Circle::one(one))
                .await
                .unwrap()
                .unwrap();
            assert_eq!(last.verdict, before);
            verdicts::forget_verdict(&mut tx, last.id).await.unwrap();
        }
        assert_eq!(
            circle::last_verdict(&mut tx, Circle::one(one))
                .await
                .unwrap(),
            None
        );
    }
);

on_every_database!(
    who_pointed_at_an_answer_may_look_away_again,
    async |store| {
        let mut tx = begin(&store).await;
        let (course, lecture) = lecture(&mut tx).await;
        let question = put(&mut tx, &asked(course, lecture, 1)).await;
        answers::put_answers(&mut tx, &[answer(question, 2)])
            .await
            .unwrap();
        let row = answers::answers_of(&mut tx, question)
            .await
            .unwrap()
            .remove(0);
        for who_id in [9, 8] {
            let mark = AnswerMarkRow {
                answer_id: row.id,
                who_id,
                who_name: "tara".to_owned(),
                by_staff: true,
                at_ms: 100,
            };
            verdicts::put_answer_mark(&mut tx, &mark).await.unwrap();
        }
        verdicts::forget_answer_mark(&mut tx, row.id, 9)
            .await
            .unwrap();
        let marks = circle::answer_marks(&mut tx, Circle::one(question))
            .await
            .unwrap();
        assert_eq!(
            marks.iter().map(|mark| mark.who_id).collect::<Vec<_>>(),
            [8]
        );
    }
);

on_every_database!(
    what_was_said_of_one_counts_for_those_folded_together,
    async |store| {
        let mut tx = begin(&store).await;
        let (course, lecture) = lecture(&mut tx).await;
        let first = asked(course, lecture, 1);
        let one = put(&mut tx, &first).await;
        let folded = QuestionRow {
            asker_id: first.asker_id + 1,
            channel_id: 2,
            message_id: 2,
            ..asked(course, lecture, 2)
        };
        let two = put(&mut tx, &folded).await;
        questions::change_state(&mut tx, two, "merged", Some(one), Some(50))
            .await
            .unwrap();
        answers::put_answers(&mut tx, &[answer(one, 77), answer(two, 78)])
            .await
            .unwrap();
        for (message_id, person_id, by_staff) in [
            (2, first.asker_id, false),
            (1, first.asker_id, false),
            (78, 9, true),
        ] {
            let reaction = ReactionRow {
                message_id,
                person_id,
                emoji: "✅".to_owned(),
                by_name: "tara".to_owned(),
                by_staff,
                at_ms: 1_000 + message_id,
                since_ms: 1_000 + message_id,
            };
            marks::put_reaction(&mut tx, &reaction, false)
                .await
                .unwrap();
        }
        for (person, emoji, has) in [
            (9, "✅", true),
            (9, "❌", false),
            (first.asker_id, "✅", false),
        ] {
            let judged = circle::has_judged(&mut tx, person, emoji).await.unwrap();
            assert_eq!(judged, has, "{person} {emoji}");
        }
        for (circle, asked_by, answers, checked) in [
            (Circle::one(one), 1, &[77][..], &[][..]),
            (Circle::whole(one), 2, &[77, 78], &[78]),
            (Circle::one(two), 1, &[78], &[78]),
            (Circle::whole(two), 1, &[78], &[78]),
        ] {
            let askers = circle::askers(&mut tx, circle).await.unwrap();
            assert_eq!(askers.len(), asked_by, "{circle:?}");
            let linked = circle::linked(&mut tx, circle).await.unwrap();
            let linked: Vec<_> = linked.iter().map(|it| it.message_id).collect();
            assert_eq!(linked, answers, "{circle:?}");
            let on_answers = circle::reactions_on_answers(&mut tx, circle, "✅", 0);
            let on_answers: Vec<_> = on_answers.await.unwrap();
            let on_answers: Vec<_> = on_answers.iter().map(|it| it.message_id).collect();
            assert_eq!(on_answers, checked, "{circle:?}");
        }
        for (circle, emoji, after_ms, found) in [
            (Circle::whole(one), "✅", 0, Some(1)),
            (Circle::whole(one), "✅", 1_001, None),
            (Circle::whole(one), "❌", 0, None),
            // Who asked the other question has no say on this one's message.
            (Circle::one(two), "✅", 0, None),
        ] {
            let reaction = circle::askers_reaction(&mut tx, circle, emoji, after_ms).await;
            let on = reaction.unwrap().map(|it| it.message_id);
            assert_eq!(on, found, "{circle:?} {emoji} {after_ms}");
        }
        let posts = questions::posts_merged_into(&mut tx, one).await.unwrap();
        assert_eq!(posts.iter().map(|row| row.id).collect::<Vec<_>>(), [two]);
    }
);

on_every_database!(
    a_posts_tag_is_remembered_as_it_was_last_told,
    async |store| {
        let mut tx = begin(&store).await;
        assert_eq!(post_tags::post_tag(&mut tx, POST).await.unwrap(), None);
        let tag = PostTag {
            solved: false,
            wanted: true,
            seen_at_ms: 1,
            own_at_ms: 2,
            changes: 3,
        };
        for tag in [
            tag,
            PostTag {
                solved: true,
                changes: 4,
                ..tag
            },
        ] {
            post_tags::put_post_tag(&mut tx, POST, &tag).await.unwrap();
            assert_eq!(post_tags::post_tag(&mut tx, POST).await.unwrap(), Some(tag));
        }
    }
);

on_every_database!(
    questions_are_listed_by_state_lecture_place_and_asker,
    async |store| {
        let mut tx = begin(&store).await;
        let (course, lecture) = lecture(&mut tx).await;
        let mut ids = Vec::new();
        for (message, state, offset_s, merged_into) in [
            (1, "open", Some(100), None),
            (2, "suggested", Some(200), None),
            (3, "answered", None, None),
            (4, "merged", Some(100), Some(0)),
            (5, "withdrawn", Some(100), None),
        ] {
            let row = QuestionRow {
                state: state.to_owned(),
                offset_s,
                merged_into: merged_into.map(|index: usize| ids[index]),
                ..asked(course, lecture, message)
            };
            ids.push(put(&mut tx, &row).await);
        }
        verdicts::snooze(&mut tx, ids[1], 5_000, 9, "tara")
            .await
            .unwrap();
        let any = Filter {
            course_id: course,
            states: ",open,suggested,answered,",
            lecture_id: None,
            within: None,
            asker_id: None,
            snoozed_at_ms: None,
            oldest_first: true,
        };
        let asker_id = Some(500 + 4);
        for (filter, expected) in [
            (any, vec![1, 2, 3]),
            (
                Filter {
                    oldest_first: false,
                    ..any
                },
                vec![3, 2, 1],
            ),
            (
                Filter {
                    states: ",open,",
                    ..any
                },
                vec![1],
            ),
            (
                Filter {
                    lecture_id: Some(lecture),
                    ..any
                },
                vec![1, 2, 3],
            ),
            (
                Filter {
                    lecture_id: Some(lecture + 1),
                    ..any
                },
                vec![],
            ),
            (
                Filter {
                    within: Some((100, 200)),
                    ..any
                },
                vec![1],
            ),
            (Filter { asker_id, ..any }, vec![1]),
            (
                Filter {
                    snoozed_at_ms: Some(4_999),
                    ..any
                },
                vec![2],
            ),
            (
                Filter {
                    snoozed_at_ms: Some(5_000),
                    ..any
                },
                vec![],
            ),
        ] {
            let listed = listing::listed(&mut tx, &filter, 0, 10).await.unwrap();
            let messages: Vec<i64> = listed.iter().map(|row| row.message_id).collect();
            assert_eq!(messages, expected, "{filter:?}");
            let many = listing::count_listed(&mut tx, &filter).await.unwrap();
            assert_eq!(many as usize, expected.len(), "{filter:?}");
        }
        let second = listing::listed(&mut tx, &any, 1, 1).await.unwrap();
        assert_eq!(second[0].message_id, 2);
        let within = questions::count_asked_within(&mut tx, lecture, 0, 201).await;
        assert_eq!(within.unwrap(), 2);
    }
);

on_every_database!(
    a_lookup_is_known_to_be_turned_by_its_answers_message,
    async |store| {
        let mut tx = begin(&store).await;
        let effect = NewEffect {
            key: "lookup:1:0",
            server: ServerId::new(7),
            channel: POST,
            cause: None,
            effect: "{}",
            nonce: "n",
            created_at_ms: 1,
            expires_at_ms: None,
        };
        let ids = outbox::put_effects(&mut tx, &[effect]).await.unwrap();
        let done = DoneEffect {
            id: ids[0].0,
            done_at_ms: 2,
            message: Some(MessageId::new(77)),
            failure: None,
        };
        outbox::effects_done(&mut tx, &[done]).await.unwrap();
        let row = LookupRow {
            message_id: 1,
            server_id: 7,
            channel_id: POST.to_db(),
            asker_id: 5,
            asked_at_ms: 1,
            subject: "1:at:5".to_owned(),
            outcome: "answered".to_owned(),
            keys: "lookup:1:0".to_owned(),
        };
        lookups::put_lookup(&mut tx, &row).await.unwrap();
        for (answer, outcome) in [(78, "answered"), (77, "turned")] {
            lookups::lookup_turned(&mut tx, MessageId::new(answer))
                .await
                .unwrap();
            let now = lookups::lookup_by_message(&mut tx, MessageId::new(1))
                .await
                .unwrap();
            assert_eq!(now.unwrap().outcome, outcome);
        }
    }
);
