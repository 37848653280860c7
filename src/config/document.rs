//! A TOML document read table by table: what is missing, of the wrong type or unknown is gathered, not thrown.
//!
//! serde would stop at the first mistake; people want to see them all.

use std::cell::RefCell;
use std::ops::{Range, RangeInclusive};
use std::str::FromStr;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::Problem;
use super::nearest::did_you_mean;

/// Where mistakes of one file are gathered.
pub(super) struct Mistakes<'i> {
    file: &'i str,
    text: &'i str,
    found: RefCell<Vec<Problem>>,
}

/// A value and where it stands, in bytes.
#[derive(Debug, Clone)]
pub(super) struct Located<T> {
    pub value: T,
    pub span: Range<usize>,
}

impl<'i> Mistakes<'i> {
    pub fn new(file: &'i str, text: &'i str) -> Self {
        Self {
            file,
            text,
            found: RefCell::default(),
        }
    }

    /// The document's root, as much of it as can be read; mistakes of syntax are gathered.
    pub fn parse(&self) -> Spanned<DeTable<'i>> {
        let (root, errors) = DeTable::parse_recoverable(self.text);
        for error in errors {
            let message = format!(
                "this is not TOML: {}; texts stand in quotation marks, days as 2026-02-09",
                error.message()
            );
            self.add(&error.span().unwrap_or(0..0), message);
        }
        root
    }

    pub fn add(&self, span: &Range<usize>, message: impl Into<String>) {
        self.found
            .borrow_mut()
            .push(Problem::at(self.file, self.text, span, message));
    }

    pub fn is_empty(&self) -> bool {
        self.found.borrow().is_empty()
    }

    /// All that was found, in the order of the file.
    pub fn into_problems(self) -> Vec<Problem> {
        let mut problems = self.found.into_inner();
        problems.sort_by_key(|problem| match &problem.place {
            super::Place::Line { line, column, .. } => (*line, *column),
            _ => (0, 0),
        });
        problems
    }
}

/// A table that remembers which keys it was asked for, so that the others can be refused.
pub(super) struct Table<'a, 'i> {
    /// As people see it: `[digest]`.
    name: String,
    table: &'a DeTable<'i>,
    span: Range<usize>,
    mistakes: &'a Mistakes<'i>,
    asked: RefCell<Vec<&'static str>>,
}

impl<'a, 'i> Table<'a, 'i> {
    pub fn root(root: &'a Spanned<DeTable<'i>>, mistakes: &'a Mistakes<'i>) -> Self {
        Self::new("the file".into(), root.get_ref(), 0..0, mistakes)
    }

    fn new(
        name: String,
        table: &'a DeTable<'i>,
        span: Range<usize>,
        mistakes: &'a Mistakes<'i>,
    ) -> Self {
        Self {
            name,
            table,
            span,
            mistakes,
            asked: RefCell::default(),
        }
    }

    /// A key's value as it stands.
    pub fn value(&self, key: &'static str) -> Option<&'a Spanned<DeValue<'i>>> {
        self.asked.borrow_mut().push(key);
        self.table.get(key)
    }

    /// A text.
    pub fn text(&self, key: &'static str) -> Option<Located<String>> {
        let value = self.value(key)?;
        self.as_text(key, value)
    }

    /// A text that must be there and must not be blank.
    pub fn required(&self, key: &'static str) -> Option<Located<String>> {
        if self.value(key).is_none() {
            self.mistakes
                .add(&self.span, format!("{} needs `{key}`", self.name));
            return None;
        }
        let text = self.text(key)?;
        if text.value.trim().is_empty() {
            self.mistakes.add(&text.span, format!("`{key}` is empty"));
            return None;
        }
        Some(text)
    }

    /// A text, parsed.
    pub fn parsed<T: FromStr<Err: std::fmt::Display>>(&self, key: &'static str) -> Option<T> {
        self.parse(self.text(key)?)
    }

    /// A text that must be there, parsed.
    pub fn required_parsed<T: FromStr<Err: std::fmt::Display>>(
        &self,
        key: &'static str,
    ) -> Option<T> {
        self.parse(self.required(key)?)
    }

    fn parse<T: FromStr<Err: std::fmt::Display>>(&self, text: Located<String>) -> Option<T> {
        self.checked(&text, T::from_str(&text.value))
    }

    /// The value of a check; its error is a mistake at that text.
    pub fn checked<T, E: std::fmt::Display>(
        &self,
        text: &Located<String>,
        checked: Result<T, E>,
    ) -> Option<T> {
        checked
            .map_err(|error| self.mistakes.add(&text.span, error.to_string()))
            .ok()
    }

