//! What `run` says, and how it ends, when something is in the way of sending.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command};
use std::time::Duration;

use sandbox::{RestFault, permissions};
use sqlx::{ConnectOptions, Connection};
use tokio::sync::mpsc;

use crate::support::host::Host;

const POSTS: &str = "/channels/{channel_id}/messages";
/// How long a line is waited for.
const PATIENCE: Duration = Duration::from_secs(30);

/// The program while it runs.
struct Running {
    child: Child,
    lines: mpsc::UnboundedReceiver<String>,
    /// What it has said so far.
    said: Vec<String>,
}

impl Running {
    async fn of(host: &Host) -> Self {
        let mut child = host
            .beadle("run", &host.bot.token())
            .spawn()
            .expect("it starts");
        let stderr = BufReader::new(child.stderr.take().expect("piped"));
        let (to, lines) = mpsc::unbounded_channel();
        std::thread::spawn(move || {
            for line in stderr.lines().map_while(Result::ok) {
                let _ = to.send(line);
            }
        });
        // The channel has been read by then, and whatever is said from now on is heard.
        let threads = format!("/channels/{}/threads/archived/public", host.channel.id());
        host.discord
            .wait_for_request(|r| r.request.path == threads)
            .await;
        Self {
            child,
            lines,
            said: Vec::new(),
        }
    }

    /// Waits until it says that.
    async fn says(&mut self, words: &str) {
        while !self.said.last().is_some_and(|line| line.contains(words)) {
            let line = tokio::time::timeout(PATIENCE, self.lines.recv()).await;
            match line {
                Ok(Some(line)) => self.said.push(line),
                _ => panic!("it never said {words:?}: {:#?}", self.said),
            }
        }
    }

    /// Waits until it ends; returns its exit code and all that it said.
    async fn ends(mut self) -> (Option<i32>, Vec<String>) {
        while let Some(line) = self.lines.recv().await {
            self.said.push(line);
        }
        let code = self.child.wait().expect("it ends").code();
        (code, std::mem::take(&mut self.said))
    }

    fn stop(&self) {
        let told = Command::new("kill")
            .args(["-TERM", &self.child.id().to_string()])
            .status();
        assert!(told.expect("kill runs").success());
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn count(said: &[String], words: &str) -> usize {
    said.iter().filter(|line| line.contains(words)).count()
}

/// How many posts Discord answered with that.
fn posts(host: &Host, status: u16) -> usize {
    let requests = host.discord.requests();
    requests
        .iter()
        .filter(|r| r.request.method == "POST" && r.status == Some(status))
        .count()
}

async fn answered(host: &Host, status: u16) {
    host.discord
        .wait_for_request(|r| r.request.method == "POST" && r.status == Some(status))
        .await;
}

/// Waits until Beadle may not answer a message.
async fn is_refused(host: &Host, message: &sandbox::Message) {
    let id = message.id().to_string();
    host.discord
        .wait_for_request(|r| {
            r.status == Some(403) && r.request.body["message_reference"]["message_id"] == id
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_sent_is_ticked_off_when_the_database_is_free_again_and_not_sent_again() {
    let host = Host::ready().await;
    let mut running = Running::of(&host).await;
    let outage = RestFault::error_before(503).on("POST", POSTS);
    host.discord.fault(outage.always());
    let command = host.student.says(&host.channel, "!t 1 5:00").await;
    answered(&host, 503).await;
    let mut other = sqlx::sqlite::SqliteConnectOptions::new()
        .filename(host.folder.path().join("beadle.db"))
        .connect()
        .await
        .expect("a second connection");
    let lock = other.begin_with("BEGIN IMMEDIATE").await.expect("a lock");
    host.discord.mend();
    command.reply().await;
    running.says("cannot be ticked off").await;
    lock.rollback().await.expect("unlocked");
    running.says("ticked off again").await;
    running.stop();
    let (code, said) = running.ends().await;
    assert_eq!(code, Some(0), "{said:#?}");
    assert_eq!(count(&said, "cannot be ticked off"), 1, "{said:#?}");
    assert_eq!(posts(&host, 200), 1, "it is not sent again");
    let waiting: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM outbox WHERE done_at_ms IS NULL")
        .fetch_one(&mut other)
        .await
        .expect("counted");
    assert_eq!(waiting, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_permission_that_is_missing_is_told_once_until_it_is_given_back() {
    let host = Host::ready().await;
    let running = Running::of(&host).await;
    let may = permissions::SEND_MESSAGES;
    for (refused, given_back) in [(&["1:00", "2:00"][..], "3:00"), (&["4:00"], "5:00")] {
        host.channel.deny(&host.bot, may);
        for offset in refused {
            let command = host
                .student
                .says(&host.channel, &format!("!t 1 {offset}"))
                .await;
            is_refused(&host, &command).await;
        }
        host.channel.allow(&host.bot, may);
        let command = format!("!t 1 {given_back}");
        host.student
            .says(&host.channel, &command)
            .await
            .reply()
            .await;
    }
    running.stop();
    let (code, said) = running.ends().await;
    assert_eq!((code, posts(&host, 403)), (Some(0), 3));
    assert_eq!(count(&said, "not done"), 2, "{said:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_is_wrong_is_told_with_what_it_was_for_and_not_made_again() {
    let host = Host::ready().await;
    let running = Running::of(&host).await;
    host.discord
        .fault(RestFault::error_before(400).on("POST", POSTS));
    let wrong = host.student.says(&host.channel, "!t 1 5:00").await;
    answered(&host, 400).await;
    let right = host.student.says(&host.channel, "!t 1 6:00").await;
    right.reply().await;
    running.stop();
    let (code, said) = running.ends().await;
    assert_eq!((code, posts(&host, 400)), (Some(0), 1));
    let key = format!("lookup:{}:0", wrong.id());
    assert_eq!(count(&said, &key), 1, "{said:#?}");
    assert!(wrong.replies().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_is_revoked_ends_the_next_sending_with_4() {
    let host = Host::ready().await;
    let running = Running::of(&host).await;
    let outage = RestFault::error_before(503).on("POST", POSTS);
    host.discord.fault(outage.always());
    host.student.says(&host.channel, "!t 1 5:00").await;
    answered(&host, 503).await;
    host.bot.revoke_token();
    host.discord.mend();
    let (code, said) = running.ends().await;
    assert_eq!(code, Some(4), "{said:#?}");
    // Another request, such as that for its commands, may have met the refusal first.
    assert!(posts(&host, 401) <= 1, "it does not try again");
    assert!(said.last().is_some_and(|line| line.contains("Reset Token")));
}
