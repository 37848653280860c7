//! When a course's digest is due: at most once per local date.
//!
//! A pure calculation over a time of day, chosen weekdays and a time zone. It must never ask what time it is, and
//! never know how or where a digest is posted: the caller brings the moment and the last date that was dealt with.

use std::fmt;

use jiff::civil::{Date, Time, Weekday};
use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{SignedDuration, Timestamp};

#[cfg(test)]
mod tests;

/// How late a missed digest may still be posted, unless the settings say otherwise.
pub const LATE_LIMIT: SignedDuration = SignedDuration::from_hours(12);

/// A digest within this long of its moment is on time: timers wake a little late.
const ON_TIME: SignedDuration = SignedDuration::from_mins(5);

/// No gap between two occurrences is longer than this many days: one weekday in seven, and that one date may not
/// exist, as 30 December 2011 does not in Samoa.
const HORIZON_DAYS: usize = 16;

/// A schedule setting that means nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ScheduleError {
    /// Not a time of day.
    #[error(
        "`{0}` is not a time of day; write hours and minutes from `00:00` to `23:59`, such as `18:00`"
    )]
    Time(String),
    /// Not a day of the week.
    #[error(
        "`{0}` is not a day of the week; write `mon`, `tue`, `wed`, `thu`, `fri`, `sat` or `sun`"
    )]
    Day(String),
    /// The list of days is empty.
    #[error("no day is chosen; name at least one, such as `days = [\"mon\", \"thu\"]`")]
    NoDay,
}

/// The chosen days of the week; never none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Weekdays([bool; 7]);

impl Weekdays {
    const NAMES: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

    /// Monday to Sunday.
    pub const EVERY: Self = Self([true; 7]);

    /// The days of these names, `mon` or `Monday`; refuses what is no day, and an empty list.
    pub fn parse<S: AsRef<str>>(names: &[S]) -> Result<Self, ScheduleError> {
        let mut chosen = [false; 7];
        for name in names {
            chosen[index(parse_day(name.as_ref())?)] = true;
        }
        if chosen.contains(&true) {
            Ok(Self(chosen))
        } else {
            Err(ScheduleError::NoDay)
        }
    }

    /// The chosen days, as [`Weekdays::parse`] takes them: `mon`.
    pub fn names(&self) -> Vec<&'static str> {
        let days = Self::NAMES.iter().zip(self.0);
        days.filter(|(_, on)| *on).map(|(name, _)| *name).collect()
    }

    /// Whether that day is chosen.
    pub fn contains(&self, day: Weekday) -> bool {
        self.0[index(day)]
    }
}

impl fmt::Display for Weekdays {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if *self == Self::EVERY {
            return f.write_str("every day");
        }
        f.write_str(&self.names().join(", "))
    }
}

fn index(day: Weekday) -> usize {
    usize::from(day.to_monday_zero_offset().unsigned_abs())
}

/// One day of the week by its English name, whole or its first three letters, in any case.
pub fn parse_day(name: &str) -> Result<Weekday, ScheduleError> {
    match name.trim().to_lowercase().as_str() {
        "mon" | "monday" => Ok(Weekday::Monday),
        "tue" | "tuesday" => Ok(Weekday::Tuesday),
        "wed" | "wednesday" => Ok(Weekday::Wednesday),
        "thu" | "thursday" => Ok(Weekday::Thursday),
        "fri" | "friday" => Ok(Weekday::Friday),
        "sat" | "saturday" => Ok(Weekday::Saturday),
        "sun" | "sunday" => Ok(Weekday::Sunday),
        _ => Err(ScheduleError::Day(name.to_owned())),
    }
}

/// A time of day as the settings write it: `18:00`, `9:30`.
pub fn parse_time(text: &str) -> Result<Time, ScheduleError> {
    let refused = || ScheduleError::Time(text.to_owned());
    let (hour, minute) = text.trim().split_once(':').ok_or_else(refused)?;
    let number = |digits: &str, widths: std::ops::RangeInclusive<usize>| {
        let plain = widths.contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        plain
            .then(|| digits.parse::<i8>().ok())
            .flatten()
            .ok_or_else(refused)
    };
    Time::new(number(hour, 1..=2)?, number(minute, 2..=2)?, 0, 0).map_err(|_| refused())
}

/// A course's digest hour: a time of day on chosen weekdays, in a time zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedule {
    /// The local time of day.
    pub at: Time,
    /// The days on which a digest is posted.
    pub days: Weekdays,
    /// Whose clock is meant.
    pub timezone: TimeZone,
}

/// A date's digest and the moment for which it is planned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Occurrence {
    /// The course's local date, under which a digest is counted.
    pub date: Date,
    /// The moment in the world.
    pub planned: Timestamp,
}

/// What is to be done about the digest at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// Nothing now; look again at `next`.
    Nothing {
        /// The next one, if the calendar still has one.
        next: Option<Occurrence>,
    },
    /// It is time.
    Now {
        /// The digest to post.
        due: Occurrence,
        /// How many chosen days before it had none.
        missed: u32,
    },
    /// Its time has passed while nobody could post, but not by too much: post it and say so.
    Late {
        /// The digest to post.
        due: Occurrence,
        /// How many chosen days before it had none.
        missed: u32,
    },
    /// Its time passed too long ago; its questions go into the next one.
    TooLate {
        /// The digest that is left out.
        due: Occurrence,
        /// The next one.
        next: Option<Occurrence>,
    },
}

