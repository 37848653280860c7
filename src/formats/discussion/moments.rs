//! When something was said, as chat programs write it for people: with or without a day, and with days
//! of which only the person knows which they are.

use std::sync::LazyLock;

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use regex::{Captures, Regex};

/// The first day of a discussion that names none; any would do.
const SOME_DAY: Date = jiff::civil::date(2026, 1, 5);

/// How a moment was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum When {
    /// A time of day; `says_half` if it says am or pm.
    Time { time: Time, says_half: bool },
    /// A day, and perhaps a time on it.
    Day(Date, Option<Time>),
    /// A time on the day before the chat was copied, whichever that was.
    Yesterday(Time),
    /// A time on the day on which it was copied.
    Today(Time),
    /// A whole moment.
    Moment(jiff::Timestamp),
}

/// Which of a date's first two numbers is the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum DateOrder {
    /// `09/02/2023` is in February.
    #[default]
    DayFirst,
    /// It is in September.
    MonthFirst,
}

/// A day, by numbers or by name, or a word for one; and a time.
static WHEN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)^(?:(?:(?P<word>today|yesterday)|",
        r"(?P<y>\d{4})[-/.](?P<m>\d\d?)[-/.](?P<d>\d\d?)|",
        r"(?P<first>\d\d?)(?P<parted>[/.])(?P<second>\d\d?)[/.](?P<year>\d{4}|\d\d)|",
        r"(?:[a-z]{3,6}day,?\s+)?(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+(?P<of_month>\d\d?),?\s+(?P<of_year>\d{4}))",
        r"(?:(?:,|\s+at)?\s+|$))?",
        r"(?:(?P<hour>\d\d?):(?P<minute>\d\d)(?::(?P<s>\d\d))?(?:\s?(?P<half>[ap])\.?m\.?)?)?$"
    ))
    .expect("a well-formed pattern")
});

const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// Reads a text that tells a moment and nothing else.
pub(super) fn when(text: &str, order: DateOrder) -> Option<When> {
    let text = text.trim();
    let found = WHEN.captures(text);
    let Some(found) = found else {
        return super::moment(text).map(When::Moment);
    };
    let time = match found.name("hour") {
        Some(_) => Some(time(&found)?),
        None => None,
    };
    if let Some(word) = found.name("word") {
        return Some(match word.as_str().to_lowercase().as_str() {
            "today" => When::Today(time?),
            _ => When::Yesterday(time?),
        });
    }
    let names_a_day = ["y", "first", "month"]
        .iter()
        .any(|it| found.name(it).is_some());
    if names_a_day {
        return Some(When::Day(day(&found, order)?, time));
    }
    let says_half = found.name("half").is_some();
    time.map(|time| When::Time { time, says_half })
}

fn number<T: std::str::FromStr>(found: &Captures<'_>, name: &str) -> Option<T> {
    found.name(name)?.as_str().parse().ok()
}

fn time(found: &Captures<'_>) -> Option<Time> {
    let hour: i8 = number(found, "hour")?;
    let hour = match found.name("half").map(|half| half.as_str()) {
        None => hour,
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some("a" | "A") => hour % 12,
        Some(_) => hour % 12 + 12,
    };
    let second = match found.name("s") {
        Some(_) => number(found, "s")?,
        None => 0,
    };
    Time::new(hour, number(found, "minute")?, second, 0).ok()
}

fn day(found: &Captures<'_>, order: DateOrder) -> Option<Date> {
    if let Some(year) = number::<i16>(found, "y") {
        return Date::new(year, number(found, "m")?, number(found, "d")?).ok();
    }
    if let Some(month) = found.name("month") {
        let month = month.as_str().to_lowercase();
        let month = MONTHS.iter().position(|name| *name == month)?;
        let month = i8::try_from(month + 1).ok()?;
        return Date::new(number(found, "of_year")?, month, number(found, "of_month")?).ok();
    }
    let (first, second): (i8, i8) = (number(found, "first")?, number(found, "second")?);
    let year: i16 = number(found, "year")?;
    let year = if year < 100 { 2_000 + year } else { year };
    // Whoever parts a date with full stops puts the day first.
    let by_stops = found.name("parted").is_some_and(|it| it.as_str() == ".");
    match order {
        DateOrder::MonthFirst if !by_stops => Date::new(year, first, second).ok(),
        _ => Date::new(year, second, first).ok(),
    }
}

impl DateOrder {
    /// As all dates of a discussion tell: a number above 12 is the day; where there is none, those who
    /// say am and pm put the month first.
    pub fn of<'s>(texts: impl Iterator<Item = &'s str>) -> Self {
        let (mut says_half, mut day_second) = (false, false);
        for text in texts {
            let Some(found) = WHEN.captures(text.trim()) else {
                continue;
            };
            says_half |= found.name("half").is_some();
            if number::<u8>(&found, "first").is_some_and(|first| first > 12) {
                return Self::DayFirst;
            }
            day_second |= number::<u8>(&found, "second").is_some_and(|second| second > 12);
        }
        match says_half || day_second {
            true => Self::MonthFirst,
            false => Self::DayFirst,
        }
    }
}

