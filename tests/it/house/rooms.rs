//! Who may use whom: the table of `ARCHITECTURE.md`, held against every path in `src`.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use super::sources::{self, SourceFile};

/// A module right below the crate's root, and what it may use besides itself and `std`.
struct Room {
    name: &'static str,
    rooms: &'static [&'static str],
    crates: &'static [&'static str],
}

const EVERY_ROOM: &[&str] = &[
    "app", "cli", "clock", "config", "crash", "demo", "discord", "domain", "formats", "reading",
    "store",
];

/// The rooms, from the innermost out.
const ROOMS: &[Room] = &[
    Room {
        name: "clock",
        rooms: &[],
        crates: &["jiff", "tokio"],
    },
    Room {
        name: "crash",
        rooms: &[],
        crates: &["fail"],
    },
    Room {
        name: "domain",
        rooms: &[],
        crates: &[
            "jiff",
            "serde",
            "thiserror",
            "unicode_normalization",
            "unicode_segmentation",
        ],
    },
    Room {
        name: "reading",
        rooms: &["domain"],
        crates: &["regex", "unicode_normalization", "unicode_segmentation"],
    },
    Room {
        name: "formats",
        rooms: &["domain"],
        crates: &[
            "csv",
            "jiff",
            "quick_xml",
            "regex",
            "serde",
            "serde_json",
            "thiserror",
            "toml",
        ],
    },
    Room {
        name: "config",
        rooms: &["domain"],
        crates: &[
            "jiff",
            "secrecy",
            "serde",
            "thiserror",
            "toml",
            "unicode_segmentation",
        ],
    },
    Room {
        name: "store",
        rooms: &["domain"],
        crates: &["sqlx", "thiserror", "tokio"],
    },
    Room {
        name: "app",
        rooms: &["clock", "crash", "domain", "formats", "reading", "store"],
        crates: &["jiff", "serde", "serde_json", "thiserror", "tokio"],
    },
    Room {
        name: "discord",
        rooms: &["app", "clock", "config", "crash", "domain", "store"],
        crates: &[
            "futures_util",
            "jiff",
            "reqwest",
            "resvg",
            "secrecy",
            "serde",
            "serde_json",
            "serenity",
            "thiserror",
            "tokio",
            "tracing",
        ],
    },
    Room {
        name: "demo",
        rooms: EVERY_ROOM,
        crates: EDGE,
    },
    Room {
        name: "cli",
        rooms: EVERY_ROOM,
        crates: EDGE,
    },
];

/// What the rooms at the edge may use: all but serenity, which is `discord`'s, and sqlx, which is
/// `store`'s.
const EDGE: &[&str] = &[
    "anyhow",
    "clap",
    "clap_complete",
    "futures_util",
    "jiff",
    "sandbox",
    "secrecy",
    "serde",
    "serde_json",
    "tempfile",
    "thiserror",
    "tokio",
    "toml",
    "tracing",
    "tracing_subscriber",
    "unicode_segmentation",
    "regex",
];

/// Parts of the standard library that reach out of the process.
const OUTSIDE: &[&str] = &["env", "fs", "net", "process"];
/// The rooms without IO of their own.
const WITHOUT_IO: &[&str] = &["app", "domain", "formats", "reading"];

/// Something that a file names: a module below the crate's root, another crate, a part of `std`.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Use {
    Room(String),
    Crate(String),
    Std(String),
}

/// Everything that a file names in its `use` lines and in qualified paths.
fn uses_of(file: &SourceFile) -> BTreeSet<Use> {
    let mut uses = BTreeSet::new();
    for name in behind(&file.code, "crate::") {
        if EVERY_ROOM.contains(&name) {
            uses.insert(Use::Room(name.to_owned()));
        }
    }
    // Through so many `super` the crate's root is reached.
    let to_the_root = "super::".repeat(file.module.len());
    for name in behind(&file.code, &to_the_root) {
        if EVERY_ROOM.contains(&name) {
            uses.insert(Use::Room(name.to_owned()));
        }
    }
    for name in behind(&file.code, "std::") {
        uses.insert(Use::Std(name.to_owned()));
    }
    static HEAD: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(?:^|[^:\w$])([a-z]\w*)::").expect("a pattern"));
    for found in HEAD.captures_iter(&file.code) {
        if dependencies().contains(&found[1]) {
            uses.insert(Use::Crate(found[1].to_owned()));
        }
    }
    uses
}

