//! The buttons under a lookup's answer.

use crate::app::courses::ServedLecture;
use crate::app::interaction::{Button, Controls};
use crate::app::lookup::Here;
use crate::domain::ids::UserId;
use crate::domain::lecture::Coverage;
use crate::domain::offset::Offset;

/// A button under the answer of a lecture that is gone.
pub const LECTURE_IS_GONE: &str = "That lecture is not there any more. Look it up anew with `/t`.";

/// The topics beside the one that covers an offset, for its asker to turn to, and the questions there.
pub fn turning(served: &ServedLecture, at: Offset, here: &Here, asker: UserId) -> Vec<Controls> {
    let Coverage::Topic(covered) = served.lecture.at(at) else {
        return Vec::new();
    };
    let to = |label: &str, start: Offset| {
        let start = start.seconds();
        Button::new(label, format!("lookup:to:{}:{start}:{asker}", served.id))
    };
    let before = covered.before.map(|it| to("◀ Previous topic", it.start));
    let after = covered.after.map(|it| to("Next topic ▶", it.start));
    let asked = (here.asked > 0).then(|| {
        let start = covered.start.seconds();
        let id = format!("lookup:here:{}:{start}", served.id);
        Button::new(format!("Questions here ({})", here.asked), id)
    });
    let buttons: Vec<Button> = [before, after, asked].into_iter().flatten().collect();
    match buttons.is_empty() {
        true => Vec::new(),
        false => vec![Controls::Buttons(buttons)],
    }
}