/// Gives what tells less than a whole moment the rest of it, in the order in which it is told.
#[derive(Default)]
pub(super) struct Clock {
    last: Option<DateTime>,
    yesterday: Option<Date>,
    today: Option<Date>,
}

impl Clock {
    /// The moment that is meant; `None` if only its place in the order is known.
    pub fn moment(&mut self, when: When) -> Option<jiff::Timestamp> {
        let now = match when {
            When::Moment(moment) => TimeZone::UTC.to_datetime(moment),
            When::Day(day, Some(time)) => day.to_datetime(time),
            When::Day(day, None) => {
                // The first of a day begins it, the others follow.
                if self.last.is_some_and(|last| last.date() >= day) {
                    return None;
                }
                day.to_datetime(Time::midnight())
            }
            When::Time { time, .. } => self.next(time)?,
            When::Yesterday(time) => self.yesterday()?.to_datetime(time),
            When::Today(time) => self.today()?.to_datetime(time),
        };
        self.last = Some(now);
        TimeZone::UTC.to_timestamp(now).ok()
    }

    /// That time of the day of the message before, or of the next day if it went back.
    fn next(&self, time: Time) -> Option<DateTime> {
        let day = self.last.map_or(SOME_DAY, |last| last.date());
        let goes_back = self.last.is_some_and(|last| time < last.time());
        let day = if goes_back { day.tomorrow().ok()? } else { day };
        Some(day.to_datetime(time))
    }

    /// Nobody tells which day yesterday was: one after all that came before.
    fn yesterday(&mut self) -> Option<Date> {
        let day = match (self.yesterday, self.last) {
            (Some(day), _) => day,
            (None, Some(last)) => last.date().tomorrow().ok()?,
            (None, None) => SOME_DAY,
        };
        self.yesterday = Some(day);
        Some(day)
    }

    fn today(&mut self) -> Option<Date> {
        let day = match (self.today, self.last) {
            (Some(day), _) => day,
            (None, Some(last)) => last.date().tomorrow().ok()?,
            (None, None) => SOME_DAY,
        };
        self.today = Some(day);
        Some(day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_read_as_chat_programs_write_it() {
        let told = |text| match when(text, DateOrder::MonthFirst) {
            Some(When::Time { time, .. }) => time.to_string(),
            Some(When::Day(day, Some(time))) => day.to_datetime(time).to_string(),
            Some(When::Day(day, None)) => day.to_string(),
            Some(When::Yesterday(time)) => format!("yesterday {time}"),
            Some(When::Today(time)) => format!("today {time}"),
            Some(When::Moment(moment)) => moment.to_string(),
            None => "none".to_owned(),
        };
        for (text, expected) in [
            ("2:05 PM", "14:05:00"),
            ("12:05 a.m.", "00:05:00"),
            ("12:30\u{202f}pm", "12:30:00"),
            ("14:05:33", "14:05:33"),
            ("02/09/2023 2:05 PM", "2023-02-09T14:05:00"),
            ("2/9/23, 14:05", "2023-02-09T14:05:00"),
            ("09.02.2023 14:05", "2023-02-09T14:05:00"),
            ("2023-02-09 14:05", "2023-02-09T14:05:00"),
            ("2023-02-09T14:05:00+01:00", "2023-02-09T13:05:00Z"),
            (
                "Thursday, February 9, 2023 at 2:05 PM",
                "2023-02-09T14:05:00",
            ),
            ("Feb 9, 2023", "2023-02-09"),
            ("Today at 2:05 PM", "today 14:05:00"),
            ("yesterday at 14:05", "yesterday 14:05:00"),
            ("today", "none"),
            ("25:00", "none"),
            ("13:05 PM", "none"),
            ("47:09", "none"),
            ("30/30/2023", "none"),
            ("", "none"),
            ("soon", "none"),
        ] {
            assert_eq!(told(text), expected, "{text}");
        }
    }

    #[test]
    fn the_order_of_a_date_is_told_by_all_of_them() {
        let of = |texts: &[&'static str]| DateOrder::of(texts.iter().copied());
        assert_eq!(of(&["02/09/2023 2:05 PM"]), DateOrder::MonthFirst);
        assert_eq!(of(&["02/09/2023, 14:05"]), DateOrder::DayFirst);
        assert_eq!(
            of(&["02/09/2023, 14:05", "02/13/2023, 9:00"]),
            DateOrder::MonthFirst
        );
        assert_eq!(
            of(&["02/09/2023 2:05 PM", "13/09/2023 2:05 PM"]),
            DateOrder::DayFirst
        );
    }
}