impl Schedule {
    /// The moment of that date's digest: `None` when the weekday is not chosen, or the date itself does not exist
    /// there. A local time that does not exist falls to the next that does; of two, the first is meant.
    pub fn occurrence(&self, date: Date) -> Option<Timestamp> {
        if !self.days.contains(date.weekday()) || !self.exists(date) {
            return None;
        }
        self.first_moment(date, self.at)
    }

    /// The first occurrence strictly after a moment.
    pub fn next_after(&self, now: Timestamp) -> Option<Occurrence> {
        self.first_where(now, |occurrence| occurrence.planned > now)
    }

    /// The last occurrence that is not after a moment.
    pub fn latest_until(&self, now: Timestamp) -> Option<Occurrence> {
        let mut date = Some(self.local_date(now).tomorrow().unwrap_or(Date::MAX));
        for _ in 0..HORIZON_DAYS {
            let day = date?;
            if let Some(planned) = self.occurrence(day).filter(|planned| *planned <= now) {
                return Some(Occurrence { date: day, planned });
            }
            date = day.yesterday().ok();
        }
        None
    }

    /// What to do at `now`.
    ///
    /// `last_posted` is the newest local date that was dealt with (posted, or left out because nothing was open): no
    /// date up to it is ever due again, whatever happens to the clock, the hour or the time zone. `since` is when the
    /// course came to be: what was planned before it is nobody's. `late_limit` is usually [`LATE_LIMIT`].
    pub fn due(
        &self,
        now: Timestamp,
        last_posted: Option<Date>,
        since: Timestamp,
        late_limit: SignedDuration,
    ) -> Due {
        let is_new = |o: &Occurrence| last_posted.is_none_or(|last| o.date > last);
        let next = || self.first_where(now, |o| o.planned > now && is_new(o));
        let latest = self
            .latest_until(now)
            .filter(|o| o.planned >= since)
            .filter(is_new);
        let Some(due) = latest else {
            return Due::Nothing { next: next() };
        };

        let late_by = now.duration_since(due.planned);
        let missed = self.missed_before(due.date, last_posted, since);
        if late_by <= ON_TIME {
            Due::Now { due, missed }
        } else if late_by <= late_limit {
            Due::Late { due, missed }
        } else {
            Due::TooLate { due, next: next() }
        }
    }

    /// How many occurrences lie between the last one dealt with and `date`, both excluded.
    fn missed_before(&self, date: Date, last_posted: Option<Date>, since: Timestamp) -> u32 {
        let mut day = date.yesterday().ok();
        let mut missed = 0;
        while let Some(past) = day.filter(|past| last_posted.is_none_or(|last| *past > last)) {
            // Two days' grace: a date's moment may lie on the neighbouring date.
            if self.local_date(since).duration_since(past) > SignedDuration::from_hours(48) {
                break;
            }
            missed += u32::from(
                self.occurrence(past)
                    .is_some_and(|planned| planned >= since),
            );
            day = past.yesterday().ok();
        }
        missed
    }

    /// The first occurrence near or after `now` that is wanted.
    fn first_where(
        &self,
        now: Timestamp,
        wanted: impl Fn(&Occurrence) -> bool,
    ) -> Option<Occurrence> {
        let mut date = Some(self.local_date(now).yesterday().unwrap_or(Date::MIN));
        for _ in 0..HORIZON_DAYS {
            let day = date?;
            let found = self
                .occurrence(day)
                .map(|planned| Occurrence { date: day, planned });
            if let Some(occurrence) = found.filter(|o| wanted(o)) {
                return Some(occurrence);
            }
            date = day.tomorrow().ok();
        }
        None
    }

    fn local_date(&self, moment: Timestamp) -> Date {
        self.timezone.to_datetime(moment).date()
    }

    /// Whether any moment has that local date.
    fn exists(&self, date: Date) -> bool {
        self.first_moment(date, Time::midnight())
            .is_some_and(|moment| self.local_date(moment) == date)
    }

    /// The first moment at which the local clock shows that time or, where it skips it, the first after the gap.
    fn first_moment(&self, date: Date, time: Time) -> Option<Timestamp> {
        let ambiguous = self.timezone.to_ambiguous_timestamp(date.to_datetime(time));
        match ambiguous.offset() {
            AmbiguousOffset::Gap { .. } => self.end_of_gap(ambiguous.later().ok()?),
            _ => ambiguous.earlier().ok(),
        }
    }

    /// The moment at which the clocks jumped, given one at most a gap's length after it.
    fn end_of_gap(&self, just_after: Timestamp) -> Option<Timestamp> {
        let beyond = just_after.checked_add(SignedDuration::from_nanos(1)).ok()?;
        let jump = self.timezone.preceding(beyond).next()?;
        Some(jump.timestamp())
    }
}
