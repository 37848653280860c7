//! The house rules that a compiler does not check: who may use whom, how long a file may grow, and
//! that what the documents say can be done.

mod documents;
mod rooms;
pub mod sources;
