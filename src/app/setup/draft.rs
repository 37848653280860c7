//! A set-up that is under way: what has been chosen so far, in a row of the database, so that it goes
//! on after a restart.

use crate::app::courses::{CourseSettings, ServedCourse, Side};
use crate::app::interaction::{Asked, Given, Grounds};
use crate::app::setup::zones;
use crate::app::turn::Turn;
use crate::domain::course::{Course, words};
use crate::domain::ids::ServerId;
use crate::domain::quote;
use crate::domain::schedule::{Weekdays, parse_time};
use crate::store::{StoreError, Tx, courses, drafts};

/// A set-up that is under way.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    /// Its row.
    pub id: i64,
    /// The course that it changes; `None`: it makes one.
    pub course_id: Option<i64>,
    /// What the course will be set to.
    pub settings: CourseSettings,
}

impl Draft {
    /// Begins a set-up: of that course as it is, or of one with settings that fit the server.
    pub async fn begin(
        turn: &mut Turn<'_>,
        asked: &Asked<'_>,
        course_id: Option<i64>,
    ) -> Result<Self, StoreError> {
        let courses = turn.courses;
        let (server, who, now_ms) = (asked.place().server, asked.person().id, turn.now_ms());
        let is_changed_here =
            |served: &&ServedCourse| served.course.server == server && served.side == Side::Discord;
        let served = course_id.and_then(|id| courses.numbered(id));
        let served = served.filter(is_changed_here);
        let settings = match served {
            Some(served) => CourseSettings::of(&served.course),
            None => fitting(asked.grounds()),
        };
        let course_id = served.map(|served| served.id);
        let json = settings.to_json();
        let id = drafts::begin_draft(turn.tx, server, who, course_id, &json, now_ms).await?;
        Ok(Self {
            id,
            course_id,
            settings,
        })
    }

    /// The set-up of that number, if this person began it and it is not over.
    pub async fn open(
        turn: &mut Turn<'_>,
        asked: &Asked<'_>,
        id: i64,
    ) -> Result<Option<Self>, StoreError> {
        let row = drafts::draft(turn.tx, id).await?;
        let is_theirs = |row: &drafts::DraftRow| {
            row.who_id == asked.person().id.to_db() && row.server_id == asked.place().server.to_db()
        };
        Ok(row.filter(is_theirs).map(|row| Self {
            id: row.id,
            course_id: row.course_id,
            settings: CourseSettings::from_json(&row.settings),
        }))
    }

    /// Keeps what has been chosen.
    pub async fn keep(&self, turn: &mut Turn<'_>) -> Result<(), StoreError> {
        let now_ms = turn.now_ms();
        drafts::put_draft(turn.tx, self.id, &self.settings.to_json(), now_ms).await
    }

    /// Takes what was written into the form; returns what of it is not right, safe to be shown; that
    /// stays as it was.
    pub fn take(&mut self, given: &Given) -> Vec<String> {
        let mut mistakes = Vec::new();
        // A rule's sentence repeats what was written.
        let mut noted = |mistake: String| mistakes.push(quote::label(&mistake, 280));
        let settings = &mut self.settings;
        let written = |name| given.text(name).unwrap_or_default();
        match words::title(written("name")) {
            Ok(name) => settings.name = name,
            Err(mistake) => noted(mistake),
        }
        match words::prefix(written("prefix")) {
            Ok(prefix) => settings.prefix = prefix,
            Err(mistake) => noted(mistake),
        }
        match words::reaction(written("sign")) {
            Ok(sign) => settings.gathered_reaction = sign.unwrap_or_default(),
            Err(mistake) => noted(mistake),
        }
        match zones::meant(written("timezone")) {
            Ok(zone) => settings.timezone = zone.iana_name().unwrap_or("UTC").to_owned(),
            Err(mistake) => noted(mistake),
        }
        match hour(written("digest")) {
            Ok((at, days)) => {
                settings.digest_at = at;
                settings.digest_days = days;
            }
            Err(mistake) => noted(mistake),
        }
        mistakes
    }

    /// The course that it will be, and what stands against that, safe to be shown.
    pub fn course(&self, turn: &Turn<'_>, slug: &str, server: ServerId) -> (Course, Vec<String>) {
        let course = self.settings.clone().course(slug.to_owned(), server);
        let mut mistakes = Vec::new();
        if course.watch.is_empty() {
            mistakes.push("choose at least one channel or forum where students ask".to_owned());
        }
        let others = turn
            .courses
            .on(server)
            .filter(|served| Some(served.id) != self.course_id);
        for other in others {
            let theirs = other.course.read_channels();
            for channel in course.watch.iter().filter(|it| theirs.contains(it)) {
                mistakes.push(format!(
                    "<#{channel}> belongs to the course {} already; a channel has one course",
                    quote::label(&other.course.name, 80)
                ));
            }
        }
        (course, mistakes)
    }
}

