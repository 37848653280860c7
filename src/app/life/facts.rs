//! What a question's state follows from, and who has said what by it.

use std::collections::HashSet;

use super::super::turn::Turn;
use super::super::verdict::Verdict;
use super::{CHECK_MARK, Cause};
use crate::domain::ids::{MessageId, UserId};
use crate::domain::question::Why;
use crate::store::StoreError;
use crate::store::marks::ReactionRow;
use crate::store::questions::{Circle, LinkedRow, QuestionRow, circle};
use crate::store::verdicts::{AnswerMarkRow, VerdictRow};

/// What the state of a question, with those folded into it or by itself, follows from.
pub(super) struct Facts {
    /// What is linked to any of them as an answer, the surest first.
    pub answers: Vec<LinkedRow>,
    /// Whether others are folded into the question.
    pub has_folded: bool,
    /// Who asked.
    askers: HashSet<i64>,
    /// The first `✅` that its asker or staff put on one of them.
    check_mark: Option<ReactionRow>,
    /// The `✅` on the answers, first come first.
    check_marks: Vec<ReactionRow>,
    /// Who has pointed at which of the answers, first come first.
    marks: Vec<AnswerMarkRow>,
    /// The last word on any of the questions.
    verdict: Option<VerdictRow>,
    /// The moment of the last reopening, in UTC milliseconds; what was said before counts no more.
    since_ms: i64,
}

impl Facts {
    /// Of a question with those folded into it.
    pub async fn of_all(turn: &mut Turn<'_>, row: &QuestionRow) -> Result<Self, StoreError> {
        let askers = circle::askers(turn.db().await?, Circle::whole(row.id)).await?;
        let count: i64 = askers.iter().map(|(_, questions)| questions).sum();
        let askers = askers.into_iter().map(|(asker, _)| asker).collect();
        Self::of(turn, row, count > 1, askers).await
    }

    /// Of a question by itself.
    pub async fn of_one(turn: &mut Turn<'_>, row: &QuestionRow) -> Result<Self, StoreError> {
        Self::of(turn, row, false, HashSet::from([row.asker_id])).await
    }

    async fn of(
        turn: &mut Turn<'_>,
        row: &QuestionRow,
        has_folded: bool,
        askers: HashSet<i64>,
    ) -> Result<Self, StoreError> {
        let circle = match has_folded {
            true => Circle::whole(row.id),
            false => Circle::one(row.id),
        };
        let verdict = circle::last_verdict(turn.db().await?, circle).await?;
        let reopened_ms = match &verdict {
            Some(_) => circle::last_reopening(turn.tx, circle).await?,
            None => None,
        };
        let since_ms = reopened_ms.unwrap_or(i64::MIN);
        let message = MessageId::from_db(row.message_id);
        let nobody_reacted = !has_folded && turn.is_unknown(message, |known| &known.reactions);
        let check_mark = match nobody_reacted {
            true => None,
            false => circle::askers_reaction(turn.tx, circle, CHECK_MARK, since_ms).await?,
        };
        let answers = circle::linked(turn.tx, circle).await?;
        let (mut check_marks, mut marks) = (Vec::new(), Vec::new());
        if !answers.is_empty() {
            let may_be_checked = answers.iter().any(|it| {
                !turn.is_unknown(MessageId::from_db(it.message_id), |known| &known.reactions)
            });
            if may_be_checked {
                check_marks =
                    circle::reactions_on_answers(turn.tx, circle, CHECK_MARK, since_ms).await?;
            }
            marks = circle::answer_marks(turn.tx, circle).await?;
            marks.retain(|it| it.at_ms > since_ms);
        }
        Ok(Self {
            answers,
            has_folded,
            askers,
            check_mark,
            check_marks,
            marks,
            verdict,
            since_ms,
        })
    }

    /// Whether the question was reopened after an answer was said, and nobody has pointed at it since.
    pub fn is_over(&self, answer: &LinkedRow) -> bool {
        let said_ms = MessageId::from_db(answer.message_id).created_at_ms();
        said_ms <= self.since_ms && !self.marks.iter().any(|it| it.answer_id == answer.id)
    }

    /// The last word, if that is it.
    fn said(&self, verdict: Verdict, why: Why) -> Option<Cause> {
        let last = self.verdict.as_ref();
        let last = last.filter(|last| last.verdict == verdict.name())?;
        Some(Cause::word(last, why))
    }

    pub fn dismissed(&self) -> Option<Cause> {
        self.said(Verdict::Dismissed, Why::MarkedDismissed)
    }

    /// Whether a person may say that the questions are answered: staff, or who asked one of them.
    fn has_a_say(&self, person_id: i64, by_staff: bool) -> bool {
        by_staff || self.askers.contains(&person_id)
    }

    /// Who has said that an answer answers: staff by writing it, staff or an asker by `✅`.
    pub fn who_confirmed(&self, answer: &LinkedRow) -> Option<Cause> {
        // A reply of staff is linked with certainty; nothing that Beadle guesses is.
        if answer.confidence >= 1.0 && !self.is_over(answer) {
            return Some(Cause::staff_reply(answer));
        }
        let of_answer = self.marks.iter().filter(|it| it.answer_id == answer.id);
        let mut pointed = of_answer.filter(|it| self.has_a_say(it.who_id, it.by_staff));
        if let Some(mark) = pointed.next() {
            return Some(Cause {
                who: Some((UserId::from_db(mark.who_id), mark.who_name.clone())),
                why: Why::AnswerMarked,
                message: Some(MessageId::from_db(answer.message_id)),
            });
        }
        let mark = self.check_marks.iter().find(|it| {
            it.message_id == answer.message_id && self.has_a_say(it.person_id, it.by_staff)
        })?;
        Some(Cause::reaction(mark, Why::CheckMark))
    }

    /// Who has said that the questions are answered, if anybody has.
    pub fn confirmed(&self) -> Option<Cause> {
        let by_word = self.said(Verdict::Answered, Why::MarkedAnswered);
        let by_answer = || self.answers.iter().find_map(|it| self.who_confirmed(it));
        by_word.or_else(by_answer).or_else(|| {
            let mark = self.check_mark.as_ref()?;
            Some(Cause::reaction(mark, Why::CheckMark))
        })
    }
}
