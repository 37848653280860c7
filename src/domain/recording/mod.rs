//! Where a lecture is watched, and links into it at a very second.
//!
//! A recording is a checked web address: what staff typed once is later put before students, so it
//! must be a plain `http` or `https` link that goes where it seems to go. Never fetches anything.

mod address;
mod site;

use std::fmt;
use std::str::FromStr;

use super::offset::Offset;
use address::Address;

/// The longest address, in characters; embeds take no longer ones.
pub const MAX_URL_CHARS: usize = 2_048;

/// The web address of a recording, `http` or `https`, checked.
#[derive(Debug, Clone, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Recording(String);

/// Why an address is not taken. Shown to staff as it is.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RecordingError {
    /// Another scheme, or none.
    #[error("`{0}` is not a web address; begin it with `https://`")]
    NotHttp(String),
    /// No host, or a host that is none.
    #[error(
        "`{0}` names no site; a recording's address looks like `https://videos.example/lecture-10`"
    )]
    NoHost(String),
    /// A name before the host, which makes a link look as if it led elsewhere.
    #[error("`{0}` has a user name before the site's name; leave out everything up to the `@`")]
    UserInfo(String),
    /// A character that no address may hold as it is.
    #[error(
        "`{url}` holds {character:?}, which no web address may; copy the address again from the browser"
    )]
    Character {
        /// The address.
        url: String,
        /// The first such character.
        character: char,
    },
    /// Longer than [`MAX_URL_CHARS`].
    #[error("the address has {0} characters; {MAX_URL_CHARS} are the most that Discord shows")]
    TooLong(usize),
}

impl Recording {
    /// The address as it was given, without an offset.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address of that very second, in the way the site understands; an offset that the
    /// address already had is replaced, every other parameter is kept.
    ///
    /// Sites that are not known get a media fragment, `#t=3134` (W3C, "Media Fragments URI 1.0",
    /// section 4.2.1), which browsers follow in bare video files and many players copy.
    pub fn at(&self, offset: Offset) -> String {
        let mut address = Address::of(&self.0);
        site::seek(&mut address, offset);
        address.to_string()
    }
}

impl FromStr for Recording {
    type Err = RecordingError;

    fn from_str(text: &str) -> Result<Self, RecordingError> {
        let text = text.trim();
        // Addresses copied out of a page's source carry `&` as an entity.
        let url = text
            .strip_prefix('<')
            .and_then(|t| t.strip_suffix('>'))
            .unwrap_or(text)
            .replace("&amp;", "&");
        let chars = url.chars().count();
        if chars > MAX_URL_CHARS {
            return Err(RecordingError::TooLong(chars));
        }
        if let Some(character) = url.chars().find(|&c| !may_stand(c)) {
            return Err(RecordingError::Character { url, character });
        }
        let rest = strip_scheme(&url).ok_or_else(|| RecordingError::NotHttp(url.clone()))?;
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        if authority.contains('@') {
            return Err(RecordingError::UserInfo(url));
        }
        if !is_host(authority) {
            return Err(RecordingError::NoHost(url));
        }
        Ok(Self(url))
    }
}

/// What follows `http://` or `https://`, in any case.
fn strip_scheme(url: &str) -> Option<&str> {
    ["https://", "http://"].into_iter().find_map(|scheme| {
        let (head, rest) = url.split_at_checked(scheme.len())?;
        head.eq_ignore_ascii_case(scheme).then_some(rest)
    })
}

/// RFC 3986, section 2, leaves these out; invisible and direction-changing characters would let a
/// link show another address than its own.
fn may_stand(c: char) -> bool {
    let refused = matches!(c, '<' | '>' | '"' | '\\' | '^' | '`' | '{' | '|' | '}');
    let invisible = matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}');
    !(refused || invisible || c.is_whitespace() || c.is_control())
}

fn is_host(authority: &str) -> bool {
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, port),
        _ => (authority, ""),
    };
    let named = host.chars().any(char::is_alphanumeric) && !host.contains("..");
    named && port.len() <= 5 && port.bytes().all(|byte| byte.is_ascii_digit())
}

impl fmt::Display for Recording {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Recording {
    type Error = RecordingError;

    fn try_from(text: String) -> Result<Self, RecordingError> {
        text.parse()
    }
}

impl From<Recording> for String {
    fn from(recording: Recording) -> Self {
        recording.0
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
