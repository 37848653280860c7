//! The database fails, hangs, dies and comes back: nothing is lost, and nothing comes twice.

mod backup;
mod bees;
mod cable;
mod faults;
mod host;
mod once;
mod outage;
mod proxy;
mod restored;
mod server;
