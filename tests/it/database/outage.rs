//! The disk or the lock is taken away while a class talks, and given back.

use std::process::Command;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection, Executor};

use super::host::{Host, ids};

const WAITS: &str = "the database does not answer";
const GOES_ON: &str = "the database answers again";

/// How large the process's files may become from now on, in bytes; `unlimited`: as they like.
fn limit_files(process: u32, size: &str) -> bool {
    let limit = format!("--fsize={size}:");
    let mut prlimit = Command::new("prlimit");
    let done = prlimit
        .args(["--pid", &process.to_string(), &limit])
        .status();
    done.is_ok_and(|done| done.success())
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_is_waited_for_and_every_question_is_gathered_once() {
    let host = Host::with_file().await;
    let run = host.start().await;
    let mut asked = host.asks(0..3).await;
    host.gathered(&asked).await;

    let journal = host.folder.path().join("beadle.db-wal");
    let size = std::fs::metadata(journal).expect("a journal").len();
    if !limit_files(run.id(), &size.to_string()) {
        eprintln!("skipped: no `prlimit` on this machine");
        return;
    }
    asked.extend(host.asks(3..6).await);
    run.says(WAITS).await;
    asked.extend(host.asks(6..9).await);
    assert!(limit_files(run.id(), "unlimited"));
    host.gathered(&asked).await;

    assert_eq!(host.questions().await, ids(&asked));
    run.says(GOES_ON).await;
    assert_eq!(run.said(WAITS), 1, "{}", run.whole_log());
    assert_eq!(run.said("ERROR"), 0, "{}", run.whole_log());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lock_that_another_process_holds_for_long_is_waited_for() {
    let host = Host::with_file().await;
    let run = host.start().await;
    let mut asked = host.asks(0..1).await;
    host.gathered(&asked).await;

    let options = SqliteConnectOptions::new().filename(host.file());
    let mut other = options.connect().await.expect("a connection");
    other.execute("BEGIN EXCLUSIVE").await.expect("the lock");
    asked.extend(host.asks(1..4).await);
    run.says(WAITS).await;
    other
        .execute("ROLLBACK")
        .await
        .expect("the lock given back");
    other.close().await.expect("closed");
    host.gathered(&asked).await;

    assert_eq!(host.questions().await, ids(&asked));
    assert_eq!(run.said(WAITS), 1, "{}", run.whole_log());
}
