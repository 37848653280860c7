//! A question's life: its states, and which change of state may follow which.

use std::fmt;
use std::str::FromStr;

/// Where a question stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum QuestionState {
    /// Nobody has answered.
    Open,
    /// Something looks like an answer; no person has said so.
    Suggested,
    /// A person with the right has said that it is answered.
    Answered,
    /// Staff said that it needs no answer.
    Dismissed,
    /// The same question stands elsewhere already.
    Merged,
    /// Its asker took it back, or its message is gone.
    Withdrawn,
}

impl QuestionState {
    /// Every state, in the order of a question's life.
    pub const ALL: [Self; 6] = [
        Self::Open,
        Self::Suggested,
        Self::Answered,
        Self::Dismissed,
        Self::Merged,
        Self::Withdrawn,
    ];

    /// The state's name in the database, on the command line and in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Suggested => "suggested",
            Self::Answered => "answered",
            Self::Dismissed => "dismissed",
            Self::Merged => "merged",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// Whether the question still waits for an answer that a person has confirmed; such questions
    /// stand in the digest.
    pub const fn waits(self) -> bool {
        matches!(self, Self::Open | Self::Suggested)
    }

    /// Whether a question may go from this state to `to`.
    ///
    /// The rule of the specification's section 4: forward from a waiting state, and back to a
    /// waiting state by undo. A suggestion never closes anything, and what is closed is not closed
    /// again another way without being reopened first, except that it may be withdrawn.
    pub const fn may_become(self, to: Self) -> bool {
        match (self, to) {
            (Self::Open, Self::Suggested | Self::Answered | Self::Dismissed | Self::Merged) => true,
            (Self::Suggested, Self::Answered | Self::Dismissed | Self::Merged) => true,
            (Self::Withdrawn, Self::Withdrawn) => false,
            (_, Self::Withdrawn) => true,
            (Self::Open, Self::Open) => false,
            (_, Self::Open) => true,
            (Self::Answered | Self::Dismissed | Self::Merged, Self::Suggested) => true,
            _ => false,
        }
    }
}

impl fmt::Display for QuestionState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A word that is no state.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is no state of a question; the states are open, suggested, answered, dismissed, merged and withdrawn"
)]
pub struct StateError(String);

impl FromStr for QuestionState {
    type Err = StateError;

    fn from_str(text: &str) -> Result<Self, StateError> {
        Self::ALL
            .into_iter()
            .find(|state| state.name() == text)
            .ok_or_else(|| StateError(text.to_owned()))
    }
}

/// Whether an answer is Beadle's guess or a person's word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnswerState {
    /// Beadle judged that the message answers.
    Suggested,
    /// Staff or the asker said so.
    Confirmed,
    /// Staff or the asker reopened the question after it: it does not answer.
    Refused,
}

impl AnswerState {
    /// The state's name in the database and in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Suggested => "suggested",
            Self::Confirmed => "confirmed",
            Self::Refused => "refused",
        }
    }

    /// The state of that name; what the database cannot hold otherwise is a suggestion.
    pub fn named(name: &str) -> Self {
        let known = [Self::Confirmed, Self::Refused];
        let named = known.into_iter().find(|state| state.name() == name);
        named.unwrap_or(Self::Suggested)
    }
}

/// Why a question changed its state, kept with the change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// The message read as a question.
    Gathered,
    /// A person gathered it with `!q`.
    GatheredByHand,
    /// Staff replied in words.
    StaffReply,
    /// `✅` by staff or by the asker.
    CheckMark,
    /// The `✅` that had closed it was taken away.
    CheckMarkTaken,
    /// A message looks like its answer.
    LooksAnswered,
    /// The message that answered it was deleted.
    AnswerDeleted,
    /// `❌` by its asker.
    AskersCross,
    /// The asker's `❌` was taken away.
    AskersCrossTaken,
    /// Its message was deleted.
    MessageDeleted,
    /// After an edit it no longer reads as a question.
    EditedAway,
    /// After an edit it reads as a question again.
    EditedBack,
    /// The same question stands already.
    SameQuestion,
    /// A person pointed at a message as its answer.
    AnswerMarked,
    /// A person said that it is answered.
    MarkedAnswered,
    /// Staff said that it needs no answer.
    MarkedDismissed,
    /// Staff or the asker reopened it.
    Reopened,
    /// Its asker took it back with a command.
    TakenBack,
    /// What a person had said of it was taken back by them.
    WordTakenBack,
    /// Who had gathered it by hand took that back.
    GatheringTakenBack,
}

impl Why {
    /// The reason's name in the database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Gathered => "gathered",
            Self::GatheredByHand => "gathered-by-hand",
            Self::StaffReply => "staff-reply",
            Self::CheckMark => "check-mark",
            Self::CheckMarkTaken => "check-mark-taken",
            Self::LooksAnswered => "looks-answered",
            Self::AnswerDeleted => "answer-deleted",
            Self::AskersCross => "askers-cross",
            Self::AskersCrossTaken => "askers-cross-taken",
            Self::MessageDeleted => "message-deleted",
            Self::EditedAway => "edited-away",
            Self::EditedBack => "edited-back",
            Self::SameQuestion => "same-question",
            Self::AnswerMarked => "answer-marked",
            Self::MarkedAnswered => "marked-answered",
            Self::MarkedDismissed => "marked-dismissed",
            Self::Reopened => "reopened",
            Self::TakenBack => "taken-back",
            Self::WordTakenBack => "word-taken-back",
            Self::GatheringTakenBack => "gathering-taken-back",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::QuestionState::{self, *};

    #[test]
    fn a_waiting_question_can_be_closed_in_every_way() {
        for from in [Open, Suggested] {
            for to in [Answered, Dismissed, Merged, Withdrawn] {
                assert!(from.may_become(to), "{from} → {to}");
            }
        }
    }

    #[test]
    fn what_is_closed_can_be_reopened_but_not_closed_another_way() {
        for from in [Answered, Dismissed, Merged] {
            assert!(from.may_become(Open));
            for to in [Answered, Dismissed, Merged] {
                assert!(!from.may_become(to), "{from} → {to}");
            }
        }
    }

    #[test]
    fn no_state_follows_itself() {
        for state in QuestionState::ALL {
            assert!(!state.may_become(state), "{state}");
        }
    }

    #[test]
    fn every_state_is_read_back_from_its_name() {
        for state in QuestionState::ALL {
            assert_eq!(state.name().parse(), Ok(state));
        }
        assert!("lost".parse::<QuestionState>().is_err());
    }
}
