//! What can be asked for on the command line. Each subcommand's own arguments stand in its file.

use clap::Parser;

use super::{
    backup, check, completions, digest, explain, invite, lookup, questions, replay, run, topics,
};

/// Beadle carries a class's questions to its teachers.
///
/// A self-hosted Discord bot for courses whose lectures are recordings: students ask `!t 52:14` and
/// get what is taught at that second; what nobody has answered reaches the instructors once a day.
#[derive(Debug, Parser)]
#[command(
    name = "beadle",
    version,
    propagate_version = true,
    max_term_width = 100
)]
#[command(after_help = "\
Exit codes: 0 done, 1 the input is at fault, 2 the command line, 3 the settings,
4 Discord refused, 5 the database.

Examples:
  beadle run --config config/beadle.toml    serve the courses of config/courses
  beadle explain \"why is beta there\"        is this a question, and by which rules
  beadle replay chat.txt                    what would be gathered from a discussion")]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Subcommand,
}

/// The subcommands, in the order in which a host needs them.
#[derive(Debug, clap::Subcommand)]
pub enum Subcommand {
    /// Run the bot until it is told to stop (SIGTERM, Ctrl-C)
    Run(run::Arguments),
    /// Watch Beadle and a class on this machine; needs no token and no network
    Demo,
    /// Find out what is missing before the bot is run, and what to click to mend it
    Check(check::Arguments),
    /// Print the address by which Beadle is invited to a server
    Invite(invite::Arguments),
    /// Look up what is taught at an offset, without Discord
    Lookup(lookup::Arguments),
    /// Tell whether texts are questions, which offsets they name, and by which rules
    Explain(explain::Arguments),
    /// Read a discussion that happened elsewhere and show what Beadle would have made of it
    Replay(replay::Arguments),
    /// Check, show and convert topic tables
    Topics(topics::Arguments),
    /// Print the digest of this moment; nothing is posted
    Digest(digest::Arguments),
    /// List the questions that the database holds
    Questions(questions::Arguments),
    /// Copy the database while the bot runs
    Backup(backup::Arguments),
    /// Print a completion script for a shell
    Completions(completions::Arguments),
}
