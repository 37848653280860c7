//! The application: one way in ([`Event`]), one way out ([`Effect`]), and [`App::handle`], the one
//! place where state changes.
//!
//! It knows the domain, reading and the store. It must never know serenity, nor wait for Discord.

pub mod answer;
mod by_hand;
pub mod command;
mod course;
pub mod courses;
pub mod digest;
pub mod effect;
pub mod event;
mod fold;
mod gather;
pub mod interaction;
mod lectures;
mod life;
pub mod link;
mod listing;
pub mod lookup;
mod memory;
mod menu;
mod messages;
pub mod offer;
mod reactions;
mod relay;
pub mod reply;
pub mod restored;
mod setup;
mod tag;
mod topics;
mod turn;
mod undo;
mod verdict;

use std::collections::HashSet;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::{Mutex, Notify, watch};

use self::courses::Courses;
use self::effect::{Effect, Entry};
use self::event::Event;
use self::memory::Memory;
use self::turn::{Finished, Turn};
use crate::clock::Clock;
use crate::domain::ids::{ChannelId, MessageId, ServerId, UserId};
use crate::store::cursors::{self, Cursor};
use crate::store::{Store, StoreError, Tx, drafts, known, lookups, marks, outbox, questions};

/// Beadle itself, without Discord.
pub struct App {
    store: Store,
    clock: Arc<dyn Clock>,
    courses: watch::Sender<Arc<Courses>>,
    me: UserId,
    late_limit: SignedDuration,
    hears_words: bool,
    memory: Mutex<Memory>,
    /// Told when a digest has become stale.
    gone_stale: Notify,
}

impl App {
    /// How often a race with another process is run again before it is said.
    const RACES: usize = 5;
    /// For how long what was sent, and marks of messages that were never gathered, are kept.
    const KEPT_FOR: SignedDuration = SignedDuration::from_hours(48);

    /// An application that serves these courses. `me` is Beadle's own id on Discord.
    pub fn new(store: Store, clock: Arc<dyn Clock>, courses: Courses, me: UserId) -> Self {
        let late_limit = crate::domain::schedule::LATE_LIMIT;
        Self {
            store,
            clock,
            courses: watch::Sender::new(Arc::new(courses)),
            me,
            late_limit,
            hears_words: true,
            memory: Mutex::default(),
            gone_stale: Notify::new(),
        }
    }

    /// With another limit to how late a missed digest may still be posted.
    #[must_use]
    pub fn with_late_limit(self, late_limit: SignedDuration) -> Self {
        Self { late_limit, ..self }
    }

    /// For when Discord does not tell what people write (the Message Content intent is off), but for
    /// what mentions Beadle: a message without words is then none that says nothing, and changes
    /// nothing.
    #[must_use]
    pub fn hearing_words(self, hears_words: bool) -> Self {
        Self {
            hears_words,
            ..self
        }
    }

    /// Remembering so many messages, where more are told in an hour than in any class.
    #[must_use]
    pub fn with_memory_of(self, messages: usize) -> Self {
        let memory = Memory {
            window: memory::Window::of(messages),
            ..Memory::default()
        };
        Self {
            memory: Mutex::new(memory),
            ..self
        }
    }

    /// The courses that are served, as they stand now.
    pub fn courses(&self) -> Arc<Courses> {
        self.courses.borrow().clone()
    }

    /// Told whenever a course has changed.
    pub fn courses_changed(&self) -> watch::Receiver<Arc<Courses>> {
        self.courses.subscribe()
    }

    /// The database.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// The clock.
    pub fn clock(&self) -> &Arc<dyn Clock> {
        &self.clock
    }

    /// Beadle's own id on Discord.
    pub fn me(&self) -> UserId {
        self.me
    }

    /// Deals with one event; see [`App::handle_all`].
    ///
    /// # Errors
    /// When the database fails; then nothing of the event was done.
    pub async fn handle(&self, event: &Event) -> Result<Vec<Entry>, StoreError> {
        self.handle_all(std::slice::from_ref(event)).await
    }

    /// Deals with events in their order, in one transaction with the cursors that they move.
    /// Returns what is to be done on Discord, which the outbox holds by then.
    ///
    /// # Errors
    /// When the database fails; then nothing of any of the events was done.
    pub async fn handle_all(&self, events: &[Event]) -> Result<Vec<Entry>, StoreError> {
        let mut memory = self.memory.lock().await;
        for _ in 0..Self::RACES {
            match self.transact(events, &mut memory).await {
                // What another process has written in between is known the next time.
                Err(StoreError::Raced) => memory.forget(),
                Err(error) => {
                    memory.forget();
                    return Err(error);
                }
                Ok(entries) => return Ok(entries),
            }
        }
        Err(StoreError::Raced)
    }

    async fn transact(
        &self,
        events: &[Event],
        memory: &mut Memory,
    ) -> Result<Vec<Entry>, StoreError> {
        let mut tx = self.store.begin().await?;
        let named = events.iter().flat_map(Event::messages).collect();
        let courses = self.courses();
        let mut turn = self.turn(&mut tx, &courses, memory, named).await?;
        for event in events {
            turn.now = self.clock.now();
            dispatch(&mut turn, event).await?;
            messages::weigh_again(&mut turn).await?;
            crate::crash::point!("app-in-transaction");
        }
        let finished = turn.finish().await?;
        self.commit(tx, &courses, finished).await
    }

