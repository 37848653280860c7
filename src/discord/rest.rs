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
    /// [`RestError::NoFile`], [`RestError::TooLarge`], or [`RestError::Unreachable`].
    pub async fn download(&self, url: &str, most_bytes: usize) -> Result<Vec<u8>, RestError> {
        let failed =
            |error: reqwest::Error| RestError::unreachable(Some(url), unreachable::in_words(error));
        let mut response = self.0.client.get(url).send().await.map_err(failed)?;
        if !response.status().is_success() {
            return Err(RestError::NoFile(response.status().as_u16()));
        }
        let mut bytes = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(failed)? {
            if bytes.len() + chunk.len() > most_bytes {
                return Err(RestError::TooLarge(most_bytes));
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

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;

    use super::*;

    /// What becomes of a file of ten bytes at most, where that is answered.
    async fn downloaded(answer: &'static str) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let _ = stream.read(&mut [0; 1_024]).await;
                let _ = stream.write_all(answer.as_bytes()).await;
            }
        });
        let rest = Rest::new(&"token".into(), None).expect("a client");
        let url = format!("http://{address}/files/topics.csv?ex=1");
        let had = rest.download(&url, 10).await;
        match had {
            Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
            Err(error) => error.to_string(),
        }
    }

    #[tokio::test]
    async fn a_file_that_cannot_be_had_is_told_for_what_it_is() {
        let small = "HTTP/1.1 200 OK\r\ncontent-length: 4\r\nconnection: close\r\n\r\n0:00";
        assert_eq!(downloaded(small).await, "0:00");
        let large = "HTTP/1.1 200 OK\r\ncontent-length: 11\r\nconnection: close\r\n\r\n0:00 Sails!";
        assert_eq!(
            downloaded(large).await,
            "the file is larger than the 10 bytes that are taken"
        );
        let gone = "HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
        assert_eq!(
            downloaded(gone).await,
            "the file is not to be had: where it should be, the answer is status 404"
        );
    }
}
