//! Creates and drops databases, one after the other, in a thread of its own: a value's `drop`
//! cannot wait for a server, and a test's runtime ends with the test.

use std::sync::Mutex;
use std::sync::mpsc::{Receiver, Sender, channel};

use beadle::store::Store;
use sqlx::{AssertSqlSafe, Connection, PgConnection};

/// The thread, to whom one writes.
pub struct Maintenance(Mutex<Sender<Job>>);

/// One test's database, dropped with this value.
pub struct Database {
    /// Its address.
    pub url: String,
    name: String,
    jobs: Sender<Job>,
}

enum Job {
    Create {
        with_tables: bool,
        done: Sender<Created>,
    },
    Drop {
        name: String,
    },
}

struct Created {
    name: String,
    url: String,
}

impl Maintenance {
    /// Begins work on the server at `url`.
    pub fn start(url: &str) -> Self {
        let url = url.to_owned();
        let (jobs, to_do) = channel();
        std::thread::spawn(move || work(&url, &to_do));
        Self(Mutex::new(jobs))
    }

    /// A new database, with Beadle's tables or without any.
    pub fn create(&self, with_tables: bool) -> Database {
        let jobs = self.0.lock().expect("nothing panics holding it").clone();
        let (done, created) = channel();
        jobs.send(Job::Create { with_tables, done })
            .expect("the maintenance thread runs");
        let Created { name, url } = created.recv().expect("PostgreSQL creates a database");
        Database { url, name, jobs }
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let name = std::mem::take(&mut self.name);
        // Should nobody listen any more, the server is going as well.
        let _ = self.jobs.send(Job::Drop { name });
    }
}

fn work(url: &str, to_do: &Receiver<Job>) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(async {
        let mut worker = Worker::connect(url).await;
        for job in to_do {
            worker.does(job).await;
        }
    });
}

struct Worker {
    url: String,
    db: PgConnection,
    made: u32,
    /// The database that the others are copied from, once somebody has wanted tables.
    template: Option<String>,
}

impl Worker {
    async fn connect(url: &str) -> Self {
        Self {
            url: url.to_owned(),
            db: PgConnection::connect(url)
                .await
                .expect("a PostgreSQL to test on"),
            made: 0,
            template: None,
        }
    }

    async fn does(&mut self, job: Job) {
        match job {
            Job::Create { with_tables, done } => {
                let template = if with_tables {
                    self.template().await
                } else {
                    "template0".to_owned()
                };
                let name = self.copy(&template).await;
                let url = self.url_of(&name);
                // A test that has failed meanwhile takes nothing.
                let _ = done.send(Created { name, url });
            }
            Job::Drop { name } => {
                self.execute(format!("DROP DATABASE {name} WITH (FORCE)"))
                    .await;
            }
        }
    }

    async fn template(&mut self) -> String {
        if let Some(template) = &self.template {
            return template.clone();
        }
        let template = self.copy("template0").await;
        let store = Store::open(&self.url_of(&template)).await;
        store.expect("the migrations run").close().await;
        self.template = Some(template.clone());
        template
    }

    async fn copy(&mut self, template: &str) -> String {
        self.made += 1;
        let name = format!("beadle_test_{}_{}", std::process::id(), self.made);
        self.execute(format!("CREATE DATABASE {name} TEMPLATE {template}"))
            .await;
        name
    }

    /// Runs a statement in which every name was made here.
    async fn execute(&mut self, sql: String) {
        sqlx::query(AssertSqlSafe(sql))
            .execute(&mut self.db)
            .await
            .expect("PostgreSQL's maintenance");
    }

    /// The same address with another database: what follows the host, up to the parameters.
    fn url_of(&self, name: &str) -> String {
        let (start, parameters) = match self.url.split_once('?') {
            Some((start, parameters)) => (start, format!("?{parameters}")),
            None => (self.url.as_str(), String::new()),
        };
        let (scheme, rest) = start.split_once("://").expect("an address with a scheme");
        let host = rest.split('/').next().unwrap_or_default();
        format!("{scheme}://{host}/{name}{parameters}")
    }
}
