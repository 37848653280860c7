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
