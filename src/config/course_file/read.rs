//! Reads the tables of a course file.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::civil::Date;
use toml::de::DeValue;

use super::super::document::{Located, Mistakes, Table};
use crate::domain::course::{
    Course, DigestSettings, LectureSettings, LookupSettings, WhenEmpty, words,
};
use crate::domain::ids::ChannelId;
use crate::domain::schedule::{Schedule, Weekdays, parse_time};

/// The longest that limits on lookups may look back, in seconds.
const DAY_S: u32 = 86_400;

/// The course, unless what it needs is missing; mistakes are gathered.
pub(super) fn course(
    root: &Table<'_, '_>,
    mistakes: &Mistakes<'_>,
    folder: &Path,
) -> Option<Course> {
    let table = root.table("course");
    if table.is_none() && root.value("course").is_none() {
        mistakes.add(
            &(0..0),
            "there is no [course]; it names the course, its server and its time zone",
        );
    }
    let course = table.and_then(|table| {
        let course = course_table(&table);
        table.finish();
        course
    });
    let lookup = root.table("lookup").map(|table| lookup(&table));
    let digest = root.table("digest").map(|table| {
        // A wrong time zone is one mistake, not two: the schedule is read all the same.
        let timezone = course
            .as_ref()
            .map(|course| course.timezone.clone())
            .unwrap_or(jiff::tz::TimeZone::UTC);
        digest(&table, timezone)
    });
    let lectures = lectures(root, mistakes, folder);
    root.finish();
    Some(Course {
        lookup: lookup.unwrap_or_default(),
        digest: digest.flatten(),
        lectures,
        ..course?
    })
}

/// `[course]`, without what stands in other tables.
fn course_table(table: &Table<'_, '_>) -> Option<Course> {
    let slug = table
        .required("slug")
        .and_then(|text| table.checked(&text, words::slug(&text.value)));
    let name = table.required("name");
    let server = table.required_parsed("server");
    let timezone = table
        .required("timezone")
        .and_then(|text| table.checked(&text, words::timezone(&text.value)));
    let staff_roles = values(table.all_parsed("staff_roles"));
    let watch = values(table.all_parsed("watch"));
    let prefix = table
        .text("prefix")
        .map(|text| table.checked(&text, words::prefix(&text.value)));
    let reaction = table
        .text("gathered_reaction")
        .map(|text| table.checked(&text, words::reaction(&text.value)));
    Some(Course {
        slug: slug?,
        name: name?.value.trim().to_owned(),
        server: server?,
        timezone: timezone?,
        staff_roles,
        watch,
        prefix: prefix.unwrap_or_else(|| Some(Course::DEFAULT_PREFIX.to_owned()))?,
        gathered_reaction: reaction
            .unwrap_or_else(|| Some(Some(Course::DEFAULT_GATHERED_REACTION.to_owned())))?,
        lookup: LookupSettings::default(),
        digest: None,
        lectures: Vec::new(),
    })
}

/// `[lookup]`
fn lookup(table: &Table<'_, '_>) -> LookupSettings {
    let default = LookupSettings::default();
    let settings = LookupSettings {
        repeat_s: table
            .number("repeat_s", 0..=DAY_S)
            .unwrap_or(default.repeat_s),
        per_user: table
            .number("per_user", 0..=1_000)
            .unwrap_or(default.per_user),
        per_user_window_s: table
            .number("per_user_window_s", 0..=DAY_S)
            .unwrap_or(default.per_user_window_s),
    };
    table.finish();
    settings
}

