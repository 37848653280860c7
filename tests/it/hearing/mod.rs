//! Whatever Beadle does not hear, it finds out.

mod bounds;
mod cursor;
mod history;
mod missed;
mod places;

use sandbox::{Channel, Message, Person};

use crate::support::class::Class;

/// Asks, and waits until it has been gathered.
async fn asked(class: &Class, who: &Person, channel: &Channel, text: &str) -> Message {
    let message = who.says(channel, text).await;
    message.reaction_from(&class.bot, "📌").await;
    message
}

/// Looks at the questions, again and again, until they stand like this: words that each contains,
/// and its state, in the order of asking.
async fn until_they_stand(class: &Class, wanted: &[(&str, &str)]) {
    const LOOKS: usize = 100;
    let mut questions = Vec::new();
    for _ in 0..LOOKS {
        questions = class.questions().await;
        let are_alike = |((asking, state), wanted): (&(String, String), &(&str, &str))| {
            asking.contains(wanted.0) && state == wanted.1
        };
        if questions.len() == wanted.len() && questions.iter().zip(wanted).all(are_alike) {
            return;
        }
    }
    panic!("{questions:#?} and not {wanted:#?}");
}
