//! Carries out what was ordered to go wrong with a request.

use axum::body::Body;
use axum::http::Response;
use serde_json::{Value, json};

use super::server::{http, record};
use crate::cuttable::Cut;
use crate::fault::RestTrouble;
use crate::record::Request;
use crate::shared::Shared;

/// Carries out a fault instead of an answer.
pub(super) fn afflict(
    shared: &Shared,
    cut: &Cut,
    request: Request,
    trouble: RestTrouble,
    applied: bool,
) -> Response<Body> {
    let (status, response) = match trouble {
        RestTrouble::RateLimit {
            retry_after_s,
            is_global,
            with_headers,
        } => (
            Some(429),
            rate_limited(retry_after_s, is_global, with_headers),
        ),
        RestTrouble::ServerError { status, .. } => {
            let body = json!({"message": format!("{status}: Server Error"), "code": 0}).to_string();
            (
                Some(status),
                http(status, &[], Some(body), "application/json"),
            )
        }
        RestTrouble::Drop { .. } => {
            cut.cut();
            (None, http(500, &[], None, "text/plain"))
        }
        // These are served; see `server`.
        RestTrouble::Delay(_) | RestTrouble::Spend { .. } => {
            (Some(500), http(500, &[], None, "text/plain"))
        }
    };
    record(shared, request, status, applied, None);
    response
}

fn rate_limited(retry_after_s: f64, is_global: bool, with_headers: bool) -> Response<Body> {
    if !with_headers {
        return http(429, &[], Some("error code: 1015".to_owned()), "text/plain");
    }
    let scope = if is_global { "global" } else { "user" };
    let mut headers = vec![
        ("retry-after", format!("{}", retry_after_s.ceil())),
        ("x-ratelimit-scope", scope.to_owned()),
    ];
    if is_global {
        headers.push(("x-ratelimit-global", "true".to_owned()));
    } else {
        headers.push(("x-ratelimit-limit", "5".to_owned()));
        headers.push(("x-ratelimit-remaining", "0".to_owned()));
        headers.push(("x-ratelimit-reset-after", format!("{retry_after_s:.3}")));
        headers.push(("x-ratelimit-bucket", "fault".to_owned()));
    }
    let body = rate_limit_body(retry_after_s, is_global).to_string();
    http(429, &headers, Some(body), "application/json")
}

pub(super) fn happens_after(trouble: RestTrouble) -> bool {
    matches!(
        trouble,
        RestTrouble::ServerError {
            after_effect: true,
            ..
        } | RestTrouble::Drop { after_effect: true }
    )
}

pub(super) fn rate_limit_body(retry_after_s: f64, is_global: bool) -> Value {
    json!({
        "message": "You are being rate limited.",
        "retry_after": retry_after_s,
        "global": is_global,
    })
}
