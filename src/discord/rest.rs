//! Requests to Discord's REST API.
//!
//! serenity knows the routes and the bodies; the sending is done here, since serenity's own limiter
//! is left out as soon as another address is set and hides the time that Discord names. The same
//! code runs against Discord, behind a proxy and in tests.
//!
//! [`Rest::fetch`] and [`Rest::send`] try again by themselves: right for reading. What changes
//! something is made one request at a time by the outbox, which knows when trying again would say
//! something twice. This must never know what a request is for.

mod backoff;
mod call;
mod error;
mod limits;
mod unreachable;

use std::sync::Arc;
use std::time::Duration;

use reqwest::StatusCode;
use secrecy::{ExposeSecret, SecretString};
use serde::de::DeserializeOwned;
use tokio::time::Instant;

pub(super) use self::backoff::Backoff;
pub use self::call::Call;
pub use self::error::RestError;
pub(super) use self::error::Trouble;
use self::limits::{Limit, Limits, Told};

/// How often a request is made at most that Discord fails to answer.
const TRIES: u32 = 6;
/// How often a request is made at most that Discord puts off.
const PUT_OFF: u32 = 30;
/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(30);
/// The first wait after a failure.
const FIRST_WAIT: Duration = Duration::from_millis(250);
/// The longest wait after a failure.
const LONGEST_WAIT: Duration = Duration::from_secs(30);

/// The way to Discord's REST API. Cloning shares it.
#[derive(Clone)]
pub struct Rest(Arc<Inner>);

struct Inner {
    client: reqwest::Client,
    token: SecretString,
    root: Option<String>,
    limits: Limits,
}

impl std::fmt::Debug for Rest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Rest")
            .field("root", &self.0.root)
            .finish_non_exhaustive()
    }
}

impl Rest {
    /// The way to Discord itself, or to what stands at `root` (`http://127.0.0.1:8080`).
    ///
    /// # Errors
    /// When no HTTP client can be made on this machine.
    pub fn new(token: &SecretString, root: Option<&str>) -> Result<Self, RestError> {
        let client = reqwest::Client::builder()
            .timeout(PATIENCE)
            .build()
            .map_err(|error| RestError::unreachable(root, error))?;
        Ok(Self(Arc::new(Inner {
            client,
            token: format!("Bot {}", token.expose_secret()).into(),
            root: root.map(|root| root.trim_end_matches('/').to_owned()),
            limits: Limits::default(),
        })))
    }

    /// The waits between requests that fail.
    pub(super) fn backoff() -> Backoff {
        Backoff::new(FIRST_WAIT, LONGEST_WAIT)
    }

    /// Makes a request and reads the answer.
    ///
    /// # Errors
    /// [`RestError`]; one that is passing only after many tries.
    pub async fn fetch<T: DeserializeOwned>(&self, call: Call<'_>) -> Result<T, RestError> {
        let body = self.send(call).await?;
        serde_json::from_slice(&body)
            .map_err(|error| self.unanswered(format!("an answer that cannot be read: {error}")))
    }

    /// Makes a request, again as often as that helps, and gives the answer's body.
    ///
    /// # Errors
    /// As [`Rest::fetch`].
    pub async fn send(&self, call: Call<'_>) -> Result<Vec<u8>, RestError> {
        let (mut failures, mut put_off) = (0, 0);
        let mut backoff = Self::backoff();
        loop {
            self.opened(&call).await;
            match self.once(&call).await {
                Ok(body) => return Ok(body),
                Err(Trouble::Final(error)) => return Err(error),
                Err(Trouble::PutOff) if put_off < PUT_OFF => put_off += 1,
                Err(Trouble::PutOff) => {
                    return Err(self.unanswered("it puts every request off"));
                }
                Err(Trouble::Failed(why)) => {
                    failures += 1;
                    if failures >= TRIES {
                        return Err(self.unanswered(why));
                    }
                    tokio::time::sleep(backoff.after_failure()).await;
                }
            }
        }
    }

    /// Fetches a file that Discord keeps, of so many bytes at most. The token is not shown to whoever
    /// keeps it.
    ///
    /// # Errors
    /// When it cannot be had, or is larger.
    pub async fn download(&self, url: &str, most_bytes: usize) -> Result<Vec<u8>, RestError> {
        let unanswered = |why: String| RestError::unreachable(Some(url), why);
        let failed = |error: reqwest::Error| unanswered(unreachable::in_words(error));
        let response = self.0.client.get(url).send().await.map_err(failed)?;
        let mut response = response.error_for_status().map_err(failed)?;
        let mut bytes = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(failed)? {
            if bytes.len() + chunk.len() > most_bytes {
                return Err(unanswered("the file is too large".to_owned()));
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(bytes)
    }

    /// What becomes of a request that had no usable answer for this reason.
    fn unanswered(&self, why: impl std::fmt::Display) -> RestError {
        RestError::unreachable(self.0.root.as_deref(), why)
    }

    /// Waits until Discord takes such a request.
    pub(super) async fn opened(&self, call: &Call<'_>) {
        self.0.limits.opened(&Limit::of(call)).await;
    }

    /// Whether Discord takes such a request now, as far as it has told.
    pub(super) fn is_open(&self, call: &Call<'_>) -> bool {
        let opens_at = self.0.limits.opens_at(&Limit::of(call), Instant::now());
        opens_at.is_none()
    }

    /// Makes one request, at once, and gives the answer's body.
    pub(super) async fn once(&self, call: &Call<'_>) -> Result<Vec<u8>, Trouble> {
        let response = self.request(call).await.map_err(Trouble::Failed)?;
        let (status, headers) = (response.status(), response.headers().clone());
        let body = response.bytes().await;
        let body = body.map_err(|error| Trouble::Failed(unreachable::in_words(error)))?;
        let told = Told::by(status, &headers, &body);
        self.0.limits.note(&Limit::of(call), told, Instant::now());
        match (status, told) {
            (status, _) if status.is_success() => Ok(body.to_vec()),
            // Nobody will say when it ends: whoever asks has to hold back more each time.
            (StatusCode::TOO_MANY_REQUESTS, Told::Unnamed) => {
                Err(Trouble::Failed("status 429 without a time".to_owned()))
            }
            (StatusCode::TOO_MANY_REQUESTS, _) => Err(Trouble::PutOff),
            (status, _) => Err(Trouble::of(status, &body)),
        }
    }

    async fn request(&self, call: &Call<'_>) -> Result<reqwest::Response, String> {
        let inner = &self.0;
        let token = inner.token.expose_secret();
        let builder = call
            .request()
            .build(&inner.client, token, inner.root.as_deref())
            .map_err(|error| error.to_string())?;
        let request = builder.build().map_err(unreachable::in_words)?;
        let response = inner.client.execute(request).await;
        response.map_err(unreachable::in_words)
    }
}