/// Settings that fit a server.
fn fitting(grounds: &Grounds) -> CourseSettings {
    CourseSettings {
        name: words::title(&grounds.name).unwrap_or_else(|_| "Our course".to_owned()),
        timezone: zones::guess(&grounds.language).to_owned(),
        ..CourseSettings::default()
    }
}

/// The hour of the digest and its days, as in `18:00`, `18:00 every day` or `18:00 mon, thu`.
fn hour(text: &str) -> Result<(String, Vec<String>), String> {
    let (at, days) = text
        .trim()
        .split_once(char::is_whitespace)
        .unwrap_or((text.trim(), ""));
    let time = parse_time(at).map_err(|it| it.to_string())?;
    let days = days.trim().to_lowercase();
    let chosen = match days.as_str() {
        "" | "every day" | "daily" => Weekdays::EVERY,
        days => {
            let names: Vec<&str> = days
                .split([',', ' '])
                .filter(|name| !name.is_empty())
                .collect();
            Weekdays::parse(&names).map_err(|it| it.to_string())?
        }
    };
    let names = chosen.names().into_iter().map(str::to_owned);
    Ok((time.strftime("%H:%M").to_string(), names.collect()))
}

/// A short name for a course of that name, which no other has.
pub(crate) async fn slug_for(
    turn: &mut Turn<'_>,
    name: &str,
    server: ServerId,
) -> Result<String, StoreError> {
    let wanted = slug_of(name);
    let courses = turn.courses;
    for number in 1_u32.. {
        let slug = match number {
            1 => wanted.clone(),
            _ => format!("{wanted}-{number}"),
        };
        if courses.named(&slug).is_none() && is_free(turn.tx, &slug, server).await? {
            return Ok(slug);
        }
    }
    Ok(wanted)
}

/// Whether nobody keeps a course of that slug. One whose file was taken away gets its questions back.
async fn is_free(tx: &mut Tx, slug: &str, server: ServerId) -> Result<bool, StoreError> {
    let known = courses::course_of_slug(tx, slug).await?;
    Ok(known.is_none_or(|known| known.server_id == server.to_db() && !known.is_kept))
}

/// What stands before a colon, in small letters, with a hyphen for whatever a slug cannot hold.
fn slug_of(name: &str) -> String {
    const MOST: usize = words::SLUG_MAX_CHARS - 4;
    let short = name.split(':').next().unwrap_or(name).to_lowercase();
    let parts: Vec<&str> = short
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|part| !part.is_empty())
        .collect();
    let mut slug = parts.join("-");
    slug.truncate(MOST);
    let slug = slug.trim_end_matches('-');
    match slug.is_empty() {
        true => "course".to_owned(),
        false => slug.to_owned(),
    }
}

/// The courses of a server, by where they are changed.
#[derive(Debug, Default)]
pub(crate) struct Sides {
    /// Those of Discord, by row and name.
    pub here: Vec<(i64, String)>,
    /// Those of files, by name and file.
    pub files: Vec<(String, String)>,
}

/// The courses of a server, by where they are changed.
pub(crate) fn sides(turn: &Turn<'_>, server: ServerId) -> Sides {
    let mut sides = Sides::default();
    for served in turn.courses.on(server) {
        let name = served.course.name.clone();
        match &served.side {
            Side::Discord => sides.here.push((served.id, name)),
            Side::File(file) => sides.files.push((name, file.clone())),
        }
    }
    sides
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_is_made_of_what_a_course_is_called() {
        for (name, slug) in [
            ("CS224N: Natural Language Processing", "cs224n"),
            ("Linear Algebra II", "linear-algebra-ii"),
            ("微積分", "course"),
            ("  --  ", "course"),
        ] {
            assert_eq!(slug_of(name), slug);
        }
        let long = slug_of(&"a very long name ".repeat(9));
        assert!(words::slug(&long).is_ok(), "{long}");
    }

    #[test]
    fn an_hour_is_read_with_its_days() {
        let every = Weekdays::EVERY.names().len();
        assert_eq!(hour("9:30").unwrap().0, "09:30");
        assert_eq!(hour("18:00 every day").unwrap().1.len(), every);
        assert_eq!(hour("18:00 Mon, thursday").unwrap().1, ["mon", "thu"]);
        assert!(hour("6 pm").unwrap_err().contains("is not a time of day"));
        assert!(hour("18:00 moon").unwrap_err().contains("is not a day"));
    }
}
