//! Requests to Discord's REST API, made again as often as that helps.
//!
//! serenity knows the routes and the bodies; the sending is done here, since serenity's own limiter
//! is left out as soon as another address is set and hides the time that Discord names. The same
//! code runs against Discord, behind a proxy and in tests.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use reqwest::StatusCode;
use reqwest::header::HeaderMap;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serenity::http::{LightMethod, Request, Route};
use tokio::time::Instant;

/// How often a request is made at most that Discord fails to answer.
const TRIES: u32 = 6;
/// How often a request is made at most that Discord puts off.
const PUT_OFF: u32 = 30;
/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(30);
/// The first wait after a failure; it doubles each time.
const FIRST_WAIT: Duration = Duration::from_millis(250);
/// The longest wait after a failure.
const LONGEST_WAIT: Duration = Duration::from_secs(20);

/// Why a request was not done.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RestError {
    /// 401: the token is not, or no longer, valid.
    #[error(
        "Discord refuses the token; reset it in the developer portal (Bot › Reset Token) and set it anew"
    )]
    Unauthorized,
    /// 403 or 404: final. `code` is Discord's own.
    #[error("Discord refuses: {message} (code {code})")]
    Denied {
        /// Discord's error code, such as 50013.
        code: i64,
        /// Discord's words.
        message: String,
    },
    /// Any other 4xx: the request itself is at fault.
    #[error("Discord takes no such request: {message} (status {status}, code {code})")]
    Refused {
        /// The HTTP status.
        status: u16,
        /// Discord's error code.
        code: i64,
        /// Discord's words and the places that they are about.
        message: String,
    },
    /// No usable answer, however often the request was made.
    #[error("Discord does not answer: {0}")]
    Unreachable(String),
}

impl RestError {
    /// Whether the same request may succeed later.
    pub fn is_passing(&self) -> bool {
        matches!(self, Self::Unreachable(_))
    }
}

/// A request: what is asked of which route.
#[derive(Debug, Clone)]
pub struct Call<'a> {
    method: LightMethod,
    route: Route<'a>,
    params: Vec<(&'static str, String)>,
    body: Option<Vec<u8>>,
}

impl<'a> Call<'a> {
    /// Reads.
    pub fn get(route: Route<'a>) -> Self {
        Self {
            method: LightMethod::Get,
            route,
            params: Vec::new(),
            body: None,
        }
    }

    /// Makes something new.
    pub fn post(route: Route<'a>, body: Vec<u8>) -> Self {
        Self {
            method: LightMethod::Post,
            route,
            params: Vec::new(),
            body: Some(body),
        }
    }

    /// Changes something.
    pub fn patch(route: Route<'a>, body: Vec<u8>) -> Self {
        Self {
            method: LightMethod::Patch,
            route,
            params: Vec::new(),
            body: Some(body),
        }
    }

    /// Puts something in its place.
    pub fn put(route: Route<'a>) -> Self {
        Self {
            method: LightMethod::Put,
            route,
            params: Vec::new(),
            body: None,
        }
    }

    /// Deletes.
    pub fn delete(route: Route<'a>) -> Self {
        Self {
            method: LightMethod::Delete,
            route,
            params: Vec::new(),
            body: None,
        }
    }

    /// With a parameter behind the `?`.
    pub fn param(mut self, name: &'static str, value: impl ToString) -> Self {
        self.params.push((name, value.to_string()));
        self
    }

    fn request(&self) -> Request<'a> {
        let params = (!self.params.is_empty()).then(|| self.params.clone());
        Request::new(self.route, self.method)
            .body(self.body.clone())
            .params(params)
    }
}

/// The way to Discord's REST API. Cloning shares it.
#[derive(Clone)]
pub struct Rest(Arc<Inner>);

