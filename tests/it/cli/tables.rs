//! `topics`, `questions`, `digest`, `backup`, `completions` and the exit codes.

use super::{beadle, beadle_in, course_folder, folder_with_a_database};

#[test]
fn lint_names_line_and_column_of_every_mistake() {
    let ran = beadle(
        &["topics", "lint", "-"],
        "start,end,title\n9:99,,A\n1:00,,\n",
    );
    assert_eq!((ran.code, ran.err.as_str()), (Some(1), ""));
    let lines: Vec<&str> = ran.out.lines().collect();
    assert!(
        lines.len() == 2 && lines[0].starts_with("-:2:1: ") && lines[1].starts_with("-:3:"),
        "{lines:?}"
    );
}

#[test]
fn a_table_goes_from_one_format_to_another() {
    let ran = beadle(
        &["topics", "convert", "-", "--to", "csv"],
        "0:00 Nectar\n4:05 Pollen\n",
    );
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(
        ran.out.starts_with("start,end,title") && ran.out.contains("4:05"),
        "{}",
        ran.out
    );
}

#[test]
fn a_table_goes_into_every_format_and_back_and_hears_what_is_lost() {
    let table = "start,end,title,note\n0:05,,Nectar,from flowers\n4:05,5:00,Pollen,\n";
    let help = beadle(&["topics", "convert", "--help"], "").out;
    for (format, kept) in [
        (
            "yt-dlp",
            "start,end,title,note\n0:05,,Nectar,\n4:05,5:00,Pollen,\n",
        ),
        ("webvtt", table),
        (
            "podcasting",
            "start,end,title,note\n0:05,,Nectar,\n4:05,5:00,Pollen,\n",
        ),
        (
            "podlove",
            "start,end,title,note\n0:05,,Nectar,\n4:05,,Pollen,\n",
        ),
        ("ffmetadata", table),
    ] {
        assert!(help.contains(format), "{help}");
        let there = beadle(&["topics", "convert", "-", "--to", format], table);
        assert_eq!(there.code, Some(0), "{}", there.err);
        assert_eq!(
            there.err.contains("no place for"),
            kept != table,
            "{}",
            there.err
        );
        let back = beadle(&["topics", "convert", "-", "--to", "csv"], &there.out);
        assert_eq!(
            (back.out.as_str(), back.err.as_str()),
            (kept, ""),
            "{}",
            there.out
        );
    }
}

#[test]
fn the_last_topic_ends_with_the_video_where_a_format_wants_an_end() {
    let video = r#"{"duration": 600, "chapters": [{"start_time": 5.5, "end_time": 600.0, "title": "Nectar"}]}"#;
    let ran = beadle(&["topics", "convert", "-", "--to", "webvtt"], video);
    assert_eq!(
        ran.out, "WEBVTT\n\n00:00:05.000 --> 00:10:00.000\nNectar\n",
        "{}",
        ran.err
    );
}

#[test]
fn a_table_goes_into_the_database_and_comes_back() {
    let folder = course_folder();
    let of = ["--course", "bees", "--lecture", "2"];
    let ran = beadle_in(
        &folder,
        &["topics", "import", "-", of[0], of[1], of[2], of[3]],
        "0:00 Wax\n",
    );
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let ran = beadle_in(
        &folder,
        &["topics", "export", of[0], of[1], of[2], of[3]],
        "",
    );
    assert!(ran.out.contains("Wax"), "{}{}", ran.out, ran.err);
    let kept_in_a_file = [
        "topics",
        "import",
        "-",
        "--course",
        "bees",
        "--lecture",
        "1",
    ];
    let ran = beadle_in(&folder, &kept_in_a_file, "0:00 Wax\n");
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.contains("kept in a file"), "{}", ran.err);
}

