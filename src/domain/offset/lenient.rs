//! Every form in which a person writes an offset, each by its own small function.

use super::error::quoted;
use super::{Offset, OffsetError, Span, script};

/// The parts of an offset as they were written, before anybody asked whether 75 seconds exist.
#[derive(Debug, Default, Clone, Copy)]
struct Parts {
    hours: Option<u32>,
    minutes: Option<u32>,
    seconds: Option<u32>,
}

/// Why a form could not be read.
enum Fault {
    /// It is not this form; another may fit.
    OtherForm,
    /// It is this form with a number too large to hold.
    TooLong,
}

/// Reads a text that is one offset and nothing else.
pub(super) fn parse(text: &str) -> Result<Offset, OffsetError> {
    let ascii = script::to_ascii(text).to_lowercase();
    let bare = without_wrapping(&ascii);
    for form in [colons, units, quotes, url] {
        match form(bare) {
            Ok(parts) => return total(parts, text),
            Err(Fault::TooLong) => return Err(OffsetError::TooLong(quoted(text))),
            Err(Fault::OtherForm) => {}
        }
    }
    Err(OffsetError::malformed(text))
}

/// Does the text try to be an offset or a range of them, well written or not?
///
/// True for `52:14`, `52:75`, `9:99:99`, `52m`, `47:09-`; false for words and for a bare number,
/// which names a lecture.
pub fn looks_like_an_offset(text: &str) -> bool {
    if text.parse::<Span>().is_ok() {
        return true;
    }
    let ascii = script::to_ascii(text).to_lowercase();
    let mut digit = false;
    let mut colon = false;
    for c in ascii.trim().chars() {
        digit |= c.is_ascii_digit();
        colon |= c == ':';
        if !(c.is_ascii_digit() || " :.,-–—'\"()[]@hms".contains(c)) {
            return false;
        }
    }
    let unit = || {
        ascii
            .as_bytes()
            .windows(2)
            .any(|two| two[0].is_ascii_digit() && b"hms'".contains(&two[1]))
    };
    digit && (colon || unit())
}

/// Brackets, an `@` or `at` before, a full stop after: the offset within.
fn without_wrapping(text: &str) -> &str {
    let text = text
        .trim()
        .trim_start_matches(['(', '[', '@', '<'])
        .trim_end_matches([')', ']', '>', ',', ';', '?', '!']);
    let text = text.strip_prefix("at ").unwrap_or(text).trim();
    text.strip_suffix('.').unwrap_or(text)
}

/// `52:14`, `1:11:12`, `00:00:05.250`, and with full stops `52.14`, `1.11.12`.
fn colons(text: &str) -> Result<Parts, Fault> {
    let (whole, separator) = if text.contains(':') {
        (without_fraction(text), ':')
    } else {
        (text, '.')
    };
    let mut fields = whole.split(separator);
    let lead = number(fields.next().unwrap_or_default())?;
    let second = two_digits(fields.next())?;
    let third = fields.next();
    if fields.next().is_some() {
        return Err(Fault::OtherForm);
    }
    Ok(match third {
        Some(_) => Parts {
            hours: Some(lead),
            minutes: Some(second),
            seconds: Some(two_digits(third)?),
        },
        None => Parts {
            hours: None,
            minutes: Some(lead),
            seconds: Some(second),
        },
    })
}

/// Subtitle formats write thousandths after a full stop or a comma; an offset is whole seconds.
fn without_fraction(text: &str) -> &str {
    match text.rsplit_once(['.', ',']) {
        Some((whole, fraction))
            if !fraction.is_empty() && fraction.bytes().all(|b| b.is_ascii_digit()) =>
        {
            whole
        }
        _ => text,
    }
}

