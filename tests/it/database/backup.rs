//! `beadle backup`: a copy of a database in use, and what comes of restoring it.

use std::path::PathBuf;
use std::process::Output;

use super::host::{Host, ids};

async fn backup(host: &Host, to: &str) -> Output {
    let mut command = host.beadle(&["backup", to]);
    let ended = tokio::task::spawn_blocking(move || command.output());
    ended.await.expect("no panic").expect("it ends")
}

fn said(output: &Output) -> String {
    let (out, err) = (&output.stdout, &output.stderr);
    String::from_utf8_lossy(out).into_owned() + &String::from_utf8_lossy(err)
}

/// Everything in the host's folder whose name holds that.
fn files(host: &Host, part: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(host.folder.path()).expect("a folder");
    entries
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.to_string_lossy().contains(part))
        .collect()
}

/// Puts a copy in the place of the database, as the program says.
fn restore(host: &Host, copy: &str) {
    for journal in files(host, "beadle.db-") {
        std::fs::remove_file(journal).expect("removed");
    }
    std::fs::rename(host.folder.path().join(copy), host.file()).expect("restored");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_made_while_a_class_talks_is_restored_and_catches_up() {
    let host = Host::with_file().await;
    let run = host.start().await;
    let mut asked = host.asks(0..10).await;
    let copying = host
        .beadle(&["backup", "copy.db"])
        .spawn()
        .expect("it starts");
    asked.extend(host.asks(10..40).await);
    let copied = tokio::task::spawn_blocking(move || copying.wait_with_output());
    let copied = copied.await.expect("no panic").expect("it ends");
    assert!(copied.status.success(), "{}", said(&copied));
    assert!(said(&copied).contains("to restore it"), "{}", said(&copied));
    asked.extend(host.asks(40..45).await);
    host.gathered(&asked).await;
    let signs: usize = asked.iter().map(|message| message.reactions().len()).sum();

    run.kill(&host).await;
    restore(&host, "copy.db");
    let run = host.start().await;
    let more = host.asks(45..46).await;
    host.gathered(&more).await;
    asked.extend(more);
    let questions = host.questions_once_there_are(asked.len()).await;
    assert_eq!(questions, ids(&asked));
    assert_eq!(signs, 45, "one sign each");
    run.stop(&host).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_there_is_not_overwritten_and_what_fails_leaves_nothing() {
    let host = Host::with_file().await;
    let missing = backup(&host, "copy.db").await;
    assert_eq!(missing.status.code(), Some(5), "{}", said(&missing));
    assert!(
        said(&missing).contains("there is no such file"),
        "{}",
        said(&missing)
    );
    assert_eq!(files(&host, "db"), [] as [PathBuf; 0], "nothing was made");

    std::fs::write(host.file(), "Not a database.".repeat(1_000)).expect("written");
    let other = backup(&host, "copy.db").await;
    assert_eq!(other.status.code(), Some(5), "{}", said(&other));
    assert_eq!(
        files(&host, "copy").len() + files(&host, "unfinished").len(),
        0
    );
    std::fs::remove_file(host.file()).expect("removed");

    beadle::store::Store::open(&host.database)
        .await
        .expect("made")
        .close()
        .await;
    assert!(backup(&host, "copy.db").await.status.success());
    let before = std::fs::read(host.folder.path().join("copy.db")).expect("a copy");
    let again = backup(&host, "copy.db").await;
    assert_eq!(again.status.code(), Some(1));
    assert!(
        said(&again).contains("is there already"),
        "{}",
        said(&again)
    );
    let after = std::fs::read(host.folder.path().join("copy.db")).expect("a copy");
    assert_eq!(before, after);
    let nowhere = backup(&host, "not/there/copy.db").await;
    assert_eq!(nowhere.status.code(), Some(1), "{}", said(&nowhere));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_of_a_newer_beadle_is_copied_as_it_is() {
    let host = Host::with_file().await;
    let store = beadle::store::Store::open(&host.database)
        .await
        .expect("made");
    let mut tx = store.begin().await.expect("a transaction");
    let later = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
                 SELECT 9999, 'later', success, checksum, 0 FROM _sqlx_migrations WHERE version = 1";
    beadle::store::execute!(&mut tx, later).expect("a row");
    tx.commit().await.expect("a commit");
    store.close().await;
    let copied = backup(&host, "copy.db").await;
    assert!(copied.status.success(), "{}", said(&copied));
}
