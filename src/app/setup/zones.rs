//! Time zones as people name them: a list that fits where the server is, and what somebody types.
//!
//! It must never guess silently: what could be several zones is none, with those that it could be.

use jiff::tz::{TimeZone, db};

use crate::domain::course::words;

/// How many zones a menu can show.
pub(super) const SHOWN: usize = 25;

/// The languages that Discord knows, and where most who speak them are: the likeliest first.
const OF_LANGUAGES: &[(&str, &[&str])] = &[
    ("bg", &["Europe/Sofia"]),
    ("cs", &["Europe/Prague"]),
    ("da", &["Europe/Copenhagen"]),
    ("de", &["Europe/Berlin", "Europe/Vienna", "Europe/Zurich"]),
    ("el", &["Europe/Athens"]),
    ("en-GB", &["Europe/London", "Europe/Dublin"]),
    (
        "en-US",
        &[
            "America/New_York",
            "America/Chicago",
            "America/Denver",
            "America/Los_Angeles",
        ],
    ),
    (
        "es-419",
        &[
            "America/Mexico_City",
            "America/Bogota",
            "America/Argentina/Buenos_Aires",
        ],
    ),
    ("es-ES", &["Europe/Madrid"]),
    ("fi", &["Europe/Helsinki"]),
    ("fr", &["Europe/Paris", "America/Toronto"]),
    ("hi", &["Asia/Kolkata"]),
    ("hr", &["Europe/Zagreb"]),
    ("hu", &["Europe/Budapest"]),
    ("id", &["Asia/Jakarta"]),
    ("it", &["Europe/Rome"]),
    ("ja", &["Asia/Tokyo"]),
    ("ko", &["Asia/Seoul"]),
    ("lt", &["Europe/Vilnius"]),
    ("nl", &["Europe/Amsterdam", "Europe/Brussels"]),
    ("no", &["Europe/Oslo"]),
    ("pl", &["Europe/Warsaw"]),
    ("pt-BR", &["America/Sao_Paulo"]),
    ("ro", &["Europe/Bucharest"]),
    ("ru", &["Europe/Moscow"]),
    ("sv-SE", &["Europe/Stockholm"]),
    ("th", &["Asia/Bangkok"]),
    ("tr", &["Europe/Istanbul"]),
    ("uk", &["Europe/Kyiv"]),
    ("vi", &["Asia/Ho_Chi_Minh"]),
    ("zh-CN", &["Asia/Shanghai", "Asia/Singapore"]),
    ("zh-TW", &["Asia/Taipei"]),
];

/// One zone for each hour in which many people live, to choose from where nothing is known.
const AROUND_THE_WORLD: &[&str] = &[
    "America/Los_Angeles",
    "America/Denver",
    "America/Chicago",
    "America/New_York",
    "America/Halifax",
    "America/Sao_Paulo",
    "UTC",
    "Europe/London",
    "Europe/Berlin",
    "Europe/Paris",
    "Europe/Madrid",
    "Europe/Athens",
    "Europe/Istanbul",
    "Africa/Lagos",
    "Africa/Johannesburg",
    "Asia/Dubai",
    "Asia/Kolkata",
    "Asia/Singapore",
    "Asia/Shanghai",
    "Asia/Tokyo",
    "Australia/Sydney",
    "Pacific/Auckland",
];

/// What people call a zone, where its own name does not hold that.
const CALLED: &[(&str, &str)] = &[
    ("pacific", "America/Los_Angeles"),
    ("pst", "America/Los_Angeles"),
    ("pdt", "America/Los_Angeles"),
    ("pt", "America/Los_Angeles"),
    ("san francisco", "America/Los_Angeles"),
    ("california", "America/Los_Angeles"),
    ("mountain", "America/Denver"),
    ("mst", "America/Denver"),
    ("mdt", "America/Denver"),
    ("central", "America/Chicago"),
    ("cst", "America/Chicago"),
    ("cdt", "America/Chicago"),
    ("eastern", "America/New_York"),
    ("est", "America/New_York"),
    ("edt", "America/New_York"),
    ("et", "America/New_York"),
    ("boston", "America/New_York"),
    ("uk", "Europe/London"),
    ("england", "Europe/London"),
    ("bst", "Europe/London"),
    ("gmt", "UTC"),
    ("cet", "Europe/Berlin"),
    ("cest", "Europe/Berlin"),
    ("germany", "Europe/Berlin"),
    ("munich", "Europe/Berlin"),
    ("france", "Europe/Paris"),
    ("india", "Asia/Kolkata"),
    ("ist", "Asia/Kolkata"),
    ("delhi", "Asia/Kolkata"),
    ("mumbai", "Asia/Kolkata"),
    ("beijing", "Asia/Shanghai"),
    ("china", "Asia/Shanghai"),
    ("jst", "Asia/Tokyo"),
];

