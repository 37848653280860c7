//! Which part of its servers a process serves: Discord deals a bot's servers out to shards.

use std::fmt;

use crate::domain::ids::ServerId;

/// How many shards there may be in all. Discord names no limit; a bot on every server that there is
/// would need fewer.
const MOST: u32 = 100_000;

const FORM: &str = "must be `auto`, or shards and how many there are in all, such as `0/2`, or `0..2/4` for \
                    shards 0 and 1 of 4";

/// Which shards a process opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shards {
    /// All of them, as many as Discord recommends.
    Recommended,
    /// These.
    Range(ShardRange),
}

impl Shards {
    /// `auto`, or what [`ShardRange`] shows.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        match text.trim() {
            "auto" => Ok(Self::Recommended),
            range => ShardRange::parse(range).map(Self::Range),
        }
    }
}

/// Some shards in a row, of so many in all. At least one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShardRange {
    first: u32,
    last: u32,
    total: u32,
}

impl ShardRange {
    /// All of so many shards; of one where none are named.
    pub fn all_of(total: u32) -> Self {
        let total = total.max(1);
        Self {
            first: 0,
            last: total - 1,
            total,
        }
    }

    /// `0..2/4` (the first is in, the second is not), `3/4`; `0` alone is the only one there is.
    fn parse(text: &str) -> Result<Self, String> {
        let number = |text: &str| text.trim().parse::<u32>().map_err(|_| FORM.to_owned());
        let (shards, total) = match text.split_once('/') {
            Some((shards, total)) => (shards, number(total)?),
            None => (text, 1),
        };
        let (first, end) = match shards.split_once("..") {
            Some((first, end)) => (number(first)?, number(end)?),
            None => (number(shards)?, number(shards)?.saturating_add(1)),
        };
        match () {
            () if !(1..=MOST).contains(&total) => {
                Err(format!("must name 1 to {MOST} shards in all"))
            }
            () if first >= end => Err(format!(
                "names no shard: `{first}..{end}` begins at {first} and ends before {end}"
            )),
            () if end > total => Err(format!(
                "names shard {}, but of {total} in all the last is {}",
                end - 1,
                total - 1
            )),
            () => Ok(Self {
                first,
                last: end - 1,
                total,
            }),
        }
    }

    /// The first shard, from 0.
    pub const fn first(&self) -> u32 {
        self.first
    }

    /// The last shard, which is one of them.
    pub const fn last(&self) -> u32 {
        self.last
    }

    /// How many shards the bot has in all, in this process and in others.
    pub const fn total(&self) -> u32 {
        self.total
    }

    /// How many these are.
    pub const fn count(&self) -> u32 {
        self.last - self.first + 1
    }

    /// Whether a server lies on one of these.
    pub const fn serves(&self, server: ServerId) -> bool {
        let shard = self.shard_of(server);
        self.first as u64 <= shard && shard <= self.last as u64
    }

    /// The shard on which a server lies (Discord's reference, "Sharding Formula").
    pub const fn shard_of(&self, server: ServerId) -> u64 {
        (server.get() >> 22) % self.total as u64
    }
}

impl fmt::Display for ShardRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}/{}", self.first, self.last + 1, self.total)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Result<String, String> {
        ShardRange::parse(text).map(|range| range.to_string())
    }

    #[test]
    fn a_range_is_read_as_it_is_shown() {
        assert_eq!(shown("0..2/4").as_deref(), Ok("0..2/4"));
        assert_eq!(shown(" 3 / 4 ").as_deref(), Ok("3..4/4"));
        assert_eq!(shown("0").as_deref(), Ok("0..1/1"));
        assert_eq!(Shards::parse("auto"), Ok(Shards::Recommended));
    }

    #[test]
    fn what_names_no_shard_is_refused_in_a_sentence() {
        for (text, why) in [
            ("", "`auto`"),
            ("all", "`0..2/4`"),
            ("0..2", "of 1 in all the last is 0"),
            ("2..2/4", "names no shard"),
            ("2..5/4", "names shard 4, but of 4 in all the last is 3"),
            ("0/0", "1 to 100000"),
            ("-1/4", "`auto`"),
            ("0..4294967295/4294967295", "1 to 100000"),
        ] {
            let refused = shown(text).expect_err(text);
            assert!(refused.contains(why), "{text}: {refused}");
        }
    }

    #[test]
    fn every_server_lies_on_exactly_one_of_the_ranges() {
        let ranges = ["0..2/4", "2/4", "3/4"].map(|text| ShardRange::parse(text).expect(text));
        for number in 0..64_u64 {
            let server = ServerId::new(((number * 7919) << 22) | 5);
            let serving = ranges.iter().filter(|range| range.serves(server));
            assert_eq!(serving.count(), 1, "{server}");
        }
    }
}
