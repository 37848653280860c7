//! `beadle invite`: the address by which Beadle comes to a server.

use super::failure::Failure;
use super::output::Results;
use super::run::Files;
use crate::config::{Environment, discord_token};
use crate::discord::{check, invite as address, rest::Rest};
use crate::domain::ids::UserId;

/// `beadle invite`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  beadle invite                                     asks Discord which application the token is of
  beadle invite --application 1200000000000000003   asks nobody")]
pub struct Arguments {
    /// The application's id, as the developer portal shows it
    #[arg(long, value_name = "ID")]
    application: Option<UserId>,
    #[command(flatten)]
    files: Files,
}

/// Prints the address.
pub async fn invite(arguments: &Arguments) -> Result<(), Failure> {
    let application = match arguments.application {
        Some(id) => id,
        None => own_application(&arguments.files).await?,
    };
    let mut results = Results::new();
    results.line(&address::url(application))?;
    results.done()
}

async fn own_application(files: &Files) -> Result<UserId, Failure> {
    let env = Environment::of_process();
    let settings = files.settings(&env)?;
    let rest = Rest::new(&discord_token(&env)?, settings.discord.rest_root())?;
    Ok(check::application(&rest).await?.id)
}
