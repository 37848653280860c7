//! Reads an HTTP request into the parts that routes work with: query, JSON, files.

use axum::body::Bytes;
use axum::extract::{FromRequest, Multipart};
use axum::http::{HeaderMap, Request, header};
use serde_json::Value;

use crate::world::draft::Upload;
use crate::world::refusal::Refusal;

/// A body, whichever way it was sent.
#[derive(Default)]
pub(super) struct Body {
    pub json: Value,
    pub uploads: Vec<Upload>,
}

/// Reads JSON, or a multipart form with `payload_json` and `files[n]`.
pub(super) async fn body(request: Request<axum::body::Body>) -> Result<Body, Refusal> {
    let is_multipart = content_type(request.headers()).starts_with("multipart/form-data");
    if is_multipart {
        let form = Multipart::from_request(request, &()).await;
        return form_body(form.map_err(|_| Refusal::invalid_form())?).await;
    }
    let bytes = Bytes::from_request(request, &())
        .await
        .map_err(|_| Refusal::too_large())?;
    Ok(Body {
        json: json(&bytes)?,
        uploads: Vec::new(),
    })
}

fn content_type(headers: &HeaderMap) -> &str {
    headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or("")
}

fn json(bytes: &[u8]) -> Result<Value, Refusal> {
    if bytes.is_empty() {
        return Ok(Value::Null);
    }
    serde_json::from_slice(bytes).map_err(|_| Refusal::invalid_json())
}

async fn form_body(mut form: Multipart) -> Result<Body, Refusal> {
    let mut body = Body::default();
    while let Some(field) = form
        .next_field()
        .await
        .map_err(|_| Refusal::invalid_form())?
    {
        let name = field.name().unwrap_or("").to_owned();
        let file_name = field.file_name().unwrap_or("unknown").to_owned();
        let content_type = field.content_type().map(str::to_owned);
        let bytes = field.bytes().await.map_err(|_| Refusal::too_large())?;
        if name == "payload_json" {
            body.json = json(&bytes)?;
        } else if let Some(index) = file_index(&name) {
            let bytes = bytes.to_vec();
            body.uploads.push(Upload {
                index,
                name: file_name,
                content_type,
                bytes,
                description: None,
            });
        }
    }
    Ok(body)
}

/// The `n` of `files[n]`.
fn file_index(field: &str) -> Option<u64> {
    field
        .strip_prefix("files[")?
        .strip_suffix(']')?
        .parse()
        .ok()
}

/// The pairs of a query. Empty pairs, as in `?&limit=1`, are skipped.
pub(super) fn query(text: &str) -> Vec<(String, String)> {
    let pairs = text.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            (unescape(key), unescape(&value.replace('+', " ")))
        })
        .collect()
}

/// Resolves `%20` and the like.
pub(super) fn unescape(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let escaped = (*first == b'%')
            .then(|| tail.get(..2))
            .flatten()
            .and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
        match escaped {
            Some(byte) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            None => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_escaped_emoji_is_read_as_what_it_is() {
        assert_eq!(unescape("%F0%9F%93%8C"), "📌");
        assert_eq!(unescape("100%"), "100%");
    }

    #[test]
    fn a_query_may_begin_with_an_ampersand() {
        let expected = [
            ("limit".to_owned(), "5".to_owned()),
            ("after".to_owned(), "0".to_owned()),
        ];
        assert_eq!(query("&limit=5&after=0"), expected);
    }
}
