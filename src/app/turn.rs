//! One turn of the handling of a batch: the transaction it writes to, what is known around it, and
//! what it decides. What is written in bulk is gathered here and written at the end.

use std::collections::{BTreeSet, HashMap, HashSet, VecDeque};

use jiff::Timestamp;

use super::courses::Courses;
use super::digest::redraw;
use super::effect::{Effect, Entry, Outgoing};
use super::event::{Delivery, Message};
use super::memory::{Memory, Order, Recent};
use crate::domain::ids::{ChannelId, MessageId, ServerId, UserId};
use crate::store::answers::{self, AnswerRow};
use crate::store::cursors::{self, Cursor};
use crate::store::known::{self, Known};
use crate::store::questions::{self, QuestionRow};
use crate::store::transitions::{self, TransitionRow};
use crate::store::{StoreError, Tx, marks, outbox};

/// Everything that a use case needs to deal with an event.
pub(crate) struct Turn<'a> {
    /// The transaction of the batch that the event is in. Questions and answers that are new in it are
    /// not all written yet: what asks for either goes through [`Turn::db`].
    pub tx: &'a mut Tx,
    /// The present moment.
    pub now: Timestamp,
    /// Every course that is served, as they stood when the batch began.
    pub courses: &'a Courses,
    /// Whether a course was changed, so that the courses have to be read anew.
    pub courses_changed: bool,
    /// Beadle's own id.
    pub me: UserId,
    /// How late a missed digest may still be posted.
    pub late_limit: jiff::SignedDuration,
    /// Whether Discord tells what people write.
    pub hears_words: bool,
    /// What is remembered between events.
    pub memory: &'a mut Memory,
    /// Of which messages of the batch anything is known.
    pub known: Known,
    /// Messages to be weighed again, since a question before them came or went.
    pub again: BTreeSet<(MessageId, ChannelId)>,
    /// Questions of which something has changed that a digest may tell.
    pub touched: BTreeSet<i64>,
    /// Questions whose text was erased: no digest may show it any more.
    pub erased: BTreeSet<i64>,
    /// What is written at the end.
    pub pending: Pending,
}

/// What is written in bulk at the end of a batch.
#[derive(Debug, Default)]
pub(crate) struct Pending {
    questions: Vec<QuestionRow>,
    answers: Vec<AnswerRow>,
    /// Numbers for questions to come.
    ids: VecDeque<i64>,
    effects: Vec<Decided>,
    keys: HashSet<String>,
    transitions: Vec<TransitionRow>,
    cursors: HashMap<ChannelId, Cursor>,
}

#[derive(Debug)]
struct Decided {
    purpose: Purpose,
    channel: ChannelId,
    effect: Effect,
}

/// What came of a turn.
#[derive(Debug)]
pub(crate) struct Finished {
    /// The effects that are new, in the order of deciding.
    pub entries: Vec<Entry>,
    /// Whether the courses have to be read anew.
    pub courses_changed: bool,
    /// Whether a digest has become stale.
    pub digest_stale: bool,
}

/// What an effect is for, and how long it is of use.
#[derive(Debug, Clone)]
pub(crate) struct Purpose {
    /// Unique; the same purpose is served once.
    pub key: String,
    /// The server on which it happens.
    pub server: ServerId,
    /// The message that brought it about.
    pub cause: Option<MessageId>,
    /// After which it is of no use.
    pub expires_at: Option<Timestamp>,
}