    /// A turn of a transaction that is about these messages.
    async fn turn<'a>(
        &self,
        tx: &'a mut Tx,
        courses: &'a Courses,
        memory: &'a mut Memory,
        messages: HashSet<MessageId>,
    ) -> Result<Turn<'a>, StoreError> {
        let known = known::known(tx, messages).await?;
        Ok(Turn {
            tx,
            now: self.clock.now(),
            courses,
            courses_changed: false,
            me: self.me,
            late_limit: self.late_limit,
            hears_words: self.hears_words,
            memory,
            known,
            again: Default::default(),
            touched: Default::default(),
            erased: Default::default(),
            pending: Default::default(),
        })
    }

    /// Commits what a turn did, and serves the courses as they are then.
    async fn commit(
        &self,
        mut tx: Tx,
        courses: &Courses,
        finished: Finished,
    ) -> Result<Vec<Entry>, StoreError> {
        let changed = if finished.courses_changed {
            Some(courses.reopened(&mut tx, self.clock.now()).await?)
        } else {
            None
        };
        crate::crash::point!("app-before-commit");
        tx.commit().await?;
        crate::crash::point!("app-after-commit");
        if let Some(changed) = changed {
            self.courses.send_replace(Arc::new(changed));
        }
        if finished.digest_stale {
            self.gone_stale.notify_one();
        }
        Ok(finished.entries)
    }

    /// What was decided and not yet ticked off for the servers whose courses are served here, in the
    /// order of deciding. Of several processes on one database, each carries out its own.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn waiting(&self) -> Result<Vec<Entry>, StoreError> {
        let mut tx = self.store.read().await?;
        let rows = outbox::waiting_effects(&mut tx).await?;
        let courses = self.courses();
        let is_ours = |row: &outbox::OutboxRow| {
            row.server_id.is_none_or(|server| {
                let server = ServerId::from_db(server);
                courses.on(server).next().is_some()
            })
        };
        let ours = rows.into_iter().filter(is_ours);
        Ok(ours.filter_map(entry_of).collect())
    }

    /// How far a channel has been dealt with.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn cursor(&self, channel: ChannelId) -> Result<Option<Cursor>, StoreError> {
        let mut tx = self.store.read().await?;
        cursors::cursor(&mut tx, channel).await
    }

    /// Whether a channel's history has been read to its end, so that the live stream moves its
    /// cursor.
    pub async fn is_live(&self, channel: ChannelId) -> bool {
        self.memory.lock().await.live.contains(&channel)
    }

    /// The messages of a server whose fate since they were last seen may change a question that waits,
    /// or that was closed after a moment: theirs and those of the answers linked to them. Ordered by
    /// channel, then by message.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn to_reread(
        &self,
        server: ServerId,
        closed_since: Timestamp,
    ) -> Result<Vec<(ChannelId, MessageId)>, StoreError> {
        let mut tx = self.store.read().await?;
        let since_ms = closed_since.as_millisecond();
        questions::messages_to_reread(&mut tx, server, since_ms).await
    }

    /// Forgets what is of no use any more: lookups past the newest of each channel, old marks, what was
    /// sent long ago, and set-ups that nobody went on with.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn tidy(&self) -> Result<(), StoreError> {
        let before_ms = (self.clock.now() - Self::KEPT_FOR).as_millisecond();
        let mut tx = self.store.begin().await?;
        lookups::forget_old_lookups(&mut tx).await?;
        marks::forget_marks(&mut tx, before_ms).await?;
        outbox::forget_effects(&mut tx, before_ms).await?;
        crate::store::topics::forget_topic_imports(&mut tx, before_ms).await?;
        drafts::forget_drafts(&mut tx, before_ms).await?;
        tx.commit().await
    }
}

/// One arm an event, each to the use case that deals with it.
async fn dispatch(turn: &mut Turn<'_>, event: &Event) -> Result<(), StoreError> {
    match event {
        Event::Posted(message) => messages::posted(turn, message).await,
        Event::Edited(message) => messages::edited(turn, message).await,
        Event::Deleted { channel, messages } => messages::deleted(turn, *channel, messages).await,
        Event::ChannelGone { channel } => messages::channel_gone(turn, *channel).await,
        Event::Reacted(reaction) => reactions::reacted(turn, reaction).await,
        Event::Unreacted {
            message,
            person,
            emoji,
        } => reactions::unreacted(turn, *message, *person, emoji.as_deref()).await,
        Event::Interrupted { round } => {
            turn.memory.live.clear();
            turn.memory.round = turn.memory.round.max(*round);
            Ok(())
        }
        Event::History { place, messages } => {
            messages::history(turn, place.channel, messages).await
        }
        Event::CaughtUp {
            channel,
            until,
            since,
            round,
        } => {
            let to = Cursor {
                message: *until,
                since: *since,
            };
            turn.advance(*channel, to);
            if turn.memory.round == *round {
                turn.memory.live.insert(*channel);
            }
            Ok(())
        }
        Event::Reread(reread) => reactions::reread(turn, reread).await,
        Event::Relayed { message, said } => relay::stands(turn, *message, said).await,
        Event::Tagged {
            place,
            solved,
            as_of,
            by_beadle,
        } => {
            let seen = tag::Seen {
                solved: *solved,
                as_of: *as_of,
            };
            match by_beadle {
                true => tag::put(turn, place, seen).await,
                false => tag::seen(turn, place, seen).await,
            }
        }
        Event::DigestDue { course } => digest::due(turn, course).await,
        Event::DigestStale { course } => digest::redraw::due(turn, course).await,
        Event::DigestFound {
            course,
            occurrence,
            posted_at,
        } => restored::found(turn, course, *occurrence, *posted_at).await,
    }
}

fn entry_of(row: outbox::OutboxRow) -> Option<Entry> {
    Some(Entry {
        effect: Effect::from_json(&row.effect)?,
        id: row.id,
        key: row.key,
        channel: ChannelId::from_db(row.channel_id),
        nonce: row.nonce,
        created_at_ms: row.created_at_ms,
        expires_at_ms: row.expires_at_ms,
    })
}