/// `52m14s`, `1h 2m`, `3134s`, `52 min`, `1 hour 2 minutes`, ISO 8601's `PT52M14S`.
fn units(text: &str) -> Result<Parts, Fault> {
    let mut rest = text.strip_prefix("pt").unwrap_or(text).trim_start();
    let mut parts = Parts::default();
    while !rest.is_empty() {
        let (digits, after) = split_where(rest, |c| !c.is_ascii_digit());
        let count = number(digits)?;
        let (unit, after) = split_where(after.trim_start(), |c| !c.is_ascii_alphabetic());
        let place = match unit {
            "h" | "hr" | "hrs" | "hour" | "hours" if parts.is_empty() => &mut parts.hours,
            "m" | "min" | "mins" | "minute" | "minutes"
                if parts.minutes.is_none() && parts.seconds.is_none() =>
            {
                &mut parts.minutes
            }
            "s" | "sec" | "secs" | "second" | "seconds" if parts.seconds.is_none() => {
                &mut parts.seconds
            }
            _ => return Err(Fault::OtherForm),
        };
        *place = Some(count);
        rest = after.trim_start_matches([' ', ',', '.']);
        rest = rest.strip_prefix("and ").unwrap_or(rest);
    }
    if parts.is_empty() {
        Err(Fault::OtherForm)
    } else {
        Ok(parts)
    }
}

/// `52'14"`, as minutes and seconds of arc are written; the closing mark may be missing.
fn quotes(text: &str) -> Result<Parts, Fault> {
    let (minutes, rest) = text.split_once('\'').ok_or(Fault::OtherForm)?;
    let seconds = rest.trim_end_matches(['"', '\'']);
    Ok(Parts {
        hours: None,
        minutes: Some(number(minutes)?),
        seconds: Some(two_digits(Some(seconds))?),
    })
}

/// A link to a moment: `…?t=3134`, `&t=52m14s`, `&amp;t=`, `start=`, `#t=`; or that parameter alone.
fn url(text: &str) -> Result<Parts, Fault> {
    let value = text
        .split(['?', '&', '#', ';'])
        .find_map(|piece| {
            MOMENT_PARAMETERS
                .iter()
                .find_map(|name| piece.strip_prefix(name))
        })
        .ok_or(Fault::OtherForm)?;
    let value = without_fraction(value);
    match number(value) {
        Ok(seconds) => Ok(Parts {
            seconds: Some(seconds),
            ..Parts::default()
        }),
        Err(Fault::TooLong) => Err(Fault::TooLong),
        Err(Fault::OtherForm) => units(value).or_else(|_| colons(value)),
    }
}

/// The parameters by which recording sites name a moment.
const MOMENT_PARAMETERS: [&str; 3] = ["t=", "start=", "time_continue="];

impl Parts {
    const fn is_empty(&self) -> bool {
        self.hours.is_none() && self.minutes.is_none() && self.seconds.is_none()
    }
}

/// Adds the parts up, each within its bounds: only the leading one may pass 59.
fn total(parts: Parts, text: &str) -> Result<Offset, OffsetError> {
    let (hours, minutes, seconds) = (
        parts.hours.unwrap_or(0),
        parts.minutes.unwrap_or(0),
        parts.seconds.unwrap_or(0),
    );
    if seconds > 59 && (parts.hours.is_some() || parts.minutes.is_some()) {
        return Err(OffsetError::SecondsPast59 {
            text: quoted(text),
            seconds,
        });
    }
    if minutes > 59 && parts.hours.is_some() {
        return Err(OffsetError::MinutesPast59 {
            text: quoted(text),
            minutes,
        });
    }
    let seconds = u64::from(hours) * 3600 + u64::from(minutes) * 60 + u64::from(seconds);
    u32::try_from(seconds)
        .map(Offset::from_seconds)
        .map_err(|_| OffsetError::TooLong(quoted(text)))
}

/// A whole number and nothing else.
fn number(digits: &str) -> Result<u32, Fault> {
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(Fault::OtherForm);
    }
    digits.parse().map_err(|_| Fault::TooLong)
}

/// A field after the first: always two digits, since `52:5` may mean `52:05` or `52:50`.
fn two_digits(field: Option<&str>) -> Result<u32, Fault> {
    match field {
        Some(field) if field.len() == 2 => number(field),
        _ => Err(Fault::OtherForm),
    }
}

fn split_where(text: &str, ends: impl Fn(char) -> bool) -> (&str, &str) {
    text.split_at(text.find(ends).unwrap_or(text.len()))
}