impl Turn<'_> {
    /// The present moment in UTC milliseconds.
    pub fn now_ms(&self) -> i64 {
        self.now.as_millisecond()
    }

    /// When a message was said, as it reads now, by this machine's clock: what comes live was said just
    /// now, whatever Discord's clock shows.
    pub fn heard_at(&self, message: &Message) -> Timestamp {
        match message.delivery {
            Delivery::Live => self.now,
            Delivery::History => message.edited_at.unwrap_or(message.posted_at),
        }
    }

    /// Whether what a message says is kept from Beadle.
    pub fn is_hidden(&self, message: &Message) -> bool {
        !self.hears_words && message.text.is_empty()
    }

    /// The database with everything in it that was gathered so far.
    pub async fn db(&mut self) -> Result<&mut Tx, StoreError> {
        if !self.pending.questions.is_empty() {
            let questions = std::mem::take(&mut self.pending.questions);
            questions::put_questions(self.tx, &questions).await?;
        }
        if !self.pending.answers.is_empty() {
            let answers = std::mem::take(&mut self.pending.answers);
            answers::put_answers(self.tx, &answers).await?;
        }
        Ok(self.tx)
    }

    /// The database with everything that was decided so far, changes of state included.
    pub async fn all(&mut self) -> Result<&mut Tx, StoreError> {
        self.db().await?;
        let transitions = std::mem::take(&mut self.pending.transitions);
        transitions::put_transitions(self.tx, &transitions).await?;
        Ok(self.tx)
    }

    /// Gathers a question: gives it its number and has it written with the others of the batch.
    pub async fn put_question(&mut self, row: &mut QuestionRow) -> Result<(), StoreError> {
        const AT_ONCE: i64 = 64;
        if self.pending.ids.is_empty() {
            let db = self.db().await?;
            let ids = questions::new_ids(db, AT_ONCE).await?;
            self.pending.ids.extend(ids);
        }
        row.id = self.pending.ids.pop_front().unwrap_or_default();
        self.pending.questions.push(row.clone());
        self.note(row);
        Ok(())
    }

    /// Has an answer written with the others of the batch. Its message is not linked to its question yet.
    pub fn put_answer(&mut self, row: AnswerRow) {
        self.known
            .answers
            .insert(MessageId::from_db(row.message_id));
        self.pending.answers.push(row);
    }

    /// The question of that row.
    pub async fn question(&mut self, id: i64) -> Result<Option<QuestionRow>, StoreError> {
        match self.pending.questions.iter().find(|row| row.id == id) {
            Some(row) => Ok(Some(row.clone())),
            None => questions::question(self.tx, id).await,
        }
    }

    /// Looks up what is known of messages that no event of the batch is about.
    pub async fn look_up(&mut self, messages: HashSet<MessageId>) -> Result<(), StoreError> {
        let found = known::known(self.tx, messages).await?;
        self.known.extend(found);
        Ok(())
    }

    /// Whether another question of the lecture may ask the same.
    pub async fn may_be_asked(&mut self, row: &QuestionRow) -> Result<bool, StoreError> {
        let Some(same_key) = row.same_key else {
            return Ok(false);
        };
        let lecture = (row.course_id, row.lecture_id);
        if !self.memory.same_keys.contains_key(&lecture) {
            let db = self.db().await?;
            let keys = questions::same_keys(db, lecture.0, lecture.1).await?;
            self.memory
                .same_keys
                .insert(lecture, keys.into_iter().collect());
        }
        Ok(self.memory.same_keys[&lecture].contains(&same_key))
    }

    /// Decides an effect. An effect whose key stands already is not decided again.
    pub fn decide(&mut self, channel: ChannelId, effect: Effect, purpose: Purpose) {
        if self.pending.keys.insert(purpose.key.clone()) {
            self.pending.effects.push(Decided {
                purpose,
                channel,
                effect,
            });
        }
    }

    /// Decides a reply in words to a message, of no use after `expires_at`. It lasts, since that may be later
    /// than Discord knows a nonce.
    pub fn reply(&mut self, channel: ChannelId, to: MessageId, text: String, purpose: Purpose) {
        let effect = Effect::Say {
            reply_to: Some(to),
            message: Outgoing::text(text),
            lasting: true,
        };
        self.decide(channel, effect, purpose);
    }

    /// Moves a channel's cursor; it never moves back, and where watching began stays.
    pub fn advance(&mut self, channel: ChannelId, to: Cursor) {
        let cursor = self.pending.cursors.entry(channel).or_insert(to);
        cursor.message = cursor.message.max(to.message);
    }

    /// Keeps a change of a question's state.
    pub fn keep(&mut self, transition: TransitionRow) {
        self.pending.transitions.push(transition);
    }

    /// The question that a message asks.
    pub async fn question_by_message(
        &mut self,
        message: MessageId,
    ) -> Result<Option<QuestionRow>, StoreError> {
        if self.is_unknown(message, |known| &known.questions) {
            return Ok(None);
        }
        questions::question_by_message(self.db().await?, message).await
    }

    /// What a message is linked to as an answer.
    pub async fn answers_by_message(
        &mut self,
        message: MessageId,
    ) -> Result<Vec<AnswerRow>, StoreError> {
        if self.is_unknown(message, |known| &known.answers) {
            return Ok(Vec::new());
        }
        answers::answers_by_message(self.db().await?, message).await
    }

    /// What is known of a message's later fate.
    pub async fn mark(&mut self, message: MessageId) -> Result<marks::Mark, StoreError> {
        if self.is_unknown(message, |known| &known.marks) {
            return Ok(marks::Mark::default());
        }
        marks::mark(self.tx, message).await
    }

    /// Whether nothing of a kind is known of a message.
    pub fn is_unknown(
        &self,
        message: MessageId,
        of: impl Fn(&Known) -> &HashSet<MessageId>,
    ) -> bool {
        self.known.looked_up.contains(&message) && !of(&self.known).contains(&message)
    }

    /// The questions of a channel among which are the newest `wanted` that others than `author` asked
    /// between two places in the order of asking; or all of those, if they are fewer.
    pub async fn recent(
        &mut self,
        channel: ChannelId,
        since: Order,
        before: Order,
        author: i64,
        wanted: usize,
    ) -> Result<&Recent, StoreError> {
        let mut limit = 64;
        loop {
            let kept = self.memory.recent.get(&channel);
            if kept.is_some_and(|recent| recent.is_enough(since, before, author, wanted)) {
                return Ok(&self.memory.recent[&channel]);
            }
            let db = self.db().await?;
            let older = questions::questions_before(db, channel, since.0, before, limit).await?;
            let newer = questions::questions_from(db, channel, before, limit).await?;
            let recent = Recent::around(since, &older, &newer, limit as usize);
            if self.memory.recent.len() >= Recent::CHANNELS {
                self.memory.recent.clear();
            }
            self.memory.recent.insert(channel, recent);
            // Whoever asks most of a channel's questions themselves has others' farther back.
            limit *= 4;
        }
    }

    /// Tells what is remembered that a question came, changed or went.
    pub fn note(&mut self, row: &QuestionRow) {
        let message = MessageId::from_db(row.message_id);
        self.known.questions.insert(message);
        let keys = self
            .memory
            .same_keys
            .get_mut(&(row.course_id, row.lecture_id));
        if let (Some(keys), Some(same_key)) = (keys, row.same_key) {
            keys.insert(same_key);
        }
        let channel = ChannelId::from_db(row.channel_id);
        if let Some(recent) = self.memory.recent.get_mut(&channel) {
            recent.note(row);
        }
    }

    /// Writes what was gathered.
    pub async fn finish(mut self) -> Result<Finished, StoreError> {
        self.db().await?;
        let Self {
            tx,
            now,
            pending,
            courses_changed,
            touched,
            erased,
            ..
        } = self;
        transitions::put_transitions(tx, &pending.transitions).await?;
        let cursors: Vec<_> = pending.cursors.into_iter().collect();
        cursors::advance_cursors(tx, &cursors).await?;
        let digest_stale = redraw::mark(tx, touched, erased, now).await?;
        Ok(Finished {
            digest_stale,
            entries: put_effects(tx, pending.effects, now.as_millisecond()).await?,
            courses_changed,
        })
    }
}

