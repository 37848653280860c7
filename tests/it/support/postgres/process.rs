//! PostgreSQL as a process that never outlives the tests.
//!
//! A shell starts it, and then reads a pipe that this process holds. However the tests end, killed
//! included, the pipe closes; the shell then stops the server and removes its folder. A line in the
//! pipe stops, kills or starts the server. PostgreSQL refuses to run as root: root's tests run it as
//! `postgres` or `nobody`.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::os::unix::fs::{MetadataExt as _, chown};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// `$1` is the folder, `$2` the programs', `$3` whether what was committed outlives the server, `$4`
/// whether it outlives the machine.
const SUPERVISOR: &str = r#"
folder=$1 programs=$2 durable=$3 synced=$4
cd "$folder" || exit 1
failed() { cat log; cd /; rm -rf "$folder"; exit 1; }
"$programs/initdb" -D data -U beadle -A trust -E UTF8 --locale=C --no-sync >log 2>&1 </dev/null || failed
cat >>data/postgresql.conf <<END
listen_addresses = ''
unix_socket_directories = '$folder'
max_connections = 300
shared_buffers = 32MB
autovacuum = off
fsync = $synced
full_page_writes = $synced
synchronous_commit = $durable
END
start() { "$programs/pg_ctl" -D data -l log -w -t 60 start >>log 2>&1 </dev/null; }
start || failed
echo ready
while read -r command; do
    case $command in
        stop) "$programs/pg_ctl" -D data -m fast -w stop >>log 2>&1 ;;
        kill) kill -9 "$(head -n 1 data/postmaster.pid)" ;;
        # What a killed one leaves behind takes a moment to end.
        start) until start; do :; done ;;
    esac
    echo ready
done
"$programs/pg_ctl" -D data -m immediate -w stop >>log 2>&1
cd /
rm -rf "$folder"
"#;

/// The folder of PostgreSQL's programs.
pub struct Programs(PathBuf);

impl Programs {
    /// Looks on the `PATH`, asks `pg_config`, and tries where Debian puts them, newest first.
    pub fn find() -> Option<Self> {
        let path = std::env::var_os("PATH").unwrap_or_default();
        std::env::split_paths(&path)
            .chain(named_by_pg_config())
            .chain(installed_by_debian())
            .find(|folder| folder.join("initdb").is_file() && folder.join("pg_ctl").is_file())
            .map(Self)
    }
}

fn named_by_pg_config() -> Option<PathBuf> {
    let output = Command::new("pg_config").arg("--bindir").output().ok()?;
    let folder = String::from_utf8(output.stdout).ok()?;
    Some(PathBuf::from(folder.trim()))
}

fn installed_by_debian() -> Vec<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten();
    let mut folders: Vec<_> = versions.flatten().map(|entry| entry.path()).collect();
    folders.sort_by_key(|folder| {
        let version = folder.file_name().and_then(|name| name.to_str());
        version.and_then(|version| version.parse::<u32>().ok())
    });
    folders
        .iter()
        .rev()
        .map(|folder| folder.join("bin"))
        .collect()
}

/// What a commit outlasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Durability {
    /// Nothing: speed matters more.
    Nothing,
    /// The server's being killed.
    Kill,
    /// A power cut, as on every server that somebody relies on.
    PowerCut,
}

impl Durability {
    /// Whether commits outlast this, as PostgreSQL's settings say it.
    fn outlasts(self, what: Self) -> &'static str {
        if self >= what { "on" } else { "off" }
    }
}

/// A running server.
pub struct Process {
    folder: PathBuf,
    supervisor: Child,
}

impl Process {
    /// Starts one and waits until it takes connections.
    pub fn start(programs: &Programs, durability: Durability) -> Self {
        let folder = tempfile::Builder::new()
            .prefix("beadle-postgres-")
            .tempdir()
            .expect("a temporary folder")
            // The supervisor removes it.
            .keep();
        let mut command = Command::new("sh");
        command
            .args(["-c", SUPERVISOR, "sh"])
            .arg(&folder)
            .arg(&programs.0)
            .arg(durability.outlasts(Durability::Kill))
            .arg(durability.outlasts(Durability::PowerCut))
            .current_dir(&folder)
            // Ctrl-C in a terminal goes to a group, and the supervisor must tidy up after it.
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        step_down(&mut command, &folder);
        let mut supervisor = command.spawn().expect("a shell");
        wait_until_ready(&mut supervisor);
        Self { folder, supervisor }
    }

    /// Where its data and its socket are.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Has the shell do something to the server, and waits until it is done.
    pub fn command(&mut self, command: &str) {
        let pipe = self.supervisor.stdin.as_mut().expect("its input is piped");
        writeln!(pipe, "{command}").expect("the shell listens");
        wait_until_ready(&mut self.supervisor);
    }

    /// The address of its maintenance database.
    pub fn url(&self) -> String {
        let socket = self.folder.display();
        format!("postgres:///postgres?host={socket}&user=beadle")
    }
}

/// Gives the folder and the process to somebody else than root.
fn step_down(command: &mut Command, folder: &Path) {
    const ROOT: u32 = 0;
    let me = fs::metadata(folder).expect("the folder just made").uid();
    if me != ROOT {
        return;
    }
    let (uid, gid) = ["postgres", "nobody"]
        .into_iter()
        .find_map(account)
        .expect("an account `postgres` or `nobody`, since PostgreSQL does not run as root");
    chown(folder, Some(uid), Some(gid)).expect("root gives a folder away");
    command.uid(uid).gid(gid);
}

/// An account's user and group, from the lines `name:password:uid:gid:…`.
fn account(name: &str) -> Option<(u32, u32)> {
    let accounts = fs::read_to_string("/etc/passwd").ok()?;
    let line = accounts
        .lines()
        .find(|line| line.split(':').next() == Some(name))?;
    let mut ids = line.split(':').skip(2).map(str::parse);
    Some((ids.next()?.ok()?, ids.next()?.ok()?))
}

fn wait_until_ready(supervisor: &mut Child) {
    let said = supervisor.stdout.as_mut().expect("its output is piped");
    // It says one line and then waits, so that nothing is lost with the buffer.
    let mut said = BufReader::new(said);
    let mut text = String::new();
    said.read_line(&mut text).expect("what the supervisor says");
    if text != "ready\n" {
        said.read_to_string(&mut text)
            .expect("what the supervisor says");
        panic!("PostgreSQL did not start:\n{text}");
    }
}
