//! Every command, menu and control that Beadle has, one row each: what it is called, what it takes, who
//! may use it, who sees what comes of it, and the use case that deals with it.
//!
//! Discord is told of the commands from these rows, the README's table is tested against them, and
//! whoever types a prefix finds them here. To add one, add its row, its use case and its sentences.

mod controls;
mod options;
mod row;
mod table;
mod typed;

pub use self::controls::{CONTROLS, MENUS};
pub(crate) use self::row::Run;
pub use self::row::{By, CommandRow, ControlRow, Kind, MenuRow, Offers, OptionRow, SeenBy};
pub use self::table::COMMANDS;
pub(crate) use self::typed::{Typed, is_for_a_bot};
use super::interaction::Deed;

/// Whether a deed needs to know what Beadle may do on the server.
pub fn looks_around(deed: &Deed) -> bool {
    match deed {
        Deed::Command { path, .. } => path.starts_with("course "),
        Deed::Control { id, .. } | Deed::Form { id, .. } => id.starts_with("setup:"),
        Deed::Menu { .. } | Deed::Unusable(_) => false,
    }
}

/// The slash command of that name.
pub fn named(path: &str) -> Option<&'static CommandRow> {
    COMMANDS.iter().find(|row| row.path == path)
}

/// The menu command of that name.
pub fn menu(name: &str) -> Option<&'static MenuRow> {
    MENUS.iter().find(|row| row.name == name)
}

/// The control or form with that tag.
pub fn control(tag: &str) -> Option<&'static ControlRow> {
    CONTROLS.iter().find(|row| row.tag == tag)
}

#[cfg(test)]
mod tests {
    use super::options::FORMATS;
    use super::*;
    use crate::formats::TopicFormat;

    #[test]
    fn every_format_can_be_chosen() {
        let names = TopicFormat::ALL.iter().map(ToString::to_string);
        let values = FORMATS.iter().map(|(_, value)| (*value).to_owned());
        assert!(values.eq(names));
    }

    /// Discord's reference, "Application Commands": lengths, and what has to be given stands first.
    #[test]
    fn every_row_is_one_that_discord_takes() {
        for row in COMMANDS {
            assert!(row.about.chars().count() <= 100, "{}", row.path);
            let required = row.options.iter().map(|option| option.required);
            assert!(required.is_sorted_by(|a, b| a >= b), "{}", row.path);
            for option in row.options {
                assert!(
                    option.about.chars().count() <= 100,
                    "{} {}",
                    row.path,
                    option.name
                );
            }
        }
    }

    #[test]
    fn no_two_rows_have_the_same_name() {
        let mut names: Vec<&str> = COMMANDS.iter().map(|row| row.path).collect();
        names.extend(MENUS.iter().map(|row| row.name));
        names.extend(CONTROLS.iter().map(|row| row.tag).filter(|tag| {
            // A control may be called like the command that shows it.
            !COMMANDS.iter().any(|row| row.path == *tag)
        }));
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count);
    }
}
