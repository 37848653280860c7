//! JSON values as they stand in the input, so that each mistake can be named by its place.
//!
//! An object is read one level at a time: its values stay text until somebody asks for them. So a
//! mistake in one does not hide those in others, and what nobody asks for is skipped however deep
//! it is.

use serde::Deserialize;
use serde_json::value::RawValue;

use super::source::Source;

/// A value's text and the byte at which it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Value<'s> {
    pub text: &'s str,
    pub at: usize,
}

/// Why a value cannot be read: the byte and the parser's words, without a place of their own.
pub(super) struct Unreadable {
    pub at: usize,
    pub words: String,
    /// Whether the text is not JSON at all, or is cut off.
    pub is_broken: bool,
}

impl<'s> Value<'s> {
    /// All of an input.
    pub fn whole(source: &'s Source) -> Self {
        Self {
            text: source.text(),
            at: 0,
        }
    }

    /// A part of an input.
    pub fn of(source: &Source, raw: &'s RawValue) -> Self {
        Self {
            text: raw.get(),
            at: source.byte_of(raw.get()),
        }
    }

    /// Whether it is an object.
    pub fn is_object(self) -> bool {
        self.text.starts_with('{')
    }

    /// Whether it is an array.
    pub fn is_array(self) -> bool {
        self.text.starts_with('[')
    }

    /// Reads it as a type that borrows its parts from the input.
    pub fn read<T: Deserialize<'s>>(self) -> Result<T, Unreadable> {
        serde_json::from_str(self.text).map_err(|error| self.unreadable(&error))
    }

    fn unreadable(self, error: &serde_json::Error) -> Unreadable {
        let words = error.to_string();
        let words = words.split(" at line ").next().unwrap_or_default();
        let line_start = match error.line() {
            0 | 1 => 0,
            line => {
                let mut breaks = self.text.match_indices('\n');
                breaks.nth(line - 2).map_or(0, |(at, _)| at + 1)
            }
        };
        let at = line_start + error.column().saturating_sub(1);
        Unreadable {
            at: self.at + at.min(self.text.len()),
            words: words.to_owned(),
            is_broken: !error.is_data(),
        }
    }
}

/// What the first key of the text's outermost object that `meaning` knows means. Reads no further,
/// so that a text that is large or cut off is told as well.
pub(super) fn first_known_key<M>(text: &str, meaning: fn(&str) -> Option<M>) -> Option<M> {
    let mut found = None;
    let keys = Keys {
        meaning,
        found: &mut found,
    };
    // It ends in an error as soon as a key is known, or where the text is broken.
    let _ = serde::de::DeserializeSeed::deserialize(
        keys,
        &mut serde_json::Deserializer::from_str(text),
    );
    found
}

struct Keys<'f, M> {
    meaning: fn(&str) -> Option<M>,
    found: &'f mut Option<M>,
}

impl<'de, M> serde::de::DeserializeSeed<'de> for Keys<'_, M> {
    type Value = ();

    fn deserialize<D: serde::Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_map(self)
    }
}

impl<'de, M> serde::de::Visitor<'de> for Keys<'_, M> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            *self.found = (self.meaning)(&key);
            if self.found.is_some() {
                return Err(serde::de::Error::custom("known"));
            }
            map.next_value::<serde::de::IgnoredAny>()?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistake_is_placed_in_the_whole_input() {
        let source = Source::of("{\n  \"a\": {\n    \"b\": 1, oops}\n}");
        let error = Value::whole(&source).read::<&RawValue>().err().unwrap();
        assert_eq!(&source.text()[error.at..error.at + 4], "oops");
        assert!(error.is_broken && !error.words.contains("line"));
    }

    #[test]
    fn a_key_is_told_in_a_text_that_is_cut_off() {
        let known = |key: &str| (key == "b").then_some(());
        assert_eq!(
            first_known_key("{\"a\": [1, {}], \"b\": {", known),
            Some(())
        );
        assert_eq!(first_known_key("{\"a\": {\"b\": 1}}", known), None);
        assert_eq!(first_known_key("[", known), None);
    }

    #[test]
    fn depth_costs_no_stack() {
        let deep = format!(
            "{{\"a\": {}1{}, \"b\": 1}}",
            "[".repeat(1_000_000),
            "]".repeat(1_000_000)
        );
        assert_eq!(
            first_known_key(&deep, |key| (key == "b").then_some(())),
            Some(())
        );
        let source = Source::of(deep);
        assert!(Value::whole(&source).read::<&RawValue>().is_ok());
    }
}
