//! Beadle's settings: `config/beadle.toml`, overruled by `BEADLE_<SECTION>_<KEY>`.

use std::fmt;
use std::path::{Path, PathBuf};

use super::document::Mistakes;
use super::shards::Shards;
use super::sources::{CONFIG_VARIABLE, Raw, Sources};
use super::{DEFAULT_COURSES_DIR, Environment, Problem};

/// Read when no other file is named; may be absent.
const DEFAULT_FILE: &str = "config/beadle.toml";

/// Every setting, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Where Beadle keeps what it must not forget.
    pub database: Database,
    /// How it reaches Discord.
    pub discord: Discord,
    /// Courses as code.
    pub courses: Courses,
    /// How far back it reads after it was away.
    pub catch_up: CatchUp,
    /// The daily digest.
    pub digest: Digest,
    /// What it writes about its work.
    pub log: Log,
}

/// `[database]`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Database {
    /// `sqlite://FILE` or `postgres://…`.
    pub url: DatabaseUrl,
}

/// A database's address; `Debug` leaves out all that may be a password.
#[derive(Clone, PartialEq, Eq)]
pub struct DatabaseUrl(String);

impl DatabaseUrl {
    /// The whole address.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn parse(text: &str) -> Result<Self, String> {
        let known = ["sqlite:", "postgres://", "postgresql://"];
        match known.iter().any(|scheme| text.starts_with(scheme)) {
            true => Ok(Self(text.to_owned())),
            false => Err(
                "must begin with `sqlite://`, such as `sqlite://beadle.db`, or with `postgres://`"
                    .to_owned(),
            ),
        }
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = self.0.split(':').next().unwrap_or_default();
        write!(f, "{scheme}://…")
    }
}

/// `[discord]`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Discord {
    /// Another root for REST instead of Discord's own, such as a test server.
    pub api_url: Option<String>,
    /// A REST proxy that several processes share.
    pub proxy: Option<String>,
    /// How many events may wait to be handled.
    pub queue: u32,
    /// The shards that this process opens; it serves the courses on them.
    pub shards: Shards,
}

impl Discord {
    /// The root for REST where it is not Discord's own.
    pub fn rest_root(&self) -> Option<&str> {
        self.api_url.as_deref().or(self.proxy.as_deref())
    }
}

/// `[courses]`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Courses {
    /// The folder that holds the course files.
    pub dir: PathBuf,
}

/// `[catch_up]`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatchUp {
    /// Messages older than so many days are not read; 0: none are.
    pub max_days: u32,
    /// At most so many messages a channel; 0: none.
    pub max_messages: u32,
}

/// `[digest]`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Digest {
    /// A missed digest is posted up to so many hours late.
    pub late_hours: u32,
}

/// `[log]`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Log {
    /// A level, or directives such as `info,beadle=debug`.
    pub level: String,
    /// For people or for machines.
    pub format: LogFormat,
}

/// How a log line is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

/// Why there are no settings.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// The file cannot be read.
    #[error(
        "cannot read the settings from {path}: {source}; check the path, or leave it out to use the defaults"
    )]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Everything that is wrong with them, a line each.
    #[error("{}", lines(.0))]
    Wrong(Vec<Problem>),
}

fn lines(problems: &[Problem]) -> String {
    problems
        .iter()
        .map(Problem::to_string)
        .collect::<Vec<_>>()
        .join("\n")
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            database: Database {
                url: DatabaseUrl("sqlite://beadle.db".to_owned()),
            },
            discord: Discord {
                api_url: None,
                proxy: None,
                queue: 4_000,
                shards: Shards::Recommended,
            },
            courses: Courses {
                dir: PathBuf::from(DEFAULT_COURSES_DIR),
            },
            catch_up: CatchUp {
                max_days: 14,
                max_messages: 10_000,
            },
            digest: Digest { late_hours: 12 },
            log: Log {
                level: "info".to_owned(),
                format: LogFormat::Text,
            },
        }
    }
}

