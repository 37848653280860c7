//! What became of something that a person did with a bot.

use std::sync::Arc;

use super::modal::Modal;
use super::person::Person;
use super::view::MessageView;
use crate::shared::Shared;
use crate::time::Snowflake;
use crate::world::World;
use crate::world::interactions::{FirstAnswer, Interaction};

/// What a client shows when a bot has not answered within three seconds.
const NO_ANSWER: &str = "The application did not respond";

/// A command, a click or a form that has been sent off.
#[derive(Clone)]
pub struct Used {
    shared: Arc<Shared>,
    person: Person,
    id: Snowflake,
}

/// What a wait has come to.
enum Outcome<T> {
    Found(T),
    Failed,
}

impl Used {
    pub(super) fn new(shared: Arc<Shared>, person: Person, id: Snowflake) -> Self {
        Self { shared, person, id }
    }

    /// The interaction's id.
    #[must_use]
    pub fn id(&self) -> Snowflake {
        self.id
    }

    /// Waits for the first finished answer: given at once, or put off and filled in.
    ///
    /// # Panics
    ///
    /// When there is none in time.
    pub async fn reply(&self) -> MessageView {
        let found = self
            .outcome(|world, _| world.finished_reply(self.id).map(MessageView::of))
            .await;
        self.or_give_up(found, "the bot did not reply")
    }

    /// Waits until the first answer is as wanted, such as changed in a certain way.
    ///
    /// # Panics
    ///
    /// When it does not become so in time.
    pub async fn until(&self, wanted: impl Fn(&MessageView) -> bool) -> MessageView {
        let look = |world: &World, _: &Interaction| {
            let view = world.finished_reply(self.id).map(MessageView::of)?;
            wanted(&view).then_some(view)
        };
        let found = self.outcome(look).await;
        self.or_give_up(found, "the reply did not become what was waited for")
    }

    /// Waits until the first answer, or the message whose control was used, is deleted.
    ///
    /// # Panics
    ///
    /// When it stays.
    pub async fn gone(&self) {
        let look = |world: &World, interaction: &Interaction| {
            let place = interaction.original?;
            world.message_at(place).is_none().then_some(())
        };
        let found = self.outcome(look).await;
        self.or_give_up(found, "the reply was not deleted");
    }

    /// Waits until the message whose control was used has been changed through it.
    ///
    /// # Panics
    ///
    /// When it is not changed in time.
    pub async fn update(&self) -> MessageView {
        let look = |world: &World, interaction: &Interaction| {
            let place = interaction
                .deed
                .message
                .filter(|_| interaction.has_updated)?;
            world.message_at(place).map(MessageView::of)
        };
        let found = self.outcome(look).await;
        self.or_give_up(found, "the bot did not change the message")
    }

    /// Waits for a form.
    ///
    /// # Panics
    ///
    /// When none is shown in time.
    pub async fn modal(&self) -> Modal {
        let form = |answer: &FirstAnswer| match answer {
            FirstAnswer::Modal(form) => Some(form.clone()),
            _ => None,
        };
        let form = self.first_answer(form).await;
        Modal::new(self.person.clone(), self.id, &form)
    }

    /// What was said after the first answer, oldest first, as it is now.
    #[must_use]
    pub fn followups(&self) -> Vec<MessageView> {
        self.shared.read(|world| followups(world, self.id))
    }

    /// Waits for something to be said after the first answer.
    ///
    /// # Panics
    ///
    /// When nothing is in time.
    pub async fn followup(&self) -> MessageView {
        let found = self
            .outcome(|world, _| followups(world, self.id).into_iter().next())
            .await;
        self.or_give_up(found, "the bot did not follow up")
    }

    /// Waits until the bot is too late, and tells what the person sees then.
    ///
    /// # Panics
    ///
    /// When the bot answers, or its time does not run out while the sandbox is patient.
    pub async fn failed(&self) -> &'static str {
        let answered = self
            .outcome(|_, interaction| interaction.answer.clone())
            .await;
        match answered {
            Some(Outcome::Failed) => NO_ANSWER,
            Some(Outcome::Found(_)) => self.give_up("the bot answered"),
            None => self.give_up("the bot's time did not run out"),
        }
    }

    /// Whether the first answer was put off.
    #[must_use]
    pub fn was_deferred(&self) -> bool {
        self.look(Interaction::was_deferred)
    }

    /// Whether the first answer is for this person's eyes only.
    #[must_use]
    pub fn is_ephemeral(&self) -> bool {
        self.shared.read(|world| {
            let interaction = world.interactions.get(&self.id);
            let place = interaction.and_then(|interaction| interaction.original);
            place.is_some_and(|place| world.ephemerals.contains_key(&place.message))
        })
    }

    /// Whether there has been an answer of any kind.
    #[must_use]
    pub fn was_answered(&self) -> bool {
        self.look(|interaction| interaction.answer.is_some())
    }

    /// Waits for a first answer of one kind.
    pub(super) async fn first_answer<T>(&self, of: impl Fn(&FirstAnswer) -> Option<T>) -> T {
        let found = self
            .outcome(|_, interaction| interaction.answer.as_ref().and_then(&of))
            .await;
        self.or_give_up(found, "the bot did not answer so")
    }

    fn look(&self, look: impl FnOnce(&Interaction) -> bool) -> bool {
        self.shared
            .read(|world| world.interactions.get(&self.id).is_some_and(look))
    }

    /// Waits until something is found or the bot is too late; `None` when patience ends first.
    async fn outcome<T>(
        &self,
        look: impl Fn(&World, &Interaction) -> Option<T>,
    ) -> Option<Outcome<T>> {
        let look = |world: &World| {
            let interaction = world.interactions.get(&self.id)?;
            if interaction.has_failed(world.now_ms()) {
                return Some(Outcome::Failed);
            }
            look(world, interaction).map(Outcome::Found)
        };
        self.shared.wait_by_the_clock(look).await
    }

    fn or_give_up<T>(&self, outcome: Option<Outcome<T>>, what: &str) -> T {
        match outcome {
            Some(Outcome::Found(found)) => found,
            Some(Outcome::Failed) => self.give_up(NO_ANSWER),
            None => self.give_up(what),
        }
    }

    fn give_up(&self, what: &str) -> ! {
        let words = self.shared.read(|world| {
            let interaction = world.interactions.get(&self.id);
            interaction.map_or(String::new(), |interaction| interaction.deed.words.clone())
        });
        let name = self.person.name();
        self.shared
            .give_up(&format!("to {name}'s `{words}`: {what}"))
    }
}

fn followups(world: &World, id: Snowflake) -> Vec<MessageView> {
    let interaction = world.interactions.get(&id);
    let places = interaction.map_or(&[][..], |interaction| &interaction.followups);
    let messages = places.iter().filter_map(|place| world.message_at(*place));
    messages.map(MessageView::of).collect()
}