#[test]
fn the_digest_and_the_questions_are_printed_without_discord() {
    let folder = folder_with_a_database();
    let ran = beadle_in(&folder, &["digest", "--dry-run"], "");
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(ran.out.contains("No open questions in Bees"), "{}", ran.out);
    let ran = beadle_in(&folder, &["questions", "--json", "--state", "open"], "");
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), ""));
    let ran = beadle_in(&folder, &["backup", "copy.db"], "");
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert_eq!(beadle_in(&folder, &["backup", "copy.db"], "").code, Some(1));
}

#[test]
fn each_fault_has_its_exit_code_and_one_sentence() {
    let folder = course_folder();
    let mut faults = vec![
        (beadle(&["replay", "nowhere.txt"], ""), 1),
        (beadle(&["questions", "--state", "lost"], ""), 2),
        (beadle(&["nonsense"], ""), 2),
        (beadle(&["run"], ""), 3),
        (beadle(&["run", "--config", "nowhere.toml"], ""), 3),
    ];
    let mut lost = super::program(&folder, &["questions", "--json"]);
    lost.env("BEADLE_DATABASE_URL", "sqlite:///nowhere/at/all.db");
    faults.push((lost.output().expect("it ends").into(), 5));
    for (ran, code) in faults {
        assert_eq!(ran.code, Some(code), "{}", ran.err);
        assert!(
            ran.out.is_empty() && !ran.err.is_empty() && !ran.err.contains("panicked"),
            "{}",
            ran.err
        );
    }
}

#[test]
fn help_teaches_by_examples() {
    for command in ["run", "lookup", "explain", "replay", "questions", "backup"] {
        let ran = beadle(&[command, "--help"], "");
        assert_eq!(ran.code, Some(0));
        assert!(ran.out.contains("Examples:"), "{command}: {}", ran.out);
    }
    assert!(beadle(&["completions", "bash"], "").out.contains("beadle"));
}

#[test]
fn a_table_that_beadle_wrote_for_people_and_machines_is_read_again() {
    let table =
        "start,end,title,note\n0:05,,Nectar | *wax*,\"from\nflowers <br>\"\n4:05,5:00,Pollen,\n";
    for format in ["markdown", "json"] {
        let there = beadle(&["topics", "convert", "-", "--to", format], table);
        assert_eq!((there.code, there.err.as_str()), (Some(0), ""));
        let back = beadle(&["topics", "convert", "-", "--to", "csv"], &there.out);
        assert_eq!(
            (back.out.as_str(), back.err.as_str()),
            (table, ""),
            "{}",
            there.out
        );
    }
}

#[test]
fn a_title_that_a_format_would_take_for_its_own_marks_is_told() {
    let table = "start,title\n0:05,Nectar (start: 3:00)\n4:05,Pollen\n";
    let ran = beadle(
        &[
            "topics",
            "convert",
            "-",
            "--to",
            "start-lines",
            "--format",
            "csv",
        ],
        table,
    );
    assert_eq!(ran.code, Some(0));
    assert!(
        ran.err.contains("the one of 0:05 (“Nectar (start: 3:00)”)"),
        "{}",
        ran.err
    );
}

#[test]
fn an_end_that_nobody_told_is_said_to_be_made_up() {
    let convert = ["topics", "convert", "-", "--to", "webvtt"];
    let table = "0:00 Nectar\n4:05 Pollen\n";
    let ran = beadle(&convert, table);
    assert_eq!(ran.code, Some(0));
    for words in ["“Pollen”", "a second after its start at 4:05", "--duration"] {
        assert!(ran.err.contains(words), "{words}: {}", ran.err);
    }
    let ran = beadle(&[&convert[..], &["--duration", "9:00"]].concat(), table);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    assert!(ran.out.contains("--> 00:09:00"), "{}", ran.out);
}

#[test]
fn one_topic_is_counted_as_one() {
    let ran = beadle(&["topics", "lint", "-"], "0:00 Nectar\n");
    assert_eq!(ran.out, "-: 1 topic, read as youtube\n", "{}", ran.err);
    let ran = beadle(&["topics", "lint", "-"], "0:00 Nectar\n4:05 Pollen\n");
    assert_eq!(ran.out, "-: 2 topics, read as youtube\n", "{}", ran.err);
}
