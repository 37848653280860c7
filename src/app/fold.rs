//! Questions that ask the same are folded into one, the one that was asked first.
//!
//! Which those are follows from the questions alone, so that it does not matter in which order they
//! came to be known: going through a lecture's questions in the order of asking, each that asks the
//! same as an earlier one that stands for itself is folded into the first such, else it stands for
//! itself.

use std::collections::{BTreeMap, BTreeSet};

use super::life::{self, Cause};
use super::memory::{Order, order};
use super::turn::Turn;
use crate::domain::ids::MessageId;
use crate::domain::question::{QuestionState, Why};
use crate::store::StoreError;
use crate::store::questions::{self, QuestionRow, circle};

/// Two questions that point at the recording further apart than this, in seconds, are not the same,
/// however alike their words: "what does this mean?" asks something else at every offset.
const SAME_PLACE_S: u64 = 120;

/// Finds a question's place among those that ask the same, and that of every question to which this
/// matters; then brings their states to what follows.
pub(crate) async fn place(
    turn: &mut Turn<'_>,
    question: i64,
    cause: &Cause,
) -> Result<(), StoreError> {
    let Some(row) = questions::question(turn.db().await?, question).await? else {
        return Ok(());
    };
    let mut moved = Moved::default();
    // What was folded into it may ask something else than it does now.
    for folded in questions::merged_into(turn.db().await?, row.id).await? {
        moved.place_next(folded);
    }
    moved.place_next(row);
    moved.run(turn, cause).await?;
    moved.settle(turn, question, cause).await
}

/// Finds the place of a question that came to be just now, of which no fact is known but that it
/// asks. It changes nothing for the one that stands for it, unless its asker, who has a say on that from
/// now on, has judged an answer before.
pub(crate) async fn place_new(
    turn: &mut Turn<'_>,
    row: QuestionRow,
    cause: &Cause,
) -> Result<(), StoreError> {
    let (id, asker) = (row.id, row.asker_id);
    let mut moved = Moved::default();
    moved.place_next(row);
    moved.run(turn, cause).await?;
    let is_alone = moved.placed == 1;
    if is_alone && !circle::has_judged(turn.db().await?, asker, life::CHECK_MARK).await? {
        return Ok(());
    }
    moved.settle(turn, id, cause).await
}

/// A question does not stand any more: those folded into it find another place, and the one that it
/// was folded into has one asker less.
pub(crate) async fn left(
    turn: &mut Turn<'_>,
    gone: &QuestionRow,
    root: Option<i64>,
    cause: &Cause,
) -> Result<(), StoreError> {
    let mut moved = Moved::default();
    moved.roots.extend(root);
    for row in questions::merged_into(turn.db().await?, gone.id).await? {
        moved.place_next(row);
    }
    moved.run(turn, cause).await?;
    for root in moved.roots {
        life::settle(turn, root, cause).await?;
    }
    Ok(())
}

/// The questions to be placed, and those whose circle of askers changed.
#[derive(Default)]
struct Moved {
    next: BTreeMap<Order, QuestionRow>,
    roots: BTreeSet<i64>,
    /// How many have been placed.
    placed: usize,
}

impl Moved {
    fn place_next(&mut self, row: QuestionRow) {
        self.next.insert(order(&row), row);
    }

    /// Places questions in the order of asking. What one moves are later ones only, so it ends.
    async fn run(&mut self, turn: &mut Turn<'_>, cause: &Cause) -> Result<(), StoreError> {
        while let Some((_, row)) = self.next.pop_first() {
            self.placed += 1;
            match root_of(turn, &row).await? {
                Some(root) => self.fold(turn, row, &root).await?,
                None => self.stand(turn, row, cause).await?,
            }
        }
        Ok(())
    }

    async fn fold(
        &mut self,
        turn: &mut Turn<'_>,
        mut row: QuestionRow,
        root: &QuestionRow,
    ) -> Result<(), StoreError> {
        if row.merged_into == Some(root.id) {
            return Ok(());
        }
        for folded in questions::merged_into(turn.db().await?, row.id).await? {
            self.place_next(folded);
        }
        self.roots.extend(row.merged_into);
        self.roots.insert(root.id);
        let cause = Cause::own(Why::SameQuestion, MessageId::from_db(root.message_id));
        if life::state_of(&row) == QuestionState::Answered {
            // What had answered it answers the other now.
            life::change(turn, &mut row, QuestionState::Open, None, cause.clone()).await?;
        }
        life::change(turn, &mut row, QuestionState::Merged, Some(root.id), cause).await?;
        Ok(())
    }

    async fn stand(
        &mut self,
        turn: &mut Turn<'_>,
        mut row: QuestionRow,
        cause: &Cause,
    ) -> Result<(), StoreError> {
        if life::state_of(&row) == QuestionState::Merged {
            self.roots.extend(row.merged_into);
            life::change(turn, &mut row, QuestionState::Open, None, cause.clone()).await?;
        }
        self.roots.insert(row.id);
        // What was asked before and stands for some of them is far from this one: they find it again.
        for later in same_after(turn, &row).await? {
            if later.merged_into != Some(row.id) {
                self.place_next(later);
            }
        }
        Ok(())
    }

    async fn settle(
        mut self,
        turn: &mut Turn<'_>,
        question: i64,
        cause: &Cause,
    ) -> Result<(), StoreError> {
        if let Some(row) = questions::question(turn.db().await?, question).await? {
            self.roots.insert(row.merged_into.unwrap_or(row.id));
        }
        for root in self.roots {
            life::settle(turn, root, cause).await?;
        }
        Ok(())
    }
}

/// The question that stands for this one: of those that ask the same, the first to be asked.
async fn root_of(
    turn: &mut Turn<'_>,
    row: &QuestionRow,
) -> Result<Option<QuestionRow>, StoreError> {
    let Some(same_key) = row.same_key else {
        return Ok(None);
    };
    let (course, lecture) = (row.course_id, row.lecture_id);
    let db = turn.db().await?;
    let before =
        questions::same_questions_before(db, course, lecture, same_key, order(row)).await?;
    Ok(before.into_iter().find(|other| same_place(other, row)))
}

/// The questions that ask the same and were asked later, in the order of asking.
async fn same_after(
    turn: &mut Turn<'_>,
    row: &QuestionRow,
) -> Result<Vec<QuestionRow>, StoreError> {
    let Some(same_key) = row.same_key else {
        return Ok(Vec::new());
    };
    let (course, lecture) = (row.course_id, row.lecture_id);
    let db = turn.db().await?;
    let after = questions::same_questions_after(db, course, lecture, same_key, order(row)).await?;
    Ok(after
        .into_iter()
        .filter(|other| same_place(other, row))
        .collect())
}

fn same_place(a: &QuestionRow, b: &QuestionRow) -> bool {
    match (a.offset_s, b.offset_s) {
        (Some(a), Some(b)) => a.abs_diff(b) <= SAME_PLACE_S,
        _ => true,
    }
}
