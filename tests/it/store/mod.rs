//! The store, on both engines.

mod connect;
mod kept;
mod migrate;
mod queries;
mod tx;
mod words;
