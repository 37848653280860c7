//! The command line: one subcommand a file.
//!
//! Results go to standard output, everything else to standard error. It must never decide what a
//! message means or what Beadle says: it brings input to the same code that the bot runs.

mod arguments;
mod backup;
mod check;
mod completions;
pub mod courses;
mod digest;
mod explain;
mod explain_answers;
mod failure;
mod invite;
mod logs;
mod look;
mod lookup;
mod output;
mod question_line;
mod questions;
mod replay;
mod run;
mod topics;

use std::process::ExitCode;

use clap::Parser;

use self::arguments::{Arguments, Subcommand};
use self::failure::Failure;

/// Runs the subcommand that the command line names, and tells how it went by the exit code.
pub fn main() -> ExitCode {
    crate::crash::arm();
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(help_or_mistake) => {
            // Nothing is left to say where even that cannot be printed.
            let _ = help_or_mistake.print();
            return ExitCode::from(u8::try_from(help_or_mistake.exit_code()).unwrap_or(2));
        }
    };
    match begin(arguments.command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.tell(),
    }
}

fn begin(command: Subcommand) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| {
            Failure::input(format!("this system lets no threads be started: {error}"))
        })?;
    let ended = runtime.block_on(dispatch(command));
    // What still hangs somewhere, such as the look-up of a name, must not keep the process.
    runtime.shutdown_background();
    ended
}

async fn dispatch(command: Subcommand) -> Result<(), Failure> {
    match command {
        Subcommand::Run(arguments) => run::run(arguments).await,
        Subcommand::Demo => demo().await,
        Subcommand::Check(arguments) => check::check(&arguments).await,
        Subcommand::Invite(arguments) => invite::invite(&arguments).await,
        Subcommand::Lookup(arguments) => lookup::lookup(&arguments).await,
        Subcommand::Explain(arguments) => explain::explain(&arguments),
        Subcommand::Replay(arguments) => replay::replay(&arguments).await,
        Subcommand::Topics(arguments) => topics::topics(&arguments).await,
        Subcommand::Digest(arguments) => digest::digest(&arguments).await,
        Subcommand::Questions(arguments) => questions::questions(&arguments).await,
        Subcommand::Backup(arguments) => backup::backup(&arguments).await,
        Subcommand::Completions(arguments) => completions::completions(&arguments),
    }
}

/// `beadle demo`: Beadle and a class, on this machine alone.
async fn demo() -> Result<(), Failure> {
    crate::demo::run()
        .await
        .map_err(|error| Failure::input(format!("{error:#}")))
}
