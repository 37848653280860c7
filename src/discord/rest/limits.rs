//! Which routes Discord has closed for now, and until when. It makes no request.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use reqwest::StatusCode;
use reqwest::header::HeaderMap;
use serde::Deserialize;
use tokio::time::Instant;

use super::call::Call;

/// How long a route is left alone after a 429 that names no time: something in between sent it.
const UNNAMED_WAIT: Duration = Duration::from_secs(2);
/// The longest wait that is told apart from never; what can be counted has to end somewhere.
const A_YEAR: Duration = Duration::from_secs(365 * 24 * 3_600);

/// What Discord counts together: a method on the routes of one channel or server.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Limit(String);

impl Limit {
    /// The limit that is counted for a request, whichever message it is about.
    pub fn of(call: &Call<'_>) -> Self {
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
        Self(key)
    }
}

/// What an answer tells of the limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Told {
    /// The route takes more.
    Open,
    /// The route takes nothing more for so long; this request was served.
    Spent(Duration),
    /// 429: this request was not served, and nor will any on its route be for so long.
    Route(Duration),
    /// 429: nothing at all will be served for so long.
    Everything(Duration),
    /// 429, and nobody says for how long.
    Unnamed,
}

impl Told {
    /// Reads an answer (Discord's reference, "Rate Limits").
    pub fn by(status: StatusCode, headers: &HeaderMap, body: &[u8]) -> Self {
        if status == StatusCode::TOO_MANY_REQUESTS {
            return Self::by_429(headers, body);
        }
        match (
            number(headers, "x-ratelimit-remaining"),
            wait_named(headers, "x-ratelimit-reset-after"),
        ) {
            (Some(left), Some(wait)) if left <= 0.0 => Self::Spent(wait),
            _ => Self::Open,
        }
    }

    fn by_429(headers: &HeaderMap, body: &[u8]) -> Self {
        #[derive(Deserialize, Default)]
        struct Limited {
            retry_after: Option<f64>,
            #[serde(default)]
            global: bool,
        }
        let said: Limited = serde_json::from_slice(body).unwrap_or_default();
        let wait = said
            .retry_after
            .and_then(wait_of)
            .or_else(|| wait_named(headers, "retry-after"))
            .or_else(|| wait_named(headers, "x-ratelimit-reset-after"));
        let scope = headers.get("x-ratelimit-scope");
        let is_global = said.global
            || headers.contains_key("x-ratelimit-global")
            || scope.is_some_and(|scope| scope == "global");
        match wait {
            None => Self::Unnamed,
            Some(wait) if is_global => Self::Everything(wait),
            Some(wait) => Self::Route(wait),
        }
    }
}

/// Which limits are closed, and until when.
#[derive(Debug, Default)]
pub(super) struct Limits(Mutex<Closed>);

#[derive(Debug, Default)]
struct Closed {
    everything: Option<Instant>,
    routes: HashMap<Limit, Instant>,
}

impl Limits {
    /// Takes note of what an answer told at `now`.
    pub fn note(&self, limit: &Limit, told: Told, now: Instant) {
        let mut closed = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match told {
            Told::Open => {}
            Told::Everything(wait) => closed.everything = closed.everything.max(Some(now + wait)),
            Told::Spent(wait) | Told::Route(wait) => closed.close(limit, now + wait),
            Told::Unnamed => closed.close(limit, now + UNNAMED_WAIT),
        }
    }

    /// When a limit opens; `None`: it is open.
    pub fn opens_at(&self, limit: &Limit, now: Instant) -> Option<Instant> {
        let mut closed = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        closed.routes.retain(|_, until| *until > now);
        let everything = closed.everything.filter(|until| *until > now);
        everything.max(closed.routes.get(limit).copied())
    }

    /// Waits until a limit is open.
    pub async fn opened(&self, limit: &Limit) {
        while let Some(at) = self.opens_at(limit, Instant::now()) {
            tokio::time::sleep_until(at).await;
        }
    }
}

impl Closed {
    fn close(&mut self, limit: &Limit, until: Instant) {
        let known = self.routes.entry(limit.clone()).or_insert(until);
        *known = until.max(*known);
    }
}

fn wait_named(headers: &HeaderMap, name: &str) -> Option<Duration> {
    wait_of(number(headers, name)?)
}

