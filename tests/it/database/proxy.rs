//! A cable to PostgreSQL that can be cut at the worst moment.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use tempfile::TempDir;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{UnixListener, UnixStream};

/// What the cable does.
#[derive(Clone, Copy, PartialEq)]
enum Mood {
    /// It carries everything.
    Carries,
    /// It carries the next COMMIT to the server, and breaks before the answer.
    LosesACommit,
    /// It takes everything and carries nothing.
    Hangs,
}

/// A socket that stands before a server's own.
pub struct Proxy {
    folder: TempDir,
    mood: Arc<Mutex<Mood>>,
}

impl Proxy {
    /// Before the server that listens on that socket.
    pub fn before(socket: PathBuf) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let listener = UnixListener::bind(folder.path().join(".s.PGSQL.5432")).expect("a socket");
        let mood = Arc::new(Mutex::new(Mood::Carries));
        let shared = mood.clone();
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let server = UnixStream::connect(&socket).await.expect("the server");
                tokio::spawn(carry(client, server, shared.clone()));
            }
        });
        Self { folder, mood }
    }

    /// The address of the server's database behind it.
    pub fn url(&self) -> String {
        let folder = self.folder.path().display();
        format!("postgres:///postgres?host={folder}&user=beadle")
    }

    /// Carries the next COMMIT to the server, and breaks before the answer.
    pub fn lose_a_commit(&self) {
        *self.mood.lock().expect("no panic") = Mood::LosesACommit;
    }

    /// Whether no COMMIT is to be lost (any more).
    pub fn is_whole(&self) -> bool {
        *self.mood.lock().expect("no panic") == Mood::Carries
    }

    /// Carries nothing any more, and does not say so.
    pub fn hang(&self) {
        *self.mood.lock().expect("no panic") = Mood::Hangs;
    }

    /// Carries everything again that is begun from now on.
    pub fn mend(&self) {
        *self.mood.lock().expect("no panic") = Mood::Carries;
    }
}

async fn carry(mut client: UnixStream, mut server: UnixStream, mood: Arc<Mutex<Mood>>) {
    let (mut asked, mut answered) = (vec![0; 65_536], vec![0; 65_536]);
    loop {
        tokio::select! {
            read = client.read(&mut asked) => {
                let Ok(length @ 1..) = read else { return };
                let words = &asked[..length];
                let now = *mood.lock().expect("no panic");
                if now == Mood::Hangs {
                    return std::future::pending().await;
                }
                if server.write_all(words).await.is_err() {
                    return;
                }
                if now == Mood::LosesACommit && holds_commit(words) {
                    *mood.lock().expect("no panic") = Mood::Carries;
                    let _ = server.read(&mut answered).await;
                    return;
                }
            }
            read = server.read(&mut answered) => {
                let Ok(length @ 1..) = read else { return };
                if client.write_all(&answered[..length]).await.is_err() {
                    return;
                }
            }
        }
    }
}

fn holds_commit(words: &[u8]) -> bool {
    words.windows(7).any(|seven| seven == b"COMMIT\0")
}
