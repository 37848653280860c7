//! Who waits for whom: a channel's messages are carried out one after the other, in the order in which
//! they were decided, and so are its reactions. It carries nothing out itself.
//!
//! No message overtakes another of its channel, not even a lookup's answer the parts of a long
//! digest: an edit or deletion stands after the post that it is about, whatever that is. Reactions
//! stand on people's messages, never on Beadle's, so the two need not wait for each other: an answer
//! goes past the signs of a busy hour. An interaction's answer, which has a route of its own, will be
//! a lane of its own.

use std::collections::{HashMap, VecDeque};

use crate::app::effect::{Effect, Entry};
use crate::domain::ids::ChannelId;

/// An effect to be carried out.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Errand {
    /// The effect.
    pub entry: Entry,
    /// It was handed in after effects that were decided later, so that it may have been handed in
    /// before, carried out and ticked off.
    pub is_doubtful: bool,
}

/// What is carried out one after the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Row {
    /// The messages of a channel: posting, editing and deleting them.
    Messages(ChannelId),
    /// The reactions in a channel: putting them there and taking them away.
    Reactions(ChannelId),
}

impl Row {
    /// The row in which an effect stands.
    pub fn of(entry: &Entry) -> Self {
        match entry.effect {
            Effect::Say { .. }
            | Effect::Relay { .. }
            | Effect::Rewrite { .. }
            | Effect::Unsay { .. }
            | Effect::Tag { .. } => Self::Messages(entry.channel),
            Effect::React { .. } | Effect::Unreact { .. } => Self::Reactions(entry.channel),
        }
    }

    /// The channel.
    pub const fn channel(self) -> ChannelId {
        match self {
            Self::Messages(channel) | Self::Reactions(channel) => channel,
        }
    }
}

/// The rows that have something to do.
#[derive(Debug, Default)]
pub(super) struct Lanes {
    lanes: HashMap<Row, Lane>,
    /// The highest id that was ever handed in.
    newest: i64,
}

#[derive(Debug)]
struct Lane {
    /// The id of what is being carried out.
    in_hand: i64,
    /// What comes after it, by id.
    waiting: VecDeque<Errand>,
}

impl Lanes {
    /// Takes an effect, unless it is held already. Returns it when its row was idle: then it is to be
    /// carried out now.
    pub fn take(&mut self, entry: Entry) -> Option<Errand> {
        let errand = Errand {
            is_doubtful: entry.id <= self.newest,
            entry,
        };
        self.newest = self.newest.max(errand.entry.id);
        let row = Row::of(&errand.entry);
        let Some(lane) = self.lanes.get_mut(&row) else {
            let lane = Lane {
                in_hand: errand.entry.id,
                waiting: VecDeque::new(),
            };
            self.lanes.insert(row, lane);
            return Some(errand);
        };
        lane.put(errand);
        None
    }

    /// What is to be carried out after a row's effect is over.
    pub fn after(&mut self, row: Row) -> Option<Errand> {
        let lane = self.lanes.get_mut(&row)?;
        let next = lane.waiting.pop_front();
        match &next {
            Some(errand) => lane.in_hand = errand.entry.id,
            None => drop(self.lanes.remove(&row)),
        }
        next
    }
}

impl Lane {
    fn put(&mut self, errand: Errand) {
        let id = errand.entry.id;
        if id == self.in_hand {
            return;
        }
        let place = self.waiting.partition_point(|other| other.entry.id < id);
        if self
            .waiting
            .get(place)
            .is_none_or(|other| other.entry.id != id)
        {
            self.waiting.insert(place, errand);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::entry;
    use super::*;
    use crate::domain::ids::MessageId;

    /// What a channel says after what it has in hand.
    fn rest_of(lanes: &mut Lanes, channel: u64) -> Vec<(i64, bool)> {
        std::iter::from_fn(|| lanes.after(Row::Messages(ChannelId::new(channel))))
            .map(|errand| (errand.entry.id, errand.is_doubtful))
            .collect()
    }

    #[test]
    fn a_channel_does_one_thing_at_a_time_and_channels_do_not_wait_for_each_other() {
        let mut lanes = Lanes::default();
        assert!(lanes.take(entry(1, 7)).is_some());
        assert!(lanes.take(entry(2, 7)).is_none());
        assert!(lanes.take(entry(3, 8)).is_some());
        assert_eq!(rest_of(&mut lanes, 7), [(2, false)]);
        assert!(lanes.take(entry(4, 7)).is_some(), "it was idle again");
    }

    #[test]
    fn a_channels_messages_and_its_reactions_do_not_wait_for_each_other() {
        let sign = |id| Entry {
            effect: Effect::React {
                message: MessageId::new(5),
                emoji: "📌".to_owned(),
            },
            ..entry(id, 7)
        };
        let mut lanes = Lanes::default();
        assert!(lanes.take(sign(1)).is_some());
        assert!(lanes.take(sign(2)).is_none(), "one after the other");
        assert!(lanes.take(entry(3, 7)).is_some());
        let signs = Row::Reactions(ChannelId::new(7));
        assert_eq!(lanes.after(signs).map(|errand| errand.entry.id), Some(2));
    }

    #[test]
    fn what_is_handed_in_again_is_held_once_and_in_its_place() {
        let mut lanes = Lanes::default();
        for id in [1, 3, 4] {
            lanes.take(entry(id, 7));
        }
        for id in [1, 2, 3, 4] {
            assert!(lanes.take(entry(id, 7)).is_none());
        }
        assert_eq!(rest_of(&mut lanes, 7), [(2, true), (3, false), (4, false)]);
        assert!(
            lanes.take(entry(4, 7)).expect("idle").is_doubtful,
            "it may be over"
        );
    }
}
