//! The tag of a forum's post that says "solved": Beadle sets it when the post's question is answered and
//! takes it off when that is undone; and what people do with it is their word on the question.
//!
//! Discord tells that a tag has changed, not who did it. But only the post's owner and those who may
//! manage threads can, so whoever it was had a say, unless it was Beadle. That is told by what is
//! remembered: what was last seen, and what Beadle wanted. A tag that is neither was changed by a person.

use jiff::Timestamp;

use super::effect::Effect;
use super::event::{Person, Place};
use super::life;
use super::turn::{Purpose, Turn};
use super::verdict::{self, Verdict};
use crate::domain::ids::{ChannelId, MessageId, ServerId, UserId};
use crate::domain::question::QuestionState;
use crate::store::StoreError;
use crate::store::post_tags::{self, PostTag};
use crate::store::questions::{self, QuestionRow};

/// What Beadle has done with a tag may be told by Discord so much later, in milliseconds, after it has
/// done something else with it. What people do within that time counts when it is seen once more.
const ECHO_MS: i64 = 10_000;

/// As what a person is named of whom nothing is known but that they changed the tag.
const WHOEVER: &str = "the post's tag";

/// A tag as it was at a moment.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Seen {
    /// Whether it was there.
    pub solved: bool,
    /// When.
    pub as_of: Timestamp,
}

/// Has the tag follow a question's new state, if the question is a forum's post.
pub(crate) async fn follow(
    turn: &mut Turn<'_>,
    row: &QuestionRow,
    state: QuestionState,
) -> Result<(), StoreError> {
    if !is_post(row) {
        return Ok(());
    }
    let solved = match (state, row.merged_into) {
        (QuestionState::Merged, Some(root)) => {
            let root = questions::question(turn.db().await?, root).await?;
            root.is_some_and(|root| life::state_of(&root) == QuestionState::Answered)
        }
        (state, _) => state == QuestionState::Answered,
    };
    let post = ChannelId::from_db(row.channel_id);
    let mut tag = post_tags::post_tag(turn.tx, post)
        .await?
        .unwrap_or_default();
    if tag.wanted == solved {
        return Ok(());
    }
    tag.wanted = solved;
    tag.own_at_ms = turn.now_ms();
    tag.changes += 1;
    post_tags::put_post_tag(turn.tx, post, &tag).await?;
    let server = ServerId::from_db(row.server_id);
    let purpose = Purpose {
        key: format!("tag:{post}:{}", tag.changes),
        server,
        cause: Some(MessageId::from_db(row.message_id)),
        expires_at: None,
    };
    let effect = Effect::Tag {
        server,
        post,
        solved,
    };
    turn.decide(post, effect, purpose);
    Ok(())
}

/// Only a forum's post has the id of a message that stands in it.
fn is_post(row: &QuestionRow) -> bool {
    row.channel_id == row.message_id
}

/// Beadle has put the tag there or taken it off.
pub(crate) async fn put(turn: &mut Turn<'_>, place: &Place, seen: Seen) -> Result<(), StoreError> {
    let post = place.channel;
    let mut tag = post_tags::post_tag(turn.tx, post)
        .await?
        .unwrap_or_default();
    tag.solved = seen.solved;
    tag.own_at_ms = turn.now_ms();
    tag.seen_at_ms = tag.seen_at_ms.max(seen.as_of.as_millisecond());
    post_tags::put_post_tag(turn.tx, post, &tag).await
}

/// The tag was seen there, or seen to be off.
pub(crate) async fn seen(turn: &mut Turn<'_>, place: &Place, seen: Seen) -> Result<(), StoreError> {
    if turn.courses.watching(place).is_none() {
        return Ok(());
    }
    let post = place.channel;
    let known = post_tags::post_tag(turn.tx, post).await?;
    if known.is_none() && !seen.solved {
        return Ok(());
    }
    let mut tag = known.unwrap_or_default();
    let as_of_ms = seen.as_of.as_millisecond();
    if as_of_ms < tag.seen_at_ms {
        return Ok(());
    }
    let by_a_person = seen.solved != tag.solved && seen.solved != tag.wanted;
    if by_a_person && tag.changes > 0 && as_of_ms < tag.own_at_ms + ECHO_MS {
        return Ok(());
    }
    (tag.solved, tag.seen_at_ms) = (seen.solved, as_of_ms);
    if by_a_person {
        tag.wanted = seen.solved;
    }
    post_tags::put_post_tag(turn.tx, post, &tag).await?;
    match by_a_person {
        true => counts(turn, MessageId::new(post.get()), seen.solved).await,
        false => Ok(()),
    }
}

/// A post that was tagged before its question came to be is answered.
pub(crate) async fn of_new(turn: &mut Turn<'_>, row: &QuestionRow) -> Result<(), StoreError> {
    if !is_post(row) {
        return Ok(());
    }
    let post = ChannelId::from_db(row.channel_id);
    match post_tags::post_tag(turn.tx, post).await? {
        Some(PostTag { solved: true, .. }) => {
            counts(turn, MessageId::from_db(row.message_id), true).await
        }
        _ => Ok(()),
    }
}

/// Lets what a person did with the tag count as their word on the question.
async fn counts(turn: &mut Turn<'_>, message: MessageId, solved: bool) -> Result<(), StoreError> {
    let Some(question) = turn.question_by_message(message).await? else {
        return Ok(());
    };
    let question = life::standing_for(turn, question).await?;
    let is_answered = life::state_of(&question) == QuestionState::Answered;
    if is_answered == solved || verdict::is_withdrawn(&question) {
        return Ok(());
    }
    let whoever = Person {
        id: UserId::new(0),
        name: WHOEVER.to_owned(),
        is_bot: false,
        roles: Vec::new(),
        manages_messages: false,
        manages_server: false,
    };
    let said = match solved {
        true => Verdict::Answered,
        false => Verdict::Reopened,
    };
    verdict::say(turn, question, said, &whoever).await?;
    Ok(())
}
