//! Messages as things to act on and to wait for.

use std::sync::Arc;

use super::view::{MessageView, ReactionView};
use super::{Account, InChannel};
use crate::shared::Shared;
use crate::time::Snowflake;
use crate::world::World;
use crate::world::revision::Revision;
use crate::world::state::message_kind;

/// A message that was sent.
#[derive(Clone)]
pub struct Message {
    shared: Arc<Shared>,
    channel: Snowflake,
    id: Snowflake,
    text: String,
}

impl Message {
    pub(crate) fn existing(shared: &Arc<Shared>, channel: Snowflake, id: Snowflake) -> Self {
        let text = shared.read(|world| {
            let message = world.message(channel, id);
            message.map_or_else(|_| String::new(), |message| message.content.clone())
        });
        Self {
            shared: Arc::clone(shared),
            channel,
            id,
            text,
        }
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> Snowflake {
        self.id
    }

    /// Its text when this handle was made.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The message as it is now; `None` when it is gone.
    #[must_use]
    pub fn view(&self) -> Option<MessageView> {
        self.shared.read(|world| self.view_in(world))
    }

    fn view_in(&self, world: &World) -> Option<MessageView> {
        world
            .message(self.channel, self.id)
            .ok()
            .map(MessageView::of)
    }

    /// Has its author change its text.
    ///
    /// # Panics
    ///
    /// When it is gone, or the text breaks a limit.
    pub async fn edit(&self, text: &str) {
        let changed = self.shared.write(|world| {
            let author = world.message(self.channel, self.id)?.author;
            world.edit_message(author, self.channel, self.id, Revision::of_text(text))
        });
        changed.unwrap_or_else(|refusal| panic!("the message cannot be edited: {refusal}"));
        tokio::task::yield_now().await;
    }

    /// Waits for the first reply to it, by anybody.
    ///
    /// # Panics
    ///
    /// When there is none in time.
    pub async fn reply(&self) -> MessageView {
        let found = self
            .shared
            .wait(|world| self.replies_in(world).next())
            .await;
        self.or_give_up(found, "nobody replied")
    }

    /// The replies to it that are there now, oldest first.
    #[must_use]
    pub fn replies(&self) -> Vec<MessageView> {
        self.shared.read(|world| self.replies_in(world).collect())
    }

    fn replies_in(&self, world: &World) -> impl Iterator<Item = MessageView> {
        let later = world
            .channels
            .get(&self.channel)
            .map(|channel| channel.messages.range(self.id..));
        later
            .into_iter()
            .flatten()
            .map(|(_, message)| message)
            .filter(|message| message.kind == message_kind::REPLY)
            .filter(|message| {
                message.reference.and_then(|reference| reference.message) == Some(self.id)
            })
            .map(MessageView::of)
    }

    /// Waits until somebody has put this emoji under it.
    ///
    /// # Panics
    ///
    /// When nobody does in time.
    pub async fn reaction_from(&self, who: &impl Account, emoji: &str) {
        let who = who.account_id();
        let what = format!("nobody put {emoji} under it");
        self.until_or(&what, |view| view.reactors(emoji).contains(&who))
            .await;
    }

    /// Waits until somebody's emoji is no longer under it.
    ///
    /// # Panics
    ///
    /// When it stays.
    pub async fn no_reaction_from(&self, who: &impl Account, emoji: &str) {
        let who = who.account_id();
        let what = format!("{emoji} stayed under it");
        self.until_or(&what, |view| !view.reactors(emoji).contains(&who))
            .await;
    }

    /// The emoji under it now.
    #[must_use]
    pub fn reactions(&self) -> Vec<ReactionView> {
        self.view().map_or_else(Vec::new, |view| view.reactions)
    }

    /// Waits until it is as wanted, such as edited in a certain way.
    ///
    /// # Panics
    ///
    /// When it does not become so in time.
    pub async fn until(&self, wanted: impl Fn(&MessageView) -> bool) -> MessageView {
        self.until_or("it did not become what was waited for", wanted)
            .await
    }

    async fn until_or(&self, what: &str, wanted: impl Fn(&MessageView) -> bool) -> MessageView {
        let find = |world: &World| self.view_in(world).filter(|view| wanted(view));
        let found = self.shared.wait(find).await;
        self.or_give_up(found, what)
    }

    /// Waits until it is deleted.
    ///
    /// # Panics
    ///
    /// When it stays.
    pub async fn gone(&self) {
        let is_gone = |world: &World| self.view_in(world).is_none().then_some(());
        let found = self.shared.wait(is_gone).await;
        self.or_give_up(found, "it was not deleted");
    }

    /// Whether it is deleted now.
    #[must_use]
    pub fn is_gone(&self) -> bool {
        self.view().is_none()
    }

    fn or_give_up<T>(&self, found: Option<T>, what: &str) -> T {
        found.unwrap_or_else(|| self.shared.give_up(&format!("to `{}`: {what}", self.text)))
    }
}

impl InChannel for Message {
    fn channel_id(&self) -> Snowflake {
        self.channel
    }

    fn message_id(&self) -> Snowflake {
        self.id
    }
}
