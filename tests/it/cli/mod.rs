//! The program as a host runs it: what it prints, and the code that it exits with.

mod answering;
mod bot;
mod folders;
mod kept;
mod lookups;
mod reading;
mod sending;
mod tables;

use std::io::Write;
use std::process::{Command, Output, Stdio};

/// What a run of the program left behind.
pub(crate) struct Ran {
    pub out: String,
    pub err: String,
    pub code: Option<i32>,
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
        Self {
            out: text(output.stdout),
            err: text(output.stderr),
            code: output.status.code(),
        }
    }
}

/// The program in a folder of its own, with nothing of this process's environment.
pub(crate) fn program(folder: &tempfile::TempDir, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_beadle"));
    command
        .args(arguments)
        .env_clear()
        .current_dir(folder.path());
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// Runs the program in an empty folder, with that on standard input.
fn beadle(arguments: &[&str], input: &str) -> Ran {
    let folder = tempfile::tempdir().expect("a folder");
    beadle_in(&folder, arguments, input)
}

/// Runs the program in a folder, with that on standard input.
fn beadle_in(folder: &tempfile::TempDir, arguments: &[&str], input: &str) -> Ran {
    let mut child = program(folder, arguments).spawn().expect("it starts");
    let mut stdin = child.stdin.take().expect("piped");
    // A program that reads nothing may be gone already.
    let _ = stdin.write_all(input.as_bytes());
    drop(stdin);
    child.wait_with_output().expect("it ends").into()
}

/// A folder with a course of one lecture.
pub(crate) fn course_folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let put =
        |name: &str, text: &str| std::fs::write(folder.path().join(name), text).expect("written");
    std::fs::create_dir_all(folder.path().join("config/courses")).expect("a folder");
    put("config/courses/bees.toml", COURSE);
    put(
        "config/topics.csv",
        "start,end,title\n0:00,,Why bees dance\n10:00,20:00,The waggle\n",
    );
    folder
}

/// The same with a database, as `run` and what is set up leave one behind.
fn folder_with_a_database() -> tempfile::TempDir {
    let folder = course_folder();
    let import = [
        "topics",
        "import",
        "-",
        "--course",
        "bees",
        "--lecture",
        "2",
    ];
    let ran = beadle_in(&folder, &import, "0:00 Wax\n");
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    folder
}

pub(crate) const COURSE: &str = r#"
[course]
slug = "bees"
name = "Bees"
server = "1200000000000000001"
timezone = "Europe/London"
staff_roles = ["1200000000000000010"]
watch = ["1200000000000000101"]

[[lecture]]
slug = "1"
title = "Dances"
date = 2025-01-06
duration = "30:00"
topics = "../topics.csv"

[[lecture]]
slug = "2"
title = "Hives"
date = 2024-01-06
"#;