/// The likeliest zone where this language is spoken.
pub(super) fn guess(language: &str) -> &'static str {
    of_language(language).first().copied().unwrap_or("UTC")
}

fn of_language(language: &str) -> &'static [&'static str] {
    let found = OF_LANGUAGES.iter().find(|(known, _)| *known == language);
    found.map_or(&[], |(_, zones)| zones)
}

/// Zones to choose from: the chosen one, those of the language, then some of every hour; at most
/// [`SHOWN`].
pub(super) fn to_choose_from(chosen: &str, language: &str) -> Vec<String> {
    let candidates = [chosen]
        .into_iter()
        .chain(of_language(language).iter().copied())
        .chain(AROUND_THE_WORLD.iter().copied());
    let mut zones: Vec<String> = Vec::new();
    for zone in candidates {
        if zones.len() < SHOWN && !zones.iter().any(|known| known == zone) {
            zones.push(zone.to_owned());
        }
    }
    zones
}

/// The zone that somebody means: by its name, by the city in it, or by what people call it.
///
/// # Errors
/// A sentence that says which zones it could be, or what one looks like.
pub(super) fn meant(text: &str) -> Result<TimeZone, String> {
    let wanted = plain(text);
    let called = CALLED.iter().find(|(name, _)| *name == wanted);
    if let Some((_, zone)) = called {
        return words::timezone(zone);
    }
    if let Ok(zone) = words::timezone(text.trim()) {
        return Ok(zone);
    }
    let names: Vec<String> = db().available().map(|name| name.to_string()).collect();
    let is_area = |name: &&String| name.contains('/') && !name.starts_with("Etc/");
    let areas: Vec<&String> = names.iter().filter(is_area).collect();
    let city = |name: &str| plain(name.rsplit('/').next().unwrap_or(name));
    let whole = areas
        .iter()
        .filter(|name| plain(name) == wanted || city(name) == wanted);
    let begins = areas
        .iter()
        .filter(|name| wanted.len() >= 3 && city(name).starts_with(&wanted));
    let mut found: Vec<&String> = whole.copied().collect();
    if found.is_empty() {
        found = begins.copied().collect();
    }
    match &found[..] {
        [only] => words::timezone(only),
        [] => words::timezone(text.trim()),
        several => {
            let could_be: Vec<String> =
                several.iter().take(5).map(|it| format!("`{it}`")).collect();
            Err(format!(
                "`{}` could be {}; write the one you mean",
                text.trim(),
                could_be.join(", ")
            ))
        }
    }
}

/// In small letters, with one blank where a name has an underscore.
fn plain(text: &str) -> String {
    let text = text.to_lowercase().replace(['_', '-'], " ");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(text: &str) -> Result<String, String> {
        meant(text).map(|zone| zone.iana_name().unwrap_or_default().to_owned())
    }

    #[test]
    fn a_zone_is_known_by_what_people_call_it() {
        for (text, zone) in [
            ("Europe/Berlin", "Europe/Berlin"),
            ("europe/berlin", "Europe/Berlin"),
            ("berlin", "Europe/Berlin"),
            ("New York", "America/New_York"),
            ("los angeles", "America/Los_Angeles"),
            ("Pacific", "America/Los_Angeles"),
            ("buenos aires", "America/Argentina/Buenos_Aires"),
            ("UTC", "UTC"),
            ("tok", "Asia/Tokyo"),
        ] {
            let found = named(text);
            let is_it = found
                .as_deref()
                .is_ok_and(|found| found == zone || found.ends_with("Buenos_Aires"));
            // Some cities have an older name as well; then both are told.
            let is_told = found.as_ref().is_err_and(|told| told.contains(zone));
            assert!(is_it || is_told, "{text}: {found:?}");
        }
    }

    #[test]
    fn what_could_be_several_is_asked_and_what_is_none_is_told() {
        let told = named("san").unwrap_err();
        assert!(told.contains("could be"), "{told}");
        let told = named("Mars/Olympus").unwrap_err();
        assert!(told.contains("is not a time zone"), "{told}");
    }

    #[test]
    fn every_zone_that_is_offered_is_one() {
        let of_languages = OF_LANGUAGES.iter().flat_map(|(_, zones)| zones.iter());
        let called = CALLED.iter().map(|(_, zone)| zone);
        for zone in of_languages.chain(called).chain(AROUND_THE_WORLD) {
            assert!(words::timezone(zone).is_ok(), "{zone}");
        }
        assert_eq!(guess("de"), "Europe/Berlin");
        let zones = to_choose_from("Asia/Kathmandu", "en-US");
        assert_eq!(
            (zones[0].as_str(), zones.len()),
            ("Asia/Kathmandu", SHOWN.min(zones.len()))
        );
        assert!(zones.contains(&"America/Denver".to_owned()));
    }
}