/// `[digest]`
fn digest(table: &Table<'_, '_>, timezone: jiff::tz::TimeZone) -> Option<DigestSettings> {
    let channel = table.required_parsed("channel");
    let at = match table.text("at") {
        Some(text) => table.checked(&text, parse_time(&text.value)),
        None => parse_time(DigestSettings::DEFAULT_AT).ok(),
    };
    let days = days(table);
    let when_empty = match table.text("when_empty") {
        Some(text) => table.checked(&text, text.value.parse()),
        None => Some(WhenEmpty::default()),
    };
    let show_askers = table.flag("show_askers").unwrap_or(true);
    table.finish();
    let schedule = Schedule {
        at: at?,
        days: days?,
        timezone,
    };
    Some(DigestSettings {
        channel: channel?,
        schedule,
        when_empty: when_empty?,
        show_askers,
    })
}

/// The chosen days; each wrong one is told where it stands.
fn days(table: &Table<'_, '_>) -> Option<Weekdays> {
    let Some(list) = table.texts("days") else {
        return Some(Weekdays::EVERY);
    };
    let mut good = true;
    for day in &list.value {
        good &= table.checked(day, Weekdays::parse(&[&day.value])).is_some();
    }
    let names: Vec<_> = list.value.iter().map(|day| day.value.as_str()).collect();
    let whole = Located {
        value: String::new(),
        span: list.span,
    };
    if good {
        table.checked(&whole, Weekdays::parse(&names))
    } else {
        None
    }
}

/// `[[lecture]]`, all of them; a slug or a channel that stands twice is a mistake.
fn lectures(root: &Table<'_, '_>, mistakes: &Mistakes<'_>, folder: &Path) -> Vec<LectureSettings> {
    let mut slugs = BTreeMap::new();
    let mut channels: BTreeMap<ChannelId, String> = BTreeMap::new();
    let mut lectures = Vec::new();
    for table in root.tables("lecture") {
        let slug = table
            .required("slug")
            .and_then(|text| Some((table.checked(&text, words::slug(&text.value))?, text)));
        if let Some((slug, text)) = &slug
            && slugs.insert(slug.to_lowercase(), ()).is_some()
        {
            mistakes.add(
                &text.span,
                format!("there is another lecture `{slug}`; each needs a slug of its own"),
            );
        }
        let slug = slug.map(|(slug, _)| slug);
        let own: Vec<Located<ChannelId>> = table.all_parsed("channels");
        for channel in &own {
            let whose = slug.clone().unwrap_or_default();
            if let Some(other) = channels.insert(channel.value, whose) {
                mistakes.add(
                    &channel.span,
                    format!("this channel belongs to lecture `{other}` already"),
                );
            }
        }
        lectures.extend(lecture(&table, slug, values(own), mistakes, folder));
        table.finish();
    }
    lectures
}

/// One `[[lecture]]`.
fn lecture(
    table: &Table<'_, '_>,
    slug: Option<String>,
    channels: Vec<ChannelId>,
    mistakes: &Mistakes<'_>,
    folder: &Path,
) -> Option<LectureSettings> {
    let title = table.required("title");
    let date = date(table, mistakes);
    let video = table
        .text("video")
        .map(|video| video.value)
        .filter(|video| !video.trim().is_empty());
    let duration = table.parsed("duration");
    let topics = table
        .text("topics")
        .filter(|topics| !topics.value.trim().is_empty());
    Some(LectureSettings {
        slug: slug?,
        title: title?.value.trim().to_owned(),
        date,
        video,
        duration,
        channels,
        topics: topics.map(|topics| folder.join(topics.value)),
    })
}

/// A day, as TOML writes it or as a text.
fn date(table: &Table<'_, '_>, mistakes: &Mistakes<'_>) -> Option<Date> {
    let value = table.value("date")?;
    let text = match value.get_ref() {
        DeValue::Datetime(written) => written.to_string(),
        DeValue::String(text) => text.to_string(),
        _ => String::new(),
    };
    let date = words::date(&text).ok();
    if date.is_none() {
        mistakes.add(&value.span(), "`date` must be a day, such as 2026-02-09");
    }
    date
}

fn values<T>(located: Vec<Located<T>>) -> Vec<T> {
    located.into_iter().map(|located| located.value).collect()
}
