//! Discord's ids, each a type of its own so that a channel is never taken for a message.

use std::fmt;
use std::str::FromStr;

/// Discord's epoch, 2015-01-01T00:00:00Z, in Unix milliseconds (Discord's reference, "Snowflakes").
pub const DISCORD_EPOCH_MS: i64 = 1_420_070_400_000;

/// An id that is not a whole number, as Discord writes them.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a Discord id; ids are whole numbers such as `1200000000000000101`")]
pub struct IdError(String);

macro_rules! snowflake {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u64);

        impl $name {
            /// The id with that number.
            pub const fn new(id: u64) -> Self {
                Self(id)
            }

            /// The number itself.
            pub const fn get(self) -> u64 {
                self.0
            }

            /// As databases hold it: the same 64 bits, signed.
            pub const fn to_db(self) -> i64 {
                self.0 as i64
            }

            /// From a database's column.
            pub const fn from_db(id: i64) -> Self {
                Self(id as u64)
            }

            /// When the thing was made, in Unix milliseconds: the upper 42 bits count from
            /// [`DISCORD_EPOCH_MS`].
            pub const fn created_at_ms(self) -> i64 {
                (self.0 >> 22) as i64 + DISCORD_EPOCH_MS
            }

            /// The smallest id that something made at this Unix millisecond can have.
            pub const fn first_at_ms(ms: i64) -> Self {
                let since = ms - DISCORD_EPOCH_MS;
                Self(if since < 0 { 0 } else { (since as u64) << 22 })
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = IdError;

            fn from_str(text: &str) -> Result<Self, IdError> {
                match text.trim().parse() {
                    Ok(0) | Err(_) => Err(IdError(text.to_owned())),
                    Ok(id) => Ok(Self(id)),
                }
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(from)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

snowflake! {
    /// A server (a Discord guild).
    ServerId
}
snowflake! {
    /// A channel, forum or thread.
    ChannelId
}
snowflake! {
    /// A message.
    MessageId
}
snowflake! {
    /// A person, or a bot.
    UserId
}
snowflake! {
    /// A role of a server.
    RoleId
}
snowflake! {
    /// Something that a person did with a command or a control.
    InteractionId
}
