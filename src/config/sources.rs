//! A setting's value: from an environment variable, else from the file, else the default.

use std::cell::RefCell;
use std::ops::RangeInclusive;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::document::{Mistakes, whole_number};
use super::nearest::did_you_mean;
use super::{Environment, Problem};

/// What every overruling variable's name starts with.
const PREFIX: &str = "BEADLE_";

/// Names the file of settings; no setting itself.
pub(super) const CONFIG_VARIABLE: &str = "BEADLE_CONFIG";

const TOKEN_BELONGS: &str = "the bot token does not belong here; set DISCORD_TOKEN, or DISCORD_TOKEN_FILE to a file \
                             that holds it, and reset a token that others may have read";

/// A value before it is checked.
pub(super) enum Raw<'a> {
    /// As the file has it.
    Toml(&'a DeValue<'a>),
    /// As a variable has it.
    Variable(&'a str),
}

impl Raw<'_> {
    /// A text; in a variable with or without TOML's quotation marks.
    pub fn text(&self) -> Result<String, String> {
        match self {
            Raw::Toml(value) => value
                .as_str()
                .map(str::to_owned)
                .ok_or_else(|| "must be a text: put it in quotation marks".to_owned()),
            Raw::Variable(text) if text.starts_with(['"', '\'']) => match DeValue::parse(text) {
                Ok(value) => Raw::Toml(value.get_ref()).text(),
                Err(_) => Err("begins with a quotation mark that is not closed".to_owned()),
            },
            Raw::Variable(text) => Ok((*text).to_owned()),
        }
    }

    /// A whole number in a range.
    pub fn number(&self, range: RangeInclusive<u32>) -> Result<u32, String> {
        let number = match self {
            Raw::Toml(value) => whole_number(value),
            Raw::Variable(text) => DeValue::parse(text.trim())
                .ok()
                .and_then(|value| whole_number(value.get_ref())),
        };
        let wrong = || {
            format!(
                "must be a whole number from {} to {}",
                range.start(),
                range.end()
            )
        };
        number
            .filter(|number| range.contains(number))
            .ok_or_else(wrong)
    }
}

/// The file and the environment, which remember what they were asked for.
pub(super) struct Sources<'a> {
    root: &'a Spanned<DeTable<'a>>,
    mistakes: &'a Mistakes<'a>,
    env: &'a Environment,
    asked: RefCell<Vec<(&'static str, &'static str)>>,
    of_variables: RefCell<Vec<Problem>>,
}

impl<'a> Sources<'a> {
    pub fn new(
        root: &'a Spanned<DeTable<'a>>,
        mistakes: &'a Mistakes<'a>,
        env: &'a Environment,
    ) -> Self {
        Self {
            root,
            mistakes,
            env,
            asked: RefCell::default(),
            of_variables: RefCell::default(),
        }
    }

    /// The checked value of `[section] key`; the default where there is none, and where it is wrong (then the mistake
    /// is gathered).
    pub fn read<T>(
        &self,
        section: &'static str,
        key: &'static str,
        default: T,
        check: impl Fn(Raw<'_>) -> Result<T, String>,
    ) -> T {
        self.asked.borrow_mut().push((section, key));
        let name = variable(section, key);
        if let Some(text) = self.env.get(&name) {
            return check(Raw::Variable(text)).unwrap_or_else(|wrong| {
                self.of_variables
                    .borrow_mut()
                    .push(Problem::variable(&name, wrong));
                default
            });
        }
        match self
            .root
            .get_ref()
            .get(section)
            .and_then(|table| table.get_ref().as_table()?.get(key))
        {
            Some(value) => check(Raw::Toml(value.get_ref())).unwrap_or_else(|wrong| {
                self.mistakes.add(&value.span(), format!("`{key}` {wrong}"));
                default
            }),
            None => default,
        }
    }

    /// Refuses what nobody asked for, in the file and in the environment; gives the mistakes of the latter.
    pub fn finish(self) -> Vec<Problem> {
        self.refuse_unknown_keys();
        self.refuse_unknown_variables();
        self.of_variables.into_inner()
    }

    /// Everything that was asked for, as section and key.
    #[cfg(test)]
    pub fn asked(&self) -> Vec<(&'static str, &'static str)> {
        self.asked.borrow().clone()
    }

    fn refuse_unknown_keys(&self) {
        let asked = self.asked.borrow();
        let mut sections: Vec<_> = asked.iter().map(|(section, _)| *section).collect();
        sections.dedup();
        for (name, value) in self.root.get_ref() {
            let section = name.get_ref().as_ref();
            let keys: Vec<_> = asked
                .iter()
                .filter(|(of, _)| *of == section)
                .map(|(_, key)| *key)
                .collect();
            match value.get_ref().as_table() {
                _ if section == "token" => self.mistakes.add(&name.span(), TOKEN_BELONGS),
                Some(table) if !keys.is_empty() => self.refuse_keys_of(section, table, &keys),
                Some(_) => {
                    let meant = did_you_mean(section, &sections);
                    self.mistakes.add(
                        &name.span(),
                        format!("there is no section [{section}]{meant}"),
                    );
                }
                None => {
                    let known = sections.join("], [");
                    let message = format!(
                        "`{section}` stands in no section; write it under one of [{known}]"
                    );
                    self.mistakes.add(&name.span(), message);
                }
            }
        }
    }

    fn refuse_keys_of(&self, section: &str, table: &DeTable<'_>, keys: &[&str]) {
        for key in table
            .keys()
            .filter(|key| !keys.contains(&key.get_ref().as_ref()))
        {
            let message = match key.get_ref().as_ref() {
                "token" => TOKEN_BELONGS.to_owned(),
                unknown => format!(
                    "[{section}] has no key `{unknown}`{}",
                    did_you_mean(unknown, keys)
                ),
            };
            self.mistakes.add(&key.span(), message);
        }
    }

    fn refuse_unknown_variables(&self) {
        let mut known: Vec<_> = self
            .asked
            .borrow()
            .iter()
            .map(|(section, key)| variable(section, key))
            .collect();
        known.push(CONFIG_VARIABLE.to_owned());
        for name in self.env.names().filter(|name| name.starts_with(PREFIX)) {
            if known.iter().any(|known| known == name) {
                continue;
            }
            let message = match name.ends_with("TOKEN") {
                true => TOKEN_BELONGS.to_owned(),
                false => format!("overrules no setting{}", did_you_mean(name, &known)),
            };
            self.of_variables
                .borrow_mut()
                .push(Problem::variable(name, message));
        }
    }
}

/// `BEADLE_CATCH_UP_MAX_DAYS` of `catch_up` and `max_days`.
fn variable(section: &str, key: &str) -> String {
    format!("{PREFIX}{section}_{key}").to_uppercase()
}
