//! Channels, forums and threads: what is said there, and waiting for it.

mod tags;

use std::future::Future;
use std::ops::Bound;
use std::sync::Arc;

use super::message::Message;
use super::view::MessageView;
use super::{Account, Overwritable};
use crate::shared::Shared;
use crate::time::Snowflake;
use crate::world::World;
use crate::world::state::OverwriteKind;
use crate::world::thread_changes::ThreadChange;

/// A text channel, a forum, a thread or a direct conversation.
#[derive(Clone)]
pub struct Channel {
    shared: Arc<Shared>,
    id: Snowflake,
}

/// A thread or a forum's post, which is a channel of its own.
pub type Thread = Channel;

/// A place in a channel's history: after the last message that was there when it was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor(Snowflake);

impl Channel {
    pub(super) fn new(shared: Arc<Shared>, id: Snowflake) -> Self {
        Self { shared, id }
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> Snowflake {
        self.id
    }

    /// Its name now.
    #[must_use]
    pub fn name(&self) -> String {
        self.shared.read(|world| {
            world
                .channel(self.id)
                .map_or_else(|_| String::new(), |channel| channel.name.clone())
        })
    }

    /// The channel or forum that a thread hangs in.
    pub(super) fn parent(&self) -> Option<Self> {
        let parent = self
            .shared
            .read(|world| world.channels.get(&self.id)?.parent)?;
        Some(Self::new(Arc::clone(&self.shared), parent))
    }

    /// Takes permissions from a role or member in this channel.
    pub fn deny(&self, target: &impl Overwritable, permissions: u64) {
        self.overwrite(target, 0, permissions);
    }

    /// Gives permissions to a role or member in this channel.
    pub fn allow(&self, target: &impl Overwritable, permissions: u64) {
        self.overwrite(target, permissions, 0);
    }

    fn overwrite(&self, target: &impl Overwritable, allow: u64, deny: u64) {
        let kind = if target.is_role() {
            OverwriteKind::Role
        } else {
            OverwriteKind::Member
        };
        self.shared
            .write(|world| world.set_overwrite(self.id, target.target_id(), kind, allow, deny));
    }

    /// Everything that is there now, oldest first.
    #[must_use]
    pub fn messages(&self) -> Vec<MessageView> {
        self.shared
            .read(|world| world.views_after(self.id, 0).collect())
    }

    /// Everything that somebody wrote here and that is still there, oldest first.
    #[must_use]
    pub fn messages_from(&self, author: &impl Account) -> Vec<MessageView> {
        let mut messages = self.messages();
        messages.retain(|message| message.author_id == author.account_id());
        messages
    }

    /// A handle on one of its messages.
    #[must_use]
    pub fn message(&self, id: Snowflake) -> Message {
        Message::existing(&self.shared, self.id, id)
    }

    /// The end of its history as it is now.
    #[must_use]
    pub fn cursor(&self) -> Cursor {
        Cursor(self.shared.read(|world| {
            let channel = world.channel(self.id).ok();
            channel
                .and_then(|channel| channel.last_message)
                .unwrap_or(0)
        }))
    }

    /// Waits for the first message of `author` after the moment of this call (not of its first `await`).
    ///
    /// # Panics
    ///
    /// The future panics when there is none in time.
    pub fn next_message_from<A: Account>(
        &self,
        author: &A,
    ) -> impl Future<Output = MessageView> + use<A> {
        self.message_from_after(author, self.cursor())
    }

    /// Waits for the first message of `author` after a cursor, which may be there already.
    ///
    /// # Panics
    ///
    /// The future panics when there is none in time.
    pub fn message_from_after<A: Account>(
        &self,
        author: &A,
        cursor: Cursor,
    ) -> impl Future<Output = MessageView> + use<A> {
        let (channel, author) = (self.clone(), author.account_id());
        async move {
            channel
                .wait_for_after(cursor, |message| message.author_id == author)
                .await
        }
    }

    /// Waits for a message for which `wanted` holds, at any place of the history; one that is there already counts.
    ///
    /// # Panics
    ///
    /// When there is none in time.
    pub async fn wait_for(&self, wanted: impl Fn(&MessageView) -> bool) -> MessageView {
        self.wait_for_after(Cursor(0), wanted).await
    }

    /// Waits for a message after a cursor for which `wanted` holds.
    ///
    /// # Panics
    ///
    /// When there is none in time.
    pub async fn wait_for_after(
        &self,
        cursor: Cursor,
        wanted: impl Fn(&MessageView) -> bool,
    ) -> MessageView {
        let find = |world: &World| {
            world
                .views_after(self.id, cursor.0)
                .find(|view| wanted(view))
        };
        match self.shared.wait(find).await {
            Some(view) => view,
            None => {
                let name = self.name();
                self.shared
                    .give_up(&format!("nobody wrote in #{name} what was waited for"))
            }
        }
    }

    /// Archives a thread.
    ///
    /// # Panics
    ///
    /// When it is no thread, or is gone.
    pub fn archive(&self) {
        self.change_thread(ThreadChange {
            archived: Some(true),
            ..ThreadChange::default()
        });
    }

    /// Brings an archived thread back.
    ///
    /// # Panics
    ///
    /// When it is no thread, or is gone.
    pub fn unarchive(&self) {
        self.change_thread(ThreadChange {
            archived: Some(false),
            ..ThreadChange::default()
        });
    }

    /// Locks a thread: only moderators may write there, or bring it back.
    ///
    /// # Panics
    ///
    /// When it is no thread, or is gone.
    pub fn lock(&self) {
        self.change_thread(ThreadChange {
            locked: Some(true),
            ..ThreadChange::default()
        });
    }

    /// Whether it is an archived thread.
    #[must_use]
    pub fn is_archived(&self) -> bool {
        self.shared.read(|world| {
            let thread = world
                .channels
                .get(&self.id)
                .and_then(|channel| channel.thread.as_ref());
            thread.is_some_and(|thread| thread.archived)
        })
    }

    /// Changes its name.
    pub fn rename(&self, name: &str) {
        self.shared
            .write(|world| world.change_channel(self.id, |channel| channel.name = name.to_owned()));
    }

    /// Deletes it with all that is in it.
    pub fn delete(&self) {
        self.shared.write(|world| {
            if world
                .channels
                .get(&self.id)
                .is_some_and(|channel| channel.is_thread())
            {
                let _ = world.remove_thread(self.id);
            } else {
                world.remove_channel(self.id);
            }
        });
    }

    fn change_thread(&self, change: ThreadChange) {
        let changed = self.shared.write(|world| {
            let guild = world
                .channel(self.id)?
                .guild
                .and_then(|guild| world.guilds.get(&guild));
            let owner = guild.map_or(0, |guild| guild.owner);
            world.change_thread(owner, self.id, change)
        });
        changed.unwrap_or_else(|refusal| panic!("the thread cannot be changed: {refusal}"));
    }
}

impl World {
    fn views_after(
        &self,
        channel: Snowflake,
        after: Snowflake,
    ) -> impl Iterator<Item = MessageView> {
        let messages = self.channels.get(&channel).map(|channel| &channel.messages);
        let after = (Bound::Excluded(after), Bound::Unbounded);
        messages
            .into_iter()
            .flat_map(move |messages| messages.range(after))
            .map(|(_, message)| MessageView::of(message))
    }
}