/// The names right behind a prefix: `a` in `crate::a::b`, `a` and `c` in `crate::{a::b, c}`.
fn behind<'a>(code: &'a str, prefix: &str) -> Vec<&'a str> {
    let glued = |at: usize| {
        let before = code[..at].chars().next_back();
        prefix.is_empty() || before.is_some_and(|c| c == ':' || c == '_' || c.is_alphanumeric())
    };
    let found = code.match_indices(prefix).filter(|(at, _)| !glued(*at));
    let found = found.flat_map(|(at, _)| names(&code[at + prefix.len()..]));
    found.collect()
}

fn names(rest: &str) -> Vec<&str> {
    let Some(group) = rest.strip_prefix('{') else {
        return vec![first_word(rest)];
    };
    let (mut depth, mut begins) = (0_i32, 0);
    let mut names = Vec::new();
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => {
                names.push(first_word(&group[begins..at]));
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                names.push(first_word(&group[begins..at]));
                begins = at + 1;
            }
            _ => {}
        }
    }
    names
}

fn first_word(text: &str) -> &str {
    let text = text.trim_start();
    let end = text.find(|c: char| c != '_' && !c.is_alphanumeric());
    &text[..end.unwrap_or(text.len())]
}

/// The crates that Beadle depends on, as code names them.
fn dependencies() -> &'static BTreeSet<String> {
    static NAMES: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
        let manifest = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"));
        let manifest: toml::Table = manifest.parse().expect("a manifest");
        let table = manifest["dependencies"].as_table().expect("a table");
        table.keys().map(|name| name.replace('-', "_")).collect()
    });
    &NAMES
}

/// What a file names that its room may not, each in a sentence.
fn trespasses(file: &SourceFile) -> Vec<String> {
    let Some(name) = file.room() else {
        return Vec::new();
    };
    let Some(room) = ROOMS.iter().find(|room| room.name == name) else {
        return vec![format!(
            "src/{}: `{name}` is not in the table of rooms",
            file.path
        )];
    };
    let forbidden = |used: &Use| match used {
        Use::Room(other) if other == name || room.rooms.contains(&other.as_str()) => None,
        Use::Room(other) => Some(format!("`{other}`")),
        Use::Crate(other) if room.crates.contains(&other.as_str()) => None,
        Use::Crate(other) => Some(format!("the crate `{other}`")),
        Use::Std(part) => (OUTSIDE.contains(&part.as_str()) && WITHOUT_IO.contains(&name))
            .then(|| format!("`std::{part}`")),
    };
    uses_of(file)
        .iter()
        .filter_map(forbidden)
        .map(|what| format!("src/{}: `{name}` may not use {what}", file.path))
        .collect()
}

#[test]
fn every_room_uses_only_what_the_table_lets_it_use() {
    let files = sources::all();
    assert!(files.len() > 100, "the files are found");
    let trespasses: Vec<String> = files.iter().flat_map(trespasses).collect();
    assert!(
        trespasses.is_empty(),
        "move the code to where it belongs, or change the table here and in ARCHITECTURE.md:\n{}",
        trespasses.join("\n")
    );
}

#[test]
fn the_table_here_is_the_table_in_architecture_md() {
    let document = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/ARCHITECTURE.md"));
    for room in ROOMS {
        let rooms = if room.rooms == EVERY_ROOM {
            "every room".to_owned()
        } else if room.rooms.is_empty() {
            "no room".to_owned()
        } else {
            room.rooms.join(", ")
        };
        let row = format!("| {} | {rooms} |", room.name);
        assert!(
            document.contains(&row),
            "ARCHITECTURE.md lacks the row `{row}`"
        );
    }
}

#[test]
fn names_are_found_however_they_are_written() {
    let code =
        "use crate::{cli, domain::{ids, app}};\nfn f() { $crate::store::x(); my_crate::demo(); }";
    assert_eq!(behind(code, "crate::"), ["cli", "domain", "store"]);
    assert_eq!(
        behind("use super::super::discord::x;", "super::super::"),
        ["discord"]
    );
}

/// A file is two ideas when it outgrows this.
const MOST_LINES: usize = 400;
/// What may: a table of rules is one idea however long, and this one is still to be split.
const LONGER: &[&str] = &["reading/english.rs", "app/answer.rs"];

#[test]
fn no_file_outgrows_what_can_be_read_in_one_go() {
    let long: Vec<String> = sources::all()
        .iter()
        .filter(|file| file.lines > MOST_LINES && !LONGER.contains(&file.path.as_str()))
        .map(|file| format!("src/{}: {} lines without its tests", file.path, file.lines))
        .collect();
    assert!(
        long.is_empty(),
        "split where the second idea begins:\n{}",
        long.join("\n")
    );
}
