//! The features by which a message that nothing links to a question may still be its answer.
//!
//! Each has a name, which `explain` shows, and a value: 1 where it holds and 0 where not, or how much of
//! it there is. What each weighs was fitted to talks that people had labelled; see [`super::weights`].

use super::pair::Pair;

/// A named property of a question and a later message.
pub(super) struct Feature {
    pub name: &'static str,
    value: Value,
}

enum Value {
    Holds(fn(&Pair) -> bool),
    Measured(fn(&Pair) -> f32),
}

impl Feature {
    /// How much of it there is; 1 or 0 where it holds or not.
    pub fn of(&self, pair: &Pair) -> f32 {
        match self.value {
            Value::Holds(holds) => f32::from(holds(pair)),
            Value::Measured(measure) => measure(pair),
        }
    }
}

const fn holds(name: &'static str, holds: fn(&Pair) -> bool) -> Feature {
    let value = Value::Holds(holds);
    Feature { name, value }
}

const fn measured(name: &'static str, measure: fn(&Pair) -> f32) -> Feature {
    let value = Value::Measured(measure);
    Feature { name, value }
}

/// How much words may count that two messages share.
const MOST_SHARED: f32 = 3.0;

pub(super) const FEATURES: &[Feature] = &[
    // To whom the message speaks: `maya: try the other sign`.
    holds("names the asker", |it| it.names_asker()),
    holds("names somebody else", |it| it.names_somebody_else()),
    // Maya asked, and has since talked with its author about it: what follows may be about something new.
    holds("names the asker, amid a talk with them", |it| {
        it.names_asker() && it.asker.named_other
    }),
    // To whom the question speaks: `tom, is yours the same?`
    holds("the question names its author", |it| {
        it.question_names_author()
    }),
    holds("the question names somebody else", |it| {
        it.question_to != super::talk::To::All && !it.question_names_author()
    }),
    holds(
        "the question names its author, the asker has said more",
        |it| it.question_names_author() && it.asker.spoke,
    ),
    holds("the question names its author, who has said more", |it| {
        it.question_names_author() && it.author.spoke
    }),
    // How far the two stand apart.
    holds("the very next message", |it| it.between == 0),
    measured("messages between", |it| (it.between as f32).ln_1p()),
    measured("messages between, naming the asker", |it| {
        f32::from(it.names_asker()) * (it.between as f32).ln_1p()
    }),
    // What the asker said in between.
    holds("the asker has said more", |it| it.asker.spoke),
    holds("the asker spoke to its author", |it| it.asker.named_other),
    holds("the asker turned to somebody else", |it| {
        it.asker_turned_away()
    }),
    holds("the asker has asked again", |it| it.asker.asked),
    // What its author said in between.
    holds("its author has said more", |it| it.author.spoke),
    holds("its author had named the asker", |it| it.author.named_other),
    holds("its author goes on", |it| it.goes_on()),
    holds("its author goes on speaking to the asker", |it| {
        it.goes_on_to_asker()
    }),
    // Who else is there.
    holds("its author was there before", |it| it.was_there),
    holds("others spoke to its author", |it| it.author_was_spoken_to),
    measured("only the two have been talking", |it| {
        (it.of_the_two as f32).ln_1p()
    }),
    holds("right after another question", |it| {
        it.follows_another_question()
    }),
    // What it says.
    measured("shares words with the question", |it| {
        it.shared().min(MOST_SHARED)
    }),
    measured("shares words with what the asker said since", |it| {
        it.shared_with_later().min(MOST_SHARED)
    }),
    holds("asks something, naming the asker", |it| {
        it.answer.said.asks && it.names_asker()
    }),
    holds("asks something, not naming the asker", |it| {
        it.answer.said.asks && !it.names_asker()
    }),
    holds("advises by asking", |it| {
        it.answer.said.manner.advises_by_asking
    }),
    holds("thanks", |it| it.answer.said.manner.thanks),
    holds("greets or laughs", |it| it.answer.said.manner.greets),
    holds("says what to do or what is so", |it| {
        it.answer.said.manner.advises
    }),
    holds("agrees, denies or gives a reason", |it| {
        it.answer.said.manner.agrees_or_denies
    }),
    holds("has a link", |it| it.answer.said.manner.links),
    // What came of it: these are known only later.
    holds("the asker gives thanks afterwards", |it| it.after.thanks),
    holds("the asker speaks to its author afterwards", |it| {
        it.after.responds
    }),
];