    /// A list of texts, each with its place.
    pub fn texts(&self, key: &'static str) -> Option<Located<Vec<Located<String>>>> {
        let value = self.value(key)?;
        let Some(list) = value.get_ref().as_array() else {
            self.wrong_type(key, "a list of texts, such as [\"…\"]", value);
            return None;
        };
        let texts = list
            .iter()
            .filter_map(|value| self.as_text(key, value))
            .collect();
        Some(Located {
            value: texts,
            span: value.span(),
        })
    }

    /// A list of texts, each parsed; an absent one is empty.
    pub fn all_parsed<T: FromStr<Err: std::fmt::Display>>(
        &self,
        key: &'static str,
    ) -> Vec<Located<T>> {
        let texts = self.texts(key).map(|texts| texts.value).unwrap_or_default();
        let parse = |text: Located<String>| {
            let span = text.span.clone();
            Some(Located {
                value: self.parse(text)?,
                span,
            })
        };
        texts.into_iter().filter_map(parse).collect()
    }

    /// A whole number in a range.
    pub fn number(&self, key: &'static str, range: RangeInclusive<u32>) -> Option<u32> {
        let value = self.value(key)?;
        let number = whole_number(value.get_ref()).filter(|number| range.contains(number));
        if number.is_none() {
            let wanted = format!("a whole number from {} to {}", range.start(), range.end());
            self.wrong_type(key, &wanted, value);
        }
        number
    }

    /// `true` or `false`.
    pub fn flag(&self, key: &'static str) -> Option<bool> {
        let value = self.value(key)?;
        let flag = value.get_ref().as_bool();
        if flag.is_none() {
            self.wrong_type(key, "`true` or `false`", value);
        }
        flag
    }

    /// The table `[key]`.
    pub fn table(&self, key: &'static str) -> Option<Table<'a, 'i>> {
        let value = self.value(key)?;
        match value.get_ref().as_table() {
            Some(table) => Some(Self::new(
                format!("[{key}]"),
                table,
                value.span(),
                self.mistakes,
            )),
            None => {
                self.wrong_type(key, &format!("a table: write it as [{key}]"), value);
                None
            }
        }
    }

    /// The tables `[[key]]`.
    pub fn tables(&self, key: &'static str) -> Vec<Table<'a, 'i>> {
        let Some(value) = self.value(key) else {
            return Vec::new();
        };
        let list = value
            .get_ref()
            .as_array()
            .map(|list| list.iter().collect::<Vec<_>>());
        let tables = list.and_then(|list| {
            let table = |value: &'a Spanned<DeValue<'i>>| {
                let table = value.get_ref().as_table()?;
                Some(Self::new(
                    format!("[[{key}]]"),
                    table,
                    value.span(),
                    self.mistakes,
                ))
            };
            list.into_iter().map(table).collect::<Option<Vec<_>>>()
        });
        tables.unwrap_or_else(|| {
            self.wrong_type(
                key,
                &format!("one table or several: write each as [[{key}]]"),
                value,
            );
            Vec::new()
        })
    }

    /// Refuses the keys that nobody asked for.
    pub fn finish(&self) {
        let known = self.asked.borrow();
        for key in self
            .table
            .keys()
            .filter(|key| !known.contains(&key.get_ref().as_ref()))
        {
            let meant = did_you_mean(key.get_ref(), &known);
            self.mistakes.add(
                &key.span(),
                format!("{} has no key `{}`{meant}", self.name, key.get_ref()),
            );
        }
    }

    fn as_text(&self, key: &str, value: &Spanned<DeValue<'i>>) -> Option<Located<String>> {
        match value.get_ref().as_str() {
            Some(text) => Some(Located {
                value: text.to_owned(),
                span: value.span(),
            }),
            None => {
                self.wrong_type(key, "a text: put it in quotation marks", value);
                None
            }
        }
    }

    fn wrong_type(&self, key: &str, wanted: &str, value: &Spanned<DeValue<'i>>) {
        self.mistakes
            .add(&value.span(), format!("`{key}` must be {wanted}"));
    }
}

/// The number, unless it is none, negative or too large.
pub(super) fn whole_number(value: &DeValue<'_>) -> Option<u32> {
    let integer = value.as_integer()?;
    u32::from_str_radix(integer.as_str(), integer.radix()).ok()
}
