//! What bots asked for over REST, and what they got.

use std::collections::VecDeque;

use serde_json::Value;

use crate::time::Snowflake;
use crate::world::refusal::Refusal;

/// A request as it came in.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// When it came, in Unix milliseconds by the sandbox's clock.
    pub at_ms: u64,
    /// The bot whose token it bore, if it was anybody's.
    pub bot: Option<Snowflake>,
    /// `GET`, `POST`, …
    pub method: String,
    /// The path below `/api/v10`, as it was sent.
    pub path: String,
    /// The route as Discord's documentation writes it, such as `/channels/{channel_id}/messages`; empty for an unknown one.
    pub route: String,
    /// The query's pairs, decoded.
    pub query: Vec<(String, String)>,
    /// The body; of a multipart body, what `payload_json` held.
    pub body: Value,
    /// Names and sizes (in bytes) of the files that came along.
    pub files: Vec<(String, usize)>,
}

impl Request {
    /// What gives a request a rate limit of its own beside others on its route: the first id in its path, with the token
    /// of an interaction after it. Source: Discord's documentation, "Rate Limits".
    pub(crate) fn major(&self) -> String {
        let length = if self.route.contains("{webhook_token}") {
            2
        } else {
            1
        };
        let parts: Vec<&str> = self.path.split('/').skip(2).take(length).collect();
        parts.join("/")
    }

    /// Whether it answers an interaction. The limit on everything a bot sends does not count such requests.
    pub(crate) fn answers_interaction(&self) -> bool {
        ["{interaction_token}", "{webhook_token}"]
            .iter()
            .any(|token| self.route.contains(token))
    }
}

/// A request together with what became of it.
#[derive(Debug, Clone, PartialEq)]
pub struct RecordedRequest {
    /// What came in.
    pub request: Request,
    /// The status that was answered; `None` when a fault broke the connection instead.
    pub status: Option<u16>,
    /// Whether what was asked for was done.
    pub applied: bool,
    /// Why the rules refused it, if they did.
    pub refusal: Option<Refusal>,
}

/// The latest requests, and what was found wrong with them.
#[derive(Debug)]
pub(crate) struct Record {
    most: usize,
    pub requests: VecDeque<RecordedRequest>,
    pub schema_violations: Vec<String>,
    pub response_violations: Vec<String>,
}

impl Record {
    pub fn new(most: usize) -> Self {
        Self {
            most,
            requests: VecDeque::new(),
            schema_violations: Vec::new(),
            response_violations: Vec::new(),
        }
    }

    pub fn add(&mut self, request: RecordedRequest) {
        if self.requests.len() >= self.most {
            self.requests.pop_front();
        }
        self.requests.push_back(request);
    }
}
