//! What a question's state follows from, and who has said what by it.

use super::super::turn::Turn;
use super::super::verdict::Verdict;
use super::{CHECK_MARK, Cause};
use crate::domain::ids::{MessageId, UserId};
use crate::domain::question::Why;
use crate::store::StoreError;
use crate::store::answers::{self, AnswerRow};
use crate::store::marks::{self, ReactionRow};
use crate::store::questions::QuestionRow;
use crate::store::verdicts::{self, AnswerMarkRow, VerdictRow};

/// What the state of questions that are folded together follows from.
pub(super) struct Facts {
    /// The questions; the first stands for the others.
    pub members: Vec<QuestionRow>,
    /// What is linked to any of them as an answer, the surest first.
    pub answers: Vec<AnswerRow>,
    /// The reactions on the messages of both, first come first.
    reactions: Vec<ReactionRow>,
    /// Who has pointed at which of the answers, first come first.
    marks: Vec<AnswerMarkRow>,
    /// The last word on any of the questions.
    verdict: Option<VerdictRow>,
    /// The moment of the last reopening, in UTC milliseconds; what was said before counts no more.
    since_ms: i64,
}

impl Facts {
    pub async fn of(turn: &mut Turn<'_>, members: Vec<QuestionRow>) -> Result<Self, StoreError> {
        let ids: Vec<i64> = members.iter().map(|member| member.id).collect();
        let answers = answers::answers_of_any(turn.db().await?, &ids).await?;
        let messages: Vec<MessageId> = members
            .iter()
            .map(|member| member.message_id)
            .chain(answers.iter().map(|answer| answer.message_id))
            .map(MessageId::from_db)
            .filter(|message| !turn.is_unknown(*message, |known| &known.reactions))
            .collect();
        let reactions = marks::reactions_on(turn.tx, &messages).await?;
        let marks = if answers.is_empty() {
            Vec::new()
        } else {
            verdicts::answer_marks(turn.tx, &ids).await?
        };
        let verdict = verdicts::last_verdict(turn.tx, &ids).await?;
        let reopened_ms = match &verdict {
            Some(_) => verdicts::last_reopening(turn.tx, &ids).await?,
            None => None,
        };
        let mut facts = Self {
            members,
            answers,
            reactions,
            marks,
            verdict,
            since_ms: reopened_ms.unwrap_or(i64::MIN),
        };
        let since_ms = facts.since_ms;
        facts.reactions.retain(|it| it.since_ms > since_ms);
        facts.marks.retain(|it| it.at_ms > since_ms);
        Ok(facts)
    }

    /// Whether the question was reopened after an answer was said, and nobody has pointed at it since.
    pub fn is_over(&self, answer: &AnswerRow) -> bool {
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
        by_staff || self.members.iter().any(|it| it.asker_id == person_id)
    }

    /// Who has said that an answer answers: staff by writing it, staff or an asker by `✅`.
    pub fn who_confirmed(&self, answer: &AnswerRow) -> Option<Cause> {
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
        let mut marks = self.reactions.iter().filter(|it| it.emoji == CHECK_MARK);
        let mark = marks.find(|it| {
            it.message_id == answer.message_id && self.has_a_say(it.person_id, it.by_staff)
        })?;
        Some(Cause::reaction(mark, Why::CheckMark))
    }

    /// Who has said that the questions are answered, if anybody has.
    pub fn confirmed(&self) -> Option<Cause> {
        let by_word = self.said(Verdict::Answered, Why::MarkedAnswered);
        let by_answer = || self.answers.iter().find_map(|it| self.who_confirmed(it));
        by_word.or_else(by_answer).or_else(|| {
            let on_question = |it: &&ReactionRow| {
                self.members.iter().any(|member| {
                    it.message_id == member.message_id
                        && (it.by_staff || it.person_id == member.asker_id)
                })
            };
            let mut marks = self.reactions.iter().filter(|it| it.emoji == CHECK_MARK);
            let mark = marks.find(on_question)?;
            Some(Cause::reaction(mark, Why::CheckMark))
        })
    }
}
