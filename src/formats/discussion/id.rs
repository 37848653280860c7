//! Ids and names in JSON, as text or as numbers.

use serde::{Deserialize, Deserializer, de};

/// An id or a name, as text or as a number.
pub(super) struct Id(pub String);

impl Id {
    /// Its text; none if it is empty.
    pub fn text(id: Option<Self>) -> Option<String> {
        id.map(|Self(text)| text).filter(|text| !text.is_empty())
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Either;
        impl de::Visitor<'_> for Either {
            type Value = Id;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a text or a whole number")
            }

            fn visit_u64<E>(self, id: u64) -> Result<Id, E> {
                Ok(Id(id.to_string()))
            }

            fn visit_i64<E>(self, id: i64) -> Result<Id, E> {
                Ok(Id(id.to_string()))
            }

            fn visit_str<E>(self, id: &str) -> Result<Id, E> {
                Ok(Id(id.to_owned()))
            }
        }
        from.deserialize_any(Either)
    }
}
