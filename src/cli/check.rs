//! `beadle check`: everything that must be right before the bot is run, and what mends it. It makes nothing.

use std::path::Path;

use secrecy::SecretString;

use super::failure::Failure;
use super::output::Results;
use super::run::{Files, courses_in};
use crate::app::courses::{CourseSource, Courses, Side};
use crate::clock::{Clock, SystemClock};
use crate::config::{Environment, Settings, discord_token};
use crate::discord::check as discord;
use crate::discord::rest::Rest;
use crate::domain::course::Course;
use crate::store::{OpenFault, Store, StoreError};

/// `beadle check`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Exit code 0: all is right. Otherwise that of the first thing that is not: 3 settings, 4 Discord,
5 the database.

Examples:
  beadle check --config /etc/beadle/beadle.toml")]
pub struct Arguments {
    #[command(flatten)]
    files: Files,
}

/// What was found, line by line, and the first exit code that is not 0.
struct Report {
    results: Results,
    code: u8,
}

impl Report {
    fn right(&mut self, what: &str) -> Result<(), Failure> {
        self.results.line(&format!("ok    {what}"))
    }

    fn wrong(&mut self, code: u8, what: &str) -> Result<(), Failure> {
        if self.code == 0 {
            self.code = code;
        }
        what.lines()
            .try_for_each(|line| self.results.line(&format!("WRONG {line}")))
    }

    /// Tells whether something is right; returns it if so.
    fn of<T>(&mut self, what: &str, found: Result<T, Failure>) -> Result<Option<T>, Failure> {
        match found {
            Ok(found) => self.right(what).map(|()| Some(found)),
            Err(failure) => self
                .wrong(failure.exit_code(), &failure.to_string())
                .map(|()| None),
        }
    }

    /// A database's file is not there yet, which is right before the first `run`, as long as its folder is.
    fn database_to_come(&mut self, place: &str) -> Result<(), Failure> {
        let path = place.trim_matches('`');
        let folder = Path::new(path).parent();
        if folder.is_some_and(Path::is_dir) {
            return self.right(&format!(
                "database: none yet; `beadle run` makes it: {path}"
            ));
        }
        let failure = Failure::from(StoreError::Open {
            place: place.to_owned(),
            fault: OpenFault::NoFolder,
        });
        self.wrong(failure.exit_code(), &failure.to_string())
    }
}

/// Checks everything that can be checked.
pub async fn check(arguments: &Arguments) -> Result<(), Failure> {
    let env = Environment::of_process();
    let mut report = Report {
        results: Results::new(),
        code: 0,
    };
    let settings = report.of("settings", arguments.files.settings(&env))?;
    let token = report.of("token is there", discord_token(&env).map_err(Failure::from))?;
    if let Some(settings) = settings {
        let found = courses_in(&settings.courses.dir);
        let are_right = found.is_ok();
        let dir = settings.courses.dir.display();
        let files = report
            .of(&format!("course files in {dir}"), found)?
            .unwrap_or_default();
        for source in &files {
            let (file, slug) = (&source.file, &source.course.slug);
            report.right(&format!("course {slug}: read from {file}"))?;
        }
        let mut courses: Vec<Course> = files.iter().map(|it| it.course.clone()).collect();
        match Store::open_existing(settings.database.url.as_str()).await {
            Err(StoreError::Open {
                place,
                fault: OpenFault::NoFile,
            }) => report.database_to_come(&place)?,
            store => {
                if let Some(store) = report.of("database", store.map_err(Failure::from))? {
                    courses.extend(set_up_in_discord(&mut report, &store, files).await?);
                    store.close().await;
                }
            }
        }
        if courses.is_empty() && are_right {
            report.right(&format!(
                "no course yet, neither in {dir} nor in the database: /course setup in Discord makes one"
            ))?;
        }
        if let Some(token) = token {
            check_discord(&mut report, &settings, &token, &courses).await?;
        }
    }
    let code = report.code;
    report.results.done()?;
    if code == 0 {
        Ok(())
    } else {
        Err(Failure::Told(code))
    }
}

/// The courses that the database holds. Nothing is changed there.
async fn set_up_in_discord(
    report: &mut Report,
    store: &Store,
    files: Vec<CourseSource>,
) -> Result<Vec<Course>, Failure> {
    let mut tx = store.begin().await?;
    let courses = Courses::open(&mut tx, files, SystemClock.now()).await?;
    tx.rollback().await?;
    for slug in courses.overruled() {
        report.right(&format!(
            "course {slug}: was set up in Discord too; its file decides"
        ))?;
    }
    let kept = courses.iter().filter(|served| served.side == Side::Discord);
    let kept: Vec<Course> = kept.map(|served| served.course.clone()).collect();
    for course in &kept {
        report.right(&format!("course {}: set up in Discord", course.slug))?;
    }
    Ok(kept)
}

async fn check_discord(
    report: &mut Report,
    settings: &Settings,
    token: &SecretString,
    courses: &[Course],
) -> Result<(), Failure> {
    let rest = Rest::new(token, settings.discord.rest_root())?;
    let application = discord::application(&rest).await.map_err(Failure::from);
    let Some(application) = report.of("Discord takes the token", application)? else {
        return Ok(());
    };
    match application.may_read_messages() {
        true => report.right("Message Content intent")?,
        false => {
            let (missing, until_then) = (discord::INTENT_MISSING, discord::WITHOUT_IT);
            report.wrong(4, &format!("{missing}; {until_then}"))?;
        }
    }
    for course in courses {
        for finding in discord::channels_of(&rest, course, application.id).await {
            match finding.mend {
                None => report.right(&finding.what)?,
                Some(mend) => report.wrong(4, &format!("{}: {mend}", finding.what))?,
            }
        }
    }
    Ok(())
}
