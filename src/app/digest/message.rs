//! A part of a digest as a message: its card, what can be chosen from below it, and the picture.

use crate::app::effect::{Attachment, Card, Content, Outgoing};
use crate::app::interaction::{Choice, Controls, Pick};
use crate::app::reply;
use crate::domain::digest::DigestPart;
use crate::domain::digest::timeline::Timeline;

/// The tag of the controls below a digest, and of those that come of them.
pub(super) const TAG: &str = "digest";
/// What is chosen below a digest: a question, by its number.
pub(super) const PICK: &str = "pick";

/// A part of a digest as it is posted.
pub fn message_of(part: DigestPart) -> Outgoing {
    let items = part.choices.into_iter().zip(&part.questions);
    let these: Vec<_> = items
        .map(|(label, question)| (label, question.to_string(), false))
        .collect();
    let choice = (!these.is_empty()).then(|| {
        Controls::Choice(Choice {
            id: format!("{TAG}:{PICK}"),
            prompt: reply::digest::CHOOSE.to_owned(),
            from: Pick::These(these),
            least: 1,
            most: 1,
        })
    });
    let card = Card {
        title: part.title.unwrap_or_default(),
        url: None,
        body: part.body,
        footer: part.footer.unwrap_or_default(),
    };
    Outgoing::card(card).with(choice.into_iter().collect())
}

/// The picture of a digest, as it goes with the first part.
pub(super) fn picture_of(timeline: Timeline) -> Attachment {
    Attachment {
        name: "timeline.png".to_owned(),
        description: timeline.description(),
        content: Content::Timeline(Box::new(timeline)),
    }
}
