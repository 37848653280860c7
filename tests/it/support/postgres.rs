//! A PostgreSQL for this test process, and a fresh database in it for each test.
//!
//! `BEADLE_TEST_POSTGRES` chooses: unset, one is started from the programs on this machine and
//! tests are skipped without them; `required`, they fail instead; `off`, they are skipped;
//! `postgres://…`, that server is used, by a user who may create databases.

mod maintenance;
mod process;

use std::io::Write as _;
use std::path::PathBuf;
use std::sync::OnceLock;

pub use maintenance::Database;
use maintenance::Maintenance;
use process::{Durability, Process, Programs};

const CHOICE: &str = "BEADLE_TEST_POSTGRES";
const NO_PROGRAMS: &str = "no PostgreSQL on this machine (install the `postgresql` package)";

/// The server of this test process.
pub struct Server {
    maintenance: Maintenance,
    /// The server lives as long as this process holds the pipe in here.
    _process: Option<Process>,
}

impl Server {
    /// The server, started by whoever asks first; `None` where tests on PostgreSQL are skipped.
    pub fn of_this_process() -> Option<&'static Self> {
        static SERVER: OnceLock<Option<Server>> = OnceLock::new();
        SERVER.get_or_init(Self::find).as_ref()
    }

    /// A server of its own for a measurement: what it commits outlasts a power cut. `None`, said on
    /// standard error, where this machine has no programs for it.
    #[allow(dead_code, reason = "only the benches measure")]
    pub fn to_measure() -> Option<Self> {
        match Programs::find() {
            Some(programs) => Some(Self::start(&programs, Durability::PowerCut)),
            None => skip(NO_PROGRAMS),
        }
    }

    /// A database without tables.
    pub fn empty(&self) -> Database {
        self.maintenance.create(false)
    }

    /// A database at the latest migration.
    pub fn with_tables(&self) -> Database {
        self.maintenance.create(true)
    }

    fn find() -> Option<Self> {
        let choice = std::env::var(CHOICE).unwrap_or_default();
        match choice.as_str() {
            "off" => skip("BEADLE_TEST_POSTGRES=off"),
            url if url.starts_with("postgres") => Some(Self::at(url, None)),
            "" | "required" => match Programs::find() {
                Some(programs) => Some(Self::start(&programs, Durability::Nothing)),
                None if choice == "required" => panic!("{NO_PROGRAMS}"),
                None => skip(NO_PROGRAMS),
            },
            _ => panic!("{CHOICE} is `off`, `required`, a `postgres://` address, or not set"),
        }
    }

    fn start(programs: &Programs, durability: Durability) -> Self {
        let process = Process::start(programs, durability);
        Self::at(&process.url(), Some(process))
    }

    fn at(url: &str, process: Option<Process>) -> Self {
        Self {
            maintenance: Maintenance::start(url),
            _process: process,
        }
    }
}

/// A server of one test alone, which may be stopped and killed.
pub struct OwnServer(Process);

impl OwnServer {
    /// Starts one; `None` where this machine has no programs for it, or is told not to use them.
    pub fn start() -> Option<Self> {
        if std::env::var(CHOICE).is_ok_and(|choice| choice == "off") {
            return None;
        }
        Some(Self(Process::start(&Programs::find()?, Durability::Kill)))
    }

    /// The address of an empty database.
    pub fn url(&self) -> String {
        self.0.url()
    }

    /// The folder of the socket on which it listens.
    pub fn socket(&self) -> PathBuf {
        self.0.folder().join(".s.PGSQL.5432")
    }

    /// Stops it as an administrator does: whoever is connected is told (57P01) and thrown out.
    pub fn stop(&mut self) {
        self.0.command("stop");
    }

    /// Ends it as a lost power supply does.
    pub fn kill(&mut self) {
        self.0.command("kill");
    }

    /// Starts it again.
    pub fn start_again(&mut self) {
        self.0.command("start");
    }
}

/// Says why, past the test harness, which keeps what a passing test prints to itself.
fn skip(why: &str) -> Option<Server> {
    let _ = writeln!(std::io::stderr(), "skipped: {why}");
    None
}
