//! The store, on both engines.

mod connect;
mod migrate;
mod queries;
mod tx;
mod words;
