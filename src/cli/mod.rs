//! The command line: one subcommand a file.
//!
//! Results go to standard output, everything else to standard error. It must never decide what a
//! message means or what Beadle says: it brings input to the same code that the bot runs.

mod arguments;
pub mod courses;
mod explain;
mod failure;
mod logs;
mod output;
mod question_line;
mod replay;
mod run;

use std::process::ExitCode;

use clap::Parser;

use self::arguments::{Arguments, Subcommand};
use self::failure::Failure;

/// Runs the subcommand that the command line names, and tells how it went by the exit code.
pub fn main() -> ExitCode {
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
    runtime.block_on(dispatch(command))
}

async fn dispatch(command: Subcommand) -> Result<(), Failure> {
    match command {
        Subcommand::Run(arguments) => run::run(arguments).await,
        Subcommand::Explain(arguments) => explain::explain(&arguments),
        Subcommand::Replay(arguments) => replay::replay(&arguments).await,
    }
}
