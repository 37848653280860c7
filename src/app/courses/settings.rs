//! What a course that is set up in Discord is set to, as the database holds it.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::domain::course::{Course, DigestSettings, LookupSettings, WhenEmpty, words};
use crate::domain::ids::{ChannelId, RoleId, ServerId};
use crate::domain::schedule::{Schedule, Weekdays, parse_time};

/// What a course is set to, as JSON holds it. A key that is missing, or that a later Beadle wrote in a
/// way that this one does not understand, has its default: a course is never lost over a setting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct CourseSettings {
    pub name: String,
    /// Its IANA name.
    pub timezone: String,
    pub staff_roles: Vec<RoleId>,
    pub watch: Vec<ChannelId>,
    pub prefix: String,
    /// Empty for none.
    pub gathered_reaction: String,
    pub repeat_s: u32,
    pub per_user: u32,
    pub per_user_window_s: u32,
    /// Where the digest is posted; `None`: there is none.
    pub digest_channel: Option<ChannelId>,
    /// A time of day.
    pub digest_at: String,
    /// Their names, such as `mon`.
    pub digest_days: Vec<String>,
    /// `line` or `nothing`.
    pub digest_when_empty: String,
    pub digest_show_askers: bool,
    /// When the hour was last set, in UTC milliseconds.
    pub digest_set_at_ms: i64,
}

impl Default for CourseSettings {
    fn default() -> Self {
        let lookup = LookupSettings::default();
        Self {
            name: String::new(),
            timezone: "UTC".to_owned(),
            staff_roles: Vec::new(),
            watch: Vec::new(),
            prefix: Course::DEFAULT_PREFIX.to_owned(),
            gathered_reaction: Course::DEFAULT_GATHERED_REACTION.to_owned(),
            repeat_s: lookup.repeat_s,
            per_user: lookup.per_user,
            per_user_window_s: lookup.per_user_window_s,
            digest_channel: None,
            digest_at: DigestSettings::DEFAULT_AT.to_owned(),
            digest_days: strings(Weekdays::EVERY.names()),
            digest_when_empty: WhenEmpty::default().name().to_owned(),
            digest_show_askers: true,
            digest_set_at_ms: 0,
        }
    }
}

impl CourseSettings {
    /// What a course is set to.
    pub fn of(course: &Course) -> Self {
        let mut settings = Self {
            name: course.name.clone(),
            timezone: course.timezone_name().to_owned(),
            staff_roles: course.staff_roles.clone(),
            watch: course.watch.clone(),
            prefix: course.prefix.clone(),
            gathered_reaction: course.gathered_reaction.clone().unwrap_or_default(),
            repeat_s: course.lookup.repeat_s,
            per_user: course.lookup.per_user,
            per_user_window_s: course.lookup.per_user_window_s,
            ..Self::default()
        };
        if let Some(digest) = &course.digest {
            settings.digest_channel = Some(digest.channel);
            settings.digest_at = digest.schedule.at.strftime("%H:%M").to_string();
            settings.digest_days = strings(digest.schedule.days.names());
            settings.digest_when_empty = digest.when_empty.name().to_owned();
            settings.digest_show_askers = digest.show_askers;
        }
        settings
    }

    /// As the database holds it.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// From the database, each key for itself.
    pub fn from_json(json: &str) -> Self {
        let known: Map<String, Value> = serde_json::from_str(json).unwrap_or_default();
        let is_understood = |(key, value): &(String, Value)| {
            let alone = Map::from_iter([(key.clone(), value.clone())]);
            serde_json::from_value::<Self>(Value::Object(alone)).is_ok()
        };
        let understood = known.into_iter().filter(is_understood).collect();
        serde_json::from_value(Value::Object(understood)).unwrap_or_default()
    }

    /// The course itself, without lectures.
    pub fn course(self, slug: String, server: ServerId) -> Course {
        let timezone = words::timezone(&self.timezone).unwrap_or(jiff::tz::TimeZone::UTC);
        let usual = || {
            let default = Self::default();
            parse_time(&default.digest_at).unwrap_or_default()
        };
        let digest = self.digest_channel.map(|channel| DigestSettings {
            channel,
            schedule: Schedule {
                at: parse_time(&self.digest_at).unwrap_or_else(|_| usual()),
                days: Weekdays::parse(&self.digest_days).unwrap_or(Weekdays::EVERY),
                timezone: timezone.clone(),
            },
            when_empty: self.digest_when_empty.parse().unwrap_or_default(),
            show_askers: self.digest_show_askers,
        });
        let name = Some(self.name).filter(|name| !name.is_empty());
        let prefix = words::prefix(&self.prefix);
        let sign = words::reaction(&self.gathered_reaction);
        Course {
            name: name.unwrap_or_else(|| slug.clone()),
            slug,
            server,
            timezone,
            staff_roles: self.staff_roles,
            watch: self.watch,
            prefix: prefix.unwrap_or_else(|_| Course::DEFAULT_PREFIX.to_owned()),
            gathered_reaction: sign
                .unwrap_or_else(|_| Some(Course::DEFAULT_GATHERED_REACTION.to_owned())),
            lookup: LookupSettings {
                repeat_s: self.repeat_s,
                per_user: self.per_user,
                per_user_window_s: self.per_user_window_s,
            },
            digest,
            lectures: Vec::new(),
        }
    }
}

fn strings(names: Vec<&str>) -> Vec<String> {
    names.into_iter().map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn course(json: &str) -> Course {
        CourseSettings::from_json(json).course("ee1".to_owned(), ServerId::new(7))
    }

    #[test]
    fn what_is_written_reads_as_the_same_course() {
        let settings = CourseSettings {
            name: "Circuits".to_owned(),
            timezone: "Europe/Berlin".to_owned(),
            staff_roles: vec![RoleId::new(u64::MAX)],
            watch: vec![ChannelId::new(1), ChannelId::new(2)],
            prefix: "b!".to_owned(),
            gathered_reaction: String::new(),
            per_user: 0,
            digest_channel: Some(ChannelId::new(3)),
            digest_at: "09:30".to_owned(),
            digest_days: vec!["mon".to_owned(), "sat".to_owned()],
            digest_when_empty: "nothing".to_owned(),
            digest_show_askers: false,
            digest_set_at_ms: 5,
            ..CourseSettings::default()
        };
        let again = CourseSettings::from_json(&settings.to_json());
        assert_eq!(again, settings);
        let course = again.course("ee1".to_owned(), ServerId::new(7));
        let of_course = CourseSettings {
            digest_set_at_ms: 5,
            ..CourseSettings::of(&course)
        };
        assert_eq!(of_course, settings);
    }

    #[test]
    fn a_key_that_is_not_understood_costs_no_other() {
        let course = course(
            r#"{"name": "Circuits", "watch": ["5"], "prefix": 7, "timezone": "Mars/Olympus",
                "staff_roles": {"all": true}, "of_a_later_version": []}"#,
        );
        assert_eq!(
            (course.name.as_str(), course.prefix.as_str()),
            ("Circuits", "!")
        );
        assert_eq!(course.watch, [ChannelId::new(5)]);
        assert_eq!(
            (course.timezone_name(), course.staff_roles.len()),
            ("UTC", 0)
        );
    }

    #[test]
    fn what_is_no_settings_at_all_is_a_course_all_the_same() {
        for json in ["", "null", "[1]", "{"] {
            assert_eq!(course(json).name, "ee1", "{json}");
        }
    }
}
