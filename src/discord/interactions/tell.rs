//! Tells a person what came of their interaction: at once, or after it was put off.

use serenity::builder::{
    AutocompleteChoice, CreateAutocompleteResponse, CreateInteractionResponse,
    CreateInteractionResponseMessage,
};
use serenity::http::Route;
use serenity::model::application::Interaction as DiscordInteraction;
use serenity::model::id::{ApplicationId, InteractionId};
use tracing::{debug, warn};

use crate::app::effect::Outgoing;
use crate::app::interaction::Response;
use crate::app::offer::Offer;
use crate::app::reply;
use crate::discord::render::{self, Body, Shown};
use crate::discord::rest::{Call, Rest, RestError};

/// How an interaction is put off. Whether everybody sees the answer is fixed by then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Deferral {
    /// The answer will be for everybody.
    Openly,
    /// It will be for this person.
    Privately,
    /// Nothing shows yet: a control's message stays as it is.
    Silently,
}

/// Discord's kinds of first words (its reference, "Interaction Callback Type").
const MESSAGE: u8 = 4;
const UPDATE: u8 = 7;

/// Discord's codes: the interaction is not known (any more), and: it has been answered.
const UNKNOWN_INTERACTION: i64 = 10_062;
const ANSWERED: i64 = 40_060;

/// Tells one person.
pub(super) struct Teller<'a> {
    rest: &'a Rest,
    interaction: &'a DiscordInteraction,
}

impl<'a> Teller<'a> {
    /// Tells whoever did that.
    pub fn new(rest: &'a Rest, interaction: &'a DiscordInteraction) -> Self {
        Self { rest, interaction }
    }

    /// Offers what an option may be.
    pub async fn offer(&self, offers: &[Offer]) {
        let choices = offers.iter();
        let choices = choices.map(|it| AutocompleteChoice::new(&*it.label, &*it.value));
        let answer = CreateAutocompleteResponse::new().set_choices(choices.collect());
        let body = render::json(&CreateInteractionResponse::Autocomplete(answer));
        self.told("offering", self.first(body).await);
    }

    /// Responds at once.
    pub async fn respond(&self, response: Response) {
        match response {
            Response::Openly(parts) => self.say_first(parts, Shown::Openly).await,
            Response::Privately(parts) => self.say_first(parts, Shown::Privately).await,
            // A form that a command has shown has no message that could change.
            Response::Changes(message) if !self.has_message() => {
                self.say_first(vec![*message], Shown::Privately).await;
            }
            Response::Changes(message) => {
                self.begin(render::callback(UPDATE, &message, Shown::Edited))
                    .await;
            }
            Response::Asks(form) => {
                self.begin(render::form(&form)).await;
            }
            Response::Nothing if self.has_message() => {
                self.defer(Deferral::Silently).await;
            }
            Response::Nothing => {
                self.say_first(vec![Outgoing::text(reply::DONE)], Shown::Privately)
                    .await
            }
        }
    }

    async fn say_first(&self, parts: Vec<Outgoing>, shown: Shown) {
        let mut parts = parts.into_iter();
        let Some(first) = parts.next() else { return };
        if self.begin(render::callback(MESSAGE, &first, shown)).await {
            self.follow_up(parts, shown).await;
        }
    }

    /// Tells that the answer will come. Whether Discord took that.
    pub async fn defer(&self, deferral: Deferral) -> bool {
        let answer = match deferral {
            Deferral::Openly => CreateInteractionResponseMessage::new(),
            Deferral::Privately => CreateInteractionResponseMessage::new().ephemeral(true),
            Deferral::Silently => {
                return self
                    .begin(render::json(&CreateInteractionResponse::Acknowledge))
                    .await;
            }
        };
        self.begin(render::json(&CreateInteractionResponse::Defer(answer)))
            .await
    }

    /// Responds to what was put off.
    pub async fn fill_in(&self, deferral: Deferral, response: Response) {
        let (parts, shown) = match response {
            Response::Openly(parts) => (parts, Shown::Openly),
            Response::Privately(parts) => (parts, Shown::Privately),
            Response::Changes(message) => {
                self.edit(&message).await;
                return;
            }
            // A form can only come at once.
            Response::Asks(_) => (vec![Outgoing::text(reply::TOO_SLOW)], Shown::Privately),
            Response::Nothing if deferral == Deferral::Silently => return,
            Response::Nothing => (vec![Outgoing::text(reply::DONE)], Shown::Privately),
        };
        let as_put_off = matches!(
            (deferral, shown),
            (Deferral::Openly, Shown::Openly) | (Deferral::Privately, Shown::Privately)
        );
        let mut parts = parts.into_iter();
        if as_put_off {
            let Some(first) = parts.next() else { return };
            self.edit(&first).await;
        } else if deferral != Deferral::Silently {
            // What was put off for others' eyes cannot be said to these.
            self.told(
                "taking back",
                self.rest.send(Call::delete(self.original())).await,
            );
        }
        self.follow_up(parts, shown).await;
    }

    /// The first word. Whether Discord took it; if it refuses what is said, that is said.
    async fn begin(&self, body: Body) -> bool {
        let told = self.first(body).await;
        let is_refused = matches!(
            told,
            Err(RestError::Refused { code, .. }) if code != ANSWERED
        );
        let taken = self.told("answering", told);
        if is_refused {
            let sorry = Outgoing::text(reply::UNTOLD);
            let sorry = render::callback(MESSAGE, &sorry, Shown::Privately);
            self.told("answering in few words", self.first(sorry).await);
        }
        taken
    }

    async fn first(&self, body: Body) -> Result<Vec<u8>, RestError> {
        let route = Route::InteractionResponse {
            interaction_id: InteractionId::new(self.interaction.id().get()),
            token: self.interaction.token(),
        };
        self.rest.send(body.into_call(route, Call::post)).await
    }

    async fn edit(&self, message: &Outgoing) -> bool {
        let call = render::edit(message).into_call(self.original(), Call::patch);
        self.told("answering late", self.rest.send(call).await)
    }

    async fn follow_up(&self, parts: impl Iterator<Item = Outgoing>, shown: Shown) {
        for part in parts {
            let route = Route::WebhookFollowupMessages {
                application_id: self.application(),
                token: self.interaction.token(),
            };
            let call = render::said(&part, shown).into_call(route, Call::post);
            if !self.told("going on", self.rest.send(call).await) {
                return;
            }
        }
    }

    fn original(&self) -> Route<'a> {
        Route::WebhookOriginalInteractionResponse {
            application_id: self.application(),
            token: self.interaction.token(),
        }
    }

    fn application(&self) -> ApplicationId {
        self.interaction.application_id()
    }

    /// Whether the interaction came from something on a message.
    fn has_message(&self) -> bool {
        match self.interaction {
            DiscordInteraction::Component(_) => true,
            DiscordInteraction::Modal(form) => form.message.is_some(),
            _ => false,
        }
    }

    fn told(&self, what: &str, told: Result<Vec<u8>, RestError>) -> bool {
        let id = self.interaction.id();
        match told {
            Ok(_) => true,
            // An answer that arrived though its own answer did not.
            Err(
                RestError::Denied { code: ANSWERED, .. }
                | RestError::Refused { code: ANSWERED, .. },
            ) => true,
            Err(RestError::Denied {
                code: UNKNOWN_INTERACTION,
                ..
            }) => {
                debug!(interaction.id = %id, what, "too late");
                false
            }
            Err(error) => {
                warn!(interaction.id = %id, what, error = %error, "a person could not be answered");
                false
            }
        }
    }
}
