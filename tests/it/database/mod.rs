//! The database fails, hangs, dies and comes back: nothing is lost, and nothing comes twice.

mod host;
mod outage;
