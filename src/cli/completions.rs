//! `beadle completions`: scripts by which shells complete the command line.

use clap::CommandFactory;
use clap_complete::Shell;

use super::failure::Failure;
use super::output::Results;

/// `beadle completions`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  beadle completions bash > ~/.local/share/bash-completion/completions/beadle
  beadle completions fish > ~/.config/fish/completions/beadle.fish")]
pub struct Arguments {
    /// The shell
    shell: Shell,
}

/// Prints the script.
pub fn completions(arguments: &Arguments) -> Result<(), Failure> {
    let mut script = Vec::new();
    let mut command = super::arguments::Arguments::command();
    clap_complete::generate(arguments.shell, &mut command, "beadle", &mut script);
    let mut results = Results::new();
    results.text(&String::from_utf8_lossy(&script))?;
    results.done()
}
