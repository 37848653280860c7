//! Discord's two ways to write a moment: inside an id, and as ISO 8601 text.
//! Knows no clock: every moment comes in as UTC milliseconds since 1970.

/// An id as Discord makes them: milliseconds since 2015 above the lowest 22 bits.
pub type Snowflake = u64;

/// The first moment of 2015 in Unix milliseconds, from which ids count.
pub const DISCORD_EPOCH_MS: u64 = 1_420_070_400_000;

const DAY_MS: i64 = 86_400_000;

/// The smallest id of the millisecond `at_ms` (Unix).
#[must_use]
pub fn first_id_at(at_ms: u64) -> Snowflake {
    at_ms.saturating_sub(DISCORD_EPOCH_MS) << 22
}

/// When an id was made, in Unix milliseconds.
#[must_use]
pub fn made_at_ms(id: Snowflake) -> u64 {
    (id >> 22) + DISCORD_EPOCH_MS
}

/// `2026-01-31T18:00:00.125000+00:00`, as Discord writes moments.
pub(crate) fn iso8601(at_ms: u64) -> String {
    let at_ms = at_ms as i64;
    let (year, month, day) = civil_date(at_ms.div_euclid(DAY_MS));
    let of_day = at_ms.rem_euclid(DAY_MS);
    let (hour, minute) = (of_day / 3_600_000, of_day / 60_000 % 60);
    let (second, milli) = (of_day / 1_000 % 60, of_day % 1_000);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{milli:03}000+00:00")
}

/// Reads ISO 8601 with an offset from UTC into Unix milliseconds, rounding down. `None` for anything else.
pub(crate) fn parse_iso8601(text: &str) -> Option<u64> {
    let number = |range: std::ops::Range<usize>| text.get(range)?.parse::<i64>().ok();
    let days = days_from_civil(number(0..4)?, number(5..7)?, number(8..10)?);
    let seconds = number(11..13)? * 3_600 + number(14..16)? * 60 + number(17..19)?;
    let (fraction, zone) = split_fraction(text.get(19..)?);
    let at_ms = days * DAY_MS + seconds * 1_000 + fraction - zone_ms(zone)?;
    u64::try_from(at_ms).ok()
}

/// Milliseconds of a leading `.123456`, and what follows it.
fn split_fraction(rest: &str) -> (i64, &str) {
    let Some(digits) = rest.strip_prefix('.') else {
        return (0, rest);
    };
    let end = digits
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(digits.len());
    let millis: String = format!("{:0<3}", &digits[..end]).chars().take(3).collect();
    (millis.parse().unwrap_or(0), &digits[end..])
}

fn zone_ms(zone: &str) -> Option<i64> {
    if zone.eq_ignore_ascii_case("z") {
        return Some(0);
    }
    // A `+` that nobody escaped arrives from a query as a space.
    let sign = match zone.get(..1)? {
        "+" | " " => 1,
        "-" => -1,
        _ => return None,
    };
    let hours: i64 = zone.get(1..3)?.parse().ok()?;
    let minutes: i64 = zone.get(4..6)?.parse().ok()?;
    Some(sign * (hours * 60 + minutes) * 60_000)
}

/// The Gregorian date of a day counted from 1970-01-01 (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms").
fn civil_date(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 {
        month_from_march + 3
    } else {
        month_from_march - 9
    };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

/// The inverse of [`civil_date`].
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = year - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let month_from_march = (month + 9) % 12;
    let of_year = (153 * month_from_march + 2) / 5 + day - 1;
    let of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + of_year;
    era * 146_097 + of_era - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_written_as_discord_writes_it() {
        assert_eq!(iso8601(0), "1970-01-01T00:00:00.000000+00:00");
        assert_eq!(
            iso8601(1_709_210_096_789),
            "2024-02-29T12:34:56.789000+00:00"
        );
    }

    #[test]
    fn what_is_written_is_read_back() {
        for at_ms in [0, 951_782_400_000, 1_709_210_096_789, 4_102_444_799_999] {
            assert_eq!(parse_iso8601(&iso8601(at_ms)), Some(at_ms));
        }
        assert_eq!(
            parse_iso8601("2024-02-29T14:34:56+02:00"),
            Some(1_709_210_096_000)
        );
        assert_eq!(
            parse_iso8601("2024-02-29T12:34:56Z"),
            Some(1_709_210_096_000)
        );
        assert_eq!(parse_iso8601("yesterday"), None);
    }

    #[test]
    fn an_id_tells_when_it_was_made() {
        assert_eq!(
            made_at_ms(first_id_at(1_709_210_096_789)),
            1_709_210_096_789
        );
    }
}
