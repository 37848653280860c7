//! What an answer other than success means: whether the same request may succeed later.

use std::fmt;

use reqwest::StatusCode;
use serde::Deserialize;

use super::unreachable;

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
    #[error("Discord does not answer at {0}")]
    Unreachable(String),
    /// A file is larger than what is taken, in bytes.
    #[error("the file is larger than the {0} bytes that are taken")]
    TooLarge(usize),
    /// Where a file should be, the answer is this status: it was deleted, or its address has run out.
    #[error("the file is not to be had: where it should be, the answer is status {0}")]
    NoFile(u16),
}

impl RestError {
    /// No usable answer from that root, or from Discord itself, for this reason.
    pub(super) fn unreachable(root: Option<&str>, why: impl fmt::Display) -> Self {
        Self::Unreachable(format!("{}: {why}", unreachable::address(root)))
    }
}

/// What stood in the way of one request.
#[derive(Debug)]
pub(in crate::discord) enum Trouble {
    /// The same request would meet the same.
    Final(RestError),
    /// 429: the route, or everything, is closed until the time that Discord named.
    PutOff,
    /// 5xx, no answer at all, or one that is not Discord's. What was asked for may have been done.
    Failed(String),
}

impl From<RestError> for Trouble {
    fn from(error: RestError) -> Self {
        match error {
            RestError::Unreachable(why) => Self::Failed(why),
            error => Self::Final(error),
        }
    }
}

impl Trouble {
    /// What a status other than success (2xx) and 429 means.
    pub(super) fn of(status: StatusCode, body: &[u8]) -> Self {
        let said = Said::read(body);
        match (status, said) {
            (StatusCode::UNAUTHORIZED, _) => Self::Final(RestError::Unauthorized),
            (StatusCode::FORBIDDEN | StatusCode::NOT_FOUND, Some(said)) => {
                Self::Final(RestError::Denied {
                    code: said.code,
                    message: said.message,
                })
            }
            // Discord always names a code: this comes from something in between, which may be mended.
            (StatusCode::FORBIDDEN | StatusCode::NOT_FOUND, None) => {
                Self::Failed(format!("status {status}, and not in Discord's words"))
            }
            (status, said) if is_at_fault(status) => Self::Final(refused(status, said, body)),
            (status, _) => Self::Failed(format!("status {status}")),
        }
    }
}

/// Whether a status says that the request itself is wrong. A request that took too long (408) is not.
fn is_at_fault(status: StatusCode) -> bool {
    status.is_client_error() && status != StatusCode::REQUEST_TIMEOUT
}

fn refused(status: StatusCode, said: Option<Said>, body: &[u8]) -> RestError {
    let (code, message) = match said {
        Some(said) => (said.code, said.in_full()),
        None => (
            0,
            String::from_utf8_lossy(&body[..body.len().min(200)]).into_owned(),
        ),
    };
    RestError::Refused {
        status: status.as_u16(),
        code,
        message,
    }
}

/// What Discord says of an error (its reference, "Error Messages").
#[derive(Deserialize)]
struct Said {
    code: i64,
    #[serde(default)]
    message: String,
    #[serde(default)]
    errors: Option<serde_json::Value>,
}

impl Said {
    fn read(body: &[u8]) -> Option<Self> {
        serde_json::from_slice(body).ok()
    }

    /// Its words with the places that they are about.
    fn in_full(self) -> String {
        match self.errors {
            Some(errors) => format!("{} {errors}", self.message),
            None => self.message,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_discord_itself_refuses_for_good() {
        let gone = br#"{"message": "Unknown Channel", "code": 10003}"#;
        let trouble = Trouble::of(StatusCode::NOT_FOUND, gone);
        assert!(matches!(
            trouble,
            Trouble::Final(RestError::Denied { code: 10_003, .. })
        ));
        let proxy = b"<html>404 page not found</html>";
        assert!(matches!(
            Trouble::of(StatusCode::NOT_FOUND, proxy),
            Trouble::Failed(_)
        ));
        assert!(matches!(
            Trouble::of(StatusCode::BAD_GATEWAY, gone),
            Trouble::Failed(_)
        ));
        assert!(matches!(
            Trouble::of(StatusCode::REQUEST_TIMEOUT, b""),
            Trouble::Failed(_)
        ));
    }

    #[test]
    fn a_wrong_request_is_told_with_the_place_that_is_wrong() {
        let body = br#"{"message": "Invalid Form Body", "code": 50035, "errors": {"content": {}}}"#;
        let Trouble::Final(error) = Trouble::of(StatusCode::BAD_REQUEST, body) else {
            panic!("it is final");
        };
        assert!(error.to_string().contains("content"), "{error}");
    }
}
