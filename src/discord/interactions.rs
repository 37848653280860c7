//! Interactions: what people do with Beadle's commands, menus and controls.
//!
//! Discord wants a first word within three seconds. So each is dealt with in a task of its own, beside
//! the queue of events, and one that is not done within a second is told that the answer will come
//! (it is *deferred*). Whatever happens, the person gets to know: an interaction never ends in silence.

mod fetch;
mod grounds;
mod register;
mod tell;
mod translate;

use std::sync::Arc;
use std::time::Duration;

use serenity::model::application::Interaction as DiscordInteraction;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinSet;
use tracing::{debug, error, warn};

pub(super) use self::register::register;
use self::tell::{Deferral, Teller};
use self::translate::Heard;
use super::queue::Hands;
use super::reader::Reader;
use super::rest::Rest;
use super::troubles::Troubles;
use crate::app::interaction::{Interaction, Response};
use crate::app::{command, reply};
use crate::store::StoreError;

/// After how long without a response the person is told that it will come.
const DEFERRED_AFTER: Duration = Duration::from_secs(1);
/// For how long a response is waited for at most; Discord takes none after fifteen minutes.
const PATIENCE: Duration = Duration::from_secs(14 * 60);
/// How many may wait to be dealt with. What comes beyond is told so by Discord itself.
const WAITING: usize = 1_000;

/// The way in for interactions. Cloning shares it.
#[derive(Clone)]
pub(super) struct Counter(mpsc::Sender<DiscordInteraction>);

/// The way in, and what comes through it.
pub(super) fn counter() -> (Counter, mpsc::Receiver<DiscordInteraction>) {
    let (to, from) = mpsc::channel(WAITING);
    (Counter(to), from)
}

impl Counter {
    /// Takes an interaction; never waits.
    pub fn take(&self, interaction: &DiscordInteraction) {
        if self.0.try_send(interaction.clone()).is_err() {
            warn!(interaction.id = %interaction.id(), "too many commands at once; this one is not answered");
        }
    }
}

/// Deals with interactions. Cloning shares it.
#[derive(Clone)]
pub(super) struct Interactions {
    pub hands: Arc<Hands>,
    pub rest: Rest,
    pub reader: Reader,
    pub troubles: Troubles,
}

impl Interactions {
    /// Deals with what comes until no more can come or `stop` is told, then finishes what is in hand.
    pub async fn run(
        self,
        mut from: mpsc::Receiver<DiscordInteraction>,
        mut stop: watch::Receiver<bool>,
    ) {
        let mut running = JoinSet::new();
        loop {
            tokio::select! {
                biased;
                _ = stop.wait_for(|stop| *stop) => break,
                next = from.recv() => match next {
                    Some(next) => { running.spawn(self.clone().deal_with(next)); }
                    None => break,
                },
                Some(_) = running.join_next() => {}
            }
        }
        while running.join_next().await.is_some() {}
    }

    async fn deal_with(self, interaction: DiscordInteraction) {
        let Some(heard) = translate::heard(&interaction, &self.reader.directory) else {
            return;
        };
        match heard {
            Heard::Typing(typing) => self.offer(&interaction, typing).await,
            Heard::Deed(deed) => self.respond(&interaction, *deed).await,
        }
    }

    /// Answers at every key that is typed. One answer that fails is not missed: the next key asks
    /// again.
    async fn offer(&self, interaction: &DiscordInteraction, typing: translate::Typing) {
        let offers = match self.hands.app.offer(&typing.as_app()).await {
            Ok(offers) => offers,
            Err(error) => {
                warn!(interaction.id = %interaction.id(), error = %error, "nothing can be offered");
                Vec::new()
            }
        };
        Teller::new(&self.rest, interaction).offer(&offers).await;
    }

    async fn respond(&self, interaction: &DiscordInteraction, deed: Interaction) {
        let teller = Teller::new(&self.rest, interaction);
        let deferral = deferral_of(interaction, &deed);
        // A task of its own, so that one that breaks off is noticed here.
        let mut work = {
            let (this, fetched) = (self.clone(), interaction.clone());
            tokio::spawn(async move { this.work(&fetched, deed).await })
        };
        let deferred = tokio::select! {
            biased;
            response = &mut work => {
                teller.respond(outcome(response)).await;
                return;
            }
            () = tokio::time::sleep(DEFERRED_AFTER) => deferral,
        };
        let is_deferred = teller.defer(deferred).await;
        let response = tokio::time::timeout(PATIENCE, &mut work).await;
        let response = response.map_or_else(|_| not_done(), outcome);
        work.abort();
        if is_deferred {
            teller.fill_in(deferred, response).await;
        }
    }

    /// Has an interaction dealt with, as soon as the database lets it be.
    async fn work(
        &self,
        interaction: &DiscordInteraction,
        mut deed: Interaction,
    ) -> Result<Response, StoreError> {
        fetch::files(&self.rest, interaction, &mut deed).await;
        fetch::message(&self.rest, &self.reader.directory, &mut deed).await;
        self.look_around(interaction, &mut deed).await;
        let hands = &self.hands;
        let (response, effects) = hands.once_there(|| hands.app.interact(&deed)).await?;
        hands.hand_on(effects).await;
        debug!(interaction.id = %deed.id, "dealt with");
        Ok(response)
    }
}

/// How an interaction is put off, if it has to be.
fn deferral_of(interaction: &DiscordInteraction, deed: &Interaction) -> Deferral {
    use crate::app::command::SeenBy;
    use crate::app::interaction::Deed;
    match &deed.deed {
        Deed::Command { path, .. } => {
            let seen_by = command::named(path).map_or(SeenBy::Asker, |row| row.seen_by);
            match seen_by {
                SeenBy::Everybody => Deferral::Openly,
                SeenBy::Asker => Deferral::Privately,
            }
        }
        Deed::Menu { .. } | Deed::Unusable(_) => Deferral::Privately,
        Deed::Control { .. } => Deferral::Silently,
        Deed::Form { .. } => match interaction {
            DiscordInteraction::Modal(form) if form.message.is_some() => Deferral::Silently,
            _ => Deferral::Privately,
        },
    }
}

/// What a person is told of how the work ended. The cause is logged here, once.
fn outcome(ended: Result<Result<Response, StoreError>, tokio::task::JoinError>) -> Response {
    match ended {
        Ok(Ok(response)) => response,
        Ok(Err(error)) => {
            error!(error = %error, cause = ?error, "an interaction could not be dealt with");
            not_done()
        }
        Err(error) => {
            error!(error = %error, "an interaction broke off");
            not_done()
        }
    }
}

fn not_done() -> Response {
    Response::privately(reply::NOT_DONE)
}
