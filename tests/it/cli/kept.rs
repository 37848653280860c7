//! Courses that were set up in Discord, on the command line.

use beadle::domain::ids::ServerId;
use beadle::store::Store;
use beadle::store::courses::{self, KeptLectureRow};
use beadle::store::topics::{self, TopicRow};
use tempfile::TempDir;

use super::{beadle_in, course_folder};

/// A folder with the course of a file, and a database with a course that was set up in Discord.
async fn folder() -> TempDir {
    let folder = course_folder();
    let url = format!("sqlite://{}", folder.path().join("beadle.db").display());
    let store = Store::open(&url).await.expect("a database");
    let mut tx = store.begin().await.expect("a transaction");
    let server = ServerId::new(1_200_000_000_000_000_002);
    let row = courses::course_seen(&mut tx, "circuits", server, 1).await;
    let course = row.expect("a course").id;
    let settings = r#"{"name": "Circuits \"II\"", "timezone": "Europe/Berlin", "watch": ["5", "6"],
        "prefix": "b!", "digest_channel": "7", "digest_days": ["mon"], "of_a_later_version": 1}"#;
    let put = courses::put_course_settings(&mut tx, course, settings).await;
    put.expect("settings");
    let id = courses::lecture_seen(&mut tx, course, "3").await;
    let lecture = KeptLectureRow {
        id: id.expect("a lecture"),
        slug: "3".to_owned(),
        title: "Bode plots".to_owned(),
        video: Some("https://videos.example/3".to_owned()),
        duration_s: Some(3_000),
        held_on: Some("2025-01-06".to_owned()),
        channels: "8".to_owned(),
    };
    courses::put_lecture(&mut tx, &lecture).await.expect("put");
    let topic = TopicRow {
        start_s: 60,
        end_s: None,
        title: "Poles, and zeros".to_owned(),
        note: None,
    };
    topics::replace_topics(&mut tx, lecture.id, &[topic])
        .await
        .expect("a table");
    tx.commit().await.expect("a commit");
    store.close().await;
    folder
}

#[tokio::test]
async fn a_course_moves_from_discord_into_files_that_read_as_the_same() {
    let folder = folder().await;
    let export = [
        "topics",
        "export",
        "--course",
        "circuits",
        "--into",
        "config/courses",
    ];
    let ran = beadle_in(&folder, &export, "");
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).expect("a file");
    insta::assert_snapshot!(read("config/courses/circuits.toml"), @r#"
    [course]
    slug = "circuits"
    name = 'Circuits "II"'
    server = "1200000000000000002"
    timezone = "Europe/Berlin"
    staff_roles = []
    watch = ["5", "6"]
    prefix = "b!"
    gathered_reaction = "📌"

    [lookup]
    repeat_s = 30
    per_user = 5
    per_user_window_s = 20

    [digest]
    channel = "7"
    at = "18:00"
    days = ["mon"]
    when_empty = "line"
    show_askers = true

    [[lecture]]
    slug = "3"
    title = "Bode plots"
    date = 2025-01-06
    video = "https://videos.example/3"
    duration = "50:00"
    channels = ["8"]
    topics = "circuits-3.csv"
    "#);
    insta::assert_snapshot!(read("config/courses/circuits-3.csv"), @r#"
    start,end,title,note
    1:00,,"Poles, and zeros",
    "#);
    let lookup = ["lookup", "1:30", "--course", "config/courses/circuits.toml"];
    let ran = beadle_in(&folder, &lookup, "");
    assert!(
        ran.out.contains("Poles, and zeros"),
        "{}{}",
        ran.out,
        ran.err
    );
    let ran = beadle_in(&folder, &export, "");
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.contains("is there already"), "{}", ran.err);
}

#[tokio::test]
async fn every_command_knows_it() {
    let folder = folder().await;
    let of = ["--course", "circuits"];
    let ran = beadle_in(&folder, &["digest", "--dry-run", of[0], of[1]], "");
    assert!(
        ran.out.contains("No open questions in Circuits"),
        "{}{}",
        ran.out,
        ran.err
    );
    let ran = beadle_in(&folder, &["questions", of[0], of[1]], "");
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let import = ["topics", "import", "-", of[0], of[1], "--lecture", "3"];
    let ran = beadle_in(&folder, &import, "0:00 Resistors\n");
    assert!(
        ran.out.contains("1 topic now, 1 before"),
        "{}{}",
        ran.out,
        ran.err
    );
    let export = ["topics", "export", of[0], of[1], "--lecture", "3"];
    let ran = beadle_in(&folder, &export, "");
    assert!(ran.out.contains("Resistors"), "{}{}", ran.out, ran.err);
    let ran = beadle_in(&folder, &["check"], "");
    for words in [
        "ok    course bees: read from config/courses/bees.toml",
        "ok    course circuits: set up in Discord",
    ] {
        assert!(ran.out.contains(words), "{words} is not in {}", ran.out);
    }
}
