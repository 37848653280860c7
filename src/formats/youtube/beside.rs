//! What stands right above and below a list of topics and has a time at its other end: prose, such as
//! `Recorded at 10:30`, or topics whose offsets somebody put where the others have none.

use super::super::source::Line;
use super::line::Found;
use super::{Side, find};
use crate::domain::offset::Offset;

/// So many lines that go on with a list are no chance.
const SEVERAL: usize = 2;

/// The first and the last line of a list together with what goes on with it at its other end: several
/// lines, titled as the list's own, whose offsets lead up to its first one or on from its last one.
pub(super) fn list_with_what_goes_on(
    lines: &[Line<'_>],
    first: usize,
    last: usize,
    side: Side,
) -> (usize, usize) {
    let own = lines[first..=last].iter();
    let has_colons = own
        .filter_map(|line| Some(has_colon(*line, find(*line, side)?, side)))
        .any(|has_colon| has_colon);
    // The offset of a line that is titled as the list's own.
    let offset_beside = |line: &Line<'_>| {
        let found = find(*line, side.other())?;
        let is_label = !has_colons && has_colon(*line, found, side.other());
        found.start.parse::<Offset>().ok().filter(|_| !is_label)
    };
    let own_offset = |index: usize| find(lines[index], side)?.start.parse::<Offset>().ok();
    let mut bound = own_offset(first);
    let above = lines[..first].iter().rev().map_while(offset_beside);
    let above = above.take_while(|it| bound.replace(*it).is_none_or(|next| *it < next));
    let above = above.count();
    let mut bound = own_offset(last);
    let below = lines[last + 1..].iter().map_while(offset_beside);
    let below = below.take_while(|it| bound.replace(*it).is_none_or(|before| *it > before));
    let below = below.count();
    let several = |number: usize| if number < SEVERAL { 0 } else { number };
    (first - several(above), last + several(below))
}

/// Whether a colon parts the title and the offset, as in `Duration: 1:16:15`.
fn has_colon(line: Line<'_>, found: Found<'_>, side: Side) -> bool {
    let place = |part: &str| (part.as_ptr() as usize).saturating_sub(line.text.as_ptr() as usize);
    let behind = |part: &str| place(part) + part.len();
    let between = match side {
        Side::Before => behind(found.end.unwrap_or(found.start))..place(found.title),
        Side::After => behind(found.title)..place(found.start),
    };
    line.text
        .get(between)
        .is_some_and(|text| text.contains(':'))
}
