//! What the documents say can be done: every command, setting, file and link in them is there.

use std::path::Path;
use std::process::Command;

use beadle::app::command::{By, COMMANDS, MENUS};
use beadle::domain::question::QuestionState;
use regex::Regex;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
const README: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md"));
const ARCHITECTURE: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/ARCHITECTURE.md"));
const CHANGELOG: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/CHANGELOG.md"));
const SETTINGS: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/config/beadle.toml"));

/// The words of every command line of Beadle's in the README: `["topics", "lint", "FILE"]`.
fn command_lines() -> Vec<Vec<&'static str>> {
    let call = Regex::new(r"(?m)^(?:\$ )?(?:cargo run -- |beadle )(.+)$").expect("a pattern");
    let in_tables = Regex::new(r"(?m)^\| `beadle ([^`]+)`").expect("a pattern");
    let found = call
        .captures_iter(README)
        .chain(in_tables.captures_iter(README));
    let lines = found.map(|line| line.extract::<1>().1[0]);
    lines
        .map(|line| line.split_whitespace().collect())
        .collect()
}

/// What `beadle … --help` prints; empty where there is no such command.
fn help(command: &[&str]) -> String {
    let beadle = Command::new(env!("CARGO_BIN_EXE_beadle"))
        .args(command)
        .arg("--help")
        .output()
        .expect("the program starts");
    if beadle.status.success() {
        String::from_utf8_lossy(&beadle.stdout).into_owned()
    } else {
        String::new()
    }
}

/// How many words name the command: `topics lint` are two, `lookup 52:14` is one.
fn named<'a>(line: &'a [&'a str]) -> &'a [&'a str] {
    let words = if line[0] == "topics" { 2 } else { 1 };
    &line[..words.min(line.len())]
}

/// What of a command line the program does not know, in a sentence.
fn unknown_in(line: &[&str]) -> Option<String> {
    let help = help(named(line));
    if help.is_empty() {
        return Some(format!(
            "`beadle {}`: there is no such command",
            line.join(" ")
        ));
    }
    let mut options = line.iter().filter(|word| word.starts_with("--"));
    let unknown = options.find(|option| !help.contains(option.trim_end_matches(']')))?;
    Some(format!(
        "`beadle {}`: there is no `{unknown}`",
        line.join(" ")
    ))
}

#[test]
fn every_command_in_the_readme_is_in_the_help() {
    let lines = command_lines();
    assert!(lines.len() > 10, "the README's commands are found");
    let unknown: Vec<String> = lines.iter().filter_map(|line| unknown_in(line)).collect();
    assert!(
        unknown.is_empty(),
        "README.md promises what is not there:\n{}",
        unknown.join("\n")
    );
}

/// The commands that a help lists, without `help` itself.
fn listed_in(help: &str) -> Vec<String> {
    let listed = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let listed = listed.take_while(|line| line.starts_with(' '));
    // What begins further to the right goes on with the line above.
    let names = listed.filter_map(|line| line.strip_prefix("  ").filter(|it| !it.starts_with(' ')));
    let names = names.filter_map(|line| line.split_whitespace().next());
    names
        .filter(|name| *name != "help")
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_command_of_the_program_is_in_the_readmes_table() {
    let mut commands = listed_in(&help(&[]));
    assert!(commands.len() > 10, "{commands:?}");
    let of_topics = listed_in(&help(&["topics"]));
    assert!(of_topics.len() >= 5, "{of_topics:?}");
    commands.retain(|name| name != "topics");
    commands.extend(of_topics.iter().map(|name| format!("topics {name}")));
    let options = [
        "explain --answers",
        "explain --pairs",
        "invite --application",
    ];
    commands.extend(options.map(str::to_owned));
    for command in commands {
        let row = Regex::new(&format!(r"(?m)^\| `beadle {command}\b[^`]*` \|")).expect("a pattern");
        assert!(
            row.is_match(README),
            "README.md lacks a row for `beadle {command}`"
        );
    }
}

#[test]
fn every_state_of_a_question_is_told_in_the_readme() {
    let help = help(&["questions"]);
    for state in QuestionState::ALL {
        let row = format!("| `{state}` |");
        assert!(README.contains(&row), "README.md lacks the row `{row}`");
        assert!(help.contains(state.name()), "{help}");
    }
}

#[test]
fn every_setting_is_in_the_readme_with_its_default() {
    let settings: toml::Table = SETTINGS.parse().expect("right settings");
    for (section, keys) in &settings {
        for (key, default) in keys.as_table().expect("a section") {
            let row = format!("| `{section}.{key}` | `{default}` |");
            assert!(README.contains(&row), "README.md lacks the row `{row}`");
        }
    }
}

#[test]
fn every_file_that_a_document_names_is_there() {
    let link = Regex::new(r"\]\(([^)#:]+)\)").expect("a pattern");
    let path =
        Regex::new(r"`((?:src|sandbox|tests|config|deploy|benches|migrations|\.ci)/[\w./-]+)`");
    let path = path.expect("a pattern");
    for (name, text) in [
        ("README", README),
        ("ARCHITECTURE", ARCHITECTURE),
        ("CHANGELOG", CHANGELOG),
    ] {
        for found in link.captures_iter(text).chain(path.captures_iter(text)) {
            let file = &found[1];
            assert!(
                Path::new(ROOT).join(file).exists(),
                "{name}.md names `{file}`, which is not there"
            );
        }
    }
}

/// The README's table of commands, as the rows of the code would have it.
fn table_of_commands() -> String {
    let mut table = "| command | for | |\n|---|---|---|\n".to_owned();
    for row in COMMANDS {
        let options = row
            .options
            .iter()
            .map(|option| format!(" `{}`", option.name));
        let by = match row.by {
            By::Anybody => "everybody",
            By::Staff => "staff",
            By::Administrators => "administrators",
        };
        let options: String = options.collect();
        table += &format!("| `/{}`{options} | {by} | {} |\n", row.path, row.about);
    }
    table
}

#[test]
fn the_readmes_commands_are_those_of_the_code() {
    let table = table_of_commands();
    assert!(README.contains(&table), "README.md should hold:\n{table}");
    for row in MENUS {
        assert!(
            README.contains(&format!("**{}**", row.name)),
            "{}",
            row.name
        );
    }
}
