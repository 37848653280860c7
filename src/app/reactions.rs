//! The reactions by which people say that a question is answered, or take it back.

use super::event::{Reaction, Reread};
use super::gather::storable;
use super::life::{self, CHECK_MARK, CROSS, Cause};
use super::messages;
use super::turn::Turn;
use crate::domain::ids::{MessageId, UserId};
use crate::domain::question::Why;
use crate::store::StoreError;
use crate::store::marks::{self, ReactionRow};

/// Deals with a reaction: it is remembered, and counts on questions and answers.
pub(crate) async fn reacted(turn: &mut Turn<'_>, reaction: &Reaction) -> Result<(), StoreError> {
    let now_ms = turn.now_ms();
    let Some(row) = row_of(turn, reaction, now_ms) else {
        return Ok(());
    };
    if marks::put_reaction(turn.tx, &row, false).await? {
        count(turn, &row).await?;
    }
    Ok(())
}

/// A reaction as it is remembered, if it is one that means something and a person's.
fn row_of(turn: &Turn<'_>, reaction: &Reaction, at_ms: i64) -> Option<ReactionRow> {
    let served = turn.courses.watching(&reaction.place)?;
    if !means_something(&reaction.emoji) || reaction.person.is_bot {
        return None;
    }
    Some(ReactionRow {
        message_id: reaction.message.to_db(),
        person_id: reaction.person.id.to_db(),
        emoji: reaction.emoji.clone(),
        by_name: storable(&reaction.person.name),
        by_staff: served.is_staff(&reaction.person),
        at_ms,
        since_ms: at_ms,
    })
}

fn means_something(emoji: &str) -> bool {
    [CHECK_MARK, CROSS].contains(&emoji)
}

/// Deals with reactions that were taken away.
pub(crate) async fn unreacted(
    turn: &mut Turn<'_>,
    message: MessageId,
    person: Option<UserId>,
    emoji: Option<&str>,
) -> Result<(), StoreError> {
    let now_ms = turn.now_ms();
    let standing = marks::reactions_on(turn.tx, &[message]).await?;
    let taken: Vec<ReactionRow> = standing
        .into_iter()
        .filter(|row| person.is_none_or(|person| row.person_id == person.to_db()))
        .filter(|row| emoji.is_none_or(|emoji| row.emoji == emoji))
        .collect();
    marks::take_reactions(turn.tx, message, person, emoji, now_ms).await?;
    match (person, emoji) {
        // Nothing is known of it yet; an older page of history may still tell of it.
        (Some(person), Some(emoji)) if taken.is_empty() && means_something(emoji) => {
            let row = ReactionRow {
                message_id: message.to_db(),
                person_id: person.to_db(),
                emoji: emoji.to_owned(),
                by_name: String::new(),
                by_staff: false,
                at_ms: now_ms,
                since_ms: now_ms,
            };
            marks::put_reaction(turn.tx, &row, true).await?;
            Ok(())
        }
        _ => {
            for row in &taken {
                count(turn, row).await?;
            }
            Ok(())
        }
    }
}

/// Deals with what Discord told of a known message when it was asked.
pub(crate) async fn reread(turn: &mut Turn<'_>, reread: &Reread) -> Result<(), StoreError> {
    let Some(message) = &reread.message else {
        return messages::deleted(turn, reread.place.channel, &[reread.id]).await;
    };
    messages::edited(turn, message).await?;
    let as_of_ms = reread.as_of.as_millisecond();
    let told: Vec<ReactionRow> = reread
        .reactions
        .iter()
        .filter_map(|reaction| row_of(turn, reaction, as_of_ms))
        .collect();
    let standing = marks::reactions_on(turn.tx, &[reread.id]).await?;
    let is_told = |row: &ReactionRow| {
        told.iter()
            .any(|it| it.person_id == row.person_id && it.emoji == row.emoji)
    };
    let gone = standing.into_iter().filter(|row| !is_told(row));
    let gone: Vec<_> = gone
        .map(|row| {
            (
                ReactionRow {
                    at_ms: as_of_ms,
                    ..row
                },
                true,
            )
        })
        .collect();
    let there = told.iter().map(|row| (row.clone(), false));
    for (row, taken) in there.chain(gone) {
        if marks::put_reaction(turn.tx, &row, taken).await? {
            count(turn, &row).await?;
        }
    }
    Ok(())
}

/// Lets a change of a reaction count, if it is on a question or an answer.
async fn count(turn: &mut Turn<'_>, row: &ReactionRow) -> Result<(), StoreError> {
    let message = MessageId::from_db(row.message_id);
    turn.known.reactions.insert(message);
    let why = match row.emoji.as_str() {
        CHECK_MARK => Why::CheckMarkTaken,
        _ => Why::AskersCrossTaken,
    };
    let cause = Cause::reaction(row, why);
    if let Some(question) = turn.question_by_message(message).await? {
        life::review(turn, question.id, cause.clone()).await?;
    }
    for answer in turn.answers_by_message(message).await? {
        life::review(turn, answer.question_id, cause.clone()).await?;
    }
    Ok(())
}
