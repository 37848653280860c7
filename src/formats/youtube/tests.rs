use super::super::tests::{mistakes, read};

#[test]
fn a_time_that_ends_a_line_of_prose_beside_the_list_takes_no_topic_away() {
    insta::assert_snapshot!(read("Recorded at 10:30\n0:00 Intro\n5:00 Sails\nDuration: 1:16:15\n"), @"
    [youtube]
    0:00 Intro
    5:00 Sails
    (1:1: this line has no offset at its beginning and was left out)
    (4:1: this line has no offset at its beginning and was left out)
    ");
    for prose in [
        "Duration: 1:16:15\nRecorded at 10:30\n",
        "Recorded at 10:30\nDuration: 1:16:15\n",
    ] {
        for text in [
            format!("{prose}0:00 Intro\n5:00 Sails\n"),
            format!("0:00 Intro\n5:00 Sails\n{prose}"),
        ] {
            assert!(read(&text).contains("2 lines"), "{text}");
        }
    }
    insta::assert_snapshot!(read("12:30 is when we met\nIntro 0:00\nSails 5:00\n"), @"
    [youtube]
    0:00 Intro
    5:00 Sails
    (1:1: this line has no offset at its end and was left out)
    ");
}

#[test]
fn several_topics_beside_the_list_with_their_offsets_at_the_other_end_are_mistakes() {
    insta::assert_snapshot!(mistakes("Intro 0:00\nKnots 1:10\n2:00 Sails\n3:00 Tar\n4:00 Rope\n"), @"
    1:1: this line has its offset where the others have none; move it to the beginning
    2:1: this line has its offset where the others have none; move it to the beginning
    ");
    insta::assert_snapshot!(mistakes("[0:00]: Intro\n[1:10]: Knots\n[2:00]: Sails\nTar: 3:00\nRope: 4:00\n"), @"
    4:1: this line has its offset where the others have none; move it to the beginning
    5:1: this line has its offset where the others have none; move it to the beginning
    ");
}