fn number(headers: &HeaderMap, name: &str) -> Option<f64> {
    headers.get(name)?.to_str().ok()?.parse().ok()
}

/// Seconds as a header or body tells them; `None` for what is no time.
fn wait_of(seconds: f64) -> Option<Duration> {
    let names_a_time = seconds.is_finite() && seconds >= 0.0;
    names_a_time.then(|| Duration::try_from_secs_f64(seconds).map_or(A_YEAR, |w| w.min(A_YEAR)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serenity::http::Route;
    use serenity::model::id::{ChannelId, MessageId};

    fn limit(channel: u64, message: u64) -> Limit {
        Limit::of(&Call::get(Route::ChannelMessage {
            channel_id: ChannelId::new(channel),
            message_id: MessageId::new(message),
        }))
    }

    fn headers(told: &[(&'static str, &'static str)]) -> HeaderMap {
        let pair = |(name, value): &(&'static str, &'static str)| {
            (
                name.parse().expect("a name"),
                value.parse().expect("a value"),
            )
        };
        told.iter().map(pair).collect()
    }

    fn by_429(told: &[(&'static str, &'static str)], body: &str) -> Told {
        Told::by(
            StatusCode::TOO_MANY_REQUESTS,
            &headers(told),
            body.as_bytes(),
        )
    }

    #[test]
    fn a_limit_is_of_a_channel_and_not_of_a_message() {
        assert_eq!(limit(1, 2), limit(1, 3));
        assert_ne!(limit(1, 2), limit(4, 2));
    }

    #[test]
    fn the_wait_is_the_one_that_discord_names() {
        let half_past_one = Duration::from_millis(1_500);
        let body =
            r#"{"message": "You are being rate limited.", "retry_after": 1.5, "global": true}"#;
        assert_eq!(by_429(&[], body), Told::Everything(half_past_one));
        let scope = [("retry-after", "3"), ("x-ratelimit-scope", "global")];
        assert_eq!(
            by_429(&scope, "<html>"),
            Told::Everything(Duration::from_secs(3))
        );
        let route = [
            ("x-ratelimit-reset-after", "1.5"),
            ("x-ratelimit-scope", "shared"),
        ];
        assert_eq!(by_429(&route, ""), Told::Route(half_past_one));
        assert_eq!(by_429(&[], "error code: 1015"), Told::Unnamed);
        assert_eq!(by_429(&[("retry-after", "-1")], ""), Told::Unnamed);
    }

    #[test]
    fn the_last_request_of_a_bucket_closes_its_route_though_it_was_served() {
        let spent = [
            ("x-ratelimit-remaining", "0"),
            ("x-ratelimit-reset-after", "0.5"),
        ];
        let told = Told::by(StatusCode::OK, &headers(&spent), b"{}");
        assert_eq!(told, Told::Spent(Duration::from_millis(500)));
        let more = [
            ("x-ratelimit-remaining", "1"),
            ("x-ratelimit-reset-after", "0.5"),
        ];
        assert_eq!(Told::by(StatusCode::OK, &headers(&more), b"{}"), Told::Open);
    }

    #[test]
    fn a_closed_route_holds_back_no_other_and_a_closed_discord_all() {
        let (limits, now) = (Limits::default(), Instant::now());
        let a_day = Duration::from_secs(86_400);
        limits.note(&limit(1, 2), Told::Route(a_day), now);
        assert_eq!(
            limits.opens_at(&limit(1, 3), now),
            Some(now + a_day),
            "no wait is shortened"
        );
        assert_eq!(limits.opens_at(&limit(2, 2), now), None);
        limits.note(&limit(1, 2), Told::Spent(Duration::ZERO), now);
        assert_eq!(
            limits.opens_at(&limit(1, 2), now),
            Some(now + a_day),
            "the later one counts"
        );
        let a_second = Duration::from_secs(1);
        limits.note(&limit(1, 2), Told::Everything(a_second), now);
        assert_eq!(limits.opens_at(&limit(2, 2), now), Some(now + a_second));
        assert_eq!(limits.opens_at(&limit(2, 2), now + a_second), None);
    }

    #[test]
    fn no_number_is_too_large_to_wait_for() {
        assert_eq!(
            by_429(&[], r#"{"retry_after": 1e300}"#),
            Told::Route(A_YEAR)
        );
    }
}
