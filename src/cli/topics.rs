//! `beadle topics`: topic tables as files, and the way into the database and back.

mod files;
mod kept;

use std::path::PathBuf;

use super::failure::Failure;
use super::run::Files;
use crate::domain::offset::Offset;
use crate::formats::TopicFormat;

/// `beadle topics`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Subcommand,
}

#[derive(Debug, clap::Subcommand)]
enum Subcommand {
    /// Say what is wrong with topic tables, by line and column
    #[command(after_help = "\
Prints `file:line:column: what is wrong` and exits 1, or says that all is right and exits 0.

Examples:
  beadle topics lint config/topics/*.csv
  beadle topics lint --duration 1:16:15 lecture-10.txt")]
    Lint {
        /// The tables; `-` is standard input
        #[arg(value_name = "FILE", required = true)]
        files: Vec<PathBuf>,
        #[command(flatten)]
        how: How,
    },
    /// Show a topic table as Beadle understands it
    Show {
        /// The table; `-` is standard input
        #[arg(value_name = "FILE")]
        file: PathBuf,
        #[command(flatten)]
        how: How,
    },
    /// Write a topic table in another format
    #[command(after_help = "\
Examples:
  beadle topics convert description.txt --to csv > lecture-10.csv
  beadle topics convert lecture-10.info.json --to webvtt > lecture-10.vtt
  beadle topics convert lecture-10.csv --to markdown")]
    Convert {
        /// The table; `-` is standard input
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// The format in which it is written: csv, toml, start-lines, youtube, yt-dlp, webvtt,
        /// podcasting, podlove, ffmetadata, markdown, json
        #[arg(long, value_name = "FORMAT")]
        to: TopicFormat,
        #[command(flatten)]
        how: How,
    },
    /// Put a topic table into the database, for a lecture whose course file names none
    #[command(after_help = "\
A running bot takes it up when it is started again.

Examples:
  beadle topics import lecture-10.csv --course cs224n --lecture 10")]
    Import {
        /// The table; `-` is standard input
        #[arg(value_name = "FILE")]
        file: PathBuf,
        #[command(flatten)]
        lecture: Of,
        #[command(flatten)]
        how: How,
    },
    /// Write a lecture's topic table, wherever it is kept; or a whole course as files
    #[command(after_help = "\
Without a lecture, the course is written as the files that it can be kept in from then on: its own,
and a table for each lecture that has one. That moves a course that was set up in Discord into files.

Examples:
  beadle topics export --course cs224n --lecture 10 > config/topics/cs224n-10.csv
  beadle topics export --course cs224n --into config/courses")]
    Export {
        /// The course
        #[arg(long, value_name = "SLUG")]
        course: String,
        /// The lecture; without, the whole course
        #[arg(long, value_name = "SLUG")]
        lecture: Option<String>,
        /// The format in which a lecture's table is written
        #[arg(long, value_name = "FORMAT", default_value = "csv")]
        to: TopicFormat,
        /// The folder into which a course's files are written
        #[arg(long, value_name = "DIR", default_value = ".")]
        into: PathBuf,
        #[command(flatten)]
        files: Files,
    },
}

/// How a table is read.
#[derive(Debug, Clone, clap::Args)]
struct How {
    /// The format, where its content does not tell
    #[arg(long, value_name = "FORMAT")]
    format: Option<TopicFormat>,
    /// The recording's length; what lies past it is a mistake
    #[arg(long, value_name = "OFFSET")]
    duration: Option<Offset>,
}

/// Of which lecture.
#[derive(Debug, Clone, clap::Args)]
struct Of {
    /// The course
    #[arg(long, value_name = "SLUG")]
    course: String,
    /// The lecture
    #[arg(long, value_name = "SLUG")]
    lecture: String,
    #[command(flatten)]
    files: Files,
}

/// Does what is asked for with topic tables.
pub async fn topics(arguments: &Arguments) -> Result<(), Failure> {
    match &arguments.command {
        Subcommand::Lint { files, how } => files::lint(files, how),
        Subcommand::Show { file, how } => files::show(file, how),
        Subcommand::Convert { file, to, how } => files::convert(file, *to, how),
        Subcommand::Import { file, lecture, how } => kept::import(file, lecture, how).await,
        Subcommand::Export {
            course,
            lecture: None,
            into,
            files,
            ..
        } => kept::export_course(files, course, into).await,
        Subcommand::Export {
            course,
            lecture: Some(lecture),
            to,
            files,
            ..
        } => kept::export(files, course, lecture, *to).await,
    }
}
