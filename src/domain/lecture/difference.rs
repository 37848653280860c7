//! What changes when one topic table takes the place of another.

use super::{Topic, TopicTable};

/// One row that differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Difference<'a> {
    /// It stands only in the new table.
    Added(&'a Topic),
    /// Both tables have a topic that starts there, or that is called so, and they differ.
    Changed {
        /// As it stood.
        before: &'a Topic,
        /// As it stands.
        after: &'a Topic,
    },
    /// It stood only in the old table.
    Removed(&'a Topic),
}

impl<'a> Difference<'a> {
    /// Where in the recording it is told of.
    fn start(&self) -> super::Offset {
        match self {
            Self::Added(topic) | Self::Removed(topic) => topic.start,
            Self::Changed { after, .. } => after.start,
        }
    }

    /// What differs between two tables, in the order of the recording. A topic is the same one where it
    /// starts at the same second, else where it has the same title: then it was moved.
    pub fn between(before: &'a TopicTable, after: &'a TopicTable) -> Vec<Self> {
        let starts_there = |table: &'a TopicTable, topic: &Topic| {
            let found = table
                .as_slice()
                .binary_search_by_key(&topic.start, |it| it.start);
            found.ok().and_then(|index| table.get(index))
        };
        let mut differences = Vec::new();
        let (mut gone, mut come) = (Vec::new(), Vec::new());
        for topic in before.iter() {
            match starts_there(after, topic) {
                Some(same) if same == topic => {}
                Some(other) => differences.push(Self::Changed {
                    before: topic,
                    after: other,
                }),
                None => gone.push(topic),
            }
        }
        come.extend(after.iter().filter(|it| starts_there(before, it).is_none()));
        for topic in gone {
            match come.iter().position(|it| it.title == topic.title) {
                Some(moved) => differences.push(Self::Changed {
                    before: topic,
                    after: come.remove(moved),
                }),
                None => differences.push(Self::Removed(topic)),
            }
        }
        differences.extend(come.into_iter().map(Self::Added));
        differences.sort_by_key(Self::start);
        differences
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::offset::Offset;

    fn table(rows: &[(u32, &str)]) -> TopicTable {
        let topics = rows.iter().map(|(start, title)| Topic {
            start: Offset::from_seconds(*start),
            title: (*title).to_owned(),
            ..Topic::default()
        });
        TopicTable::new(topics.collect()).expect("a right table")
    }

    fn told(before: &[(u32, &str)], after: &[(u32, &str)]) -> String {
        let (before, after) = (table(before), table(after));
        let told = Difference::between(&before, &after);
        let told = told.iter().map(|it| match it {
            Difference::Added(topic) => format!("+{}", topic.title),
            Difference::Changed { before, after } => {
                format!(
                    "{}@{}>{}@{}",
                    before.title, before.start, after.title, after.start
                )
            }
            Difference::Removed(topic) => format!("-{}", topic.title),
        });
        told.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn the_same_table_differs_in_nothing() {
        assert_eq!(told(&[(0, "a"), (9, "b")], &[(0, "a"), (9, "b")]), "");
    }

    #[test]
    fn rows_are_added_removed_renamed_and_moved() {
        assert_eq!(
            told(
                &[(0, "a"), (9, "b"), (20, "c"), (30, "d")],
                &[(0, "a"), (9, "B"), (25, "c"), (60, "e")]
            ),
            "b@0:09>B@0:09 c@0:20>c@0:25 -d +e"
        );
    }
}
