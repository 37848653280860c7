//! How a subcommand fails: one clear sentence on standard error, and an exit code that scripts can
//! tell apart.

use std::io;
use std::process::ExitCode;

use crate::config::{Problem, SettingsError, TokenError};
use crate::discord::bot::BotError;
use crate::discord::rest::RestError;
use crate::store::StoreError;

/// Why a subcommand could not do its work.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The input is at fault. Exit code 1.
    #[error("{0}")]
    Input(String),
    /// Beadle itself is at fault. Exit code 1.
    #[error("{0}")]
    Beadle(String),
    /// The command line is. Exit code 2.
    #[error("{0}")]
    CommandLine(String),
    /// The settings, the token or a course file are. Exit code 3.
    #[error("{0}")]
    Settings(String),
    /// Discord refused, or does not answer. Exit code 4.
    #[error("{0}")]
    Discord(String),
    /// The database failed. Exit code 5.
    #[error("{0}")]
    Database(String),
    /// What is wrong has been printed already, as a result. Exit code as given.
    #[error("")]
    Told(u8),
    /// Whoever read the results has had enough of them: no fault at all.
    #[error("")]
    PipeClosed,
}

impl Failure {
    /// A fault of the input, in one sentence.
    pub fn input(sentence: impl Into<String>) -> Self {
        Self::Input(sentence.into())
    }

    /// What is wrong with settings or course files, a line each.
    pub fn problems(problems: &[Problem]) -> Self {
        let lines: Vec<String> = problems.iter().map(Problem::to_string).collect();
        Self::Settings(lines.join("\n"))
    }

    /// What the process ends with.
    pub const fn exit_code(&self) -> u8 {
        match self {
            Self::PipeClosed => 0,
            Self::Input(_) | Self::Beadle(_) => 1,
            Self::CommandLine(_) => 2,
            Self::Settings(_) => 3,
            Self::Discord(_) => 4,
            Self::Database(_) => 5,
            Self::Told(code) => *code,
        }
    }

    /// Says what went wrong on standard error; returns the exit code.
    pub fn tell(&self) -> ExitCode {
        let sentence = self.to_string();
        for line in sentence.lines() {
            eprintln!("beadle: {line}");
        }
        ExitCode::from(self.exit_code())
    }
}

impl From<io::Error> for Failure {
    /// Of writing results.
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::PipeClosed,
            _ => Self::Input(format!("the results cannot be written: {error}")),
        }
    }
}

impl From<SettingsError> for Failure {
    fn from(error: SettingsError) -> Self {
        Self::Settings(error.to_string())
    }
}

impl From<TokenError> for Failure {
    fn from(error: TokenError) -> Self {
        Self::Settings(error.to_string())
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::Database(with_causes(&error))
    }
}

impl From<RestError> for Failure {
    fn from(error: RestError) -> Self {
        Self::Discord(error.to_string())
    }
}

impl From<BotError> for Failure {
    fn from(error: BotError) -> Self {
        match error {
            BotError::Store(error) => error.into(),
            BotError::Gateway(refusal) => Self::Discord(refusal.to_string()),
            BotError::Rest(error) => error.into(),
            fault @ BotError::Part { .. } => Self::Beadle(fault.to_string()),
        }
    }
}

/// An error and what lies behind it, in one line; a cause that is told already is left out.
fn with_causes(error: &dyn std::error::Error) -> String {
    let mut told = error.to_string();
    let mut cause = error.source();
    while let Some(behind) = cause {
        let words = behind.to_string();
        if !told.contains(&words) {
            told = format!("{told}: {words}");
        }
        cause = behind.source();
    }
    told
}
