//! Where a host starts the program: in the wrong folder, and in one with a file that is broken.

use super::{COURSE, Ran, beadle_in, course_folder, folder_with_a_database};

/// What lies in a folder itself, by name.
fn names_in(folder: &tempfile::TempDir) -> Vec<String> {
    let entries = std::fs::read_dir(folder.path()).expect("a folder");
    let names = entries.map(|entry| entry.expect("an entry").file_name());
    let mut names: Vec<String> = names.map(|it| it.to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn who_only_looks_in_the_wrong_folder_hears_where_the_database_should_be_and_leaves_none() {
    let folder = tempfile::tempdir().expect("a folder");
    let of = ["--course", "bees", "--lecture", "2"];
    for command in [
        &["questions"][..],
        &["digest", "--dry-run"],
        &["topics", "export", of[0], of[1], of[2], of[3]],
        &["topics", "export", of[0], of[1], "--into", "courses"],
        &["topics", "import", "-", of[0], of[1], of[2], of[3]],
        &["backup", "copy.db"],
    ] {
        let ran = beadle_in(&folder, command, "0:00 Wax\n");
        assert_eq!(ran.code, Some(5), "{command:?}: {}", ran.err);
        // The folder's full path may lie behind a link.
        let real = folder.path().canonicalize().expect("a path");
        let paths = [folder.path(), &real].map(|it| it.join("beadle.db").display().to_string());
        assert!(
            paths.iter().any(|path| ran.err.contains(path)),
            "{command:?}: {}",
            ran.err
        );
        for words in ["no database", "`database.url`", "BEADLE_DATABASE_URL"] {
            assert!(ran.err.contains(words), "{command:?}: {}", ran.err);
        }
        assert_eq!(names_in(&folder), [""; 0], "{command:?}");
    }
}

#[test]
fn who_checks_in_the_wrong_folder_hears_where_the_database_will_be_and_leaves_none() {
    let folder = tempfile::tempdir().expect("a folder");
    let ran = beadle_in(&folder, &["check"], "");
    // Of the settings: there is no token.
    assert_eq!(ran.code, Some(3), "{}", ran.out);
    assert_eq!(names_in(&folder), [""; 0]);
    let real = folder.path().canonicalize().expect("a path");
    let says = |folder: &std::path::Path| {
        let path = folder.join("beadle.db");
        format!(
            "ok    database: none yet; `beadle run` makes it: {}",
            path.display()
        )
    };
    let lines = [says(folder.path()), says(&real)];
    assert!(
        lines.iter().any(|line| ran.out.contains(line)),
        "{}",
        ran.out
    );
    std::fs::write(
        folder.path().join("beadle.toml"),
        "database.url = \"sqlite://gone/beadle.db\"\n",
    )
    .expect("written");
    let ran = beadle_in(&folder, &["check", "--config", "beadle.toml"], "");
    assert!(
        ran.out.contains("WRONG") && ran.out.contains("its folder does not exist"),
        "{}",
        ran.out
    );
}

#[test]
fn questions_tells_of_a_broken_file_that_its_course_is_shown_as_the_database_knows_it() {
    let folder = folder_with_a_database();
    let file = |name: &str| folder.path().join("config/courses").join(name);
    std::fs::write(file("bees.toml"), "[course]\nslug = \"bees\n").expect("written");
    for arguments in [&["questions", "--course", "bees"][..], &["questions"]] {
        let ran = beadle_in(&folder, arguments, "");
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        assert!(
            ran.err.contains("only what the database holds") && !ran.err.contains("left out"),
            "{}",
            ran.err
        );
    }
    let ran = beadle_in(&folder, &["digest", "--dry-run"], "");
    assert!(ran.err.contains("left out"), "{}", ran.err);
    assert!(!ran.out.contains("Bees"), "{}", ran.out);
}

/// A folder with a database, the course `bees`, and a file whose course nobody can read.
fn folder_with_a_broken_file(text: &str) -> tempfile::TempDir {
    let folder = folder_with_a_database();
    let file = folder.path().join("config/courses/moths.toml");
    std::fs::write(file, text).expect("written");
    folder
}

fn warns_of_moths(ran: &Ran) {
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let warns = |line: &str| line.contains("warning: ") && line.contains("moths.toml");
    assert!(ran.err.lines().any(warns), "{}", ran.err);
}

#[test]
fn a_broken_course_file_leaves_the_other_courses_to_be_looked_at_and_is_told() {
    let no_table = COURSE
        .replace("bees", "moths")
        .replace("topics.csv", "gone.csv");
    for broken in ["[course]\nslug = \"moths\n", &no_table] {
        let folder = folder_with_a_broken_file(broken);
        warns_of_moths(&beadle_in(&folder, &["questions"], ""));
        let digest = ["digest", "--dry-run", "--course", "bees"];
        let ran = beadle_in(&folder, &digest, "");
        warns_of_moths(&ran);
        assert!(ran.out.contains("No open questions in Bees"), "{}", ran.out);
        let export = ["topics", "export", "--course", "bees", "--lecture", "2"];
        let ran = beadle_in(&folder, &export, "");
        warns_of_moths(&ran);
        assert!(ran.out.contains("Wax"), "{}", ran.out);
        let ran = beadle_in(&folder, &["digest", "--dry-run", "--course", "moths"], "");
        assert_eq!((ran.code, ran.out.as_str()), (Some(3), ""), "{}", ran.err);
        assert!(
            ran.err.contains("there is no course `moths`"),
            "{}",
            ran.err
        );
        let ran = beadle_in(&folder, &["check"], "");
        assert_eq!(ran.code, Some(3), "{}", ran.out);
        assert!(
            ran.out.contains("WRONG") && ran.out.contains("moths.toml"),
            "{}",
            ran.out
        );
    }
}

#[test]
fn of_two_course_files_with_one_slug_the_first_is_looked_at() {
    let folder = folder_with_a_broken_file(COURSE);
    let ran = beadle_in(&folder, &["digest", "--dry-run"], "");
    warns_of_moths(&ran);
    assert_eq!(
        ran.out.matches("No open questions in Bees").count(),
        1,
        "{}",
        ran.out
    );
}

#[test]
fn a_course_is_exported_into_a_folder_that_is_made_for_it() {
    let folder = folder_with_a_database();
    let export = [
        "topics",
        "export",
        "--course",
        "bees",
        "--into",
        "new/courses",
    ];
    let ran = beadle_in(&folder, &export, "");
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let made = folder.path().join("new/courses/bees-2.csv");
    assert!(made.exists(), "{}", ran.out);
    let lookup = [
        "lookup",
        "0:30",
        "--course",
        "new/courses/bees.toml",
        "--lecture",
        "2",
    ];
    let ran = beadle_in(&folder, &lookup, "");
    assert!(ran.out.contains("Wax"), "{}{}", ran.out, ran.err);
}

#[test]
fn an_import_makes_the_database_where_a_course_file_says_that_this_is_the_place() {
    let folder = course_folder();
    let import = ["topics", "import", "-", "--lecture", "2", "--course"];
    let with = |course| [&import[..], &[course]].concat();
    let ran = beadle_in(&folder, &with("moths"), "0:00 Wax\n");
    assert_eq!(
        (ran.code, names_in(&folder)),
        (Some(5), vec!["config".to_owned()])
    );
    let ran = beadle_in(&folder, &with("bees"), "0:00 Wax\n");
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(names_in(&folder).contains(&"beadle.db".to_owned()));
}