struct Inner {
    client: reqwest::Client,
    token: SecretString,
    root: Option<String>,
    /// Until when each route, and everything (`*`), is to be left alone.
    closed: Mutex<HashMap<String, Instant>>,
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
            .map_err(|error| RestError::Unreachable(error.to_string()))?;
        Ok(Self(Arc::new(Inner {
            client,
            token: format!("Bot {}", token.expose_secret()).into(),
            root: root.map(|root| root.trim_end_matches('/').to_owned()),
            closed: Mutex::default(),
        })))
    }

    /// Makes a request and reads the answer.
    ///
    /// # Errors
    /// [`RestError`]; one that is passing only after many tries.
    pub async fn fetch<T: DeserializeOwned>(&self, call: Call<'_>) -> Result<T, RestError> {
        let body = self.send(call).await?;
        serde_json::from_slice(&body).map_err(|error| {
            RestError::Unreachable(format!("an answer that cannot be read: {error}"))
        })
    }

    /// Makes a request whose answer is of no interest.
    ///
    /// # Errors
    /// As [`Rest::fetch`].
    pub async fn send(&self, call: Call<'_>) -> Result<Vec<u8>, RestError> {
        let (mut failures, mut put_off) = (0, 0);
        loop {
            let closed = limit_key(&call);
            self.wait_until_open(&closed).await;
            let verdict = match self.once(&call).await {
                Ok(response) => self.judge(&closed, response).await,
                Err(error) => Err(Verdict::TryAgain(error)),
            };
            match verdict {
                Ok(body) => return Ok(body),
                Err(Verdict::Final(error)) => return Err(error),
                Err(Verdict::PutOff) if put_off < PUT_OFF => put_off += 1,
                Err(Verdict::PutOff) => {
                    return Err(RestError::Unreachable(
                        "it puts every request off".to_owned(),
                    ));
                }
                Err(Verdict::TryAgain(why)) => {
                    failures += 1;
                    if failures >= TRIES {
                        return Err(RestError::Unreachable(why));
                    }
                    tokio::time::sleep(backoff(failures)).await;
                }
            }
        }
    }

    async fn once(&self, call: &Call<'_>) -> Result<reqwest::Response, String> {
        let inner = &self.0;
        let builder = call
            .request()
            .build(
                &inner.client,
                inner.token.expose_secret(),
                inner.root.as_deref(),
            )
            .map_err(|error| error.to_string())?;
        let request = builder
            .build()
            .map_err(|error| error.without_url().to_string())?;
        // The address is left out: it stands in a request's error and says nothing new.
        inner
            .client
            .execute(request)
            .await
            .map_err(|error| error.without_url().to_string())
    }

    async fn judge(&self, limit: &str, response: reqwest::Response) -> Result<Vec<u8>, Verdict> {
        let status = response.status();
        let headers = response.headers().clone();
        let body = response
            .bytes()
            .await
            .map_err(|error| Verdict::TryAgain(error.without_url().to_string()))?;
        if status == StatusCode::TOO_MANY_REQUESTS {
            let (wait, global) = named_wait(&headers, &body);
            self.close(if global { "*" } else { limit }, wait);
            return Err(Verdict::PutOff);
        }
        if header(&headers, "x-ratelimit-remaining") == Some(0.0)
            && let Some(seconds) = header(&headers, "x-ratelimit-reset-after")
        {
            self.close(limit, wait_of(seconds));
        }
        match status {
            status if status.is_success() => Ok(body.to_vec()),
            StatusCode::UNAUTHORIZED => Err(Verdict::Final(RestError::Unauthorized)),
            StatusCode::FORBIDDEN | StatusCode::NOT_FOUND => {
                let said = Said::read(&body);
                Err(Verdict::Final(RestError::Denied {
                    code: said.code,
                    message: said.message,
                }))
            }
            status if status.is_client_error() => {
                let said = Said::read(&body);
                let message = match said.errors {
                    Some(errors) => format!("{} {errors}", said.message),
                    None => said.message,
                };
                Err(Verdict::Final(RestError::Refused {
                    status: status.as_u16(),
                    code: said.code,
                    message,
                }))
            }
            status => Err(Verdict::TryAgain(format!("status {status}"))),
        }
    }

    fn close(&self, limit: &str, wait: Duration) {
        let until = Instant::now() + wait;
        let mut closed = self.0.closed.lock().unwrap_or_else(PoisonError::into_inner);
        let known = closed.entry(limit.to_owned()).or_insert(until);
        *known = (*known).max(until);
    }

    async fn wait_until_open(&self, limit: &str) {
        loop {
            let until = {
                let now = Instant::now();
                let mut closed = self.0.closed.lock().unwrap_or_else(PoisonError::into_inner);
                closed.retain(|_, until| *until > now);
                [limit, "*"]
                    .iter()
                    .filter_map(|limit| closed.get(*limit))
                    .max()
                    .copied()
            };
            match until {
                Some(until) => tokio::time::sleep_until(until).await,
                None => return,
            }
        }
    }
}

