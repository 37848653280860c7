//! A fault that tells the test whenever it strikes.

use std::time::Duration;

use sandbox::{RestFault, Sandbox};
use tokio::sync::mpsc;

/// How long a fault may wait for its request.
const PATIENCE: Duration = Duration::from_secs(30);
/// Longer than any test may take.
const FOR_EVER: Duration = Duration::from_secs(600);

/// The strikes of a fault, as they come.
pub struct Strikes(mpsc::UnboundedReceiver<()>);

impl Strikes {
    /// Of this fault, which is made to last.
    pub fn of(discord: &Sandbox, fault: RestFault) -> Self {
        let (tell, told) = mpsc::unbounded_channel();
        discord.fault(fault.always().when(move |_| {
            // The test may be over.
            let _ = tell.send(());
            true
        }));
        Self(told)
    }

    /// Of requests to a route, which are never answered.
    pub fn without_an_answer(discord: &Sandbox, method: &str, route: &str) -> Self {
        Self::of(discord, RestFault::delay(FOR_EVER).on(method, route))
    }

    /// Waits for the next.
    pub async fn next(&mut self) {
        let strike = tokio::time::timeout(PATIENCE, self.0.recv()).await;
        strike
            .expect("Beadle asks in time")
            .expect("the sandbox is there");
    }
}