impl Settings {
    /// The settings of the file that is named, else of the one that `BEADLE_CONFIG` names, else of
    /// `config/beadle.toml`, which alone may be absent; overruled by the environment.
    pub fn load(named: Option<&Path>, env: &Environment) -> Result<Self, SettingsError> {
        let named = named.or_else(|| {
            env.get(CONFIG_VARIABLE)
                .filter(|path| !path.is_empty())
                .map(Path::new)
        });
        let path = named.unwrap_or(Path::new(DEFAULT_FILE));
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if named.is_none() && error.kind() == std::io::ErrorKind::NotFound => {
                String::new()
            }
            Err(source) => {
                return Err(SettingsError::Unreadable {
                    path: path.to_owned(),
                    source,
                });
            }
        };
        Self::parse(&text, &path.display().to_string(), env)
    }

    /// The settings of a text; `file` is how mistakes name it.
    pub fn parse(text: &str, file: &str, env: &Environment) -> Result<Self, SettingsError> {
        let mistakes = Mistakes::new(file, text);
        let root = mistakes.parse();
        if !mistakes.is_empty() {
            return Err(SettingsError::Wrong(mistakes.into_problems()));
        }
        let sources = Sources::new(&root, &mistakes, env);
        let settings = Self::read(&sources);
        let of_variables = sources.finish();
        let mut problems = mistakes.into_problems();
        problems.extend(of_variables);
        if problems.is_empty() {
            Ok(settings)
        } else {
            Err(SettingsError::Wrong(problems))
        }
    }

    fn read(from: &Sources<'_>) -> Self {
        let default = Self::default();
        let database_url = |raw: Raw<'_>| DatabaseUrl::parse(&raw.text()?);
        let folder = |raw: Raw<'_>| match raw.text()? {
            empty if empty.is_empty() => {
                Err("must name a folder, such as `config/courses`".to_owned())
            }
            path => Ok(PathBuf::from(path)),
        };
        let catch_up = default.catch_up;
        Self {
            database: Database {
                url: from.read("database", "url", default.database.url, database_url),
            },
            discord: Self::read_discord(from, default.discord),
            courses: Courses {
                dir: from.read("courses", "dir", default.courses.dir, folder),
            },
            catch_up: CatchUp {
                max_days: from.read("catch_up", "max_days", catch_up.max_days, |raw| {
                    raw.number(0..=365)
                }),
                max_messages: from.read("catch_up", "max_messages", catch_up.max_messages, |raw| {
                    raw.number(0..=1_000_000)
                }),
            },
            digest: Digest {
                late_hours: from.read("digest", "late_hours", default.digest.late_hours, |raw| {
                    raw.number(0..=23)
                }),
            },
            log: Log {
                level: from.read("log", "level", default.log.level, log_level),
                format: from.read("log", "format", default.log.format, log_format),
            },
        }
    }

    fn read_discord(from: &Sources<'_>, default: Discord) -> Discord {
        let api_url = from.read("discord", "api_url", default.api_url, web_root);
        let proxy = from.read("discord", "proxy", default.proxy, |raw| {
            match (web_root(raw)?, &api_url) {
                (Some(_), Some(_)) => {
                    Err("cannot be set together with `api_url`; leave one of them empty".to_owned())
                }
                (proxy, _) => Ok(proxy),
            }
        });
        let queue = from.read("discord", "queue", default.queue, |raw| {
            raw.number(100..=1_000_000)
        });
        let shards = from.read("discord", "shards", default.shards, |raw| {
            Shards::parse(&raw.text()?)
        });
        Discord {
            api_url,
            proxy,
            queue,
            shards,
        }
    }
}

/// An address without a trailing slash; `None` when empty.
fn web_root(raw: Raw<'_>) -> Result<Option<String>, String> {
    let url = raw.text()?;
    if url.is_empty() {
        return Ok(None);
    }
    let host = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"));
    match host.is_some_and(|host| !host.is_empty() && !host.contains(char::is_whitespace)) {
        true => Ok(Some(url.trim_end_matches('/').to_owned())),
        false => Err(
            "must be an address such as `http://127.0.0.1:8080`, or empty for Discord itself"
                .to_owned(),
        ),
    }
}

fn log_level(raw: Raw<'_>) -> Result<String, String> {
    const LEVELS: [&str; 6] = ["off", "error", "warn", "info", "debug", "trace"];
    let text = raw.text()?;
    let known = |directive: &str| {
        let level = directive
            .rsplit('=')
            .next()
            .unwrap_or(directive)
            .trim()
            .to_lowercase();
        LEVELS.contains(&level.as_str())
    };
    match text.split(',').all(known) {
        true => Ok(text),
        false => Err(format!(
            "must be one of {}, or directives such as `info,beadle=debug`",
            LEVELS.join(", ")
        )),
    }
}

fn log_format(raw: Raw<'_>) -> Result<LogFormat, String> {
    match raw.text()?.as_str() {
        "text" => Ok(LogFormat::Text),
        "json" => Ok(LogFormat::Json),
        _ => Err("must be `text` or `json`".to_owned()),
    }
}

#[cfg(test)]
#[path = "settings_tests.rs"]
mod tests;