async fn put_effects(
    tx: &mut Tx,
    decided: Vec<Decided>,
    now_ms: i64,
) -> Result<Vec<Entry>, StoreError> {
    let texts: Vec<(String, String)> = decided
        .iter()
        .map(|it| (it.effect.to_json(), nonce_of(&it.purpose.key)))
        .collect();
    let new: Vec<outbox::NewEffect> = decided
        .iter()
        .zip(&texts)
        .map(|(it, (effect, nonce))| outbox::NewEffect {
            key: &it.purpose.key,
            server: it.purpose.server,
            channel: it.channel,
            cause: it.purpose.cause,
            effect,
            nonce,
            created_at_ms: now_ms,
            expires_at_ms: it.purpose.expires_at.map(Timestamp::as_millisecond),
        })
        .collect();
    let ids = outbox::put_effects(tx, &new).await?;
    let ids: HashMap<String, i64> = ids.into_iter().map(|(id, key)| (key, id)).collect();
    let mut entries: Vec<Entry> = decided
        .into_iter()
        .zip(texts)
        .filter_map(|(it, (_, nonce))| {
            Some(Entry {
                id: *ids.get(&it.purpose.key)?,
                key: it.purpose.key,
                channel: it.channel,
                effect: it.effect,
                nonce,
                created_at_ms: now_ms,
                expires_at_ms: it.purpose.expires_at.map(Timestamp::as_millisecond),
            })
        })
        .collect();
    entries.sort_by_key(|entry| entry.id);
    Ok(entries)
}

/// The nonce under which Discord knows an effect, always the same for the same key.
fn nonce_of(key: &str) -> String {
    format!("{:016x}", fnv(key))
}

/// A hash of a text, the same in every version: 64-bit FNV-1a (Fowler, Noll, Vo).
pub(crate) fn fnv(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::nonce_of;

    #[test]
    fn a_nonce_fits_discords_limit_and_tells_keys_apart() {
        assert!(nonce_of("digest:1:2026-11-23:1").len() <= 25);
        assert_ne!(nonce_of("lookup:1:0"), nonce_of("lookup:1:1"));
        assert_eq!(nonce_of(""), "cbf29ce484222325");
    }
}