enum Verdict {
    Final(RestError),
    /// 429: the route is closed until then.
    PutOff,
    /// 5xx, or no answer at all.
    TryAgain(String),
}

/// What Discord says of an error.
#[derive(Deserialize)]
struct Said {
    #[serde(default)]
    code: i64,
    #[serde(default)]
    message: String,
    #[serde(default)]
    errors: Option<serde_json::Value>,
}

impl Said {
    fn read(body: &[u8]) -> Self {
        serde_json::from_slice(body).unwrap_or_else(|_| Self {
            code: 0,
            message: String::from_utf8_lossy(&body[..body.len().min(200)]).into_owned(),
            errors: None,
        })
    }
}

/// Discord limits a route by its method and its channel or server, whatever message is meant.
fn limit_key(call: &Call<'_>) -> String {
    let path = call.route.path();
    let mut key = call.method.reqwest_method().to_string();
    let mut major = true;
    for segment in path
        .trim_start_matches("https://discord.com/api/v10")
        .split('/')
    {
        key.push('/');
        let is_id = !segment.is_empty() && segment.bytes().all(|b| b.is_ascii_digit());
        key.push_str(if is_id && !major { ":id" } else { segment });
        major &= !is_id;
        if segment == "reactions" {
            break;
        }
    }
    key
}

/// The wait that a 429 names, in its body or its headers, and whether it is for everything.
fn named_wait(headers: &HeaderMap, body: &[u8]) -> (Duration, bool) {
    #[derive(Deserialize, Default)]
    struct Limited {
        retry_after: Option<f64>,
        #[serde(default)]
        global: bool,
    }
    let said: Limited = serde_json::from_slice(body).unwrap_or_default();
    let seconds = said
        .retry_after
        .or_else(|| header(headers, "retry-after"))
        .or_else(|| header(headers, "x-ratelimit-reset-after"));
    let global = said.global || headers.contains_key("x-ratelimit-global");
    // A 429 that names no time comes from a proxy in between: leave it alone for a while.
    (wait_of(seconds.unwrap_or(2.0)), global)
}

/// Seconds as a header or body tells them; nonsense counts as one second, and no wait is longer
/// than an hour.
fn wait_of(seconds: f64) -> Duration {
    if seconds.is_finite() && seconds >= 0.0 {
        Duration::from_secs_f64(seconds.min(3_600.0))
    } else {
        Duration::from_secs(1)
    }
}

fn header(headers: &HeaderMap, name: &str) -> Option<f64> {
    headers.get(name)?.to_str().ok()?.parse().ok()
}

fn backoff(failures: u32) -> Duration {
    FIRST_WAIT
        .saturating_mul(1 << failures.min(10))
        .min(LONGEST_WAIT)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serenity::model::id::{ChannelId, MessageId};

    #[test]
    fn a_limit_is_of_a_channel_and_not_of_a_message() {
        let key = |channel, message| {
            limit_key(&Call::get(Route::ChannelMessage {
                channel_id: ChannelId::new(channel),
                message_id: MessageId::new(message),
            }))
        };
        assert_eq!(key(1, 2), key(1, 3));
        assert_ne!(key(1, 2), key(4, 2));
    }

    #[test]
    fn the_wait_is_the_one_that_discord_names() {
        let body =
            br#"{"message": "You are being rate limited.", "retry_after": 1.5, "global": true}"#;
        assert_eq!(
            named_wait(&HeaderMap::new(), body),
            (Duration::from_millis(1_500), true)
        );
        let mut headers = HeaderMap::new();
        headers.insert("retry-after", "3".parse().expect("a header"));
        assert_eq!(
            named_wait(&headers, b"<html>"),
            (Duration::from_secs(3), false)
        );
        assert_eq!(named_wait(&HeaderMap::new(), b"").0, Duration::from_secs(2));
        assert_eq!(wait_of(f64::NAN), Duration::from_secs(1));
    }
}
