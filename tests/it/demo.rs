//! `beadle demo`: what somebody sees who has just cloned the repository.

use std::process::Command;

#[test]
fn the_demo_ends_well_and_shows_lookups_and_the_digest() {
    let ran = Command::new(env!("CARGO_BIN_EXE_beadle"))
        .arg("demo")
        .output();
    let ran = ran.expect("the program starts");
    let out = String::from_utf8_lossy(&ran.stdout);
    assert!(
        ran.status.success(),
        "{out}{}",
        String::from_utf8_lossy(&ran.stderr)
    );
    for part in [
        "!t 52:14",
        "Watch from 52:14",
        "📌",
        "9 open",
        "asked by 2",
        "maybe answered",
    ] {
        assert!(out.contains(part), "{part} is not in {out}");
    }
    assert!(
        !out.contains('\u{1b}'),
        "no colours where there is no terminal"
    );
}
